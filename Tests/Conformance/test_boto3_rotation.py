"""Rotation on the wire, over a kill and from a seed, while its function cannot be reached."""

import json

from conftest import make_client
from expect import TOKEN_MISSING, refused, shape
from server import Pocketvault

# Nobody listens there: what a rotation leaves before its first step stays as it is.
FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:unreachable"


def described(aws, name):
    answer = aws.describe_secret(SecretId=name)
    return {member: answer[member] for member in shape(answer)}


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
