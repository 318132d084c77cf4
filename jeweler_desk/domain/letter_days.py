"""When a promise of a holding letter is kept, and when a follow-up is no longer wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from jeweler_desk.domain.her_word import LetterDay
from jeweler_desk.domain.mail_view import ConversationEntry
from jeweler_desk.domain.verdict import Decision, Direction, Mark, MarkKind

_HERS = frozenset({Decision.START, Decision.KEEP, Decision.SOFT})


@dataclass(frozen=True, slots=True)
class DayShown:
    """A promise or a follow-up that still stands; ``id`` names its row."""

    id: int
    message_id: str
    person: str | None
    subject: str
    on: date
    note: str


def is_promise_open(
    day: LetterDay, entries: Iterable[ConversationEntry], marks: Iterable[Mark]
) -> bool:
    """Tell whether a holding letter's promise still stands.

    A further letter of ours keeps it, or her word. The first letter after the promise was noted is
    the holding letter itself, unless one was sent already.
    """
    entries = list(entries)
    if _later_letters(day, entries) > 0:
        return False
    ids = {each.message_id for each in entries} | {day.message_id}
    return not any(
        mark.message_id in ids and mark.at > day.at and mark.kind is not MarkKind.HOLDING
        for mark in marks
    )


def is_follow_up_open(day: LetterDay, entries: Iterable[ConversationEntry]) -> bool:
    """Tell whether she is still waited for: no human answer since, hers or one more of ours."""
    entries = list(entries)
    if any(_is_hers(each) and each.at > day.at for each in entries):
        return False
    return _later_letters(day, entries) <= 0


def woke_since(at: datetime, entries: Iterable[ConversationEntry]) -> bool:
    """Tell whether a person wrote since an instant, which ends a snooze."""
    return any(_is_hers(each) and each.at > at for each in entries)


def _later_letters(day: LetterDay, entries: list[ConversationEntry]) -> int:
    """Count our letters since the day was noted, the one it came with left out."""
    ours = [each.at for each in entries if _is_ours(each)]
    hers = [each.at for each in entries if _is_hers(each) and each.at <= day.at]
    was_sent = any(at <= day.at and (not hers or at >= max(hers)) for at in ours)
    later = sum(at > day.at for at in ours)
    return later if was_sent else later - 1


def _is_hers(entry: ConversationEntry) -> bool:
    return entry.direction is Direction.IN and entry.decision in _HERS


def _is_ours(entry: ConversationEntry) -> bool:
    return entry.direction is Direction.OUT or entry.decision is Decision.STOP
