"""Every error of the service becomes the exception that boto3 made for it of the model."""

import botocore.exceptions
import pytest

from conftest import make_client
from corpus import MODEL
from expect import MARKED_FOR_DELETION, NOT_FOUND
from trouble import Flaky, damaged_vault

PUBLIC = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'


def scheduled(aws):
    aws.delete_secret(SecretId=aws.create_secret(Name="scheduled")["ARN"])
    aws.get_secret_value(SecretId="scheduled")


def taken(aws):
    for _ in range(2):
        aws.create_secret(Name="taken", SecretString="v")


def short_window(aws):
    aws.create_secret(Name="window")
    aws.delete_secret(SecretId="window", RecoveryWindowInDays=3)


def too_many_labels(aws):
    aws.create_secret(Name="labels", SecretString="v")
    for version in range(2):
        labels = [f"label-{version}-{number}" for number in range(15)]
        aws.put_secret_value(SecretId="labels", SecretString="v", VersionStages=labels)


def malformed_policy(aws):
    aws.create_secret(Name="policy")
    aws.put_resource_policy(SecretId="policy", ResourcePolicy="{}")


def public_policy(aws):
    aws.create_secret(Name="public")
    aws.put_resource_policy(SecretId="public", ResourcePolicy=PUBLIC, BlockPublicPolicy=True)


CAUSES = {
    "InvalidNextTokenException": lambda aws: aws.list_secrets(NextToken="made-up"),
    "InvalidParameterException": short_window,
    "InvalidRequestException": scheduled,
    "LimitExceededException": too_many_labels,
    "MalformedPolicyDocumentException": malformed_policy,
    "PublicPolicyException": public_policy,
    "ResourceExistsException": taken,
    "ResourceNotFoundException": lambda aws: aws.describe_secret(SecretId="missing"),
}
# No call of these tests has them for an answer: a key that can't encrypt, a fault of the server's
# own, a policy that is in the way. DecryptionFailure has a test below.
WITHOUT_A_CAUSE = {
    "DecryptionFailure", "EncryptionFailure", "InternalServiceError", "PreconditionNotMetException",
}  # fmt: skip


def test_every_exception_of_the_model_is_looked_at():
    assert {shape.name for shape in MODEL.error_shapes} == set(CAUSES) | WITHOUT_A_CAUSE


@pytest.mark.parametrize("code, cause", CAUSES.items(), ids=CAUSES)
def test_an_error_is_raised_as_the_exception_of_its_name(server, aws, code, cause):
    with pytest.raises(getattr(aws.exceptions, code)) as raised:
        cause(aws)
    response = raised.value.response
    assert response["Error"]["Code"] == code
    assert response["Error"]["Message"]
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert response["ResponseMetadata"]["RequestId"]
    assert response["ResponseMetadata"]["RetryAttempts"] == 0


def test_a_message_is_where_every_program_looks_for_it(aws):
    with pytest.raises(aws.exceptions.ResourceNotFoundException) as missing:
        aws.get_secret_value(SecretId="missing")
    text = str(missing.value)
    assert text.startswith("An error occurred (ResourceNotFoundException) when calling the GetSecretValue")
    assert text.endswith(f": {NOT_FOUND}")
    with pytest.raises(aws.exceptions.InvalidRequestException) as raised:
        scheduled(aws)
    # Some read the member as the model spells it.
    assert raised.value.response["Message"] == MARKED_FOR_DELETION


def test_an_error_of_the_framework_is_a_client_error_with_its_code(unchecked):
    for code, members in {
        "ValidationException": {"SecretId": ""},
        "SerializationException": {"SecretId": "x", "VersionId": []},
    }.items():
        with pytest.raises(botocore.exceptions.ClientError) as raised:
            unchecked.get_secret_value(**members)
        assert raised.value.response["Error"]["Code"] == code
        assert raised.value.response["Error"]["Message"]


def test_a_value_that_cannot_be_opened_is_a_decryption_failure(folder):
    with damaged_vault(folder) as vault:
        aws = make_client(vault.url)
        with pytest.raises(aws.exceptions.DecryptionFailure):
            aws.get_secret_value(SecretId="damaged")
        answer = aws.batch_get_secret_value(SecretIdList=["damaged"])
        assert [error["ErrorCode"] for error in answer["Errors"]] == ["DecryptionFailure"]
        assert aws.describe_secret(SecretId="damaged")["Name"] == "damaged"


def test_a_call_whose_answer_was_lost_is_repeated_and_makes_one_version(server, account, name):
    with Flaky(server.url) as line:
        aws = make_client(line.url, key=account, attempts=4)
        made = aws.create_secret(Name=name, SecretString="first")
        put = aws.put_secret_value(SecretId=name, SecretString="second")
        assert made["ResponseMetadata"]["RetryAttempts"] == put["ResponseMetadata"]["RetryAttempts"] == 1
        versions = aws.list_secret_version_ids(SecretId=name, IncludeDeprecated=True)["Versions"]
        assert {version["VersionId"] for version in versions} == {made["VersionId"], put["VersionId"]}
        assert aws.get_secret_value(SecretId=name)["SecretString"] == "second"
