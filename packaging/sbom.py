"""Writes what is in the binary as CycloneDX 1.5: names, versions, licences, where each came from."""

import json
import re
import subprocess
import sys
import uuid

DEBIAN = {
    "libmicrohttpd-dev": ("libmicrohttpd", "LGPL-2.1-or-later"),
    "libsqlite3-dev": ("sqlite3", "blessing"),
    "libssl-dev": ("openssl", "Apache-2.0"),
    "libstdc++-12-dev": ("libstdc++", "GPL-3.0-or-later WITH GCC-exception-3.1"),
}


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def component(name, version, licence, purl):
    choice = {"expression": licence} if " " in licence else {"license": {"id": licence}}
    return {
        "type": "library",
        "name": name,
        "version": version,
        "licenses": [choice],
        "purl": purl,
    }


def components():
    manifest = open("Package.swift").read()
    for url, version in re.findall(r'package\(url: "([^"]+)", exact: "([^"]+)"', manifest):
        name = url.rsplit("/", 1)[1]
        yield component(name, version, "Apache-2.0", f"pkg:swift/github.com/apple/{name}@{version}")
    swift = re.search(r"Swift version (\S+)", output("swift", "--version"))[1]
    yield component("swift", swift, "Apache-2.0", f"pkg:generic/swift@{swift}")
    for package, (name, licence) in DEBIAN.items():
        version = output("dpkg-query", "--show", "--showformat=${Version}", package)
        yield component(name, version, licence, f"pkg:deb/debian/{package}@{version}")
    licences = open("Sources/CConsole/assets/licences.txt").read()
    preact = re.search(r"Preact (\d+\.\d+\.\d+)", licences)[1]
    yield component("preact", preact, "MIT", f"pkg:npm/preact@{preact}")


version, commit = sys.argv[1:]
json.dump(
    {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, commit)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "pocketvault",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": list(components()),
    },
    sys.stdout,
    indent=2,
)
print()
