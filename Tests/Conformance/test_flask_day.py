"""A day of a small Flask application that knows nothing of Pocketvault, command by command."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from conftest import make_client
from server import Pocketvault, binary, clean_environment, run

# Reads its settings as any application does, and AWS by boto3 with whatever credentials it is given.
APPLICATION = '''
import os, socket
import boto3, flask
from botocore.exceptions import ClientError
from werkzeug.serving import make_server

app = flask.Flask(__name__)
aws = boto3.client("secretsmanager")

@app.get("/setting/<name>")
def setting(name):
    return os.environ[name]

@app.get("/secret/<path:name>")
def secret(name):
    try:
        return aws.get_secret_value(SecretId=name)["SecretString"]
    except ClientError as error:
        return error.response["Error"]["Code"], 403

server = make_server("127.0.0.1", 0, app)
print(server.port, flush=True)
server.serve_forever()
'''

DOTENV = """\
# Local settings of the backend.
DATABASE_URL="postgresql://me:p#w$d@localhost:5432/driftsentry"
REDIS_URL=redis://localhost:6379/0
JWT_SECRET="two
lines"
"""

ROLE = "arn:aws:iam::000000000000:role/driftsentry-ecs-task-role"
PREFIX = "driftsentry/local/"


class Flask:
    """The application under `exec --watch`."""

    def __init__(self, folder, environment, *options):
        (folder / "app.py").write_text(APPLICATION)
        command = [binary(), "exec", "--watch", *map(str, options), "--", sys.executable, "app.py"]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        )

    def next_start(self):
        self.port = int(self.process.stdout.readline())

    def ask(self, path: str):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=10) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()

    def __enter__(self):
        self.next_start()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=20)


@pytest.fixture
def server(tmp_path):
    with Pocketvault(tmp_path, "--iam", "enforce") as running:
        yield running


def test_a_day(server, tmp_path):
    address = {"AWS_ENDPOINT_URL": server.url, "AWS_DEFAULT_REGION": "us-east-1"}
    shell = clean_environment(**address)

    def command(*arguments, **options) -> str:
        ended = run(*arguments, environment=shell, **options)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.decode()

    # In the morning: the settings go from the file into the vault, and the file goes.
    (tmp_path / ".env").write_text(DOTENV)
    command("import", tmp_path / ".env", "--prefix", PREFIX)
    (tmp_path / ".env").unlink()
    secrets = make_client(server.url)
    arns = {s["Name"].removeprefix(PREFIX): s["ARN"] for s in secrets.list_secrets()["SecretList"]}
    assert set(arns) == {"DATABASE_URL", "REDIS_URL", "JWT_SECRET"}

    # The role of the task may read them, and nothing else.
    command("put", "driftsentry/prod/database-url", "-", input=b"not for the laptop")
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs-tasks.amazonaws.com"}}
    read = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
            "Resource": f"arn:aws:secretsmanager:us-east-1:*:secret:{PREFIX}*"}
    document = lambda statement: json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam = make_client(server.url, service="iam")
    iam.create_role(RoleName=ROLE.split("/")[1], AssumeRolePolicyDocument=document(trust))
    iam.put_role_policy(RoleName=ROLE.split("/")[1], PolicyName="read", PolicyDocument=document(read))

    # It runs as the task would: the settings by the execution role, AWS by the task's role.
    names = ["DATABASE_URL", "JWT_SECRET"]
    container = {"name": "backend", "secrets": [{"name": n, "valueFrom": arns[n]} for n in names]}
    task = {"family": "backend", "executionRoleArn": ROLE, "containerDefinitions": [container]}
    (tmp_path / "task.json").write_text(json.dumps(task))
    as_task = shell | json.loads(command("env", "--endpoint", server.url, "--role", ROLE, "--shell", "json"))
    # `env` takes a session's variables away by an empty value; a process has no use for one.
    as_task = {name: value for name, value in as_task.items() if value}
    with Flask(tmp_path, as_task, "--task-definition", tmp_path / "task.json") as application:
        assert application.ask("setting/DATABASE_URL") == "postgresql://me:p#w$d@localhost:5432/driftsentry"
        assert application.ask("setting/JWT_SECRET") == "two\nlines"
        assert application.ask(f"secret/{PREFIX}REDIS_URL") == "redis://localhost:6379/0"
        assert application.ask("secret/driftsentry/prod/database-url") == (403, "AccessDeniedException")

        # At noon, in another terminal, the secret changes: the application starts again with it.
        command("put", f"{PREFIX}JWT_SECRET", "-", input=b"three\nshort\nlines\n")
        application.next_start()
        assert application.ask("setting/JWT_SECRET") == "three\nshort\nlines\n"
    assert application.process.returncode in (0, 128 + 15)

    # In the evening: for Terraform, private to its owner …
    command("export", "--format", "terraform", "--prefix", PREFIX, "--output", tmp_path / "secrets.tf")
    terraform = (tmp_path / "secrets.tf").read_text()
    assert os.stat(tmp_path / "secrets.tf").st_mode & 0o777 == 0o600
    assert terraform.count('resource "aws_secretsmanager_secret" ') == 3
    assert all(arn in terraform for arn in arns.values())

    # … and to a colleague's vault, versions and all.
    (tmp_path / "colleague").mkdir()
    with Pocketvault(tmp_path / "colleague") as other:
        command("copy", "--from", server.url, "--to", other.url, "--prefix", PREFIX, "--values")
        theirs = make_client(other.url)
        for name in arns:
            mine = secrets.get_secret_value(SecretId=PREFIX + name)
            got = theirs.get_secret_value(SecretId=PREFIX + name)
            members = ("SecretString", "VersionId", "VersionStages")
            assert [got[m] for m in members] == [mine[m] for m in members]
        previous = theirs.get_secret_value(SecretId=f"{PREFIX}JWT_SECRET", VersionStage="AWSPREVIOUS")
        assert previous["SecretString"] == "two\nlines"
        assert len(theirs.list_secrets()["SecretList"]) == 3
