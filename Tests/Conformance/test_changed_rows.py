"""Rows that say who may what, changed by somebody who has the file but not the key."""

import json
import pathlib
import shutil
import sqlite3

import pytest

from conftest import make_client
from server import Pocketvault, run
from wire import Wire

# What somebody does with the file, and in which table it shows.
CHANGES = {
    "an access key becomes the root's": ("UPDATE iam_access_key SET principal = NULL", "iam_access_key"),
    "a policy is widened": ("""UPDATE iam_inline_policy SET document = replace(document, 'Deny', 'Allow')""",
                            "iam_inline_policy"),
    "AWSCURRENT is moved": ("UPDATE staging_label SET version_id = (SELECT id FROM version ORDER BY number LIMIT 1)"
                            " WHERE label = 'AWSCURRENT' AND secret_id = 1", "staging_label"),
    "two names are swapped": ("UPDATE secret SET name = 'x' || name; UPDATE secret SET name ="
                              " CASE name WHEN 'xapp/one' THEN 'app/two' ELSE 'app/one' END", "secret"),
    "a trigger is added": ("CREATE TRIGGER t AFTER INSERT ON version BEGIN"
                           " UPDATE iam_access_key SET principal = NULL; END", "sqlite_schema"),
}


@pytest.fixture
def vault(folder):
    """A vault with two secrets and a user who may nothing, which nobody serves."""
    vault = Pocketvault(folder)
    with vault.start():
        secrets = make_client(vault.url)
        secrets.create_secret(Name="app/one", SecretString="first")
        secrets.put_secret_value(SecretId="app/one", SecretString="second")
        secrets.create_secret(Name="app/two", SecretString="other")
        iam = make_client(vault.url, service="iam")
        iam.create_user(UserName="anna")
        iam.create_access_key(UserName="anna")
        statement = {"Effect": "Deny", "Action": "*", "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName="anna", PolicyName="none", PolicyDocument=document)
    return vault


def change(vault, sql):
    database = sqlite3.connect(vault.database, timeout=10)
    database.executescript(sql)
    database.close()


@pytest.mark.parametrize("sql, table", CHANGES.values(), ids=CHANGES)
def test_a_vault_that_was_changed_while_nobody_served_it_does_not_start_until_somebody_says_so(vault, sql, table):
    change(vault, sql)
    before = pathlib.Path(vault.database).read_bytes()
    process = vault.spawn()
    assert process.wait(timeout=20) == 1
    assert process.communicate()[0] == b""
    said = vault.log.read_text()
    assert said == (
        f"pocketvault: {vault.database} was changed by something else than Pocketvault, in: {table}. Restore a backup;"
        " or, if the change is meant, start the server once with --accept-changed-rows, which the audit trail will"
        " tell.\n"
    )
    assert pathlib.Path(vault.database).read_bytes() == before
    ended = run("list", "--database", vault.database)
    assert (ended.returncode, f"in: {table}.".encode() in ended.stderr) == (1, True)
    doctor = run("doctor", "--database", vault.database)
    assert doctor.returncode == 1 and f"in: {table}.".encode() in doctor.stdout + doctor.stderr
    vault.options = ["--accept-changed-rows"]
    with vault.start():
        with Wire(vault.url) as wire:
            records = wire.request("GET", "/_pocketvault/audit?event=AcceptChangedRows").json["records"]
        assert [record["record"]["errorMessage"] for record in records] == [f"rows were changed in: {table}"]
        assert run("audit", "verify", "--endpoint", vault.url).returncode == 0
    vault.options = []
    with vault.start(), Wire(vault.url) as wire:
        assert wire.request("GET", "/_pocketvault/health").status == 200
        assert len(wire.request("GET", "/_pocketvault/audit?event=AcceptChangedRows").json["records"]) == 1


@pytest.mark.parametrize("sql, table", CHANGES.values(), ids=CHANGES)
def test_a_change_beside_a_running_server_is_verified_and_then_stops_it(vault, sql, table):
    with vault.start():
        with Wire(vault.url) as wire:
            assert wire.call("GetSecretValue", {"SecretId": "app/one"}).status == 200
            change(vault, sql)
            ended = run("audit", "verify", "--endpoint", vault.url)
            assert (ended.returncode, ended.stdout) == (1, b"")
            said = f"pocketvault: the vault was tampered with: rows were changed in: {table}\n"
            assert ended.stderr.decode() == said
            refused = wire.create("after")
            assert (refused.status, refused.json["__type"]) == (500, "InternalServiceError")
            assert f"while the vault was served, in: {table}. Nothing is read or written" in refused.json["Message"]
            health = wire.request("GET", "/_pocketvault/health")
            assert (health.status, health.json["error"]) == (503, "StoreUnavailable")
            assert health.json["message"] == refused.json["Message"]
            read = wire.call("GetSecretValue", {"SecretId": "app/one"})
            assert (read.status, "SecretString" in read.json) == (500, False)
        lines = [line for line in vault.log.read_text().splitlines() if " critical " in line]
        assert len(lines) == 1 and f"in: {table}." in lines[0]
    assert vault.spawn().wait(timeout=20) == 1
    vault.process.communicate()


def test_rows_and_seal_of_an_earlier_copy_do_not_fit_a_later_trail(vault):
    earlier = pathlib.Path(vault.folder) / "earlier.db"
    shutil.copy(vault.database, earlier)
    with vault.start():
        iam = make_client(vault.url, service="iam")
        key = iam.list_access_keys(UserName="anna")["AccessKeyMetadata"][0]["AccessKeyId"]
        iam.delete_access_key(UserName="anna", AccessKeyId=key)
    change(
        vault,
        f"ATTACH '{earlier}' AS earlier;"
        "INSERT INTO iam_access_key SELECT * FROM earlier.iam_access_key;"
        "INSERT OR REPLACE INTO meta SELECT * FROM earlier.meta WHERE name = 'row_seal'",
    )
    assert vault.spawn().wait(timeout=20) == 1
    vault.process.communicate()
    assert "its rows and its audit trail are of different times." in vault.log.read_text()


def test_a_kill_at_any_moment_leaves_rows_that_fit_their_seal(vault):
    for number in range(6):
        vault.start()
        with Wire(vault.url) as wire:
            for write in range(number * 3 + 1):
                assert wire.create(f"killed/{number}/{write}").status == 200
        vault.kill()
    with vault.start():
        assert run("audit", "verify", "--endpoint", vault.url).returncode == 0
