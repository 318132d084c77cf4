"""Telling the seller: when a notice is due, that it was shown, and what the clock did meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from jeweler_desk.domain.evening_sweep_wording import left_text
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.reminder import Notice, Unanswered, has_room
from jeweler_desk.domain.reminder_wording import Aside, Away, notice_of
from jeweler_desk.domain.rings import (
    DayDue,
    Rhythm,
    SnoozeOver,
    Standing,
    Unseen,
    rings_due,
    still_told,
)
from jeweler_desk.domain.shop_settings import parse_clock
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.evening_sweep import EveningSweep
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.notices import ClockSeen, Notices

LATER: Final = timedelta(hours=1)
"""So long a notice is put off by its button."""
_A_LONG_DAY: Final = timedelta(hours=26)
_AWAY_AFTER: Final = timedelta(minutes=12)
"""The clock is written down less often than this; a longer gap means nobody could be told."""
_WRITE_EVERY: Final = timedelta(minutes=5)
_SET_BACK: Final = timedelta(minutes=10)
_ASK_EVERY: Final = timedelta(minutes=10)
_NOBODY: Final = "someone"


def _nothing_else() -> str:
    return ""


Answered = Callable[[str], None]
"""Hears what was pressed on a notification, in a thread of its own: ``open`` or ``later``."""


class Notifier(Protocol):
    """Shows a notification on the desktop; raises `RefusedError` where there is none."""

    def __call__(self, title: str, text: str, answered: Answered | None = None) -> None:
        """Show one notification; with someone to hear, it has the buttons Open and Later."""


class Reminders:
    """Notices at 20 and at 24 hours: grouped, never in quiet hours, at most three a day."""

    def __init__(
        self,
        notices: Notices,
        correspondence: Correspondence,
        settings: Settings,
        clock: Clock,
        notifier: Notifier,
        sweep: EveningSweep,
    ) -> None:
        self._notices = notices
        self._correspondence = correspondence
        self._settings = settings
        self._clock = clock
        self._notifier = notifier
        self._sweep = sweep
        self._seen: ClockSeen | None = None
        self._last_beat: datetime | None = None
        self._away: Away | None = None
        self._asked_at: datetime | None = None
        self._is_more = False

    def note_time(self) -> None:
        """Look at the clock: remember the highest instant it showed, and notice a long gap."""
        now = self._clock.now()
        seen = self._remembered()
        last = self._last_beat or (seen.highest if seen else None)
        if last is not None and now - last > _AWAY_AFTER and self._away is None:
            self._away = Away(last, was_closed=self._last_beat is None)
        self._last_beat = now
        if seen is None or now - seen.highest >= _WRITE_EVERY:
            zone = seen.zone if seen else self._settings.timezone()
            self._remember(ClockSeen(now, zone))

    def set_back_by(self) -> timedelta | None:
        """Return by how much the clock was set back since it showed its highest instant."""
        seen = self._remembered()
        back = seen.highest - self._clock.now() if seen else timedelta()
        return back if back > _SET_BACK else None

    def _remembered(self) -> ClockSeen | None:
        if self._seen is None:
            self._seen = self._notices.clock_seen()
        return self._seen

    def _remember(self, seen: ClockSeen) -> None:
        self._seen = seen
        self._notices.remember_clock(seen)

    def due_notice(self, besides: Callable[[], str] = _nothing_else) -> Notice | None:
        """Return the one notice that is to be shown now, or None.

        ``besides`` gives one sentence on what else is due; it too makes a working morning's digest.
        """
        now = self._clock.now()
        rhythm = self._rhythm()
        if rhythm.is_quiet(now):
            return None
        told = still_told(self._notices.told(), self._notices.put_off(), now)
        # The sweep looks through more than letters: only at its hour.
        sweep = self._sweep.look() if rhythm.is_sweep_hour(now) else None
        wants_sweep = sweep is not None and not sweep.is_clear
        others = rhythm.is_digest_time(now, told) and self._is_more_due(now, besides)
        standing = self._standing(now, wants_sweep=wants_sweep, others=others)
        rings = rings_due(standing, told, now, rhythm)
        if not rings:
            return None
        zone = rhythm.calendar.timezone
        seen = self._remembered()
        aside = Aside(
            self._correspondence.freshness(now),
            zone,
            self._away,
            zone if seen is not None and seen.zone != zone else "",
            self.set_back_by(),
            besides(),
            left_text(sweep, zone) if sweep else "",
        )
        shown = self._notices.shown_since(now - _A_LONG_DAY)
        return notice_of(rings, aside, pops_up=has_room(now, zone, shown))

    def _is_more_due(self, now: datetime, besides: Callable[[], str]) -> bool:
        """Tell whether something beside letters is due; the whole agenda is not asked each time."""
        if self._asked_at is None or abs(now - self._asked_at) >= _ASK_EVERY:
            self._asked_at = now
            self._is_more = bool(besides())
        return self._is_more

    def _rhythm(self) -> Rhythm:
        settings = self._settings
        return Rhythm(
            settings.calendar(settings.today()),
            settings.quiet_hours(),
            parse_clock(settings.get("mail.sweep_at")),
        )

    def _standing(self, now: datetime, *, wants_sweep: bool, others: bool) -> Standing:
        words = self._correspondence.words
        snoozed = words.snoozed_conversations(now)
        waiting = tuple(
            Unanswered(email.message_id, email.person or email.address or _NOBODY, email.due_at)
            for email in self._correspondence.waiting(now)
            if email.due_at is not None and email.message_id not in snoozed
        )
        over = tuple(
            SnoozeOver(each.message_id, found.person or found.address or _NOBODY, each.until)
            for each, found in words.snoozes_over(now)
        )
        return Standing(
            waiting,
            over,
            tuple(DayDue(each.id, each.person or _NOBODY, each.on) for each in words.promises()),
            tuple(DayDue(each.id, each.person or _NOBODY, each.on) for each in words.follow_ups()),
            tuple(
                Unseen(each.address, each.looked_at or each.known_since)
                for each in self._correspondence.freshness(now).accounts
                if each.is_unseen(now)
            ),
            wants_sweep=wants_sweep,
            others=others,
        )

    def mark_shown(self, notice: Notice) -> None:
        """Remember that the notice was shown, so that it never comes twice."""
        self._notices.remember(notice, self._clock.now())
        self._away = None
        seen, zone = self._remembered(), self._settings.timezone()
        if seen is not None and seen.zone != zone:
            self._remember(ClockSeen(seen.highest, zone))

    def put_off(self, notice: Notice) -> None:
        """Let a notice ring once more in an hour, if it still stands then."""
        self._notices.remember_later(notice.told, self._clock.now() + LATER)

    def notify(self, notice: Notice, answered: Answered | None = None) -> bool:
        """Show the notice on the desktop and remember it; False where the desktop shows none.

        A notice that may not pop up is remembered only. ``answered`` hears its buttons.
        """
        try:
            if notice.pops_up:
                self._notifier(notice.title, notice.text, answered)
        except RefusedError:
            return False
        finally:
            self.mark_shown(notice)
        return notice.pops_up

    def shown_lately(self) -> Sequence[datetime]:
        """Return when notices popped up in the last day."""
        return self._notices.shown_since(self._clock.now() - _A_LONG_DAY)
