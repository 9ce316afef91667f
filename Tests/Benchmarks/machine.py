"""What the numbers were measured on."""

import datetime
import os
import pathlib
import platform
import shutil
import subprocess

from programs import BINARY, ROOT


def said(*command) -> str:
    """The first line that a command prints; empty when it is not there."""
    if shutil.which(command[0]) is None and not pathlib.Path(command[0]).exists():
        return ""
    ended = subprocess.run(command, capture_output=True, text=True)
    lines = (ended.stdout or ended.stderr).strip().splitlines()
    return lines[0].strip() if lines else ""


def field(path: str, name: str) -> str:
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip().strip('"')
    return ""


def load() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def system() -> str:
    names = dict(
        line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text().splitlines() if "=" in line
    )
    return f"{names.get('PRETTY_NAME', '').strip(chr(34))}, kernel {platform.release()}"


def facts() -> list[tuple[str, str]]:
    memory = int(field("/proc/meminfo", "MemTotal").split()[0]) / 1024**2
    libraries = ", ".join(
        f"{name} {said('pkg-config', '--modversion', package)}"
        for name, package in [
            ("libmicrohttpd", "libmicrohttpd"), ("SQLite", "sqlite3"), ("OpenSSL", "libcrypto"),
        ]
    )  # fmt: skip
    commit = said("git", "-C", ROOT, "describe", "--always")
    # The page itself is written anew by the same run, and is not measured.
    if said("git", "-C", ROOT, "status", "--porcelain", "--", "Sources", "Package.swift", "packaging"):
        commit += "-dirty"
    return [
        ("date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("processor", f"{os.cpu_count()} × {field('/proc/cpuinfo', 'model name')}"),
        ("memory", f"{memory:.0f} GiB"),
        ("system", system()),
        ("disk", said("findmnt", "-n", "-o", "FSTYPE,SOURCE", "-T", str(ROOT))),
        ("Pocketvault", f"{said(str(BINARY), '--version')}, commit {commit}"),
        ("built with", said("swift", "--version")),
        ("libraries", libraries),
        ("load generator", said("wrk", "--version").split(" Copyright")[0]),
        ("limit program built with", said("gcc", "--version")),
    ]
