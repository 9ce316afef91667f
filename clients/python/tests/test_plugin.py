"""The plugin, as a suite of a user's has it; 200 tests that would meet each other in one account."""

import json
import os

import pytest

SEED = "seed.json"


@pytest.fixture(scope="session", autouse=True)
def seed_file(pytestconfig):
    document = {"version": 1, "secrets": [{"name": "app/seeded", "value": "invented"}]}
    path = pytestconfig.rootpath / SEED
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps(document))
    temporary.rename(path)


@pytest.mark.parametrize("index", range(200))
def test_each_test_has_an_account_of_its_own(secrets, index):
    assert secrets.list_secrets()["SecretList"] == []
    secrets.create_secret(Name="app/password", SecretString=f"invented-{index}")
    assert secrets.get_secret_value(SecretId="app/password")["SecretString"] == f"invented-{index}"
    secrets.put_secret_value(SecretId="app/password", SecretString="next")
    previous = secrets.get_secret_value(SecretId="app/password", VersionStage="AWSPREVIOUS")
    assert previous["SecretString"] == f"invented-{index}"


def test_the_environment_leads_there(secrets, vault):
    import boto3

    secrets.create_secret(Name="app/password", SecretString="invented")
    theirs = boto3.client("secretsmanager").describe_secret(SecretId="app/password")
    assert f":us-east-1:{vault.account}:" in theirs["ARN"]


@pytest.mark.pocketvault(region="eu-central-1")
def test_a_region_is_asked_for(secrets):
    assert ":eu-central-1:" in secrets.create_secret(Name="a", SecretString="b")["ARN"]


@pytest.mark.pocketvault(seed=SEED)
class TestSeeds:
    def test_are_there(self, secrets, vault):
        seeded = secrets.get_secret_value(SecretId="app/seeded")
        assert seeded["SecretString"] == "invented"
        assert f":{vault.account}:" in seeded["ARN"]
        secrets.delete_secret(SecretId="app/seeded", ForceDeleteWithoutRecovery=True)

    def test_are_there_again_for_the_next_test(self, secrets):
        assert secrets.get_secret_value(SecretId="app/seeded")["SecretString"] == "invented"


@pytest.mark.pocketvault(
    faults=[{"operation": "GetSecretValue", "error": "InternalServiceError", "count": 1}]
)
def test_what_goes_wrong_goes_wrong_here_alone(secrets, vault, pocketvault):
    secrets.create_secret(Name="app/password", SecretString="invented")
    # The SDK tries again.
    assert secrets.get_secret_value(SecretId="app/password")["SecretString"] == "invented"
    (rule,) = [
        rule for rule in pocketvault.control("faults")["faults"] if rule["account"] == vault.account
    ]
    assert rule["hits"] == 1


def test_the_clock_moves(secrets, pocketvault):
    secrets.create_secret(Name="app/password", SecretString="invented")
    before = secrets.delete_secret(SecretId="app/password", RecoveryWindowInDays=30)["DeletionDate"]
    assert before
    pocketvault.advance_clock("PT1S")
    assert "DeletedDate" in secrets.describe_secret(SecretId="app/password")
