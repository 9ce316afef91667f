"""A server answers from the first moment on, before it has read anything: seeds come by a pipe here."""

import os
import signal
import socket
import time
import urllib.request

import boto3
import botocore.config
import pytest

from server import Pocketvault, free_port, memory_folder, run, wait_until
from wire import Wire

SEED = b'{"version":1,"secrets":[{"name":"app/key","value":"calm-otter"}]}'


class Start:
    """A server that waits for its seeds until a test writes them."""

    def __init__(self, folder):
        self.pipe = os.path.join(folder, "seeds")
        os.mkfifo(self.pipe)
        self.end = os.open(self.pipe, os.O_RDWR)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        shell = ["sh", "-c", f'exec "$@" < "{self.pipe}"', "sh"]
        options = ["--port", self.port, "--seed", "-"]
        self.server = Pocketvault(folder, *options, database=":memory:", prefix=shell)
        self.server.spawn()
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)

    def seed(self, text=SEED):
        os.write(self.end, text)
        os.close(self.end)

    def client(self, service, attempts=1):
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=botocore.config.Config(
                retries={"total_max_attempts": attempts, "mode": "standard"}
            ),
        )


@pytest.fixture
def start(folder):
    start = Start(folder)
    yield start
    start.server.kill()


@pytest.mark.parametrize("path", ["/_pocketvault/health", "/health", "/_localstack/health"])
def test_health_says_that_it_is_starting(start, path):
    with Wire(start.url) as wire:
        answer = wire.request("GET", path)
    assert (answer.status, answer.json["status"]) == (200, "starting")


@pytest.mark.parametrize("path", ["/_pocketvault/ready", "/_localstack/init/ready", "/console"])
def test_it_is_not_ready_before_its_seeds_are_in(start, path):
    with Wire(start.url) as wire:
        assert wire.request("GET", path).status == 503
    assert run("healthcheck", "--endpoint", start.url).returncode == 1


@pytest.mark.parametrize(
    ("service", "operation"),
    [("secretsmanager", "list_secrets"), ("kms", "list_keys"), ("ssm", "describe_parameters")]
    + [("sts", "get_caller_identity"), ("iam", "list_users")],
)
def test_calls_of_every_service_get_an_error_that_sdks_try_again(start, service, operation):
    client = start.client(service)
    with pytest.raises(client.exceptions.ClientError) as caught:
        getattr(client, operation)()
    error = caught.value.response
    assert error["Error"]["Code"] == "ServiceUnavailable"
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 503


def test_a_call_that_came_too_early_is_tried_again_until_it_succeeds(start):
    client = start.client("secretsmanager", attempts=8)
    calls = []

    def seed_after_two(**_):
        calls.append(1)
        if len(calls) == 3:
            start.seed()

    client.meta.events.register("before-send.secretsmanager.*", lambda **more: seed_after_two())
    assert client.get_secret_value(SecretId="app/key")["SecretString"] == "calm-otter"
    assert len(calls) > 2, "two were refused"


def test_it_is_ready_when_its_seeds_are_in(start):
    start.seed()
    assert b"listening on" in start.server.process.stdout.readline()
    with urllib.request.urlopen(start.url + "/_pocketvault/ready") as answer:
        assert answer.status == 200


def test_seeds_that_cannot_be_read_end_it_with_a_line_and_without_a_ready_one(start):
    start.seed(b"{")
    output, _ = start.server.process.communicate(timeout=20)
    assert (output, start.server.process.returncode) == (b"", 1)
    assert "not JSON" in start.server.complaint()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_while_it_waits_for_its_seeds(start, number):
    start.server.process.send_signal(number)
    assert start.server.process.wait(timeout=10) == 0


def test_a_vault_in_memory_leaves_nothing_behind_when_its_start_is_ended(folder):
    seeds = ",".join(f'{{"name":"s{n}","value":"v"}}' for n in range(30_000))
    path = os.path.join(folder, "seeds.json")
    with open(path, "w") as file:
        file.write(f'{{"version":1,"secrets":[{seeds}]}}')
    server = Pocketvault(folder, "--port", free_port(), "--seed", path, database=":memory:")
    process = server.spawn()
    place = wait_until(lambda: memory_folder(process))
    assert os.path.isdir(place)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 0
    assert process.stdout.read() == b"", "the start was over before it was ended"
    assert not os.path.exists(place)
