"""A server for as long as tests need it."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import threading
import urllib.parse

from .account import VaultAccount
from .binary import find_binary


class PocketvaultError(Exception):
    """What the server, or its start, says in a line."""


class Pocketvault:
    """A vault in memory on a free port; or, with `endpoint`, one that runs already."""

    def __init__(self, *options: str, seeds=(), endpoint: str | None = None):
        self._process = None
        self._connections = threading.local()
        self.endpoint = endpoint.rstrip("/") if endpoint else self._start(options, seeds)

    def _start(self, options, seeds) -> str:
        command = [find_binary(), "serve", "--port", "0", "--database", ":memory:"]
        command += ["--log-level", "warning", *options]
        for seed in seeds:
            command += ["--seed", os.fspath(seed)]
        # What a developer's shell sets for another server is not for this one.
        clean = {k: v for k, v in os.environ.items() if not k.startswith("POCKETVAULT_")}
        self._process = subprocess.Popen(command, env=clean, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if not line:
            raise PocketvaultError(f"{command[0]} did not start; it said why on standard error")
        return line.split()[-1]

    def stop(self) -> None:
        """Ends the server, if this object started it."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=10)
            self._process.stdout.close()
            self._process = None

    def create_account(self, template: str | None = None, region: str = "us-east-1") -> VaultAccount:
        """A fresh account: empty, or a copy of another one."""
        made = self.control("accounts", {"template": template} if template else {})
        return VaultAccount(
            server=self,
            account=made["account"],
            access_key_id=made["accessKeyId"],
            secret_access_key=made["secretAccessKey"],
            region=region,
        )

    def drop_account(self, account: str) -> None:
        self.control(f"accounts/{account}", method="DELETE")

    def seed(self, path, account: str | None = None) -> dict:
        """Applies a seed document, to an account where it names none; says what it changed."""
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        if account:
            document.setdefault("account", account)
        text = json.dumps(document)
        return self.control("seed", {"documents": [{"file": os.fspath(path), "text": text}]})

    def advance_clock(self, span: str) -> dict:
        """Moves the vault's clock, by `P31D` or `PT1H`; what fell due on the way has happened then."""
        return self.control("clock", {"advance": span})

    def control(self, path: str, body: dict | None = None, method: str | None = None) -> dict:
        """Asks the surface beside AWS's, or tells it something: what is under `/_pocketvault`."""
        method = method or ("GET" if body is None else "POST")
        data = None if body is None else json.dumps(body)
        headers = {"Content-Type": "application/json"}
        answer, text = self._send(method, f"/_pocketvault/{path}", data, headers)
        members = json.loads(text) if text else {}
        if answer.status != 200:
            raise PocketvaultError(members.get("message") or f"{path} answered {answer.status}")
        return members

    def _send(self, method, path, data, headers):
        # A connection that is kept costs a tenth of a new one. It may have been closed meanwhile.
        kept = getattr(self._connections, "kept", None)
        for connection in filter(None, (kept, self._connection())):
            try:
                connection.request(method, path, data, headers)
                answer = connection.getresponse()
                text = answer.read()
                self._connections.kept = connection
                return answer, text
            except (http.client.HTTPException, OSError) as error:
                connection.close()
                failure = error
        raise PocketvaultError(f"{self.endpoint} does not answer: {failure}")

    def _connection(self) -> http.client.HTTPConnection:
        place = urllib.parse.urlsplit(self.endpoint)
        return http.client.HTTPConnection(place.hostname, place.port, timeout=30)

    def __enter__(self) -> Pocketvault:
        return self

    def __exit__(self, *_) -> None:
        self.stop()
