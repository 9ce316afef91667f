"""An application whose only credentials are those that ECS's endpoint gives: unmodified SDKs that
find two variables, where policies are enforced and signatures verified."""

import json
import subprocess
import sys

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from conftest import client_program
from server import Pocketvault, clean_environment, run
from wire import Wire

ROOT_KEY, ROOT_SECRET = "AKIAROOTROOTROOTROOT", "invented-root-secret"
ROLE = "arn:aws:iam::000000000000:role/task"
READ_PRODUCTION = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:*:*:secret:prod/*"}
    ],
}


def trust(**principal: str) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def root(url: str, service: str = "secretsmanager"):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=ROOT_KEY,
        aws_secret_access_key=ROOT_SECRET,
    )


def fill(url: str, *, principal: dict[str, str]) -> None:
    """Makes the role, its policy and two secrets."""
    iam = root(url, "iam")
    iam.create_role(RoleName="task", AssumeRolePolicyDocument=trust(**principal))
    iam.put_role_policy(
        RoleName="task", PolicyName="read", PolicyDocument=json.dumps(READ_PRODUCTION)
    )
    secrets = root(url)
    secrets.create_secret(Name="prod/key", SecretString="calm-otter")
    secrets.create_secret(Name="stage/key", SecretString="grey-heron")


@pytest.fixture(scope="module")
def enforcing(tmp_path_factory):
    with Pocketvault(
        tmp_path_factory.mktemp("enforcing"),
        "--signatures", "verify", "--iam", "enforce",
        environment={"POCKETVAULT_ROOT_CREDENTIALS": f"{ROOT_KEY}:{ROOT_SECRET}"},
    ) as server:
        fill(server.url, principal={"Service": "ecs-tasks.amazonaws.com", "AWS": "000000000000"})
        yield server


def container_variables(url: str) -> dict[str, str]:
    """What `env --role` prints, asked for by the root."""
    result = run(
        "env", "--endpoint", url, "--role", "task", "--all-services", "--shell", "json",
        environment=clean_environment(
            AWS_ACCESS_KEY_ID=ROOT_KEY, AWS_SECRET_ACCESS_KEY=ROOT_SECRET
        ),
    )
    assert result.returncode == 0, result.stderr
    variables = json.loads(result.stdout)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        assert variables.pop(name) is None
    return {name: value for name, value in variables.items() if value is not None}


PROGRAM = """
import boto3, botocore.exceptions
secrets = boto3.client("secretsmanager")
print(boto3.client("sts").get_caller_identity()["Arn"])
print(secrets.get_secret_value(SecretId="prod/key")["SecretString"])
try:
    secrets.get_secret_value(SecretId="stage/key")
except botocore.exceptions.ClientError as error:
    print(error.response["Error"]["Code"])
"""


def test_boto3_runs_as_the_role_without_a_line_changed(enforcing):
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=clean_environment(**container_variables(enforcing.url)),
        capture_output=True, text=True, timeout=60,
    )
    assert result.stdout.splitlines() == [
        "arn:aws:sts::000000000000:assumed-role/task/pocketvault",
        "calm-otter",
        "AccessDeniedException",
    ], result.stderr


def test_the_aws_cli_runs_as_the_role(enforcing):
    environment = clean_environment(**container_variables(enforcing.url))
    command = [client_program("aws"), "secretsmanager", "get-secret-value", "--query",
               "SecretString", "--output", "text", "--secret-id"]
    allowed = subprocess.run([*command, "prod/key"], env=environment, capture_output=True,
                             text=True, timeout=60)
    assert allowed.stdout == "calm-otter\n", allowed.stderr
    refused = subprocess.run([*command, "stage/key"], env=environment, capture_output=True,
                             text=True, timeout=60)
    assert "AccessDeniedException" in refused.stderr


def ask_for_token(server, key=None, secret=None, service="secretsmanager", role="task"):
    body = json.dumps({"role": role})
    headers = {"Content-Type": "application/json"}
    if key:
        request = AWSRequest("POST", f"{server.url}/_pocketvault/credentials", headers, body)
        SigV4Auth(Credentials(key, secret), service, "us-east-1").add_auth(request)
        headers = dict(request.headers)
    with Wire(server.url) as wire:
        return wire.request("POST", "/_pocketvault/credentials", body, headers)


def test_who_has_not_signed_gets_no_token(enforcing):
    assert ask_for_token(enforcing).status == 403
    assert ask_for_token(enforcing, "AKIANOBODYNOBODYNOBO", "x").status == 403
    assert ask_for_token(enforcing, ROOT_KEY, "wrong").status == 403
    assert ask_for_token(enforcing, ROOT_KEY, ROOT_SECRET, service="sts").status == 403
    assert ask_for_token(enforcing, ROOT_KEY, ROOT_SECRET).status == 200


def test_who_may_not_assume_the_role_gets_no_token(enforcing):
    iam = root(enforcing.url, "iam")
    iam.create_user(UserName="guest")
    key = iam.create_access_key(UserName="guest")["AccessKey"]
    answers = [
        ask_for_token(enforcing, key["AccessKeyId"], key["SecretAccessKey"], role=role)
        for role in ("task", "nobody")
    ]
    # Whether a role is there is not told either.
    assert [answer.status for answer in answers] == [403, 403]
    assert [answer.json["error"] for answer in answers] == ["AccessDenied"] * 2
    iam.put_user_policy(
        UserName="guest",
        PolicyName="assume",
        PolicyDocument=json.dumps({
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ROLE}],
        }),
    )
    answer = ask_for_token(enforcing, key["AccessKeyId"], key["SecretAccessKey"])
    assert answer.status == 200, answer


def test_a_role_that_does_not_trust_tasks_is_refused_by_name(folder):
    with Pocketvault(folder, "--iam", "enforce") as server:
        secrets = boto3.client("iam", endpoint_url=server.url, region_name="us-east-1",
                               aws_access_key_id="test", aws_secret_access_key="test")
        secrets.create_role(
            RoleName="task", AssumeRolePolicyDocument=trust(Service="lambda.amazonaws.com")
        )
        answer = ask_for_token(server)
        with Wire(server.url) as wire:
            refused = wire.request(
                "GET", "/_pocketvault/credentials/task",
                headers={"Authorization": answer.json["token"]},
            )
        assert refused.status == 403
        assert refused.json["message"] == (
            "User: ecs-tasks.amazonaws.com is not authorized to perform: sts:AssumeRole on"
            f" resource: {ROLE}"
        )
