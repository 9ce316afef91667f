"""Puts the program into the wheel when POCKETVAULT_WHEEL_BINARY names it: `make wheel` does."""

import os
import platform

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BinaryHook(BuildHookInterface):
    def initialize(self, version, build_data):
        if binary := os.environ.get("POCKETVAULT_WHEEL_BINARY"):
            build_data["shared_scripts"] = {binary: "pocketvault"}
            build_data["tag"] = f"py3-none-manylinux_2_35_{platform.machine()}"
            build_data["pure_python"] = False
