"""Copies of a vault that is written to, and a new master key under a `kill -9`."""

import os
import pathlib
import random
import shutil
import sqlite3
import threading
import time

import pytest

from server import Pocketvault, clean_environment, run, wait_until
from wire import Wire, authorization

ROUNDS = int(os.environ.get("POCKETVAULT_CRASH_ROUNDS", "5"))


def fill(url: str, accounts: int) -> None:
    """A secret, and so a key-encryption key, in each of many accounts."""
    with Wire(url) as wire:
        for number in range(accounts):
            key = authorization(key=f"{number:012}")
            answer = wire.call(
                "CreateSecret",
                {"Name": "a", "SecretString": f"value-{number}", "ClientRequestToken": f"{number:032}"},
                authorization=key,
            )
            assert answer.status == 200, answer


def check(url: str, accounts: int) -> None:
    with Wire(url) as wire:
        for number in range(accounts):
            key = authorization(key=f"{number:012}")
            answer = wire.call("GetSecretValue", {"SecretId": "a"}, authorization=key)
            assert answer.json["SecretString"] == f"value-{number}"


def test_a_copy_is_whole_while_others_write(folder):
    with Pocketvault(folder) as vault:
        stop = threading.Event()
        written = []

        def write():
            with Wire(vault.url) as wire:
                while not stop.is_set():
                    name = f"n{len(written)}"
                    assert wire.create(name, f"value of {name}").status == 200
                    written.append(name)

        writer = threading.Thread(target=write)
        writer.start()
        # What the first copy is asked for below.
        wait_until(lambda: written)
        copies = []
        for number in range(5):
            before = len(written)
            copy = pathlib.Path(folder) / f"copy-{number}.db"
            ended = run("backup", copy, "--endpoint", vault.url)
            assert ended.returncode == 0, ended.stderr
            copies.append((copy, before))
        direct = pathlib.Path(folder) / "direct.db"
        before = len(written)
        assert run("backup", direct, "--database", vault.database).returncode == 0
        copies.append((direct, before))
        stop.set()
        writer.join()
    for copy, before in copies:
        assert copy.stat().st_mode & 0o777 == 0o600
        database = sqlite3.connect(copy)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT count(*) FROM secret").fetchone()[0] >= before
        database.close()
    opened = Pocketvault(
        folder, "--master-key-file", pathlib.Path(folder) / "vault.key", database=copies[0][0]
    )
    with opened.start() as vault, Wire(vault.url) as wire:
        assert wire.call("GetSecretValue", {"SecretId": "n0"}).json["SecretString"] == "value of n0"


def test_a_copy_replaces_nothing(folder):
    path = pathlib.Path(folder) / "mine"
    path.write_text("mine")
    with Pocketvault(folder) as vault:
        for options in (["--endpoint", vault.url], ["--database", vault.database]):
            ended = run("backup", path, *options)
            assert (ended.returncode, path.read_text()) == (1, "mine")
            assert b"is there already" in ended.stderr
    assert [entry.name for entry in pathlib.Path(folder).iterdir() if "mine" in entry.name] == ["mine"]


def test_only_the_root_copies_where_signatures_are_verified(folder):
    root = "AKIAROOTROOTROOTROOT:root-secret-1"
    path = pathlib.Path(folder) / "copy.db"
    with Pocketvault(
        folder, "--signatures", "verify", environment={"POCKETVAULT_ROOT_CREDENTIALS": root}
    ) as vault:
        assert run("backup", path, "--endpoint", vault.url).returncode == 1
        assert not path.exists()
        key, secret = root.split(":")
        environment = clean_environment(AWS_ACCESS_KEY_ID=key, AWS_SECRET_ACCESS_KEY=secret)
        ended = run("backup", path, "--endpoint", vault.url, environment=environment)
        assert ended.returncode == 0, ended.stderr
        assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_new_master_key_goes_unnoticed_by_those_who_read(folder):
    with Pocketvault(folder) as vault:
        fill(vault.url, 20)
        stop = threading.Event()
        failures = []

        def read():
            try:
                while not stop.is_set():
                    check(vault.url, 20)
            except Exception as error:  # noqa: BLE001 — told by the test, not lost with the thread
                failures.append(error)

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        for _ in range(10):
            ended = run("key", "rotate", "--endpoint", vault.url)
            assert ended.returncode == 0, ended.stderr
        stop.set()
        for reader in readers:
            reader.join()
        assert failures == []
    with Pocketvault(folder) as vault:
        check(vault.url, 20)


@pytest.mark.crash
def test_a_kill_at_any_moment_of_a_new_master_key_leaves_a_vault_that_opens():
    accounts = 200
    path = pathlib.Path(os.environ.get("POCKETVAULT_CRASH_FOLDER", "/var/tmp"))
    folder = path / f"pocketvault-key-{os.getpid()}"
    folder.mkdir(mode=0o700)
    try:
        with Pocketvault(folder, "--log-level", "error") as vault:
            fill(vault.url, accounts)
        keys = set()
        for _ in range(ROUNDS * 4):
            vault = Pocketvault(folder, "--log-level", "error").start()

            def rotate():
                try:
                    with Wire(vault.url) as wire:
                        while True:
                            headers = {"Content-Type": "application/json"}
                            wire.request("POST", "/_pocketvault/key/rotate", b"{}", headers)
                except OSError:
                    pass  # The server is gone, as planned.
                except Exception:  # noqa: BLE001 — an answer that was cut off in its middle
                    pass

            thread = threading.Thread(target=rotate, daemon=True)
            thread.start()
            time.sleep(random.uniform(0.0, 0.12))
            vault.kill()
            thread.join(10)
            with Pocketvault(folder, "--log-level", "error") as vault:
                check(vault.url, accounts)
            keys.add((folder / "vault.key").read_bytes())
            for old in folder.glob("vault.key.old*"):
                old.unlink()
        assert len(keys) > 1, "no rotation came to its end"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
