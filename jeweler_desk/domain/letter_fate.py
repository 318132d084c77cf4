"""What became of a letter that left: seen in Sent, or come back."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Final

from jeweler_desk.domain.letter import Letter
from jeweler_desk.domain.message import (
    Message,
    NoticeKind,
    ReportKind,
    canonical_address,
    subject_stem,
)

RENAMED_WITHIN: Final = timedelta(hours=1)
"""How long after its hand-over a copy in Sent with another Message-ID is taken for a letter's."""
_BOUNCE_WITHIN: Final = timedelta(days=3)
WATCHED_FOR: Final = timedelta(days=14)
"""How long a letter may still come back."""
_CLOCKS_DIFFER: Final = timedelta(minutes=10)


def copy_in_sent(
    letter: Letter, in_sent: Iterable[Message], known_ids: AbstractSet[str]
) -> Message | None:
    """Return the copy of a letter whose Message-ID the server changed (facts/mail.md 1.1 A).

    ``known_ids`` are those of our letters; none of them is another letter's copy.
    """
    left = letter.handed_at or letter.leaves_at
    if left is None:
        return None
    for each in in_sent:
        is_near = left - _CLOCKS_DIFFER <= each.received_at <= left + RENAMED_WITHIN
        if (
            is_near
            and each.message_id not in known_ids
            and each.sender is not None
            and _same(each.sender.address, letter.from_address)
            and any(_same(to.address, letter.to_address) for to in each.to)
            and subject_stem(each.subject) == subject_stem(letter.subject)
        ):
            return each
    return None


def is_about(report: Message, letter: Letter, known_ids: AbstractSet[str]) -> bool:
    """Tell whether a bounce or a marketplace's rejection says that a letter did not arrive."""
    left = letter.handed_at or letter.leaves_at
    if left is None or report.received_at < left - _CLOCKS_DIFFER:
        return False
    if report.notice is not None and report.notice.kind is NoticeKind.REJECTION:
        return letter.message_id in {*report.in_reply_to, *report.references}
    told = report.report
    if told is None or told.kind is not ReportKind.DELIVERY or not told.has_failed:
        return False
    about = {each for each in told.about if each in known_ids}
    if about:
        return letter.message_id in about
    people = (*told.recipients, *told.mentioned)
    return report.received_at <= left + _BOUNCE_WITHIN and any(
        _same(each, letter.to_address) for each in people
    )


def _same(one: str, other: str) -> bool:
    return canonical_address(one) == canonical_address(other)
