"""A process from start to stop: ready line, files, refusals, signals, health, reset, commands."""

import base64
import hashlib
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import time
import urllib.request

import pytest

from expect import NOT_FOUND
from server import ROOT, Pocketvault, clean_environment, memory_folder, run
from wire import Wire, head, received_from, token


@pytest.fixture
def vault(folder):
    """A server that a test starts and stops as it likes."""
    with Pocketvault(folder).start() as vault:
        yield vault


def checksum(folder) -> dict[str, str]:
    """What the database in a folder is, byte for byte. (A reader makes -wal and -shm anew.)"""
    files = [path for path in pathlib.Path(folder).iterdir() if path.name == "vault.db"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def filled(folder, *options, **more) -> Pocketvault:
    """A stopped server whose vault holds the secret `kept`."""
    vault = Pocketvault(folder, *options, **more).start()
    with Wire(vault.url) as wire:
        assert wire.create("kept", "still there").status == 200
    assert vault.stop() == 0
    return vault


def value_of(vault, name="kept"):
    with Wire(vault.url) as wire:
        return wire.call("GetSecretValue", {"SecretId": name}).json.get("SecretString")


# -- starting


def test_the_ready_line_is_all_there_is_on_standard_output(vault):
    assert re.fullmatch(
        rf"Pocketvault \d+\.\d+\.\d+\S* listening on http://127\.0\.0\.1:{vault.port}\n",
        vault.ready_line,
    )
    with Wire(vault.url) as wire:
        wire.create("a")
    assert vault.stop() == 0
    assert vault.rest_of_output == b""


def test_the_ready_line_comes_when_calls_are_answered(vault):
    with Wire(vault.url) as wire:
        assert wire.request("GET", "/_pocketvault/ready").status == 200


def test_it_starts_in_less_than_a_second(folder):
    filled(folder)
    # One of ten is enough: a machine is busy now and then, a start that waits for something always waits.
    assert any(start_seconds(folder) < 1 for _ in range(10))


def start_seconds(folder) -> float:
    with Pocketvault(folder).start() as vault:
        return vault.seconds_to_ready


def test_two_servers_on_port_0_get_two_ports(folder, vault):
    other_folder = pathlib.Path(folder) / "other"
    other_folder.mkdir()
    with Pocketvault(other_folder).start() as other:
        assert other.port != vault.port


def test_it_listens_on_loopback_only(vault):
    listening = pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
    addresses = [line.split()[1] for line in listening if line.split()[3] == "0A"]
    assert [a for a in addresses if a.endswith(f":{vault.port:04X}")] == [f"0100007F:{vault.port:04X}"]


def test_a_port_that_is_taken_is_refused_with_its_number(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = Pocketvault(folder, "--port", port).refusal()
    assert str(port) in said


@pytest.mark.parametrize(
    "options",
    [["--no-such-option"], ["--port", "x"], ["--port", "65536"], ["--account", "12"], ["--region", "a b"],
     ["--log-format", "xml"], ["--log-level", "loud"], ["stray"]],
    ids=" ".join,
)  # fmt: skip
def test_bad_usage_ends_with_64(options):
    ended = run("serve", *options)
    assert ended.returncode == 64
    assert ended.stdout == b"" and options[-1].encode() in ended.stderr


def test_an_option_wins_over_its_environment_variable(folder):
    environment = {"POCKETVAULT_ACCOUNT": "111111111111", "POCKETVAULT_REGION": "eu-central-1"}
    with Pocketvault(folder, "--account", "222222222222", environment=environment).start() as vault:
        with Wire(vault.url) as wire:
            arn = wire.call(
                "CreateSecret", {"Name": "n", "ClientRequestToken": token()}, authorization=None
            ).json["ARN"]
    assert arn.startswith("arn:aws:secretsmanager:eu-central-1:222222222222:secret:n-")


def test_the_version_and_the_help_go_to_standard_output():
    version = run("--version")
    assert (version.returncode, version.stderr) == (0, b"")
    assert re.fullmatch(rb"\d+\.\d+\.\d+\S*\n", version.stdout)
    for command in (["--help"], ["serve", "--help"], ["env", "--help"], ["healthcheck", "--help"]):
        help = run(*command)
        assert (help.returncode, help.stderr) == (0, b"")
        assert b"USAGE: pocketvault" in help.stdout


def test_serve_is_the_default_command(folder):
    process = subprocess.Popen(
        [str(run_path()), "--port", "0", "--database", ":memory:"],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        assert process.stdout.readline().startswith(b"Pocketvault ")
    finally:
        process.terminate()
        process.communicate(timeout=10)
    assert process.returncode == 0


def run_path():
    from server import binary

    return binary()


def test_another_allowed_host_may_be_named(folder):
    options = ("--allowed-host", "vault.example", "--allowed-host", "*.test", "--allowed-host", "one.example:81")
    cases = (
        ("vault.example", b"200"), ("other.example", b"4"), ("a.test:4566", b"200"), ("test", b"4"),
        ("one.example:81", b"200"), ("one.example:82", b"4"),
    )  # fmt: skip
    with Pocketvault(folder, *options).start() as vault:
        with Wire(vault.url) as wire:
            for host, status in cases:
                data = head(host, 2, "ListSecrets", "Connection: close") + b"{}"
                assert wire.raw(data).split(b" ")[1].startswith(status)


def test_beyond_loopback_a_single_label_is_a_host(folder):
    """As a container is called by its neighbours: http://pocketvault:4566."""
    with Pocketvault(folder, "--host", "0.0.0.0").start() as vault:
        with Wire(f"http://127.0.0.1:{vault.port}") as wire:
            for host, status in (("pocketvault:4566", b"200"), ("evil.example", b"4")):
                data = head(host, 2, "ListSecrets", "Connection: close") + b"{}"
                assert wire.raw(data).split(b" ")[1].startswith(status)


@pytest.mark.parametrize("host", ["127.0.0.2", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"])
def test_no_spelling_of_loopback_is_warned_about(folder, host):
    if ":" in host and not has_ipv6():
        pytest.skip("this machine has no IPv6")
    with Pocketvault(folder, "--host", host).start() as vault:
        with urllib.request.urlopen(vault.url + "/_pocketvault/ready") as answer:
            assert answer.status == 200
        vault.stop()
    assert "Listening beyond this machine" not in vault.log.read_text()


def test_an_address_of_every_network_is_warned_about(folder):
    with Pocketvault(folder, "--host", "0.0.0.0").start() as vault:
        assert vault.url == f"http://127.0.0.1:{vault.port}"
        vault.stop()
    assert "Listening beyond this machine" in vault.log.read_text()


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


# -- files


def test_secrets_are_still_there_tomorrow(folder):
    vault = filled(folder)
    with vault.start():
        assert value_of(vault) == "still there"


def test_the_default_folder_is_private_and_ignored_by_git(folder):
    process = subprocess.Popen(
        [str(run_path()), "serve", "--port", "0"],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        assert process.stdout.readline().startswith(b"Pocketvault ")
        state = pathlib.Path(folder) / ".pocketvault"
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [state, *state.iterdir()]}
        assert modes[".pocketvault"] == 0o700
        assert modes["vault.key"] == 0o600
        assert not modes["vault.db"] & 0o077
        assert (state / ".gitignore").read_text().split() == ["*"]
        if git := shutil.which("git"):
            subprocess.run([git, "init", "-q", folder], check=True, env=clean_environment())
            status = subprocess.run(
                [git, "status", "--short"], cwd=folder, env=clean_environment(), capture_output=True
            )
            assert status.stdout == b""
    finally:
        process.terminate()
        process.communicate(timeout=10)


def test_no_core_dump_is_ever_written(vault):
    limits = pathlib.Path(f"/proc/{vault.process.pid}/limits").read_text()
    assert re.search(r"Max core file size\s+0\s+0\s", limits)


def test_a_vault_in_memory_leaves_nothing_behind(folder):
    # Temporary files would be in a folder of this test's own, where nobody else's are.
    with Pocketvault(folder, database=":memory:", environment={"TMPDIR": folder}).start() as vault:
        with Wire(vault.url) as wire:
            wire.create("a", "value")
        assert value_of(vault, "a") == "value"
        place = pathlib.Path(memory_folder(vault.process))
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        assert vault.stop() == 0
    assert not place.exists() and not place.with_name(f".{place.name}").exists()
    assert [p.name for p in pathlib.Path(folder).iterdir()] == ["stderr-1.log"]


def test_a_link_among_vaults_in_memory_leads_to_no_vault(folder):
    """Somebody else on the machine can make one there, to a vault that is not served just now."""
    vault = Pocketvault(folder)
    vault.start().stop()
    link = pathlib.Path("/dev/shm/pocketvault-a-link")
    link.symlink_to(vault.folder)
    other_folder = pathlib.Path(folder) / "other"
    other_folder.mkdir()
    try:
        with Pocketvault(other_folder, database=":memory:"):
            assert vault.database.exists()
    finally:
        link.unlink()
    vault.start().stop()


def test_two_vaults_in_memory_know_nothing_of_each_other(folder):
    with Pocketvault(folder, database=":memory:").start() as one:
        other_folder = pathlib.Path(folder) / "other"
        other_folder.mkdir()
        with Pocketvault(other_folder, database=":memory:").start() as other:
            with Wire(one.url) as wire:
                wire.create("a")
            assert value_of(one, "a") == "value"
            assert value_of(other, "a") is None


# -- refusals


def test_a_second_process_on_the_same_file_is_refused(folder, vault):
    second_folder = pathlib.Path(folder) / "second"
    second_folder.mkdir()
    said = Pocketvault(second_folder, database=vault.database).refusal()
    assert str(vault.database) in said
    with Wire(vault.url) as wire:
        assert wire.create("a").status == 200, "the first one goes on"


def test_a_killed_process_does_not_lock_the_file(folder):
    vault = filled(folder)
    vault.start().kill()
    with vault.start():
        assert value_of(vault) == "still there"


def key_file(folder) -> pathlib.Path:
    (path,) = pathlib.Path(folder).glob("*.key")
    return path


def random_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def test_another_master_key_is_refused_and_nothing_is_changed(folder):
    key = random_key()
    vault = filled(folder, environment={"POCKETVAULT_MASTER_KEY": key})
    before = checksum(folder)
    vault.environment = {"POCKETVAULT_MASTER_KEY": random_key()}
    assert "key" in vault.refusal()
    assert checksum(folder) == before
    vault.environment = {"POCKETVAULT_MASTER_KEY": key}
    with vault.start():
        assert value_of(vault) == "still there"


def test_a_lost_key_file_is_refused_and_no_new_key_is_made(folder):
    vault = filled(folder)
    key = key_file(folder).rename(pathlib.Path(folder) / "elsewhere")
    before = checksum(folder)
    assert "key" in vault.refusal()
    assert checksum(folder) == before and not list(pathlib.Path(folder).glob("*.key"))
    key.rename(pathlib.Path(folder) / "vault.key")
    with vault.start():
        assert value_of(vault) == "still there"


@pytest.mark.parametrize("key", ["", "short", "!" * 44, base64.b64encode(bytes(31)).decode()])
def test_a_master_key_that_is_no_32_bytes_of_base64_is_refused(folder, key):
    vault = Pocketvault(folder, environment={"POCKETVAULT_MASTER_KEY": key})
    if key:
        assert "POCKETVAULT_MASTER_KEY" in vault.refusal()
        assert key not in vault.log.read_text()
    else:
        # An empty variable is one that is not set.
        with vault.start():
            assert key_file(folder).exists()


def test_a_passphrase_opens_what_it_closed_and_no_other_does(folder):
    vault = filled(folder, environment={"POCKETVAULT_PASSPHRASE": "correct horse"})
    assert not list(pathlib.Path(folder).glob("*.key"))
    vault.environment = {"POCKETVAULT_PASSPHRASE": "wrong horse"}
    said = vault.refusal()
    assert re.search("passphrase|master key", said.lower()) and "horse" not in said
    vault.environment = {"POCKETVAULT_PASSPHRASE": "correct horse"}
    with vault.start():
        assert value_of(vault) == "still there"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_file_that_others_can_read_is_refused(folder, mode):
    vault = filled(folder)
    key_file(folder).chmod(mode)
    said = vault.refusal()
    assert str(key_file(folder)) in said and "chmod" in said
    key_file(folder).chmod(0o600)
    with vault.start():
        assert value_of(vault) == "still there"


def refused_unchanged(vault) -> str:
    """The refusal names the file, and the file stays as it is."""
    before = checksum(vault.folder)
    said = vault.refusal()
    assert str(vault.folder) in said
    assert checksum(vault.folder) == before
    return said


def test_a_vault_of_a_newer_version_is_refused(folder):
    vault = filled(folder)
    with sqlite3.connect(vault.database) as database:
        database.execute("PRAGMA user_version = 9999")
    database.close()
    assert re.search("newer|later", refused_unchanged(vault))


def test_the_database_of_another_program_is_refused(folder):
    vault = Pocketvault(folder)
    database = sqlite3.connect(vault.database)
    database.executescript("PRAGMA application_id = 1; CREATE TABLE photo(name TEXT)")
    database.close()
    refused_unchanged(vault)


def test_the_database_of_a_program_that_left_no_name_is_refused(folder):
    vault = Pocketvault(folder)
    database = sqlite3.connect(vault.database)
    database.executescript("CREATE TABLE photo(name TEXT)")
    database.close()
    refused_unchanged(vault)


def test_a_file_that_is_no_database_is_refused(folder):
    vault = Pocketvault(folder)
    pathlib.Path(vault.database).write_bytes(b"Dear diary,\n" * 1000)
    refused_unchanged(vault)


def test_a_corrupt_vault_is_refused(folder):
    vault = filled(folder)
    with open(vault.database, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(100)
        file.write(os.urandom(size - 100))
    refused_unchanged(vault)


def test_a_database_in_a_place_that_is_no_folder_is_refused(folder):
    (pathlib.Path(folder) / "file").write_text("")
    path = pathlib.Path(folder) / "file" / "vault.db"
    assert str(path.parent) in Pocketvault(folder, database=path).refusal()


@pytest.mark.parametrize("read_only", ["file", "folder"])
def test_a_vault_that_cannot_be_written_is_refused(folder, read_only):
    vault = filled(folder)
    as_nobody = []
    if os.geteuid() == 0:
        # Root may write what it likes: the server is started as somebody else.
        if not shutil.which("setpriv"):
            pytest.skip("root without setpriv cannot be refused a write")
        as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        reachable = subprocess.run([*as_nobody, run_path(), "--version"], capture_output=True)
        if reachable.returncode != 0:
            pytest.skip("the binary is in a place that only root can reach")
        for path in [pathlib.Path(folder), *pathlib.Path(folder).iterdir()]:
            os.chown(path, 65534, 65534)
    if read_only == "file":
        os.chmod(vault.database, 0o400)
    else:
        # The test's own log, which has no place there any more.
        (pathlib.Path(folder) / f"stderr-{vault.starts + 1}.log").touch()
        for path in pathlib.Path(folder).glob("vault.*"):
            os.chmod(path, 0o400)
        os.chmod(folder, 0o500)
    vault.prefix = as_nobody
    try:
        refused_unchanged(vault)
    finally:
        os.chmod(folder, 0o700)


# -- stopping


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_it_stops_with_0_and_waits_for_no_idle_client(vault, number):
    with Wire(vault.url) as idle:
        idle.call("ListSecrets")
        started = time.monotonic()
        assert vault.stop(number) == 0
        # An idle client is waited for by the minute, where it is waited for.
        assert time.monotonic() - started < 5


def test_it_stops_when_its_parent_left_the_signals_blocked(folder):
    def block():
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})

    with Pocketvault(folder, preexec_fn=block).start() as vault:
        assert vault.stop() == 0


@pytest.mark.parametrize("milliseconds", [0, 1, 3, 10, 30])
def test_a_call_in_flight_is_done_and_answered_or_neither(folder, milliseconds):
    """SIGTERM while 64 connections have a write under way: 503 says that it was not done."""
    vault = Pocketvault(folder).start()
    connections = {}
    for number in range(64):
        connection = socket.create_connection(("127.0.0.1", vault.port), 10)
        connection.sendall(head("localhost", 2, "ListSecrets") + b"{}")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        connections[number] = connection
    for number, connection in connections.items():
        body = f'{{"Name":"flight/{number}","SecretString":"v","ClientRequestToken":"{token()}"}}'
        connection.sendall(head("localhost", len(body), "CreateSecret") + body.encode())
    time.sleep(milliseconds / 1000)
    started = time.monotonic()
    vault.process.send_signal(signal.SIGTERM)
    answers = {}
    for number, connection in connections.items():
        with connection:
            answers[number] = received_from(connection)
    assert vault.wait() == 0
    assert time.monotonic() - started < 5
    answers = {number: answer for number, answer in answers.items() if answer}
    done = {number for number, answer in answers.items() if answer.startswith(b"HTTP/1.1 200")}
    for number, answer in answers.items():
        assert answer.endswith(b"}") if number in done else answer.startswith(b"HTTP/1.1 503")
    with vault.start(), Wire(vault.url) as wire:
        assert {number for number in range(64) if wire.exists(f"flight/{number}")} == done


def test_a_caller_that_stalls_does_not_keep_it_from_stopping(vault):
    with socket.create_connection(("127.0.0.1", vault.port), 10) as stalled:
        stalled.sendall(head("localhost", 1000, "ListSecrets") + b"{")
        time.sleep(0.1)
        started = time.monotonic()
        assert vault.stop() == 0
        # Its body is waited for for nearly a second, and for the whole idle minute if nothing ends that.
        assert time.monotonic() - started < 5


# -- health, ready, reset


@pytest.mark.parametrize("path", ["/_pocketvault/health", "/_localstack/health"])
def test_health_tells_version_and_counts(vault, path):
    with Wire(vault.url) as wire:
        wire.create("a")
        wire.create("b")
        answer = wire.request("GET", path)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json["version"] == vault.version
    assert (answer.json["secrets"], answer.json["versions"]) == (2, 2)


def reset(url, body="{}", path="/_pocketvault/reset"):
    with Wire(url) as wire:
        return wire.post(body, path=path, content_type="application/json", authorization=None)


def test_a_reset_of_a_file_without_seeds_needs_to_be_confirmed(vault):
    with Wire(vault.url) as wire:
        wire.create("a")
        answer = reset(vault.url)
        assert answer.status in (400, 409) and b"erase" in answer.body
        assert wire.exists("a")
        assert reset(vault.url, '{"erase":true}').status == 200
        assert not wire.exists("a")


@pytest.mark.parametrize("path", ["/_pocketvault/reset", "/moto-api/reset"])
def test_a_reset_of_a_vault_in_memory_empties_it(folder, path):
    with Pocketvault(folder, database=":memory:").start() as vault, Wire(vault.url) as wire:
        wire.create("a")
        assert reset(vault.url, path=path).status == 200
        assert not wire.exists("a")
        assert wire.create("a").status == 200


def test_the_reset_of_moto_needs_neither_content_type_nor_body(folder):
    with Pocketvault(folder, database=":memory:").start() as vault, Wire(vault.url) as wire:
        wire.create("a")
        assert wire.request("POST", "/moto-api/reset").status == 200
        assert not wire.exists("a")


def test_a_reset_of_one_account_leaves_the_others(folder):
    from conftest import make_client

    with Pocketvault(folder, database=":memory:").start() as vault:
        one, other = (make_client(vault.url, key=key) for key in ("111111111111", "222222222222"))
        one.create_secret(Name="a")
        other.create_secret(Name="a")
        assert reset(vault.url, '{"account":"111111111111"}').status == 200
        with pytest.raises(one.exceptions.ResourceNotFoundException, match=NOT_FOUND):
            one.describe_secret(SecretId="a")
        other.describe_secret(SecretId="a")


@pytest.mark.parametrize("body", ["", "x", "[]", '{"erase":1}', '{"eraze":true}', '{"account":7}'])
def test_a_reset_that_is_not_understood_changes_nothing(folder, body):
    with Pocketvault(folder, database=":memory:").start() as vault, Wire(vault.url) as wire:
        wire.create("a")
        assert reset(vault.url, body).status == 400
        assert wire.exists("a")


# -- healthcheck, env


def test_healthcheck_tells_whether_a_server_is_ready(vault):
    assert run("healthcheck", "--endpoint", vault.url).returncode == 0
    environment = clean_environment(AWS_ENDPOINT_URL=vault.url)
    assert run("healthcheck", environment=environment).returncode == 0
    vault.stop()
    ended = run("healthcheck", "--endpoint", vault.url)
    assert ended.returncode == 1
    assert ended.stdout == b"" and len(ended.stderr.splitlines()) == 1
    assert run("healthcheck", "--endpoint", "no url").returncode == 64


def evaluated(shell, *options, environment=None) -> dict[str, str]:
    """What a shell has in its environment after `eval "$(pocketvault env …)"`."""
    script = 'eval "$("$0" env "$@")"; env -0'
    ended = subprocess.run(
        [shell, "-c", script, str(run_path()), *options],
        env=clean_environment(**(environment or {})),
        capture_output=True,
        check=True,
    )
    pairs = (entry.split("=", 1) for entry in ended.stdout.decode().split("\0") if entry)
    return {name: value for name, value in pairs if name.startswith("AWS_")}


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_env_sets_what_the_tools_of_aws_read(shell):
    got = evaluated(shell, "--endpoint", "http://127.0.0.1:4567")
    assert got["AWS_ENDPOINT_URL_SECRETS_MANAGER"] == "http://127.0.0.1:4567"
    assert "AWS_ENDPOINT_URL" not in got
    assert got["AWS_REGION"] == got["AWS_DEFAULT_REGION"] == "us-east-1"
    assert got["AWS_ACCESS_KEY_ID"] and got["AWS_SECRET_ACCESS_KEY"]
    assert got["AWS_PAGER"] == "" and got["AWS_EC2_METADATA_DISABLED"] == "true"


def test_env_redirects_every_service_when_asked_to():
    got = evaluated("sh", "--all-services")
    assert got["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4566"
    assert "AWS_ENDPOINT_URL_SECRETS_MANAGER" not in got


def test_every_line_of_env_sets_or_unsets_and_ends_in_a_semicolon():
    for line in run("env").stdout.decode().splitlines():
        assert re.fullmatch(r"(export AWS_[A-Z0-9_]+=\S*|unset( AWS_[A-Z0-9_]+)+);", line)


# -- logs


def test_the_log_has_one_line_per_call_and_no_value(folder):
    with Pocketvault(folder, "--log-format", "json").start() as vault:
        with Wire(vault.url) as wire:
            made = wire.create("logged", "never to be seen")
            wire.call("GetSecretValue", {"SecretId": "logged"})
            missing = wire.call("GetSecretValue", {"SecretId": "missing"})
        assert vault.stop() == 0
        import json

        lines = [json.loads(line) for line in vault.log.read_text().splitlines()]
    calls = {line.get("request"): line for line in lines if "operation" in line}
    assert len(calls) == 3
    created = calls[made.headers["x-amzn-requestid"]]
    assert (created["operation"], created["resource"], created["status"]) == ("CreateSecret", "logged", 200)
    assert created["method"] == "POST" and created["ms"] >= 0
    refused = calls[missing.headers["x-amzn-requestid"]]
    assert (refused["status"], refused["error"]) == (400, "ResourceNotFoundException")
    assert "never to be seen" not in str(lines)


def test_a_name_cannot_forge_a_line_of_the_log(folder):
    with Pocketvault(folder, "--log-format", "text").start() as vault:
        with Wire(vault.url) as wire:
            wire.call("DescribeSecret", {"SecretId": "x\nforged line \x1b[2J"})
        assert vault.stop() == 0
        log = vault.log.read_text()
    assert "\nforged" not in log and "\x1b" not in log


def test_the_demo_vault_is_in_the_project():
    assert (ROOT / "seed/driftsentry.json").is_file()
