"""The proof that letters are answered in time: this year by month, with every exception."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.mail_proof import Proof, proof_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.mail_judge import MailJudge
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.mail_verdicts import Verdicts

USUAL_MONTHS: Final = 6


class MailProof:
    """Measures how quickly letters were answered."""

    def __init__(
        self, verdicts: Verdicts, judge: MailJudge, settings: Settings, clock: Clock
    ) -> None:
        self._verdicts = verdicts
        self._judge = judge
        self._settings = settings
        self._clock = clock

    def proof(self, months: int = USUAL_MONTHS, *, by_working_days: bool = False) -> Proof:
        """Sum up the letters of the last months, this one included."""
        calendar = self._settings.calendar(self._settings.today())
        since = calendar.start_of(self._first_day(months))
        judgement = self._judge.current()
        if judgement is None:
            waits = self._verdicts.waits(since)
        else:
            waits = sorted(each for each in judgement.waits if each.started_at >= since)
        ordered = sorted(waits, key=lambda each: (each.started_at, each.message_id))
        return proof_of(ordered, self._clock.now(), calendar, by_working_days=by_working_days)

    def _first_day(self, months: int) -> date:
        first = self._settings.today().replace(day=1)
        for _ in range(months - 1):
            first = (first - timedelta(days=1)).replace(day=1)
        return first

    def calendar(self) -> BusinessCalendar:
        """Return the shop's calendar, for the days that a window names."""
        return self._settings.calendar(self._settings.today())
