"""A message that could not be read, in words: what, where, and how to read it all the same."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.mailbox import UnreadableMessage

UNREADABLE: Final = "A message that could not be read"


def unreadable_place(message: UnreadableMessage) -> str:
    """Say where it lies."""
    return f"{message.file} · {message.origin}" if message.is_on_a_server else message.file


def unreadable_hint(message: UnreadableMessage) -> str:
    """Say how to read it, and when it leaves the list."""
    where = (
        f"Open the folder “{message.folder}” of {message.origin} in your mail program"
        if message.is_on_a_server
        else f"Open {message.file} in your mail program"
    )
    return (
        f"{where}, and answer from there if it asks something. The desk tries it again when it"
        " reads that folder; it leaves this list when it can be read, or lies there no more."
    )
