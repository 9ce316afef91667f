"""The console's screens and actions, in Debian's Chromium."""

import json
import pathlib
import re
import urllib.parse
import urllib.request

import boto3
import pytest
from playwright.sync_api import expect

from conftest import make_client
from console_page import Console, chromium
from server import ROOT, Pocketvault, wait_until

pytestmark = pytest.mark.client

SEED = ROOT / "seed" / "driftsentry.json"
FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:"


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def server(folder):
    options = [
        "--seed", SEED, "--iam", "enforce",
        "--rotation-function", "*:works=builtin:random-password",
        "--rotation-function", "*:fails=/bin/false",
    ]  # fmt: skip
    with Pocketvault(folder, *options, database=":memory:") as running:
        yield running


@pytest.fixture
def aws(server):
    return make_client(server.url)


@pytest.fixture
def console(browser, server):
    with Console(browser, server.url) as console:
        yield console


def events(url, **fields):
    query = urllib.parse.urlencode({"limit": 1000, **fields})
    with urllib.request.urlopen(f"{url}/_pocketvault/audit?{query}") as answer:
        return json.load(answer)["records"]


def advance(server, span):
    order = json.dumps({"advance": span}).encode()
    request = urllib.request.Request(
        f"{server.url}/_pocketvault/clock", order, {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request).close()


# The first screen


def test_environments_are_columns_and_what_one_lacks_is_a_hole(console, aws):
    aws.delete_secret(SecretId="driftsentry/dev/redis-url", ForceDeleteWithoutRecovery=True)
    page = console.go()
    headers = page.get_by_role("columnheader").all_inner_texts()
    assert [text.lower() for text in headers] == ["key", "development", "staging", "production"]
    expect(page.get_by_role("rowheader")).to_have_count(5)
    hole = page.get_by_role("link", name="development lacks redis-url")
    hole.click()
    expect(page.get_by_label("Name")).to_have_value("driftsentry/dev/redis-url")
    page.get_by_label("Value, a text or a JSON object").fill("rediss://invented")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("heading", name="driftsentry/dev/redis-url").wait_for()
    assert aws.get_secret_value(SecretId="driftsentry/dev/redis-url")["SecretString"] == "rediss://invented"


def test_names_without_environments_are_a_list(console, aws):
    for secret in aws.get_paginator("list_secrets").paginate().search("SecretList[].Name"):
        aws.delete_secret(SecretId=secret, ForceDeleteWithoutRecovery=True)
    aws.create_secret(Name="one", SecretString="a")
    aws.create_secret(Name="two/parts", SecretString="b")
    page = console.go()
    expect(page.get_by_role("rowheader")).to_have_text(["one", "two/parts"])
    expect(page.get_by_role("columnheader")).to_have_count(0)


def test_a_cell_says_what_there_is_to_know_as_it_changes(console, aws):
    aws.create_secret(Name="shop/prod/key", SecretString="the same invented password")
    aws.create_secret(Name="shop/stage/key", SecretString="the same invented password")
    aws.create_secret(Name="shop/stage/old", SecretString="invented")
    aws.delete_secret(SecretId="shop/stage/old", RecoveryWindowInDays=9)
    page = console.go()

    def cell(name):
        return page.get_by_role("link", name=f"{name}, value set")

    expect(cell("shop/prod/key")).to_contain_text("same value")
    expect(cell("shop/prod/key")).to_contain_text("never read")
    expect(cell("shop/stage/old")).to_contain_text("deleted, 9 d left")
    aws.get_secret_value(SecretId="shop/prod/key")
    expect(cell("shop/prod/key")).not_to_contain_text("never read")
    aws.rotate_secret(
        SecretId="shop/stage/key",
        RotationLambdaARN=FUNCTION + "fails",
        RotationRules={"AutomaticallyAfterDays": 3},
    )
    expect(cell("shop/stage/key")).to_contain_text("pending")
    expect(cell("shop/stage/key")).to_contain_text(re.compile(r"rotates in [34] d"))
    aws.put_secret_value(SecretId="shop/prod/key", SecretString="another")
    expect(cell("shop/prod/key")).not_to_contain_text("same value")


def test_a_cell_has_the_age_of_the_value_whatever_else_changed_since(console, server, aws):
    made = "driftsentry/prod/redis-url"
    advance(server, "P3D")
    aws.put_secret_value(SecretId="driftsentry/prod/jwt-secret", SecretString="fresh-invented")
    page = console.go()
    cell = page.get_by_role("link", name=f"{made}, value set 3 d ago")
    expect(cell.locator(".age")).to_have_text("3 d ago")
    fresh = page.get_by_role("link", name=re.compile(r"prod.jwt-secret, value set (just now|\d+ s ago)"))
    expect(fresh).to_be_visible()
    # Also when the page sees the change, and when it comes later.
    aws.tag_resource(SecretId=made, Tags=[{"Key": "Team", "Value": "core"}])
    page.get_by_label("Tag", exact=True).select_option("Team=core")
    expect(page.get_by_role("gridcell")).to_have_count(1)
    expect(cell).to_be_visible()
    page.reload()
    expect(cell).to_have_attribute("title", re.compile("^The value is of "))
    assert aws.describe_secret(SecretId=made)["LastChangedDate"] > aws.describe_secret(SecretId=made)["CreatedDate"]


def test_search_and_chips_leave_what_is_like_that(console, aws):
    aws.delete_secret(SecretId="driftsentry/dev/redis-url", RecoveryWindowInDays=7)
    page = console.go()
    page.keyboard.press("/")
    page.keyboard.type("redis STAGING")
    expect(page.get_by_role("gridcell")).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="deleted", exact=True).click()
    expect(page.get_by_role("link", name=re.compile(", value set"))).to_have_count(1)
    page.get_by_role("button", name="deleted", exact=True).click()
    page.get_by_label("Tag", exact=True).select_option("Environment=production")
    expect(page.get_by_role("link", name=re.compile(", value set"))).to_have_count(4)


def test_calls_show_as_they_happen_with_the_reason_of_a_refusal(console, server, aws):
    page = console.go()
    strip = page.get_by_role("region", name="Calls as they happen")
    aws.get_secret_value(SecretId="driftsentry/prod/redis-url")
    expect(strip.get_by_role("button", name=re.compile("GetSecretValue.*prod.redis-url.*root"))).to_be_visible()
    task = session(server)
    with pytest.raises(task.exceptions.ClientError):
        task.get_secret_value(SecretId="driftsentry/prod/redis-url")
    entry = strip.get_by_role("button", name=re.compile("AccessDenied.*ecs-task-role"))
    entry.click()
    record = page.get_by_role("dialog")
    expect(record).to_contain_text("no identity-based policy allows")
    record.get_by_role("button", name="Copy as AWS CLI").click()
    expect(page.get_by_role("status").last).to_contain_text("clipboard")
    command = page.evaluate("navigator.clipboard.readText()")
    assert command == "aws secretsmanager get-secret-value --secret-id driftsentry/prod/redis-url"
    page.keyboard.press("Escape")
    expect(record).to_have_count(0)


def session(server):
    role = "arn:aws:iam::000000000000:role/driftsentry-ecs-task-role"
    sts = make_client(server.url, service="sts")
    keys = sts.assume_role(RoleArn=role, RoleSessionName="backend")["Credentials"]
    return boto3.client(
        "secretsmanager",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )


def test_an_empty_vault_says_how_to_begin_and_takes_a_file_of_variables(browser, folder):
    with Pocketvault(folder, database=":memory:") as server, Console(browser, server.url) as console:
        page = console.page
        page.goto(server.url + "/console")
        expect(page.get_by_text('eval "$(pocketvault env)"')).to_be_visible()
        page.get_by_label("Lines of a .env file").fill(
            "# invented\nexport A='one two'\nB=\"x\\ny\"\nC=plain # remark\nnonsense\n"
        )
        expect(page.get_by_text("No NAME=value: line 5.")).to_be_visible()
        page.get_by_role("button", name="Create 3 secrets").click()
        expect(page.get_by_role("grid")).to_be_visible()
        aws = make_client(server.url)
        values = {key: aws.get_secret_value(SecretId=f"app/dev/{key}")["SecretString"] for key in "ABC"}
        assert values == {"A": "one two", "B": "x\ny", "C": "plain"}


# A secret


def test_each_key_is_revealed_by_itself_and_each_reveal_is_in_the_trail(console, server):
    page = console.secret("driftsentry/prod/api-keys")
    value = console.card("Value")
    assert "invented" not in page.content()
    value.get_by_role("button", name="Reveal").click()
    value.get_by_role("button", name="Reveal stripe").wait_for()
    assert "invented" not in page.content()
    value.get_by_role("button", name="Reveal stripe").click()
    expect(value.get_by_text("invented-prod-stripe-key")).to_be_visible()
    assert "invented-prod-key" not in page.content()
    # Reads are in the trail a moment later.
    reads = {"event": "GetSecretValue", "secret": "driftsentry/prod/api-keys"}
    wait_until(lambda: len(events(server.url, **reads)) >= 2)
    assert len(events(server.url, **reads)) == 2
    value.get_by_role("button", name="Hide stripe").click()
    assert "invented" not in page.content()
    value.get_by_role("button", name="Copy stripe").click()
    expect(page.get_by_role("status").last).to_contain_text("clipboard")
    assert page.evaluate("navigator.clipboard.readText()") == "invented-prod-stripe-key"
    assert "invented" not in page.content() + page.url + page.title()


@pytest.mark.parametrize("why", ["time", "blur", "another screen"])
def test_what_was_revealed_is_hidden_again(console, why):
    console.page.clock.install()
    page = console.secret("driftsentry/prod/database-url")
    value = console.card("Value")
    value.get_by_role("button", name="Reveal").click()
    expect(value.get_by_text("invented-prod-password")).to_be_visible()
    if why == "time":
        # The page's time goes on meanwhile as it does outside: half of the thirty seconds is left to it.
        page.clock.fast_forward(15_000)
        assert "invented-prod-password" in page.content()
        page.clock.fast_forward(16_000)
    elif why == "blur":
        page.evaluate("dispatchEvent(new Event('blur'))")
    else:
        console.go("trail")
    expect(page.get_by_text("invented-prod-password")).to_have_count(0)
    assert "invented-prod-password" not in page.content()


def test_a_text_and_a_binary_value_are_shown_as_they_are(console, aws):
    aws.create_secret(Name="text", SecretString="two\nlines  <b>")
    aws.create_secret(Name="bytes", SecretBinary=b"\x00\xff")
    page = console.secret("text")
    console.card("Value").get_by_role("button", name="Reveal").click()
    assert console.card("Value").locator(".value").inner_text() == "two\nlines  <b>"
    console.secret("bytes")
    console.card("Value").get_by_role("button", name="Reveal").click()
    expect(console.card("Value").locator(".value")).to_have_text("AP8=")
    expect(page.get_by_text("shown in base64")).to_be_visible()


def test_an_edit_shows_what_changes_before_it_is_saved(console, aws):
    name = "driftsentry/prod/api-keys"
    aws.put_secret_value(SecretId=name, SecretString='{"port":5432,"stripe":"old-invented","gone":"x"}')
    page = console.secret(name)
    value = console.card("Value")
    page.keyboard.press("e")
    value.get_by_label("Value of stripe").fill("new-invented")
    value.get_by_role("button", name="Remove gone").click()
    value.get_by_role("button", name="Add a key").click()
    value.get_by_label("Key", exact=True).last.fill("mailgun")
    value.get_by_label("Value of mailgun").fill("fresh-invented")
    value.get_by_role("button", name="text", exact=True).click()
    value.get_by_role("button", name="keys and values").click()
    value.get_by_role("button", name="Review").click()
    kinds = value.locator("tbody tr").evaluate_all("rows => rows.map(row => row.innerText.split('\\t')[0])")
    assert [text.split() for text in kinds] == [
        ["port", "same"], ["stripe", "changed"], ["gone", "removed"], ["mailgun", "added"],
    ]  # fmt: skip
    assert "invented" not in page.content()
    value.get_by_role("button", name="show values").click()
    row = value.locator("tr", has_text="stripe").locator("td.value")
    expect(row).to_have_text(["old-invented", "new-invented"])
    value.get_by_role("button", name="Save").click()
    expect(value.get_by_role("button", name="Reveal")).to_be_visible()
    assert "invented" not in page.content()
    stored = json.loads(aws.get_secret_value(SecretId=name)["SecretString"])
    assert stored == {"port": 5432, "stripe": "new-invented", "mailgun": "fresh-invented"}


def test_an_edit_does_not_overwrite_what_somebody_else_saved(console, aws):
    name = "driftsentry/prod/redis-url"
    console.secret(name)
    value = console.card("Value")
    value.get_by_role("button", name="Edit").click()
    value.get_by_label("Value", exact=True).fill("mine")
    aws.put_secret_value(SecretId=name, SecretString="theirs")
    value.get_by_role("button", name="Review").click()
    value.get_by_role("button", name="Save").click()
    expect(value.get_by_role("alert")).to_contain_text("Somebody has changed the secret")
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "theirs"


def test_versions_are_compared_and_rolled_back(console, aws):
    name = "driftsentry/stage/database-url"
    first = aws.get_secret_value(SecretId=name)
    second = aws.put_secret_value(SecretId=name, SecretString="second-invented")["VersionId"]
    page = console.secret(name)
    versions = console.card("Versions")
    expect(versions.get_by_role("listitem")).to_have_count(2)
    for version in (first["VersionId"], second):
        versions.get_by_label(f"Compare {version}").click()
    versions.get_by_role("button", name="Compare two").click()
    versions.get_by_role("button", name="show values").click()
    sides = versions.locator("td.value")
    expect(sides).to_have_text([first["SecretString"], "second-invented"])
    page.evaluate("dispatchEvent(new Event('blur'))")
    expect(sides).to_have_count(0)
    versions.get_by_label(f"Make {first['VersionId']} current").click()
    expect(page.get_by_role("status").last).to_have_text("Rolled back.")
    assert aws.get_secret_value(SecretId=name)["VersionId"] == first["VersionId"]
    expect(versions.get_by_role("listitem").filter(has_text="AWSPREVIOUS")).to_contain_text(second)


def test_tags_and_policies_are_changed_and_explained(console, aws):
    name = "driftsentry/prod/jwt-secret"
    page = console.secret(name)
    tags = console.card("Tags")
    tags.get_by_label("New tag").fill("Team=core=1")
    tags.get_by_role("button", name="Add").click()
    tags.get_by_role("button", name="Remove tag Project").click()
    expect(tags.get_by_text("Project=")).to_have_count(0)
    assert {tag["Key"]: tag["Value"] for tag in aws.describe_secret(SecretId=name)["Tags"]} == {
        "Environment": "production", "Team": "core=1",
    }  # fmt: skip
    access = console.card("Access")
    access.get_by_role("button", name="Explain").click()
    expect(access.get_by_role("status")).to_contain_text("denied")
    access.get_by_role("button", name="Edit policy").click()
    policy = {
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::000000000000:role/driftsentry-ecs-task-role"},
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "*",
        }],
    }  # fmt: skip
    access.get_by_label("Resource policy").fill(json.dumps(policy))
    access.get_by_role("button", name="Save policy").click()
    expect(access.get_by_role("button", name="Remove")).to_be_visible()
    access.get_by_role("button", name="Explain").click()
    expect(access.get_by_role("status")).to_contain_text("allowed")
    assert json.loads(aws.get_resource_policy(SecretId=name)["ResourcePolicy"]) == policy
    access.get_by_role("button", name="Edit policy").click()
    access.get_by_label("Resource policy").fill("{")
    access.get_by_role("button", name="Save policy").click()
    expect(access.get_by_role("alert")).to_be_visible()
    access.get_by_role("button", name="Cancel").click()
    access.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No resource policy")).to_be_visible()


def test_a_rotation_shows_its_steps_and_why_it_failed(console, server, aws):
    name = "driftsentry/prod/jwt-secret"
    page = console.secret(name)
    rotation = console.card("Rotation")
    rotation.get_by_role("button", name="Set up").click()
    rotation.get_by_label("Function").fill(FUNCTION + "works")
    rotation.get_by_label("Every so many days").fill("30")
    rotation.get_by_role("button", name="Save and rotate").click()
    expect(rotation.get_by_text("RotationSucceeded")).to_be_visible()
    expect(rotation.locator("li.done")).to_have_text([re.compile(step + r"\d\d:\d\d:\d\d$") for step in STEPS])
    expect(rotation.get_by_text("every 30 days")).to_be_visible()
    before = aws.get_secret_value(SecretId=name)["VersionId"]
    rotation.get_by_role("button", name="Rotate now").click()
    expect(console.card("Versions").get_by_text(before)).to_be_visible()
    wait_until(lambda: aws.get_secret_value(SecretId=name)["VersionId"] != before)
    aws.rotate_secret(SecretId="driftsentry/dev/jwt-secret", RotationLambdaARN=FUNCTION + "fails")
    console.secret("driftsentry/dev/jwt-secret")
    expect(rotation.locator("li.failed")).to_have_text(re.compile(r"^createSecret\d\d:\d\d:\d\d$"))
    expect(rotation.locator("li.done")).to_have_count(0)
    expect(rotation.get_by_text("during createSecret step")).to_be_visible()
    # Days later too, when there were more failures than one looks back.
    advance(server, "P10D")
    page.reload()
    expect(rotation.locator("li.failed")).to_contain_text("createSecret")
    rotation.get_by_role("button", name="Turn off").click()
    expect(rotation.get_by_text("none")).to_be_visible()
    assert page.title() == "Secret – Pocketvault"


# Each step is over in another second than the one before, and testSecret when the test has seen it.
HELD_AT_THE_TEST = """#!/bin/sh
event=$(cat)
sleep 1.1
case $event in *testSecret*) until [ -e {go} ]; do sleep 0.1; done ;; esac
printf %s "$event" | {rotate}
"""


def test_each_step_of_a_function_elsewhere_has_a_time_of_its_own(browser, folder):
    slow, go = pathlib.Path(folder, "slow.sh"), pathlib.Path(folder, "go")
    slow.write_text(HELD_AT_THE_TEST.format(go=go, rotate=f"{ROOT}/Tests/Conformance/rotate.sh"))
    slow.chmod(0o755)
    options = ["--seed", SEED, "--rotation-function", f"*:slow={slow}"]
    with Pocketvault(folder, *options, database=":memory:") as server, Console(browser, server.url) as console:
        name = "driftsentry/dev/jwt-secret"
        make_client(server.url).rotate_secret(SecretId=name, RotationLambdaARN=FUNCTION + "slow")
        console.secret(name)
        rotation = console.card("Rotation")
        expect(rotation.get_by_text("under way")).to_be_visible()
        expect(rotation.locator("li.done")).to_have_count(2)
        expect(rotation.locator("li.now")).to_have_text("testSecret")
        # It was asked for once.
        expect(rotation.get_by_text("none", exact=True)).to_be_visible()
        go.touch()
        expect(rotation.get_by_text("RotationSucceeded")).to_be_visible(timeout=20_000)
        times = rotation.locator("li.done time").all_inner_texts()
        assert len(times) == 4 and len(set(times)) == 4, times
        # A test of the function is its one step.
        make_client(server.url).rotate_secret(
            SecretId=name, RotationLambdaARN=FUNCTION + "slow", RotateImmediately=False
        )
        expect(rotation.get_by_text("TestRotationSucceeded")).to_be_visible(timeout=20_000)
        expect(rotation.locator("li.done")).to_have_text(re.compile("^testSecret"))


STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"]


def test_a_secret_is_deleted_with_a_window_and_restored(console, aws):
    name = "driftsentry/dev/redis-url"
    page = console.secret(name)
    page.get_by_role("button", name="Delete").click()
    page.get_by_label(re.compile("Recovery window")).fill("9")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("gone in 9 days")).to_be_visible()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("button", name="Delete")).to_be_visible()
    assert "DeletedDate" not in aws.describe_secret(SecretId=name)


def test_who_read_it_what_it_costs_and_how_it_is_copied(console, aws, server):
    name = "driftsentry/prod/database-url"
    aws.get_secret_value(SecretId=name)
    with pytest.raises(aws.exceptions.ClientError):
        session(server).get_secret_value(SecretId=name)
    page = console.secret(name)
    readers = console.card("Who read it")
    expect(readers.get_by_role("row").first).to_contain_text(re.compile("ecs-task-role.*1 refused"))
    expect(readers.get_by_role("row").last).to_contain_text(re.compile("root.*1×"))
    expect(console.card("Facts")).to_contain_text("$0.40 a month")
    arn = aws.describe_secret(SecretId=name)["ARN"]
    forms = {
        "ARN": arn,
        "AWS CLI": f"aws secretsmanager get-secret-value --secret-id {name} --query SecretString --output text",
        "boto3": f'boto3.client("secretsmanager").get_secret_value(SecretId="{name}")["SecretString"]',
        ".env line": f"DATABASE_URL={{{{resolve:secretsmanager:{name}}}}}",
        "ECS valueFrom": f'{{"name": "DATABASE_URL", "valueFrom": "{arn}"}}',
        "CloudFormation": f"{{{{resolve:secretsmanager:{arn}:SecretString}}}}",
    }
    for form, text in forms.items():
        page.get_by_label("Copy as").select_option(form)
        expect(page.get_by_role("status").last).to_contain_text(form)
        assert page.evaluate("navigator.clipboard.readText()") == text
    page.reload()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_replicas_show_how_they_are(console, aws):
    name = "driftsentry/prod/database-url"
    aws.replicate_secret_to_regions(SecretId=name, AddReplicaRegions=[{"Region": "eu-west-1"}])
    console.secret(name)
    expect(console.card("Replicas")).to_contain_text(re.compile("eu-west-1.*InSync", re.DOTALL))


# The other screens


def test_the_page_calls_as_who_it_is_told_to(console, server):
    page = console.go()
    elsewhere = make_client(server.url, key="111122223333", region="eu-west-1")
    elsewhere.create_secret(Name="another/world", SecretString="invented")
    page.locator("button.who").click()
    page.get_by_label("Access key id, or account").fill("111122223333")
    page.get_by_label("Region").fill("eu-west-1")
    page.get_by_role("button", name="Call as this").click()
    expect(page.get_by_role("rowheader")).to_have_text(["another/world"])
    expect(page.locator("button.who")).to_have_text(re.compile("111122223333 · eu-west-1"))
    page.locator("button.who").click()
    page.get_by_label("Region").fill("us-east-1")
    page.get_by_role("button", name="As root").click()
    expect(page.get_by_role("rowheader")).to_have_count(5)


def test_the_trail_is_searched_and_a_refusal_explained(console, aws, server):
    aws.get_secret_value(SecretId="driftsentry/prod/redis-url")
    with pytest.raises(aws.exceptions.ClientError):
        session(server).get_secret_value(SecretId="driftsentry/stage/redis-url")
    page = console.go("trail")
    entries = page.get_by_role("listitem")
    page.get_by_role("button", name="refused").click()
    expect(entries).to_have_count(1)
    entries.get_by_role("button").click()
    expect(page.get_by_role("dialog").locator(".why")).to_contain_text("no identity-based policy")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="refused").click()
    page.get_by_label("Search").fill("prod/redis")
    expect(entries).to_have_count(1)
    page.get_by_label("Search").fill("")
    page.get_by_label("Operation").select_option("GetSecretValue")
    expect(entries).to_have_count(2)
    aws.get_secret_value(SecretId="driftsentry/prod/redis-url")
    expect(entries).to_have_count(3)


def test_the_clock_moves_and_says_what_fired(console, aws, server):
    aws.rotate_secret(
        SecretId="driftsentry/prod/jwt-secret",
        RotationLambdaARN=FUNCTION + "works",
        RotationRules={"ScheduleExpression": "rate(10 days)"},
        RotateImmediately=False,
    )
    # The test of the function is not to be among what the clock fires.
    wait_until(lambda: events(server.url, events="true", event="TestRotationSucceeded"))
    page = console.go("clock")
    page.get_by_role("button", name="+30 days").click()
    fired = page.get_by_role("log").get_by_role("listitem")
    expect(fired.filter(has_text="RotationSucceeded")).to_have_count(3)
    chip = page.locator("header.bar .badge")
    expect(chip).to_be_visible()
    page.get_by_role("button", name="Freeze").click()
    expect(chip).to_contain_text("frozen at")
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("button", name="×3600").click()
    expect(chip).to_contain_text("×3600")
    page.get_by_role("button", name="Back to this machine").click()
    expect(chip).to_have_count(0)


def test_principals_keys_findings_and_cost_are_there_to_look_at(console, server, aws):
    kms = make_client(server.url, service="kms")
    key = kms.create_key(Description="invented")["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/invented", TargetKeyId=key)
    aws.create_secret(Name="driftsentry/prod/smtp", SecretString="changeme")
    page = console.go("principals")
    expect(page.get_by_text("arn:aws:iam::000000000000:role/driftsentry-ecs-task-role")).to_be_visible()
    page.get_by_role("button", name="Policies of driftsentry-ecs-task-role").click()
    expect(page.get_by_label("trust policy")).to_contain_text("sts:AssumeRole")
    expect(console.card("KMS keys")).to_contain_text("alias/invented")
    console.go("upkeep")
    expect(console.card("Check").get_by_role("link", name="driftsentry/prod/smtp").first).to_be_visible()
    expect(console.card("Cost")).to_contain_text("$5.20 a month")


def test_faults_are_made_seen_to_hit_and_ended(console, aws):
    page = console.go("faults")
    card = console.card("Faults")
    expect(card).to_contain_text("Nothing goes wrong.")
    card.get_by_label("Secret, as app/*").fill("driftsentry/prod/*")
    card.get_by_label("What happens").select_option("AccessDeniedException")
    card.get_by_label("How often").fill("1")
    card.get_by_role("button", name="Add").click()
    expect(card.get_by_role("row")).to_contain_text("GetSecretValue of driftsentry/prod/*, 1 time")
    with pytest.raises(aws.exceptions.ClientError, match="AccessDeniedException"):
        aws.get_secret_value(SecretId="driftsentry/prod/redis-url")
    aws.get_secret_value(SecretId="driftsentry/prod/redis-url")
    expect(card.get_by_role("row")).to_contain_text("1 hit")
    card.get_by_label("What happens").select_option("200 ms late")
    card.get_by_role("button", name="Add").click()
    expect(card.get_by_role("row")).to_have_count(2)
    card.get_by_role("button", name="End AccessDeniedException").click()
    expect(card.get_by_role("row")).to_have_count(1)
    card.get_by_role("button", name="End all").click()
    expect(card).to_contain_text("Nothing goes wrong.")
    expect(page.get_by_role("status").last).to_contain_text("It is over.")


def test_a_snapshot_is_taken_restored_and_dropped(console, aws):
    console.go("faults")
    card = console.card("Snapshots")
    card.get_by_label("Name").fill("as-it-was")
    card.get_by_role("button", name="Take").click()
    expect(card.get_by_role("row")).to_contain_text("as-it-was")
    aws.put_secret_value(SecretId="driftsentry/prod/redis-url", SecretString="broken")
    card.get_by_role("button", name="Restore as-it-was").click()
    expect(console.page.get_by_role("status").last).to_contain_text("As it was.")
    assert aws.get_secret_value(SecretId="driftsentry/prod/redis-url")["SecretString"] != "broken"
    card.get_by_role("button", name="Drop as-it-was").click()
    expect(card).to_contain_text("None yet.")


def test_keys_that_every_object_has_are_keys_like_others(console, aws):
    value = '{"__proto__":"invented-1","constructor":"invented-2","b":3}'
    aws.create_secret(Name="odd", SecretString=value)
    page = console.secret("odd")
    card = console.card("Value")
    card.get_by_role("button", name="Edit").click()
    card.get_by_label("Value of constructor").fill("new")
    card.get_by_role("button", name="Review").click()
    card.get_by_role("button", name="Save").click()
    card.get_by_role("button", name="Reveal").click()
    card.get_by_role("button", name="Reveal constructor").click()
    expect(card.get_by_text("new", exact=True)).to_be_visible()
    assert aws.get_secret_value(SecretId="odd")["SecretString"] == value.replace("invented-2", "new")
    page.evaluate("location.hash = '#/constructor'")
    expect(page.get_by_role("grid")).to_be_visible()


def test_a_button_that_waits_keeps_the_focus(console):
    page = console.go("clock")
    button = page.get_by_role("button", name="+1 hour")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("header.bar .badge")).to_be_visible()
    expect(button).to_be_enabled()
    expect(button).to_be_focused()


def test_everything_is_reached_by_keys(console):
    page = console.go()
    page.get_by_role("grid").wait_for()
    for key, heading in [("t", "The trail"), ("c", "The clock"), ("p", "Principals and keys"), ("u", "Check and cost"), ("f", "Faults and snapshots")]:
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.get_by_role("grid").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("database-url")
    expect(page.get_by_role("gridcell")).to_have_count(3)
    while page.evaluate("document.activeElement.className") != "cell ":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="driftsentry/prod/database-url")).to_be_visible()
    console.card("Value").get_by_role("button", name="Reveal").wait_for()
    page.keyboard.press("r")
    expect(page.get_by_text("invented-prod-password")).to_be_visible()
