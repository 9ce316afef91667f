"""The audit trail, tampered with by somebody who has the file but not the key."""

import json
import re
import sqlite3

import pytest

from conftest import make_client
from server import Pocketvault, run

TAMPERING = {
    "a record is changed": "UPDATE audit SET principal_arn = 'arn:aws:iam::000000000000:user/other' WHERE sequence = 3",
    "an error is blotted out": "UPDATE audit SET error_code = NULL, error_message = NULL WHERE error_code IS NOT NULL",
    "a record is taken out": "DELETE FROM audit WHERE sequence = 3",
    "the newest record is cut off": "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
    "the oldest record is cut off": "DELETE FROM audit WHERE sequence = (SELECT min(sequence) FROM audit)",
    "two records change places": (
        "UPDATE audit SET sequence = -sequence WHERE sequence IN (3, 4);"
        "UPDATE audit SET sequence = 7 + sequence WHERE sequence IN (-3, -4)"
    ),
    "a record is added": (
        "INSERT INTO audit SELECT 1 + max(sequence) OVER (), time, request_id, event_source, event_name, account,"
        " region, principal_arn, access_key_id, source_address, user_agent, secret_arn, request_parameters,"
        " error_code, error_message, is_read_only, chain_hash, decision, principal_id,"
        " session_started_at, invoked_by, response_elements, made_calls, fault FROM audit LIMIT 1"
    ),
    "all of it is emptied": "DELETE FROM audit",
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
        for statement in TAMPERING[how].split(";"):
            assert database.execute(statement).rowcount > 0
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
