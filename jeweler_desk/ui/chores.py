"""What the desk does by itself: reads mail, makes its daily copy, tells of letters that wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from jeweler_desk.domain.reminder import Rung
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.reminding import Ticking
from jeweler_desk.ui.theme import Tone

FETCH_EVERY: Final = timedelta(minutes=5)
COPY_EVERY: Final = timedelta(hours=24)


class Chores(QObject):
    """Runs the chores by wall time; each is one job beside the window."""

    done = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._frame = frame
        self._fetched_at = None if desk.correspondence.accounts() else desk.clock.now()
        self._tried_copy_at = desk.clock.now()
        self.ticking = Ticking(desk.clock.now, desk.settings.local, self)
        self.ticking.woke.connect(self.wake)
        self.ticking.ticked.connect(self.look_round)

    def start(self) -> None:
        """Begin: the first round follows at once."""
        self.ticking.start()
        self.look_round()

    def stop(self) -> None:
        """Begin nothing more."""
        self.ticking.stop()

    @Slot()
    def wake(self) -> None:
        """After sleep, read mail first: what looks late may be answered."""
        self._fetched_at = None
        self._frame.bus.changed.emit(frozenset(Topic))

    @Slot()
    def look_round(self) -> None:
        """Do what is due of the chores."""
        now = self._desk.clock.now()
        is_fetching = False
        if self._fetched_at is None or abs(now - self._fetched_at) >= FETCH_EVERY:
            is_fetching = self.fetch_mail(is_asked=False)
        last = self._desk.backups.last_backup_at()
        is_old = last is None or now - last >= COPY_EVERY
        if is_old and now - self._tried_copy_at >= FETCH_EVERY:
            self.back_up(is_asked=False)
        if not is_fetching:
            self.remind()
        self.done.emit()

    def fetch_mail(self, *, is_asked: bool = True) -> bool:
        """Look into the mailboxes; False when there is none or a look is under way."""
        desk = self._desk
        self._fetched_at = desk.clock.now()
        if not desk.correspondence.accounts():
            if is_asked:
                self._frame.notices.tell("No mailbox is connected yet. Settings has the button.")
            return False

        def received(fetched: object) -> None:
            changes = desk.correspondence.receive(fetched)
            self._frame.bus.changed.emit(changes)
            if is_asked:
                self._frame.notices.tell("Mail is read.")
            self.remind()
            self.done.emit()

        return self._frame.work(
            "fetch",
            desk.correspondence.fetch_job(),
            received,
            "Mail could not be read; the next try is in five minutes.",
        )

    def back_up(self, *, is_asked: bool = True) -> None:
        """Make a verified copy of the desk."""
        self._tried_copy_at = self._desk.clock.now()

        def made(_result: object) -> None:
            self._frame.bus.changed.emit(frozenset({Topic.BACKUPS}))
            if is_asked:
                self._frame.notices.tell("The desk is backed up; the copy was opened and checked.")
            self.done.emit()

        self._frame.work(
            "backup", self._desk.backups.back_up_job(), made, "The safety copy was not made."
        )

    @Slot()
    def remind(self) -> None:
        """Show the one notice that is due, in the window and on the desktop."""
        notice = self._desk.reminders.due_notice()
        if notice is None:
            return
        is_late = any(rung is Rung.LATE for _, rung in notice.told)
        self._frame.notices.offer(
            "reminder",
            f"{notice.title}: {notice.text}",
            Tone.LATE if is_late else Tone.DUE,
            "Show",
            self._frame.actions["go.mail"].trigger,
        )
        self._desk.reminders.notify(notice)
