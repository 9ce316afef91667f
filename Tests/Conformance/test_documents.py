"""What README.md and docs/ show of programs is run here, and every link leads somewhere; test_pages.py has the commands."""

import importlib.util
import pathlib
import re
import subprocess
import sys

import pytest
import yaml

from conftest import client_missing, client_program, make_client
from server import ROOT, Pocketvault, clean_environment

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seed/*.md"), *ROOT.glob("docker/*.md"), *ROOT.glob("clients/**/*.md")])
WRITTEN_FOR = "http://127.0.0.1:4566"


def section(page: str, title: str) -> str:
    text = (ROOT / page).read_text()
    return re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##+ |\Z)", text, re.M | re.S)[1]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    with Pocketvault(tmp_path_factory.mktemp("readme"), database=":memory:") as running:
        make_client(running.url).create_secret(Name="app/key", SecretString="two")
        yield running


@pytest.mark.cli
def test_the_profile_of_the_readme_leads_here(vault, folder):
    (profile,) = blocks(section("README.md", "From your program"), "ini")
    path = pathlib.Path(folder) / "config"
    path.write_text(profile.replace(WRITTEN_FOR, vault.url))
    listed = subprocess.run(
        [client_program("aws"), "secretsmanager", "list-secrets", "--profile", "pocketvault"],
        env=clean_environment(AWS_CONFIG_FILE=str(path)),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert '"app/key"' in listed.stdout, listed.stderr


def test_the_python_of_the_readme_reads_a_value(vault):
    (snippet,) = blocks(section("README.md", "From your program"), "python")
    program = f"import boto3\n{snippet}".replace(WRITTEN_FOR, vault.url)
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=clean_environment(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.stdout == "two\n", ended.stderr


TOGETHER = """
import os
import pathlib
import time


def test_the_same_name_is_free_in_every_account(secrets, worker_id):
    secrets.create_secret(Name="app/password", SecretString=worker_id)
    # The others have theirs at the same time.
    here = pathlib.Path(__file__).parent
    (here / f"{worker_id}.made").touch()
    while len(list(here.glob("*.made"))) < int(os.environ["WORKERS"]):
        time.sleep(0.01)
    assert secrets.get_secret_value(SecretId="app/password")["SecretString"] == worker_id
    assert len(secrets.list_secrets()["SecretList"]) == 1
"""


@pytest.mark.parametrize(("workers", "options"), [(3, ("-n", "3", "--dist", "each")), (1, ())])
def test_workers_that_share_a_server_have_accounts_of_their_own(folder, workers, options):
    if importlib.util.find_spec("xdist") is None:
        client_missing("pytest-xdist")
    (fixtures,) = blocks(section("docs/testing.md", "Tests in parallel"), "python")
    (pathlib.Path(folder) / "conftest.py").write_text(fixtures)
    (pathlib.Path(folder) / "test_app.py").write_text(TOGETHER)
    with Pocketvault(folder, database=":memory:") as running:
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, folder],
            cwd=folder,
            env=clean_environment(AWS_ENDPOINT_URL_SECRETS_MANAGER=running.url, WORKERS=str(workers)),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert f"{workers} passed" in ended.stdout, ended.stdout + ended.stderr
        running.stop()
    assert "looks like an account" not in running.log.read_text()


def test_an_access_key_id_that_was_meant_as_an_account_is_said_in_the_log_once(folder):
    with Pocketvault(folder, "--account", "222222222222", database=":memory:") as running:
        for key in ("gw0000000000", "11111111111", "gw0000000000", "test", "111111111111"):
            make_client(running.url, key=key).list_secrets()
        running.stop()
    lines = [line for line in running.log.read_text().splitlines() if "looks like an account" in line]
    keys = [line.partition("accessKeyID=")[2] for line in lines]
    assert keys == ["gw0000000000 account=222222222222", "11111111111 account=222222222222"]


def anchors(text: str) -> set[str]:
    """Where GitHub lets a link lead within a page."""
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_project_leads_somewhere(page):
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target:
            file, _, anchor = target.partition("#")
            path = page.parent / file if file else page
            assert path.exists(), target
            assert not anchor or anchor in anchors(path.read_text()), target


YAML = sorted([*ROOT.glob(".github/**/*.yml"), *ROOT.glob("docker/*.yaml"), *ROOT.glob("docs/**/*.yml")])


@pytest.mark.parametrize("file", YAML, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_others_read_as_yaml_is_yaml(file):
    read = yaml.safe_load(file.read_text())
    steps = read.get("runs", {}).get("steps", [])
    steps += [step for job in read.get("jobs", {}).values() for step in job.get("steps", [])]
    for step in steps:
        assert ("run" in step) != ("uses" in step), step
        if "run" in step:
            script = re.sub(r"\$\{\{.*?\}\}", "expression", step["run"])
            checked = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
            assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("script", sorted((ROOT / "packaging").glob("**/*")), ids=lambda path: path.name)
def test_scripts_of_the_packages_are_read_by_their_shell(script):
    # The profile is no text.
    first = script.read_bytes().partition(b"\n")[0] if script.is_file() else b""
    if first.startswith(b"#!"):
        shell = "bash" if b"bash" in first else "sh"
        checked = subprocess.run([shell, "-n", script], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
