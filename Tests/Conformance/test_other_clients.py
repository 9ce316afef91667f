"""Clients of other makers and ages: the AWS CLI v2 of Debian, Ruby's STS, curl, an older boto3."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import uuid

import pytest

from conftest import client_missing, client_program
from expect import NOT_FOUND
from server import ROOT, binary, clean_environment

pytestmark = pytest.mark.client

PROGRAMS = pathlib.Path(__file__).parent / "clients"


def run(command, code: int = 0, seconds: int = 60, **environment) -> subprocess.CompletedProcess:
    ended = subprocess.run(
        command, env=clean_environment(**environment), capture_output=True, text=True, timeout=seconds
    )
    assert ended.returncode == code, f"{command}\nexit code {ended.returncode}: {ended.stderr}"
    return ended


# -- AWS CLI v2: its exit codes differ from v1, and Debian's reads no AWS_ENDPOINT_URL

REFUSED, BAD_USAGE = 254, 252


@pytest.fixture(scope="module")
def aws2() -> str:
    """The first `aws` outside the virtual environment that is a version 2."""
    beside = os.path.dirname(sys.executable)
    folders = [folder for folder in os.environ["PATH"].split(":") if folder != beside]
    for folder in folders:
        if program := shutil.which("aws", path=folder):
            version = subprocess.run([program, "--version"], capture_output=True, text=True)
            if version.stdout.startswith("aws-cli/2."):
                return program
    return client_missing("version 2 of the AWS CLI")


@pytest.fixture
def cli(server, account, aws2, folder):
    def cli(line: str, code: int = 0):
        ended = run(
            ["bash", "-c", f'"$AWS" --endpoint-url "$ENDPOINT" secretsmanager {line}'],
            code,
            AWS=aws2,
            ENDPOINT=server.url,
            HOME=folder,
            AWS_ACCESS_KEY_ID=account,
            AWS_SECRET_ACCESS_KEY="test",
            AWS_DEFAULT_REGION="us-east-1",
            AWS_PAGER="",
        )
        return json.loads(ended.stdout) if code == 0 and ended.stdout.strip() else ended.stderr

    return cli


def test_the_life_of_a_secret_with_the_aws_cli_2(cli, folder):
    made = cli("create-secret --name cli2/life --secret-string one --tags Key=env,Value=dev")
    cli("put-secret-value --secret-id cli2/life --secret-string two")
    assert cli("get-secret-value --secret-id cli2/life")["SecretString"] == "two"
    previous = cli("get-secret-value --secret-id cli2/life --version-stage AWSPREVIOUS")
    assert (previous["SecretString"], previous["VersionId"]) == ("one", made["VersionId"])
    # Version 2 prints dates in ISO 8601, so it has read them as numbers.
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", previous["CreatedDate"])
    (pathlib.Path(folder) / "bytes").write_bytes(bytes(range(256)))
    cli(f"create-secret --name cli2/bytes --secret-binary fileb://{folder}/bytes")
    names = [entry["Name"] for entry in cli("list-secrets --page-size 1")["SecretList"]]
    assert names == ["cli2/life", "cli2/bytes"]
    cli("delete-secret --secret-id cli2/life --recovery-window-in-days 7")
    assert "(InvalidRequestException)" in cli("get-secret-value --secret-id cli2/life", REFUSED)
    cli("restore-secret --secret-id cli2/life")
    cli("delete-secret --secret-id cli2/life --force-delete-without-recovery")
    said = cli("get-secret-value --secret-id cli2/life", REFUSED)
    assert "(ResourceNotFoundException)" in said and NOT_FOUND in said
    assert "--secret-id" in cli("get-secret-value", BAD_USAGE)


# -- Ruby


def test_a_ruby_program_learns_who_it_is(server):
    run([client_program("ruby"), PROGRAMS / "ruby" / "caller.rb"], ENDPOINT=server.url)


# -- curl, which signs as a person without an SDK would


def curl(server, operation: str, members, *options) -> tuple[str, str]:
    """The body, and `status content-type request-id`."""
    command = [
        client_program("curl"), "-sS", "--aws-sigv4", "aws:amz:us-east-1:secretsmanager", "--user", "test:test",
        "-H", "Content-Type: application/x-amz-json-1.1", "-H", f"X-Amz-Target: secretsmanager.{operation}",
        "-w", r"\n%{http_code} %{content_type} %header{x-amzn-requestid}",
        "-d", members if isinstance(members, str) else json.dumps(members), *options, server.url,
    ]  # fmt: skip
    body, _, rest = run(command).stdout.rpartition("\n")
    return body, rest


def test_curl_signs_its_calls_and_reads_the_answers(server, name):
    token = str(uuid.uuid4())
    body, rest = curl(server, "CreateSecret", {"Name": name, "SecretString": "v", "ClientRequestToken": token})
    assert json.loads(body)["VersionId"] == token
    assert re.fullmatch(r"200 application/x-amz-json-1\.1 \S{36}", rest)
    body, _ = curl(server, "GetSecretValue", {"SecretId": name})
    assert json.loads(body)["SecretString"] == "v"


@pytest.mark.parametrize(
    "operation, members, error",
    [
        ("GetSecretValue", {"SecretId": "missing"}, {"__type": "ResourceNotFoundException", "Message": NOT_FOUND}),
        ("GetSecretValue", "not json", {"__type": "SerializationException"}),
        ("NoSuchAction", {}, {"__type": "UnknownOperationException"}),
    ],
    ids=["missing", "not JSON", "unknown operation"],
)  # fmt: skip
def test_curl_is_told_what_is_wrong(server, operation, members, error):
    body, rest = curl(server, operation, members)
    assert (json.loads(body), rest.split()[0]) == (error, "400")


# -- an older boto3, whose model has 23 operations


def test_the_tests_of_boto3_pass_with_an_older_one(server):
    if not (older := ROOT / ".venv/older-boto3").is_dir():
        client_missing(f"an older boto3 in {older}")
    version = [sys.executable, "-c", "import boto3; print(boto3.__version__)"]
    assert run(version, PYTHONPATH=str(older)).stdout != run(version).stdout
    tests = sorted(pathlib.Path(__file__).parent.glob("test_boto3_*.py"))
    command = [sys.executable, "-m", "pytest", "-q", *tests, "-m", "not newest"]
    ended = run(command, seconds=300, PYTHONPATH=str(older), POCKETVAULT_BINARY=str(binary()))
    assert "passed" in ended.stdout
