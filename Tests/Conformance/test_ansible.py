"""Ansible's modules for keys, on the Python of the tests: Debian has its collections and no boto3 that
knows grants of today."""

import json
import os
import subprocess
import sys

import pytest

from conftest import client_program, make_client
from server import clean_environment

pytestmark = pytest.mark.client


@pytest.fixture
def kms(server, account):
    return make_client(server.url, key=account, service="kms")


@pytest.fixture
def play(server, account, folder):
    """Runs tasks on this machine, and gives what each of them registered."""
    program = client_program("ansible-playbook")

    def run(*tasks, code: int = 0):
        playbook = [
            {
                "hosts": "localhost",
                "gather_facts": False,
                "module_defaults": {
                    "group/aws": {
                        "endpoint_url": server.url,
                        "region": "us-east-1",
                        "aws_access_key": account,
                        "aws_secret_key": "test",
                    }
                },
                "tasks": [*tasks],
            }
        ]
        path = os.path.join(folder, "play.json")
        with open(path, "w") as file:
            json.dump(playbook, file)
        ended = subprocess.run(
            [program, "-i", "localhost,", "-c", "local", path]
            + ["-e", f"ansible_python_interpreter={sys.executable}"],
            env=clean_environment(
                HOME=folder,
                ANSIBLE_LOCAL_TEMP=folder,
                ANSIBLE_REMOTE_TEMP=folder,
                ANSIBLE_STDOUT_CALLBACK="json",
                AWS_ENDPOINT_URL=server.url,
            ),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ended.returncode == code, ended.stdout + ended.stderr
        answer = json.loads(ended.stdout)
        return [task["hosts"]["localhost"] for task in answer["plays"][0]["tasks"]]

    return run


def key(**members):
    return {"name": "a key", "amazon.aws.kms_key": members}


def facts(**members):
    return {"name": "look", "amazon.aws.kms_key_info": members}


def test_a_key_is_made_left_alone_changed_and_deleted(play, kms, account):
    """C71: the module asks ListGrants for every key that it looks at."""
    grantee = f"arn:aws:iam::{account}:root"
    wanted = {
        "alias": "app",
        "description": "for secrets",
        "tags": {"team": "payments"},
        "enable_key_rotation": True,
        "grants": [
            {
                "name": "readers",
                "grantee_principal": grantee,
                "operations": ["Decrypt", "RetireGrant"],
                "constraints": {"encryption_context_equals": {"app": "shop"}},
            }
        ],
    }
    made, again = play(key(**wanted), key(**wanted))
    assert made["changed"] and not again["changed"]
    [grant] = kms.list_grants(KeyId=made["key_id"])["Grants"]
    assert (grant["Name"], grant["GranteePrincipal"]) == ("readers", grantee)
    assert grant["Constraints"] == {"EncryptionContextEquals": {"app": "shop"}}
    assert again["grants"][0]["grant_id"] == grant["GrantId"]
    changed, seen = play(
        key(**{**wanted, "grants": [], "purge_grants": True, "description": "d"}),
        facts(alias="app"),
    )
    assert changed["changed"]
    assert kms.list_grants(KeyId=made["key_id"])["Grants"] == []
    [shown] = [each for each in (seen.get("kms_keys") or seen["keys"])]
    assert (shown["description"], shown["tags"]) == ("d", {"team": "payments"})
    deleted, = play(key(alias="app", state="absent"))
    assert deleted["changed"]
    state = kms.describe_key(KeyId=made["key_id"])["KeyMetadata"]["KeyState"]
    assert state == "PendingDeletion"
