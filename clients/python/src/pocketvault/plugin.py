"""Fixtures for pytest: a server for the run, and an account for each test."""

from __future__ import annotations

import os
import pathlib

import pytest

from .server import Pocketvault

ENDPOINT = "pocketvault_endpoint"
SERVER = pytest.StashKey[Pocketvault]()


def pytest_addoption(parser):
    parser.getgroup("pocketvault").addoption(
        "--pocketvault-endpoint",
        default=os.environ.get("POCKETVAULT_ENDPOINT"),
        metavar="URL",
        help="a server that runs already (also POCKETVAULT_ENDPOINT)",
    )


def pytest_configure(config):
    config.addinivalue_line(
        "markers",
        "pocketvault(seed=None, template=None, region='us-east-1', faults=()): "
        "what the account of a test has in it, and what goes wrong there",
    )


def running(config) -> Pocketvault:
    """The server of this process: started when it is first needed."""
    if SERVER not in config.stash:
        told = getattr(config, "workerinput", {}).get(ENDPOINT)
        endpoint = told or config.getoption("--pocketvault-endpoint")
        config.stash[SERVER] = Pocketvault(endpoint=endpoint)
    return config.stash[SERVER]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Workers of pytest-xdist share the server of the process that started them."""
    node.workerinput[ENDPOINT] = running(node.config).endpoint


def pytest_unconfigure(config):
    if server := config.stash.get(SERVER, None):
        server.stop()


@pytest.fixture(scope="session")
def pocketvault(request) -> Pocketvault:
    """The server of the whole run."""
    return running(request.config)


@pytest.fixture
def vault(request, pocketvault, _pocketvault_templates, monkeypatch):
    """An account of the test's own, to which the environment leads."""
    wanted = {"seed": None, "template": None, "region": "us-east-1", "faults": ()}
    for marker in reversed(list(request.node.iter_markers("pocketvault"))):
        if marker.args or not wanted.keys() >= marker.kwargs.keys():
            raise pytest.UsageError(f"pocketvault takes {', '.join(wanted)} as keywords")
        wanted |= marker.kwargs
    template = wanted["template"]
    if wanted["seed"]:
        template = _pocketvault_templates(request.config.rootpath / wanted["seed"])
    with pocketvault.create_account(template, wanted["region"]) as account:
        rules = [add_fault(pocketvault, account, rule) for rule in wanted["faults"]]
        monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
        monkeypatch.delenv("AWS_PROFILE", raising=False)
        for name, value in account.environment.items():
            monkeypatch.setenv(name, value)
        yield account
        for rule in rules:
            pocketvault.control(f"faults/{rule}", method="DELETE")


@pytest.fixture
def secrets(vault):
    """A boto3 client of Secrets Manager in the test's account."""
    return vault.client()


@pytest.fixture(scope="session")
def _pocketvault_templates(pocketvault):
    """Accounts that seeds were put into, one for each seed: copies of them are made in milliseconds."""
    made = {}

    def template(path: pathlib.Path) -> str:
        if path not in made:
            made[path] = pocketvault.create_account()
            pocketvault.seed(path, made[path].account)
        return made[path].account

    yield template
    for account in made.values():
        account.drop()


def add_fault(server: Pocketvault, account, rule: dict) -> str:
    return server.control("faults", {"account": account.account, **rule})["id"]
