"""Telling the seller: when a notice is due, and that it was shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.reminder import Notice, Unanswered, may_pop_up, next_notice
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.notices import Notices

_A_LONG_DAY = timedelta(hours=26)


class Notifier(Protocol):
    """Shows a notification on the desktop; raises `RefusedError` where there is none."""

    def __call__(self, title: str, text: str) -> None:
        """Show one notification."""


class Reminders:
    """Notices at 20 and at 24 hours: grouped, never in quiet hours, at most three a day."""

    def __init__(
        self,
        notices: Notices,
        correspondence: Correspondence,
        settings: Settings,
        clock: Clock,
        notifier: Notifier,
    ) -> None:
        self._notices = notices
        self._correspondence = correspondence
        self._settings = settings
        self._clock = clock
        self._notifier = notifier

    def due_notice(self) -> Notice | None:
        """Return the one notice that is to be shown now, or None."""
        now = self._clock.now()
        shown = self._notices.shown_since(now - _A_LONG_DAY)
        if not may_pop_up(now, self._settings.timezone(), self._settings.quiet_hours(), shown):
            return None
        snoozed = self._correspondence.words.snoozed_conversations(now)
        waiting = [
            Unanswered(email.message_id, email.person or email.address or "someone", email.due_at)
            for email in self._correspondence.waiting(now)
            if email.due_at is not None and email.message_id not in snoozed
        ]
        return next_notice(waiting, self._notices.told(), now)

    def mark_shown(self, notice: Notice) -> None:
        """Remember that the notice was shown, so that it never comes twice."""
        self._notices.remember(notice, self._clock.now())

    def notify(self, notice: Notice, besides: str = "") -> bool:
        """Show the notice on the desktop and remember it; False where the desktop shows none.

        ``besides`` is one sentence on what else is due.
        """
        try:
            self._notifier(notice.title, f"{notice.text}\n{besides}" if besides else notice.text)
        except RefusedError:
            return False
        finally:
            self.mark_shown(notice)
        return True
