"""Every operation of every service once, as boto3 sends it and reads the answer."""

import datetime
import json
import re

import botocore.exceptions
import pytest

from conftest import make_client
from expect import shape
from server import ROOT, Pocketvault

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:unreachable"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "*",
        }
    ],
}
NAMED = {"ARN", "Name"}
UTC = datetime.timezone.utc


def operations(client) -> set[str]:
    return set(client.meta.service_model.operation_names)


class Called:
    """Clients, and the operations that were called by them."""

    def __init__(self, url: str, account: str):
        self.url, self.account = url, account
        self.operations: set[str] = set()

    def client(self, **others):
        client = make_client(self.url, **{"key": self.account} | others)
        client.meta.events.register("before-call", self.note)
        return client

    def note(self, model, **_):
        self.operations.add(model.name)


@pytest.fixture
def server(folder):
    target = f"{FUNCTION}=http://127.0.0.1:9/"
    with Pocketvault(folder, "--rotation-function", target, database=":memory:") as running:
        yield running


def versions(aws):
    made = aws.create_secret(Name="a", Description="d", SecretString="one")
    assert shape(made) == NAMED | {"VersionId"}
    first = made["VersionId"]
    put = aws.put_secret_value(SecretId="a", SecretBinary=b"\0\xff", VersionStages=["mine"])
    assert shape(put) == NAMED | {"VersionId", "VersionStages"}
    second = put["VersionId"]
    moved = aws.update_secret_version_stage(
        SecretId="a", VersionStage="AWSCURRENT", MoveToVersionId=second, RemoveFromVersionId=first
    )
    assert shape(moved) == NAMED
    assert aws.get_secret_value(SecretId="a")["SecretBinary"] == b"\0\xff"
    updated = aws.update_secret(SecretId="a", SecretString="three")
    assert shape(updated) == NAMED | {"VersionId"}
    third = updated["VersionId"]
    listed = aws.list_secret_version_ids(SecretId="a", IncludeDeprecated=True)
    assert shape(listed) == NAMED | {"Versions"}
    assert [version["VersionId"] for version in listed["Versions"]] == [first, second, third]
    stages = {second: ["mine", "AWSPREVIOUS"], third: ["AWSCURRENT"]}
    assert aws.describe_secret(SecretId="a")["VersionIdsToStages"] == stages
    (entry,) = aws.list_secrets(Filters=[{"Key": "name", "Values": ["a"]}])["SecretList"]
    assert entry["SecretVersionsToStages"] == stages
    batch = aws.batch_get_secret_value(SecretIdList=["a", "missing"])
    assert [value["SecretString"] for value in batch["SecretValues"]] == ["three"]
    assert [error["ErrorCode"] for error in batch["Errors"]] == ["ResourceNotFoundException"]
    assert len(aws.get_random_password(PasswordLength=20)["RandomPassword"]) == 20


def tags(aws):
    tags = [{"Key": "team", "Value": "payments"}, {"Key": "stage", "Value": ""}]
    assert shape(aws.tag_resource(SecretId="a", Tags=tags)) == set()
    assert aws.describe_secret(SecretId="a")["Tags"] == tags
    assert shape(aws.untag_resource(SecretId="a", TagKeys=["team", "stage"])) == set()
    assert aws.describe_secret(SecretId="a")["Tags"] == []


def policies(aws):
    document = json.dumps(POLICY)
    assert aws.validate_resource_policy(ResourcePolicy=document)["PolicyValidationPassed"] is True
    assert shape(aws.put_resource_policy(SecretId="a", ResourcePolicy=document)) >= NAMED
    assert json.loads(aws.get_resource_policy(SecretId="a")["ResourcePolicy"]) == POLICY
    if "ListResourcePolicies" in operations(aws):
        assert aws.list_resource_policies(SecretId="a")["ResourcePolicies"] == [{"PolicyName": "default"}]
    assert shape(aws.delete_resource_policy(SecretId="a")) >= NAMED
    assert "ResourcePolicy" not in aws.get_resource_policy(SecretId="a")


def rotation(aws):
    rules = {"ScheduleExpression": "cron(0 16 1,15 * ? *)", "Duration": "2h"}
    begun = aws.rotate_secret(SecretId="a", RotationLambdaARN=FUNCTION, RotationRules=rules)
    assert shape(begun) == NAMED | {"VersionId"}
    described = aws.describe_secret(SecretId="a")
    assert (described["RotationEnabled"], described["RotationRules"]) == (True, rules)
    assert described["NextRotationDate"].astimezone(UTC).time() == datetime.time(17, 59, 59)
    assert "VersionId" not in aws.cancel_rotate_secret(SecretId="a")
    assert aws.describe_secret(SecretId="a")["RotationEnabled"] is False


def replicas(aws, europe):
    regions = ["eu-west-1", "us-west-2"]
    added = aws.replicate_secret_to_regions(
        SecretId="a", AddReplicaRegions=[{"Region": region} for region in regions]
    )
    assert [status["Region"] for status in added["ReplicationStatus"]] == regions
    left = aws.remove_regions_from_replication(SecretId="a", RemoveReplicaRegions=["us-west-2"])
    assert [status["Region"] for status in left["ReplicationStatus"]] == ["eu-west-1"]
    assert ":eu-west-1:" in europe.stop_replication_to_replica(SecretId="a")["ARN"]


def deletion(aws):
    deleted = aws.delete_secret(SecretId="a", RecoveryWindowInDays=7)
    assert shape(deleted) == NAMED | {"DeletionDate"}
    days = deleted["DeletionDate"] - datetime.datetime.now(UTC)
    assert datetime.timedelta(days=6) < days < datetime.timedelta(days=8)
    assert shape(aws.restore_secret(SecretId="a")) == NAMED


def accounts(aws, other):
    key = {"KmsKeyId": "alias/theirs"}
    primary = aws.create_secret(Name="shared", SecretString="v", **key)["ARN"]
    replica = other.create_secret(Name="shared", CrossAccountPrimaryARN=primary, **key)["ARN"]
    joined = aws.associate_cross_account_replica(SecretId=primary, CrossAccountReplicaARN=replica)
    assert joined["ReplicationStatus"] == "InSync"
    assert other.get_secret_value(SecretId="shared")["SecretString"] == "v"
    pair = {"SecretId": primary, "CrossAccountReplicaARN": replica}
    assert shape(aws.disassociate_cross_account_replica(**pair)) == {"ARN", "CrossAccountReplicaARN"}
    described = other.describe_secret(SecretId="shared")
    assert described["CrossAccountPrimary"]["ReplicationStatus"] == "Detached"


def test_every_operation_is_sent_and_its_answer_read(server, account):
    called = Called(server.url, account)
    aws = called.client()
    versions(aws)
    tags(aws)
    policies(aws)
    rotation(aws)
    replicas(aws, called.client(region="eu-west-1"))
    deletion(aws)
    # An older boto3 knows fewer operations.
    if "AssociateCrossAccountReplica" in operations(aws):
        accounts(aws, called.client(key="222233334444"))
    assert called.operations == operations(aws)


# -- the other services: of their models the server has some operations

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}
READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}],
}
TAGS = [{"Key": "team", "Value": "payments"}]


def built(service: str) -> set[str]:
    """The operations that the server has, from the enumeration that its sources keep."""
    (file,) = (ROOT / "Sources/AWS" / service).glob("*Action.swift")
    return set(re.findall(r'case \w+ = "(\w+)"', file.read_text()))


def users(iam):
    iam.create_user(UserName="u")
    iam.get_user(UserName="u")
    iam.update_user(UserName="u", NewPath="/team/")
    assert [user["Path"] for user in iam.list_users()["Users"]] == ["/team/"]
    iam.tag_user(UserName="u", Tags=TAGS)
    assert iam.list_user_tags(UserName="u")["Tags"] == TAGS
    iam.untag_user(UserName="u", TagKeys=["team"])
    key = {"UserName": "u", "AccessKeyId": iam.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"]}
    iam.update_access_key(**key, Status="Inactive")
    assert iam.list_access_keys(UserName="u")["AccessKeyMetadata"][0]["Status"] == "Inactive"
    last = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])
    assert last["AccessKeyLastUsed"]["ServiceName"] == "N/A"
    iam.delete_access_key(**key)


def roles(iam):
    role = {"RoleName": "r"}
    iam.create_role(**role, AssumeRolePolicyDocument=json.dumps(TRUST))
    assert iam.get_role(**role)["Role"]["AssumeRolePolicyDocument"] == TRUST
    iam.update_assume_role_policy(**role, PolicyDocument=json.dumps(TRUST | {"Id": "changed"}))
    iam.update_role(**role, MaxSessionDuration=7200)
    assert iam.update_role_description(**role, Description="d")["Role"]["Description"] == "d"
    iam.tag_role(**role, Tags=TAGS)
    assert iam.list_role_tags(**role)["Tags"] == TAGS
    iam.untag_role(**role, TagKeys=["team"])
    assert len(iam.list_roles()["Roles"]) == 1


def managed_policies(iam):
    arn = iam.create_policy(PolicyName="p", PolicyDocument=json.dumps(READ))["Policy"]["Arn"]
    policy = {"PolicyArn": arn}
    iam.create_policy_version(**policy, PolicyDocument=json.dumps(READ | {"Id": "2"}))
    iam.set_default_policy_version(**policy, VersionId="v2")
    assert iam.get_policy_version(**policy, VersionId="v2")["PolicyVersion"]["IsDefaultVersion"] is True
    iam.delete_policy_version(**policy, VersionId="v1")
    assert [v["VersionId"] for v in iam.list_policy_versions(**policy)["Versions"]] == ["v2"]
    iam.tag_policy(**policy, Tags=TAGS)
    assert iam.list_policy_tags(**policy)["Tags"] == TAGS
    iam.untag_policy(**policy, TagKeys=["team"])
    assert len(iam.list_policies(Scope="Local")["Policies"]) == 1
    return arn


def policies_of(iam, kind: str, arn: str):
    """All that is the same for users and roles, whose operations differ by a word."""
    holder = {"user": {"UserName": "u"}, "role": {"RoleName": "r"}}[kind]

    def call(operation: str, **members):
        return getattr(iam, operation.format(kind))(**holder, **members)

    call("put_{}_policy", PolicyName="i", PolicyDocument=json.dumps(READ))
    assert call("get_{}_policy", PolicyName="i")["PolicyDocument"] == READ
    assert call("list_{}_policies")["PolicyNames"] == ["i"]
    call("delete_{}_policy", PolicyName="i")
    call("attach_{}_policy", PolicyArn=arn)
    assert call("list_attached_{}_policies")["AttachedPolicies"] == [{"PolicyName": "p", "PolicyArn": arn}]
    call("put_{}_permissions_boundary", PermissionsBoundary=arn)
    assert iam.get_policy(PolicyArn=arn)["Policy"]["PermissionsBoundaryUsageCount"] == 1
    entities = iam.list_entities_for_policy(PolicyArn=arn, EntityFilter=kind.title())
    assert len(entities[f"Policy{kind.title()}s"]) == 1
    call("delete_{}_permissions_boundary")
    call("detach_{}_policy", PolicyArn=arn)


def what_is_never_there(iam):
    user = {"UserName": "u"}
    for call in (iam.get_login_profile, iam.delete_login_profile):
        with pytest.raises(iam.exceptions.NoSuchEntityException):
            call(**user)
    assert iam.list_groups()["Groups"] == []
    assert iam.list_instance_profiles()["InstanceProfiles"] == []
    assert iam.list_groups_for_user(**user)["Groups"] == []
    assert iam.list_instance_profiles_for_role(RoleName="r")["InstanceProfiles"] == []
    assert iam.list_mfa_devices(**user)["MFADevices"] == []
    assert iam.list_service_specific_credentials(**user)["ServiceSpecificCredentials"] == []
    assert iam.list_signing_certificates(**user)["Certificates"] == []
    assert iam.list_ssh_public_keys(**user)["SSHPublicKeys"] == []
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []


def the_account(iam, account: str):
    name = {"AccountAlias": f"account-{account}"}
    iam.create_account_alias(**name)
    assert iam.list_account_aliases()["AccountAliases"] == [name["AccountAlias"]]
    iam.delete_account_alias(**name)
    summary = iam.get_account_summary()["SummaryMap"]
    assert (summary["Users"], summary["Roles"], summary["UsersQuota"]) == (1, 1, 5000)
    details = iam.get_account_authorization_details()
    assert [user["UserName"] for user in details["UserDetailList"]] == ["u"]
    assert details["RoleDetailList"][0]["AssumeRolePolicyDocument"]["Statement"] == TRUST["Statement"]
    assert details["Policies"][0]["PolicyVersionList"][0]["VersionId"] == "v2"
    asked = {"ActionNames": ["secretsmanager:GetSecretValue"]}
    custom = iam.simulate_custom_policy(PolicyInputList=[json.dumps(READ)], **asked)
    assert [result["EvalDecision"] for result in custom["EvaluationResults"]] == ["allowed"]
    arn = iam.get_user(UserName="u")["User"]["Arn"]
    own = iam.simulate_principal_policy(PolicySourceArn=arn, **asked)["EvaluationResults"][0]
    assert (own["EvalDecision"], own["MatchedStatements"]) == ("implicitDeny", [])


def test_every_operation_of_iam(server, account):
    called = Called(server.url, account)
    iam = called.client(service="iam")
    users(iam)
    roles(iam)
    arn = managed_policies(iam)
    policies_of(iam, "user", arn)
    policies_of(iam, "role", arn)
    what_is_never_there(iam)
    the_account(iam, account)
    iam.delete_policy(PolicyArn=arn)
    iam.delete_role(RoleName="r")
    iam.delete_user(UserName="u")
    assert called.operations == built("IAM")


def test_every_operation_of_kms(server, account):
    called = Called(server.url, account)
    kms = called.client(service="kms")
    id = kms.create_key()["KeyMetadata"]["KeyId"]
    key = {"KeyId": id}
    kms.update_key_description(**key, Description="d")
    assert kms.describe_key(**key)["KeyMetadata"]["Description"] == "d"
    assert [key["KeyId"] for key in kms.list_keys()["Keys"]] == [id]
    kms.create_alias(AliasName="alias/app", TargetKeyId=id)
    kms.update_alias(AliasName="alias/app", TargetKeyId=id)
    assert kms.list_aliases(**key)["Aliases"][0]["AliasName"] == "alias/app"
    kms.delete_alias(AliasName="alias/app")
    kms.tag_resource(**key, Tags=[{"TagKey": "team", "TagValue": "payments"}])
    assert len(kms.list_resource_tags(**key)["Tags"]) == 1
    kms.untag_resource(**key, TagKeys=["team"])
    kms.put_key_policy(**key, Policy=kms.get_key_policy(**key)["Policy"])
    assert kms.list_key_policies(**key)["PolicyNames"] == ["default"]
    kms.enable_key_rotation(**key)
    assert kms.get_key_rotation_status(**key)["KeyRotationEnabled"] is True
    kms.disable_key_rotation(**key)
    assert kms.rotate_key_on_demand(**key)["KeyId"].endswith(id)
    assert kms.list_key_rotations(**key)["Rotations"] == []
    blob = kms.encrypt(**key, Plaintext=b"x")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    assert kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=id)["SourceKeyId"].endswith(id)
    assert len(kms.generate_data_key(**key, KeySpec="AES_128")["Plaintext"]) == 16
    assert kms.generate_data_key_without_plaintext(**key, NumberOfBytes=9)["KeyMaterialId"]
    assert len(kms.generate_random(NumberOfBytes=9)["Plaintext"]) == 9
    root = f"arn:aws:iam::{account}:root"
    granted = {**key, "GranteePrincipal": root, "RetiringPrincipal": root, "Operations": ["Decrypt"]}
    grants = [kms.create_grant(**granted) for _ in range(2)]
    assert len(kms.list_grants(**key)["Grants"]) == 2
    assert len(kms.list_retirable_grants(RetiringPrincipal=root)["Grants"]) == 2
    kms.retire_grant(GrantToken=grants[0]["GrantToken"])
    kms.revoke_grant(**key, GrantId=grants[1]["GrantId"])
    kms.disable_key(**key)
    kms.enable_key(**key)
    assert kms.schedule_key_deletion(**key)["KeyState"] == "PendingDeletion"
    kms.cancel_key_deletion(**key)
    assert called.operations == built("KMS")


def test_every_operation_of_sts_and_cloudtrail(server, account):
    iam = make_client(server.url, key=account, service="iam")
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    called = Called(server.url, account)
    sts = called.client(service="sts")
    assert sts.get_caller_identity()["Account"] == account
    assert sts.get_session_token()["Credentials"]["Expiration"] > datetime.datetime.now(UTC)
    guest = sts.get_federation_token(Name="guest")["FederatedUser"]
    assert guest["FederatedUserId"] == f"{account}:guest"
    assumed = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="session")["AssumedRoleUser"]
    assert assumed["Arn"].endswith(":assumed-role/r/session")
    with pytest.raises(botocore.exceptions.ClientError, match="InvalidIdentityToken"):
        sts.assume_role_with_web_identity(
            RoleArn=role["Arn"], RoleSessionName="session", WebIdentityToken="none"
        )
    key = iam.create_access_key(UserName=iam.create_user(UserName="u")["User"]["UserName"])["AccessKey"]
    assert sts.get_access_key_info(AccessKeyId=key["AccessKeyId"])["Account"] == account
    with pytest.raises(botocore.exceptions.ClientError, match="InvalidAuthorizationMessage"):
        sts.decode_authorization_message(EncodedMessage="none")
    trail = called.client(service="cloudtrail")
    events = trail.lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "AssumeRole"}]
    )["Events"]
    assert [event["EventName"] for event in events] == ["AssumeRole"]
    assert called.operations == built("STS") | built("CloudTrail")
