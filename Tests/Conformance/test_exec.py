"""`pocketvault exec` with a real program: one that reads DATABASE_URL and answers over HTTP."""

import json
import os
import pathlib
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

import boto3
import pytest

from relay import Relay
from server import ROOT, Pocketvault, binary, clean_environment, read_line

SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:driftsentry/prod"
APPLICATION = """
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["DATABASE_URL"].encode())
    def log_message(self, *_): pass
http.server.HTTPServer.allow_reuse_address = True
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
print(f"listening on {server.server_port} as {os.getpid()}", flush=True)
server.serve_forever()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Pocketvault(
        tmp_path_factory.mktemp("exec"), "--seed", ROOT / "seed" / "driftsentry.json"
    ) as running:
        yield running


@pytest.fixture
def secrets(server):
    return client(server)


def client(server, service="secretsmanager"):
    return boto3.client(service, endpoint_url=server.url, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


def environment(server) -> dict[str, str]:
    return clean_environment(AWS_ENDPOINT_URL_SECRETS_MANAGER=server.url)


def run_exec(server, *arguments, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [binary(), "exec", *map(str, arguments)], env=environment(server), text=True,
        capture_output=True, timeout=30, **options,
    )


def task(folder, valueFrom: str, **more) -> pathlib.Path:
    path = pathlib.Path(folder) / "task.json"
    path.write_text(json.dumps({
        "family": "driftsentry-backend",
        "containerDefinitions": [{
            "name": "backend", "image": "driftsentry",
            "secrets": [{"name": "DATABASE_URL", "valueFrom": valueFrom}],
        }],
    } | more))
    return path


class Application:
    """The program under exec."""

    def __init__(self, server, *arguments, port=0, **popen):
        command = [binary(), "exec", *map(str, arguments), "--", sys.executable, "-c", APPLICATION]
        self.process = subprocess.Popen([*command, str(port)], env=environment(server), text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **popen)
        self.next_start()

    def next_start(self):
        words = read_line(self.process).split()
        assert words, self.process.stderr.read()
        self.port, self.number = int(words[2]), int(words[4])

    def ask(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
            return answer.read().decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=20)


def test_a_task_definition_names_a_secret_without_its_suffix(server, secrets, folder):
    path = task(folder, f"{SECRET}/database-url")
    value = secrets.get_secret_value(SecretId="driftsentry/prod/database-url")["SecretString"]
    with Application(server, "--task-definition", path) as application:
        assert application.ask() == value
        # Nothing stands between the program and its parent.
        assert application.number == application.process.pid
    assert application.process.returncode == -signal.SIGTERM


def test_the_trap_of_six_letters_is_aws_own(server, secrets, folder):
    result = run_exec(
        server, "--task-definition", task(folder, f"{SECRET}/jwt-secret"), "--", "env"
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert re.sub("request id: [0-9a-f-]{36}", "request id: ID", result.stderr) == (
        "pocketvault: DATABASE_URL: ResourceInitializationError: unable to pull secrets or"
        " registry auth: execution resource retrieval failed: unable to retrieve secret from asm:"
        f" service call has been retried 1 time(s): failed to fetch secret {SECRET}/jwt-secret"
        " from secrets manager: ResourceNotFoundException: Secrets Manager can't find the"
        " specified secret. status code: 400, request id: ID\n"
    )
    whole = secrets.describe_secret(SecretId="driftsentry/prod/jwt-secret")["ARN"]
    result = run_exec(server, "--task-definition", task(folder, whole), "--",
                      sys.executable, "-c", "import os; print(repr(os.environ['DATABASE_URL']))")
    value = secrets.get_secret_value(SecretId=whole)["SecretString"]
    assert "\n" in value and result.stdout == f"{value!r}\n"


@pytest.mark.parametrize("rest, value", [
    (":username::", "one"), ("::AWSCURRENT:", None), (":username:AWSPREVIOUS:", "zero"),
    (":port::", "5432"), (":big::", "1e+06"), (":on::", "true"), (":none::", "<nil>"),
    (":deep::", "map[a:1 b:[x 2]]"),
])
def test_the_grammar_of_value_from(server, secrets, folder, account, rest, value):
    name = f"grammar/{account}"
    for username in ("zero", "one"):
        text = json.dumps({"username": username, "port": 5432, "big": 1_000_000, "on": True,
                           "none": None, "deep": {"b": ["x", 2], "a": 1}})
        if username == "zero":
            arn = secrets.create_secret(Name=name, SecretString=text)["ARN"]
        else:
            secrets.put_secret_value(SecretId=name, SecretString=text)
    result = run_exec(server, "--task-definition", task(folder, arn + rest), "--",
                      "printenv", "DATABASE_URL")
    assert result.stdout == (value or text) + "\n", result.stderr
    by_id = secrets.list_secret_version_ids(SecretId=arn)["Versions"]
    previous = next(v["VersionId"] for v in by_id if "AWSPREVIOUS" in v["VersionStages"])
    result = run_exec(server, "--task-definition", task(folder, f"{arn}:username::{previous}"),
                      "--", "printenv", "DATABASE_URL")
    assert result.stdout == "zero\n"


def test_a_changed_secret_restarts_the_program_with_the_new_value(server, secrets, account):
    name = f"watch/{account}/database-url"
    secrets.create_secret(Name=name, SecretString="one")
    with Application(server, "--secret", name, "--watch") as application:
        assert application.ask() == "one"
        secrets.put_secret_value(SecretId=name, SecretString="two")
        application.next_start()
        assert application.ask() == "two"
        # Reading it, and describing it otherwise, is no change.
        first = application.number
        secrets.get_secret_value(SecretId=name)
        secrets.tag_resource(SecretId=name, Tags=[{"Key": "a", "Value": "b"}])
        time.sleep(1)
        assert application.ask() == "two"
        versions = secrets.list_secret_version_ids(SecretId=name)["Versions"]
        ids = {label: v["VersionId"] for v in versions for label in v["VersionStages"]}
        secrets.update_secret_version_stage(
            SecretId=name, VersionStage="AWSCURRENT", MoveToVersionId=ids["AWSPREVIOUS"],
            RemoveFromVersionId=ids["AWSCURRENT"],
        )
        application.next_start()
        assert application.number != first and application.ask() == "one"
    assert application.process.returncode == 128 + signal.SIGTERM


def test_a_watch_outlives_the_server(folder):
    with Pocketvault(folder) as server:
        port = server.port
        secrets = client(server)
        secrets.create_secret(Name="database-url", SecretString="one")
        with Application(server, "--secret", "database-url", "--watch") as application:
            server.stop()
            again = Pocketvault(folder, "--port", port)
            with again:
                client(again).put_secret_value(SecretId="database-url", SecretString="two")
                application.next_start()
                assert application.ask() == "two"


class LateStream(Relay):
    """In front of a server: what it is asked goes on at once, but for the stream of events, which waits."""

    def __init__(self, server):
        self.is_asked = threading.Event()
        self.may_begin = threading.Event()
        super().__init__(urllib.parse.urlsplit(server.url).port)
        self.url = f"http://127.0.0.1:{self.port}"

    def hear(self, data: bytes, is_answer: bool) -> None:
        if not is_answer and data.startswith(b"GET /_pocketvault/stream"):
            self.is_asked.set()
            self.may_begin.wait(60)


def test_a_change_is_seen_that_came_before_it_listened(server, secrets, account):
    name = f"watched/{account}/key"
    secrets.create_secret(Name=name, SecretString="one")
    front = LateStream(server)
    process = subprocess.Popen(
        [binary(), "exec", "--secret", name, "--watch", "--", "sh", "-c", "echo $KEY; exec sleep 60"],
        env=environment(front), stdout=subprocess.PIPE,
    )
    assert read_line(process) == b"one\n"
    assert front.is_asked.wait(20)
    secrets.put_secret_value(SecretId=name, SecretString="two")
    front.may_begin.set()
    assert read_line(process) == b"two\n"
    process.terminate()
    assert process.wait(20) == 128 + signal.SIGTERM
    front.close()


def test_no_value_is_on_a_command_line_or_in_a_log(server, secrets):
    value = secrets.get_secret_value(SecretId="driftsentry/prod/database-url")["SecretString"]
    with Application(server, "--secret", "driftsentry/prod/database-url", "--watch") as application:
        assert application.ask() == value
        for number in (application.process.pid, application.number):
            line = pathlib.Path(f"/proc/{number}/cmdline").read_bytes()
            assert value.encode() not in line
    assert value not in server.log.read_text()


def test_an_env_file_holds_references_and_is_not_interpolated(server, secrets, folder):
    path = pathlib.Path(folder) / ".env"
    arn = secrets.describe_secret(SecretId="driftsentry/prod/api-keys")["ARN"]
    path.write_text(
        "A={{resolve:secretsmanager:driftsentry/prod/api-keys:SecretString:stripe}}\n"
        f"B={arn}:sentry::\n"
        f"C={{{{resolve:secretsmanager:{arn}:SecretString:stripe:AWSCURRENT}}}}\n"
        "D='$A and {{resolve:secretsmanager:driftsentry/prod/api-keys}}'\n"
    )
    result = run_exec(server, "--env-file", path, "--", "sh", "-c",
                      'printf "%s\\n" "$A" "$B" "$C" "$D"')
    keys = json.loads(secrets.get_secret_value(SecretId=arn)["SecretString"])
    assert result.stdout.splitlines() == [
        keys["stripe"], keys["sentry"], keys["stripe"],
        "$A and {{resolve:secretsmanager:driftsentry/prod/api-keys}}",
    ], result.stderr
    path.write_text("A={{resolve:secretsmanager:nothing}}\n")
    result = run_exec(server, "--env-file", path, "--", "echo", "started")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("pocketvault: A: ResourceNotFoundException")
    path.write_text("A={{resolve:secretsmanager:a:SecretBinary}}\n")
    assert run_exec(server, "--env-file", path, "--", "true").stderr.startswith(
        f"pocketvault: A: {path}, line 1: "
    )


def test_files_are_in_memory_private_and_gone_afterwards(server, folder):
    script = (
        "import os, sys\n"
        "path = sys.argv[1] + '/DATABASE_URL'\n"
        "print(open(path).read() == os.environ['DATABASE_URL'])\n"
        "print(oct(os.stat(path).st_mode & 0o777))\n"
        "print(os.path.realpath(path))\n"
    )
    place = f"{folder}/secrets"
    result = run_exec(server, "--secret", "driftsentry/prod/database-url", "--files", place,
                      "--", sys.executable, "-c", script, place)
    shown = result.stdout.splitlines()
    assert shown[:2] == ["True", "0o400"], result.stderr
    # The folder of this run; other runs may have theirs beside it.
    in_memory = os.path.dirname(shown[2])
    assert re.fullmatch(r"/dev/shm/pocketvault-files-\d+", in_memory)
    assert not os.path.lexists(place) and not os.path.lexists(in_memory)
    os.mkdir(place)
    pathlib.Path(place, "DATABASE_URL").write_text("mine")
    result = run_exec(server, "--secret", "driftsentry/prod/database-url", "--files", place,
                      "--", "true")
    assert result.returncode == 1 and "overwrites nothing" in result.stderr
    assert pathlib.Path(place, "DATABASE_URL").read_text() == "mine"


def test_a_restart_puts_new_values_into_the_files(server, secrets, account, folder):
    name = f"files/{account}/key"
    secrets.create_secret(Name=name, SecretString="one")
    place = f"{folder}/secrets"
    process = subprocess.Popen(
        [binary(), "exec", "--secret", name, "--files", place, "--watch", "--", "sh", "-c",
         f"cat {place}/KEY; echo; exec sleep 60"],
        env=environment(server), stdout=subprocess.PIPE,
    )
    assert read_line(process) == b"one\n"
    secrets.put_secret_value(SecretId=name, SecretString="two")
    assert read_line(process) == b"two\n"
    process.terminate()
    assert process.wait(20) == 128 + signal.SIGTERM
    assert not os.path.lexists(place)


def test_what_a_killed_run_left_is_removed_by_the_next(server, folder):
    place = f"{folder}/secrets"
    process = subprocess.Popen(
        [binary(), "exec", "--secret", "driftsentry/prod/database-url", "--files", place, "--",
         "sh", "-c", "echo ready; exec sleep 2"],
        env=environment(server), stdout=subprocess.PIPE,
    )
    assert read_line(process) == b"ready\n"
    process.kill()
    process.wait()
    left = f"/dev/shm/pocketvault-files-{process.pid}"
    assert os.path.isdir(left)
    result = run_exec(server, "--secret", "driftsentry/prod/database-url", "--files", place,
                      "--", "cat", f"{place}/DATABASE_URL")
    assert result.returncode == 0, result.stderr
    assert not os.path.exists(left)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root acts for two users")
def test_what_somebody_else_laid_out_like_an_abandoned_run_leads_nowhere(server):
    victim, stranger = 65534, 1234
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o755)
        program = shutil.copy(binary(), home)
        theirs = pathlib.Path(home, "theirs")
        theirs.mkdir()
        (theirs / "kept").write_text("kept")
        for path in (theirs, theirs / "kept"):
            os.chown(path, victim, victim)
        laid_out = pathlib.Path("/dev/shm/pocketvault-files-2147483647")
        laid_out.mkdir(mode=0o755)
        try:
            (laid_out / "link").symlink_to(theirs)
            os.chown(laid_out, stranger, stranger)
            ended = subprocess.run(
                [program, "exec", "--secret", "driftsentry/prod/database-url", "--files",
                 f"{theirs}/secrets", "--", "true"],
                env=environment(server), text=True, capture_output=True, timeout=30,
                user=victim, group=victim, extra_groups=[], cwd=home,
            )
            assert ended.returncode == 0, ended.stderr
            assert (theirs / "kept").read_text() == "kept"
            assert (laid_out / "link").is_symlink()
        finally:
            shutil.rmtree(laid_out)


class TypedInto:
    """Exec in a terminal of its own."""

    def __init__(self, server, script):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(binary(), ["pocketvault", "exec", "--watch", "--", "sh", "-c", script],
                      environment(server))
        self.shown = b""

    def wait_for(self, text: bytes):
        end = time.monotonic() + 20
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            try:
                self.shown += os.read(self.terminal, 1_000)
            except OSError:
                assert text in self.shown, self.shown

    def type(self, text: bytes):
        os.write(self.terminal, text)

    def exit_code(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_a_terminal_is_lent_to_the_program(server):
    typed = TypedInto(server, "echo ready; read line; echo got $line; exit 3")
    typed.wait_for(b"ready")
    typed.type(b"calm\n")
    typed.wait_for(b"got calm")
    assert typed.exit_code() == 3


def test_ctrl_c_is_for_the_program(server):
    typed = TypedInto(server, "trap 'echo caught; exit 5' INT; echo ready; while :; do sleep 0.05; done")
    typed.wait_for(b"ready")
    typed.type(b"\x03")
    typed.wait_for(b"caught")
    assert typed.exit_code() == 5
    typed = TypedInto(server, "echo ready; exec sleep 60")
    typed.wait_for(b"ready")
    typed.type(b"\x03")
    assert typed.exit_code() == 130


def test_it_ends_as_its_program_does_while_it_still_listens(server):
    """What libraries clean up at the end is not taken from under the thread that listens."""
    for code in range(40):
        result = run_exec(server, "--watch", "--", "sh", "-c", f"exit {code}")
        assert (result.returncode, result.stderr) == (code, "")


def test_ctrl_z_stops_exec_too_and_both_go_on(server):
    typed = TypedInto(server, "echo ready; read line; echo got $line")
    typed.wait_for(b"ready")
    typed.type(b"\x1a")
    _, status = os.waitpid(typed.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    os.kill(typed.pid, signal.SIGCONT)
    typed.type(b"calm\n")
    typed.wait_for(b"got calm")
    assert typed.exit_code() == 0


def test_the_execution_role_decides_where_policies_are_enforced(folder):
    with Pocketvault(folder, "--iam", "enforce") as server:
        iam, secrets = client(server, "iam"), client(server)
        role = "arn:aws:iam::000000000000:role/execution"
        arn = secrets.create_secret(Name="prod/database-url", SecretString="calm")["ARN"]
        path = task(folder, arn, executionRoleArn=role)

        def outcome():
            result = run_exec(server, "--task-definition", path, "--", "printenv", "DATABASE_URL")
            return result.stdout.strip() or result.stderr

        unable = f"ECS was unable to assume the role '{role}'"
        assert unable in outcome()
        statement = {"Effect": "Allow", "Action": "sts:AssumeRole",
                     "Principal": {"AWS": "000000000000"}}
        trust = {"Version": "2012-10-17", "Statement": [statement]}
        iam.create_role(RoleName="execution", AssumeRolePolicyDocument=json.dumps(trust))
        assert unable in outcome()
        statement["Principal"] = {"Service": "ecs-tasks.amazonaws.com"}
        iam.update_assume_role_policy(RoleName="execution", PolicyDocument=json.dumps(trust))
        assert "AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/execution/" in (
            outcome()
        )
        read = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn}
        iam.put_role_policy(
            RoleName="execution", PolicyName="read",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [read]}),
        )
        assert outcome() == "calm"
        path = task(folder, arn)
        assert "you must also specify a value for 'executionRoleArn'." in outcome()
