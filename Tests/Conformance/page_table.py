"""What the pages speak of and do not have: files, programs of others, and commands that cannot run here, each with
its reason. A command stands here as it stands on its page, so that a changed or a new one is run."""

import dataclasses
import hashlib
import io
import json
import pathlib
import subprocess
import tarfile
import tempfile

BUILDS = "it builds; the test has the binary under test"
ENGINE = "it needs an engine for containers"
AS_ROOT = "it changes the machine; test_packages.py has the package in a folder"
REAL_AWS = "it asks AWS"

PROGRAM = "#!/bin/sh\n"
# What an application of a page is: it wants its variable.
WANTS_URL = PROGRAM + 'exec test -n "$DATABASE_URL"\n'
# Of versions 1 and 2 of the AWS CLI.
AWS_REFUSED = (255, 254)
SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/prod/"


@dataclasses.dataclass
class Page:
    # What a server is started with, before the first command, where the page starts none.
    serve: str = "pocketvault serve --seed seed/driftsentry.json"
    files: dict[str, str | bytes] = dataclasses.field(default_factory=dict)
    # Stand-ins for programs that the page's commands call.
    programs: dict[str, str] = dataclasses.field(default_factory=dict)
    not_run: dict[str, str] = dataclasses.field(default_factory=dict)
    # Exit codes other than 0, which the page names.
    ends: dict[str, tuple[int, ...]] = dataclasses.field(default_factory=dict)
    # Text that must be in what a command prints.
    shows: dict[str, str] = dataclasses.field(default_factory=dict)
    # Goes on in a terminal of its own, and has said this by the time that the next one is typed.
    beside: dict[str, str] = dataclasses.field(default_factory=dict)
    # Goes on until Ctrl-C.
    follows: tuple[str, ...] = ()
    # The page says that nobody serves the vault then.
    unserved: tuple[str, ...] = ()


def tarball() -> dict[str, bytes]:
    """A release as docs/install.md has it; its program leads to the one under test."""
    name = "pocketvault-0.1.0-linux-x64.tar.gz"
    program = f'{PROGRAM}exec pocketvault "$@"\n'.encode()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        member = tarfile.TarInfo("./pocketvault")
        member.size, member.mode = len(program), 0o755
        archive.addfile(member, io.BytesIO(program))
    digest = hashlib.sha256(packed.getvalue()).hexdigest()
    return {name: packed.getvalue(), "SHA256SUMS": f"{digest}  {name}\n{'0' * 64}  another.deb\n".encode()}


def certificate() -> dict[str, bytes]:
    """A certificate of one's own, as somebody signed it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [f"{folder}/vault.key", f"{folder}/vault.pem"]
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost"]
        subprocess.run(["openssl", "req", *kind, "-keyout", paths[0], "-out", paths[1]], check=True, capture_output=True)
        return {pathlib.Path(path).name: pathlib.Path(path).read_bytes() for path in paths}


LISTED = {
    "SecretList": [
        {
            "ARN": f"{SECRET}{name}-Ab12Cd",
            "Name": f"app/prod/{name}",
            "Tags": [{"Key": "Environment", "Value": "production"}],
            "SecretVersionsToStages": {"29e0b3e0-9ac1-40ec-9732-1813469ce3e4": ["AWSCURRENT"]},
        }
        for name in ("database-url", "api-keys")
    ]
}

AS_THE_ROLE = """\
(export $(printf 'AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_SESSION_TOKEN=%s' $(aws sts assume-role \
--role-session-name task --role-arn arn:aws:iam::000000000000:role/driftsentry-ecs-task-role \
--query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text))
aws secretsmanager get-secret-value --secret-id driftsentry/prod/database-url
aws secretsmanager get-secret-value --secret-id driftsentry/stage/database-url)"""

PAGES = {
    "README.md": Page(
        not_run={"make run": BUILDS, "make test": BUILDS},
        shows={
            "aws secretsmanager get-secret-value --secret-id app/key --version-stage AWSPREVIOUS": '"SecretString": "one"',
            "pocketvault get app/key": "two",
            "curl http://127.0.0.1:4566 --aws-sigv4 aws:amz:us-east-1:secretsmanager --user test:test"
            " -H 'Content-Type: application/x-amz-json-1.1' -H 'X-Amz-Target: secretsmanager.GetSecretValue'"
            """ -d '{"SecretId":"app/key"}'""": '"SecretString":"two"',
        },
    ),
    "docs/index.md": Page(
        files={"server": PROGRAM + 'exec test -n "$AWS_ENDPOINT_URL_SECRETS_MANAGER$DATABASE_URL"\n'},
        programs={"xdg-open": "exit 0"},
        shows={
            "pocketvault list app/": "app/dev/api-keys\napp/dev/database-url\n",
            "pocketvault audit --secret app/dev/database-url": "GetSecretValue",
            "pytest test_app.py": "1 passed",
            "pocketvault list driftsentry/": "driftsentry/prod/database-url\n",
        },
    ),
    "docs/access.md": Page(
        files={"server": PROGRAM + 'exec test -n "$AWS_CONTAINER_CREDENTIALS_FULL_URI"\n'},
        ends={AS_THE_ROLE: AWS_REFUSED},
        shows={
            AS_THE_ROLE: "because no identity-based policy allows the secretsmanager:GetSecretValue action",
            "pocketvault policy explain": 'Nearest: statement 1 ("ReadProduction") of the identity-based policy',
            "pocketvault policy simulate --action secretsmanager:GetSecretValue --secret driftsentry/dev/redis-url"
            " --principal arn:aws:iam::000000000000:role/driftsentry-ecs-task-role": "Denied",
            "pocketvault audit --refused": "driftsentry/stage/database-url",
        },
        follows=("pocketvault audit --follow --json",),
    ),
    "docs/check.md": Page(
        programs={"docker": "echo a line of a log"},
        files={".git/HEAD": "ref: refs/heads/main\n", ".git/refs/x": "", ".git/objects/x": ""},
        ends={"pocketvault check --scan . --scan-git": (1,)},
        shows={"pocketvault check --scan . --scan-git": "[value-in-file]"},
    ),
    "docs/commands.md": Page(
        not_run={
            "pocketvault copy --from http://127.0.0.1:4566 --to aws:eu-west-1 --values --dry-run": REAL_AWS,
            "pocketvault copy --from aws:eu-west-1 --from-profile prod --to http://127.0.0.1:4566": REAL_AWS,
        }
    ),
    "docs/demo.md": Page(programs={"xdg-open": "exit 0"}, follows=("pocketvault audit --follow",)),
    "docs/docker.md": Page(
        not_run={
            "docker build -f docker/Dockerfile -t pocketvault .": ENGINE,
            "docker run --rm -p 127.0.0.1:4566:4566 -v vault:/data pocketvault": ENGINE,
            "docker compose -f docker/compose.yaml up --build": ENGINE,
        }
    ),
    "docs/ecs.md": Page(
        files={"backend": PROGRAM + "echo up\nexec sleep 60\n"},
        beside={"pocketvault exec --cluster driftsentry-cluster --service driftsentry-backend -- ./backend": "up"},
    ),
    "docs/exec.md": Page(
        files={"server": WANTS_URL},
        programs={"docker": "exec test -s secrets/DATABASE_URL"},
    ),
    "docs/formats.md": Page(
        files={".env.local": "DATABASE_URL=postgresql://localhost/app\n"},
        programs={
            "kubectl": "exec grep -q '^kind: Secret'",
            "sops": "echo FROM_SOPS=one",
            "dotenvx": "echo FROM_DOTENVX=one",
        },
        not_run={"docker compose -f compose.yaml -f compose.secrets.yaml up": ENGINE},
    ),
    "docs/install.md": Page(
        files=tarball(),
        not_run={
            "apt install ./pocketvault_0.1.0_amd64.deb": AS_ROOT,
            "systemctl enable --now pocketvault": AS_ROOT,
            "systemctl edit pocketvault": AS_ROOT,
            "pip install ./pocketvault-0.1.0-py3-none-manylinux_2_35_x86_64.whl": AS_ROOT,
        },
    ),
    "docs/rotation.md": Page(
        shows={"pocketvault history driftsentry/dev/jwt-secret": "RotateSecret"},
    ),
    "docs/seeds.md": Page(
        files={"list.json": json.dumps(LISTED)},
        not_run={"aws secretsmanager list-secrets --profile prod > list.json": REAL_AWS},
        shows={"pocketvault seed apply list.json --synthesize": "created secret app/prod/database-url"},
    ),
    "docs/testing.md": Page(
        serve="pocketvault serve --database :memory:",
        shows={"pytest test_app.py": "2 passed"},
    ),
    "docs/tls.md": Page(files=certificate()),
    "docs/upkeep.md": Page(
        unserved=(
            "pocketvault key rotate --database .pocketvault/vault.db",
            "pocketvault key rotate --database .pocketvault/vault.db --new-master-key-file vault.key",
            "POCKETVAULT_NEW_PASSPHRASE='correct horse' pocketvault key rotate --database .pocketvault/vault.db",
        ),
    ),
}
