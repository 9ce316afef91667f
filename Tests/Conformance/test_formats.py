"""Import and export: the programs that the files are for read back what is in the vault."""

import base64
import ctypes
import glob
import http.server
import json
import os
import re
import stat
import subprocess
import threading

import pytest

from conftest import client_missing, client_program, make_client
from server import clean_environment, run
from test_terraform import PLAIN, workspace

TEXTS = [
    "x", " ", "\t", "\n", "\r", "\r\n", "'", '"', "`", "'\"`", "#", " #", "# x", "=", "a=b", "${HOME}",
    "$HOME", "$(id)", "`id`", "$${x}", "%{if true}", "%%{x}", "$", "${", "%", "\\", "a\\", "\\n", "'\\n",
    "a\nb", "a\r\nb\r\n", " lead", "trail ", "\u00a0x\u2028", "\ufeffx", "a\0b", "é", "e\u0301", "\u212b",
    "😀", '{"a":"b\\n"}', "null", "true", "1e5", "- a", "a: b", "---", "EOF", "<<EOT\nx\nEOT\n", '"q"',
    "'s'", "file:///etc/passwd", "https://example.com/?a=b&c=d#e", "--flag", "\x1b[31m", "\x7f", "\u0085",
    "\uffff", "; rm -rf /", "%s%n", "$'\\x41'", "-----BEGIN KEY-----\nMIIB\n-----END KEY-----\n",
    "C:\\new\\table", "p@ss:w0rd/#?&=+%20", "{{resolve:secretsmanager:x}}",
]  # fmt: skip
BINARIES = [b"\0", b"\xff\xfe\0text", b"text\0", b"plain text", bytes(range(256))]
FORMATS = ["json", "kubernetes", "aws-cli", "compose", "dotenv", "shell", "terraform"]
VARIABLES = [("dotenv", "docker"), ("dotenv", "node"), ("dotenv", "python"), ("dotenv", "systemd"), ("shell", "node")]


def values(count: int) -> list:
    """So many values: each of the texts and bytes, alone and then two and two together."""
    found = list(TEXTS) + list(BINARIES)
    for gap in range(1, len(TEXTS)):
        found += [TEXTS[i] + TEXTS[(i + gap) % len(TEXTS)] for i in range(len(TEXTS))]
    return found[:count]


def stored(aws, prefix: str) -> dict:
    """What the vault has under a prefix, by name."""
    found = {}
    more = {}
    while True:
        page = aws.batch_get_secret_value(Filters=[{"Key": "name", "Values": [prefix]}], **more)
        assert page["Errors"] == []
        for answer in page["SecretValues"]:
            found[answer["Name"]] = answer.get("SecretString", answer.get("SecretBinary"))
        if "NextToken" not in page:
            return found
        more = {"NextToken": page["NextToken"]}


class Commands:
    """`pocketvault import` and `export` against the module's server, as one account."""

    def __init__(self, server, account: str):
        self.account = account
        self.environment = clean_environment(
            AWS_ENDPOINT_URL=server.url, AWS_ACCESS_KEY_ID=account, AWS_SECRET_ACCESS_KEY="test", AWS_REGION="us-east-1"
        )
        self.aws = make_client(server.url, key=account)

    def fill(self, prefix: str, count: int) -> dict:
        """Makes secrets prefix + V0, V1, …; returns them by name."""
        made = {f"V{index}": value for index, value in enumerate(values(count))}
        document = {
            name: value if isinstance(value, str) else {"SecretBinary": base64.b64encode(value).decode()}
            for name, value in made.items()
        }
        self("import", "-", "--prefix", prefix, input=json.dumps(document).encode())
        made = {prefix + name: value for name, value in made.items()}
        assert stored(self.aws, prefix) == made
        return made

    def __call__(self, *arguments, code: int = 0, **options) -> subprocess.CompletedProcess:
        ended = run(*arguments, environment=self.environment, timeout=120, **options)
        assert ended.returncode == code, f"exit code {ended.returncode}: {ended.stderr[-3000:]}"
        return ended

    def export(self, *arguments, drop: dict) -> list[str]:
        """Exports, and what is refused is deleted from the vault and from `drop` before it tries again."""
        ended = run("export", *arguments, environment=self.environment, timeout=120)
        lines = ended.stderr.decode().splitlines()
        reasons = []
        while ended.returncode == 1:
            refused = [m for line in lines if (m := re.fullmatch(r"pocketvault: (\S+): (.*)", line))]
            assert refused, lines
            assert ended.stdout == b"" and not os.path.exists(arguments[-1]), "nothing is written"
            for match in refused:
                self.aws.delete_secret(SecretId=match[1], ForceDeleteWithoutRecovery=True)
                del drop[match[1]]
                reasons.append(match[2])
            ended = run("export", *arguments, environment=self.environment, timeout=120)
            lines = ended.stderr.decode().splitlines()
        assert ended.returncode == 0, lines
        self.exported = ended.stdout
        return reasons


@pytest.mark.parametrize("format", FORMATS)
def test_a_thousand_hostile_secrets_come_back_exactly_or_are_refused_by_name(server, folder, format):
    commands = Commands(server, f"81000000{FORMATS.index(format):04}")
    made = commands.fill("app/from/", 1000)
    path = f"{folder}/secrets.{format}"
    arguments = ["--format", format, "--dialect", "systemd", "--prefix", "app/from/", "--output", path]
    refused = commands.export(*arguments, drop=made)
    if format in ("json", "kubernetes", "aws-cli", "compose"):
        assert refused == []
    else:
        assert 0 < len(refused) < 400 and len(made) == 1000 - len(refused)

    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    whole = format in ("terraform", "aws-cli")
    if whole:
        for name in made:
            commands.aws.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    prefix = "app/from/" if whole else "app/to/"
    commands("import", path, "--dialect", "systemd", "--prefix", prefix)
    expected = {name.replace("app/from/", prefix): value for name, value in made.items()}
    assert stored(commands.aws, prefix) == expected


def read_by_node(path: str, folder: str) -> dict:
    program = client_program("node")
    script = "process.stdout.write(JSON.stringify(process.env))"
    ended = subprocess.run([program, "--env-file", path, "-e", script], env={}, capture_output=True, check=True)
    return json.loads(ended.stdout)


def read_by_python(path: str, folder: str) -> dict:
    import dotenv

    return dict(dotenv.dotenv_values(path))


def read_by_systemd(path: str, folder: str) -> dict:
    """By the function of systemd's own library that loads the files of units."""
    libraries = sorted(glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so"))
    if not libraries:
        client_missing("systemd")
    found = ctypes.POINTER(ctypes.c_char_p)()
    assert ctypes.CDLL(libraries[-1]).load_env_file(None, path.encode(), ctypes.byref(found)) >= 0
    lines = []
    while found[len(lines)]:
        lines.append(found[len(lines)].decode())
    return dict(line.split("=", 1) for line in lines)


def read_by_docker(path: str, folder: str) -> dict:
    """By the docker command, which reads the file itself and sends the variables to its daemon."""
    program = client_program("docker")
    received = []

    class Daemon(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path.split("?")[0].endswith("/containers/create"):
                received.append(json.loads(body)["Env"])
            answer = b'{"Id":"0123456789ab","Warnings":[]}' if self.command == "POST" else b"OK"
            self.send_response(201 if self.command == "POST" else 200)
            self.send_header("Api-Version", "1.44")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer)

        do_GET = do_HEAD = do_POST = answer

    daemon = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Daemon)
    threading.Thread(target=daemon.serve_forever, daemon=True).start()
    host = f"tcp://127.0.0.1:{daemon.server_port}"
    environment = clean_environment(HOME=folder, DOCKER_HOST=host)
    try:
        create = [program, "create", "--env-file", path, "image"]
        subprocess.run(create, env=environment, capture_output=True, check=True, timeout=60)
    finally:
        daemon.shutdown()
        daemon.server_close()
    return dict(line.split("=", 1) for line in received[0])


def read_by_shell(path: str, folder: str) -> dict:
    """By dash and by bash, which must agree."""
    environments = []
    for shell in ("sh", "bash"):
        command = [shell, "-c", '. "$1"; exec env -0', shell, path]
        ended = subprocess.run(command, env={"PATH": os.environ["PATH"]}, capture_output=True, check=True)
        lines = ended.stdout.decode().split("\0")[:-1]
        environments.append({n: v for n, v in (line.split("=", 1) for line in lines) if re.fullmatch(r"V\d+", n)})
    assert environments[0] == environments[1]
    return environments[0]


READERS = {"docker": read_by_docker, "node": read_by_node, "python": read_by_python, "systemd": read_by_systemd}


@pytest.mark.client
@pytest.mark.parametrize("format, dialect", VARIABLES)
def test_the_program_itself_reads_what_is_in_the_vault(server, folder, format, dialect):
    read = read_by_shell if format == "shell" else READERS[dialect]
    commands = Commands(server, f"82000000{VARIABLES.index((format, dialect)):04}")
    made = commands.fill("app/v/", 300)
    path = f"{folder}/file"
    commands.export("--format", format, "--dialect", dialect, "--prefix", "app/v/", "--output", path, drop=made)
    assert len(made) > 150
    got = read(path, folder)
    assert {f"app/v/{name}": got[name] for name in got if re.fullmatch(r"V\d+", name)} == made


@pytest.mark.client
def test_kubectl_reads_the_same_bytes(server, folder):
    program = client_program("kubectl")
    commands = Commands(server, "830000000001")
    made = commands.fill("app/prod/", 200)
    document = commands("export", "--format", "kubernetes", "--prefix", "app/prod/").stdout
    label = [program, "label", "--local", "-f", "-", "-o", "json", "a=b"]
    read = json.loads(subprocess.run(label, input=document, capture_output=True, check=True).stdout)
    assert read["metadata"]["name"] == "app-prod"
    got = {f"app/prod/{key}": base64.b64decode(value) for key, value in read["data"].items()}
    assert got == {n: v.encode() if isinstance(v, str) else v for n, v in made.items()}
    # What kubectl prints is imported too, in YAML and in JSON.
    for output in ("yaml", "json"):
        label[label.index("-o") + 1] = output
        printed = subprocess.run(label, input=document, capture_output=True, check=True).stdout
        commands("import", "-", "--prefix", f"{output}/", input=printed)
        assert stored(commands.aws, f"{output}/") == {n.replace("app/prod/", f"{output}/"): v for n, v in made.items()}


@pytest.mark.cli
def test_the_script_makes_the_same_secrets_with_the_aws_cli(server, folder):
    commands = Commands(server, "840000000001")
    chosen = ["'\"`$(id)${x}\\", "a\r\nb\n", "é😀e\u0301", "file:///etc/passwd", "a\0b", b"\xff\0text"]
    for index, value in enumerate(chosen):
        member = "SecretString" if isinstance(value, str) else "SecretBinary"
        commands.aws.create_secret(
            Name=f"app/{index}", Description="What 'it' is", Tags=[{"Key": "a b", "Value": "it's"}], **{member: value}
        )
    commands("export", "--format", "aws-cli", "--output", f"{folder}/secrets.sh")
    environment = {**commands.environment, "AWS_ACCESS_KEY_ID": "840000000002", "LC_ALL": "C"}
    environment["AWS_DEFAULT_REGION"] = "us-east-1"  # Version 1 of the CLI knows no other name.
    environment["PATH"] = os.path.dirname(client_program("aws")) + ":" + os.environ["PATH"]
    made = subprocess.run(["sh", f"{folder}/secrets.sh"], env=environment, capture_output=True, timeout=240)
    assert made.returncode == 0, made.stderr
    other = make_client(server.url, key="840000000002")
    assert stored(other, "app/") == stored(commands.aws, "app/")
    described = other.describe_secret(SecretId="app/0")
    assert described["Description"] == "What 'it' is"
    assert described["Tags"] == [{"Key": "a b", "Value": "it's"}]
    # A second run makes nothing, and says why.
    again = subprocess.run(["sh", f"{folder}/secrets.sh"], env=environment, capture_output=True, timeout=60)
    assert again.returncode != 0 and b"ResourceExistsException" in again.stderr


@pytest.mark.client
def test_terraform_imports_what_is_there_and_then_differs_in_nothing(server):
    commands = Commands(server, "850000000001")
    made = commands.fill("app/prod/", 80)
    commands.aws.tag_resource(SecretId="app/prod/V0", Tags=[{"Key": "it's", "Value": "${x}"}])
    commands.aws.update_secret(SecretId="app/prod/V0", Description='"${x}"')
    with workspace(server, "none", commands.account) as terraform:
        path = terraform.folder / "secrets.tf"
        commands.export("--format", "terraform", "--prefix", "app/prod/", "--output", str(path), drop=made)
        versions = {n: commands.aws.get_secret_value(SecretId=n)["VersionId"] for n in made}
        terraform("init", *PLAIN)
        applied = terraform("apply", "-auto-approve", *PLAIN)
        assert f"{2 * len(made)} imported, 0 added" in applied and "0 destroyed" in applied
        terraform("plan", "-detailed-exitcode", *PLAIN)
        assert stored(commands.aws, "app/prod/") == made
        assert versions == {n: commands.aws.get_secret_value(SecretId=n)["VersionId"] for n in made}


def test_a_compose_file_and_its_values_are_for_the_owner_alone(server, folder):
    commands = Commands(server, "860000000001")
    made = commands.fill("app/", 70)
    commands("export", "--format", "compose", "--prefix", "app/", "--output", f"{folder}/my.compose.yaml")
    import yaml

    document = yaml.safe_load(open(f"{folder}/my.compose.yaml").read())
    got = {}
    for name, secret in document["secrets"].items():
        path = os.path.join(folder, secret["file"])
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        got[f"app/{name}"] = open(path, "rb").read()
    assert got == {n: v.encode() if isinstance(v, str) else v for n, v in made.items()}
    assert stat.S_IMODE(os.stat(f"{folder}/my.compose.d").st_mode) == 0o700


def test_an_env_file_goes_in_under_a_prefix_and_comes_back(server, folder):
    """Row 6 of the scenario, typed as it stands."""
    commands = Commands(server, "870000000001")
    secret = base64.b64encode(bytes(range(64))).decode()
    text = (
        "DATABASE_URL=postgresql://app:invented@localhost:5432/driftsentry\n"
        f"REDIS_URL=redis://localhost:6379/0\nJWT_SECRET='{secret[:44]}\n{secret[44:]}'\n"
    )
    with open(f"{folder}/.env.local", "w") as file:
        file.write(text)
    commands("import", ".env.local", "--prefix", "driftsentry/local/", cwd=folder)
    assert stored(commands.aws, "driftsentry/local/") == {
        "driftsentry/local/DATABASE_URL": "postgresql://app:invented@localhost:5432/driftsentry",
        "driftsentry/local/REDIS_URL": "redis://localhost:6379/0",
        "driftsentry/local/JWT_SECRET": f"{secret[:44]}\n{secret[44:]}",
    }
    back = commands("export", "--format", "dotenv", "--prefix", "driftsentry/local/").stdout.decode()
    assert sorted(back.splitlines()) == sorted(text.splitlines())
