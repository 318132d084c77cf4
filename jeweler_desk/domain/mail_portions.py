"""A long reading of a folder in portions; after each the next look could go on from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from jeweler_desk.domain.mailbox import FolderReading, SeenCopy, SetAside

PORTION: Final = 100
"""So many copies are taken in at a time: a hundredth of a second, now and then some more."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a reading; with the last one the folder is known as the whole reading found it."""

    reading: FolderReading
    is_last: bool


def portions(reading: FolderReading, size: int = PORTION) -> Iterator[Portion]:
    """Yield a reading in portions by rising UID.

    Each but the last goes no farther than its own highest UID, so that a look after a break begins
    there; what is gone, what changed since and how much lies there is told with the last. A whole
    reading (of files) stays in one piece: what it does not name is gone.
    """
    if reading.is_whole or len(reading.copies) <= size:
        yield Portion(reading, is_last=True)
        return
    copies = sorted(reading.copies, key=_number)
    aside = sorted(reading.set_aside, key=_number_aside)
    parts = [copies[start : start + size] for start in range(0, len(copies), size)]
    for part in parts[:-1]:
        highest = _number(part[-1])
        before = [each for each in aside if _number_aside(each) <= highest]
        aside = aside[len(before) :]
        yield Portion(
            replace(
                reading,
                copies=tuple(part),
                set_aside=tuple(before),
                missing=(),
                last_uid=None if reading.last_uid is None else min(highest, reading.last_uid),
                modseq=None,
                exists=None,
            ),
            is_last=False,
        )
    yield Portion(replace(reading, copies=tuple(parts[-1]), set_aside=tuple(aside)), is_last=True)


def _number(copy: SeenCopy) -> int:
    return int(copy.uid)


def _number_aside(each: SetAside) -> int:
    return int(each.uid or 0)
