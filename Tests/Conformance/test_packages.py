"""The Debian package and the wheel, made once and had as users have them: into folders, nothing installed."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

import pytest

from conftest import client_program
from server import ROOT, Pocketvault, clean_environment

pytestmark = pytest.mark.client


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Where the three files lie."""
    for program in ("lintian", "cc", "readelf", "dpkg-deb", "xz"):
        client_program(program)
    folder = tmp_path_factory.mktemp("made")
    ended = subprocess.run(
        ["make", "dist", "deb", "wheel"],
        cwd=ROOT,
        env=os.environ | {"OUT": str(folder)},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout[-1000:] + ended.stderr[-2000:]
    return folder


def only(folder, pattern) -> pathlib.Path:
    [path] = folder.glob(pattern)
    return path


@pytest.fixture
def version_of(monkeypatch, folder):
    """Serves a vault with a program, and says which version did."""

    def version_of(program):
        monkeypatch.setenv("POCKETVAULT_BINARY", str(program))
        with Pocketvault(folder, database=":memory:") as vault:
            return vault.version

    return version_of


def test_lintian_has_nothing_to_say(made):
    package = only(made, "*.deb")
    ended = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", str(package)],
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (0, "")


def test_the_package_serves_from_a_folder(made, folder, version_of):
    root = pathlib.Path(folder) / "root"
    subprocess.run(["dpkg-deb", "--extract", str(only(made, "*.deb")), str(root)], check=True)
    assert version_of(root / "usr/bin/pocketvault")
    for path in (
        "usr/lib/systemd/system/pocketvault.service",
        "usr/share/man/man1/pocketvault.1.gz",
        "usr/share/bash-completion/completions/pocketvault",
        "usr/share/zsh/vendor-completions/_pocketvault",
        "usr/share/fish/vendor_completions.d/pocketvault.fish",
    ):
        assert (root / path).is_file(), path


def test_the_package_needs_the_c_library_and_nothing_else(made):
    fields = subprocess.run(
        ["dpkg-deb", "--field", str(only(made, "*.deb")), "Depends"], check=True, capture_output=True, text=True
    )
    assert fields.stdout.strip() == "libc6 (>= 2.35)"


def test_no_symbol_is_newer_than_the_oldest_library_that_it_names(made, folder):
    with tarfile.open(only(made, "*.tar.gz")) as packed:
        pathlib.Path(folder, "pocketvault").write_bytes(packed.extractfile("./pocketvault").read())
    listed = subprocess.run(
        ["readelf", "--wide", "--version-info", f"{folder}/pocketvault"], check=True, capture_output=True, text=True
    )
    wanted = {tuple(map(int, found.split("."))) for found in re.findall(r"GLIBC_([\d.]+)", listed.stdout)}
    assert max(wanted) <= (2, 35)


def test_the_wheel_brings_the_program_and_the_fixtures(made, folder, version_of):
    place = pathlib.Path(folder) / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    subprocess.run(
        [place / "bin/pip", "install", "--quiet", "--no-index", "--no-deps", only(made, "*.whl")], check=True
    )
    version = version_of(place / "bin/pocketvault")
    said = subprocess.run(
        [place / "bin/python", "-c", "import pocketvault; print(pocketvault.__version__)"],
        check=True,
        capture_output=True,
        text=True,
        env=clean_environment(),
    )
    assert said.stdout.strip() == version


def test_the_same_commit_gives_the_same_bytes(made, tmp_path):
    """Of what is packed; two builds of the program are compared by hand, since they take minutes."""
    for kind in ("dist", "deb"):
        subprocess.run(
            [f"packaging/{kind}"], cwd=ROOT, env=os.environ | {"OUT": str(tmp_path)}, check=True, capture_output=True
        )
    for path in tmp_path.iterdir():
        if path.name != "SHA256SUMS":
            assert path.read_bytes() == (made / path.name).read_bytes(), path.name


def test_the_sums_are_those_of_the_files(made):
    sha256sum = shutil.which("sha256sum")
    subprocess.run([sha256sum, "--check", "--strict", "SHA256SUMS"], cwd=made, check=True, capture_output=True)


def test_the_list_of_contents_names_what_is_linked(made):
    contents = json.loads(only(made, "*.cdx.json").read_text())
    names = {part["name"] for part in contents["components"]}
    assert names >= {"swift", "libmicrohttpd", "sqlite3", "openssl", "libstdc++", "preact"}
    assert all(part["version"] for part in contents["components"])
