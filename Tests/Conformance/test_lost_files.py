"""The vault's files go while it is served, or are none: it notices, says so, and acknowledges nothing."""

import os
import pathlib
import shutil
import socket
import stat

import pytest

from server import Pocketvault
from wire import Wire


@pytest.fixture
def vault(folder):
    """A vault in a folder of its own below the test's, served for the second time."""
    place = pathlib.Path(folder) / "place"
    place.mkdir()
    vault = Pocketvault(folder, database=place / "vault.db").start()
    with Wire(vault.url) as wire:
        for number in range(50):
            assert wire.create(f"first/{number}", "x" * 400).status == 200
    vault.stop()
    with vault.start():
        with Wire(vault.url) as wire:
            assert wire.create("before").status == 200
        yield vault


def replace(database: pathlib.Path) -> None:
    copy = database.with_suffix(".copy")
    shutil.copy(database, copy)
    copy.rename(database)


def overwrite(database: pathlib.Path) -> None:
    """As `cp backup.db vault.db` does: the same file with other contents."""
    contents = bytearray(database.read_bytes())
    contents[24:28] = b"\0\0\x10\x01"
    with open(database, "r+b") as file:
        file.write(contents)


LOSSES = {
    "the folder is removed": (lambda database: shutil.rmtree(database.parent), "was removed"),
    "the database is removed": (os.unlink, "was removed"),
    "the database is replaced": (replace, "was replaced"),
    "the database is overwritten": (overwrite, "was overwritten"),
    "the database is emptied": (lambda database: os.truncate(database, 0), "was cut short"),
    "the database is cut": (lambda database: os.truncate(database, 4096), "was cut short"),
    "the WAL is deleted": (lambda database: os.unlink(f"{database}-wal"), "was removed"),
    "the shared memory is deleted": (lambda database: os.unlink(f"{database}-shm"), "was removed"),
}


@pytest.mark.parametrize("lose, words", LOSSES.values(), ids=LOSSES)
def test_when_its_files_go_the_next_write_is_refused_and_health_says_why(vault, lose, words):
    with Wire(vault.url) as wire:
        lose(pathlib.Path(vault.database))
        refused = wire.create("after")
        assert (refused.status, refused.json["__type"]) == (500, "InternalServiceError")
        assert words in refused.json["Message"]
        health = wire.request("GET", "/_pocketvault/health")
        assert (health.status, health.json["error"]) == (503, "StoreUnavailable")
        assert health.json["message"] == refused.json["Message"]
        assert wire.create("again").status == 500
    lines = [line for line in vault.log.read_text().splitlines() if " critical " in line]
    assert len(lines) == 1 and words in lines[0]
    assert vault.stop() == 0


@pytest.mark.parametrize("lose, words", LOSSES.values(), ids=LOSSES)
def test_health_notices_without_a_write(vault, lose, words):
    lose(pathlib.Path(vault.database))
    if words == "was overwritten":
        return  # Only the writer looks into the file.
    with Wire(vault.url) as wire:
        health = wire.request("GET", "/_pocketvault/health")
    assert (health.status, words in health.json["message"]) == (503, True)


def test_what_was_acknowledged_before_the_wal_was_deleted_is_kept_through_a_kill(vault):
    os.unlink(f"{vault.database}-wal")
    with Wire(vault.url) as wire:
        assert wire.create("after").status == 500
    vault.kill()
    with vault.start(), Wire(vault.url) as wire:
        assert (wire.exists("before"), wire.exists("after")) == (True, False)


def test_a_backup_that_was_copied_over_a_served_vault_is_served_after_a_restart(vault, folder):
    backup = pathlib.Path(folder) / "backup.db"
    with Wire(vault.url) as wire:
        backup.write_bytes(wire.request("GET", "/_pocketvault/backup").body)
        for number in range(200):
            assert wire.create(f"later/{number}", "y" * 900).status == 200
        with open(vault.database, "r+b") as file:
            file.truncate(0)
            file.write(backup.read_bytes())
        assert wire.create("after").status == 500
    assert vault.stop() == 0
    with vault.start(), Wire(vault.url) as wire:
        assert (wire.exists("before"), wire.exists("later/7")) == (True, False)
        assert wire.create("at-last").status == 200


def test_files_that_come_back_are_written_again(vault):
    place = pathlib.Path(vault.database).parent
    place.rename(place.with_name("away"))
    with Wire(vault.url) as wire:
        assert wire.create("without").status == 500
        place.with_name("away").rename(place)
        assert wire.create("with").status == 200
        assert wire.request("GET", "/_pocketvault/health").status == 200


# -- what is no vault, and no key


def test_an_empty_file_beside_a_key_is_no_new_vault(folder):
    vault = Pocketvault(folder)
    vault.start().stop()
    os.truncate(vault.database, 0)
    line = vault.refusal()
    assert "is empty" in line and "vault.key" in line and "Restore a backup" in line
    assert vault.database.stat().st_size == 0


def test_an_empty_file_without_a_key_becomes_a_vault(folder):
    vault = Pocketvault(folder)
    vault.database.touch()
    with vault.start(), Wire(vault.url) as wire:
        assert wire.create("first").status == 200


def make_socket(path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


KINDS = {"a pipe": os.mkfifo, "a folder": os.mkdir, "a socket": make_socket}


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_a_vault_is_refused_at_once_and_named(folder, kind):
    vault = Pocketvault(folder)
    KINDS[kind](vault.database)
    assert kind in vault.refusal()


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_a_key_file_is_refused_at_once_and_named(folder, kind):
    vault = Pocketvault(folder)
    KINDS[kind](vault.folder / "vault.key")
    line = vault.refusal()
    assert kind in line and "vault.key" in line


def test_a_device_is_no_vault_and_no_key(folder):
    assert "a device" in Pocketvault(folder, database="/dev/null").refusal()
    vault = Pocketvault(folder, "--master-key-file", "/dev/null")
    assert "a device" in vault.refusal()


def test_a_second_link_to_a_file_is_no_vault_even_while_the_file_is_served(folder):
    with Pocketvault(folder) as first:
        alias = pathlib.Path(folder) / "alias.db"
        os.link(first.database, alias)
        options = ["--master-key-file", first.folder / "vault.key"]
        line = Pocketvault(folder, *options, database=alias).refusal()
        assert "2 names (hard links)" in line


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_second_link_to_a_key_of_somebody_else_is_no_key(folder):
    vault = Pocketvault(folder)
    vault.start().stop()
    key = vault.folder / "vault.key"
    os.chown(key, 65534, 65534)
    os.link(key, vault.folder / "other")
    assert "another user's file" in vault.refusal()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("owner, mode, is_taken", [
    ((0, 2000), 0o440, True),
    ((0, 2000), 0o640, True),
    ((0, 2000), 0o660, False),
    ((0, 2000), 0o444, False),
    ((0, 3000), 0o440, False),
    ((1000, 2000), 0o440, False),
])
def test_a_key_of_root_is_taken_that_a_group_of_the_process_may_read(folder, owner, mode, is_taken):
    """As Kubernetes mounts a Secret with an fsGroup."""
    vault = Pocketvault(folder, extra_groups=[2000])
    vault.start().stop()
    key = vault.folder / "vault.key"
    os.chown(key, *owner)
    os.chmod(key, mode)
    assert stat.S_IMODE(key.stat().st_mode) == mode
    if is_taken:
        with vault.start(), Wire(vault.url) as wire:
            assert wire.create("first").status == 200
    else:
        assert "chmod 600" in vault.refusal()
