"""A letter as it is written: to whom, its words, and beside them what they show while typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QHideEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.letter import Letter
from jeweler_desk.domain.letter_findings import Finding
from jeweler_desk.domain.letter_wording import finding_text, template_title
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.letter_check import LetterCheck
from jeweler_desk.services.letters import Letters
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Hairline
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import Text

KEEP_EVERY_MS: Final = 2000
_READ_AFTER_MS: Final = 250
_BESIDE_FROM: Final = 620
_WITHOUT_FINDINGS: Final = "It reads well, and nothing differs from the records."
_CHOOSE: Final = "Use a template…"


class LetterEditor(QWidget):
    """Edits one draft; what is typed is kept every two seconds and when it goes out of sight."""

    kept = Signal()
    template_change_wanted = Signal(str)

    def __init__(self, look: Appearance, letters: Letters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._letters = letters
        self._check: LetterCheck | None = None
        self._waived: frozenset[str] = frozenset()
        self._marks: Sequence[Finding] = ()
        self.letter: Letter | None = None
        self.findings: tuple[Finding, ...] = ()
        self.to = QLineEdit()
        self.from_line = Text("", Type.SMALL, soft=True)
        self.subject = QLineEdit()
        self.templates = Button(_CHOOSE, room="small")
        self._choices = QMenu(self)
        self._changes = QMenu("Change a template", self._choices)
        self.templates.setMenu(self._choices)
        self.body = QPlainTextEdit()
        self.trouble = Text("", wrap=True)
        self.right_buttons: list[Button] = []
        self._keeping = QTimer(self)
        self._reading = QTimer(self)
        for timer, span, act in (
            (self._keeping, KEEP_EVERY_MS, self.keep),
            (self._reading, _READ_AFTER_MS, self.read_along),
        ):
            timer.setSingleShot(True)
            timer.setInterval(span)
            timer.timeout.connect(act)
        self._build()
        look.changed.connect(self._mark_words)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_M)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_S)
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate((("To", self.to), ("Subject", self.subject))):
            label = Text(name, Type.SMALL, soft=True)
            label.setBuddy(field)
            field.setAccessibleName(name)
            field.textEdited.connect(self._typed)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        under = QHBoxLayout()
        under.setSpacing(SPACE_M)
        under.addWidget(self.from_line, 1)
        under.addWidget(self.templates)
        grid.addLayout(under, 2, 1)
        layout.addLayout(grid)
        self.trouble.set_tone(Tone.LATE)
        self.trouble.hide()
        layout.addWidget(self.trouble)
        self.body.setAccessibleName("The letter")
        self.body.setTabChangesFocus(True)
        self.body.textChanged.connect(self._typed)
        self._beside = Scroll("What the letter shows", takes_focus=True)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(SPACE_L)
        self._parts.addWidget(self.body, 3)
        self._parts.addWidget(self._beside, 2)
        layout.addLayout(self._parts, 1)

    # ---- one letter

    def show_letter(self, letter_id: int) -> None:
        """Show a draft, the cursor where its own words begin."""
        self.keep()
        letter = self._letters.get(letter_id)
        self.letter = None  # what is set now was not typed
        self._check = self._letters.check(letter)
        self._waived = letter.waived
        self.to.setText(letter.to_address)
        self.to.setPlaceholderText("No address is known: copy the words and give them there")
        self.subject.setText(letter.subject)
        self.from_line.setText(f"From {letter.from_address}" if letter.from_address else "")
        self.body.setPlainText(letter.body)
        self.fill_templates()
        self.say_trouble(letter.trouble)
        self.letter = letter
        self._place_cursor()
        self.read_along()

    def say_trouble(self, sentence: str | None) -> None:
        """Say what hinders the letter, or nothing."""
        self.trouble.setText(sentence or "")
        self.trouble.setVisible(bool(sentence))

    def fill_templates(self) -> None:
        """Name the templates anew."""
        self._choices.clear()
        for each in self._letters.templates.all():
            act = self._choices.addAction(template_title(each.name))
            act.setObjectName(each.name)
            act.triggered.connect(partial(self.use_template, each.name))
        self._choices.addSeparator()
        self._choices.addMenu(self._changes)
        self._changes.clear()
        for each in self._letters.templates.all():
            act = self._changes.addAction(template_title(each.name))
            act.setObjectName(each.name)
            act.triggered.connect(partial(self._want_change, each.name))

    def _place_cursor(self) -> None:
        words = self.body.toPlainText()
        leave = words.rfind("\n\nYours")
        cursor = self.body.textCursor()
        cursor.setPosition(leave if leave > 0 else len(words))
        self.body.setTextCursor(cursor)

    def _typed(self) -> None:
        if self.letter is None:
            return
        if not self._keeping.isActive():
            self._keeping.start()
        self._reading.start()

    def keep(self) -> bool:
        """Keep what was typed; False when a refusal prevents it."""
        self._keeping.stop()
        if self.letter is None:
            return False
        try:
            self._letters.change(
                self.letter.id,
                to_address=self.to.text().strip(),
                subject=self.subject.text(),
                body=self.body.toPlainText(),
            )
        except RefusedError as refused:
            self.letter = None  # it left meanwhile, or is gone
            self.say_trouble(str(refused))
            return False
        self.kept.emit()
        return True

    def let_go(self) -> None:
        """Edit nothing any more."""
        self._keeping.stop()
        self._reading.stop()
        self.letter = None

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed."""
        self.keep()
        super().hideEvent(event)

    def _want_change(self, name: str, _checked: object = None) -> None:
        self.template_change_wanted.emit(name)

    def use_template(self, name: str, _checked: object = None) -> None:
        """Put a template's words in place of the letter's own."""
        if self.letter is None or not self.keep():
            return
        letter_id, self.letter = self.letter.id, None
        self._letters.use_template(letter_id, name)
        self.show_letter(letter_id)

    # ---- reading along

    def read_along(self) -> None:
        """Say what the words show as they stand."""
        if self._check is None:
            return
        self.findings = self._check.findings(
            self.subject.text(), self.body.toPlainText(), self.to.text().strip()
        )
        self._show_findings()
        self._mark_words()

    def open_locks(self) -> tuple[Finding, ...]:
        """Return what differs from the records and was not said to be right."""
        return tuple(
            each for each in self.findings if each.is_of_truth and each.key not in self._waived
        )

    def _show_findings(self) -> None:
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        layout.setSpacing(SPACE_S)
        self.right_buttons = []
        shown = [each for each in self.findings if each.key not in self._waived]
        truth = [each for each in shown if each.is_of_truth]
        tone = [each for each in shown if not each.is_of_truth]
        if truth:
            layout.addWidget(Text("Differs from the records", Type.STRONG))
        for each in truth:
            words = Text(finding_text(each), wrap=True)
            words.set_tone(Tone.LATE)
            layout.addWidget(words)
            button = Button("It is right as it stands", room="small")
            button.clicked.connect(lambda _=False, key=each.key: self._waive(key))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.right_buttons.append(button)
        if truth and tone:
            layout.addWidget(Hairline())
        if tone:
            layout.addWidget(Text("To consider", Type.STRONG))
        for each in tone:
            layout.addWidget(Text(finding_text(each), wrap=True))
        if not shown:
            words = Text(_WITHOUT_FINDINGS, soft=True, wrap=True)
            layout.addWidget(words)
        hers = self._letters.asked_words(self.letter) if self.letter else ""
        if hers:
            layout.addSpacing(SPACE_XS)
            layout.addWidget(Hairline())
            layout.addWidget(Text("She wrote", Type.SMALL, soft=True))
            words = Text(hers, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(words)
        layout.addStretch(1)
        at = self._beside.verticalScrollBar().value()
        self._beside.hold(layout)
        self._beside.verticalScrollBar().setValue(at)

    def _waive(self, key: str) -> None:
        if self.letter is not None:
            self._letters.waive(self.letter.id, [key])
            self._waived |= {key}
            self.read_along()

    def _mark_words(self) -> None:
        """Underline the words that a finding is about."""
        marks = []
        for each in self.findings:
            if each.at < 0 or each.key in self._waived:
                continue
            selection = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            tone = Tone.LATE if each.is_of_truth else Tone.DUE
            shape.setUnderlineColor(self._look.ink(tone))
            shape.setFontWeight(QFont.Weight.Medium)
            cursor = QTextCursor(self.body.document())
            start = _utf16(self.body.toPlainText(), each.at)
            cursor.setPosition(start)
            cursor.setPosition(
                start + _utf16(each.found, len(each.found)), QTextCursor.MoveMode.KeepAnchor
            )
            selection.cursor = cursor
            selection.format = shape
            marks.append(selection)
        self.body.setExtraSelections(marks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set what was found beside the words, or beneath them where the room is narrow."""
        is_wide = self.width() >= self._look.px(_BESIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._parts.direction() is not way:
            self._parts.setDirection(way)
        super().resizeEvent(event)


def _utf16(text: str, at: int) -> int:
    """Return a place in a text as Qt counts it."""
    return len(text[:at].encode("utf-16-le")) // 2
