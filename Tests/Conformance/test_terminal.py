"""What commands show a person: ages in place of times, lines that fit, and how far they are."""

import json
import re

import boto3
import pytest

from server import Pocketvault, binary, clean_environment, run
from terminal import seen

COLOUR = re.compile(r"\x1b\[[0-9]*m")
BAR = re.compile(r"\x1b\[K\[[#.]{24}\] (\d+)/(\d+) (compared|done)")


def shown(server, *arguments, **variables):
    code, text = seen(
        [str(binary()), *arguments, "--endpoint", server.url], clean_environment() | {"TERM": "xterm"} | variables
    )
    assert code == 0, text
    return text


@pytest.fixture
def filled(tmp_path):
    with Pocketvault(tmp_path, database=":memory:") as server:
        fill(server)
        yield server


def fill(server):
    secrets = boto3.client("secretsmanager", endpoint_url=server.url, region_name="us-east-1",
                           aws_access_key_id="test", aws_secret_access_key="test")
    secrets.create_secret(Name="seen/plain", SecretString="invented")
    secrets.create_secret(Name="seen/described", SecretString="invented", Description="What it is for, " * 10)
    secrets.create_secret(Name="seen/leaving", SecretString="invented")
    secrets.delete_secret(SecretId="seen/leaving", RecoveryWindowInDays=7)


def test_a_list_tells_ages_by_the_clock_of_the_vault_and_fits_the_terminal(filled):
    run("clock", "advance", "3d", "--endpoint", filled.url)
    lines = shown(filled, "list", "seen/", "--long", "--deleted").splitlines()
    plain = [COLOUR.sub("", line) for line in lines]
    assert plain[0].startswith("seen/described  3 d ago          What it is for, ") and plain[0].endswith("…")
    assert plain[1:] == ["seen/leaving    deleted 3 d ago", "seen/plain      3 d ago"]
    assert all(len(line) <= 80 for line in plain)
    assert "\x1b[31mdeleted" in lines[1] and "\x1b[2m3 d ago\x1b[0m" in lines[2]


def test_nobody_gets_colours_who_wants_none(filled):
    assert "\x1b" not in shown(filled, "list", "seen/", "--long", NO_COLOR="1")


def test_a_program_gets_the_times_themselves(filled):
    lines = run("list", "seen/", "--long", "--endpoint", filled.url).stdout.decode().splitlines()
    assert re.fullmatch(r"seen/plain      \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", lines[1]), lines
    assert lines[0].endswith("What it is for, " * 9 + "What it is for,")


def test_seeds_that_are_applied_and_a_reset_tell_how_far_they_are(tmp_path):
    """Each is one change, which is there at its end."""
    count = 6_000
    secrets = [{"name": f"many/{index}", "value": "invented"} for index in range(count)]
    seed = tmp_path / "many.json"
    seed.write_text(json.dumps({"version": 1, "secrets": secrets}))
    with Pocketvault(tmp_path, "--seed", seed, database=":memory:") as server:
        # Compared, for all of it is there; then made anew.
        compared = shown(server, "seed", "apply", str(seed))
        assert compared.rstrip().endswith(f"0 created, 0 changed, {count} the same")
        made = shown(server, "reset")
        assert made.rstrip().endswith(f"reset: the seeds made {count} things")
        steps = [(int(done), int(of), word) for done, of, word in BAR.findall(made)]
        assert steps and steps == sorted(steps)
        assert {(of, word) for _, of, word in steps} == {(count, "done")}
        # What was shown is taken away before the result is written.
        assert made.rsplit("\x1b[K", 1)[1].strip() == f"reset: the seeds made {count} things"


def test_a_bar_is_for_eyes_alone(server, tmp_path):
    seed = tmp_path / "few.json"
    seed.write_text(json.dumps({"version": 1, "secrets": [{"name": "few", "value": "invented"}]}))
    done = run("seed", "apply", str(seed), "--endpoint", server.url)
    assert b"\x1b" not in done.stderr + done.stdout
