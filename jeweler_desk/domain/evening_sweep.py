"""The evening sweep: one look through everything of the mail that wants her before the next one.

Clearing it is the 24-hour rule: what came before a sweep falls due before the next, the night of
the autumn clock change aside (facts/mail.md section 5.1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jeweler_desk.domain.freshness import Freshness
from jeweler_desk.domain.letter_days import DayShown
from jeweler_desk.domain.mail_proof import AnsweredShare
from jeweler_desk.domain.mail_view import WaitingEmail
from jeweler_desk.domain.verdict import WaitingState


@dataclass(frozen=True, slots=True)
class LaterLetter:
    """A letter of ours to a person who waits, under another subject: perhaps her answer."""

    message_id: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MaybeAnswered:
    """A waiting letter and the later one of ours that may have answered it."""

    email: WaitingEmail
    letter: LaterLetter


@dataclass(frozen=True, slots=True)
class SnoozedEmail:
    """A waiting letter that no notice tells of until an instant."""

    email: WaitingEmail
    until: datetime


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep finds; each letter stands in one list only.

    ``next_at`` is the sweep after this one; ``later`` falls due after it. ``set_aside`` was moved
    or deleted unanswered; ``promised`` and ``to_ask`` are the days that come before ``next_at``.
    ``month`` counts this month's answers.
    """

    now: datetime
    next_at: datetime
    freshness: Freshness
    late: tuple[WaitingEmail, ...] = ()
    due: tuple[WaitingEmail, ...] = ()
    maybe_answered: tuple[MaybeAnswered, ...] = ()
    set_aside: tuple[WaitingEmail, ...] = ()
    promised: tuple[DayShown, ...] = ()
    to_ask: tuple[DayShown, ...] = ()
    soft: tuple[WaitingEmail, ...] = ()
    snoozed: tuple[SnoozedEmail, ...] = ()
    later: tuple[WaitingEmail, ...] = ()
    month: AnsweredShare | None = None

    @property
    def to_answer(self) -> int:
        """How many letters want an answer before the next sweep."""
        return len(self.late) + len(self.due) + len(self.maybe_answered) + len(self.set_aside)

    @property
    def wants(self) -> int:
        """How many things want her now."""
        return self.to_answer + len(self.promised) + len(self.to_ask) + len(self.soft)

    @property
    def is_mail_read(self) -> bool:
        """Whether mail is being taken in or judged: who waits is not known to the end yet."""
        return self.freshness.progress is not None

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to do before the next sweep."""
        return self.wants == 0 and not self.is_mail_read

    @property
    def is_everything_answered(self) -> bool:
        """Whether no letter waits at all, a snoozed one neither."""
        waits = self.to_answer or self.later or any(e.email.due_at for e in self.snoozed)
        return not (waits or self.is_mail_read)

    @property
    def next_due_at(self) -> datetime | None:
        """When the next of the letters that may still wait is due; None where none waits."""
        dues = [each.due_at for each in self.later if each.due_at]
        dues += [each.email.due_at for each in self.snoozed if each.email.due_at]
        return min(dues, default=None)


@dataclass(frozen=True, slots=True)
class SweepFacts:
    """What is known beside the waiting letters, by Message-ID of the letter that waits."""

    set_aside: Collection[str]
    later_letters: Mapping[str, LaterLetter]
    snoozed: Mapping[str, datetime]
    promises: Sequence[DayShown]
    follow_ups: Sequence[DayShown]
    month: AnsweredShare | None


def sweep_of(
    waiting: Iterable[WaitingEmail],
    facts: SweepFacts,
    freshness: Freshness,
    now: datetime,
    next_at: datetime,
    last_day: date,
) -> Sweep:
    """Put each waiting letter where it belongs; ``last_day`` is the shop's day of ``next_at``."""
    late: list[WaitingEmail] = []
    due: list[WaitingEmail] = []
    later: list[WaitingEmail] = []
    soft: list[WaitingEmail] = []
    aside: list[WaitingEmail] = []
    maybe: list[MaybeAnswered] = []
    snoozed: list[SnoozedEmail] = []
    for email in waiting:
        letter = facts.later_letters.get(email.message_id)
        if email.message_id in facts.snoozed:
            snoozed.append(SnoozedEmail(email, facts.snoozed[email.message_id]))
        elif email.due_at is None:
            soft.append(email)
        elif letter is not None:
            maybe.append(MaybeAnswered(email, letter))
        elif email.message_id in facts.set_aside:
            aside.append(email)
        elif email.state is WaitingState.LATE:
            late.append(email)
        elif email.due_at < next_at:
            due.append(email)
        else:
            later.append(email)
    return Sweep(
        now,
        next_at,
        freshness,
        tuple(late),
        tuple(due),
        tuple(maybe),
        tuple(aside),
        tuple(each for each in facts.promises if each.on < last_day),
        tuple(each for each in facts.follow_ups if each.on < last_day),
        tuple(soft),
        tuple(snoozed),
        tuple(later),
        facts.month,
    )
