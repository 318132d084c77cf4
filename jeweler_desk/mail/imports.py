"""Tells mail that a migration laid into a folder from mail that arrived."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from jeweler_desk.mail.headers import instant
from jeweler_desk.mail.imap_answers import Fetched

_WITHIN: Final = timedelta(minutes=5)
_APART: Final = timedelta(days=1)
_AT_LEAST: Final = 20
_DATE: Final = re.compile(rb"^Date:[ \t]*([^\r\n]{1,100})", re.MULTILINE | re.IGNORECASE)


def imported(items: Sequence[Fetched]) -> set[int]:
    """Return the messages that a migration stamped (facts/mail.md section 5.3).

    Twenty or more stamped within five minutes, their own dates more than a day apart.
    """
    stamped = sorted(
        ((item.received_at, item.uid, item) for item in items if item.received_at is not None),
        key=lambda each: each[:2],
    )
    found: set[int] = set()
    start = 0
    for place in range(1, len(stamped) + 1):
        if place == len(stamped) or stamped[place][0] - stamped[start][0] > _WITHIN:
            if place - start >= _AT_LEAST:
                group = [item for _, _, item in stamped[start:place]]
                if _lie_apart(group):
                    found.update(item.uid for item in group)
            start = place
    return found


def _lie_apart(items: Sequence[Fetched]) -> bool:
    dates: list[datetime] = []
    for item in items:
        match = _DATE.search(item.head or b"")
        moment = instant(match[1].decode("ascii", "replace")) if match else None
        if moment is not None:
            dates.append(moment)
    return bool(dates) and max(dates) - min(dates) > _APART
