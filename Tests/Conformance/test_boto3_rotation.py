"""How rotation is configured, begun, abandoned and cancelled, while its function cannot be reached."""

import datetime
import json
import shutil
import tempfile
import uuid

import pytest

from conftest import make_client
from expect import (
    CANNOT_INVOKE,
    DAYS_AND_EXPRESSION,
    NO_FUNCTION,
    NOT_FOUND,
    ROTATION_INCOMPLETE,
    TOKEN_MISSING,
    no_value_for_version,
    one_violation,
    refused,
    shape,
)
from server import Pocketvault

# Nobody listens there: what a rotation leaves before its first step stays as it is.
FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:unreachable"
ROTATION = {"RotationEnabled", "RotationLambdaARN", "RotationRules", "NextRotationDate"}


@pytest.fixture(scope="module")
def server():
    path = tempfile.mkdtemp(prefix="pocketvault-")
    options = ["--rotation-function", "*:unreachable=http://127.0.0.1:9/{function}"]
    with Pocketvault(path, *options, database=":memory:") as running:
        yield running
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def secret(aws, name):
    aws.create_secret(Name=name, SecretString="one")
    return name


def described(aws, name):
    answer = aws.describe_secret(SecretId=name)
    return {member: answer[member] for member in shape(answer)}


def labels(aws, name):
    stages = described(aws, name)["VersionIdsToStages"]
    return {label: version for version, held in stages.items() for label in held}


def test_rotation_is_on_and_a_version_without_a_value_is_pending(aws, secret):
    token = str(uuid.uuid4())
    answer = aws.rotate_secret(
        SecretId=secret,
        ClientRequestToken=token,
        RotationLambdaARN=FUNCTION,
        RotationRules={"AutomaticallyAfterDays": 30},
    )
    assert shape(answer) == {"ARN", "Name", "VersionId"}
    assert answer["VersionId"] == token
    shown = described(aws, secret)
    assert shown["RotationEnabled"] is True
    assert shown["RotationLambdaARN"] == FUNCTION
    assert shown["RotationRules"] == {"AutomaticallyAfterDays": 30}
    assert "LastRotatedDate" not in shown
    assert labels(aws, secret)["AWSPENDING"] == token
    with refused("ResourceNotFoundException", no_value_for_version(token)):
        aws.get_secret_value(SecretId=secret, VersionId=token, VersionStage="AWSPENDING")
    listed = aws.list_secret_version_ids(SecretId=secret)["Versions"]
    assert token in [version["VersionId"] for version in listed]


def test_the_next_rotation_date_is_the_last_second_of_day_thirty(aws, secret):
    aws.rotate_secret(
        SecretId=secret, RotationLambdaARN=FUNCTION, RotationRules={"AutomaticallyAfterDays": 30}
    )
    shown = described(aws, secret)
    began = shown["LastChangedDate"].astimezone(datetime.UTC).date()
    next_date = shown["NextRotationDate"].astimezone(datetime.UTC)
    assert next_date.date() == began + datetime.timedelta(days=30)
    assert next_date.time() == datetime.time(23, 59, 59)


def test_the_list_shows_the_same_of_a_rotation(aws, secret):
    rules = {"ScheduleExpression": "cron(0 16 1,15 * ? *)", "Duration": "2h"}
    aws.rotate_secret(SecretId=secret, RotationLambdaARN=FUNCTION, RotationRules=rules)
    (listed,) = aws.list_secrets()["SecretList"]
    shown = described(aws, secret)
    assert {member: listed[member] for member in ROTATION} == {
        member: shown[member] for member in ROTATION
    }
    assert listed["RotationRules"] == rules
    assert listed["NextRotationDate"].astimezone(datetime.UTC).time() == datetime.time(17, 59, 59)


def test_a_function_that_cannot_be_invoked_leaves_nothing_behind(aws, secret):
    before = described(aws, secret)
    with refused("AccessDeniedException", CANNOT_INVOKE):
        aws.rotate_secret(
            SecretId=secret,
            RotationLambdaARN="arn:aws:lambda:us-east-1:000000000000:function:nowhere",
            RotationRules={"AutomaticallyAfterDays": 1},
        )
    assert described(aws, secret) == before


def test_a_secret_without_a_function_is_not_rotated(aws, secret):
    before = described(aws, secret)
    with refused("InvalidRequestException", NO_FUNCTION):
        aws.rotate_secret(SecretId=secret)
    with refused("InvalidRequestException", NO_FUNCTION):
        aws.rotate_secret(SecretId=secret, RotationRules={"AutomaticallyAfterDays": 1})
    assert described(aws, secret) == before


def test_days_and_an_expression_are_not_given_together(aws, secret):
    with refused("InvalidParameterException", DAYS_AND_EXPRESSION):
        aws.rotate_secret(
            SecretId=secret,
            RotationLambdaARN=FUNCTION,
            RotationRules={"AutomaticallyAfterDays": 1, "ScheduleExpression": "rate(1 day)"},
        )


@pytest.mark.parametrize("expression", ["rate(1 hour)", "cron(5 8 * * ? *)", "daily"])
def test_a_schedule_that_aws_does_not_keep_is_refused(aws, secret, expression):
    with refused("InvalidParameterException"):
        aws.rotate_secret(
            SecretId=secret,
            RotationLambdaARN=FUNCTION,
            RotationRules={"ScheduleExpression": expression},
        )


def test_bounds_of_the_rules_are_the_frameworks(unchecked, secret):
    with refused(
        "ValidationException",
        one_violation(
            "rotationRules.automaticallyAfterDays",
            "Member must have value less than or equal to 1000",
            "'1001'",
        ),
    ):
        unchecked.rotate_secret(
            SecretId=secret,
            RotationLambdaARN=FUNCTION,
            RotationRules={"AutomaticallyAfterDays": 1001},
        )


def test_while_a_version_is_pending_no_other_rotation_begins(aws, secret):
    token = str(uuid.uuid4())
    aws.rotate_secret(SecretId=secret, ClientRequestToken=token, RotationLambdaARN=FUNCTION)
    with refused("InvalidRequestException", ROTATION_INCOMPLETE):
        aws.rotate_secret(SecretId=secret)
    assert labels(aws, secret)["AWSPENDING"] == token
    aws.rotate_secret(SecretId=secret, ClientRequestToken=token)
    assert labels(aws, secret)["AWSPENDING"] == token


def test_a_put_during_a_rotation_abandons_it(aws, secret):
    aws.rotate_secret(SecretId=secret, RotationLambdaARN=FUNCTION)
    put = aws.put_secret_value(SecretId=secret, SecretString="two")
    held = labels(aws, secret)
    assert held["AWSCURRENT"] == put["VersionId"]
    assert "AWSPENDING" not in held
    again = aws.rotate_secret(SecretId=secret)
    assert labels(aws, secret)["AWSPENDING"] == again["VersionId"]


def test_a_function_fills_the_pending_version_and_makes_it_the_current_one(aws, secret):
    old = labels(aws, secret)["AWSCURRENT"]
    token = aws.rotate_secret(SecretId=secret, RotationLambdaARN=FUNCTION)["VersionId"]
    put = aws.put_secret_value(
        SecretId=secret,
        ClientRequestToken=token,
        SecretString="two",
        VersionStages=["AWSPENDING"],
    )
    assert put["VersionStages"] == ["AWSPENDING"]
    pending = aws.get_secret_value(SecretId=secret, VersionId=token, VersionStage="AWSPENDING")
    assert pending["SecretString"] == "two"
    aws.update_secret_version_stage(
        SecretId=secret, VersionStage="AWSCURRENT", MoveToVersionId=token, RemoveFromVersionId=old
    )
    held = labels(aws, secret)
    assert held == {"AWSCURRENT": token, "AWSPENDING": token, "AWSPREVIOUS": old}


def test_cancelling_keeps_the_function_and_the_rules(aws, secret):
    token = aws.rotate_secret(
        SecretId=secret, RotationLambdaARN=FUNCTION, RotationRules={"AutomaticallyAfterDays": 30}
    )["VersionId"]
    answer = aws.cancel_rotate_secret(SecretId=secret)
    assert shape(answer) == {"ARN", "Name", "VersionId"}
    assert answer["VersionId"] == token
    shown = described(aws, secret)
    assert shown["RotationEnabled"] is False
    assert shown["RotationLambdaARN"] == FUNCTION
    assert shown["RotationRules"] == {"AutomaticallyAfterDays": 30}
    assert "NextRotationDate" not in shown
    assert labels(aws, secret)["AWSPENDING"] == token
    aws.update_secret_version_stage(
        SecretId=secret, VersionStage="AWSPENDING", RemoveFromVersionId=token
    )
    aws.rotate_secret(SecretId=secret)
    assert described(aws, secret)["RotationEnabled"] is True


def test_cancelling_what_never_was_is_a_success(aws, secret):
    assert shape(aws.cancel_rotate_secret(SecretId=secret)) == {"ARN", "Name"}
    assert described(aws, secret)["RotationEnabled"] is False


def test_unknown_secrets(aws):
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.rotate_secret(SecretId="unknown", RotationLambdaARN=FUNCTION)
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.cancel_rotate_secret(SecretId="unknown")


def test_a_call_without_a_token_is_an_invalid_parameter(wire):
    answer = wire.call("RotateSecret", {"SecretId": "unknown"})
    assert (answer.status, answer.json) == (
        400,
        {"__type": "InvalidParameterException", "Message": TOKEN_MISSING},
    )


def test_a_rotation_survives_a_kill(folder):
    """Configured, pending and scheduled is on disk before RotateSecret answers."""
    options = ["--rotation-function", f"{FUNCTION}=http://127.0.0.1:9/"]
    server = Pocketvault(folder, *options)
    with server:
        aws = make_client(server.url)
        aws.create_secret(Name="a", SecretString="one")
        aws.rotate_secret(
            SecretId="a", RotationLambdaARN=FUNCTION, RotationRules={"AutomaticallyAfterDays": 1}
        )
        before = described(aws, "a")
        server.kill()
        server.start()
        assert described(make_client(server.url), "a") == before


def test_a_seed_configures_rotation(folder):
    seed = folder + "/seed.json"
    with open(seed, "w") as file:
        rotation = {"lambdaArn": FUNCTION, "scheduleExpression": "rate(10 days)"}
        secret = {"name": "a", "value": "v", "rotation": rotation}
        managed = {"name": "rds!a", "value": "v", "owningService": "rds"}
        json.dump({"version": 1, "secrets": [secret, managed]}, file)
    with Pocketvault(folder, "--seed", seed, database=":memory:") as server:
        aws = make_client(server.url)
        shown = described(aws, "a")
        assert shown["RotationEnabled"] is True
        assert shown["RotationRules"] == {"ScheduleExpression": "rate(10 days)"}
        filters = [{"Key": "owning-service", "Values": ["rds"]}]
        (listed,) = aws.list_secrets(Filters=filters)["SecretList"]
        assert listed["OwningService"] == "rds"
        with refused("InvalidRequestException"):
            aws.put_secret_value(SecretId="rds!a", SecretString="w")
