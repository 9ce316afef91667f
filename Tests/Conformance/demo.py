"""Starts and ends `pocketvault demo`."""

import signal
import subprocess

from server import binary, clean_environment


class Demo:
    """One `pocketvault demo` on a free port."""

    def __init__(self, *options: str):
        self.options = options

    def __enter__(self):
        self.process = subprocess.Popen(
            [binary(), "demo", "--port", "0", *self.options],
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        ready = self.process.stdout.readline().decode()
        assert "listening on http://127.0.0.1:" in ready, ready
        self.url = ready.split()[-1]
        self.console = self.process.stdout.readline().decode().split()[-1]
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.complaint = self.process.communicate(timeout=20)[1].decode()
        self.code = self.process.returncode
