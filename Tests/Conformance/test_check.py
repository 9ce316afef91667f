"""The vault of the demo keeps every practice; one breach of each kind, made by boto3, is found alone."""

import json
import subprocess

import pytest

from conftest import make_client
from server import ROOT, Pocketvault, clean_environment, run

SEED = ROOT / "seed" / "driftsentry.json"
KEYS = ["database-url", "redis-url", "jwt-secret", "api-keys"]
EVERYBODY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}],
}


class Demo:
    """The demo vault, boto3, and the command."""

    def __init__(self, folder, vault):
        self.folder, self.vault = folder, vault
        self.secrets = make_client(vault.url)

    def check(self, *options, **popen):
        ended = run("check", "--endpoint", self.vault.url, "--json", *options, **popen)
        found = json.loads(ended.stdout)["findings"]
        assert ended.returncode == (1 if found else 0), ended.stderr
        return found

    def found(self, *options, **popen):
        return [(finding["rule"], finding["secret"]) for finding in self.check(*options, **popen)]

    def value(self, name: str) -> str:
        return self.secrets.get_secret_value(SecretId=f"driftsentry/{name}")["SecretString"]

    def put(self, name: str, value: str) -> None:
        self.secrets.put_secret_value(SecretId=f"driftsentry/{name}", SecretString=value)

    def names(self):
        return [f"{part}/{key}" for part in ["prod", "stage", "dev"] for key in KEYS]

    def advance(self, days: int) -> None:
        assert run("clock", "advance", f"P{days}D", "--endpoint", self.vault.url).returncode == 0


@pytest.fixture
def demo(folder):
    with Pocketvault(folder, "--seed", SEED) as vault:
        yield Demo(folder, vault)


def test_the_vault_of_the_demo_keeps_every_practice(demo):
    assert demo.found() == []


def test_values_that_nobody_changed_for_90_days(demo):
    values = {name: demo.value(name) for name in demo.names()}
    demo.advance(90)
    for name in demo.names():
        if name != "prod/jwt-secret":
            demo.put(name, values[name])
    assert demo.found() == [("not-rotated", "driftsentry/prod/jwt-secret")]


def test_a_secret_that_nobody_read_for_90_days(demo):
    for name in demo.names():
        if name != "stage/redis-url":
            demo.value(name)
    values = {entry["name"]: entry["value"] for entry in json.loads(SEED.read_text())["secrets"]}
    demo.advance(90)
    for name in demo.names():
        value = values[f"driftsentry/{name}"]
        demo.put(name, value if isinstance(value, str) else json.dumps(value))
    assert demo.found() == [("never-read", "driftsentry/stage/redis-url")]


def test_a_value_that_two_environments_share(demo):
    demo.put("stage/redis-url", demo.value("prod/redis-url"))
    assert demo.found() == [("same-value", "driftsentry/prod/redis-url")]


def test_a_secret_that_has_lost_its_environment(demo):
    demo.secrets.untag_resource(SecretId="driftsentry/dev/api-keys", TagKeys=["Environment"])
    assert demo.found() == [("environment-gone", "driftsentry/dev/api-keys")]


def test_a_placeholder(demo):
    demo.put("dev/jwt-secret", "CHANGE_ME")
    assert demo.found() == [("placeholder", "driftsentry/dev/jwt-secret")]


def test_a_public_policy(demo):
    demo.secrets.put_resource_policy(
        SecretId="driftsentry/prod/api-keys", ResourcePolicy=json.dumps(EVERYBODY)
    )
    assert demo.found() == [("public-policy", "driftsentry/prod/api-keys")]


def test_a_key_that_one_environment_lacks(demo):
    demo.secrets.delete_secret(SecretId="driftsentry/stage/jwt-secret", ForceDeleteWithoutRecovery=True)
    assert demo.found() == [("missing-key", "driftsentry/stage/jwt-secret")]


def test_a_value_in_a_file_in_a_log_and_in_the_history(demo, tmp_path):
    secret = json.loads(demo.value("prod/api-keys"))["stripe"]
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", tmp_path]
    subprocess.run([*git, "init", "-q"], check=True)
    leak = tmp_path / "deploy" / "settings.yaml"
    leak.parent.mkdir()
    leak.write_text(f"a: 1\nb: 2\nkey: {secret}\n")
    (tmp_path / "long.log").write_bytes(b"x" * 359_990 + secret.encode() + b"y" * 500_000)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "leak"], check=True)
    found = demo.check("--scan", tmp_path)
    assert [(f["rule"], f["secret"], f["line"]) for f in found] == [
        ("value-in-file", "driftsentry/prod/api-keys", 3),
        ("value-in-file", "driftsentry/prod/api-keys", 1),
    ]
    assert found[0]["file"] == str(leak)
    leak.unlink()
    (tmp_path / "long.log").write_text("clean")
    subprocess.run([*git, "commit", "-q", "-a", "-m", "gone"], check=True)
    assert demo.found("--scan", tmp_path) == []
    history = demo.check("--scan-git", cwd=tmp_path)
    assert {(f["rule"], f["file"]) for f in history} == {
        ("value-in-history", "deploy/settings.yaml"),
        ("value-in-history", "long.log"),
    }
    piped = demo.check("--scan", "-", input=f"GET /?key={secret} 200\n".encode())
    assert [(f["file"], f["line"]) for f in piped] == [("standard input", 1)]
    assert secret not in json.dumps([found, history, piped])


def test_what_is_checked_is_not_read(demo):
    demo.check("--scan", SEED)
    described = demo.secrets.describe_secret(SecretId="driftsentry/prod/api-keys")
    assert "LastAccessedDate" not in described
    audit = run("audit", "--endpoint", demo.vault.url, "--event", "GetSecretValue")
    assert audit.stdout == b""


def test_sarif_is_what_its_schema_says(demo):
    demo.put("dev/jwt-secret", "CHANGE_ME")
    ended = run("check", "--endpoint", demo.vault.url, "--sarif", "--scan", SEED)
    assert ended.returncode == 1
    report = json.loads(ended.stdout)
    assert report["version"] == "2.1.0"
    rules = [rule["id"] for rule in report["runs"][0]["tool"]["driver"]["rules"]]
    for result in report["runs"][0]["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"]
        assert result["ruleId"] == "placeholder" or place["region"]["startLine"] > 0


def test_where_signatures_are_verified_only_the_root_checks(folder):
    root = "AKIAROOTROOTROOTROOT:root-secret-1"
    with Pocketvault(
        folder, "--seed", SEED, "--signatures", "verify", environment={"POCKETVAULT_ROOT_CREDENTIALS": root}
    ) as vault:
        refused = run("check", "--endpoint", vault.url)
        assert refused.returncode == 1
        assert refused.stdout == b""
        key, secret = root.split(":")
        environment = clean_environment(AWS_ACCESS_KEY_ID=key, AWS_SECRET_ACCESS_KEY=secret)
        signed = run("check", "--endpoint", vault.url, "--scan", SEED, environment=environment)
        assert b"value-in-file" in signed.stdout, signed.stderr


def test_the_bill_of_the_scenario(demo):
    ended = run("cost", "--endpoint", demo.vault.url, "--prefix", "driftsentry/prod/", "--calls", "1000")
    assert ended.stdout.decode().splitlines()[-1].split() == ["total", "$1.61"]
