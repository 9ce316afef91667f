"""Sixty-four writers, a `kill -9` at a random moment, a restart: what was acknowledged is there.

POCKETVAULT_CRASH_ROUNDS says how often (5 unless it is set), POCKETVAULT_CRASH_SEED repeats a run's
choices; the moment at which the kill meets the server is never the same twice.
"""

import hashlib
import http.client
import json
import os
import pathlib
import random
import shutil
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from server import Pocketvault
from wire import Wire, token

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("POCKETVAULT_CRASH_ROUNDS", "5"))
SEED = int(os.environ.get("POCKETVAULT_CRASH_SEED", time.time_ns()))
WRITERS = 64
SECRETS = 10
TAGS = [{"Key": "made-by", "Value": "crash"}, {"Key": "half", "Value": "never"}]


def value_for(version: str) -> str:
    """The value of a version follows from its id, so that a check needs no second book."""
    return hashlib.sha256(version.encode()).hexdigest() * (1 + len(version) % 7)


@dataclass
class Book:
    """What one writer sent in one round, and what of it was acknowledged."""

    created: dict[str, tuple[str, bool]] = field(default_factory=dict)  # name: version, acknowledged
    versions: dict[tuple[str, str], bool] = field(default_factory=dict)  # (name, version)
    places: dict[tuple[str, str], list] = field(default_factory=dict)  # (name, label): versions in
    #   the order of the moves; the last may be in doubt, all before it were acknowledged
    in_doubt: set[tuple[str, str]] = field(default_factory=set)
    calls: int = 0
    surprises: list[str] = field(default_factory=list)


class Slots:
    """Ten secrets that everybody writes to. A full one (100 versions) is replaced by a new one."""

    def __init__(self, round_number: int):
        self.round = round_number
        self.generations = [0] * SECRETS
        self.lock = threading.Lock()

    def name(self, slot: int) -> str:
        return f"crash/{self.round}/{slot}/{self.generations[slot]}"

    def is_full(self, slot: int, name: str) -> None:
        with self.lock:
            if self.name(slot) == name:
                self.generations[slot] += 1


class Writer(threading.Thread):
    def __init__(self, url: str, number: int, slots: Slots, chance: random.Random):
        super().__init__(daemon=True)
        self.wire = Wire(url, timeout=30)
        self.number, self.slots, self.chance = number, slots, chance
        self.book = Book()
        self.label = f"writer-{number}"

    def run(self) -> None:
        try:
            while True:
                slot = (self.number + (self.chance.randrange(SECRETS) if self.chance.random() < 0.5 else 0)) % SECRETS
                self.step(slot, self.slots.name(slot))
                self.book.calls += 1
        except (OSError, http.client.HTTPException):
            pass  # The server is gone, as planned.
        except Exception as error:  # noqa: BLE001 — told by the round, not lost with the thread
            self.book.surprises.append(repr(error))

    def step(self, slot: int, name: str) -> None:
        kind = self.chance.random()
        if kind < 0.1:
            self.create(name)
        elif kind < 0.6:
            self.put(slot, name, "PutSecretValue")
        elif kind < 0.75:
            self.put(slot, name, "UpdateSecret")
        elif slot == self.number % SECRETS:
            self.move(name)

    def create(self, name: str) -> None:
        version = token()
        self.book.created.setdefault(name, (version, False))
        answer = self.wire.create(
            name, value_for(version), ClientRequestToken=version, Description="whole", Tags=TAGS
        )
        if answer.status == 200:
            self.book.created[name] = (version, True)
        else:
            self.expect(answer, "ResourceExistsException")
            if not self.book.created[name][1]:
                del self.book.created[name]

    def put(self, slot: int, name: str, operation: str) -> None:
        version = token()
        self.book.versions[name, version] = False
        members = {"SecretId": name, "ClientRequestToken": version, "SecretString": value_for(version)}
        answer = self.wire.call(operation, members)
        if answer.status == 200:
            self.book.versions[name, version] = True
            return
        del self.book.versions[name, version]
        self.expect(answer, "LimitExceededException", "ResourceNotFoundException")
        if "LimitExceeded" in answer.json["__type"]:
            self.slots.is_full(slot, name)
        else:
            self.create(name)

    def move(self, name: str) -> None:
        """Moves the writer's own label, or AWSCURRENT, to a version that it made itself."""
        own = [version for (of, version), acknowledged in self.book.versions.items() if of == name and acknowledged]
        if not own:
            return
        target = self.chance.choice(own[-5:])
        if self.chance.random() < 0.3:
            return self.move_current(name, target)
        places = self.book.places.setdefault((name, self.label), [])
        source = {"RemoveFromVersionId": places[-1]} if places else {}
        if places and places[-1] == target:
            return
        self.book.in_doubt.add((name, self.label))
        places.append(target)
        answer = self.wire.call(
            "UpdateSecretVersionStage",
            {"SecretId": name, "VersionStage": self.label, "MoveToVersionId": target, **source},
        )
        self.book.in_doubt.discard((name, self.label))
        if answer.status != 200:
            places.pop()
            self.expect(answer, "LimitExceededException")

    def move_current(self, name: str, target: str) -> None:
        got = self.wire.call("DescribeSecret", {"SecretId": name}).json
        current = next(v for v, labels in got["VersionIdsToStages"].items() if "AWSCURRENT" in labels)
        answer = self.wire.call(
            "UpdateSecretVersionStage",
            {
                "SecretId": name,
                "VersionStage": "AWSCURRENT",
                "MoveToVersionId": target,
                "RemoveFromVersionId": current,
            },
        )
        if answer.status != 200:  # Somebody else moved it in between.
            self.expect(answer, "InvalidParameterException")

    def expect(self, answer, *codes: str) -> None:
        if answer.status != 400 or answer.json["__type"] not in codes:
            self.book.surprises.append(repr(answer))


@pytest.fixture
def crash_folder():
    # A real disk: a file system in memory would make fsync a matter of no importance.
    folder = pathlib.Path(os.environ.get("POCKETVAULT_CRASH_FOLDER", "/var/tmp"))
    path = folder / f"pocketvault-crash-{os.getpid()}"
    path.mkdir(mode=0o700)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def test_every_acknowledged_write_survives_a_kill_and_no_other_is_half_there(crash_folder):
    chance = random.Random(SEED)
    print(f"POCKETVAULT_CRASH_SEED={SEED}")
    vault = Pocketvault(crash_folder, "--log-level", "error")
    total = {"calls": 0, "acknowledged versions": 0, "in doubt": 0, "in doubt and there": 0}
    for round_number in range(ROUNDS):
        vault.start()
        writers = [
            Writer(vault.url, number, slots, random.Random(chance.random()))
            for slots in [Slots(round_number)]
            for number in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        time.sleep(chance.uniform(0.1, 1.5))
        vault.kill()
        for writer in writers:
            writer.join(30)
            assert not writer.is_alive(), "a writer still waits for a server that is gone"
        books = [writer.book for writer in writers]
        assert [text for book in books for text in book.surprises] == []
        check_copy(crash_folder, round_number)
        with vault.start():
            check_books(vault.url, books, total)
            check_secrets(vault.url, round_number)
    print(", ".join(f"{count} {what}" for what, count in total.items()), f"in {ROUNDS} rounds")
    assert total["acknowledged versions"] > 0
    check_database(crash_folder / "vault.db")


def check_copy(folder: pathlib.Path, round_number: int) -> None:
    """The files as the kill left them, looked at before the server sees them again."""
    copy = folder / f"copy-{round_number}"
    copy.mkdir()
    for path in folder.glob("vault.db*"):
        shutil.copy(path, copy / path.name)
    check_database(copy / "vault.db")
    shutil.rmtree(copy)


def check_database(path: pathlib.Path) -> None:
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        database.close()


def check_books(url: str, books: list[Book], total: dict[str, int]) -> None:
    def check(book: Book) -> None:
        with Wire(url) as wire:
            for name, (version, acknowledged) in book.created.items():
                check_version(wire, total, name, version, acknowledged)
            for (name, version), acknowledged in book.versions.items():
                check_version(wire, total, name, version, acknowledged)
            for (name, label), places in book.places.items():
                if places:
                    check_label(wire, name, label, places, (name, label) in book.in_doubt)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(check, books))
    total["calls"] += sum(book.calls for book in books)


def check_version(wire, total, name: str, version: str, acknowledged: bool) -> None:
    answer = wire.call("GetSecretValue", {"SecretId": name, "VersionId": version})
    total["acknowledged versions" if acknowledged else "in doubt"] += 1
    if answer.status == 200:
        assert answer.json["SecretString"] == value_for(version), "a version with half its value"
        total["in doubt and there"] += not acknowledged
    else:
        assert not acknowledged, f"lost: {name} {version} {answer}"
        assert answer.json["__type"] == "ResourceNotFoundException", answer


def check_label(wire, name: str, label: str, places: list[str], in_doubt: bool) -> None:
    answer = wire.call("GetSecretValue", {"SecretId": name, "VersionStage": label})
    allowed = {places[-1]}
    if in_doubt:
        allowed.add(places[-2] if len(places) > 1 else None)
    assert (answer.json.get("VersionId") if answer.status == 200 else None) in allowed


def check_secrets(url: str, round_number: int) -> None:
    """Nothing is half there: the invariants of every secret of the round."""
    with Wire(url) as wire:
        names, more = [], {}
        while more is not None:
            filters = [{"Key": "name", "Values": [f"crash/{round_number}/"]}]
            page = wire.call("ListSecrets", {"Filters": filters, "MaxResults": 100, **more}).json
            names += [entry["Name"] for entry in page["SecretList"]]
            more = {"NextToken": page["NextToken"]} if "NextToken" in page else None
        for name in names:
            described = wire.call("DescribeSecret", {"SecretId": name}).json
            assert (described["Description"], described["Tags"]) == ("whole", TAGS)
            labels = [label for held in described["VersionIdsToStages"].values() for label in held]
            assert labels.count("AWSCURRENT") == 1, described
            assert len(labels) == len(set(labels)), described
            assert all(described["VersionIdsToStages"].values())
            listed = wire.call(
                "ListSecretVersionIds", {"SecretId": name, "IncludeDeprecated": True, "MaxResults": 100}
            ).json["Versions"]
            assert len(listed) <= 100
            assert set(described["VersionIdsToStages"]) <= {version["VersionId"] for version in listed}
            for version in listed:
                members = {"SecretId": name, "VersionId": version["VersionId"]}
                value = wire.call("GetSecretValue", members).json["SecretString"]
                assert value == value_for(version["VersionId"])


def test_the_book_keeping_notices_a_lost_version(folder):
    """The check itself can fail: a version that was never sent counts as lost."""
    with Pocketvault(folder).start() as vault, Wire(vault.url) as wire:
        wire.create("a")
        book = Book(versions={("a", token()): True})
        with pytest.raises(AssertionError, match="lost"):
            check_books(vault.url, [book], {"calls": 0, "acknowledged versions": 0})
        assert json.loads(wire.call("DescribeSecret", {"SecretId": "a"}).body)["Name"] == "a"
