"""A PostgreSQL of a test's own, in a folder of its own, and a proxy that sees what is said to it."""

import glob
import json
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

from pg8000.exceptions import DatabaseError, InterfaceError
from pg8000.native import Connection, identifier, literal

from relay import Relay
from rotation_function import finish, put_pending, versions_to_rotate
from server import free_port

ADMINISTRATOR = "administrator"


def program(name: str) -> str | None:
    """The newest one that is installed; Debian has them outside PATH."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: int(path.split("/")[4]))
    return found[-1] if found else shutil.which(name)


def is_installed() -> bool:
    return program("initdb") is not None and program("postgres") is not None


def login(secret: dict):
    """A connection as the secret describes it, or None."""
    try:
        return Connection(
            secret["username"],
            host=secret["host"],
            port=int(secret.get("port", 5432)),
            database=secret.get("dbname") or "postgres",
            password=secret["password"],
            timeout=30,
        )
    except (DatabaseError, InterfaceError):
        return None


def can_log_in(secret: dict) -> bool:
    connection = login(secret)
    if connection is None:
        return False
    try:
        return connection.run("SELECT 1") == [[1]]
    finally:
        connection.close()


class PostgreSQL:
    """One cluster on a free port. It refuses to run as root, who becomes somebody else for it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pocketvault-postgresql-"))
        self.password = "administrator's own"
        self.user = {}
        if os.getuid() == 0:
            names = [entry.pw_name for entry in pwd.getpwall()]
            user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.process = None

    def start(self) -> "PostgreSQL":
        data, password = self.folder / "data", self.folder / "password"
        password.write_text(self.password + "\n")
        self.run(
            "initdb", "--no-sync", "--no-locale", "--encoding=UTF8", f"--pgdata={data}",
            f"--username={ADMINISTRATOR}", f"--pwfile={password}", "--auth=scram-sha-256",
        )  # fmt: skip
        self.port = free_port()
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            # Every statement as it was sent, so that a test can look for what must not be there.
            "log_statement": "all",
            "password_encryption": "scram-sha-256",
        }
        command = [program("postgres"), "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self.user)
        end = time.monotonic() + 30
        while not can_log_in(self.administrator()):
            if time.monotonic() > end or self.process.poll() is not None:
                raise TimeoutError(f"PostgreSQL does not start: {self.log()}")
            time.sleep(0.05)
        return self

    def run(self, name, *arguments):
        done = subprocess.run(
            [program(name), *arguments], capture_output=True, cwd=self.folder, timeout=120, **self.user
        )
        if done.returncode != 0:
            raise ChildProcessError(f"{name}: {done.stderr.decode(errors='replace')}")

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def secret(self, username: str, password: str, **members) -> dict:
        """What the secret of a role holds."""
        where = {"engine": "postgres", "host": "127.0.0.1", "port": self.port, "dbname": "postgres"}
        return where | {"username": username, "password": password} | members

    def administrator(self) -> dict:
        return self.secret(ADMINISTRATOR, self.password)

    def execute(self, *statements: str) -> list:
        connection = login(self.administrator())
        try:
            return [connection.run(statement) for statement in statements]
        finally:
            connection.close()

    def make_role(self, name: str, password: str) -> dict:
        """A role that may log in, and the secret of it."""
        self.execute(f"CREATE ROLE {identifier(name)} WITH LOGIN PASSWORD {literal(password)}")
        return self.secret(name, password)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            # Fast: it ends all connections, and then itself.
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Proxy(Relay):
    """Stands between the vault and PostgreSQL. `on` is called with what has happened, before it goes
    on: `("connected", n)` and `("done", command)`, as in `("done", "ALTER ROLE")`."""

    def __init__(self, port: int):
        self.forget()
        super().__init__(port)

    def begin(self) -> None:
        self.connections += 1
        self.on("connected", self.connections)

    def hear(self, data: bytes, is_answer: bool) -> None:
        if not is_answer:
            return
        # CommandComplete: `C`, its length, the command with a NUL.
        for command in (b"ALTER ROLE", b"CREATE ROLE", b"GRANT ROLE", b"SELECT 1"):
            if b"C" + (len(command) + 5).to_bytes(4, "big") + command + b"\0" in data:
                self.on("done", command.decode())

    def forget(self) -> None:
        self.connections = 0
        self.on = lambda *_: None


def function(users: str):
    """A rotation function over pg8000 that makes the calls of AWS's published ones for PostgreSQL."""

    def single_or_alternating(event, aws):
        PostgreSQLFunction(event, aws, users).rotate()

    return single_or_alternating


class PostgreSQLFunction:
    def __init__(self, event, aws, users):
        self.event, self.aws, self.users = event, aws, users
        self.arn, self.token = event["SecretId"], event["ClientRequestToken"]

    def rotate(self):
        versions = versions_to_rotate(self.event, self.aws)
        if versions is None:
            return
        step = self.event["Step"]
        if step == "createSecret":
            value = self.secret("AWSCURRENT")
            try:
                self.pending()
            except self.aws.exceptions.ResourceNotFoundException:
                if self.users == "alternating":
                    value["username"] = other_username(value["username"])
                password = self.aws.get_random_password(ExcludeCharacters="/@\"'\\")
                value["password"] = password["RandomPassword"]
                put_pending(self.event, self.aws, json.dumps(value))
        elif step == "setSecret":
            self.set_single() if self.users == "single" else self.set_alternating()
        elif step == "testSecret":
            connection = login(self.pending())
            if connection is None:
                raise ValueError(f"Unable to log into database with pending secret of secret ARN {self.arn}")
            connection.run("SELECT NOW()")
            connection.close()
        elif step == "finishSecret":
            finish(self.event, self.aws, versions)
        else:
            raise ValueError(f"Invalid step parameter {step} for secret {self.arn}")

    def secret(self, label, arn=None, **version):
        answer = self.aws.get_secret_value(SecretId=arn or self.arn, VersionStage=label, **version)
        value = json.loads(answer["SecretString"])
        if value.get("engine") not in ("postgres", "aurora-postgresql"):
            raise KeyError("Database engine must be set to 'postgres' in order to use this rotation lambda")
        for member in ("host", "username", "password", "engine"):
            if member not in value:
                raise KeyError(f"{member} key is missing from secret JSON")
        return value

    def pending(self):
        return self.secret("AWSPENDING", VersionId=self.token)

    def set_single(self):
        try:
            previous = self.secret("AWSPREVIOUS")
        except (self.aws.exceptions.ResourceNotFoundException, KeyError):
            previous = None
        current, pending = self.secret("AWSCURRENT"), self.pending()
        if can_log_in(pending):
            return
        for member in ("username", "host"):
            if current[member] != pending[member]:
                raise ValueError(f"Attempting to modify another {member} than the current")
        connection = login(current) or (previous and login(previous))
        if not connection:
            raise ValueError(f"Unable to log into database with previous, current, or pending secret of {self.arn}")
        set_password(connection, "ALTER USER", pending)
        connection.close()

    def set_alternating(self):
        current, pending = self.secret("AWSCURRENT"), self.pending()
        if can_log_in(pending):
            return
        if other_username(current["username"]) != pending["username"]:
            raise ValueError("Attempting to modify another user than the current or clone user")
        if current["host"] != pending["host"]:
            raise ValueError("Attempting to modify user for another host than the current")
        if not can_log_in(current):
            raise ValueError("Unable to log into database using current credentials")
        master = self.secret("AWSCURRENT", arn=current["masterarn"])
        master["dbname"] = current.get("dbname")
        if current["host"] != master["host"]:
            raise ValueError("Current database host is not the same host as master")
        connection = login(master)
        if connection is None:
            raise ValueError("Unable to log into database using credentials in master secret")
        if connection.run("SELECT 1 FROM pg_roles WHERE rolname = :name", name=pending["username"]):
            set_password(connection, "ALTER USER", pending)
        else:
            connection.run("BEGIN")
            set_password(connection, "CREATE ROLE", pending, "LOGIN ")
            connection.run(f"GRANT {identifier(current['username'])} TO {identifier(pending['username'])}")
            connection.run("COMMIT")
        connection.close()


def set_password(connection, verb, secret, attributes=""):
    name, password = identifier(secret["username"]), literal(secret["password"])
    connection.run(f"{verb} {name} WITH {attributes}PASSWORD {password}")


def other_username(username: str) -> str:
    if username.endswith("_clone"):
        return username[: -len("_clone")]
    if len(username) + len("_clone") > 63:
        raise ValueError("Unable to clone user, username length with _clone appended would exceed 63 characters")
    return username + "_clone"
