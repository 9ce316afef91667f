"""The AWS SDKs for Go, v1 and v2: programs built from Debian's sources, without any network."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

from conftest import client_missing, client_program
from server import clean_environment
from trouble import Flaky, damaged_vault

pytestmark = pytest.mark.client

SOURCES = pathlib.Path("/usr/share/gocode")
PROGRAMS = pathlib.Path(__file__).parent / "clients"
SDKS = {"v1": "github.com/aws/aws-sdk-go", "v2": "github.com/aws/aws-sdk-go-v2"}


@pytest.mark.parametrize("version, sdk", SDKS.items(), ids=SDKS)
def test_a_go_program_works_with(server, folder, version, sdk):
    go = client_program("go")
    if not (SOURCES / "src" / sdk).is_dir():
        client_missing(f"the AWS SDK for Go {version} (Debian's golang-{sdk.replace('/', '-')}-dev)")
    program = pathlib.Path(folder) / "secrets"
    shutil.copytree(PROGRAMS / f"go-{version}", source := pathlib.Path(folder) / "source")
    shutil.copytree(PROGRAMS / "go", source, dirs_exist_ok=True)
    build = clean_environment(GO111MODULE="off", GOPATH=str(SOURCES), GOFLAGS="", GOPROXY="off")
    # Go wants a cache, and some machines of CI have no home.
    build.setdefault("HOME", folder)
    made = subprocess.run(
        [go, "test", "-c", "-o", program, "."], cwd=source, env=build, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
    os.mkdir(damage := pathlib.Path(folder) / "damaged")
    with Flaky(server.url) as flaky, damaged_vault(damage) as damaged:
        ended = subprocess.run(
            [program, "-test.v"],
            cwd=source,
            env=clean_environment(ENDPOINT=server.url, FLAKY=flaky.url, DAMAGED=damaged.url),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        passed = re.findall(r"^--- PASS: (\w+)", ended.stdout, re.MULTILINE)
        assert "--- SKIP" not in ended.stdout
        assert len(passed) == len(re.findall(r"^func Test", (source / "secrets_test.go").read_text(), re.M))
        assert flaky.lost >= 2, "the calls through the flaky line were repeated"
