"""Resource policies, as boto3 sees them."""

import json

import pytest

from expect import MARKED_FOR_DELETION, NOT_FOUND, refused, shape

PUBLIC = "You can not attach a resource policy that grants Public access to your secret."


def policy(principal, **others) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "secretsmanager:GetSecretValue",
        "Resource": "*",
        **others,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


NARROW = policy({"AWS": "arn:aws:iam::111122223333:root"})
BROAD = policy("*")


@pytest.fixture
def secret(aws, name):
    return aws.create_secret(Name=name, SecretString="v")


def test_a_policy_is_put_read_listed_and_deleted(aws, secret):
    put = aws.put_resource_policy(SecretId=secret["ARN"], ResourcePolicy=NARROW)
    assert shape(put) >= {"ARN", "Name"}
    got = aws.get_resource_policy(SecretId=secret["Name"])
    assert json.loads(got["ResourcePolicy"]) == json.loads(NARROW)
    assert got["ResourcePolicy"].startswith('{\n  "Version" : "2012-10-17",\n')
    for _ in range(2):
        aws.delete_resource_policy(SecretId=secret["Name"])
        assert "ResourcePolicy" not in aws.get_resource_policy(SecretId=secret["Name"])


def test_the_names_of_policies_are_listed(wire, name):
    """On the wire, because older SDKs do not know the operation."""
    wire.create(name)
    assert wire.call("ListResourcePolicies", {"SecretId": name}).json == {"ResourcePolicies": []}
    put = wire.call("PutResourcePolicy", {"SecretId": name, "ResourcePolicy": NARROW}).json
    assert put["PolicyName"] == "default"
    listed = wire.call("ListResourcePolicies", {"SecretId": name}).json
    assert listed == {"ResourcePolicies": [{"PolicyName": "default"}]}


def test_a_broad_policy_is_refused_when_it_is_to_be(aws, secret):
    with refused("PublicPolicyException", PUBLIC):
        aws.put_resource_policy(
            SecretId=secret["Name"], ResourcePolicy=BROAD, BlockPublicPolicy=True
        )
    assert "ResourcePolicy" not in aws.get_resource_policy(SecretId=secret["Name"])
    aws.put_resource_policy(SecretId=secret["Name"], ResourcePolicy=BROAD)
    told = aws.validate_resource_policy(ResourcePolicy=BROAD)
    assert told["PolicyValidationPassed"] is False
    assert told["ValidationErrors"] == [
        {"CheckName": "BlockPublicPolicyCheck", "ErrorMessage": PUBLIC}
    ]
    assert aws.validate_resource_policy(ResourcePolicy=NARROW)["PolicyValidationPassed"] is True


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ("{", "a syntax error"),
        (policy({"AWS": "no-principal"}), "an unsupported principal"),
        (policy({"Service": "nobody.amazonaws.com"}), "an invalid service principal"),
    ],
)
def test_a_malformed_policy_says_what_is_wrong(aws, secret, document, fault):
    with refused("MalformedPolicyDocumentException", f"This resource policy contains {fault}."):
        aws.put_resource_policy(SecretId=secret["Name"], ResourcePolicy=document)


def test_policies_of_scheduled_and_of_unknown_secrets_are_refused(aws, secret):
    aws.delete_secret(SecretId=secret["Name"])
    for call in (aws.get_resource_policy, aws.delete_resource_policy):
        with refused("InvalidRequestException", MARKED_FOR_DELETION):
            call(SecretId=secret["Name"])
        with refused("ResourceNotFoundException", NOT_FOUND):
            call(SecretId="no-such-secret")
