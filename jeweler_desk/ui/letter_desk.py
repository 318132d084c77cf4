"""Where letters are begun, written, queued and taken back, from whatever page one stands on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.letter import Letter, LetterKind, LetterState
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import moment_text
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.posting import Posting, notice_key
from jeweler_desk.ui.theme import Tone

if TYPE_CHECKING:
    from jeweler_desk.ui.dialogs.read_letter import ReadLetter
    from jeweler_desk.ui.dialogs.write_letter import WriteLetter

_LONGEST_LINK = 1900
_CHANGED: Changes = frozenset({Topic.LETTERS})


class LetterDesk(QObject):
    """Opens letters in a window of their own; one window a letter."""

    def __init__(self, desk: Desk, frame: Frame, posting: Posting, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._frame = frame
        self._posting = posting
        self._window = window
        self._open: dict[int, WriteLetter] = {}

    def can_send(self) -> bool:
        """Whether the desk can send letters itself."""
        return self._desk.outbox.can_send()

    def is_open(self, letter_id: int) -> bool:
        """Whether a letter has a window of its own now."""
        return letter_id in self._open

    def keep(self) -> None:
        """Keep what is typed in every letter that is open."""
        for form in self._open.values():
            form.editor.keep()

    def answer(self, message_id: str) -> WriteLetter | None:
        """Open the answer to a message; what cannot be mailed is told."""
        return self._begin(lambda: self._desk.letters.answer(message_id))

    def write_to_buyer(self, order: Order | None) -> WriteLetter | None:
        """Open the draft about an order that was changed last, or begin one to its buyer.

        Where the desk cannot send, the mail program opens with the buyer's address.
        """
        if order is None:
            return None
        drafts = [each for each in self._desk.letters.of_order(order.id) if each.is_draft]
        if drafts:
            return self.open(max(drafts, key=lambda each: (each.changed_at, each.id)).id)
        if not order.email:
            self._frame.notices.tell("This order came without an e-mail address.")
            return None
        if not self.can_send():
            subject = quote(f"Your order {order.number}")
            link = f"mailto:{quote(order.email, safe='@+')}?subject={subject}"
            self._frame.open_outside(QUrl(link))
            return None
        kind = LetterKind.SHIPPING if order.shipments else LetterKind.THANKS
        return self._begin(lambda: self._desk.letters.write(order.id, kind.value))

    def _begin(self, act: Callable[[], tuple[int, Changes]]) -> WriteLetter | None:
        try:
            letter_id, changes = act()
        except RefusedError as refused:
            self._frame.notices.warn("act", str(refused), Tone.DUE)
            return None
        self._frame.bus.changed.emit(changes)
        return self.open(letter_id)

    def open(self, letter_id: int) -> WriteLetter:
        """Open a draft, or bring its window forward."""
        from jeweler_desk.ui.dialogs.write_letter import (  # noqa: PLC0415 - not at the start
            WriteLetter,
        )

        if letter_id in self._open:
            known = self._open[letter_id]
            known.raise_()
            known.activateWindow()
            return known
        desk = self._desk
        form = WriteLetter(self._frame.look, desk.letters, desk.outbox, letter_id, self._window)
        form.queued.connect(self.queued)
        form.outside_wanted.connect(self.open_outside)
        form.finished.connect(partial(self._closed, letter_id))
        self._open[letter_id] = form
        form.show()
        return form

    def _closed(self, letter_id: int, _result: int) -> None:
        self._open.pop(letter_id, None)
        self._frame.bus.changed.emit(_CHANGED)

    def queued(self, letter_id: int, again: Callable[[int], object] | None = None) -> None:
        """Say that a letter leaves, with the way to take it back; ``again`` then opens it."""
        letter = self._desk.letters.get(letter_id)
        self._frame.bus.changed.emit(_CHANGED)
        self._posting.promise(letter, partial(self.take_back, letter_id, again))

    def take_back(self, letter_id: int, again: Callable[[int], object] | None = None) -> None:
        """Take a queued letter back and open it."""
        self._frame.notices.withdraw(notice_key(letter_id))
        try:
            self._frame.bus.changed.emit(self._desk.outbox.take_back(letter_id))
        except RefusedError as refused:
            self._frame.notices.warn("act", str(refused), Tone.DUE)
            return
        self._frame.notices.tell("The letter is taken back; it is a draft.")
        (again or self.open)(letter_id)

    def go_on_with(self, letter: Letter) -> None:
        """Do what a letter's button says: write it, take it back, or write it again."""
        if letter.state is LetterState.DRAFT:
            self.open(letter.id)
        elif letter.state is LetterState.QUEUED:
            self.take_back(letter.id)
        elif letter.state is LetterState.UNCLEAR:
            self._frame.bus.changed.emit(self._desk.outbox.write_again(letter.id))
            self._frame.notices.withdraw(notice_key(letter.id))
            self.open(letter.id)
        else:
            self.read(letter)

    def read(self, letter: Letter) -> ReadLetter:
        """Open a letter that left, to be read."""
        from jeweler_desk.ui.dialogs.read_letter import (  # noqa: PLC0415 - not at the start
            ReadLetter,
        )

        at = letter.came_back_at or letter.handed_at or letter.changed_at
        when = moment_text(at, self._desk.clock.now(), self._desk.settings.timezone())
        form = ReadLetter(self._frame.look, letter, when, self._window)
        form.show()
        return form

    def open_outside(self, letter_id: int) -> None:
        """Open a draft in her mail program."""
        try:
            link = self._desk.outbox.mail_link(letter_id)
            url = QUrl(link)
            if len(link) > _LONGEST_LINK and self._desk.letters.get(letter_id).from_address:
                url = QUrl.fromLocalFile(str(self._desk.outbox.mail_file(letter_id)))
        except RefusedError as refused:
            self._frame.notices.warn("act", str(refused), Tone.DUE)
            return
        self._frame.open_outside(url)
