"""The agent's endpoint over raw HTTP: the contract of the AWS Workload Credentials Provider (the
Secrets Manager Agent) and of the Lambda extension, a line for each sentence of it."""

import contextlib
import json
import re
import resource
import socket
import time
import urllib.parse

import boto3
import pytest

from server import Pocketvault, run, wait_until
from wire import Wire

TOKEN = "an-invented-agent-token"
HEADER = "X-Aws-Parameters-Secrets-Token"
TOLD = re.compile(r"The agent's endpoint is (http://\S+); (.*)")


class Agent:
    """A server with its agent, as told on standard error."""

    def __init__(self, server: Pocketvault):
        self.server = server
        told = TOLD.search(server.log.read_text())
        assert told, server.complaint()
        self.url, self.remark = told[1], told[2]

    def get(self, path, method="GET", token=TOKEN, **headers):
        sent = {HEADER: token} if token is not None else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        with Wire(self.url) as wire:
            return wire.request(method, path, headers=sent)

    def client(self, service="secretsmanager"):
        return boto3.client(service, endpoint_url=self.server.url, region_name="us-east-1",
                            aws_access_key_id="test", aws_secret_access_key="test")


@pytest.fixture(scope="module")
def agent(tmp_path_factory):
    folder = tmp_path_factory.mktemp("agent")
    with Pocketvault(folder, "--agent-port", "0", environment={"AWS_TOKEN": TOKEN}) as server:
        agent = Agent(server)
        agent.client().create_secret(Name="app/key", SecretString="calm-otter")
        yield agent
        assert server.stop() == 0


def test_ping_needs_no_token(agent):
    answer = agent.get("/ping", token=None)
    assert (answer.status, answer.body) == (200, b"healthy")


@pytest.mark.parametrize("path", [
    "/secretsmanager/get?secretId=app/key",
    "/secretsmanager/get?secretId=app%2Fkey&versionStage=AWSCURRENT",
    "/v1/app/key",
    "/v1/app/key?refreshNow=true",
])
def test_a_secret_by_either_route(agent, path):
    answer = agent.get(path)
    assert answer.status == 200, answer
    secret = answer.json
    described = agent.client().describe_secret(SecretId="app/key")
    assert secret["ARN"] == described["ARN"]
    assert secret["SecretString"] == "calm-otter"
    assert secret["VersionStages"] == ["AWSCURRENT"]
    assert isinstance(secret["CreatedDate"], str)
    assert abs(float(secret["CreatedDate"]) - described["CreatedDate"].timestamp()) < 1


def test_an_arn_is_escaped_in_a_query(agent):
    arn = agent.client().describe_secret(SecretId="app/key")["ARN"]
    answer = agent.get(f"/secretsmanager/get?secretId={urllib.parse.quote_plus(arn)}")
    assert answer.json["Name"] == "app/key"


@pytest.mark.parametrize("method, path, token, headers, expected", [
    ("POST", "/nowhere", "wrong", {"X-Forwarded-For": "1.2.3.4"}, (400, b"Forwarded")),
    ("POST", "/nowhere", "wrong", {}, (403, b"Bad Token")),
    ("POST", "/nowhere", None, {}, (403, b"Bad Token")),
    ("POST", "/nowhere", TOKEN, {}, (405, b"Not allowed")),
    ("GET", "/nowhere", TOKEN, {}, (404, b"Not found")),
    ("GET", "/v1", TOKEN, {}, (404, b"Not found")),
    ("GET", "/v1/", TOKEN, {}, (400, b"missing secret ID")),
    ("GET", "/secretsmanager/get", TOKEN, {}, (400, b"missing parameter secretId")),
    ("GET", "/secretsmanager/get?x=1", TOKEN, {}, (400, b"unknown parameter: x")),
    ("GET", "/v1/app/key?refreshNow=2", TOKEN, {}, (400, b"invalid refreshNow value")),
])
def test_checks_come_in_the_order_of_the_provider(agent, method, path, token, headers, expected):
    with Wire(agent.url) as wire:
        sent = ({HEADER: token} if token is not None else {}) | headers
        answer = wire.request(method, path, headers=sent)
    assert (answer.status, answer.body) == expected


def test_the_other_header_does_as_well(agent):
    with Wire(agent.url) as wire:
        assert wire.request("GET", "/v1/app/key", headers={"X-Vault-Token": TOKEN}).status == 200


def test_an_error_has_the_status_and_the_sentence_of_secrets_manager(agent):
    answer = agent.get("/v1/nothing")
    assert answer.status == 400
    assert answer.json == {
        "__type": "ResourceNotFoundException",
        "message": "Secrets Manager can't find the specified secret.",
    }


def test_a_value_is_kept_until_somebody_asks_for_it_now(agent):
    secrets = agent.client()
    secrets.create_secret(Name="kept", SecretString="one")
    assert agent.get("/v1/kept").json["SecretString"] == "one"
    secrets.put_secret_value(SecretId="kept", SecretString="two")
    assert agent.get("/v1/kept").json["SecretString"] == "one"
    assert agent.get("/v1/kept?refreshNow=1").json["SecretString"] == "two"
    assert agent.get("/v1/kept").json["SecretString"] == "two"


def test_its_reads_are_in_the_trail_under_its_own_user_agent(agent):
    agent.get("/v1/app/key?refreshNow=true")
    with Wire(agent.server.url) as wire:
        records = wire.request("GET", "/_pocketvault/audit?event=GetSecretValue").json["records"]
    agents = {entry["record"]["userAgent"] for entry in records}
    assert agents == {"aws-workload-credentials-provider/3.0 pocketvault/0.1.0"}


def test_a_role_is_assumed_for_who_names_it(agent):
    iam = agent.client("iam")
    iam.create_role(
        RoleName="reader",
        AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"AWS": "000000000000"},
                           "Action": "sts:AssumeRole"}],
        }),
    )
    role = "arn:aws:iam::000000000000:role/reader"
    assert agent.get(f"/v1/app/key?roleArn={role}").status == 200
    refused = agent.get(f"/v1/app/key?roleArn={role}s")
    assert refused.status == 403
    assert refused.json == {
        "__type": "AccessDeniedException",
        "message": f"Failed to create caching client from role: {role}s",
    }


def test_the_801st_connection_is_refused_and_a_health_check_is_not(agent):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2_000:
        pytest.skip("too few open files are allowed here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2_000), hard))
    place = urllib.parse.urlsplit(agent.url)
    with contextlib.ExitStack() as stack:
        for _ in range(800):
            stack.enter_context(socket.create_connection((place.hostname, place.port), 10))
        # The system lets a connection in before the server has taken it.
        for _ in range(600):
            answer = agent.get("/v1/app/key")
            if answer.status == 429:
                break
            time.sleep(0.05)
        assert (answer.status, answer.body) == (429, b"Connection limit exceeded")
        assert agent.get("/ping", token=None).status == 200
    # Nor has it noticed at once that they are closed.
    wait_until(lambda: agent.get("/v1/app/key").status == 200)


def test_a_page_of_another_site_cannot_ask(agent):
    answer = agent.get("/v1/app/key", Sec_Fetch_Site="cross-site")
    assert answer.status == 403 and b"Bad Token" not in answer.body
    assert agent.get("/v1/app/key", Host="evil.example").status == 403


def test_a_token_is_made_beside_the_vault_and_printed_by_env(folder):
    with Pocketvault(folder, "--agent-port", "0") as server:
        agent = Agent(server)
        assert agent.remark == "pocketvault env --agent prints its token"
        token = (server.folder / "agent-token").read_text().strip()
        assert (server.folder / "agent-token").stat().st_mode & 0o777 == 0o600
        assert agent.get("/v1/nothing", token=token).status == 400
        result = run("env", "--agent", "--shell", "json", "--endpoint", server.url,
                     environment={"POCKETVAULT_DATABASE": str(server.database)})
        variables = json.loads(result.stdout)
        assert variables["AWS_TOKEN"] == variables["AWS_SESSION_TOKEN"] == token
        assert token not in server.log.read_text()
    with Pocketvault(folder, "--agent-port", "0") as server:
        assert Agent(server).get("/v1/nothing", token=token).status == 400


def test_a_vault_in_memory_tells_its_token_once(folder):
    with Pocketvault(folder, "--agent-port", "0", database=":memory:") as server:
        agent = Agent(server)
        token = agent.remark.split()[-1]
        assert agent.get("/v1/nothing", token=token).status == 400


def test_a_token_from_a_file_and_one_that_cannot_be_read(folder):
    path = f"{folder}/token"
    with open(path, "w") as file:
        file.write("from-a-file\n")
    with Pocketvault(folder, "--agent-port", "0", "--agent-token-file", path) as server:
        assert Agent(server).get("/v1/nothing", token="from-a-file").status == 400
    server = Pocketvault(folder, "--agent-port", "0", "--agent-token-file", f"{path}s")
    assert server.refusal() == f"pocketvault: the agent's token cannot be read from {path}s"
