"""Names of servers as they may be sent: one line, and in ASCII where the name is not."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.refusal import RefusedError

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def no_control_characters(*texts: str) -> None:
    """Refuse what could end a line of the protocol. Raises `RefusedError`."""
    if any(_CONTROL.search(text) for text in texts):
        raise RefusedError("a server name, user name or password holds a control character")


def ascii_host(host: str) -> str:
    """Return a host's name as the network knows it: “müller.example” by its xn-- form.

    Raises `RefusedError` for a name that cannot be one.
    """
    no_control_characters(host)
    if host.isascii():
        return host
    import idna  # noqa: PLC0415 - slow to load, and most names need it not

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise RefusedError(f"“{host}” cannot be the name of a server") from None
