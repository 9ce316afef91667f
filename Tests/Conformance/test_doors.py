"""Few descriptors, many connections: it says what it has, and answers again after a flood."""

import re
import resource
import socket
import time

import pytest

from server import Pocketvault
from wire import Wire

LIMIT = 64


def limited(folder, soft: int, hard: int) -> Pocketvault:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    return Pocketvault(folder, preexec_fn=limit)


def connections_of(vault: Pocketvault) -> int:
    return int(re.search(r" connections=(\d+)", vault.log.read_text())[1])


def test_the_soft_limit_of_descriptors_is_raised_to_the_hard_one(folder):
    with limited(folder, 64, 2048) as vault:
        assert connections_of(vault) == 1000
        with open(f"/proc/{vault.process.pid}/limits") as limits:
            line = next(line for line in limits if line.startswith("Max open files"))
        assert line.split()[3:5] == ["2048", "2048"]


FLOODS = {
    "nothing": b"",
    "half a head": b"POST / HTTP/1.1\r\nHost: lo",
    "half a body": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
    "a whole request": b"GET /_pocketvault/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("sent", FLOODS.values(), ids=FLOODS)
def test_after_a_flood_at_64_descriptors_it_answers_soon(folder, sent):
    with limited(folder, LIMIT, LIMIT) as vault:
        assert 8 <= connections_of(vault) < LIMIT
        clients = []
        for _ in range(400):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", vault.port))
            clients.append(client)
        time.sleep(0.3)
        for client in clients:
            try:
                client.send(sent)
            except OSError:
                pass
        time.sleep(0.5)
        for client in clients:
            client.close()
        started = time.monotonic()
        # One connection after the other that is held for its idle minute would make several.
        with Wire(vault.url, timeout=15) as wire:
            assert wire.create("after-the-flood").status == 200
        assert time.monotonic() - started < 15


@pytest.mark.parametrize("descriptors", [10, 16, 20, 32, 48])
def test_with_too_few_descriptors_to_live_it_says_so_and_ends(folder, descriptors):
    assert "ulimit -n" in limited(folder, descriptors, descriptors).refusal()


def test_slow_heads_make_way_for_others(folder):
    with limited(folder, LIMIT, LIMIT) as vault:
        slow = [socket.create_connection(("127.0.0.1", vault.port)) for _ in range(60)]
        started = time.monotonic()
        for client in slow:
            client.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        with socket.create_connection(("127.0.0.1", vault.port), 60) as client:
            client.settimeout(0.2)
            client.sendall(FLOODS["a whole request"])
            answer = b""
            while not answer and time.monotonic() - started < 50:
                for other in slow:
                    try:
                        other.send(b"x")
                    except OSError:
                        pass
                try:
                    answer = client.recv(100)
                except TimeoutError:
                    pass
        assert answer.startswith(b"HTTP/1.1 200"), answer
        # Three rounds of ten seconds each, at the most, for the places of those before it.
        assert time.monotonic() - started < 45
        for client in slow:
            client.close()
