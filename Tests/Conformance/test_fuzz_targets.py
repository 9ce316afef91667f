"""The fuzz targets stand outside the package: that they still fit its sources."""

import subprocess

import pytest

from conftest import client_program
from server import ROOT

pytestmark = pytest.mark.client


def test_every_fuzz_target_can_be_built():
    client_program("swiftc")
    ended = subprocess.run(
        [ROOT / "Tests/Fuzz/run.sh", "check"], capture_output=True, text=True, timeout=300
    )
    assert ended.returncode == 0, (ended.stdout + ended.stderr)[-2000:]
