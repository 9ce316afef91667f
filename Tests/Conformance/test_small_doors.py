"""Small things at the edge of a process: hang-ups, variables that others set, limits that are lowered."""

import re
import signal
import sqlite3

import pytest

from server import Pocketvault
from wire import Wire


def test_a_hang_up_stops_it_cleanly(folder):
    with Pocketvault(folder) as vault:
        with Wire(vault.url) as wire:
            assert wire.create("kept").status == 200
        assert vault.stop(signal.SIGHUP) == 0
    assert not (vault.folder / "vault.db-wal").exists()


def test_a_hang_up_that_its_parent_ignored_does_not_stop_it(folder):
    """As under nohup."""
    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with Pocketvault(folder, preexec_fn=ignore) as vault:
        vault.process.send_signal(signal.SIGHUP)
        with Wire(vault.url) as wire:
            assert wire.create("kept").status == 200
        assert vault.stop() == 0


def test_the_port_that_kubernetes_sets_for_a_service_is_passed_over_with_a_word(folder):
    link = "tcp://10.96.12.7:4566"
    # The option would win over the variable: the first line of the log shows that it was not needed.
    with Pocketvault(folder, environment={"POCKETVAULT_PORT": link}) as vault:
        lines = vault.log.read_text().splitlines()
    assert [line for line in lines if link in line] == lines[:1]
    assert "passed over" in lines[0]


def records(vault: Pocketvault) -> int:
    with sqlite3.connect(f"file:{vault.database}?mode=ro", uri=True) as database:
        return database.execute("SELECT sum(last_sequence - first_sequence + 1) FROM audit_block").fetchone()[0]


def test_a_lowered_limit_of_records_is_reached_in_steps_and_the_chain_stays_whole(folder):
    vault = Pocketvault(folder).start()
    with Wire(vault.url) as wire:
        assert wire.create("one").status == 200
        for _ in range(4000):
            wire.call("DescribeSecret", {"SecretId": "one"})
    vault.stop()
    before = records(vault)
    assert before > 4000
    vault.options = ["--audit-records", "100"]
    with vault.start(), Wire(vault.url) as wire:
        assert wire.create("two").status == 200
        left = records(vault)
        # What ends a block goes with it, and a block may have 256.
        assert before - 2300 <= left < before
        for number in range(8):
            assert wire.create(f"more/{number}").status == 200
        assert records(vault) < 110 + 256
        answer = wire.request("GET", "/_pocketvault/audit/verify").json
        assert (answer["intact"], answer["chained"]) == (True, records(vault))
