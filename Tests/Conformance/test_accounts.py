"""A vault for each test: accounts that are made, copied, kept and put back, as suites use them."""

import concurrent.futures
import json
import urllib.request

import pytest
from botocore.exceptions import ClientError

from conftest import make_client


def control(server, method: str, path: str, body=None):
    """The answer of a control call."""
    request = urllib.request.Request(
        f"{server.url}/_pocketvault/{path}",
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def secrets_of(server, made):
    return make_client(server.url, key=made["accessKeyId"])


def test_tests_in_parallel_do_not_meet(server, aws, account):
    for number in range(20):
        aws.create_secret(Name=f"shared/{number}", SecretString=f"value-{number}")

    def one_test(number: int) -> str:
        made = control(server, "POST", "accounts", {"template": account})
        client = secrets_of(server, made)
        client.put_secret_value(SecretId="shared/0", SecretString=f"of test {number}")
        client.create_secret(Name="own", SecretString=str(number))
        names = {secret["Name"] for secret in client.list_secrets(MaxResults=100)["SecretList"]}
        assert names == {f"shared/{index}" for index in range(20)} | {"own"}
        assert client.get_secret_value(SecretId="own")["SecretString"] == str(number)
        assert client.get_secret_value(SecretId="shared/0")["SecretString"] == f"of test {number}"
        assert client.get_secret_value(SecretId="shared/7")["SecretString"] == "value-7"
        control(server, "DELETE", f"accounts/{made['account']}")
        assert client.list_secrets()["SecretList"] == []
        return made["account"]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        accounts = list(pool.map(one_test, range(32)))
    assert len(set(accounts)) == 32
    assert aws.get_secret_value(SecretId="shared/0")["SecretString"] == "value-0"


def test_a_copy_names_its_own_account_everywhere_that_a_client_looks(server, aws, account):
    key = make_client(server.url, key=account, service="kms").create_key()["KeyMetadata"]["Arn"]
    aws.create_secret(Name="app", SecretString="calm-otter", KmsKeyId=key)
    made = control(server, "POST", "accounts", {"template": account})
    client = secrets_of(server, made)
    described = client.describe_secret(SecretId="app")
    assert described["ARN"].split(":")[4] == made["account"]
    assert described["KmsKeyId"] == key.replace(account, made["account"])
    assert client.get_secret_value(SecretId="app")["SecretString"] == "calm-otter"
    # By the template's ARN it is the template's secret.
    foreign = aws.describe_secret(SecretId="app")["ARN"]
    assert client.get_secret_value(SecretId=foreign)["ARN"] == foreign


def test_a_snapshot_of_one_account_gives_a_test_its_vault_back(server, aws, account):
    aws.create_secret(Name="app", SecretString="before")
    control(server, "POST", f"snapshots/of-{account}", {"account": account})
    aws.put_secret_value(SecretId="app", SecretString="after")
    aws.create_secret(Name="more", SecretString="x")
    control(server, "POST", f"snapshots/of-{account}/restore", {})
    assert aws.get_secret_value(SecretId="app")["SecretString"] == "before"
    with pytest.raises(ClientError) as refused:
        aws.describe_secret(SecretId="more")
    assert refused.value.response["Error"]["Code"] == "ResourceNotFoundException"
    listed = control(server, "GET", "snapshots")["snapshots"]
    assert {"account": account, "secrets": 1} in [
        {name: snapshot.get(name) for name in ("account", "secrets")} for snapshot in listed
    ]


def test_snapshots_and_accounts_outlive_the_process(folder):
    from server import Pocketvault

    with Pocketvault(folder) as server:
        made = control(server, "POST", "accounts", {})
        client = secrets_of(server, made)
        client.create_secret(Name="app", SecretString="calm-otter")
        control(server, "POST", "snapshots/kept", {"account": made["account"]})
        client.delete_secret(SecretId="app", ForceDeleteWithoutRecovery=True)
        assert server.stop() == 0
    with Pocketvault(folder) as server:
        control(server, "POST", "snapshots/kept/restore", {})
        client = secrets_of(server, made)
        assert client.get_secret_value(SecretId="app")["SecretString"] == "calm-otter"
        control(server, "DELETE", f"accounts/{made['account']}")
        assert server.stop() == 0
