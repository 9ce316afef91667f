"""The audit trail, tampered with by somebody who has the file but not the key."""

import json
import re
import sqlite3

import pytest

from conftest import make_client
from server import Pocketvault, run

# The trail of the calls below is one block, of a commit for each call or for a few of them.
TAMPERING = {
    "a record is changed": (
        "UPDATE audit_block SET records = CAST(replace(CAST(records AS TEXT), 'audited/1', 'audited/9') AS BLOB)"
    ),
    "a byte is changed": (
        "UPDATE audit_block SET records ="
        " CAST(substr(records, 1, 300) || x'21' || substr(records, 302) AS BLOB)"
    ),
    "an error is blotted out": "UPDATE audit_block SET kinds = kinds - 4 WHERE kinds & 4",
    "the newest commit is cut off": "UPDATE audit_block SET records = substr(records, 1, length(records) - 100)",
    "the oldest bytes are cut off": "UPDATE audit_block SET records = substr(records, 100)",
    "the block is put in another place": "UPDATE audit_block SET first_sequence = 2",
    "the block is doubled": (
        "INSERT INTO audit_block SELECT last_sequence + 1, 2 * last_sequence, earliest_time, latest_time, kinds,"
        " records FROM audit_block"
    ),
    "all of it is emptied": "DELETE FROM audit_block",
}


def calls(server):
    aws = make_client(server.url, checked=False)
    for number in range(3):
        aws.create_secret(Name=f"audited/{number}", SecretString="calm-otter")
        aws.get_secret_value(SecretId=f"audited/{number}")
    with pytest.raises(aws.exceptions.ResourceNotFoundException):
        aws.get_secret_value(SecretId="nowhere")


def verify(server):
    return run("audit", "verify", "--endpoint", server.url)


@pytest.mark.parametrize("how", TAMPERING)
def test_a_trail_that_was_tampered_with_is_found(folder, how):
    server = Pocketvault(folder)
    with server.start():
        calls(server)
    with sqlite3.connect(server.database) as database:
        assert database.execute("SELECT count(*) FROM audit_block").fetchone() == (1,)
        assert database.execute(TAMPERING[how]).rowcount > 0
    database.close()
    with server.start():
        ended = verify(server)
        assert ended.returncode == 1 and ended.stdout == b""
        assert ended.stderr.startswith(b"pocketvault: the audit trail was tampered with: "), ended.stderr
        assert ended.stderr.count(b"\n") == 1
        # What comes afterwards does not cover it up.
        make_client(server.url).create_secret(Name="audited/later", SecretString="x")
        assert verify(server).returncode == 1


def test_a_trail_that_nobody_touched_is_intact_across_restarts_and_trimming(folder):
    server = Pocketvault(folder, "--audit-records", "5")
    hashes = set()
    for number in range(2):
        with server.start():
            aws = make_client(server.url)
            for secret in range(6):
                aws.create_secret(Name=f"audited/{number}/{secret}", SecretString="x")
            ended = verify(server)
            assert ended.returncode == 0, ended.stderr
            said = re.fullmatch(rb"intact: (\d+) records to number (\d+); last hash ([0-9a-f]{64})\n", ended.stdout)
            assert said and int(said[2]) == 6 * (number + 1)
            hashes.add(said[3])
            answer = json.loads(run("audit", "verify", "--json", "--endpoint", server.url).stdout)
            assert answer["hash"] == said[3].decode()
    assert len(hashes) == 2
