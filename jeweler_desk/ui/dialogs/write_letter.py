"""A letter in a window of its own: written, then queued with twenty seconds to take it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from jeweler_desk.services.letters import Letters
from jeweler_desk.services.outbox import Outbox
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.letter_template import TemplateForm, TemplateWish
from jeweler_desk.ui.frame import has_words
from jeweler_desk.ui.theme import SPACE_L, SPACE_XL, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.letter_editor import LetterEditor
from jeweler_desk.ui.widgets.text import ElidedText, Text

_WIDTH, _HEIGHT = 860, 600
_KEPT = "Kept as a draft while you type."


class WriteLetter(QDialog):
    """Shows the editor of one draft; ``queued`` carries its id when it may leave."""

    queued = Signal(int)
    outside_wanted = Signal(int)

    def __init__(
        self, look: Appearance, letters: Letters, outbox: Outbox, letter_id: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._letters = letters
        self._outbox = outbox
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        letter = letters.get(letter_id)
        name = letter.to_name or letter.to_address or "the buyer"
        self.setWindowTitle(f"A letter to {name}")
        self.editor = LetterEditor(look, letters)
        self.editor.template_change_wanted.connect(self.change_template)
        self.send = Button("Send", "primary")
        self.send.setToolTip(
            "It leaves in 20 seconds; until then it can be taken back (Ctrl+Enter)"
        )
        self.send.setShortcut("Ctrl+Return")
        self.outside = Button("Open in my mail program")
        self.copy = Button("Copy the words")
        self.elsewhere = Button("I gave it another way")
        self.drop = Button("Let the draft go")
        about = f"About order {letter.order_number}" if letter.order_number else "An answer"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        layout.setSpacing(SPACE_L)
        layout.addWidget(ElidedText(f"To {name}", Type.HEADING))
        layout.addWidget(Text(f"{about} · {_KEPT}", Type.SMALL, soft=True))
        layout.addWidget(self.editor, 1)
        row = FlowLayout()
        for button, act in (
            (self.send, self._send),
            (self.outside, self._outside),
            (self.copy, self._copy),
            (self.elsewhere, self._elsewhere),
            (self.drop, self._let_go),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        layout.addLayout(row)
        self.resize(look.px(_WIDTH), look.px(_HEIGHT))
        self.editor.show_letter(letter_id)
        self.letter_id = letter_id
        self.editor.body.setFocus()

    def _send(self) -> None:
        if not self.editor.keep():
            return
        try:
            self._outbox.queue(self.letter_id)
        except Exception as error:
            if not has_words(error):
                raise
            self.editor.read_along()
            self.editor.say_trouble(str(error))
            return
        self._done()
        self.queued.emit(self.letter_id)

    def change_template(self, name: str) -> None:
        """Open a template to be changed."""
        templates = self._letters.templates
        form = TemplateForm(templates.get(name), is_own=templates.is_own(name), parent=self)
        form.answered.connect(self._keep_template)
        form.open()

    def _keep_template(self, wish: TemplateWish) -> None:
        template, templates = wish.template, self._letters.templates
        if wish.is_dropped:
            templates.drop(template.name)
        else:
            templates.keep(template.name, template.subject, template.body)
        self.editor.fill_templates()

    def _outside(self) -> None:
        if self.editor.keep():
            self.outside_wanted.emit(self.letter_id)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.editor.body.toPlainText())
        self.copy.say("Copied")

    def _elsewhere(self) -> None:
        if self.editor.keep():
            self._letters.given_elsewhere(self.letter_id)
            self._done()

    def _let_go(self) -> None:
        if self.editor.keep():
            self._letters.let_go(self.letter_id)
            self._done()

    def _done(self) -> None:
        self.editor.let_go()
        self.accept()
