"""`pocketvault mcp` by the official SDK of the protocol, and by lines of our own."""

import json
import os
import pathlib
import select
import subprocess
import sys
import time

import pytest

from conftest import client_missing, make_client
from server import ROOT, Pocketvault, binary, clean_environment, wait_until

SEED = ROOT / "seed" / "driftsentry.json"
SDK = ROOT / ".venv" / "mcp"
VALUE = "invented-prod-stripe-key"
TOOLS = {
    "list_secrets", "describe_secret", "create_secret", "rotate_secret", "who_read", "explain_refusal",
    "suggest_policy", "check_practices", "advance_clock", "run_command",
}  # fmt: skip


class Lines:
    """The program, spoken to line by line."""

    def __init__(self, url: str, *options: str, environment=None):
        self.process = subprocess.Popen(
            [binary(), "mcp", "--endpoint", url, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=clean_environment(**(environment or {})),
        )
        self.number = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        assert self.process.wait(10) == 0

    def send(self, message) -> None:
        text = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.process.stdin.write(text + b"\n")
        self.process.stdin.flush()

    def receive(self, seconds: float = 10):
        assert select.select([self.process.stdout], [], [], seconds)[0], "no answer"
        return json.loads(self.process.stdout.readline())

    def is_silent(self, seconds: float = 0.3) -> bool:
        return not select.select([self.process.stdout], [], [], seconds)[0]

    def ask(self, method: str, /, **parameters):
        self.number += 1
        self.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": parameters})
        answer = self.receive(30)
        assert answer["id"] == self.number
        return answer

    def tool(self, name: str, /, **arguments):
        return self.ask("tools/call", name=name, arguments=arguments)["result"]

    def told(self, name: str, /, **arguments):
        result = self.tool(name, **arguments)
        assert not result["isError"], result
        assert json.loads(result["content"][0]["text"]) == result["structuredContent"]
        return result["structuredContent"]


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    options = ["--seed", SEED, "--iam", "report", "--rotation-function", "arn:aws:lambda:*=builtin:random-password"]
    with Pocketvault(tmp_path_factory.mktemp("mcp"), *options) as vault:
        yield vault


@pytest.fixture
def lines(vault):
    with Lines(vault.url) as lines:
        yield lines


# -- the protocol


@pytest.mark.parametrize(
    "wanted, given",
    [
        ("2025-11-25", "2025-11-25"), ("2025-06-18", "2025-06-18"), ("2025-03-26", "2025-03-26"),
        ("2024-11-05", "2024-11-05"), ("2031-01-01", "2025-11-25"),
    ],
)  # fmt: skip
def test_the_revision_is_agreed_on(lines, wanted, given):
    result = lines.ask("initialize", protocolVersion=wanted, capabilities={}, clientInfo={"name": "t", "version": "1"})
    assert result["result"]["protocolVersion"] == given
    assert result["result"]["serverInfo"]["name"] == "pocketvault"
    assert "tools" in result["result"]["capabilities"]


def test_a_request_may_name_its_revision(lines):
    meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}
    found = lines.ask("server/discover", _meta=meta)["result"]
    assert (found["supportedVersions"], found["resultType"]) == (["2026-07-28"], "complete")
    listed = lines.ask("tools/list", _meta=meta)["result"]
    assert (listed["resultType"], listed["cacheScope"]) == ("complete", "private")
    meta["io.modelcontextprotocol/protocolVersion"] = "2031-01-01"
    error = lines.ask("tools/list", _meta=meta)["error"]
    assert error["code"] == -32022
    assert "2026-07-28" in error["data"]["supported"]


def test_ping_and_what_there_is_not(lines):
    assert lines.ask("ping")["result"] == {}
    assert lines.ask("resources/list")["error"]["code"] == -32601
    assert lines.ask("server/discover")["error"]["code"] == -32601
    assert lines.ask("tools/call", name="nothing")["error"]["code"] == -32602
    assert lines.ask("tools/call")["error"]["code"] == -32602
    assert lines.ask("initialize")["error"]["code"] == -32602


@pytest.mark.parametrize(
    "line, code, number",
    [
        (b"{", -32700, None),
        (b"\xff", -32700, None),
        (b"[]", -32600, None),
        (b"7", -32600, None),
        (b'{"id":1,"method":"ping"}', -32600, None),
        (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600, None),
        (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600, None),
        (b'{"jsonrpc":"2.0","id":4,"method":"ping","params":[1]}', -32600, 4),
        (b'{"jsonrpc":"2.0","id":5}', -32600, 5),
    ],
)
def test_what_is_no_request_is_told_so(lines, line, code, number):
    lines.send(line)
    answer = lines.receive()
    assert (answer["error"]["code"], answer["id"]) == (code, number)
    assert lines.ask("ping")["result"] == {}


def test_notifications_and_answers_are_not_answered(lines):
    lines.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
    lines.send({"jsonrpc": "2.0", "method": "notifications/nobody/knows", "params": {"a": 1}})
    lines.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 99}})
    lines.send({"jsonrpc": "2.0", "id": 77, "result": {}})
    lines.send(b"")
    assert lines.is_silent()
    assert lines.ask("ping")["result"] == {}


def test_a_batch_is_answered_in_one(lines):
    lines.send(
        [
            {"jsonrpc": "2.0", "id": "a", "method": "ping"},
            {"jsonrpc": "2.0", "method": "notifications/initialized"},
            {"jsonrpc": "2.0", "id": "b", "method": "tools/list"},
        ]
    )
    assert [answer["id"] for answer in lines.receive()] == ["a", "b"]


# -- the tools


def test_the_tools_and_their_schemas(lines):
    tools = {tool["name"]: tool for tool in lines.ask("tools/list")["result"]["tools"]}
    assert set(tools) == TOOLS
    for tool in tools.values():
        assert tool["description"]
        assert tool["inputSchema"]["type"] == "object"
        assert set(tool["inputSchema"]["required"]) <= set(tool["inputSchema"]["properties"])
    assert tools["list_secrets"]["annotations"]["readOnlyHint"] is True
    assert tools["create_secret"]["annotations"]["readOnlyHint"] is False


@pytest.mark.parametrize(
    "name, arguments",
    [
        ("describe_secret", {}), ("describe_secret", {"secret": 7}), ("describe_secret", {"name": "a"}),
        ("list_secrets", {"limit": 0}), ("list_secrets", {"limit": 1.5}), ("advance_clock", {}),
        ("advance_clock", {"by": "P1D", "reset": True}), ("run_command", {"command": []}),
        ("run_command", {"command": [1]}), ("create_secret", {"name": "a", "key": "k"}),
        ("describe_secret", {"secret": "nobody/knows"}), ("create_secret", {"name": "a", "tags": {"a": 1}}),
    ],
)  # fmt: skip
def test_arguments_that_make_no_sense_are_told_to_the_model(lines, name, arguments):
    result = lines.tool(name, **arguments)
    assert result["isError"] is True
    assert result["content"][0]["text"]


def test_secrets_are_listed_and_described_without_values(lines):
    listed = lines.told("list_secrets", prefix="driftsentry/prod/")
    assert [secret["Name"] for secret in listed["secrets"]].count("driftsentry/prod/api-keys") == 1
    assert len(lines.told("list_secrets", limit=2)["secrets"]) == 2
    described = lines.told("describe_secret", secret="driftsentry/prod/api-keys")
    assert described["CreatedDate"].endswith("Z")
    assert VALUE not in json.dumps([listed, described])


def test_a_secret_is_created_with_a_value_that_nobody_sees(lines, vault):
    made = lines.told(
        "create_secret", name="made/prod/database", tags={"Environment": "production"},
        template={"username": "app"}, length=40, exclude_punctuation=True,
    )  # fmt: skip
    assert set(made) == {"ARN", "Name", "VersionId"}
    secrets = make_client(vault.url)
    value = json.loads(secrets.get_secret_value(SecretId="made/prod/database")["SecretString"])
    assert (value["username"], len(value["password"]), value["password"].isalnum()) == ("app", 40, True)
    assert lines.tool("create_secret", name="made/prod/database")["isError"]


def test_a_secret_is_rotated_to_its_end(lines, vault):
    lines.told("create_secret", name="rotated")
    before = make_client(vault.url).get_secret_value(SecretId="rotated")["SecretString"]
    function = "arn:aws:lambda:us-east-1:000000000000:function:rotate"
    done = lines.told("rotate_secret", secret="rotated", function_arn=function, days=30)
    assert done["finished"] is True
    after = make_client(vault.url).get_secret_value(SecretId="rotated")["SecretString"]
    assert after != before
    assert after not in json.dumps(done)


def test_who_read_what_and_why_somebody_is_refused(lines, vault):
    secrets = make_client(vault.url)
    secrets.get_secret_value(SecretId="driftsentry/dev/redis-url")
    reads = wait_until(lambda: lines.told("who_read", secret="driftsentry/dev/redis-url")["reads"])
    assert reads[-1]["principal"] == "arn:aws:iam::000000000000:root"
    iam = make_client(vault.url, service="iam")
    iam.create_user(UserName="nobody")
    key = iam.create_access_key(UserName="nobody")["AccessKey"]["AccessKeyId"]
    make_client(vault.url, key=key).get_secret_value(SecretId="driftsentry/dev/redis-url")
    user = "arn:aws:iam::000000000000:user/nobody"
    wait_until(lambda: lines.told("who_read", principal=user)["reads"])
    assert "nobody" in lines.told("explain_refusal")["principal"]
    suggested = lines.told("suggest_policy", principal=user)
    assert "secretsmanager:GetSecretValue" in json.dumps(suggested)


def test_practices_and_the_clock(lines):
    assert "findings" in lines.told("check_practices", prefix="driftsentry/stage/")
    before = lines.told("advance_clock", reset=True)["now"]
    assert lines.told("advance_clock", by="P31D")["now"] > before
    lines.told("advance_clock", reset=True)


def test_a_command_gets_secrets_and_its_output_is_masked(lines):
    script = "echo $API_KEYS; echo $API_KEYS >&2; echo ${#API_KEYS}; exit 3"
    done = lines.told(
        "run_command", command=["/bin/sh", "-c", script], secrets=["driftsentry/prod/api-keys=API_KEYS"]
    )
    assert done["exitCode"] == 3
    assert VALUE not in done["output"]
    # Standard output and error come as they come.
    assert any(word.isdigit() and int(word) > len(VALUE) for word in done["output"].split())


def test_a_command_gets_no_key_of_the_vault(vault):
    hidden = {"POCKETVAULT_PASSPHRASE": "correct horse", "POCKETVAULT_ROOT_CREDENTIALS": "AKIAROOT:battery"}
    with Lines(vault.url, environment=hidden) as lines:
        output = lines.told("run_command", command=["env"])["output"]
    assert "PATH=" in output
    assert "horse" not in output and "battery" not in output


def test_a_command_that_is_cancelled_ends_and_is_not_answered(lines, tmp_path):
    mark = tmp_path / "mark"
    script = f"trap 'echo ended > {mark}; exit' TERM; echo $$ > {mark}; while :; do sleep 0.05; done"
    parameters = {"name": "run_command", "arguments": {"command": ["/bin/sh", "-c", script]}}
    lines.send({"jsonrpc": "2.0", "id": "c", "method": "tools/call", "params": parameters})
    deadline = time.monotonic() + 30
    while not mark.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert lines.ask("ping")["result"] == {}
    lines.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "c"}})
    while mark.read_text() != "ended\n":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert lines.told("list_secrets", limit=1)["more"] is True


def test_values_are_for_who_insists(vault):
    with Lines(vault.url) as lines:
        assert lines.ask("tools/call", name="get_secret_value")["error"]["code"] == -32602
    with Lines(vault.url, "--allow-values") as lines:
        assert VALUE in lines.told("get_secret_value", secret="driftsentry/prod/api-keys")["SecretString"]


# -- the SDK

SESSION = """
import asyncio, json, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

async def main(command, arguments):
    parameters = StdioServerParameters(command=command, args=arguments, env=dict(HOME="/"))
    async with stdio_client(parameters) as (reading, writing):
        async with ClientSession(reading, writing) as session:
            if MODERN:
                await session.discover()
            else:
                await session.initialize()
            tools = await session.list_tools()
            print(json.dumps([session.protocol_version, sorted(tool.name for tool in tools.tools)]))
            listed = await session.call_tool("list_secrets", {"prefix": "driftsentry/prod/"})
            print(json.dumps(listed.structured_content))
            refused = await session.call_tool("describe_secret", {"secret": "nobody/knows"})
            print(json.dumps([refused.is_error, refused.content[0].text]))

asyncio.run(main(sys.argv[1], sys.argv[2:]))
"""


@pytest.mark.client
@pytest.mark.parametrize("modern, revision", [(False, "2025-11-25"), (True, "2026-07-28")])
def test_the_official_sdk_works_with_it(vault, modern, revision):
    sdk = pathlib.Path(os.environ.get("POCKETVAULT_MCP_SDK", SDK))
    if not sdk.is_dir():
        client_missing(f"the SDK of MCP in {sdk}")
    ended = subprocess.run(
        [sys.executable, "-c", f"MODERN = {modern}\n{SESSION}", binary(), "mcp", "--endpoint", vault.url],
        env=clean_environment(PYTHONPATH=str(sdk)),
        capture_output=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr.decode()[-2000:]
    agreed, listed, refused = map(json.loads, ended.stdout.decode().splitlines())
    assert (agreed[0], set(agreed[1])) == (revision, TOOLS)
    assert "driftsentry/prod/api-keys" in [secret["Name"] for secret in listed["secrets"]]
    assert refused[0] is True and "ResourceNotFoundException" in refused[1]
