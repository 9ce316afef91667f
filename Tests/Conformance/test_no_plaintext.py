"""A thousand values go in, by calls that succeed and calls that are refused; none is on the disk."""

import base64
import json
import os
import pathlib
import random
import string

import pytest

from server import Pocketvault
from wire import Wire, head, token

WINDOW = 12


def encodings(value: bytes) -> dict[str, bytes]:
    """How a value could stand in a file: as it is, in base64, in hexadecimal, escaped for JSON."""
    base = base64.b64encode(value)
    forms = {
        "raw": value,
        "base64": base,
        "base64url": base64.urlsafe_b64encode(value),
        # As part of a longer text, with its beginning at another place of the three.
        "base64 +1": base64.b64encode(b"x" + value)[4:],
        "base64 +2": base64.b64encode(b"xx" + value)[4:],
        "hex": value.hex().encode(),
        "HEX": value.hex().upper().encode(),
    }
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return forms
    forms["JSON"] = json.dumps(text, ensure_ascii=False)[1:-1].encode()
    forms["JSON ASCII"] = json.dumps(text)[1:-1].encode()
    forms["JSON with slashes"] = forms["JSON"].replace(b"/", b"\\/")
    forms["UTF-16"] = text.encode("utf-16-le")
    return forms


class Search:
    """Looks for many values at once: for any of their first or last bytes, so half a value counts."""

    def __init__(self, values: list[bytes]):
        self.windows: dict[bytes, str] = {}
        for number, value in enumerate(values):
            for form, data in encodings(value).items():
                # Ends without padding: a value in base64 may go on with what followed it.
                data = data.rstrip(b"=")
                for end, window in (("begins", data[:WINDOW]), ("ends", data[-WINDOW - 4 : -4])):
                    assert len(window) == WINDOW
                    self.windows[window] = f"value {number} {end} here as {form}"

    def found_in(self, data: bytes) -> list[str]:
        windows = self.windows
        spots = (at for at in range(len(data) - WINDOW + 1) if data[at : at + WINDOW] in windows)
        return [windows[data[at : at + WINDOW]] for at in spots]

    def found_under(self, folder: pathlib.Path) -> list[str]:
        return [
            f"{path.relative_to(folder)}: {found}"
            for path in sorted(folder.rglob("*"))
            if path.is_file()
            for found in self.found_in(path.read_bytes())
        ]


ALPHABETS = [
    string.ascii_letters + string.digits,
    string.ascii_letters + string.digits + string.punctuation + "\n\t/\"\\",
    "äöüßéñçøåλπж☃🗝" + string.ascii_letters,
]


def random_text(chance: random.Random) -> str:
    return "".join(chance.choices(chance.choice(ALPHABETS), k=chance.randrange(40, 80)))


class Storer:
    """Sends values in every way there is; remembers them all."""

    def __init__(self, wire: Wire, chance: random.Random):
        self.wire, self.chance, self.values = wire, chance, []

    def text(self) -> str:
        self.values.append((text := random_text(self.chance)).encode())
        return text

    def binary(self) -> str:
        self.values.append(data := self.chance.randbytes(self.chance.randrange(40, 80)))
        return base64.b64encode(data).decode()

    def call(self, status: int, operation: str, /, **members):
        members.setdefault("ClientRequestToken", token())
        answer = self.wire.call(operation, members)
        assert answer.status == status, answer
        return answer

    def store(self, number: int) -> None:
        """Values that are taken, and read again so that reading is watched as well."""
        name = f"plain/{number}"
        if number % 3:
            self.call(200, "CreateSecret", Name=name, SecretString=self.text())
        else:
            self.call(200, "CreateSecret", Name=name, SecretBinary=self.binary())
        self.call(200, "PutSecretValue", SecretId=name, SecretString=self.text())
        self.call(200, "UpdateSecret", SecretId=name, SecretBinary=self.binary())
        for label in ("AWSCURRENT", "AWSPREVIOUS"):
            self.call(200, "GetSecretValue", SecretId=name, VersionStage=label)
        self.call(200, "BatchGetSecretValue", SecretIdList=[name])
        if number % 5 == 0:
            self.call(200, "UpdateSecret", SecretId=name, KmsKeyId="alias/other")
        if number % 7 == 0:
            self.call(200, "DeleteSecret", SecretId=name, ForceDeleteWithoutRecovery=True)

    def be_refused(self, number: int) -> None:
        """Values in calls that are refused, one of every kind of refusal."""
        name = f"plain/{number}"
        call = self.call
        call(400, "CreateSecret", Name="bad name", SecretString=self.text())
        call(400, "CreateSecret", Name=f"big/{number}", SecretString=self.text() + "x" * 65536)
        call(400, "PutSecretValue", SecretId="missing", SecretString=self.text())
        call(400, "PutSecretValue", SecretId=name, SecretString=[self.text()])
        call(400, "PutSecretValue", SecretId=name, SecretString={"value": self.text()})
        call(400, "PutSecretValue", SecretId=name, secretString=self.text())
        call(400, "PutSecretValue", SecretId=name, Secretstring=self.text(), SecretBinary="")
        call(400, "PutSecretValue", SecretId=name, SecretBinary="!" + self.text())
        call(400, "PutSecretValue", SecretId=name, SecretString=self.text(), VersionStages=[""])
        call(400, "PutSecretValue", SecretId=name, SecretString=self.text(), SecretBinary=self.binary())
        call(400, "PutSecretValue", SecretId=name, SecretString=self.text(), ClientRequestToken="short")
        call(400, "UpdateSecret", SecretId=name, SecretString=self.text(), Description=7)
        call(400, "GetSecretValue", SecretId=7, SecretString=self.text())
        value = json.dumps(self.text())
        refused = [
            self.wire.call("PutSecretValue", '{"SecretId":"x","SecretString":' + value),
            self.wire.call("PutSecretValue", '{"SecretId":"x","SecretString":' + value + ",}"),
            self.wire.call("Nope", '{"SecretString":' + value + "}"),
            self.wire.call("PutSecretValue", '{"SecretString":' + value + "}", content_type="text/plain"),
            self.wire.call("PutSecretValue", '{"SecretString":' + value + "}", origin="http://evil.example"),
        ]
        assert all(answer.status >= 400 for answer in refused)
        # Cut off in the middle of the value.
        body = ('{"SecretId":"x","SecretString":' + json.dumps(self.text())).encode()
        host = f"{self.wire.host}:{self.wire.port}"
        self.wire.raw(head(host, len(body) + 100, "PutSecretValue") + body, patience=0.02)


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_stored_or_refused_value_is_in_database_wal_log_or_audit(folder, log_format):
    path = pathlib.Path(folder)
    chance = random.Random(seed := os.urandom(8).hex())
    print(f"seed {seed}")
    vault = Pocketvault(path, "--log-format", log_format, "--log-level", "trace").start()
    with vault, Wire(vault.url) as wire:
        storer = Storer(wire, chance)
        for number in range(140):
            storer.store(number)
        for number in range(140, 180):
            storer.store(number)
            storer.be_refused(number)
        assert len(storer.values) >= 1000
        search = Search(storer.values)
        # The audit trail is written within 100 ms: the files now, with the log of the database.
        assert (path / "vault.db-wal").stat().st_size > 0
        assert search.found_under(path) == []
        assert vault.stop() == 0
        (path / "stdout.log").write_bytes(vault.rest_of_output)
    assert search.found_under(path) == [], "after the last checkpoint"
    databases = [file.read_bytes() for file in path.glob("vault.db*")]
    assert any(b"plain/141" in data for data in databases), "names are there: these are the files"


@pytest.mark.parametrize("form", encodings(b"x" * 40))
def test_the_search_finds_a_value_in_this_form(folder, form):
    values = [random_text(random.Random(1)).encode(), random_text(random.Random(2)).encode()]
    haystack = os.urandom(5000) + encodings(values[1])[form] + os.urandom(5000)
    (pathlib.Path(folder) / "file").write_bytes(haystack)
    found = Search(values).found_under(pathlib.Path(folder))
    assert found and all("value 1" in line for line in found)
