"""A pocket-sized AWS Secrets Manager for tests."""

from .account import VaultAccount
from .binary import find_binary
from .server import Pocketvault, PocketvaultError

__version__ = "0.1.0"
__all__ = ["Pocketvault", "PocketvaultError", "VaultAccount", "find_binary"]
