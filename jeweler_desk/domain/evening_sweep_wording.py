"""The words of the evening sweep: what is left, and the sentence it ends with."""

from __future__ import annotations

from jeweler_desk.domain.evening_sweep import Sweep
from jeweler_desk.domain.freshness_wording import KNOWN_SOON, MAIL_IS_READ
from jeweler_desk.domain.measure_wording import percent
from jeweler_desk.domain.wording import count_text, moment_text


def left_text(sweep: Sweep, timezone: str) -> str:
    """Count what is left: ``2 late, 3 due before tomorrow 19:00, 1 promise``; empty when clear."""
    until = moment_text(sweep.next_at, sweep.now, timezone)
    asks = len(sweep.maybe_answered) + len(sweep.set_aside)
    told = []
    if sweep.late:
        told.append(f"{len(sweep.late)} late")
    if sweep.due:
        told.append(f"{len(sweep.due)} due before {until}")
    for number, one, many in (
        (asks, "question", "questions"),
        (len(sweep.promised), "promise", "promises"),
        (len(sweep.to_ask), "person to ask again", "people to ask again"),
        (len(sweep.soft), "kind word", "kind words"),
    ):
        if number:
            told.append(count_text(number, one, many))
    return ", ".join(told)


def closing_heading(sweep: Sweep, timezone: str) -> str:
    """Say how the sweep ends: every email is answered, or what still waits."""
    until = moment_text(sweep.next_at, sweep.now, timezone)
    if sweep.is_everything_answered:
        return "Every email is answered"
    if not sweep.to_answer and sweep.is_mail_read:
        return MAIL_IS_READ
    if not sweep.to_answer:
        return f"Every email that falls due before {until} is answered"
    verb = "waits" if sweep.to_answer == 1 else "wait"
    return f"{count_text(sweep.to_answer, 'email')} still {verb} for an answer"


def closing_text(sweep: Sweep, timezone: str) -> str:
    """Say when the next thing is due, and how quickly letters were answered this month."""
    now = sweep.now
    told = []
    if sweep.is_mail_read:
        told.append(f"{MAIL_IS_READ}. {KNOWN_SOON}" if sweep.to_answer else KNOWN_SOON)
    elif sweep.to_answer:
        asked = (*sweep.due, *sweep.set_aside, *(each.email for each in sweep.maybe_answered))
        first = min((e.due_at for e in asked if e.due_at and e.due_at > now), default=None)
        if first is not None:
            told.append(f"The next one is due {moment_text(first, now, timezone)}.")
    elif sweep.next_due_at is not None:
        told.append(f"The next one is due {moment_text(sweep.next_due_at, now, timezone)}.")
    else:
        told.append(f"The next sweep is {moment_text(sweep.next_at, now, timezone)}.")
    month = sweep.month
    if month is not None and month.letters:
        share = percent(month.within_hour / month.letters)
        told.append(
            f"This month {month.within_day} of {month.letters} were answered within 24 hours,"
            f" {month.within_hour} of them within the hour ({share})."
        )
    return " ".join(told)
