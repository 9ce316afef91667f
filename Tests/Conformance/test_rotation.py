"""Rotations that run: over HTTP, as a command and built in, failing, killed and on a schedule."""

import datetime
import json
import pathlib
import re
import sqlite3
import threading
import time
import uuid

import pytest

from conftest import make_client
from rotation_function import STEPS, FunctionHost
from server import Pocketvault, wait_until
from wire import Wire

LAMBDA = "arn:aws:lambda:us-east-1:000000000000:function:"
REMOTE, COMMAND, BUILT_IN = LAMBDA + "remote", LAMBDA + "command", LAMBDA + "built-in"
SCRIPT = pathlib.Path(__file__).with_name("rotate.sh")


def options(host, *more):
    return [
        "--rotation-function",
        f"*:remote={host.url}/2015-03-31/functions/{{function}}/invocations",
        "--rotation-function",
        f"*:command={SCRIPT}",
        "--rotation-function",
        "*:built-in=builtin:random-password?member=password&PasswordLength=20",
        *more,
    ]


@pytest.fixture
def host():
    host = FunctionHost()
    yield host
    host.close()


@pytest.fixture
def server(host, folder):
    with Pocketvault(folder, *options(host), database=":memory:") as running:
        host.endpoint = running.url
        yield running


@pytest.fixture
def secret(aws, host):
    host.logins.add("one")
    aws.create_secret(Name="shop/db", SecretString="one")
    return "shop/db"


def described(aws, secret="shop/db"):
    return aws.describe_secret(SecretId=secret)


def labels(aws, secret="shop/db"):
    stages = described(aws, secret)["VersionIdsToStages"]
    return {label: version for version, held in stages.items() for label in held}


def value(aws, secret="shop/db"):
    return aws.get_secret_value(SecretId=secret)["SecretString"]


def rotated(aws, secret="shop/db"):
    return described(aws, secret).get("LastRotatedDate")


def clock(server, **order):
    with Wire(server.url, timeout=60) as wire:
        answer = wire.request(
            "POST",
            "/_pocketvault/clock",
            json.dumps(order).encode(),
            {"content-type": "application/json"},
        )
    assert answer.status == 200, answer
    return answer.json


def fired(server, span):
    return [(each["event"], each.get("error")) for each in clock(server, advance=span)["fired"]]


def service_records(server):
    """What the audit trail says that Secrets Manager did, oldest first, but for labels that moved."""
    with Wire(server.url) as wire:
        records = wire.request("GET", "/_pocketvault/audit?events=true").json["records"]
    return [each for each in records if each["record"]["eventName"] != "SecretLabelUpdated"]


def events(server):
    """The events' names and errors."""
    records = [each["record"] for each in service_records(server)]
    return [(record["eventName"], record.get("errorMessage")) for record in records]


def begin(aws, function, **members):
    return aws.rotate_secret(SecretId="shop/db", RotationLambdaARN=function, **members)["VersionId"]


def test_a_function_behind_http_rotates_the_secret(aws, host, secret):
    old = labels(aws)["AWSCURRENT"]
    token = begin(aws, REMOTE)
    wait_until(lambda: rotated(aws))
    assert host.steps == STEPS
    assert set(host.paths) == {"/2015-03-31/functions/remote/invocations"}
    arn = described(aws)["ARN"]
    for event in host.events:
        assert set(event) == {"Step", "SecretId", "ClientRequestToken", "RotationToken"}
        assert (event["SecretId"], event["ClientRequestToken"]) == (arn, token)
        uuid.UUID(event["RotationToken"])
    # AWSPENDING stays beside AWSCURRENT, and does not block the next rotation.
    assert labels(aws) == {"AWSCURRENT": token, "AWSPENDING": token, "AWSPREVIOUS": old}
    assert value(aws) == "rotated value 1"
    again = begin(aws, REMOTE)
    wait_until(lambda: labels(aws)["AWSCURRENT"] == again)


def test_a_command_rotates_the_secret(aws, account, secret):
    token = begin(aws, COMMAND)
    wait_until(lambda: rotated(aws))
    assert labels(aws)["AWSCURRENT"] == token
    assert value(aws) == f"value of {token}"


def test_the_built_in_rotation_replaces_one_member(aws):
    aws.create_secret(Name="shop/db", SecretString='{"username":"shop","password":"old","port":5432}')
    begin(aws, BUILT_IN)
    wait_until(lambda: rotated(aws))
    now = json.loads(value(aws))
    assert (now["username"], now["port"]) == ("shop", 5432)
    assert now["password"] != "old" and len(now["password"]) == 20


FAILURES = {
    "status": (500, {}, "{}"),
    "busy": (400, {}, ""),
    "header": (200, {"X-Amz-Function-Error": "Unhandled"}, "null"),
    "error in the body": (200, {}, '{"errorType":"E","errorMessage":"m"}'),
    "time-out in the body": (200, {}, "2026-01-15T10:00:00Z 1 Task timed out after 3.00 seconds"),
    "empty": (200, {}, ""),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("form", FAILURES)
def test_each_form_of_failure_at_each_step_is_one(aws, host, server, secret, form, step):
    clock(server, freeze=True)
    old = labels(aws)["AWSCURRENT"]
    host.instead[step] = FAILURES[form]
    token = begin(aws, REMOTE, RotationRules={"AutomaticallyAfterDays": 30})
    message = f"Error when executing lambda {REMOTE} during {step} step"
    wait_until(lambda: ("RotationFailed", message) in events(server))
    assert host.steps == STEPS[: STEPS.index(step) + 1]
    seen = described(aws)
    assert labels(aws) == {"AWSCURRENT": old, "AWSPENDING": token}
    assert value(aws) == "one"
    assert seen["RotationEnabled"] is True
    assert "LastRotatedDate" not in seen
    # Empty until createSecret has returned.
    if step == "createSecret":
        with pytest.raises(aws.exceptions.ResourceNotFoundException):
            aws.get_secret_value(SecretId=secret, VersionId=token)
    else:
        pending = aws.get_secret_value(SecretId=secret, VersionStage="AWSPENDING")
        assert pending["SecretString"] == "rotated value 1"
    with pytest.raises(aws.exceptions.InvalidRequestException, match="isn't complete"):
        aws.rotate_secret(SecretId=secret)
    # The next attempt begins anew with the same version and the same token, a second later.
    host.instead.clear()
    before = len(host.events)
    assert fired(server, "PT0S") == []
    assert fired(server, "PT1S") == [("RotationSucceeded", None)]
    assert host.steps[before:] == STEPS
    assert len({event["RotationToken"] for event in host.events}) == 1
    assert labels(aws) == {"AWSCURRENT": token, "AWSPENDING": token, "AWSPREVIOUS": old}
    # The value of the first attempt was not made again.
    assert host.made == 1
    now = described(aws)
    assert now["LastRotatedDate"] > seen["CreatedDate"]
    assert now["NextRotationDate"] == seen["NextRotationDate"]
    assert events(server) == [
        ("RotationStarted", None), ("RotationFailed", message), ("RotationSucceeded", None),
    ]  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_after_five_attempts_it_waits_and_a_later_rotation_succeeds(aws, host, server, secret, step):
    clock(server, freeze=True)
    host.instead[step] = (200, {}, '{"errorType":"E"}')
    token = begin(aws, REMOTE)
    wait_until(lambda: "RotationFailed" in dict(events(server)))
    message = f"Error when executing lambda {REMOTE} during {step} step"
    # The first was at once; the others come with their time.
    assert fired(server, "P1D") == [("RotationFailed", message)] * 4
    assert labels(aws)["AWSPENDING"] == token
    assert {event["ClientRequestToken"] for event in host.events} == {token}
    host.instead.clear()
    aws.update_secret_version_stage(
        SecretId=secret, VersionStage="AWSPENDING", RemoveFromVersionId=token
    )
    again = begin(aws, REMOTE)
    wait_until(lambda: labels(aws)["AWSCURRENT"] == again)


def test_a_function_that_makes_no_version_is_told_to_have_made_none(aws, host, server, secret):
    clock(server, freeze=True)
    host.instead["createSecret"] = (200, {}, "null")
    token = begin(aws, REMOTE)
    message = (
        f"Pending secret version {token} for Secret {described(aws)['ARN']} was not created by Lambda"
        f" {REMOTE}. Remove the AWSPENDING staging label and restart rotation"
    )
    wait_until(lambda: ("RotationFailed", message) in events(server))
    assert host.steps == ["createSecret"]


def test_a_function_that_hangs_has_failed_after_the_time_out(host, folder):
    running = Pocketvault(folder, *options(host), "--rotation-timeout", "1", database=":memory:")
    with running as server:
        host.endpoint = server.url
        host.before["createSecret"] = lambda: time.sleep(3)
        aws = make_client(server.url)
        aws.create_secret(Name="shop/db", SecretString="one")
        begin(aws, REMOTE)
        wait_until(lambda: "Task timed out" in server.log.read_text())


def test_a_server_stops_at_once_while_a_function_hangs(host, folder):
    is_over = threading.Event()
    with Pocketvault(folder, *options(host)) as server:
        host.endpoint = server.url
        host.before["createSecret"] = lambda: is_over.wait(30)
        aws = make_client(server.url)
        aws.create_secret(Name="shop/db", SecretString="one")
        begin(aws, REMOTE)
        wait_until(lambda: host.steps)
        started = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - started < 5, "it waits for the function"
        is_over.set()


def test_a_test_of_the_function_changes_nothing_but_the_configuration(aws, host, secret):
    before = labels(aws)
    token = begin(
        aws, REMOTE, RotateImmediately=False, RotationRules={"AutomaticallyAfterDays": 30}
    )
    wait_until(lambda: host.steps)
    wait_until(lambda: labels(aws) == before)
    assert host.steps == ["testSecret"]
    answer = aws.get_secret_value(SecretId=secret, VersionId=token)
    assert answer["SecretString"] == "one"
    assert "VersionStages" not in answer
    assert described(aws)["RotationEnabled"] is True
    assert rotated(aws) is None


def test_a_value_put_by_hand_abandons_the_rotation(aws, host, server, secret):
    host.before["setSecret"] = lambda: aws.put_secret_value(SecretId=secret, SecretString="by hand")
    begin(aws, REMOTE)
    wait_until(lambda: "RotationAbandoned" in dict(events(server)))
    # For a step that comes all the same.
    time.sleep(1.5)
    assert host.steps == ["createSecret", "setSecret"]
    assert value(aws) == "by hand"
    assert "AWSPENDING" not in labels(aws)
    assert [event for event, _ in events(server)] == ["RotationStarted", "RotationAbandoned"]


def test_cancelling_stops_the_rotation(aws, host, secret):
    cancelled = []
    host.before["setSecret"] = lambda: cancelled.append(aws.cancel_rotate_secret(SecretId=secret))
    token = begin(aws, REMOTE)
    wait_until(lambda: cancelled)
    assert "VersionId" not in cancelled[0]
    time.sleep(1.5)
    assert host.steps == ["createSecret", "setSecret"]
    assert labels(aws)["AWSPENDING"] == token
    assert described(aws)["RotationEnabled"] is False


def test_ninety_days_bring_ninety_values(aws, server, secret):
    """`rate(1 day)` with a command, the clock moved by 90 days."""
    begin(aws, COMMAND, RotationRules={"ScheduleExpression": "rate(1 day)"})
    wait_until(lambda: rotated(aws))
    seen = {value(aws)}
    answer = clock(server, advance="P90D")
    events = [each["event"] for each in answer["fired"]]
    assert events == ["RotationStarted", "RotationSucceeded"] * 90
    times = [each["time"] for each in answer["fired"]]
    assert times == sorted(times) and len(set(times)) == 90
    versions = aws.list_secret_version_ids(SecretId=secret, IncludeDeprecated=True)["Versions"]
    assert sum(1 for version in versions if version.get("VersionStages")) == 2
    for version in versions:
        answer = aws.get_secret_value(SecretId=secret, VersionId=version["VersionId"])
        seen.add(answer["SecretString"])
    assert len(seen) == len(versions) == 92


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_in_the_middle_of_a_step_is_survived(host, folder, step):
    """Before and after the function's calls of that step: the rotation ends after the restart."""
    server = Pocketvault(folder, *options(host))
    with server:
        host.endpoint = server.url
        host.logins.add("one")
        aws = make_client(server.url)
        aws.create_secret(Name="shop/db", SecretString="one")
        host.before[step] = server.process.kill
        token = begin(aws, REMOTE)
        server.process.wait(30)
        server.kill()
        host.before.clear()
        seen = len(host.events)
        server.start()
        host.endpoint = server.url
        aws = make_client(server.url)
        wait_until(lambda: rotated(aws))
        # On with the very step.
        assert host.events[seen]["Step"] == step
        assert len({event["RotationToken"] for event in host.events}) == 1
        held = labels(aws)
        assert held["AWSCURRENT"] == held["AWSPENDING"] == token
        assert value(aws) in host.logins


def test_a_server_that_was_off_for_a_week_does_once_what_fell_due(host, folder):
    server = Pocketvault(folder, *options(host))
    with server:
        aws = make_client(server.url)
        clock(server, set="2026-01-15T10:00:00Z")
        clock(server, freeze=True)
        for name in ("deleted", "daily", "weekly"):
            aws.create_secret(Name=name, SecretString="one")
        aws.delete_secret(SecretId="deleted", RecoveryWindowInDays=7)
        for name, schedule in (("daily", "rate(1 day)"), ("weekly", "cron(0 8 ? * SUN *)")):
            rules = {"ScheduleExpression": schedule}
            aws.rotate_secret(SecretId=name, RotationLambdaARN=COMMAND, RotationRules=rules)
        wait_until(lambda: rotated(aws, "daily") and rotated(aws, "weekly"))
        first = len(events(server))
        assert server.stop() == 0
    pass_a_week(server.database)
    with Pocketvault(folder, *options(host), database=server.database) as server:
        aws = make_client(server.url)
        wait_until(lambda: len(events(server)) >= first + 5)
        time.sleep(1.5)
        seen = [
            (re.search(r"secret:(\w+)-", each["secret"])[1], each["record"]["eventName"])
            for each in service_records(server)[first:]
        ]
        # In the order in which they fell due; how long a function takes is its own affair.
        assert [each for each in seen if each[1] != "RotationSucceeded"] == [
            ("daily", "RotationStarted"),
            ("weekly", "RotationStarted"),
            ("deleted", "EndSecretVersionDelete"),
        ]
        succeeded = [name for name, event in seen if event == "RotationSucceeded"]
        assert sorted(succeeded) == ["daily", "weekly"]
        names = [secret["Name"] for secret in aws.list_secrets()["SecretList"]]
        assert sorted(names) == ["daily", "weekly"]


def pass_a_week(database):
    """Nobody can wait for it: the vault's clock, which stands, is moved while the server is off."""
    connection = sqlite3.connect(database)
    with connection:
        (text,) = connection.execute("SELECT value FROM meta WHERE name = 'clock'").fetchone()
        setting = json.loads(text)
        setting["time"] += 7 * 86_400_000
        connection.execute(
            "UPDATE meta SET value = ? WHERE name = 'clock'", (json.dumps(setting).encode(),)
        )
    connection.close()


def on_a_long_way(folder, during):
    """Ten years of five secrets that rotate every four hours, of which a moment passes."""
    server = Pocketvault(folder, "--rotation-function", "*=builtin:random-password")
    with server.start():
        aws = make_client(server.url)
        for number in range(5):
            aws.create_secret(Name=f"long/{number}", SecretString="one")
            rules = {"ScheduleExpression": "rate(4 hours)"}
            aws.rotate_secret(SecretId=f"long/{number}", RotationLambdaARN=BUILT_IN, RotationRules=rules)
        wait_until(lambda: all(rotated(aws, f"long/{number}") for number in range(5)))
        began = clock(server, freeze=True)["now"]
        outcome = {}

        def go():
            with Wire(server.url) as wire:
                try:
                    body = b'{"advance":"P3650D"}'
                    outcome["answer"] = wire.request(
                        "POST", "/_pocketvault/clock", body, {"content-type": "application/json"}
                    )
                except (OSError, ValueError) as error:
                    outcome["error"] = error

        way = threading.Thread(target=go)
        way.start()
        wait_until(lambda: now(server) > began)
        time.sleep(0.5)
        during(server)
        way.join(20)
        assert not way.is_alive()
        return server, outcome


def now(server):
    with Wire(server.url) as wire:
        return wire.request("GET", "/_pocketvault/clock").json["now"]


def test_a_reset_ends_a_way_that_would_take_an_hour(folder):
    def reset(server):
        answer = clock(server, reset=True)
        assert not answer["frozen"] and answer["now"] == answer["real"]

    _, outcome = on_a_long_way(folder, reset)
    answer = outcome["answer"]
    assert answer.status == 409 and answer.json["error"] == "Interrupted"
    times = [each["time"] for each in answer.json["fired"]]
    assert times and times == sorted(times)


@pytest.mark.parametrize("ending", ["kill", "stop"])
def test_a_server_that_ends_on_the_way_is_not_behind_its_secrets(folder, ending):
    server, _ = on_a_long_way(folder, lambda server: getattr(server, ending)())
    with server.start():
        reached = now(server)
        aws = make_client(server.url)
        for number in range(5):
            secret = described(aws, f"long/{number}")
            last = secret["LastRotatedDate"].astimezone(datetime.timezone.utc)
            assert last.strftime("%Y-%m-%dT%H:%M:%S") <= reached
            assert sum("AWSCURRENT" in names for names in secret["VersionIdsToStages"].values()) == 1


def test_a_command_gets_no_file_and_no_connection_of_the_server(folder):
    command = pathlib.Path(folder) / "command"
    command.write_text(f"#!/bin/sh\nls -l /proc/$$/fd > {folder}/files; exit 1\n")
    command.chmod(0o700)
    with Pocketvault(folder, "--rotation-function", f"*={command}") as server:
        aws = make_client(server.url)
        aws.create_secret(Name="shop/db", SecretString="one")
        begin(aws, COMMAND)
        wait_until(lambda: "A rotation function failed" in server.log.read_text())
        files = (command.parent / "files").read_text()
    assert "0 -> pipe:" in files
    for mine in ("vault.", "socket:", "eventpoll", "eventfd"):
        assert mine not in files


def test_no_value_of_a_rotation_is_in_the_log(host, folder):
    server = Pocketvault(folder, *options(host), database=":memory:")
    with server:
        host.endpoint = server.url
        aws = make_client(server.url)
        aws.create_secret(Name="shop/db", SecretString="quiet-heron-one")
        host.new_value = lambda: "quiet-heron-two"
        host.instead["finishSecret"] = (
            200, {}, '{"errorType":"E","errorMessage":"no login with quiet-heron-two"}',
        )  # fmt: skip
        begin(aws, REMOTE)
        wait_until(lambda: "finishSecret" in host.steps)
        wait_until(lambda: "A rotation function failed" in server.log.read_text())
        host.instead.clear()
        wait_until(lambda: rotated(aws))
        assert value(aws) == "quiet-heron-two"
    log = server.log.read_text()
    assert "quiet-heron" not in log
    assert host.events[0]["RotationToken"] not in log
