"""Starts, stops and kills the built binary, and waits for what it does."""

import contextlib
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
READY = re.compile(rb"Pocketvault (\S+) listening on (https?://\S+:(\d+))\n")
START_SECONDS = 20


def binary() -> pathlib.Path:
    """The binary under test: POCKETVAULT_BINARY, else the debug build, else the release build."""
    named = os.environ.get("POCKETVAULT_BINARY")
    candidates = [named] if named else [".build/debug/pocketvault", ".build/release/pocketvault"]
    for candidate in candidates:
        path = ROOT / candidate
        if path.is_file():
            return path
    raise FileNotFoundError(f"no binary at {' or '.join(candidates)}: run `make build` first")


def free_port() -> int:
    """A port that nobody listens at, for who must know it before a server does."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def clean_environment(**extra: str) -> dict[str, str]:
    """The caller's environment without anything that could reach another server or account."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "POCKETVAULT_", "PYTEST_"))
    }
    # No file of the user's own settings, no proxy between the test and the server.
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        kept.pop(name, None)
    kept["AWS_CONFIG_FILE"] = kept["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    return kept | extra


def run(*arguments, timeout: float = 20, environment=None, **options) -> subprocess.CompletedProcess:
    """Runs a pocketvault command to its end."""
    return subprocess.run(
        [binary(), *map(str, arguments)],
        env=clean_environment() if environment is None else environment,
        capture_output=True,
        timeout=timeout,
        **options,
    )


def wait_until(condition, seconds=30):
    """Polls a condition; returns what it gave."""
    end = time.monotonic() + seconds
    while not (result := condition()):
        if time.monotonic() > end:
            raise TimeoutError("it did not come true")
        time.sleep(0.02)
    return result


def read_line(process, seconds: float = START_SECONDS) -> bytes:
    """The next line of what a process says, or what there is of it when the process has ended.

    Nothing else may read from it: what was read ahead would be waited for in vain.
    """
    end = time.monotonic() + seconds
    line = b""
    while not line.endswith(b"\n"):
        left = end - time.monotonic()
        if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
            raise TimeoutError(f"no line in {seconds} s after {line!r}")
        byte = os.read(process.stdout.fileno(), 1)
        if not byte:
            break
        line += byte
    return line


def memory_folder(process) -> str | None:
    """The folder of the vault in memory that a process has open; other processes have theirs beside it."""
    descriptors = f"/proc/{process.pid}/fd"
    for descriptor in os.listdir(descriptors):
        with contextlib.suppress(FileNotFoundError):  # Closed since it was listed.
            file = os.readlink(f"{descriptors}/{descriptor}")
            if file.endswith("/vault.db"):
                return os.path.dirname(file)
    return None


class Pocketvault:
    """One `pocketvault serve` process on a free port, with its vault in a folder of its own."""

    def __init__(self, folder, *options, database=None, environment=None, prefix=(), **popen):
        self.folder = pathlib.Path(folder)
        self.database = database or self.folder / "vault.db"
        self.options = [str(option) for option in options]
        self.environment = environment or {}
        self.prefix = list(prefix)
        self.popen = popen
        self.process = None
        self.starts = 0

    @property
    def log(self) -> pathlib.Path:
        """What the latest process wrote to standard error."""
        return self.folder / f"stderr-{self.starts}.log"

    def spawn(self) -> subprocess.Popen:
        """Starts the process without waiting for its ready line."""
        self.starts += 1
        command = [*self.prefix, str(binary()), "serve", "--port", "0"]
        command += ["--database", str(self.database), *self.options]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command,
                env=clean_environment(**self.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                **self.popen,
            )
        return self.process

    def start(self) -> "Pocketvault":
        """Starts the process and returns when it has said that it is ready."""
        started = time.monotonic()
        process = self.spawn()
        try:
            line = read_line(process)
        except TimeoutError as late:
            self.kill()
            raise TimeoutError(f"{late}, which is to be the ready one; {self.complaint()}") from None
        if not line.endswith(b"\n"):
            code = process.wait()
            process.stdout.close()
            raise ChildProcessError(f"ended with {code} before it was ready; {self.complaint()}")
        match = READY.fullmatch(line)
        if match is None:
            self.kill()
            raise ValueError(f"not the ready line: {line!r}")
        self.seconds_to_ready = time.monotonic() - started
        self.ready_line = line.decode()
        self.version, self.url = match[1].decode(), match[2].decode()
        self.port = int(match[3])
        return self

    def complaint(self) -> str:
        return "standard error: " + self.log.read_text(errors="replace").strip()[-2000:]

    def refusal(self, timeout: float = START_SECONDS) -> str:
        """Starts a process that must refuse to serve; returns the line that it says it with."""
        process = self.spawn()
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("it serves; a refusal was expected") from None
        assert process.returncode == 1, f"exit code {process.returncode}; {self.complaint()}"
        assert output == b"", "a refusal writes nothing to standard output"
        lines = self.log.read_text().splitlines()
        assert len(lines) == 1, f"a refusal is one line, not {lines}"
        return lines[0]

    def stop(self, with_signal=signal.SIGTERM, timeout: float = 10) -> int:
        """Asks the process to end; returns its exit code."""
        self.process.send_signal(with_signal)
        return self.wait(timeout)

    def wait(self, timeout: float = 10) -> int:
        try:
            self.rest_of_output, _ = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        return self.process.returncode

    def kill(self) -> None:
        """What a power cut does to the process: it gets no chance to tidy up."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def __enter__(self) -> "Pocketvault":
        return self if self.process else self.start()

    def __exit__(self, *_) -> None:
        if self.process and self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                pass


def which_client(name: str) -> str | None:
    """A client program: the pinned one of the virtual environment first."""
    beside = pathlib.Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)
