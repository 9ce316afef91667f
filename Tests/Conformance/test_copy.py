"""`pocketvault copy`: between two Pocketvaults, and to and from another emulator."""

import contextlib
import json
import shutil
import subprocess
import time
import urllib.request
import uuid

import boto3
import pytest

from server import ROOT, Pocketvault, free_port, run

POLICY = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"},
        "Action": "secretsmanager:GetSecretValue", "Resource": "*",
    }],
})


def client(url):
    return boto3.client("secretsmanager", endpoint_url=url, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


def folder(parent, name):
    (parent / name).mkdir()
    return parent / name


@pytest.fixture
def source(tmp_path):
    with Pocketvault(folder(tmp_path, "source"), "--seed", ROOT / "seed" / "driftsentry.json") as running:
        secrets = client(running.url)
        secrets.put_secret_value(
            SecretId="driftsentry/prod/api-keys", SecretString='{"sentry": "a", "stripe": "b"}')
        secrets.create_secret(Name="binary", SecretBinary=bytes(range(256)),
                              Tags=[{"Key": "Owner", "Value": "é"}])
        secrets.put_secret_value(SecretId="binary", SecretString="mine", VersionStages=["MINE"],
                                 ClientRequestToken=str(uuid.uuid4()))
        secrets.put_resource_policy(SecretId="binary", ResourcePolicy=POLICY)
        yield running


@pytest.fixture
def target(tmp_path):
    with Pocketvault(folder(tmp_path, "target")) as running:
        yield running


@pytest.fixture
def moto():
    """The other emulator, where it is installed."""
    program = shutil.which("moto_server", path=str(ROOT / ".venv" / "bin")) or shutil.which(
        "moto_server")
    if program is None:
        pytest.skip("moto_server is not installed")
    port = free_port()
    process = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/moto-api/data.json", timeout=1).close()
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def copy(here, there, *options):
    done = run("copy", "--from", here, "--to", there, "--json", *options, timeout=60)
    outcomes = json.loads(done.stdout or b"[]")
    failures = [outcome["failure"] for outcome in outcomes if "failure" in outcome]
    return done.returncode, outcomes, done.stderr.decode() + "\n".join(failures)


def shown(url, name):
    """All of a secret that a copy must keep."""
    secrets = client(url)
    described = secrets.describe_secret(SecretId=name)
    labels = {
        version: sorted(stages)
        for version, stages in described["VersionIdsToStages"].items() if stages
    }
    values = {}
    for version in labels:
        answer = secrets.get_secret_value(SecretId=name, VersionId=version)
        values[version] = answer.get("SecretString", answer.get("SecretBinary"))
    tags = sorted((tag["Key"], tag["Value"]) for tag in described.get("Tags", []))
    return described.get("Description") or "", tags, labels, values


def names(url):
    pages = client(url).get_paginator("list_secrets").paginate()
    return sorted(secret["Name"] for page in pages for secret in page["SecretList"])


def test_a_copy_is_the_same_in_all_parts_and_a_second_run_changes_nothing(source, target):
    code, outcomes, _ = copy(source.url, target.url, "--values")
    assert code == 0
    assert all(outcome["isNew"] for outcome in outcomes)
    assert names(target.url) == names(source.url)
    for name in names(source.url):
        assert shown(target.url, name) == shown(source.url, name)
    policy = client(target.url).get_resource_policy(SecretId="binary")["ResourcePolicy"]
    assert json.loads(policy) == json.loads(POLICY)
    code, outcomes, _ = copy(source.url, target.url, "--values")
    assert code == 0
    assert [outcome["changes"] for outcome in outcomes] == [[]] * len(outcomes)


def test_a_dry_run_writes_nothing(source, target):
    code, outcomes, _ = copy(source.url, target.url, "--values", "--dry-run")
    assert code == 0
    assert len(outcomes) == 13
    assert names(target.url) == []


def test_without_values_none_of_them_arrives(source, target):
    code, _, _ = copy(source.url, target.url)
    assert code == 0
    for name in names(source.url):
        description, tags, labels, values = shown(source.url, name)
        copied = shown(target.url, name)
        assert copied[:3] == (description, tags, labels)
        for version, value in values.items():
            invented = copied[3][version]
            assert invented != value
            assert len(invented) == len(value) or value.startswith("{")
    url = shown(target.url, "driftsentry/prod/database-url")[3].popitem()[1]
    assert url.startswith("postgresql://driftsentry:")
    assert url.endswith("@database.prod.driftsentry.example:5432/driftsentry?sslmode=require")
    keys = json.loads(
        client(target.url).get_secret_value(SecretId="driftsentry/prod/api-keys")["SecretString"])
    assert list(keys) == ["sentry", "stripe"]


def test_changes_follow_and_what_is_the_targets_own_stays(source, target):
    copy(source.url, target.url, "--values")
    here, there = client(source.url), client(target.url)
    there.tag_resource(SecretId="binary", Tags=[{"Key": "Own", "Value": "1"}])
    here.tag_resource(SecretId="binary", Tags=[{"Key": "Owner", "Value": "other"}])
    here.update_secret(SecretId="driftsentry/dev/api-keys", Description="changed",
                       SecretString="new")
    code, outcomes, _ = copy(source.url, target.url, "--values")
    assert code == 0
    changed = {outcome["name"]: outcome["changes"] for outcome in outcomes if outcome["changes"]}
    assert set(changed) == {"binary", "driftsentry/dev/api-keys"}
    assert changed["binary"] == ["tags Owner"]
    assert shown(target.url, "driftsentry/dev/api-keys") == shown(
        source.url, "driftsentry/dev/api-keys")
    assert shown(target.url, "binary")[1] == [("Own", "1"), ("Owner", "other")]


def test_more_than_a_page_is_copied(source, target):
    here = client(source.url)
    for number in range(120):
        here.create_secret(Name=f"many/{number:03}", SecretString=str(number))
    code, outcomes, _ = copy(source.url, target.url, "--values", "--prefix", "many/")
    assert code == 0
    assert len(outcomes) == 120
    assert shown(target.url, "many/077") == shown(source.url, "many/077")


def test_a_key_has_to_be_mapped_before_anything_is_written(source, target, tmp_path):
    kms = boto3.client("kms", endpoint_url=source.url, region_name="us-east-1",
                       aws_access_key_id="test", aws_secret_access_key="test")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    client(source.url).create_secret(Name="own-key", KmsKeyId=key, SecretString="x")
    code, outcomes, error = copy(source.url, target.url, "--values")
    assert (code, outcomes) == (1, [])
    assert key in error
    assert names(target.url) == []
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({key: ""}))
    code, _, _ = copy(source.url, target.url, "--values", "--key-map", file)
    assert code == 0
    assert "KmsKeyId" not in client(target.url).describe_secret(SecretId="own-key")


def test_rotation_goes_along_and_nothing_rotates(tmp_path):
    function = "arn:aws:lambda:us-east-1:000000000000:function:f"
    option = ("--rotation-function", "*=builtin:random-password")
    with Pocketvault(folder(tmp_path, "a"), *option) as source, Pocketvault(
            folder(tmp_path, "b"), *option) as target:
        here = client(source.url)
        here.create_secret(Name="rotated", SecretString="x")
        here.rotate_secret(SecretId="rotated", RotationLambdaARN=function, RotateImmediately=False,
                           RotationRules={"AutomaticallyAfterDays": 30})
        # A rotation that is under way stays where it began.
        here.put_secret_value(SecretId="rotated", SecretString="y", VersionStages=["AWSPENDING"])
        code, _, error = copy(source.url, target.url, "--values")
        assert code == 0, error
        copied = client(target.url).describe_secret(SecretId="rotated")
        assert copied["RotationEnabled"] is True
        assert copied["RotationLambdaARN"] == function
        assert copied["RotationRules"] == {"AutomaticallyAfterDays": 30}
        assert ["AWSCURRENT"] in copied["VersionIdsToStages"].values()
        assert client(target.url).get_secret_value(SecretId="rotated")["SecretString"] == "x"
        code, outcomes, _ = copy(source.url, target.url, "--values")
        assert (code, outcomes[0]["changes"]) == (0, [])


def test_no_value_is_on_a_command_line_in_a_message_or_in_the_trail(source, target):
    done = run("copy", "--from", source.url, "--to", target.url, "--values")
    assert b"invented-prod-password" not in done.stdout + done.stderr
    trail = run("audit", "--json", "--limit", "1000", "--endpoint", target.url).stdout
    assert b"CreateSecret" in trail
    assert b"invented-prod-password" not in trail


def test_to_another_emulator_and_home_again(source, target, moto):
    code, _, error = copy(source.url, moto, "--values", "--prefix", "driftsentry/")
    assert code == 0, error
    code, _, error = copy(moto, target.url, "--values")
    assert code == 0, error
    for name in names(source.url):
        if name.startswith("driftsentry/"):
            assert shown(target.url, name) == shown(source.url, name)
    code, outcomes, _ = copy(source.url, moto, "--values", "--prefix", "driftsentry/")
    assert (code, [outcome["changes"] for outcome in outcomes]) == (0, [[]] * 12)
