"""The benchmark's own program, a second for each measurement: that it runs, and no figure of it is judged."""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree

import pytest

from conftest import client_program
from server import ROOT, binary

pytestmark = pytest.mark.client


def test_the_benchmark_measures_and_draws(tmp_path):
    for program in ("wrk", "gcc"):
        client_program(program)
    ended = subprocess.run(
        [sys.executable, ROOT / "Tests/Benchmarks/run", "--quick", "--figures", tmp_path],
        env=os.environ | {"BENCHMARK_BINARY": str(binary()), "BENCHMARK_FOLDER": str(tmp_path / "run")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    page = ended.stdout
    for title in ("beside the limit", "Twenty at once", "signatures verified", "Writes", "first answer", "Memory"):
        assert title in page
    assert "nan" not in page and "None" not in page.replace("None was installed", "")
    drawn = sorted(path.name for path in tmp_path.glob("*.svg"))
    assert drawn == [f"benchmark-{name}-{kind}.svg" for name in ("peers", "reads") for kind in ("dark", "light")]
    for path in tmp_path.glob("*.svg"):
        assert xml.etree.ElementTree.parse(path).getroot().tag.endswith("svg")
    shutil.rmtree(tmp_path / "run", ignore_errors=True)
