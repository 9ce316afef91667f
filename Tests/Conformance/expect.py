"""What AWS says, sentence by sentence, and how a test expects to hear it."""

import contextlib

import botocore.exceptions
import pytest

NOT_FOUND = "Secrets Manager can't find the specified secret."
MARKED_FOR_DELETION = (
    "You can't perform this operation on the secret because it was marked for deletion."
)
INVALID_NAME = (
    "Invalid name. Must be a valid name containing alphanumeric characters, "
    "or any of the following: -/_+=.@!"
)
TOKEN_MISSING = "You must provide a ClientRequestToken value. We recommend a UUID-type value."
BOTH_VALUES = (
    "You can't specify both a binary secret value and a string secret value in the same secret."
)
NO_VALUE = "You must provide either SecretString or SecretBinary."
NO_FUNCTION = "No Lambda rotation function ARN is associated with this secret."
CANNOT_INVOKE = (
    "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy "
    "grants access to the principal secretsmanager.amazonaws.com."
)
ROTATION_INCOMPLETE = "A previous rotation isn't complete. That rotation will be reattempted."
DAYS_AND_EXPRESSION = (
    "You cannot specify both rotation frequency and schedule expression together."
)
STAGE_MISMATCH = "You provided a VersionStage that is not associated to the provided VersionId."


def no_value_for_label(label: str) -> str:
    return f"Secrets Manager can't find the specified secret value for staging label: {label}"


def no_value_for_version(version: str) -> str:
    return f"Secrets Manager can't find the specified secret value for VersionId: {version}"


def token_in_use(token: str, arn: str) -> str:
    return (
        f"You can't use ClientRequestToken {token} because that value is already in use "
        f"for a version of secret {arn}."
    )


def violation(path: str, constraint: str, value: str | None = None) -> str:
    """One item of a ValidationException: `value` as AWS prints it, or None for a hidden one."""
    said = "Value at" if value is None else f"Value {value} at"
    return f"{said} '{path}' failed to satisfy constraint: {constraint}"


def one_violation(path: str, constraint: str, value: str | None = None) -> str:
    return "1 validation error detected: " + violation(path, constraint, value)


@contextlib.contextmanager
def refused(code: str, message: str | None = None, containing: str | None = None):
    """The block ends in this error of the service, with status 400 and this very sentence.

    `message=None` is for texts that no public record confirms: only the code is promised.
    """
    with pytest.raises(botocore.exceptions.ClientError) as raised:
        yield raised
    response = raised.value.response
    assert response["Error"]["Code"] == code, response["Error"]
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    if message is not None:
        assert response["Error"]["Message"] == message
    if containing is not None:
        assert containing in response["Error"]["Message"]


def shape(answer: dict) -> set[str]:
    """The names of the members of an answer."""
    return set(answer) - {"ResponseMetadata"}
