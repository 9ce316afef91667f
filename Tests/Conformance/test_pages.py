"""Every command of every page is run, in the page's order, and each option that a page names is there."""

import functools
import pathlib
import re
import signal

import pytest

import pages
from conftest import client_program
from page_shell import PageShell
from page_table import PAGES, Page
from server import ROOT, run

COMMANDS = {name: found for name in pages.NAMES if (found := pages.commands(name))}
SERVES = re.compile(r"(\./)?pocketvault (serve|demo)\b")
ASKS_THE_TRAIL = re.compile(r"pocketvault (audit|history|policy explain)\b")


def marks(name: str) -> list:
    return [pytest.mark.cli] if any(re.match("aws ", command.text) for command in COMMANDS[name]) else []


@pytest.mark.parametrize("name", [pytest.param(name, marks=marks(name)) for name in COMMANDS])
def test_the_commands_of_a_page_end_as_it_says(name, folder):
    page = PAGES.get(name, Page())
    commands = [command for command in COMMANDS[name] if command.text not in page.not_run]
    for program in {"aws", "curl"}:
        if any(re.match(rf"{program} ", command.text) for command in commands):
            client_program(program)
    shell = PageShell(folder, page.programs)
    try:
        for file, text in (pages.files(pages.text_of(name)) | page.files).items():
            path = shell.folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
            path.chmod(0o755)
        if commands and not SERVES.match(commands[0].text):
            shell.serve(page.serve)
        for command in commands:
            type_it(shell, page, command)
    finally:
        shell.close()


def type_it(shell: PageShell, page: Page, command: pages.Command):
    text = command.text
    if SERVES.match(text):
        return shell.serve(text)
    if text in page.beside:
        return shell.beside.append(shell.start(text, until=page.beside[text]))
    if text in page.unserved:
        shell.stop_server()
    expected = page.ends.get(text, (0,))
    if text in page.follows:
        text, expected = f"timeout --preserve-status --signal INT 1 {text}", (128 + signal.SIGINT,)
    if ASKS_THE_TRAIL.match(text):
        # A call is there a moment after its answer; an assertion waits for all that were answered.
        settled = shell.run("pocketvault assert")
        assert settled.code == 0, settled.complaint
    ended = shell.run(text)
    assert ended.code in expected, f"{text}\nended with {ended.code}\n{ended.complaint}"
    assert page.shows.get(command.text, "") in ended.output + ended.complaint, f"{text}\n{ended.complaint}"
    for shown in (command.output, command.answer):
        if shown is not None:
            assert re.fullmatch(pattern(shown), ended.output.strip()), f"{text}\nprints\n{ended.output}\nand not\n{shown}"


def pattern(shown: str) -> str:
    """What is different each time: an id, and what the page leaves out."""
    escaped = re.escape(shown.strip()).replace("…", ".*")
    return re.sub(r'(?<=")[0-9a-f]{8}(?=")', "[0-9a-f]{8}", escaped)


def test_the_table_speaks_of_commands_that_the_pages_have():
    for name, page in PAGES.items():
        there = {command.text for command in COMMANDS[name]}
        for texts in (page.not_run, page.ends, page.shows, page.beside, page.follows, page.unserved):
            assert set(texts) <= there, name


@functools.cache
def help_of(*words: str) -> str:
    ended = run(*words, "--help")
    assert ended.returncode == 0, words
    return ended.stdout.decode()


def check_options(command: str):
    """That a command line has a subcommand and options that exist."""
    words = re.split(r" -- | \| | && | & | >|;|\)", command)[0].split()
    words = words[[word.endswith("pocketvault") for word in words].index(True) + 1 :]
    path = []
    while words and re.search(rf"^  {re.escape(words[0])}( |$)", help_of(*path).partition("SUBCOMMANDS:")[2], re.M):
        path.append(words.pop(0))
    # Without a command it is serve's options that count.
    text = help_of(*path or ["serve"])
    assert words == ["help"] or not re.match(r"[a-z]", "".join(words[:1])) or "SUBCOMMANDS:" not in help_of(*path), command
    for word in words:
        if re.match(r"--?[a-z]", word):
            assert re.search(rf"(?<![\w-]){re.escape(word.partition('=')[0])}(?![\w-])", text), f"no {word}: {command}"


def mentions(text: str):
    """Command lines in sentences, in tables, and in files of other programs."""
    yield from (re.sub(r"\s+", " ", span) for span in re.findall(r"`((?:[A-Z_]+=\S+ )*pocketvault [^`]+)`", text))
    yield from re.findall(r"\$\((pocketvault [^)]*)\)", text)
    for info, block, _ in pages.blocks(text):
        if info and info.startswith("yaml"):
            yield from re.findall(r"\bpocketvault (?:serve|healthcheck|env)\b[^\"\n]*", block)


@pytest.mark.parametrize("name", pages.NAMES)
def test_every_command_that_a_page_names_has_its_options(name):
    found = [re.sub(r"\\\|", "|", mention) for mention in mentions(pages.text_of(name))]
    found += [text for text in PAGES.get(name, Page()).not_run if re.match(r"([A-Z_]+=\S+ )*pocketvault ", text)]
    for command in found:
        check_options(command)


@pytest.mark.parametrize("name", ["README.md", "docs/install.md"])
def test_the_files_of_a_release_have_this_version(name):
    (version,) = set(re.findall(r"pocketvault[-_](\d[\d.]*\d)", pages.text_of(name)))
    assert run("--version").stdout.decode().split()[-1] == version


def links(path: pathlib.Path) -> set[pathlib.Path]:
    targets = re.findall(r"\]\(([^)#\s]+)", path.read_text())
    return {(path.parent / target).resolve() for target in targets if "://" not in target}


def test_every_page_is_reached_from_the_first_one():
    first = ROOT / "docs" / "index.md"
    assert first in links(ROOT / "README.md")
    reached, waiting = set(), {first}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting |= {link for link in links(page) if link.suffix == ".md"} - reached
    assert set(ROOT.glob("docs/**/*.md")) <= reached
    assert {ROOT / name for name in pages.NAMES} <= links(first) | {first, ROOT / "clients/python/README.md"}
