"""The answer below the conversation: written with what it shows beside it, then queued."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.letters import Letters
from jeweler_desk.services.outbox import Outbox
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Hairline
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.letter_editor import LetterEditor
from jeweler_desk.ui.widgets.text import Text


class AnswerPart(QWidget):
    """Edits one answer in its place; ``queued`` and ``outside_wanted`` carry its id."""

    queued = Signal(int)
    outside_wanted = Signal(int)
    closed = Signal()

    def __init__(
        self,
        look: Appearance,
        letters: Letters,
        outbox: Outbox,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._letters = letters
        self._outbox = outbox
        self.letter_id: int | None = None
        self.editor = LetterEditor(look, letters)
        self.send = Button("Send", "primary")
        self.send.setToolTip(
            "It leaves in 20 seconds; until then it can be taken back (Ctrl+Enter)"
        )
        self.later = Button("Go on later")
        self.later.setToolTip("The draft is kept among your letters (Esc)")
        self.outside = Button("Open in my mail program")
        self.copy = Button("Copy the words")
        self.drop = Button("Let the draft go")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_S)
        layout.addWidget(Hairline())
        head = QHBoxLayout()
        head.addWidget(Text("Your answer", Type.STRONG))
        head.addStretch(1)
        head.addWidget(Text("kept as a draft while you type", Type.SMALL, soft=True))
        layout.addLayout(head)
        layout.addWidget(self.editor, 1)
        row = FlowLayout()
        for button, act in (
            (self.send, self.send_now),
            (self.later, self.close_up),
            (self.outside, self._outside),
            (self.copy, self._copy),
            (self.drop, self._let_go),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        layout.addLayout(row)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether an answer is being written here."""
        return self.letter_id is not None

    def open(self, letter_id: int, *, can_send: bool) -> None:
        """Write this draft here, the cursor where its own words begin."""
        self.letter_id = letter_id
        self.send.setVisible(can_send)
        self.outside.become("plain" if can_send else "primary")
        self.copy.say("Copy the words")
        self.editor.show_letter(letter_id)
        self.show()
        self.editor.body.setFocus()

    def send_now(self) -> None:
        """Let the answer leave in 20 seconds; what hinders it is said above its words."""
        if self.letter_id is None or not self.editor.keep():
            return
        letter_id = self.letter_id
        try:
            self._outbox.queue(letter_id)
        except RefusedError as error:
            self.editor.read_along()
            self.editor.say_trouble(str(error))
            return
        self._end()
        self.queued.emit(letter_id)

    def close_up(self) -> None:
        """Keep what was typed and show the conversation alone."""
        if self.letter_id is not None:
            self.editor.keep()
            self._end()

    def _outside(self) -> None:
        if self.letter_id is not None and self.editor.keep():
            self.outside_wanted.emit(self.letter_id)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.editor.body.toPlainText())
        self.copy.say("Copied")

    def _let_go(self) -> None:
        if self.letter_id is not None and self.editor.keep():
            self._letters.let_go(self.letter_id)
            self._end()

    def _end(self) -> None:
        self.letter_id = None
        self.editor.let_go()
        self.hide()
        self.closed.emit()
