"""CloudTrail's LookupEvents, and the commands that show the same trail."""

import json
import subprocess
import time

import pytest

from conftest import make_client
from server import binary


@pytest.fixture
def trail(server, account):
    return make_client(server.url, key=account, service="cloudtrail")


def look(trail, count, **query):
    """Events but the look-ups themselves; reads reach the trail within 100 ms."""
    for _ in range(600):
        pages = trail.get_paginator("lookup_events").paginate(PaginationConfig={"PageSize": 2}, **query)
        events = [event for page in pages for event in page["Events"]]
        events = [event for event in events if event["EventName"] != "LookupEvents"]
        if len(events) >= count:
            return events
        time.sleep(0.05)
    raise AssertionError(f"{len(events)} events instead of {count}")


def test_who_read_a_secret_is_looked_up_page_by_page(aws, trail, name, account):
    aws.create_secret(Name=name, SecretString="calm-otter")
    for _ in range(5):
        aws.get_secret_value(SecretId=name)
    events = look(
        trail, 5, LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "GetSecretValue"}]
    )
    assert len(events) == len({event["EventId"] for event in events}) == 5
    event = events[0]
    assert event["ReadOnly"] == "true"
    assert event["Username"] == "root"
    assert event["EventSource"] == "secretsmanager.amazonaws.com"
    assert event["Resources"] == []
    record = json.loads(event["CloudTrailEvent"])
    assert record["requestParameters"] == {"secretId": name}
    assert record["userIdentity"]["accountId"] == account
    assert record["eventID"] == event["EventId"]
    assert "calm-otter" not in json.dumps(events, default=str)


def found(trail, count, key, value):
    return look(trail, count, LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}])


def test_c38_a_secret_is_found_by_its_arn(aws, trail, name):
    arn = aws.create_secret(Name=name, SecretString="calm-otter")["ARN"]
    aws.get_secret_value(SecretId=arn)
    aws.get_secret_value(SecretId=name)
    (event,) = found(trail, 1, "ResourceName", arn)
    assert event["EventName"] == "GetSecretValue"
    assert event["Resources"] == [{"ResourceType": "AWS::SecretsManager::Secret", "ResourceName": arn}]
    (resource,) = json.loads(event["CloudTrailEvent"])["resources"]
    assert resource["ARN"] == arn


def test_c41_and_c52_what_a_batch_read_has_records_of_its_own(aws, trail, name):
    aws.create_secret(Name=name, SecretString="calm-otter")
    aws.batch_get_secret_value(SecretIdList=[name, "gone"])
    (batch,) = found(trail, 1, "EventName", "BatchGetSecretValue")
    request = json.loads(batch["CloudTrailEvent"])["requestID"]
    parts = [json.loads(event["CloudTrailEvent"]) for event in found(trail, 2, "EventName", "GetSecretValue")]
    assert {part["requestID"] for part in parts} == {f"{request}:{name}", f"{request}:gone"}
    assert {part["userIdentity"]["invokedBy"] for part in parts} == {"secretsmanager.amazonaws.com"}
    (decrypted,) = found(trail, 1, "EventName", "Decrypt")
    record = json.loads(decrypted["CloudTrailEvent"])
    assert f":secret:{name}-" in record["requestParameters"]["encryptionContext"]["SecretARN"]
    assert record["userIdentity"]["invokedBy"] == record["sourceIPAddress"] == "secretsmanager.amazonaws.com"
    assert "calm-otter" not in json.dumps([batch, decrypted, parts], default=str)


def test_c52_a_refused_call_tells_which_key_was_asked(server, account, aws, trail, name):
    """C52."""
    kms = make_client(server.url, key=account, service="kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    arn = aws.create_secret(Name=name, SecretString="calm-otter", KmsKeyId=key)["ARN"]
    kms.disable_key(KeyId=key)
    with pytest.raises(aws.exceptions.EncryptionFailure) as caught:
        aws.put_secret_value(SecretId=name, SecretString="calm-heron")
    (event, *_) = found(trail, 2, "EventName", "GenerateDataKey")
    record = json.loads(event["CloudTrailEvent"])
    assert record["errorCode"] == "DisabledException"
    assert record["errorMessage"] == f"{key} is disabled."
    assert record["requestID"] in caught.value.response["Error"]["Message"]
    assert record["requestParameters"]["encryptionContext"]["SecretARN"] == arn
    assert [resource["ARN"] for resource in record["resources"]] == [key]


def test_a_parameter_is_found_by_its_arn(server, account, aws, trail, name):
    aws.create_secret(Name=name, SecretString="calm-otter")
    reference = f"/aws/reference/secretsmanager/{name}"
    ssm = make_client(server.url, key=account, service="ssm")
    ssm.get_parameter(Name=reference, WithDecryption=True)
    arn = f"arn:aws:ssm:us-east-1:{account}:parameter{reference}"
    (event,) = found(trail, 1, "ResourceName", arn)
    assert event["EventName"] == "GetParameter"
    (resource,) = json.loads(event["CloudTrailEvent"])["resources"]
    assert resource == {"accountId": account, "ARN": arn}


def test_c92_neither_another_truth_nor_the_future_is_looked_up(server, trail, account):
    with pytest.raises(trail.exceptions.InvalidLookupAttributesException):
        found(trail, 1, "ReadOnly", "yes")
    with pytest.raises(trail.exceptions.InvalidTimeRangeException):
        trail.lookup_events(StartTime=time.time() + 3600)


def test_each_error_is_the_typed_exception_of_boto3(server, trail, account):
    unchecked = make_client(server.url, key=account, service="cloudtrail", checked=False)
    with pytest.raises(trail.exceptions.InvalidMaxResultsException):
        unchecked.lookup_events(MaxResults=51)
    with pytest.raises(trail.exceptions.InvalidTimeRangeException):
        trail.lookup_events(StartTime=2, EndTime=1)
    with pytest.raises(trail.exceptions.InvalidNextTokenException):
        trail.lookup_events(NextToken="none")
    with pytest.raises(trail.exceptions.InvalidLookupAttributesException):
        unchecked.lookup_events(LookupAttributes=[{"AttributeKey": "Colour", "AttributeValue": "red"}])


def test_audit_and_events_show_what_boto3_did(server, aws, name):
    def show(*arguments):
        ended = subprocess.run(
            [binary(), *arguments, "--endpoint", server.url], capture_output=True, text=True, timeout=20
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.splitlines()

    arn = aws.create_secret(Name=name, SecretString="calm-otter")["ARN"]
    aws.delete_secret(SecretId=name)
    lines = show("audit", "--secret", name)
    assert [line.split()[1] for line in lines] == ["CreateSecret", "StartSecretVersionDelete", "DeleteSecret"]
    assert all(arn in line for line in lines)
    (event,) = show("events", "--secret", arn, "--json")
    assert json.loads(event)["additionalEventData"]["SecretId"] == arn


def test_following_prints_what_happens_as_it_happens(server, aws, name):
    follow = subprocess.Popen(
        [binary(), "events", "--follow", "--secret", name, "--endpoint", server.url],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        aws.create_secret(Name=name, SecretString="calm-otter")
        aws.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
        assert follow.stdout.readline().split()[1] == "EndSecretVersionDelete"
    finally:
        follow.kill()
        follow.wait()
