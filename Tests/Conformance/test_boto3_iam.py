"""Users, roles, policies and access keys, as boto3 sees them."""

import json

import botocore.exceptions
import pytest

from conftest import make_client

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}],
}


@pytest.fixture
def iam(server, account):
    return make_client(server.url, key=account, service="iam")


@pytest.fixture
def role(iam):
    return iam.create_role(RoleName="task", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]


@pytest.fixture
def policy(iam):
    return iam.create_policy(PolicyName="read", PolicyDocument=json.dumps(READ))["Policy"]


def refused(code: str, text: str):
    return pytest.raises(botocore.exceptions.ClientError, match=f"({code}).*{text}")


def test_a_role_is_made_shown_changed_and_deleted(iam, account):
    made = iam.create_role(
        RoleName="task",
        Path="/service/",
        AssumeRolePolicyDocument=json.dumps(TRUST),
        Description="the task's",
        MaxSessionDuration=7200,
        Tags=[{"Key": "team", "Value": "payments"}],
    )["Role"]
    assert made["Arn"] == f"arn:aws:iam::{account}:role/service/task"
    assert made["RoleId"].startswith("AROA") and len(made["RoleId"]) == 21
    assert made["AssumeRolePolicyDocument"] == TRUST
    # What made it does not repeat its description and duration (C73).
    whole = made | {"Description": "the task's", "MaxSessionDuration": 7200, "RoleLastUsed": {}}
    assert iam.get_role(RoleName="task")["Role"] == whole
    iam.update_role(RoleName="task", Description="changed", MaxSessionDuration=3600)
    iam.tag_role(RoleName="task", Tags=[{"Key": "TEAM", "Value": "x"}, {"Key": "b", "Value": ""}])
    iam.untag_role(RoleName="task", TagKeys=["B", "none"])
    shown = iam.get_role(RoleName="TASK")["Role"]
    assert (shown["Description"], shown["MaxSessionDuration"]) == ("changed", 3600)
    assert shown["Tags"] == iam.list_role_tags(RoleName="task")["Tags"] == [{"Key": "TEAM", "Value": "x"}]
    iam.delete_role(RoleName="task")
    with refused("NoSuchEntity", "The role with name task cannot be found."):
        iam.get_role(RoleName="task")


def test_a_user_has_keys_at_most_two_and_a_secret_is_shown_once(iam, account):
    user = iam.create_user(UserName="ci")["User"]
    assert user["Arn"] == f"arn:aws:iam::{account}:user/ci" and user["UserId"].startswith("AIDA")
    keys = [iam.create_access_key(UserName="ci")["AccessKey"] for _ in range(2)]
    assert all(len(key["SecretAccessKey"]) == 40 and key["Status"] == "Active" for key in keys)
    assert keys[0]["SecretAccessKey"] != keys[1]["SecretAccessKey"]
    with refused("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"):
        iam.create_access_key(UserName="ci")
    listed = iam.list_access_keys(UserName="ci")["AccessKeyMetadata"]
    assert [key["AccessKeyId"] for key in listed] == [key["AccessKeyId"] for key in keys]
    assert "SecretAccessKey" not in listed[0]
    iam.update_access_key(UserName="ci", AccessKeyId=keys[0]["AccessKeyId"], Status="Inactive")
    assert iam.list_access_keys(UserName="ci")["AccessKeyMetadata"][0]["Status"] == "Inactive"
    with refused("DeleteConflict", "Cannot delete entity, must delete access keys first."):
        iam.delete_user(UserName="ci")
    for key in keys:
        iam.delete_access_key(UserName="ci", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="ci")


def test_a_user_who_names_none_is_itself(iam, server, account):
    iam.create_user(UserName="ci")
    key = iam.create_access_key(UserName="ci")["AccessKey"]["AccessKeyId"]
    own = make_client(server.url, key=key, service="iam")
    assert own.get_user()["User"]["UserName"] == "ci"
    assert own.list_access_keys()["AccessKeyMetadata"][0]["AccessKeyId"] == key
    sts = make_client(server.url, key=key, service="sts")
    assert sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{account}:user/ci"


def test_inline_policies_are_put_shown_and_removed(iam, role):
    iam.put_role_policy(RoleName="task", PolicyName="read", PolicyDocument=json.dumps(READ))
    assert iam.list_role_policies(RoleName="task")["PolicyNames"] == ["read"]
    assert iam.get_role_policy(RoleName="task", PolicyName="read")["PolicyDocument"] == READ
    with refused("DeleteConflict", "Cannot delete entity, must delete policies first."):
        iam.delete_role(RoleName="task")
    iam.delete_role_policy(RoleName="task", PolicyName="read")
    with refused("NoSuchEntity", "The role policy with name read cannot be found."):
        iam.get_role_policy(RoleName="task", PolicyName="read")


def test_managed_policies_are_attached_counted_and_detached(iam, role, policy, account):
    arn = policy["Arn"]
    assert arn == f"arn:aws:iam::{account}:policy/read"
    iam.create_user(UserName="ci")
    iam.attach_role_policy(RoleName="task", PolicyArn=arn)
    iam.attach_role_policy(RoleName="task", PolicyArn=arn)
    iam.attach_user_policy(UserName="ci", PolicyArn=arn)
    iam.put_user_permissions_boundary(UserName="ci", PermissionsBoundary=arn)
    shown = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (shown["AttachmentCount"], shown["PermissionsBoundaryUsageCount"]) == (2, 1)
    entities = iam.list_entities_for_policy(PolicyArn=arn)
    assert [role["RoleName"] for role in entities["PolicyRoles"]] == ["task"]
    assert [user["UserName"] for user in entities["PolicyUsers"]] == ["ci"]
    with refused("DeleteConflict", "Cannot delete a policy attached to entities."):
        iam.delete_policy(PolicyArn=arn)
    with refused("DeleteConflict", "Cannot delete entity, must detach all policies first."):
        iam.delete_role(RoleName="task")
    iam.detach_role_policy(RoleName="task", PolicyArn=arn)
    with refused("NoSuchEntity", f"Policy {arn} was not found."):
        iam.detach_role_policy(RoleName="task", PolicyArn=arn)
    iam.detach_user_policy(UserName="ci", PolicyArn=arn)
    iam.delete_user_permissions_boundary(UserName="ci")
    iam.delete_policy(PolicyArn=arn)
    with refused("NoSuchEntity", f"Policy {arn} does not exist or is not attachable."):
        iam.attach_role_policy(RoleName="task", PolicyArn=arn)


def test_policies_have_five_versions_and_one_that_counts(iam, policy):
    arn = policy["Arn"]
    for number in range(2, 6):
        version = iam.create_policy_version(
            PolicyArn=arn, PolicyDocument=json.dumps(READ | {"Id": str(number)}), SetAsDefault=number == 3
        )["PolicyVersion"]
        assert version["VersionId"] == f"v{number}"
    with refused("LimitExceeded", "A managed policy can have up to 5 versions."):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(READ))
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [v["VersionId"] for v in versions] == ["v5", "v4", "v3", "v2", "v1"]
    assert [v["VersionId"] for v in versions if v["IsDefaultVersion"]] == ["v3"]
    document = iam.get_policy_version(PolicyArn=arn, VersionId="v4")["PolicyVersion"]["Document"]
    assert document == READ | {"Id": "4"}
    with refused("DeleteConflict", "Cannot delete the default version of a policy."):
        iam.delete_policy_version(PolicyArn=arn, VersionId="v3")
    with refused("DeleteConflict", "This policy has more than one version."):
        iam.delete_policy(PolicyArn=arn)
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    for number in (2, 3, 4, 5):
        iam.delete_policy_version(PolicyArn=arn, VersionId=f"v{number}")
    assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(READ))[
        "PolicyVersion"
    ]["VersionId"] == "v6"


def test_policies_of_aws_are_there_and_stay_as_they_are(iam, role):
    arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
    assert arn in [policy["Arn"] for policy in iam.list_policies(Scope="AWS")["Policies"]]
    document = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"]
    assert document["Statement"][0]["Sid"] == "BasicPermissions"
    iam.attach_role_policy(RoleName="task", PolicyArn=arn)
    assert iam.list_attached_role_policies(RoleName="task")["AttachedPolicies"] == [
        {"PolicyName": "SecretsManagerReadWrite", "PolicyArn": arn}
    ]
    with refused("AccessDenied", "cannot be changed"):
        iam.delete_policy(PolicyArn=arn)


def test_lists_are_paged(iam):
    for number in range(5):
        iam.create_user(UserName=f"user-{number}", Path="/a/" if number % 2 else "/b/")
        iam.create_policy(PolicyName=f"policy-{number}", PolicyDocument=json.dumps(READ))
    pages = list(iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 2}))
    assert [len(page["Users"]) for page in pages] == [2, 2, 1]
    assert [user["UserName"] for user in iam.list_users(PathPrefix="/a/")["Users"]] == ["user-1", "user-3"]
    pages = iam.get_paginator("list_policies").paginate(Scope="Local", PaginationConfig={"PageSize": 3})
    assert len({policy["Arn"] for page in pages for policy in page["Policies"]}) == 5
    with refused("ValidationError", "Invalid Marker"):
        iam.list_users(Marker="none")


def test_members_that_break_the_model_are_told_together(server, account):
    iam = make_client(server.url, key=account, service="iam", checked=False)
    with refused("ValidationError", "2 validation errors detected: Value 'a b' at 'userName'"):
        iam.create_user(UserName="a b", Path="x")
    with refused("ValidationError", "Value null at 'roleName'"):
        iam.get_role()
    with refused("MalformedInput", ""):
        iam.list_users(MaxItems="many")


def test_empty_lists_are_lists_and_long_ones_are_told_in_a_sentence(server, account, iam, role):
    iam.create_user(UserName="plain", Tags=[])
    assert iam.list_user_tags(UserName="plain")["Tags"] == []
    sts = make_client(server.url, key=account, service="sts")
    assume = {"RoleArn": role["Arn"], "RoleSessionName": "session"}
    assert sts.assume_role(**assume, Tags=[], PolicyArns=[])["Credentials"]
    tags = [{"Key": f"k{number}", "Value": "v"} for number in range(51)]
    for call in (
        lambda: sts.assume_role(**assume, Tags=tags),
        lambda: iam.create_user(UserName="tagged", Tags=tags),
    ):
        with refused("ValidationError", "1 validation error detected: Value at 'tags' failed"):
            call()
    arns = [{"arn": f"arn:aws:iam::{account}:policy/p{number}"} for number in range(11)]
    with refused("ValidationError", "at 'policyArns' failed to satisfy constraint: Member must have length less"):
        sts.assume_role(**assume, PolicyArns=arns)


def test_no_secret_access_key_is_in_the_trail(server, iam, account):
    iam.create_user(UserName="ci")
    secret = iam.create_access_key(UserName="ci")["AccessKey"]["SecretAccessKey"]
    trail = make_client(server.url, key=account, service="cloudtrail")
    events = trail.lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateAccessKey"}]
    )["Events"]
    assert len(events) == 1 and secret not in json.dumps(events, default=str)
    record = json.loads(events[0]["CloudTrailEvent"])
    assert record["eventSource"] == "iam.amazonaws.com"
    assert record["requestParameters"] == {"userName": "ci"}
