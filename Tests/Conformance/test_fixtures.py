"""The fixtures of `clients/`, each run by its own framework against the built binary."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from conftest import client_missing, client_program
from server import ROOT, binary, clean_environment

CLIENTS = ROOT / "clients"
GO_SOURCES = pathlib.Path("/usr/share/gocode")
JUNIT = pathlib.Path("/usr/share/java/junit-platform-console-standalone.jar")


def run(command, folder, **environment):
    ended = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=clean_environment(POCKETVAULT_BINARY=str(binary()), **environment),
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-4000:]
    return ended.stdout


@pytest.fixture
def copied(folder):
    """The files of a client in a folder of their own, where they may leave what they build."""

    def copy(name):
        return shutil.copytree(CLIENTS / name, pathlib.Path(folder) / name)

    return copy


@pytest.mark.parametrize("workers", [0, 8], ids=["alone", "in 8 processes"])
def test_the_plugin_for_pytest(copied, workers):
    source = copied("python")
    tests = source / "tests"
    (tests / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers -p no:cacheprovider\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "pocketvault.plugin", "-n", workers, tests]
    output = run(command, tests, PYTHONPATH=str(source / "src"))
    assert re.search(r"^206 passed", output, re.M), output


def test_the_plugin_says_where_no_binary_is(copied):
    source = copied("python")
    ended = subprocess.run(
        [sys.executable, "-c", "import pocketvault; pocketvault.Pocketvault()"],
        env=clean_environment(PYTHONPATH=str(source / "src"), PATH=str(source)),
        capture_output=True,
        text=True,
    )
    assert "put it into PATH, or name it by POCKETVAULT_BINARY" in ended.stderr


@pytest.mark.client
def test_the_package_for_go(copied):
    go = client_program("go")
    if not (GO_SOURCES / "src/github.com/aws/aws-sdk-go-v2").is_dir():
        client_missing("the AWS SDK for Go v2")
    source = copied("go")
    build = {"GO111MODULE": "off", "GOPATH": str(GO_SOURCES), "GOFLAGS": "", "GOPROXY": "off"}
    build |= {"HOME": os.environ.get("HOME", str(source))}
    output = run([go, "test", "-v", "."], source, **build)
    assert len(re.findall(r"^\s*--- PASS", output, re.M)) == 6, output


@pytest.mark.client
def test_the_extension_for_junit(copied):
    if not JUNIT.is_file():
        client_missing("Debian's junit5")
    source = copied("junit")
    run([client_program("javac"), "-cp", JUNIT, "-d", "out", *source.glob("*.java")], source)
    command = [client_program("java"), "-jar", JUNIT, "-cp", "out", "--scan-classpath", "--details=tree"]
    output = run(command, source)
    assert re.search(r"\b4 tests successful\b", output), output


@pytest.mark.client
def test_the_module_for_node(copied):
    source = copied("node")
    output = run([client_program("node"), "--test", "pocketvault.test.mjs"], source)
    assert re.search(r"^# fail 0$", output, re.M) and re.search(r"^# pass [1-9]", output, re.M), output


@pytest.mark.client
def test_the_file_for_ruby(copied):
    ruby = client_program("ruby")
    if subprocess.run([ruby, "-e", "require 'minitest'"], capture_output=True).returncode:
        client_missing("Debian's ruby-minitest")
    source = copied("ruby")
    assert "4 runs" in run([ruby, "pocketvault_test.rb"], source)


@pytest.mark.client
def test_the_class_for_php(copied):
    source = copied("php")
    output = run([client_program("phpunit"), "--no-configuration", "PocketvaultTest.php"], source)
    assert "OK (4 tests" in output
