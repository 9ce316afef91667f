"""Keys, aliases and the secrets under them, as boto3 sees them."""

import json
import re

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
    disabled = rf"{re.escape(key['Arn'])} is disabled. {quoted('DisabledException')}"
    with pytest.raises(aws.exceptions.DecryptionFailure) as caught:
        aws.get_secret_value(SecretId=name)
    message = caught.value.response["Error"]["Message"]
    assert re.fullmatch(f"Secrets Manager can't decrypt the secret value: {disabled}", message)
    with pytest.raises(aws.exceptions.EncryptionFailure) as caught:
        aws.put_secret_value(SecretId=name, SecretString="x")
    message = caught.value.response["Error"]["Message"]
    assert re.fullmatch(f"Secrets Manager can't encrypt the secret value: {disabled}", message)
    with refused("InvalidParameterException", "The operation failed because the specified KMS key is disabled."):
        aws.create_secret(Name=f"{name}-2", KmsKeyId=key["KeyId"])
    kms.enable_key(KeyId=key["KeyId"])
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "invented"


def quoted(code):
    """How Secrets Manager ends what it quotes from KMS."""
    return rf"\(Service: AWSKMS; Status Code: 400; Error Code: {code}; Request ID: [0-9a-f-]{{36}}; Proxy: null\)"


def test_either_key_opens_what_was_moved_from_one_to_the_other(aws, kms, key, name):
    """C20."""
    other = kms.create_key()["KeyMetadata"]["Arn"]
    aws.create_secret(Name=name, SecretString="invented", KmsKeyId=key["KeyId"])
    aws.update_secret(SecretId=name, KmsKeyId=other)
    versions = aws.list_secret_version_ids(SecretId=name)["Versions"]
    assert versions[0]["KmsKeyIds"] == [key["Arn"], other]
    for disabled in (key["Arn"], other):
        kms.disable_key(KeyId=disabled)
        assert aws.get_secret_value(SecretId=name)["SecretString"] == "invented"
        kms.enable_key(KeyId=disabled)


def test_an_unknown_key_is_refused_once_there_is_one(aws, kms, name, account):
    """C16."""
    aws.create_secret(Name=name, SecretString="x", KmsKeyId="alias/nobody")
    kms.create_key()
    with pytest.raises(aws.exceptions.InvalidParameterException) as caught:
        aws.create_secret(Name=f"{name}-2", SecretString="x", KmsKeyId="alias/nobody")
    alias = f"arn:aws:kms:us-east-1:{account}:alias/nobody"
    expected = (
        f"The operation failed because of an invalid KMS key: Alias {alias} is not found."
        f" {quoted('NotFoundException')}"
    )
    assert re.fullmatch(expected, caught.value.response["Error"]["Message"])
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "x"


def test_an_operation_of_kms_that_is_not_built_is_unknown(kms, key):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        kms.sign(KeyId=key["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256")
    assert caught.value.response["Error"]["Code"] == "UnknownOperationException"


# -- What a key does

CONTEXT = {"app": "shop", "stage": "prod"}


def test_what_a_key_seals_opens_without_its_name(kms, key):
    """C66, C67: the ciphertext knows its key, and the context has to be the same."""
    kms.create_alias(AliasName="alias/app", TargetKeyId=key["KeyId"])
    sealed = kms.encrypt(KeyId="alias/app", Plaintext=b"\x00invented\xff", EncryptionContext=CONTEXT)
    assert sealed["KeyId"] == key["Arn"]
    assert sealed["EncryptionAlgorithm"] == "SYMMETRIC_DEFAULT"
    opened = kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=CONTEXT)
    assert opened["Plaintext"] == b"\x00invented\xff"
    assert opened["KeyId"] == key["Arn"]
    assert opened["KeyMaterialId"] == key["CurrentKeyMaterialId"]
    for other in ({}, {"app": "shop"}, {**CONTEXT, "more": "1"}):
        with pytest.raises(kms.exceptions.InvalidCiphertextException) as caught:
            kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=other)
        assert caught.value.response["Error"]["Message"] == ""
    other = kms.create_key()["KeyMetadata"]["KeyId"]
    with pytest.raises(kms.exceptions.IncorrectKeyException):
        kms.decrypt(
            CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=CONTEXT, KeyId=other
        )
    with pytest.raises(kms.exceptions.DryRunOperationException):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", DryRun=True)


def test_a_data_key_comes_open_and_sealed(kms, key):
    """C68."""
    made = kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256", EncryptionContext=CONTEXT)
    assert len(made["Plaintext"]) == 32
    assert made["KeyMaterialId"] == key["CurrentKeyMaterialId"]
    opened = kms.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext=CONTEXT)
    assert opened["Plaintext"] == made["Plaintext"]
    closed = kms.generate_data_key_without_plaintext(KeyId=key["KeyId"], NumberOfBytes=64)
    assert "Plaintext" not in closed
    assert len(kms.decrypt(CiphertextBlob=closed["CiphertextBlob"])["Plaintext"]) == 64
    assert len(kms.generate_random(NumberOfBytes=24)["Plaintext"]) == 24


def test_a_value_is_brought_under_another_key(kms, key):
    """C68."""
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"invented", EncryptionContext=CONTEXT)
    other = kms.create_key()["KeyMetadata"]
    moved = kms.re_encrypt(
        CiphertextBlob=sealed["CiphertextBlob"],
        SourceEncryptionContext=CONTEXT,
        DestinationKeyId=other["Arn"],
    )
    assert (moved["SourceKeyId"], moved["KeyId"]) == (key["Arn"], other["Arn"])
    assert moved["SourceKeyMaterialId"] == key["CurrentKeyMaterialId"]
    assert moved["DestinationKeyMaterialId"] == other["CurrentKeyMaterialId"]
    kms.disable_key(KeyId=key["KeyId"])
    assert kms.decrypt(CiphertextBlob=moved["CiphertextBlob"])["Plaintext"] == b"invented"
    with pytest.raises(kms.exceptions.DisabledException):
        kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=CONTEXT)


def test_what_was_sealed_before_a_rotation_opens_after_it(kms, key, wire):
    """C70: for about 100 seconds the rotation is under way."""
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"invented")["CiphertextBlob"]
    assert kms.rotate_key_on_demand(KeyId=key["KeyId"])["KeyId"] == key["Arn"]
    status = kms.get_key_rotation_status(KeyId=key["KeyId"])
    assert status["OnDemandRotationStartDate"].year >= 2025
    moved = wire.request(
        "POST", "/_pocketvault/clock", b'{"advance":"PT100S"}', {"content-type": "application/json"}
    )
    assert moved.status == 200, moved
    now = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["CurrentKeyMaterialId"]
    assert now != key["CurrentKeyMaterialId"]
    opened = kms.decrypt(CiphertextBlob=sealed)
    assert opened["Plaintext"] == b"invented"
    assert opened["KeyMaterialId"] == key["CurrentKeyMaterialId"]
    pages = kms.get_paginator("list_key_rotations").paginate(
        KeyId=key["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL", PaginationConfig={"PageSize": 1}
    )
    rotations = [rotation for page in pages for rotation in page["Rotations"]]
    assert [rotation.get("RotationType") for rotation in rotations] == [None, "ON_DEMAND"]
    assert rotations[1]["KeyMaterialId"] == now


def test_grants_are_made_listed_and_given_back(kms, key, account):
    """C71."""
    grantee = f"arn:aws:iam::{account}:root"
    wanted = dict(
        KeyId=key["KeyId"],
        GranteePrincipal=grantee,
        RetiringPrincipal=grantee,
        Operations=["Decrypt", "GenerateDataKey"],
        Constraints={"EncryptionContextSubset": {"app": "shop"}},
        Name="app",
    )
    made = kms.create_grant(**wanted)
    assert kms.create_grant(**wanted)["GrantId"] == made["GrantId"]
    for _ in range(3):
        kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=grantee, Operations=["Encrypt"])
    pages = kms.get_paginator("list_grants").paginate(
        KeyId=key["KeyId"], PaginationConfig={"PageSize": 2}
    )
    grants = [grant for page in pages for grant in page["Grants"]]
    assert len(grants) == 4
    [named] = [grant for grant in grants if grant.get("Name") == "app"]
    assert named["KeyId"] == key["Arn"]
    assert named["IssuingAccount"] == grantee
    assert named["Constraints"] == {"EncryptionContextSubset": {"app": "shop"}}
    assert named["CreationDate"].microsecond == 0
    retirable = kms.list_retirable_grants(RetiringPrincipal=grantee)["Grants"]
    assert [grant["GrantId"] for grant in retirable] == [made["GrantId"]]
    kms.retire_grant(GrantToken=made["GrantToken"])
    left = next(grant for grant in grants if grant["GrantId"] != made["GrantId"])
    kms.revoke_grant(KeyId=key["KeyId"], GrantId=left["GrantId"])
    with pytest.raises(kms.exceptions.InvalidArnException) as caught:
        kms.create_grant(KeyId=key["KeyId"], GranteePrincipal="ana", Operations=["Encrypt"])
    assert caught.value.response["Error"]["Message"] == "ARN is not valid: ana"


def test_secrets_are_read_through_every_rotation_of_their_key(kms, aws, key, name, wire):
    """C72: new versions are under the newest material, older ones under theirs."""
    versions = {}
    aws.create_secret(Name=name, KmsKeyId=key["KeyId"])
    for value in ("one", "two", "three"):
        versions[aws.put_secret_value(SecretId=name, SecretString=value)["VersionId"]] = value
        kms.rotate_key_on_demand(KeyId=key["KeyId"])
        wire.request(
            "POST", "/_pocketvault/clock", b'{"advance":"PT100S"}', {"content-type": "application/json"}
        )
    for version, value in versions.items():
        assert aws.get_secret_value(SecretId=name, VersionId=version)["SecretString"] == value
