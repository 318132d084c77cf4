"""Passwords in the system's keyring, and nowhere else."""

from __future__ import annotations

from typing import Final

import keyring
from keyring.errors import KeyringError

SERVICE: Final = "Jeweler Desk"


class KeyringCredentials:
    """The system's keyring; where there is none, nothing is kept and nothing is found."""

    def password(self, address: str) -> str | None:
        """Return the password of an account, or None."""
        try:
            return keyring.get_password(SERVICE, address) if _is_safe() else None
        except KeyringError:
            return None

    def keep(self, address: str, password: str) -> bool:
        """Keep a password; False where the system has no keyring that is safe."""
        if not _is_safe():
            return False
        try:
            keyring.set_password(SERVICE, address, password)
        except KeyringError:
            return False
        return True

    def forget(self, address: str) -> None:
        """Let a password go, if one is kept."""
        try:
            if _is_safe():
                keyring.delete_password(SERVICE, address)
        except KeyringError:
            return


def _is_safe() -> bool:
    """Tell whether there is a keyring, and not one that writes passwords into a plain file."""
    backend = keyring.get_keyring()
    return backend.priority > 0 and "plaintext" not in type(backend).__name__.casefold()
