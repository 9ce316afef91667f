"""Faults as clients see them from AWS: typed errors, retries, time-outs and broken answers."""

import json
import subprocess
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, HTTPClientError, ReadTimeoutError

from conftest import client_program, make_client
from server import Pocketvault, clean_environment


@pytest.fixture
def faults(server, account):
    """Makes a rule for the account of the test, and forgets it at the end."""
    made = []

    def call(method: str, path: str = "", body=None):
        request = urllib.request.Request(
            f"{server.url}/_pocketvault/faults{path}",
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def add(**rule) -> str:
        made.append(call("POST", body={"account": account} | rule)["id"])
        return made[-1]

    add.hits = lambda id: next(rule["hits"] for rule in call("GET")["faults"] if rule["id"] == id)
    yield add
    for id in made:
        call("DELETE", f"/{id}")


def set_clock(server, **order):
    request = urllib.request.Request(
        f"{server.url}/_pocketvault/clock",
        json.dumps(order).encode(),
        {"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=20).close()


@pytest.fixture
def patient(server, account):
    """A client that tries three times, as AWS's standard mode does."""
    return boto3.client(
        "secretsmanager",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=account,
        aws_secret_access_key="test",
        config=Config(retries={"mode": "standard", "total_max_attempts": 3}),
    )


def test_boto3_tries_again_when_it_is_throttled(faults, patient):
    patient.create_secret(Name="app", SecretString="calm-otter")
    rule = faults(operation="GetSecretValue", error="ThrottlingException", count=2)
    answer = patient.get_secret_value(SecretId="app")
    assert answer["SecretString"] == "calm-otter"
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert faults.hits(rule) == 2


@pytest.mark.parametrize(
    "name", ["DecryptionFailure", "ResourceNotFoundException", "InvalidRequestException",
             "InternalServiceError", "LimitExceededException", "PreconditionNotMetException"]
)
def test_boto3_has_a_type_for_each_error_of_the_model(faults, aws, name):
    faults(operation="GetSecretValue", error=name, message="as you wished")
    with pytest.raises(getattr(aws.exceptions, name)) as caught:
        aws.get_secret_value(SecretId="app")
    assert caught.value.response["Error"]["Message"] == "as you wished"
    assert caught.value.response["ResponseMetadata"]["RequestId"]


def test_a_server_that_fails_is_tried_again(faults, patient):
    patient.create_secret(Name="app", SecretString="calm-otter")
    faults(operation="GetSecretValue", error="ServiceUnavailable", count=1)
    assert patient.get_secret_value(SecretId="app")["ResponseMetadata"]["RetryAttempts"] == 1


def test_a_client_gives_up_on_a_slow_answer_and_others_do_not_wait(server, faults, aws, patient):
    aws.create_secret(Name="slow", SecretString="calm-otter")
    aws.create_secret(Name="quick", SecretString="calm-otter")
    faults(operation="GetSecretValue", secret="slow", latencyMilliseconds=10_000)
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        held = [pool.submit(aws.get_secret_value, SecretId="slow") for _ in range(8)]
        time.sleep(0.3)
        started = time.monotonic()
        for _ in range(20):
            aws.get_secret_value(SecretId="quick")
            aws.put_secret_value(SecretId="quick", SecretString="more")
        assert time.monotonic() - started < 8, "they wait for the slow ones"
        for future in held:
            assert future.result()["SecretString"] == "calm-otter"
    assert time.monotonic() - began > 9, "the slow ones are not slow"
    quick_to_give_up = patient.meta.config.merge(Config(retries={"total_max_attempts": 1}, read_timeout=2))
    impatient = boto3.client(
        "secretsmanager", endpoint_url=server.url, region_name="us-east-1", config=quick_to_give_up,
        aws_access_key_id=aws._request_signer._credentials.access_key, aws_secret_access_key="test",
    )
    with pytest.raises(ReadTimeoutError):
        impatient.get_secret_value(SecretId="slow")


def test_a_connection_that_is_lost_before_the_change_changed_nothing(faults, aws):
    aws.create_secret(Name="app", SecretString="old")
    faults(operation="PutSecretValue", connection="resetBefore", count=1)
    with pytest.raises(ConnectionClosedError):
        aws.put_secret_value(SecretId="app", SecretString="new")
    assert aws.get_secret_value(SecretId="app")["SecretString"] == "old"


def test_a_connection_that_is_lost_after_the_change_is_tried_again_and_changes_once(faults, patient):
    patient.create_secret(Name="app", SecretString="old")
    rule = faults(operation="PutSecretValue", connection="resetAfterCommit", count=1)
    patient.put_secret_value(SecretId="app", SecretString="new")
    assert faults.hits(rule) == 1
    assert patient.get_secret_value(SecretId="app")["SecretString"] == "new"
    versions = patient.list_secret_version_ids(SecretId="app", IncludeDeprecated=True)["Versions"]
    assert len(versions) == 2


def test_half_an_answer_is_none(faults, aws):
    aws.create_secret(Name="app", SecretString="calm-otter" * 100)
    rule = faults(operation="GetSecretValue", connection="truncate", count=1)
    # Some versions of botocore take a body that is no JSON for an answer without members.
    try:
        half = aws.get_secret_value(SecretId="app")
    except HTTPClientError:
        half = {}
    assert "SecretString" not in half
    assert faults.hits(rule) == 1
    assert aws.get_secret_value(SecretId="app")["SecretString"] == "calm-otter" * 100


def test_a_reader_that_lags_behind_sees_the_value_before(faults, aws):
    aws.create_secret(Name="app", SecretString="old")
    aws.put_secret_value(SecretId="app", SecretString="new")
    faults(operation="GetSecretValue", staleForSeconds=3600, count=1)
    stale = aws.get_secret_value(SecretId="app")
    assert (stale["SecretString"], stale["VersionStages"]) == ("old", ["AWSCURRENT"])
    assert aws.get_secret_value(SecretId="app")["SecretString"] == "new"


def test_the_query_protocol_has_its_own_names(server, account, faults):
    faults(service="iam", operation="ListUsers", error="ThrottlingException", count=1)
    iam = make_client(server.url, key=account, service="iam")
    with pytest.raises(ClientError) as caught:
        iam.list_users()
    assert caught.value.response["Error"]["Code"] == "Throttling"
    assert iam.list_users()["Users"] == []


@pytest.mark.cli
def test_the_aws_cli_tries_again_and_names_the_error(server, account, faults, aws):
    aws.create_secret(Name="app", SecretString="calm-otter")
    program = client_program("aws")

    def run():
        return subprocess.run(
            [program, "secretsmanager", "get-secret-value", "--secret-id", "app",
             "--query", "SecretString", "--output", "text"],
            env=clean_environment(
                AWS_ENDPOINT_URL=server.url, AWS_ACCESS_KEY_ID=account, AWS_MAX_ATTEMPTS="3",
                AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1", AWS_RETRY_MODE="standard",
            ),
            capture_output=True,
            text=True,
            timeout=60,
        )

    rule = faults(operation="GetSecretValue", error="ThrottlingException", count=2)
    ended = run()
    assert (ended.returncode, ended.stdout.strip()) == (0, "calm-otter"), ended.stderr
    assert faults.hits(rule) == 2
    faults(operation="GetSecretValue", error="ThrottlingException")
    ended = run()
    assert ended.returncode != 0
    assert "(ThrottlingException)" in ended.stderr and "Rate exceeded" in ended.stderr


def test_quotas_are_those_of_aws_when_they_are_asked_for(folder):
    with Pocketvault(folder, "--quotas", "enforce", database=":memory:") as server:
        client = make_client(server.url)
        # A machine with much to do would be slower than the quota is filled.
        set_clock(server, freeze=True)
        for _ in range(50):
            client.get_random_password(PasswordLength=8)
        with pytest.raises(ClientError) as caught:
            client.get_random_password(PasswordLength=8)
        assert caught.value.response["Error"]["Code"] == "ThrottlingException"
        set_clock(server, freeze=False)
        patient = make_client(server.url, attempts=10)
        assert patient.get_random_password(PasswordLength=8)["RandomPassword"]
        assert server.stop() == 0
