"""Assertions over the trail, as a test suite asks them."""

import json
import threading
import time
import urllib.request

from server import run


def ask(server, **body):
    request = urllib.request.Request(
        f"{server.url}/_pocketvault/assert",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def test_who_read_what_and_how_often(server, aws, account):
    aws.create_secret(Name="app", SecretString="calm-otter")
    start = ask(server)["cursor"]
    aws.get_secret_value(SecretId="app")
    version = aws.put_secret_value(SecretId="app", SecretString="new")["VersionId"]
    mine = {"account": account, "event": "GetSecretValue"}
    assert ask(server, since=start, expect=[mine | {"secret": "app", "times": 1}])["passed"]
    assert ask(server, since=start, expect=[mine | {"versionId": version, "times": 0}])["passed"]
    aws.get_secret_value(SecretId="app")
    answer = ask(server, since=start, expect=[mine | {"versionId": version, "times": 0}])
    assert not answer["passed"]
    (failure,) = answer["failures"]
    assert (failure["expectation"], failure["found"]) == (0, 1)
    assert failure["calls"][0]["record"]["eventName"] == "GetSecretValue"


def test_it_waits_for_what_comes_and_holds_nobody_up(server, aws, account):
    start = ask(server)["cursor"]
    waited = {}

    def wait():
        expectation = {"account": account, "event": "CreateSecret", "times": 3}
        waited["answer"] = ask(server, since=start, expect=[expectation], waitMilliseconds=20_000)
        waited["at"] = time.monotonic()

    waiters = [threading.Thread(target=wait) for _ in range(8)]
    for waiter in waiters:
        waiter.start()
    for number in range(3):
        time.sleep(0.1)
        aws.create_secret(Name=f"app/{number}", SecretString="x")
    made = time.monotonic()
    for waiter in waiters:
        waiter.join()
    assert waited["answer"]["passed"]
    # Well before the 20 seconds for which it would wait.
    assert waited["at"] - made < 10


def test_a_shell_ends_with_1_and_prints_the_calls(server, aws, account):
    aws.create_secret(Name="app", SecretString="x")
    ended = run("assert", "--endpoint", server.url)
    assert ended.returncode == 0
    cursor = ended.stdout.decode().strip()
    aws.get_secret_value(SecretId="app")
    common = ["assert", "--endpoint", server.url, "--since", cursor, "--account", account]
    assert run(*common, "--secret", "app", "--times", "1").returncode == 0
    ended = run(*common, "--secret", "app", "--times", "0")
    assert ended.returncode == 1
    assert "GetSecretValue" in ended.stdout.decode()
    assert "expected times 0, found 1" in ended.stderr.decode()
