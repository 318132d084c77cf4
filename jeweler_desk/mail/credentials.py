"""Passwords in the system's keyring, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "Jeweler Desk"


class KeyringCredentials:
    """The system's keyring; where there is none, nothing is kept and nothing is found."""

    def password(self, address: str) -> str | None:
        """Return the password of an account, or None."""
        keyring = _safe_keyring()
        if keyring is None:
            return None
        from keyring.errors import KeyringError  # noqa: PLC0415 - loaded by now

        try:
            return keyring.get_password(SERVICE, address)
        except KeyringError:
            return None

    def keep(self, address: str, password: str) -> bool:
        """Keep a password; False where the system has no keyring that is safe."""
        keyring = _safe_keyring()
        if keyring is None:
            return False
        from keyring.errors import KeyringError  # noqa: PLC0415 - loaded by now

        try:
            keyring.set_password(SERVICE, address, password)
        except KeyringError:
            return False
        return True

    def forget(self, address: str) -> None:
        """Let a password go, if one is kept."""
        keyring = _safe_keyring()
        if keyring is None:
            return
        from keyring.errors import KeyringError  # noqa: PLC0415 - loaded by now

        try:
            keyring.delete_password(SERVICE, address)
        except KeyringError:
            return


def _safe_keyring() -> KeyringBackend | None:
    """Return the system's keyring, unless it would write passwords into a plain file."""
    import keyring  # noqa: PLC0415 - slow to load, and most starts need none

    backend = keyring.get_keyring()
    is_plain = "plaintext" in type(backend).__name__.casefold()
    return backend if backend.priority > 0 and not is_plain else None
