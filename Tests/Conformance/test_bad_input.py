"""Bad input of every kind, for every operation: refused as AWS refuses it, and nothing changes.

`--bad-requests N` sends N to each operation instead of a few hundred.
"""

import collections
import contextlib
import json
import random
import select
import socket
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus import HUSH, OPERATIONS, TOO_LARGE, BadRequest, Corpus, WellTyped, known_values
from server import Pocketvault
from trouble import message_from
from wire import JSON_1_1, Wire, authorization, token

VALUE = "the-value-that-no-answer-may-hold"


class Line:
    """One keep-alive connection that sends bytes as they are; made anew when the server closes it."""

    def __init__(self, url: str):
        self.address = tuple(url.removeprefix("http://").rsplit(":", 1))
        self.host = ":".join(self.address)
        self.connection, self.rest = None, b""

    def send(self, request: BadRequest) -> tuple[int, dict[str, str], bytes]:
        data = request.head(self.host) + request.body
        for attempt in (1, 2):
            if self.connection is None:
                self.connection, self.rest = socket.create_connection(self.address, 20), b""
            try:
                self.connection.sendall(data)
                return self.receive()
            except ConnectionError:
                # A server may close a connection that it had kept; it may not do so twice.
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def receive(self) -> tuple[int, dict[str, str], bytes]:
        while b"\r\n\r\n" not in self.rest:
            self.more()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        length = int(headers["content-length"])
        while len(self.rest) < length:
            self.more()
        body, self.rest = self.rest[:length], self.rest[length:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return int(first.split(" ", 2)[1]), headers, body

    def more(self) -> None:
        if not (chunk := self.connection.recv(1 << 20)):
            raise ConnectionResetError("closed without an answer")
        self.rest += chunk

    def close(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None


@pytest.fixture(scope="module")
def vault():
    """A server with secrets in every state, in memory: no disk is waited for."""
    with tempfile.TemporaryDirectory(prefix="pocketvault-") as folder:
        with Pocketvault(folder, "--log-level", "error", database=":memory:") as running:
            with Wire(running.url) as wire:
                running.known = fill(wire)
            yield running
            assert running.stop() == 0, running.complaint()
            assert running.log.read_text() == "", "the server complained"


def fill(wire: Wire) -> dict:
    """Secrets that the corpus aims at; returns what it must know of them."""
    made = wire.create("plain", VALUE, Tags=[{"Key": "k", "Value": "v"}]).json
    put = {"SecretId": "plain", "SecretString": VALUE + "2", "ClientRequestToken": token()}
    version = wire.call("PutSecretValue", put).json["VersionId"]
    wire.create("scheduled", VALUE)
    wire.call("DeleteSecret", {"SecretId": "scheduled"})
    wire.call("CreateSecret", {"Name": "empty", "ClientRequestToken": token()})
    export(wire)  # The first read of a day changes LastAccessedDate.
    return known_values(made["ARN"], version, "plain")


def export(wire: Wire) -> dict:
    """The whole state, as the API tells it."""
    state = {}
    for region in ("us-east-1", "eu-west-1"):
        for account in ("test", "0" * 12, "9" * 12):
            who = {"authorization": authorization(account, region)}
            listed = wire.call("ListSecrets", {"IncludePlannedDeletion": True, "MaxResults": 100}, **who).json
            assert "NextToken" not in listed, "more secrets than were made"
            for entry in listed["SecretList"]:
                id = {"SecretId": entry["ARN"]}
                versions = wire.call("ListSecretVersionIds", id | {"IncludeDeprecated": True}, **who).json
                state[account, entry["ARN"]] = {
                    "entry": entry,
                    "description": wire.call("DescribeSecret", id, **who).json,
                    "versions": versions,
                    "policy": wire.call("GetResourcePolicy", id, **who).json,
                    "values": [
                        wire.call("GetSecretValue", id | {"VersionId": version["VersionId"]}, **who).json
                        for version in versions["Versions"]
                    ],
                }
    return state


def fault_of(request: BadRequest, status: int, headers: dict[str, str], body: bytes) -> str | None:
    """What is wrong with an answer; None when it is as it must be."""
    if request.codes == TOO_LARGE:
        return None if status == 413 else "the body is too large for anything but 413"
    try:
        uuid.UUID(headers.get("x-amzn-requestid"))
    except (TypeError, ValueError):
        return "no x-amzn-requestid"
    if HUSH.encode() in body or VALUE.encode() in body:
        return "a secret value is in the answer"
    if status == 404:
        return None if body.decode().strip() in request.codes else "404 to what AWS answers with 400"
    if status != 400:
        return f"status {status}"
    if headers["content-type"] != JSON_1_1:
        return f"content type {headers['content-type']}"
    error = json.loads(body)
    code = error.get("__type")
    if set(error) - {"__type", "Message", "message"} or code not in request.codes:
        return f"not one of {sorted(request.codes)}"
    return None


@pytest.mark.parametrize("operation", OPERATIONS)
def test_bad_requests_are_refused_and_change_nothing(vault, operation, request):
    count = request.config.getoption("--bad-requests")
    made = Corpus(operation, vault.known).requests(count)
    assert len(made) >= count
    line = Line(vault.url)
    with Wire(vault.url) as wire:
        before = export(wire)
    started = time.monotonic()
    faults: dict[str, list[str]] = collections.defaultdict(list)
    for bad in made:
        status, headers, body = line.send(bad)
        if fault := fault_of(bad, status, headers, body):
            faults[f"{bad.kind}: {fault}"].append(f"{bad}\n    {status} {body[:300]!r}")
    seconds = time.monotonic() - started
    print(f"{operation}: {len(made)} bad requests in {seconds:.1f} s")
    with Wire(vault.url) as wire:
        after = export(wire)
    assert not faults, "\n".join(f"{len(all)} x {fault}\n  {all[0]}" for fault, all in faults.items())
    assert after == before
    assert vault.process.poll() is None, vault.complaint()


def test_whatever_is_asked_in_the_right_types_is_answered(vault, request):
    """A long story of calls that may succeed, in an account of their own: never a fault of the server."""
    count = request.config.getoption("--bad-requests") * 10
    anything = WellTyped(vault.known)
    line, outcomes = Line(vault.url), collections.Counter()
    with Wire(vault.url) as wire:
        before = export(wire)
    for _ in range(count):
        operation = anything.chance.choice(OPERATIONS)
        members = anything.members(operation)
        sent = BadRequest(
            "well typed",
            json.dumps(members).encode(),
            frozenset(),
            f"secretsmanager.{operation}",
            authorization=authorization("8" * 12),
        )
        status, headers, body = line.send(sent)
        answer = json.loads(body or b"{}")
        assert status in (200, 400) and uuid.UUID(headers["x-amzn-requestid"]), f"{sent}\n{status} {body!r}"
        assert (status == 200) == ("__type" not in answer), answer
        outcomes[operation, answer.get("__type", "200")] += 1
        anything.learn(answer)
    print("\n".join(f"{number:6} {operation} {code}" for (operation, code), number in sorted(outcomes.items())))
    # Not a story of refusals only.
    succeeded = {operation for (operation, code) in outcomes if code == "200"}
    assert len(succeeded) >= 14, succeeded
    with Wire(vault.url) as wire:
        everything = {"MaxResults": 100, "IncludePlannedDeletion": True}
        listed = wire.call("ListSecrets", everything, authorization=authorization("8" * 12))
        assert listed.json["SecretList"], "everything that was stored can be told"
        assert export(wire) == before


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_request_that_breaks_off_is_not_carried_out(vault, operation):
    """Good requests, so that only their end is missing."""
    made, line, chance = Corpus(operation, vault.known), Line(vault.url), random.Random(operation)
    with Wire(vault.url) as wire, contextlib.ExitStack() as open_ends:
        before = export(wire)
        broken = []
        for _ in range(20):
            good = made.bad("half-sent", made.good(), {})
            data = good.head(line.host) + good.body
            connection = open_ends.enter_context(socket.create_connection(line.address, 20))
            connection.sendall(data[: chance.choice([len(data) - 1, chance.randrange(len(data))])])
            broken.append(connection)
        # Longer than the server takes to answer a whole request.
        time.sleep(0.1)
        answered, _, _ = select.select(broken, [], [], 0)
        assert [connection.recv(1000) for connection in answered] == []
    with Wire(vault.url) as wire:
        assert export(wire) == before


def test_a_slow_request_is_answered_like_any_other(vault):
    """A few bytes at a time, for every operation at once: nobody waits for anybody."""
    line, chance = Line(vault.url), random.Random(2026)
    slow = [
        bad
        for operation in OPERATIONS
        for bad in Corpus(operation, vault.known).requests(40)
        if bad.kind in ("missing", "null", "wrong type")
    ]
    slow = chance.sample(slow, 64)

    def trickle(bad: BadRequest) -> bytes:
        data = bad.head(line.host) + bad.body
        cuts = sorted(chance.sample(range(1, len(data)), 40))
        with socket.create_connection(line.address, 20) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for start, end in zip([0, *cuts], [*cuts, len(data)]):
                connection.sendall(data[start:end])
                time.sleep(0.02)
            return message_from(connection)

    with Wire(vault.url) as wire, ThreadPoolExecutor(64) as pool:
        before = export(wire)
        answers = pool.map(trickle, slow)
        assert wire.call("ListSecrets").status == 200
        for bad, answer in zip(slow, answers):
            assert answer.startswith(b"HTTP/1.1 400"), bad
            assert b"x-amzn-RequestId: " in answer
        assert export(wire) == before
