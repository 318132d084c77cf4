"""Walks the parts of a message, without end in neither depth nor number."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message as MimeMessage
from typing import Final

MOST_PARTS: Final = 200


def parts_of(mime: MimeMessage, *, with_carried: bool = False) -> Iterator[MimeMessage]:
    """Return a message's parts in order, at most 200.

    Letters that it carries (``message/…``) are not gone into, unless ``with_carried``.
    """
    waiting = [mime]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        # Of a part without parts the library would decode the words by whatever charset they name.
        payload = part.get_payload() if part.is_multipart() else None
        is_letter = part.get_content_maintype() == "message"
        if isinstance(payload, list) and (with_carried or not is_letter):
            waiting[:0] = [each for each in payload if isinstance(each, MimeMessage)]
