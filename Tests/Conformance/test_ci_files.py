"""The files of docs/ci.md: grammar, and what each service would refuse at once."""

import ast
import json
import re
import shutil
import subprocess

import pytest
import yaml

from page_shell import PageShell
from server import ROOT, run

PAGE = (ROOT / "docs" / "ci.md").read_text()
BLOCKS = re.findall(r"^```(\w+) ([\w-]+)\n(.*?)^```", PAGE, re.M | re.S)


def files(language, kind):
    found = [text for name, use, text in BLOCKS if (name, use) == (language, kind)]
    assert found, f"docs/ci.md has no {language} for {kind}"
    return found


def documents(kind):
    return [yaml.safe_load(text) for text in files("yaml", kind)]


def seeds(value):
    """Every seed that stands in a file, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "POCKETVAULT_SEED_JSON":
                yield inner
            yield from seeds(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from seeds(inner)


def test_every_file_of_the_page_is_looked_at():
    assert {(name, use) for name, use, _ in BLOCKS} == {
        ("yaml", "github-actions"), ("yaml", "gitlab"), ("yaml", "compose"),
        ("python", "testcontainers"), ("java", "testcontainers"),
    }
    assert len(re.findall(r"^```\w", PAGE, re.M)) == len(BLOCKS)


@pytest.mark.parametrize("workflow", documents("github-actions"), ids=["service", "binary"])
def test_a_workflow_of_github_has_triggers_jobs_and_steps(workflow):
    # YAML 1.1 takes the word `on` for true.
    assert set(workflow) == {"name", True, "jobs"}
    for job in workflow["jobs"].values():
        assert job["runs-on"] and all(("uses" in step) != ("run" in step) for step in job["steps"])
        for service in job.get("services", {}).values():
            assert set(service) <= {"image", "ports", "env", "options", "volumes", "credentials"}
            assert all(isinstance(value, str) for value in service["env"].values())


def test_the_step_that_starts_a_server_leaves_the_variables_to_those_that_follow(folder):
    steps = [step for workflow in documents("github-actions") for step in workflow["jobs"]["test"]["steps"]]
    (script,) = [step["run"] for step in steps if "pocketvault serve" in step.get("run", "")]
    shell = PageShell(folder, {})
    try:
        shell.run("export GITHUB_ENV=github.env")
        ended = shell.run(f"set -e\n{script}")
        assert ended.code == 0, ended.complaint
        variables = (shell.folder / "github.env").read_text()
        assert f"AWS_ENDPOINT_URL_SECRETS_MANAGER=http://127.0.0.1:{shell.ports['4566']}\n" in variables
        assert shell.run("pocketvault get driftsentry/dev/database-url").code == 0
    finally:
        shell.close()


@pytest.mark.parametrize("pipeline", documents("gitlab"))
def test_a_pipeline_of_gitlab_has_a_script_and_its_services_names(pipeline):
    for job in pipeline.values():
        assert job["script"] and job["image"]
        for service in job["services"]:
            assert set(service) <= {"name", "alias", "entrypoint", "command", "variables", "pull_policy"}
            assert f"http://{service['alias']}:4566" == job["variables"]["AWS_ENDPOINT_URL_SECRETS_MANAGER"]


@pytest.mark.parametrize("compose", documents("compose"))
def test_a_compose_file_names_volumes_and_services_that_are_there(compose):
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source.startswith(".") or source in compose["volumes"]


def test_every_seed_in_a_file_is_one(folder):
    found = [seed for kind in ("github-actions", "gitlab", "compose") for seed in seeds(documents(kind))]
    found += re.findall(r"POCKETVAULT_SEED_JSON\", '(.*?)'", files("python", "testcontainers")[0])
    assert len(found) == 3
    for seed in found:
        assert json.loads(seed)["secrets"]


def test_every_variable_is_one_of_the_servers(folder):
    known = run("serve", "--help").stdout.decode()
    for name in set(re.findall(r"POCKETVAULT_[A-Z_]+", PAGE)) - {"POCKETVAULT_SEED_JSON"}:
        option = "--" + name.removeprefix("POCKETVAULT_").lower().replace("_", "-")
        assert option in known, f"{name} is no variable"
    assert "POCKETVAULT_SEED_JSON" in known


@pytest.mark.parametrize("text", files("python", "testcontainers"))
def test_the_fixture_in_python_is_python(text):
    assert ast.parse(text).body


@pytest.mark.client
@pytest.mark.parametrize("text", files("java", "testcontainers"))
def test_the_class_in_java_is_java(text, folder):
    """The library is not here: what it lacks is all that the compiler may say."""
    if not shutil.which("javac"):
        pytest.skip("no javac")
    path = f"{folder}/Vault.java"
    with open(path, "w") as file:
        file.write(text)
    done = subprocess.run(["javac", "-d", folder, path], capture_output=True, text=True, timeout=120)
    errors = re.findall(r"error: (.*)", done.stderr)
    assert all(re.match(r"package \S+ does not exist|cannot find symbol", error) for error in errors), done.stderr
