"""Makes the vaults of earlier schemas: builds the commit that wrote each, serves with it, and fills it.

    python Tests/Conformance/vaults/make.py FOLDER [VERSION...]

They were made once, and are never made anew: what a released program wrote is what the next one must read. For a
new schema add the commit before the one that brings the next. FOLDER is for checkouts and builds.
"""

import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
PORT = 4597

# The last commit with each version of the schema that landed; the others stood for hours only.
COMMITS = {1: "4d3180e", 6: "276b1bd", 7: "595c811", 9: "8d5f3aa", 18: "9a58d71"}

POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::000000000000:root"},
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "*",
        }
    ],
}
ROLE = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def post(headers, body):
    signed = "SignedHeaders=host, Signature=00"
    scope = f"20261130/us-east-1/{headers.pop('service')}/aws4_request"
    headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential=test/{scope}, {signed}"
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/", body.encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or "{}") if "json" in answer.headers["Content-Type"] else {}
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise
        print("   ", headers.get("X-Amz-Target", "iam"), error.code, error.read()[:100])
        return {}


def call(target, **members):
    service = {"TrentService": "kms"}.get(target.split(".")[0], "secretsmanager")
    headers = {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1", "service": service}
    return post(headers, json.dumps(members))


def secret(operation, **members):
    return call(f"secretsmanager.{operation}", **members)


def fill():
    """What a version does not know it refuses, and the file goes without."""
    token = "00000000-0000-4000-8000-00000000000"
    tags = [{"Key": "Project", "Value": "old"}]
    secret("CreateSecret", Name="old/text", SecretString="first", Description="described", Tags=tags, ClientRequestToken=f"{token}1")
    secret("PutSecretValue", SecretId="old/text", SecretString="second", ClientRequestToken=f"{token}2")
    secret("PutSecretValue", SecretId="old/text", SecretString="third", VersionStages=["BLUE"], ClientRequestToken=f"{token}3")
    secret("CreateSecret", Name="old/binary", SecretBinary="AAECAw==", ClientRequestToken=f"{token}4")
    secret("CreateSecret", Name="old/empty", ClientRequestToken=f"{token}7")
    secret("CreateSecret", Name="old/deleted", SecretString="kept", ClientRequestToken=f"{token}5")
    secret("DeleteSecret", SecretId="old/deleted", RecoveryWindowInDays=30)
    secret("PutResourcePolicy", SecretId="old/text", ResourcePolicy=json.dumps(POLICY))
    secret("ReplicateSecretToRegions", SecretId="old/text", AddReplicaRegions=[{"Region": "eu-west-1"}])
    key = call("TrentService.CreateKey", Description="old").get("KeyMetadata", {}).get("KeyId")
    if key:
        call("TrentService.CreateAlias", AliasName="alias/old", TargetKeyId=key)
        secret("CreateSecret", Name="old/keyed", SecretString="under a key", KmsKeyId="alias/old", ClientRequestToken=f"{token}6")
    form = "Action=CreateRole&Version=2010-05-08&RoleName=old&AssumeRolePolicyDocument="
    headers = {"Content-Type": "application/x-www-form-urlencoded", "service": "iam"}
    post(headers, form + urllib.request.quote(json.dumps(ROLE)))
    secret("GetSecretValue", SecretId="old/text")


def make(version, place):
    checkout = place / str(version)
    subprocess.run(["git", "-C", ROOT, "worktree", "add", "--force", "--detach", checkout, COMMITS[version]], check=True)
    subprocess.run(["swift", "build", "--product", "pocketvault"], cwd=checkout, check=True, stdout=subprocess.DEVNULL)
    folder = place / f"vault-{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    program = [checkout / ".build/debug/pocketvault", "serve", "--port", str(PORT)]
    server = subprocess.Popen([*program, "--database", folder / "vault.db"])
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_pocketvault/ready").close()
                break
            except OSError:
                time.sleep(0.1)
        fill()
    finally:
        server.terminate()
        server.wait()
    (HERE / f"{version}.db.gz").write_bytes(gzip.compress((folder / "vault.db").read_bytes(), mtime=0))
    keys = HERE / "master-keys.json"
    known = json.loads(keys.read_text()) if keys.exists() else {}
    known[str(version)] = (folder / "vault.key").read_text().strip()
    keys.write_text(json.dumps(known, indent=2) + "\n")
    subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", checkout], check=True)


if __name__ == "__main__":
    for wanted in map(int, sys.argv[2:] or COMMITS):
        make(wanted, pathlib.Path(sys.argv[1]))
