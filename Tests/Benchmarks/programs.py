"""The programs that are measured, and the load that is put on them."""

import http.client
import json
import os
import pathlib
import secrets
import signal
import socket
import subprocess
import time

import signing

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
BINARY = pathlib.Path(os.environ.get("BENCHMARK_BINARY") or ROOT / ".build-dist/release/pocketvault")
# With the C libraries of the system.
STATIC_BINARY = ROOT / ".build-static/release/pocketvault"
TICKS = os.sysconf("SC_CLK_TCK")
REGION = "us-east-1"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Program:
    """A server on loopback that answers Secrets Manager's calls."""

    def __init__(self, name: str, command: list, port: int, log: pathlib.Path, **environment: str):
        self.name, self.command, self.port, self.log = name, [str(word) for word in command], port, log
        self.environment = environment
        self.process = None

    def spawn(self) -> None:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "POCKETVAULT_"))
        }
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment | self.environment,
            )

    def start(self, seconds: float = 60) -> "Program":
        """Returns when it answers."""
        self.spawn()
        end = time.monotonic() + seconds
        while True:
            try:
                # It answers 503 while seeds go in.
                if self.call("ListSecrets", {"MaxResults": 1})[0] != 503:
                    return self
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self.name} did not start; see {self.log}")
            time.sleep(0.05)

    def call(self, operation: str, members: dict) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            return self.call_on(connection, operation, members)
        finally:
            connection.close()

    def call_on(self, connection, operation: str, members: dict) -> tuple[int, bytes]:
        credential = f"AKIAIOSFODNN7EXAMPLE/20261123/{REGION}/secretsmanager/aws4_request"
        connection.request(
            "POST",
            "/",
            json.dumps(members, separators=(",", ":")),
            {
                "X-Amz-Target": f"secretsmanager.{operation}",
                "Content-Type": "application/x-amz-json-1.1",
                "Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=00",
            },
        )
        answer = connection.getresponse()
        return answer.status, answer.read()

    def call_many(self, operation: str, bodies) -> None:
        """One after the other on one connection; each must be a success."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        for members in bodies:
            status, body = self.call_on(connection, operation, members)
            if status != 200:
                raise RuntimeError(f"{self.name}: {operation} answers {status} {body[:200]!r}")
        connection.close()

    def processor_seconds(self) -> float:
        """What the process has used, in user and system mode."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mebibytes(self, kind: str = "VmRSS") -> float:
        """All of it, or `RssAnon`: without the pages of files, which the system takes back at need."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(f"{kind}:"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def __enter__(self) -> "Program":
        return self if self.process else self.start()

    def __exit__(self, *_) -> None:
        self.stop()


def pocketvault(folder: pathlib.Path, *options) -> Program:
    port = free_port()
    database = folder / "vault.db"
    command = [BINARY, "serve", "--port", port, "--database", database, "--region", REGION, *options]
    return Program("Pocketvault", command, port, folder.with_suffix(".log"))


def limit(program: pathlib.Path, database: pathlib.Path) -> Program:
    port = free_port()
    return Program("the limit", [program, "serve", database, port], port, database.with_suffix(".log"))


def seed_document(path: pathlib.Path, numbers: range) -> pathlib.Path:
    tags = {"env": "test", "team": "core"}
    names = [{"name": f"bench/secret-{number}", "value": "x" * 200, "tags": tags} for number in numbers]
    document = {"version": 1, "region": REGION, "secrets": names, "principals": signing.PRINCIPALS}
    path.write_text(json.dumps(document))
    return path


def make_vault(folder: pathlib.Path, count: int) -> None:
    """A vault with so many secrets; of a small one each was read, as they are after the first day."""
    for first in range(0, count, 100_000):
        numbers = range(first, min(first + 100_000, count))
        document = seed_document(folder.with_suffix(".json"), numbers)
        with pocketvault(folder, "--seed", document).start(300) as server:
            if count <= 10_000:
                read_all(server, count)
        document.unlink()


def read_all(server: Program, count: int, stride: int = 1) -> None:
    ids = (f"bench/secret-{number * stride}" for number in range(count))
    server.call_many("GetSecretValue", ({"SecretId": secret} for secret in ids))


class Load:
    """What one run of wrk saw, and what it cost the server."""

    def __init__(self, server, call, connections, seconds, count, stride=1, token=None, signed=None):
        settings = {"CALL": call, "SECRETS": count, "STRIDE": stride, "RUN": secrets.token_hex(4)}
        environment = os.environ | {name: str(value) for name, value in settings.items()}
        if token:
            environment["TOKEN"] = token
        if signed:
            environment["SIGNED"] = str(signed)
        threads = min(2, connections)
        before = server.processor_seconds()
        ended = subprocess.run(
            ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "-s", HERE / "load.lua",
             f"http://127.0.0.1:{server.port}/"],
            env=environment, capture_output=True, text=True, timeout=seconds + 30,
        )  # fmt: skip
        used = server.processor_seconds() - before
        line = next((line for line in ended.stdout.splitlines() if line.startswith("RESULT")), None)
        if line is None:
            raise RuntimeError(f"wrk: {ended.stdout} {ended.stderr}")
        _, rate, p50, p99, count, errors, late = line.split()
        self.rate, self.p50, self.p99 = float(rate), float(p50), float(p99)
        self.count, self.errors, self.late = int(count), int(errors), int(late)
        if self.errors * 2 > self.count:
            raise RuntimeError(f"{server.name}: most calls of {call} failed: {line}")
        self.microseconds = used / max(self.count, 1) * 1e6
