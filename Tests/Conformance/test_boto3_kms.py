"""Keys, aliases and the secrets under them, as boto3 sees them."""

import json

import botocore.exceptions
import pytest

from conftest import make_client
from expect import refused


@pytest.fixture
def kms(server, account):
    return make_client(server.url, key=account, service="kms")


@pytest.fixture
def key(kms):
    return kms.create_key(Description="for secrets")["KeyMetadata"]


def test_a_key_is_made_described_and_listed(kms, account):
    made = kms.create_key(Description="d", Tags=[{"TagKey": "a", "TagValue": "b"}])["KeyMetadata"]
    assert made["Arn"] == f"arn:aws:kms:us-east-1:{account}:key/{made['KeyId']}"
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"] == made
    assert kms.list_keys()["Keys"] == [{"KeyId": made["KeyId"], "KeyArn": made["Arn"]}]
    tags = kms.list_resource_tags(KeyId=made["KeyId"])["Tags"]
    assert tags == [{"TagKey": "a", "TagValue": "b"}]


def test_the_lists_of_kms_are_paged(kms):
    keys = {kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(5)}
    for number, key in enumerate(sorted(keys)):
        kms.create_alias(AliasName=f"alias/{number}", TargetKeyId=key)
    pages = list(kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2}))
    assert [len(page["Keys"]) for page in pages] == [2, 2, 1]
    assert {key["KeyId"] for page in pages for key in page["Keys"]} == keys
    pages = kms.get_paginator("list_aliases").paginate(PaginationConfig={"PageSize": 2})
    names = [alias["AliasName"] for page in pages for alias in page["Aliases"]]
    assert names == [*(f"alias/{number}" for number in range(5)), "alias/aws/secretsmanager"]


def test_errors_of_kms_are_the_exceptions_of_its_model(kms, key):
    arn = key["Arn"]
    with pytest.raises(kms.exceptions.NotFoundException) as caught:
        kms.describe_key(KeyId="alias/nobody")
    assert caught.value.response["Error"]["Message"].endswith("alias/nobody is not found.")
    kms.create_alias(AliasName="alias/app", TargetKeyId=arn)
    with pytest.raises(kms.exceptions.AlreadyExistsException):
        kms.create_alias(AliasName="alias/app", TargetKeyId=arn)
    kms.disable_key(KeyId=arn)
    with pytest.raises(kms.exceptions.DisabledException) as caught:
        kms.enable_key_rotation(KeyId=arn)
    assert caught.value.response["Error"]["Message"] == f"{arn} is disabled."
    kms.schedule_key_deletion(KeyId=arn)
    with pytest.raises(kms.exceptions.KMSInvalidStateException) as caught:
        kms.enable_key(KeyId=arn)
    assert caught.value.response["Error"]["Message"] == f"{arn} is pending deletion."
    for call, exception in [
        (lambda: kms.create_key(Policy="{}"), "MalformedPolicyDocumentException"),
        (lambda: kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY"), "UnsupportedOperationException"),
        (lambda: kms.describe_key(KeyId="arn:aws:s3:::x"), "InvalidArnException"),
        (lambda: kms.list_keys(Marker="x"), "InvalidMarkerException"),
    ]:
        with pytest.raises(getattr(kms.exceptions, exception)):
            call()


def test_a_key_policy_is_put_and_read(kms, key):
    policy = json.loads(kms.get_key_policy(KeyId=key["KeyId"])["Policy"])
    policy["Id"] = "mine"
    kms.put_key_policy(KeyId=key["KeyId"], Policy=json.dumps(policy))
    assert json.loads(kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"]) == policy
    assert kms.list_key_policies(KeyId=key["KeyId"])["PolicyNames"] == ["default"]


def test_a_secret_opens_and_closes_with_its_key(aws, kms, key, name):
    kms.create_alias(AliasName="alias/app", TargetKeyId=key["KeyId"])
    aws.create_secret(Name=name, SecretString="invented", KmsKeyId="alias/app")
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "invented"
    versions = aws.list_secret_version_ids(SecretId=name)["Versions"]
    assert versions[0]["KmsKeyIds"] == [key["Arn"]]
    kms.disable_key(KeyId=key["KeyId"])
    with pytest.raises(aws.exceptions.DecryptionFailure):
        aws.get_secret_value(SecretId=name)
    with pytest.raises(aws.exceptions.EncryptionFailure):
        aws.put_secret_value(SecretId=name, SecretString="x")
    kms.enable_key(KeyId=key["KeyId"])
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "invented"


def test_an_unknown_key_is_refused_once_there_is_one(aws, kms, name):
    aws.create_secret(Name=name, SecretString="x", KmsKeyId="alias/nobody")
    kms.create_key()
    with refused("AccessDeniedException", "Access to KMS is not allowed"):
        aws.create_secret(Name=f"{name}-2", SecretString="x", KmsKeyId="alias/nobody")
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "x"


def test_an_operation_of_kms_that_is_not_built_is_unknown(kms, key):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        kms.generate_random(NumberOfBytes=8)
    assert caught.value.response["Error"]["Code"] == "UnknownOperationException"
