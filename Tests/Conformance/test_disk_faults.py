"""A disk that fails at a chosen moment, and a power cut there: what was acknowledged is there afterwards.

Each run starts a server on a copy of a small vault, does the same dozen of changes, and looks at what is left with
a server whose disk is sound. POCKETVAULT_DISK_FAULTS says at how many moments each kind of fault strikes (`make
faults` takes 200); POCKETVAULT_DISK_SEED repeats a run's choices.
"""

import http.client
import os
import random
import shutil
import time

import pytest

from server import READY, Pocketvault
from test_crash import check_database
from wire import Wire, token

pytestmark = pytest.mark.crash

MOMENTS = int(os.environ.get("POCKETVAULT_DISK_FAULTS", "12"))
SEED = int(os.environ.get("POCKETVAULT_DISK_SEED", time.time_ns()))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A vault with a few secrets in it."""
    folder = tmp_path_factory.mktemp("template")
    with Pocketvault(folder) as vault, Wire(vault.url) as wire:
        for number in range(5):
            assert wire.create(f"old/{number}", f"old {number}").status == 200
    return folder


class Run:
    """A server on a copy of the vault, its disk, and what it acknowledged."""

    def __init__(self, template, folder, disk, kind="", at=0, chance=1):
        shutil.copytree(template, folder, ignore=shutil.ignore_patterns("*.log"))
        self.folder = folder
        self.values = {f"old/{number}": {f"old {number}"} for number in range(5)}
        self.gone = set()
        self.refusals = 0
        self.counted = folder.with_suffix(".count")
        environment = {
            "LD_PRELOAD": str(disk),
            "FAULTY_FOLDER": str(folder),
            "FAULTY_KIND": kind,
            "FAULTY_AT": str(at),
            "FAULTY_SEED": str(chance),
            "FAULTY_COUNT": str(self.counted),
        }
        self.server = Pocketvault(folder, environment=environment)
        process = self.server.spawn()
        self.is_serving = bool(match := READY.fullmatch(process.stdout.readline()))
        if self.is_serving:
            self.url = match[2].decode()

    def change(self):
        """The dozen; a name's value may be either of two where the answer did not come."""
        with Wire(self.url, timeout=20) as wire:
            for number in range(4):
                self.put(wire, "CreateSecret", f"new/{number}", {"Name": f"new/{number}"})
            for number in range(4):
                self.put(wire, "PutSecretValue", f"old/{number}", {"SecretId": f"old/{number}"})
            self.put(wire, "UpdateSecret", "new/0", {"SecretId": "new/0"})
            self.call(wire, "TagResource", {"SecretId": "old/0", "Tags": [{"Key": "a", "Value": "b"}]})
            if self.call(wire, "DeleteSecret", {"SecretId": "old/4", "ForceDeleteWithoutRecovery": True}):
                del self.values["old/4"]
            else:
                self.gone.add("old/4")
            self.call(wire, "GetSecretValue", {"SecretId": "old/3"})

    def put(self, wire, operation, name, members):
        version = token()
        former = self.values.get(name, set())
        # Until the answer is there, the value is the old one or the new one.
        self.values[name] = former | {version}
        if not former:
            self.gone.add(name)
        members |= {"ClientRequestToken": version, "SecretString": version}
        if self.call(wire, operation, members):
            self.values[name] = {version}
            self.gone.discard(name)

    def call(self, wire, operation, members) -> bool:
        answer = wire.call(operation, members)
        if answer.status == 200:
            return True
        # What was not made before cannot be changed.
        missing = answer.json["__type"] == "ResourceNotFoundException" and members.get("SecretId") in self.gone
        assert answer.status >= 500 or missing, answer
        self.refusals += 1
        return False

    def end(self) -> None:
        """Ends the server, which may have ended by itself, but by no signal of its own making."""
        if self.server.process.poll() is None:
            self.server.stop()
        else:
            self.server.process.communicate()
        assert self.server.process.returncode in (0, 1, 137), self.server.complaint()

    def check(self) -> None:
        """Looks at what is there with a sound disk."""
        with Pocketvault(self.folder) as vault, Wire(vault.url) as wire:
            for name, values in self.values.items():
                answer = wire.call("GetSecretValue", {"SecretId": name})
                if answer.status == 200:
                    assert answer.json["SecretString"] in values, f"{name} has a value of nobody"
                else:
                    assert name in self.gone, f"lost: {name} {answer}"
                    assert answer.json["__type"] == "ResourceNotFoundException", answer
            verified = wire.request("GET", "/_pocketvault/audit/verify")
            assert verified.status == 200 and verified.json["intact"] is True, verified
            assert wire.create("after/all", "v").status == 200
        check_database(self.folder / "vault.db")

    def play(self) -> None:
        if self.is_serving:
            try:
                self.change()
            except (OSError, http.client.HTTPException):
                assert self.server.process.wait(timeout=20) == 137, self.server.complaint()
        self.end()


def moments(template, folder, disk) -> list[int]:
    """Where faults strike: spread over a whole run, and by chance within each stretch."""
    run = Run(template, folder, disk)
    run.play()
    assert run.is_serving and run.refusals == 0
    count = int(run.counted.read_text())
    chance = random.Random(SEED)
    return [1 + int((number + chance.random()) * count / MOMENTS) for number in range(MOMENTS)]


@pytest.mark.parametrize("kind", ["eio", "full", "short", "power"])
def test_what_was_acknowledged_survives(kind, template, tmp_path, disk):
    print(f"POCKETVAULT_DISK_SEED={SEED}")
    refused = ended = 0
    for number, at in enumerate(moments(template, tmp_path / "sound", disk)):
        run = Run(template, tmp_path / f"{kind}-{number}", disk, kind, at, chance=number)
        run.play()
        refused += run.refusals
        ended += not run.is_serving or run.server.process.returncode == 137
        run.check()
    print(f"{MOMENTS} moments: {refused} calls refused, {ended} servers ended")
    # A fault that nobody noticed would show nothing.
    assert refused + ended > 0


def test_a_vault_whose_disk_lied_opens_or_says_what_is_wrong(template, tmp_path, disk):
    """Acknowledged changes are lost then, which also shows that the library cuts where it should."""
    lost = 0
    for number, at in enumerate(moments(template, tmp_path / "sound", disk)):
        run = Run(template, tmp_path / f"lies-{number}", disk, "lies", at)
        run.play()
        try:
            run.check()
        except AssertionError as error:
            assert "lost: " in str(error) or "value of nobody" in str(error), error
            lost += 1
    assert lost > 0
