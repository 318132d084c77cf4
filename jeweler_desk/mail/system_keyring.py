"""The system's keyring, as far as one can tell without asking it for a password."""

from __future__ import annotations


def keyring_name() -> str | None:
    """Return the name of the system's keyring, or None where passwords can be kept nowhere."""
    import keyring  # noqa: PLC0415 - slow to load, and most starts need none

    backend = keyring.get_keyring()
    return str(backend.name) if backend.priority > 0 else None
