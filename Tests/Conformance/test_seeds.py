"""Seed documents: what is in them is there after the first start, and stays as one left it."""

import base64
import json
import pathlib
import re
import time

import pytest

from conftest import make_client
from server import ROOT, Pocketvault
from wire import Wire

DEMO = ROOT / "seed/driftsentry.json"
SECRETS = ("database-url", "redis-url", "jwt-secret", "api-keys")


def write(folder, document, file="seed.json") -> pathlib.Path:
    path = pathlib.Path(folder) / file
    path.parent.mkdir(exist_ok=True)
    text = document if isinstance(document, str) else json.dumps(document, indent=1)
    path.write_text(text)
    return path


def document(*secrets, **members):
    return {"version": 1, "secrets": list(secrets), **members}


def seeded(folder, *documents, **more):
    """A server in memory that was started with these documents."""
    options = []
    for number, each in enumerate(documents):
        options += ["--seed", each if isinstance(each, pathlib.Path) else write(folder, each, f"{number}.json")]
    return Pocketvault(folder, *options, database=":memory:", **more).start()


# -- the demo vault


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with seeded(tmp_path_factory.mktemp("demo"), DEMO) as vault:
        yield make_client(vault.url)


@pytest.mark.parametrize(
    "environment, full", [("prod", "production"), ("stage", "staging"), ("dev", "development")]
)
def test_the_demo_vault_has_four_tagged_secrets_of_each_environment(demo, environment, full):
    pages = demo.get_paginator("list_secrets").paginate(
        Filters=[{"Key": "name", "Values": [f"driftsentry/{environment}/"]}]
    )
    entries = {entry["Name"]: entry for page in pages for entry in page["SecretList"]}
    assert sorted(entries) == sorted(f"driftsentry/{environment}/{secret}" for secret in SECRETS)
    for entry in entries.values():
        assert {tag["Key"]: tag["Value"] for tag in entry["Tags"]} == {
            "Project": "DriftSentry",
            "Environment": full,
        }
    database = entries[f"driftsentry/{environment}/database-url"]
    assert database["Description"] == "PostgreSQL connection string"


@pytest.mark.parametrize("environment", ["prod", "stage", "dev"])
def test_the_values_of_the_demo_vault_have_their_shapes_and_are_invented(demo, environment):
    def value(secret):
        return demo.get_secret_value(SecretId=f"driftsentry/{environment}/{secret}")["SecretString"]

    assert re.fullmatch(r"postgresql://\w+:invented-[\w-]+@[\w.]+\.example:5432/\w+\S*", value("database-url"))
    assert re.fullmatch(r"rediss?://:invented-[\w-]+@[\w.]+\.example:6379/\d", value("redis-url"))
    assert set(json.loads(value("api-keys"))) == {"sentry", "stripe"}
    lines = value("jwt-secret").split("\n")
    assert [len(line) for line in lines] == [64, 24]
    assert b"an invented JWT secret" in base64.b64decode("".join(lines))


def test_no_value_is_the_same_in_two_environments(demo):
    values = [
        demo.get_secret_value(SecretId=f"driftsentry/{environment}/{secret}")["SecretString"]
        for environment in ("prod", "stage", "dev")
        for secret in SECRETS
    ]
    assert len(set(values)) == len(values)


# -- what a document can say


def test_every_kind_of_value_can_be_seeded(folder):
    with seeded(
        folder,
        document(
            {"name": "text", "value": "a\nb"},
            {"name": "object", "value": {"b": [1, 2.50, None], "a": "ü"}},
            {"name": "number", "value": 7},
            {"name": "binary", "binary": base64.b64encode(bytes(range(256))).decode()},
            {"name": "made", "generate": {"PasswordLength": 40, "ExcludePunctuation": True}},
            {"name": "empty", "description": "no value"},
        ),
    ) as vault:
        aws = make_client(vault.url)
        value = lambda name: aws.get_secret_value(SecretId=name)  # noqa: E731
        assert value("text")["SecretString"] == "a\nb"
        assert json.loads(value("object")["SecretString"]) == {"b": [1, 2.5, None], "a": "ü"}
        assert value("number")["SecretString"] == "7"
        assert value("binary")["SecretBinary"] == bytes(range(256))
        assert re.fullmatch(r"[A-Za-z0-9]{40}", value("made")["SecretString"])
        assert "VersionIdsToStages" not in aws.describe_secret(SecretId="empty")


def test_versions_can_be_seeded_with_their_labels(folder):
    versions = [
        {"id": "seed-version-number-one-of-the-two", "value": "one"},
        {"value": "two"},
        {"value": "three", "stages": ["AWSPENDING"]},
    ]
    with seeded(folder, document({"name": "s", "versions": versions})) as vault:
        aws = make_client(vault.url)
        for label, value in (("AWSPREVIOUS", "one"), ("AWSCURRENT", "two"), ("AWSPENDING", "three")):
            assert aws.get_secret_value(SecretId="s", VersionStage=label)["SecretString"] == value
        by_id = aws.get_secret_value(SecretId="s", VersionId="seed-version-number-one-of-the-two")
        assert by_id["SecretString"] == "one"


def test_the_arn_of_a_seeded_secret_never_changes(folder):
    def arns():
        other = pathlib.Path(folder) / "vault"
        other.mkdir(exist_ok=True)
        with seeded(other, document({"name": "a"}, {"name": "b", "arnSuffix": "AbC123"})) as vault:
            aws = make_client(vault.url)
            return [aws.describe_secret(SecretId=name)["ARN"] for name in "ab"]

    first = arns()
    assert first == arns()
    assert first[1].endswith(":secret:b-AbC123")


def test_a_document_names_the_account_and_region_of_its_secrets(folder):
    with seeded(
        folder,
        document({"name": "here"}),
        document({"name": "there"}, account="123456789012", region="eu-west-1"),
    ) as vault:
        make_client(vault.url).describe_secret(SecretId="here")
        make_client(vault.url, key="123456789012", region="eu-west-1").describe_secret(SecretId="there")


def test_a_folder_of_documents_is_applied_whole(folder):
    for number in (2, 1):
        write(folder, document({"name": f"s{number}"}), f"seeds/{number}.json")
    with seeded(folder, pathlib.Path(folder) / "seeds") as vault:
        entries = make_client(vault.url).list_secrets()["SecretList"]
    assert [entry["Name"] for entry in entries] == ["s1", "s2"]


# -- applying again


def test_seeds_make_what_is_missing_and_never_overwrite(folder):
    seed = write(folder, document({"name": "a", "value": "seed"}, {"name": "b", "value": "seed"}))
    vault = Pocketvault(folder, "--seed", seed)
    with vault.start():
        aws = make_client(vault.url)
        aws.put_secret_value(SecretId="a", SecretString="mine")
        aws.delete_secret(SecretId="b", ForceDeleteWithoutRecovery=True)
        before = aws.describe_secret(SecretId="a")
    write(folder, document({"name": "a", "value": "other"}, {"name": "b", "value": "seed"}))
    with vault.start():
        aws = make_client(vault.url)
        after = aws.describe_secret(SecretId="a")
        assert before["VersionIdsToStages"] == after["VersionIdsToStages"]
        assert aws.get_secret_value(SecretId="a")["SecretString"] == "mine"
        assert aws.get_secret_value(SecretId="b")["SecretString"] == "seed"


def test_a_reset_puts_the_seeds_back(folder):
    with seeded(folder, document({"name": "a", "value": "seed"})) as vault, Wire(vault.url) as wire:
        wire.call("DeleteSecret", {"SecretId": "a", "ForceDeleteWithoutRecovery": True})
        wire.create("b")
        answer = wire.post("{}", path="/_pocketvault/reset", content_type="application/json")
        assert answer.status == 200
        assert wire.exists("a") and not wire.exists("b")


# -- what is refused

GOOD = '{"name": "good", "value": "x"}'
WRONG = {
    "no JSON": ('{"version": 1,\n"secrets": [}', 2, None),
    "another version": ('{"version": 2,\n"secrets": []}', 1, "version"),
    "no version": ('{"secrets": []}', 1, None),
    "a member twice": ('{"version": 1, "secrets": [\n{"name": "a",\n "name": "b"}]}', 3, None),
    "an unknown member": (f'{{"version": 1, "secrets": [{GOOD},\n{{"name": "a", "valeu": "x"}}]}}', 2, "valeu"),
    "no name": (f'{{"version": 1, "secrets": [{GOOD},\n{{"value": "x"}}]}}', 2, "secrets[1]"),
    "a bad name": ('{"version": 1, "secrets": [{\n"name": "a b"}]}', 2, "secrets[0].name"),
    "two values": ('{"version": 1, "secrets": [{"name": "a", "value": "x",\n"binary": "eA=="}]}', 2, "binary"),
    "a bad binary": ('{"version": 1, "secrets": [{"name": "a",\n"binary": "x"}]}', 2, "binary"),
    "a bad tag": ('{"version": 1, "secrets": [{"name": "a", "tags": {\n"aws:x": "y"}}]}', 2, "tags"),
    "a tag of another type": ('{"version": 1, "secrets": [{"name": "a", "tags": {\n"x": 7}}]}', 2, "tags"),
    "a bad suffix": ('{"version": 1, "secrets": [{"name": "a",\n"arnSuffix": "x"}]}', 2, "arnSuffix"),
    "no password": ('{"version": 1, "secrets": [{"name": "a",\n"generate": {"PasswordLength": 1}}]}', 2, "generate"),
    "a name twice": (f'{{"version": 1, "secrets": [{GOOD},\n{GOOD}]}}', 2, "secrets[1]"),
    "an array": ("[]", 1, None),
}  # fmt: skip


@pytest.mark.parametrize("text, line, member", WRONG.values(), ids=WRONG)
def test_a_wrong_document_is_refused_whole_with_file_line_and_member(folder, text, line, member):
    seed = write(folder, text)
    vault = Pocketvault(folder, "--seed", seed)
    said = vault.refusal()
    assert f"{seed}:{line}" in said
    assert member is None or member in said
    with Pocketvault(folder).start() as vault, Wire(vault.url) as wire:
        assert wire.call("ListSecrets").json["SecretList"] == [], "nothing of it was applied"


def test_a_refused_document_is_told_without_its_values(folder):
    seed = write(folder, document({"name": "a", "value": "hush" * 16385}))
    said = Pocketvault(folder, "--seed", seed).refusal()
    assert "hush" not in said and "value" in said


def test_a_document_that_is_not_there_is_refused(folder):
    assert "missing.json" in Pocketvault(folder, "--seed", "missing.json").refusal()


# -- a vault that is not as its seeds have it


def restarted_with(folder, *secrets):
    """The log of a server whose vault was made of one document and is opened with another."""
    path = write(folder, document({"name": "app/key", "value": "one"}, {"name": "app/other", "value": "v"}))
    Pocketvault(folder, "--seed", path).start().stop()
    path = write(folder, document(*secrets))
    server = Pocketvault(folder, "--seed", path).start()
    for _ in range(100):
        if "names=" in server.log.read_text():
            break
        time.sleep(0.02)
    server.stop()
    return server.log.read_text()


def test_a_start_names_what_differs_from_the_seeds_and_what_would_change_it(folder):
    log = restarted_with(folder, {"name": "app/key", "value": "two"}, {"name": "app/other", "value": "v"})
    [line] = [line for line in log.splitlines() if "differing=" in line]
    assert "pocketvault seed apply would change it" in line
    assert "differing=1 names=app/key" in line
    assert "two" not in line and "one" not in line


def test_a_start_says_nothing_where_nothing_differs(folder):
    log = restarted_with(folder, {"name": "app/key", "value": "one"}, {"name": "new", "value": "v"})
    assert "differing=" not in log


def test_many_that_differ_are_counted_and_three_are_named(folder):
    path = write(folder, document(*({"name": f"s{n}", "value": "one"} for n in range(9))))
    Pocketvault(folder, "--seed", path).start().stop()
    log = restarted_with(folder, *({"name": f"s{n}", "value": "two"} for n in range(9)))
    assert 'differing=9 names="s0 s1 s2 …"' in log
