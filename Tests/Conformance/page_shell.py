"""One shell, as the reader of a page has it: an empty folder with the demo seed, and `pocketvault` in PATH."""

import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import sys
import time

from server import ROOT, binary, clean_environment, free_port

SECONDS = 60
# They would change this machine, or another one; a command that needs one is in the table, or has a stand-in there.
FOREIGN = ("apt", "docker", "kubectl", "make", "pip", "sudo", "systemctl")
PROLOGUE = """
set -o pipefail
curl() { command curl --no-progress-meter --fail-with-body "$@"; }
"""


def script(path: pathlib.Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


class Ended:
    def __init__(self, code: int, output: str, complaint: str):
        self.code, self.output, self.complaint = code, output, complaint


class PageShell:
    def __init__(self, folder: str, programs: dict[str, str]):
        self.folder = pathlib.Path(folder) / "page"
        self.own = pathlib.Path(folder) / "own"
        self.steps = 0
        self.server = None
        self.beside = []
        # The addresses that the pages have, and those of this run.
        self.ports = {"4566": str(free_port()), "2773": str(free_port())}
        shutil.copytree(ROOT / "seed", self.folder / "seed")
        self.own.mkdir()
        refused = dict.fromkeys(FOREIGN, "echo It is not run here: page_table.py says what is instead. >&2; exit 97")
        for name, text in (refused | programs).items():
            script(self.own / "bin" / name, text)
        script(self.own / "bin" / "pocketvault", f'exec {binary()} "$@"')
        self.answers, ends = os.pipe()
        self.process = subprocess.Popen(
            ["bash", "--norc"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[ends],
            start_new_session=True,
            cwd=self.folder,
            env=clean_environment(
                PATH=f"{self.own / 'bin'}:{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}",
                HOME=str(self.own),
                POCKETVAULT_PORT=self.ports["4566"],
                AWS_EC2_METADATA_DISABLED="true",
                # What a page forgets to lead here goes nowhere.
                HTTPS_PROXY="http://127.0.0.1:9",
                NO_PROXY="127.0.0.1,localhost",
                PYTHONPATH=str(ROOT / "clients/python/src"),
                PYTEST_ADDOPTS="-p pocketvault.plugin -p no:cacheprovider",
            ),
        )
        self.ends = ends
        self._send(PROLOGUE)

    def run(self, command: str) -> Ended:
        """Types a command, and waits for its end."""
        path = self._next(command)
        self._send(f"source {path} > {path}.out 2> {path}.err < /dev/null; echo $? >&{self.ends}\n")
        if not select.select([self.answers], [], [], SECONDS)[0]:
            raise TimeoutError(f"{command}\n{self._complaint(path)}")
        code = int(os.read(self.answers, 16))
        return Ended(code, pathlib.Path(f"{path}.out").read_text(), self._complaint(path))

    def start(self, command: str, until: str) -> int:
        """Types a command in another terminal, and waits for what it says when it is there; returns its process."""
        path = self._next(f"exec {command}")
        self._send(f"source {path} > {path}.out 2> {path}.err < /dev/null & echo $! >&{self.ends}\n")
        process = int(os.read(self.answers, 16))
        end = time.monotonic() + SECONDS
        output = pathlib.Path(f"{path}.out")
        while not (output.exists() and re.search(until, output.read_text())):
            if time.monotonic() > end or self.run(f"kill -0 {process}").code != 0:
                raise AssertionError(f"{command}\n{self._complaint(path)}")
            time.sleep(0.02)
        return process

    def serve(self, command: str) -> None:
        self.stop_server()
        port = f" --port {self.ports['4566']}" if " demo" in command else ""
        self.server = self.start(command + port, until=r"listening on https?://")

    def stop_server(self) -> None:
        if self.server:
            self._end(self.server)
            self.server = None

    def close(self) -> None:
        try:
            for process in self.beside:
                self._end(process)
            self.stop_server()
        finally:
            # All that is left, after a test that failed.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
            os.close(self.answers)
            os.close(self.ends)

    def _end(self, process: int) -> None:
        ended = self.run(f"kill {process}; wait {process}")
        assert ended.code in (0, 143), ended.complaint

    def _next(self, command: str) -> pathlib.Path:
        for written, here in self.ports.items():
            command = re.sub(rf"(127\.0\.0\.1:|localhost:|--agent-port ){written}\b", rf"\g<1>{here}", command)
        self.steps += 1
        path = self.own / f"{self.steps}.sh"
        path.write_text(command + "\n")
        return path

    def _send(self, line: str) -> None:
        self.process.stdin.write(line.encode())
        self.process.stdin.flush()

    def _complaint(self, path: pathlib.Path) -> str:
        texts = (pathlib.Path(f"{path}.{kind}") for kind in ("out", "err"))
        return "".join(text.read_text(errors="replace")[-2000:] for text in texts if text.exists())
