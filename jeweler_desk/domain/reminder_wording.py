"""The words of a notice: what is told, how fresh that is, and what a clock did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from jeweler_desk.domain.freshness import Freshness
from jeweler_desk.domain.freshness_wording import clock_slow_text, freshness_text
from jeweler_desk.domain.reminder import Notice, Rung
from jeweler_desk.domain.rings import Ring
from jeweler_desk.domain.wording import count_text, span_text

_MOST_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Away:
    """Since when nobody could be told: the computer slept, or the desk was closed."""

    since: datetime
    was_closed: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """What a notice says beside its rings: how fresh it is, and what the clocks did.

    ``sweep`` counts what the evening sweep would find. ``zone`` is named when the computer came to
    another one; ``set_back`` is by how much the clock went back; ``besides`` is one sentence on
    what else is due.
    """

    freshness: Freshness
    timezone: str
    away: Away | None = None
    zone: str = ""
    set_back: timedelta | None = None
    besides: str = ""
    sweep: str = ""


def notice_of(rings: Sequence[Ring], aside: Aside, *, pops_up: bool = True) -> Notice:
    """Write one notice for everything that rings."""
    told = tuple((each.key, each.rung) for each in rings)
    loud = [each for each in rings if not each.is_silent]
    title, names = title_text(loud, aside.away), _names([each.who for each in loud])
    if any(each.rung is Rung.SWEEP for each in loud):
        names = "\n".join(each for each in (sentence_of(aside.sweep), names) if each)
    if aside.freshness.is_stale or any(each.rung is Rung.TROUBLE for each in loud):
        # What looks late may be answered: nobody is accused on old knowledge.
        others = [each for each in loud if each.rung is not Rung.TROUBLE]
        lines = [f"Perhaps: {title_text(others, aside.away)}" if others else ""]
        lines += [_names([each.who for each in others])]
        title = sentence_of(freshness_text(aside.freshness, aside.timezone))
        return Notice(title, _text([*lines, *notes(aside)]), told, pops_up)
    lines = [names]
    if aside.freshness.accounts:
        lines.append(sentence_of(freshness_text(aside.freshness, aside.timezone)))
    return Notice(title, _text([*lines, *notes(aside)]), told, pops_up)


def sentence_of(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def _text(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if line)


def notes(aside: Aside) -> list[str]:
    """Return what else is to be known: what is due beside letters, and what the clocks did."""
    told = [aside.besides]
    if aside.zone:
        told.append(f"The times are those of {aside.zone} now.")
    if aside.set_back is not None:
        told.append(f"This computer’s clock was set back by {span_text(aside.set_back)}.")
    if aside.freshness.clock_slow_by is not None:
        told.append(clock_slow_text(aside.freshness.clock_slow_by))
    return told


def title_text(rings: Sequence[Ring], away: Away | None = None) -> str:
    """Say in one line what rings, letters first."""
    by_rung = {rung: [each for each in rings if each.rung is rung] for rung in Rung}
    parts = _letters(by_rung, away)
    for rung, one, many in (
        (Rung.BACK, "snoozed email is back", "snoozed emails are back"),
        (Rung.PROMISED, "answer is promised for today", "answers are promised for today"),
        (Rung.PROMISE_LATE, "promised answer is late", "promised answers are late"),
        (Rung.FOLLOW_UP, "person to ask again", "people to ask again"),
    ):
        if by_rung[rung]:
            parts.append(count_text(len(by_rung[rung]), one, many))
    still = [each for each in by_rung[Rung.DIGEST] if each.due_at is not None]
    if still:
        parts.append(count_text(len(still), "late email still waits", "late emails still wait"))
    if by_rung[Rung.SWEEP]:
        parts.append("Time for the evening sweep")
    if not parts and by_rung[Rung.DIGEST]:
        parts.append("Good morning: this is due today")
    return ", ".join([parts[0], *(_small(each) for each in parts[1:])]) if parts else ""


def _small(part: str) -> str:
    return part[:1].lower() + part[1:]


def _letters(by_rung: dict[Rung, list[Ring]], away: Away | None) -> list[str]:
    late = by_rung[Rung.LATE]
    missed = [each for each in late if away and each.due_at and each.due_at > away.since]
    waited = len(late) - len(missed)
    parts = []
    if missed and away:
        did = "the desk was closed" if away.was_closed else "the computer slept"
        parts.append(f"{count_text(len(missed), 'email')} passed 24 hours while {did}")
    if waited:
        have = "email has waited" if waited == 1 else "emails have waited"
        parts.append(f"{waited} {have} over 24 hours")
    last, soon = len(by_rung[Rung.LAST_HOUR]), len(by_rung[Rung.AMBER])
    for count, when in ((last, "within the hour"), (soon, "within 4 hours")):
        if count and parts:
            parts.append(f"{count} more due {when}")
        elif count:
            parts.append(f"{count} {'email falls' if count == 1 else 'emails fall'} due {when}")
    return parts


def _names(people: Sequence[str]) -> str:
    shown = list(dict.fromkeys(each for each in people if each))
    if len(shown) <= _MOST_NAMES:
        return ", ".join(shown)
    return f"{', '.join(shown[:_MOST_NAMES])} and {len(shown) - _MOST_NAMES} more"
