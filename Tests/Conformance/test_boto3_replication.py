"""Replicas in other regions, as boto3 sees them."""

import pytest

from conftest import make_client
from expect import refused

ON_REPLICA = (
    "Operation not permitted on a replica secret. Call must be made in primary secret's region."
)
ON_PRIMARY = (
    "Operation not permitted on a primary secret. Call must be made in replica secret's region."
)


@pytest.fixture
def europe(server, account):
    return make_client(server.url, region="eu-west-1", key=account)


def states(status):
    return {entry["Region"]: entry["Status"] for entry in status}


def test_a_secret_is_created_replicated_followed_and_promoted(aws, europe, name):
    made = aws.create_secret(
        Name=name, SecretString="v1", AddReplicaRegions=[{"Region": "eu-west-1"}]
    )
    assert states(made["ReplicationStatus"]) == {"eu-west-1": "InProgress"}
    assert states(aws.describe_secret(SecretId=name)["ReplicationStatus"]) == {
        "eu-west-1": "InSync"
    }
    copy = europe.get_secret_value(SecretId=name)
    assert copy["SecretString"] == "v1"
    assert copy["ARN"] == made["ARN"].replace("us-east-1", "eu-west-1")
    aws.put_secret_value(SecretId=name, SecretString="v2")
    assert europe.get_secret_value(SecretId=name)["SecretString"] == "v2"
    with refused("InvalidParameterException", ON_REPLICA):
        europe.put_secret_value(SecretId=name, SecretString="v3")
    with refused("InvalidParameterException", ON_PRIMARY):
        aws.stop_replication_to_replica(SecretId=name)
    europe.stop_replication_to_replica(SecretId=name)
    europe.put_secret_value(SecretId=name, SecretString="v3")
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "v2"
    assert "ReplicationStatus" not in aws.describe_secret(SecretId=name)
