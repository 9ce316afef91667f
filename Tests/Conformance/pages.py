"""Reads the project's pages: the commands of their blocks, what is said of them, and the files that are shown.

A block is indented, or fenced as `sh`, `bash` or `console`. A fence with the name of a file after its language,
as in `json task.json`, is that file.
"""

import dataclasses
import re
import subprocess

from server import ROOT

NAMES = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("README.md", "docs/*.md", "seed/*.md", "docker/*.md", "clients/**/*.md")
    for path in ROOT.glob(pattern)
)
SHELLS = ("sh", "bash", "console")

# A program's name, behind variables of its own or the bracket of a subshell; not `name:`, JSON or an HTTP request.
COMMAND = re.compile(r"(\$ )?\(?([A-Z_]+=(\$\(.*?\)|'.*?'|\S+) )*[a-z./][\w./-]*( |$)")
# What looks like commands and is none, by the beginning of its page's paragraph.
TEXT = {
    "docs/architecture.md": ("pocketvault            commands only",),
    "clients/python/README.md": ("def ", "from ", "with "),
}


@dataclasses.dataclass
class Command:
    text: str
    # The lines that a page shows below `$ command`, if it does.
    output: str | None = None
    # What the sentence after the block says that its last command answers.
    answer: str | None = None


def text_of(name: str) -> str:
    return (ROOT / name).read_text()


def blocks(text: str):
    """Each block with its info string (None when it is indented) and the paragraph that follows."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        info, found = None, []
        if lines[at].startswith("```"):
            info = lines[at][3:].strip()
            at += 1
            while lines[at] != "```":
                found.append(lines[at])
                at += 1
            at += 1
        elif lines[at].startswith("    "):
            while at < len(lines) and (lines[at].startswith("    ") or not lines[at].strip()):
                found.append(lines[at][4:])
                at += 1
        else:
            at += 1
            continue
        yield info, "\n".join(found).strip("\n"), " ".join(lines[at:]).lstrip().partition("  ")[0]


def files(text: str) -> dict[str, str]:
    """The files that a page shows."""
    named = ((info.split(), block) for info, block, _ in blocks(text) if info)
    return {words[1]: block + "\n" for words, block in named if len(words) == 2 and "." in words[1]}


def commands(name: str) -> list[Command]:
    """The commands of a page in their order."""
    found = []
    for info, block, after in blocks(text_of(name)):
        if info is not None and info.split()[:1] not in [[shell] for shell in SHELLS]:
            continue
        inside = [
            command
            for paragraph in re.split(r"\n\s*\n", block)
            if not paragraph.strip().startswith(TEXT.get(name, ()) or "\0")
            and (info is not None or COMMAND.match(paragraph.strip()))
            for command in _commands_in(paragraph)
        ]
        if inside and (said := re.search(r"\banswers `(.+?)`", after)):
            inside[-1].answer = said[1]
        found += inside
    return found


def _commands_in(paragraph: str) -> list[Command]:
    lines = [line.strip() if line.startswith("  ") else line for line in paragraph.splitlines()[:1]]
    lines += paragraph.splitlines()[1:]
    shown = lines[0].startswith("$ ")
    found, pending = [], ""
    for line in lines:
        if not pending and (line.startswith("#") or not line):
            continue
        if not pending and shown and not line.startswith("$ "):
            found[-1].output += line + "\n"
            continue
        pending += (line.removeprefix("$ ") if not pending else line) + "\n"
        if _is_whole(pending):
            found.append(Command(_plain(pending), "" if shown else None))
            pending = ""
    assert not pending, f"a command without an end: {pending}"
    return found


def _is_whole(command: str) -> bool:
    if command.endswith("\\\n"):
        return False
    if not re.search(r"['\"`(]|<<", command):
        return True
    checked = subprocess.run(["bash", "-n"], input=command, capture_output=True, text=True)
    return checked.returncode == 0 and not checked.stderr


def _plain(command: str) -> str:
    """In one line where it was continued, without a remark at its end."""
    command = re.sub(r"\\\n\s*", "", command.strip())
    return command if "\n" in command else re.sub(r"\s+# .*", "", command)
