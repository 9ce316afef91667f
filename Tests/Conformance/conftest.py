"""What the conformance tests share: a server per module, clients, names that nobody else uses."""

import itertools
import os
import re
import shutil
import signal
import subprocess
import tempfile
from typing import NoReturn

import boto3
import pytest
from botocore.config import Config

from server import ROOT, Pocketvault, which_client
from wire import Wire

# Recipes from outside the project, which are looked at when somebody names their folder.
collect_ignore = [] if os.environ.get("POCKETVAULT_RECIPES") else ["test_recipes.py"]

IN_CI = os.environ.get("CI", "").lower() == "true"

# What a shell has its background jobs ignore, and `nohup` everything, they would pass on: tests send these.
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def pytest_addoption(parser):
    parser.addoption(
        "--bad-requests", type=int, default=400, metavar="N", help="bad requests for each operation"
    )


class Running:
    """A server that somebody else started, named by POCKETVAULT_ENDPOINT."""

    def __init__(self, url: str):
        self.url = url


@pytest.fixture
def folder():
    """A folder of the test's own, with room for more than pytest's long names leave."""
    path = tempfile.mkdtemp(prefix="pocketvault-")
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def server():
    """A server for the whole module. Tests keep apart by account, or by the name of the secret."""
    if url := os.environ.get("POCKETVAULT_ENDPOINT"):
        yield Running(url)
        return
    path = tempfile.mkdtemp(prefix="pocketvault-")
    try:
        with Pocketvault(path) as running:
            yield running
            code = running.stop()
        assert code == 0, f"exit code {code} on SIGTERM; {running.complaint()}"
    finally:
        shutil.rmtree(path, ignore_errors=True)


def make_client(
    url, *, key="test", region="us-east-1", service="secretsmanager", checked=True, attempts=1
):
    """A boto3 client, without retries unless it may have more attempts than one.

    `checked=False` sends what botocore would refuse to send.
    """
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": attempts}, parameter_validation=checked),
    )


accounts = itertools.count(700_000_000_000)


@pytest.fixture
def account() -> str:
    """An account in which no other test has a secret."""
    return str(next(accounts))


@pytest.fixture
def aws(server, account):
    """A boto3 client in an account of the test's own."""
    return make_client(server.url, key=account)


@pytest.fixture
def unchecked(server, account):
    """The same without botocore's own checks, so that the server's are seen."""
    return make_client(server.url, key=account, checked=False)


@pytest.fixture
def wire(server):
    with Wire(server.url) as connection:
        yield connection


@pytest.fixture
def name(request) -> str:
    """A name for a secret that no other test uses."""
    return re.sub(r"[^A-Za-z0-9/_+=.@!-]", "_", request.node.name)[:200] + f"/{next(accounts)}"


def client_program(name: str) -> str:
    """The path of a client; without it the test fails in CI and is skipped elsewhere."""
    return which_client(name) or client_missing(name)


def client_missing(name: str) -> NoReturn:
    """Ends the test: CI must run every client, a laptop may lack some."""
    if IN_CI:
        pytest.fail(f"{name} is not installed, and CI must run every client")
    pytest.skip(f"{name} is not installed")


@pytest.fixture(scope="session")
def disk(tmp_path_factory):
    """The library that stands between a server and its disk."""
    client_program("cc")
    library = tmp_path_factory.mktemp("disk") / "faulty.so"
    source = ROOT / "Tests/Conformance/disk/faulty.c"
    warnings = ["-Wall", "-Wextra", "-Werror"]
    subprocess.run(["cc", "-O1", *warnings, "-shared", "-fPIC", "-o", library, source, "-ldl", "-lpthread"], check=True)
    return library
