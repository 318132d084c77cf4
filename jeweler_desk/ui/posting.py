"""Sends what is due in the outbox beside the window, step by step, and says how it went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot

from jeweler_desk.domain.letter import CopyState, Letter, LetterState
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import moment_text
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.outbox import Attempt, CopyLaid
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.theme import Tone

_JOB: Final = "letters"
_EVERY_MS: Final = 1000
_LAST_WAIT_MS: Final = 60_000
_CHANGED: Final = frozenset({Topic.LETTERS})
_OF_LETTERS: Final = frozenset({Topic.LETTERS, Topic.MAIL})
_SENT: Final = LetterState.SEEN_IN_SENT


class Posting(QObject):
    """Looks at the outbox by the clock; nothing runs while it is empty."""

    handed_over = Signal()
    rested = Signal()
    """Nothing of the outbox is due at this moment."""
    _settled = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._frame = frame
        self._is_open = True
        self._is_handing_over = False
        self._warned: dict[int, LetterState] = {}
        frame.bus.changed.connect(self._withdraw_settled)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Bring what a crash left to what is known of it, and begin."""
        if self._desk.outbox.recover():
            self._frame.bus.changed.emit(_CHANGED)
        self.look()

    def stop(self) -> None:
        """Begin nothing more; what is in the outbox leaves at the next start.

        A letter whose words are leaving is waited for: else nobody would know what became of it.
        """
        self._timer.stop()
        self._is_open = False
        if self._is_handing_over:
            self._frame.notices.tell("A letter is leaving; the desk closes as soon as it has left.")
            loop = QEventLoop()
            self._settled.connect(loop.quit)
            QTimer.singleShot(_LAST_WAIT_MS, loop.quit)
            loop.exec()

    @Slot()
    def look(self) -> None:
        """Send the next letter that is due; then lay the next copy into Sent."""
        outbox = self._desk.outbox
        if not self._is_open or self._frame.jobs.is_running(_JOB):
            return
        begin = outbox.begin_job()
        if begin is not None:
            self._run(begin, self._begun)
            return
        copy = outbox.copy_job()
        if copy is not None:
            self._run(copy, self._laid)
            return
        self.rested.emit()
        due = outbox.next_due_at()
        if due is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._frame.jobs.start(_JOB, work, done, self._stumbled)

    def _stumbled(self, error: Exception) -> None:
        raise error

    def _begun(self, attempt: object) -> None:
        assert isinstance(attempt, Attempt)  # noqa: S101 - the job's own type
        if not self._is_open:
            return
        hand_over = self._desk.outbox.hand_over_job(attempt)
        self._frame.bus.changed.emit(_CHANGED)
        if hand_over is None:
            self._tell(self._desk.letters.get(attempt.letter_id))
            self.look()
        else:
            self._is_handing_over = True
            self._run(hand_over, self._ended)

    def _ended(self, attempt: object) -> None:
        assert isinstance(attempt, Attempt)  # noqa: S101 - the job's own type
        self._is_handing_over = False
        self._frame.bus.changed.emit(self._desk.outbox.settle(attempt))
        self._settled.emit()
        letter = self._desk.letters.get(attempt.letter_id)
        self._tell(letter)
        self.look()
        is_whole = letter.copy_state is not CopyState.WANTED
        if letter.state is LetterState.HANDED_OVER and is_whole:
            self.handed_over.emit()

    def _laid(self, laid: object) -> None:
        assert isinstance(laid, CopyLaid)  # noqa: S101 - the job's own type
        self._frame.bus.changed.emit(self._desk.outbox.copy_laid(laid))
        self.look()
        self.handed_over.emit()

    def _tell(self, letter: Letter) -> None:
        """Say how an attempt went; trouble stays above the page."""
        notices, key = self._frame.notices, notice_key(letter.id)
        notices.withdraw(key)
        self._warned[letter.id] = letter.state
        name = letter.to_name or letter.to_address
        why = (letter.trouble or "").rstrip(".")
        if letter.state is LetterState.HANDED_OVER:
            notices.tell(f"The mail server has taken the letter to {name}.")
        elif letter.state is LetterState.QUEUED:
            now = self._desk.clock.now()
            at = moment_text(letter.leaves_at or now, now, self._desk.settings.timezone())
            notices.warn(
                key, f"The letter to {name} waits: {why}. It is tried again {at}.", Tone.DUE
            )
        elif letter.state is LetterState.UNCLEAR:
            notices.warn(
                key,
                f"The letter to {name} was perhaps sent: {why}. It is not sent again by itself;"
                " look into Sent. The desk looks there too.",
            )
        else:
            notices.warn(key, f"The letter to {name} was not sent: {why}. It is a draft again.")

    @Slot(object)
    def _withdraw_settled(self, changes: Changes) -> None:
        """Take away what was said of letters whose state is another now."""
        if not changes & _OF_LETTERS:
            return
        for letter_id, state in list(self._warned.items()):
            try:
                letter = self._desk.letters.get(letter_id)
            except RefusedError:
                letter = None
            if letter is not None and letter.state is state:
                continue
            del self._warned[letter_id]
            self._frame.notices.withdraw(notice_key(letter_id))
            if state is LetterState.UNCLEAR and letter and letter.state is _SENT:
                name = letter.to_name or letter.to_address
                self._frame.notices.tell(f"The letter to {name} was sent: it is in Sent.")

    def promise(self, letter: Letter, take_back: Callable[[], None]) -> None:
        """Say that a letter leaves in twenty seconds, with the way to take it back."""
        name = letter.to_name or letter.to_address
        self._frame.notices.offer(
            notice_key(letter.id),
            f"The letter to {name} leaves in 20 seconds.",
            Tone.INFO,
            "Take it back",
            take_back,
        )
        self._timer.start()


def notice_key(letter_id: int) -> str:
    """Return the name of a letter's banner."""
    return f"letter {letter_id}"
