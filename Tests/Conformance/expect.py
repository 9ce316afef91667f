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
NO_VALUE = "You must provide either SecretString or SecretBinary."


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
