"""The evening sweep: what it finds, and her answers to what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from jeweler_desk.domain.evening_sweep import LaterLetter, Sweep, SweepFacts, sweep_of
from jeweler_desk.domain.mail_proof import AnsweredShare
from jeweler_desk.domain.mail_view import WaitingEmail
from jeweler_desk.domain.message import canonical_address
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.shop_settings import parse_clock
from jeweler_desk.domain.sweep_hours import next_sweep
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.evening_sweep import SweepRows, Waiter

_DAY = timedelta(days=1)


class EveningSweep:
    """Looks through the mail once for everything that wants her before the next sweep."""

    def __init__(
        self,
        store: Store,
        rows: SweepRows,
        correspondence: Correspondence,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._store = store
        self._rows = rows
        self._mail = correspondence
        self._settings = settings
        self._clock = clock

    def look(self) -> Sweep:
        """Return what a sweep finds now."""
        now = self._clock.now()
        zone = self._settings.timezone()
        next_at = next_sweep(now, parse_clock(self._settings.get("mail.sweep_at")), zone)
        waiting = self._mail.waiting(now)
        words = self._mail.words
        answers = self._rows.answers()
        asked = [each for each in waiting if each.due_at is not None]
        aside = self._rows.set_aside([each.message_id for each in asked])
        facts = SweepFacts(
            set_aside={each for each in aside if (each, "") not in answers},
            later_letters=self._later_letters(asked, answers),
            snoozed=self._snoozed(now),
            promises=words.promises(),
            follow_ups=words.follow_ups(),
            month=self._month(now),
        )
        last_day = self._settings.local(next_at).date()
        return sweep_of(waiting, facts, self._mail.freshness(now), now, next_at, last_day)

    def _later_letters(
        self, waiting: Sequence[WaitingEmail], answers: set[tuple[str, str]]
    ) -> dict[str, LaterLetter]:
        """Return for each letter the newest one of ours that she did not say was no answer."""
        links = [(each.address, each.other) for each in self._mail.words.links()]
        waiters = []
        for email in waiting:
            if email.address:
                own = canonical_address(email.address)
                reached = {own, *(each for pair in links if own in pair for each in pair)}
                waiters.append(Waiter(email.message_id, email.waiting_since, reached))
        found = self._rows.later_letters(waiters)
        return {
            message_id: left[-1]
            for message_id, letters in found.items()
            if (left := [e for e in letters if (message_id, e.message_id) not in answers])
        }

    def _snoozed(self, now: datetime) -> dict[str, datetime]:
        """Return until when the conversation of each message is snoozed."""
        until: dict[str, datetime] = {}
        for each in self._mail.words.snoozed(now):
            entries = self._mail.conversation(each.message_id).entries
            until.update((entry.message_id, each.until) for entry in entries)
        return until

    def _month(self, now: datetime) -> AnsweredShare | None:
        months = self._mail.proof.proof(1, most_late=0).months
        first = self._settings.local(now).date().replace(day=1)
        return next((each.answered for each in months if each.month == first), None)

    # ---- her answers to what it asks

    def it_was_the_answer(self, message_id: str) -> Changes:
        """Say that the later letter was the answer. Raises `RefusedError` where none was found."""
        found = self._asked(message_id)
        if found is None:
            raise RefusedError("No later letter is asked about there. Nothing was changed.")
        return self._mail.mark_answered(message_id, f"by your letter “{found.subject}”", found.at)

    def still_waits(self, message_id: str) -> Changes:
        """Say that a letter still waits: what was sent later, or its place, answers nothing.

        It is asked only once. Raises `RefusedError` where nothing is asked.
        """
        found = self._asked(message_id)
        sweep = self.look()
        if found is None and all(e.message_id != message_id for e in sweep.set_aside):
            raise RefusedError("Nothing is asked about this letter. Nothing was changed.")
        with self._store.step("It still waits") as step:
            at = self._clock.now()
            self._rows.keep_answer(message_id, found.message_id if found else "", at)
        return changes_of(step.tables)

    def _asked(self, message_id: str) -> LaterLetter | None:
        asked = self.look().maybe_answered
        return next((e.letter for e in asked if e.email.message_id == message_id), None)
