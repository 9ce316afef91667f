"""A command on a terminal of its own, as a person sees it."""

import os
import pty


def seen(command: list, environment: dict) -> tuple[int, str]:
    """Runs it to its end; returns its exit code, and all that it wrote on the terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, environment)
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:
            # Linux says so when the other side is closed.
            break
        if not piece:
            break
        shown += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode().replace("\r\n", "\n")
