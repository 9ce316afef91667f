"""A vault of every schema that ever landed opens, with all that was in it."""

import gzip
import json
import pathlib
import random
import sqlite3
import uuid

import pytest

from conftest import make_client
from server import READY, Pocketvault
from wire import Wire

VAULTS = pathlib.Path(__file__).parent / "vaults"
VERSIONS = sorted(int(path.name.removesuffix(".db.gz")) for path in VAULTS.glob("*.db.gz"))

# The first schema whose trail is chained: records of before stay in no chain, and verification says so.
CHAINED = 7


def unpacked(version, folder) -> pathlib.Path:
    folder = pathlib.Path(folder)
    database = folder / "vault.db"
    database.write_bytes(gzip.decompress((VAULTS / f"{version}.db.gz").read_bytes()))
    database.chmod(0o600)
    key = folder / "vault.key"
    # Of invented secrets in files that are here to be opened.
    key.write_text(json.loads((VAULTS / "master-keys.json").read_text())[str(version)] + "\n")
    key.chmod(0o600)
    return database


def schema(database) -> int:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()


def check_secrets(url, version):
    secrets = make_client(url)

    def value(name, **members):
        return secrets.get_secret_value(SecretId=name, **members)

    assert value("old/text")["SecretString"] == "second"
    assert value("old/text", VersionStage="AWSPREVIOUS")["SecretString"] == "first"
    assert value("old/text", VersionStage="BLUE")["SecretString"] == "third"
    assert value("old/binary")["SecretBinary"] == bytes(range(4))
    with pytest.raises(secrets.exceptions.ResourceNotFoundException, match="AWSCURRENT"):
        value("old/empty")
    described = secrets.describe_secret(SecretId="old/text")
    assert described["Description"] == "described"
    assert described["Tags"] == [{"Key": "Project", "Value": "old"}]
    assert "DeletedDate" in secrets.describe_secret(SecretId="old/deleted")
    if version >= 6:
        policy = json.loads(secrets.get_resource_policy(SecretId="old/text")["ResourcePolicy"])
        assert policy["Statement"][0]["Action"] == "secretsmanager:GetSecretValue"
        abroad = make_client(url, region="eu-west-1").get_secret_value(SecretId="old/text")
        assert abroad["SecretString"] == "second"
    if version >= 7:
        assert value("old/keyed")["SecretString"] == "under a key"
    if version >= 9:
        role = make_client(url, service="iam").get_role(RoleName="old")["Role"]
        assert role["Arn"].endswith(":role/old")


def check_trail(url, version):
    with Wire(url) as wire:
        # The chain is there with the first record at the latest.
        assert wire.create(f"new/{uuid.uuid4()}", "v").status == 200
        verified = wire.request("GET", "/_pocketvault/audit/verify").json
        if version >= CHAINED:
            assert verified["intact"] is True
        else:
            assert verified["fault"].endswith("are in no chain")
        events = {entry["record"]["eventName"] for entry in wire.request("GET", "/_pocketvault/audit").json["records"]}
        assert {"CreateSecret", "GetSecretValue"} <= events


@pytest.mark.parametrize("version", VERSIONS)
def test_a_vault_of_an_earlier_schema_opens_with_all_that_was_in_it(version, folder):
    database = unpacked(version, folder)
    assert schema(database) == version
    for _ in range(2):
        with Pocketvault(folder) as vault:
            check_secrets(vault.url, version)
            check_trail(vault.url, version)
    assert schema(database) >= max(VERSIONS)
    with Pocketvault(folder) as vault:
        secrets = make_client(vault.url)
        secrets.restore_secret(SecretId="old/deleted")
        assert secrets.get_secret_value(SecretId="old/deleted")["SecretString"] == "kept"
        secrets.put_secret_value(SecretId="old/text", SecretString="fourth")
        assert secrets.get_secret_value(SecretId="old/text")["SecretString"] == "fourth"
        check_trail(vault.url, version)


@pytest.mark.crash
@pytest.mark.parametrize("version", [1, 9])
def test_a_migration_that_the_disk_refuses_leaves_the_vault_as_it_was(version, tmp_path, disk):
    chance = random.Random(version)
    refused = 0
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        database = unpacked(version, folder)
        environment = {"LD_PRELOAD": str(disk), "FAULTY_FOLDER": str(folder), "FAULTY_KIND": "eio"}
        environment["FAULTY_AT"] = str(chance.randrange(1, 120))
        broken = Pocketvault(folder, environment=environment)
        ready = READY.fullmatch(broken.spawn().stdout.readline())
        if ready:
            broken.stop()
        else:
            assert broken.process.wait(timeout=20) == 1, broken.complaint()
            broken.process.communicate()
            refused += 1
            assert schema(database) in (version, schema_of_today(tmp_path))
        with Pocketvault(folder) as vault:
            check_secrets(vault.url, version)
            check_trail(vault.url, version)
    assert refused > 0


def schema_of_today(folder) -> int:
    path = folder / "today"
    if not path.exists():
        path.mkdir()
        Pocketvault(path).start().stop()
    return schema(path / "vault.db")
