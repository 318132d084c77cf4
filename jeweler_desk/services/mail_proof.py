"""The proof that letters are answered in time: this year by month, with every exception."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.mail_proof import Proof, proof_of, proof_over
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

    def proof(
        self,
        months: int = USUAL_MONTHS,
        *,
        by_working_days: bool = False,
        most_late: int | None = None,
    ) -> Proof:
        """Sum up the letters of the last months, this one included; name the newest exceptions."""
        calendar = self._settings.calendar(self._settings.today())
        since, now = calendar.start_of(self._first_day(months)), self._clock.now()
        judgement = self._judge.current()
        if judgement is None:
            spans = self._verdicts.wait_spans(since)
            waits = self._verdicts.waits_in
            return proof_over(
                spans, waits, now, calendar, by_working_days=by_working_days, most_late=most_late
            )
        judged = [each for each in judgement.waits if each.started_at >= since]
        judged.sort(key=lambda each: (each.started_at, each.message_id))
        return proof_of(judged, now, calendar, by_working_days=by_working_days)

    def _first_day(self, months: int) -> date:
        first = self._settings.today().replace(day=1)
        for _ in range(months - 1):
            first = (first - timedelta(days=1)).replace(day=1)
        return first

    def calendar(self) -> BusinessCalendar:
        """Return the shop's calendar, for the days that a window names."""
        return self._settings.calendar(self._settings.today())
