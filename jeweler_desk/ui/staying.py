"""What closing the window means: the end, or a window that reminds on; never an invisible one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.letter import LetterState
from jeweler_desk.domain.reminder import Notice
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.chores import Chores
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.posting import Posting
from jeweler_desk.ui.tray_icon import TrayIcon

CLOSING: Final = "window.closing"
_WITH_THE_SERVER: Final = frozenset({LetterState.HANDED_OVER, LetterState.SEEN_IN_SENT})


class Staying(QObject):
    """Catches the closing of a window that is to remind on.

    Where a tray is proven to be there the window hides in it; elsewhere it is minimized, so that
    the task bar leads back. A tray that goes away brings a hidden window back, minimized.
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        frame: Frame,
        tray: TrayIcon,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._frame = frame
        self._is_leaving = False
        self._posting: Posting | None = None
        self._hurried: list[int] = []
        self.tray = tray
        tray.opened.connect(self.come_forward)
        tray.quit_wanted.connect(self.leave)
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            # The computer shuts down: nothing may hold it up.
            application.commitDataRequest.connect(self.let_go)

    def follow(self, chores: Chores) -> None:
        """Let what the chores notice reach the tray icon and the window."""
        self._posting = chores.posting
        self._posting.rested.connect(self._leave_when_left)
        chores.done.connect(self.look_again)
        chores.reminded.connect(self.show_notice)
        chores.opened.connect(self.open_page)

    @classmethod
    def of(cls, window: QWidget) -> Staying | None:
        """Return what keeps a window open; None before it has its desk."""
        found = window.findChild(cls)
        return found if isinstance(found, cls) else None

    @Slot()
    def come_forward(self) -> None:
        """Be seen again, minimized or hidden as the window may be."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    @Slot()
    def leave(self) -> None:
        """Close for good, whatever the closing button means; letters that wait are asked about."""
        if self._asks_about_letters():
            self.come_forward()
            return
        self._leave()

    def _leave(self) -> None:
        self._is_leaving = True
        self.tray.hide()
        self._window.close()

    def let_go(self, *_session: object) -> None:
        """Hold the closing up no more."""
        self._is_leaving = True

    @Slot()
    def look_again(self) -> None:
        """Bring the tray icon up to date; a hidden window is never left without a way back."""
        self.tray.look_again()
        now = self._desk.clock.now()
        waiting = [each for each in self._desk.correspondence.waiting(now) if each.due_at]
        self.tray.say(len(waiting), sum(each.due_at <= now for each in waiting if each.due_at))
        if not self._window.isVisible() and not self._is_leaving and not self.tray.is_there:
            self._window.showMinimized()

    @Slot()
    def begin_quietly(self) -> None:
        """Open without being in the way: in the tray where one is, else minimized."""
        self.tray.look_again()
        self._step_back()

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show a notice at the tray icon too, where the desktop has no other place for it."""
        if notice.pops_up:
            self.tray.notify(notice.title, notice.text)

    @Slot(str)
    def open_page(self, action: str) -> None:
        """Come forward and show what an action leads to."""
        self.come_forward()
        self._frame.actions[action].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step back instead of closing, where that is wanted."""
        if (
            watched is self._window
            and event.type() is QEvent.Type.Close
            and not self._is_leaving
            and self._is_kept_open(is_hers=event.spontaneous())
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _is_kept_open(self, *, is_hers: bool) -> bool:
        """Do what closing means; True where the window stays."""
        wanted = self._desk.settings.get(CLOSING)
        if wanted == "stay":
            self._step_back()
            return True
        if wanted == "ask" and is_hers and self._desk.correspondence.accounts():
            self._ask()
            return True
        return is_hers and self._asks_about_letters()

    def _asks_about_letters(self) -> bool:
        """Ask what becomes of letters that wait their twenty seconds; False where none does."""
        waiting = self._desk.outbox.in_their_seconds()
        if not waiting:
            return False
        from jeweler_desk.ui.dialogs.letters_waiting import (  # noqa: PLC0415 - not at the start
            LettersWaiting,
        )

        if self._window.findChild(LettersWaiting) is None:
            names = ", ".join(each.to_name or each.to_address for each in waiting)
            form = LettersWaiting(names, self._window)
            form.answered.connect(self._close_with_letters)
            form.open()
        return True

    def _close_with_letters(self, sends: object) -> None:
        if not sends or self._posting is None:
            self._leave()
            return
        self._hurried = [each.id for each in self._desk.outbox.leave_now()]
        self._frame.notices.tell("The letter is leaving; the desk closes as soon as it has left.")
        self._posting.look()

    @Slot()
    def _leave_when_left(self) -> None:
        """Close when the letters left; one that could not keeps the desk open and says why."""
        hurried, self._hurried = self._hurried, []
        states = {self._desk.letters.get(each).state for each in hurried}
        if hurried and states <= _WITH_THE_SERVER:
            QTimer.singleShot(0, self, self._leave)

    def _step_back(self) -> None:
        if self.tray.is_there:
            self._window.hide()
        else:
            self._window.showMinimized()

    def _ask(self) -> None:
        """Ask once what closing means."""
        from jeweler_desk.ui.dialogs.close_or_stay import (  # noqa: PLC0415 - not at the start
            CloseOrStay,
        )

        form = CloseOrStay(self._window)
        form.answered.connect(self._take)
        form.open()

    def _take(self, stays: object) -> None:
        changes = self._desk.settings.set(CLOSING, "stay" if stays else "quit")
        self._frame.bus.changed.emit(changes)
        if stays:
            self._step_back()
        else:
            self.leave()
