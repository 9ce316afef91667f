"""Secrets read as parameters of Systems Manager, through boto3 and the AWS CLI."""

import json
import os
import subprocess
import time

import botocore.exceptions
import pytest

from conftest import client_program, make_client
from expect import refused
from server import clean_environment

PREFIX = "/aws/reference/secretsmanager/"


@pytest.fixture
def ssm(server, account):
    return make_client(server.url, key=account, service="ssm")


def test_a_secret_is_a_secure_string(aws, ssm, name):
    made = aws.create_secret(Name=name, SecretString='{"user":"otter"}')
    parameter = ssm.get_parameter(Name=PREFIX + name, WithDecryption=True)["Parameter"]
    source = json.loads(parameter.pop("SourceResult"))
    read = aws.get_secret_value(SecretId=name)
    assert parameter == {
        "Name": PREFIX + name,
        "Type": "SecureString",
        "Value": '{"user":"otter"}',
        "Version": 0,
        "LastModifiedDate": read["CreatedDate"],
        "ARN": made["ARN"],
    }
    assert list(source) == ["ARN", "name", "versionId", "secretString", "versionStages", "createdDate"]
    assert (source["name"], source["secretString"]) == (name, '{"user":"otter"}')
    assert source["versionId"] == made["VersionId"]


def test_versions_and_labels_are_selected(aws, ssm, name):
    first = aws.create_secret(Name=name, SecretString="one")["VersionId"]
    aws.put_secret_value(SecretId=name, SecretString="two")
    for selector, value in [("AWSCURRENT", "two"), ("AWSPREVIOUS", "one"), (first, "one")]:
        reference = f"{PREFIX}{name}:{selector}"
        parameter = ssm.get_parameter(Name=reference, WithDecryption=True)["Parameter"]
        assert (parameter["Name"], parameter["Value"]) == (PREFIX + name, value)
        assert parameter["Selector"] == f":{selector}"


def test_binary_secrets_are_in_the_source_only(aws, ssm, name):
    aws.create_secret(Name=name, SecretBinary=b"\x00\xff")
    parameter = ssm.get_parameter(Name=PREFIX + name, WithDecryption=True)["Parameter"]
    assert "Value" not in parameter
    assert json.loads(parameter["SourceResult"])["secretBinary"]["hb"] == [0, -1]


def test_several_secrets_are_read_at_once(aws, ssm, name):
    for letter in "ba":
        aws.create_secret(Name=f"{name}/{letter}", SecretString=letter)
    names = [f"{PREFIX}{name}/{letter}" for letter in "bac"] + ["ordinary"]
    answer = ssm.get_parameters(Names=names, WithDecryption=True)
    assert [parameter["Value"] for parameter in answer["Parameters"]] == ["a", "b"]
    assert answer["InvalidParameters"] == [f"{PREFIX}{name}/c", "ordinary"]


def test_errors_are_the_exceptions_of_the_model(aws, ssm, name):
    with pytest.raises(ssm.exceptions.ParameterNotFound) as caught:
        ssm.get_parameter(Name=PREFIX + name, WithDecryption=True)
    assert caught.value.response["Error"]["Message"] == (
        "An error occurred (ParameterNotFound) when referencing Secrets Manager:"
        f" Secret aws/reference/secretsmanager/{name}null not found."
    )
    with pytest.raises(ssm.exceptions.ParameterNotFound) as caught:
        ssm.get_parameter(Name="ordinary")
    assert not caught.value.response["Error"].get("Message")
    aws.create_secret(Name=name, SecretString="one")
    with refused("ValidationException", containing="WithDecryption flag must be True"):
        ssm.get_parameter(Name=PREFIX + name)
    aws.delete_secret(SecretId=name)
    with refused("ValidationException", "Invalid Request to Secrets Manager"):
        ssm.get_parameter(Name=PREFIX + name, WithDecryption=True)


def test_what_is_not_built_is_an_unknown_operation(ssm):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        ssm.put_parameter(Name="a", Value="b", Type="String")
    assert caught.value.response["Error"]["Code"] == "UnknownOperationException"


def test_the_trail_has_the_read_beside_the_call(aws, server, account, ssm, name):
    aws.create_secret(Name=name, SecretString="calm-otter")
    ssm.get_parameter(Name=PREFIX + name, WithDecryption=True)
    trail = make_client(server.url, key=account, service="cloudtrail")
    for _ in range(600):
        events = [json.loads(event["CloudTrailEvent"]) for event in trail.lookup_events()["Events"]]
        sources = {event["eventName"]: event["eventSource"] for event in events}
        if {"GetParameter", "GetSecretValue"} <= set(sources):
            break
        time.sleep(0.05)
    assert sources["GetParameter"] == "ssm.amazonaws.com"
    assert sources["GetSecretValue"] == "secretsmanager.amazonaws.com"
    assert "calm-otter" not in json.dumps(events)


@pytest.mark.cli
def test_the_cli_reads_secrets_as_parameters(aws, server, account, name):
    program = client_program("aws")
    aws.create_secret(Name=name, SecretString="one")

    def run(line: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [program, "ssm", *line.split()],
            env=clean_environment(
                PATH=os.environ["PATH"],
                AWS_ENDPOINT_URL=server.url,
                AWS_ACCESS_KEY_ID=account,
                AWS_SECRET_ACCESS_KEY="test",
                AWS_DEFAULT_REGION="us-east-1",
            ),
            capture_output=True,
            text=True,
            timeout=60,
        )

    one = run(f"get-parameter --with-decryption --query Parameter.Value --output text --name {PREFIX}{name}")
    assert one.stdout == "one\n", one.stderr
    both = run(f"get-parameters --with-decryption --names {PREFIX}{name} {PREFIX}{name}/no --output json")
    answer = json.loads(both.stdout)
    assert [parameter["Value"] for parameter in answer["Parameters"]] == ["one"]
    assert answer["InvalidParameters"] == [f"{PREFIX}{name}/no"]
    assert "WithDecryption flag must be True" in run(f"get-parameter --name {PREFIX}{name}").stderr
