"""Values by hand, beside what boto3 sees: byte for byte, and nowhere that they should not be."""

import json
import os
import pathlib
import resource
import subprocess

import boto3
import pytest

from server import Pocketvault, binary, clean_environment, run

HOSTILE = {
    "newline": b"line\n",
    "carriage-returns": b"a\r\nb\r\n",
    "spaces": b"  a b \t",
    "quotes": b"'\"`$(id)\\n%s",
    "unicode": "é e\u0301 \U0001f511 \u2028".encode(),
    "nul": b"a\0b",
    "json": b'{"a": 1}\n',
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Pocketvault(tmp_path_factory.mktemp("values"), "--log-level", "debug") as running:
        yield running


@pytest.fixture(scope="module")
def secrets(server):
    return boto3.client("secretsmanager", endpoint_url=server.url, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


def command(server, *arguments, **options):
    environment = clean_environment(AWS_ENDPOINT_URL=server.url)
    return run(*arguments, environment=environment, **options)


@pytest.mark.parametrize("name", HOSTILE)
def test_text_goes_in_and_out_byte_for_byte(server, secrets, name):
    value = HOSTILE[name]
    assert command(server, "put", f"in/{name}", "-", input=value).returncode == 0
    assert secrets.get_secret_value(SecretId=f"in/{name}")["SecretString"].encode() == value
    secrets.create_secret(Name=f"out/{name}", SecretString=value.decode())
    assert command(server, "get", f"out/{name}").stdout == value


def test_bytes_go_in_and_out(server, secrets, tmp_path):
    value = bytes(range(256)) * 4
    (tmp_path / "value").write_bytes(value)
    assert command(server, "put", "bytes", f"@{tmp_path}/value").returncode == 0
    assert secrets.get_secret_value(SecretId="bytes")["SecretBinary"] == value
    assert command(server, "get", "bytes").stdout == value
    assert command(server, "put", "forced", "--binary", "text").returncode == 0
    assert secrets.get_secret_value(SecretId="forced")["SecretBinary"] == b"text"


def test_a_list_reads_all_pages(server, secrets):
    for number in range(130):
        secrets.create_secret(Name=f"page/{number:03}", SecretString="x")
    lines = command(server, "list", "page/").stdout.decode().splitlines()
    assert lines == [f"page/{number:03}" for number in range(130)]


def test_a_value_is_in_no_remark_log_or_trail(server):
    value = "hidden-4f8e"
    for arguments in [
        ("put", "hidden", value), ("put", "hidden", value + "2"), ("list", "hidden", "--json"),
        ("describe", "hidden", "--json"), ("history", "hidden", "--json"), ("diff", "hidden"),
        ("diff", "hidden", "--json"), ("rollback", "hidden"), ("rm", "hidden"),
        ("restore", "hidden"), ("get", "hidden", "--key", "a"),
    ]:
        done = command(server, *arguments)
        assert value.encode() not in done.stdout + done.stderr, arguments
    trail = command(server, "audit", "--json", "--limit", "1000").stdout
    assert b'"PutSecretValue"' in trail
    assert value.encode() not in trail
    assert value.encode() not in pathlib.Path(server.log).read_bytes()


def test_the_editor_gets_a_private_file_and_its_name_alone(server, tmp_path):
    command(server, "put", "edited", '{"a":"before"}')
    editor = tmp_path / "editor"
    editor.write_text(f"""#!/bin/sh
stat -c '%a %n' "$1" "$(dirname "$1")" > {tmp_path}/seen
tr '\\0' ' ' < /proc/$$/cmdline >> {tmp_path}/seen
cp "$1" "$1~"
sed -i s/before/after/ "$1"
""")
    editor.chmod(0o755)
    environment = clean_environment(AWS_ENDPOINT_URL=server.url, EDITOR=str(editor))
    assert run("edit", "edited", environment=environment).returncode == 0
    assert command(server, "get", "edited").stdout == b'{"a":"after"}'
    file, folder, line = (tmp_path / "seen").read_text().splitlines()
    assert file.startswith("600 ")
    assert folder.startswith("700 ")
    assert "before" not in line
    assert not os.path.exists(file.split()[1]) and not os.path.exists(folder.split()[1])


def test_a_file_that_nobody_serves_is_worked_on_in_place(tmp_path):
    with Pocketvault(tmp_path) as served:
        command(served, "put", "kept", "value")
        held = run("get", "kept", "--database", served.database)
        assert held.returncode == 1
        assert b"open in another process" in held.stderr
    assert run("get", "kept", "--database", served.database).stdout == b"value"
    assert run("put", "kept", "--database", served.database, "other").returncode == 0
    history = run("history", "kept", "--json", "--database", served.database).stdout
    assert [version["CreatedWith"] for version in json.loads(history)] == [
        "PutSecretValue", "CreateSecret"]
    with Pocketvault(tmp_path, database=served.database) as served:
        assert command(served, "get", "kept").stdout == b"other"


def test_signatures_are_real(tmp_path):
    root = {"POCKETVAULT_ROOT_CREDENTIALS": "AKIAIOSFODNN7EXAMPLE:invented-secret"}
    with Pocketvault(tmp_path, "--signatures", "verify", environment=clean_environment(**root)
                     ) as served:
        refused = command(served, "list")
        assert refused.returncode == 1
        assert b"UnrecognizedClientException" in refused.stderr
        known = clean_environment(
            AWS_ENDPOINT_URL=served.url, AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE",
            AWS_SECRET_ACCESS_KEY="invented-secret", AWS_REGION="eu-west-1")
        assert run("put", "signed", "-", input="é ü".encode(),
                   environment=known).returncode == 0
        assert run("get", "signed", environment=known).stdout == "é ü".encode()
        assert b":eu-west-1:" in run("describe", "signed", environment=known).stdout


def test_a_command_is_quick(server):
    command(server, "put", "quick", "x")
    environment = clean_environment(AWS_ENDPOINT_URL=server.url)
    spans = []
    for _ in range(15):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([binary(), "get", "quick"], env=environment, check=True,
                       capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spans.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    # Processor time, whatever else the machine does; a debug build needs three times as much.
    assert min(spans) < 0.15, spans
