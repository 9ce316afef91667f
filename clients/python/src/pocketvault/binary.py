"""Where the program is."""

import os
import pathlib
import shutil
import sysconfig


def find_binary() -> str:
    """The path of `pocketvault`: POCKETVAULT_BINARY, else the one in PATH, else this package's own."""
    if named := os.environ.get("POCKETVAULT_BINARY"):
        if not os.access(named, os.X_OK):
            raise FileNotFoundError(f"POCKETVAULT_BINARY is {named}, which is no program")
        return os.path.abspath(named)
    if found := shutil.which("pocketvault"):
        return found
    # Where the wheel for this platform put it, when that folder is not in PATH.
    own = pathlib.Path(sysconfig.get_path("scripts")) / "pocketvault"
    if own.is_file():
        return str(own)
    raise FileNotFoundError(
        "there is no pocketvault: put it into PATH, or name it by POCKETVAULT_BINARY"
    )
