"""Client recipes from outside the project, when POCKETVAULT_RECIPES names their folder.

They print `ok` and `FAIL` lines.
"""

import os
import pathlib
import subprocess
import sys

import pytest

from conftest import client_program
from server import clean_environment

RECIPES = os.environ["POCKETVAULT_RECIPES"]


def failed(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith("FAIL")]


def run(server, *command) -> str:
    path = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
    ended = subprocess.run(
        command,
        env=clean_environment(PATH=path, ENDPOINT=server.url),
        capture_output=True,
        timeout=300,
        text=True,
    )
    print(ended.stdout, ended.stderr)
    assert " passed, " in ended.stdout
    return ended.stdout


@pytest.mark.cli
def test_the_recipe_of_the_aws_cli_passes(server):
    client_program("aws")
    assert failed(run(server, "bash", f"{RECIPES}/aws-cli/run.sh")) == []


def test_the_recipe_of_boto3_passes(server):
    script = f'. "{RECIPES}/env.sh"; exec "{sys.executable}" "{RECIPES}/boto3/run.py"'
    assert failed(run(server, "bash", "-c", script)) == []
