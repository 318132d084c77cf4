"""A template of her own: its name, its subject, its words with named fields in braces."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from jeweler_desk.domain.letter_template import (
    LetterField,
    LetterTemplate,
    checked_template,
)
from jeweler_desk.domain.letter_wording import template_title
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.text import Text

_LINES = 12
_HELP = (
    "A field stands in braces and is filled from the order. A sentence whose field has no fact is"
    " left out; nothing else stands in braces."
)


@dataclass(frozen=True, slots=True)
class TemplateWish:
    """What to do with a template: keep it, or let hers go so that the shipped one is back."""

    template: LetterTemplate
    is_dropped: bool = False


class TemplateForm(Form):
    """Changes a template; one under a new name is a new one."""

    def __init__(self, template: LetterTemplate, *, is_own: bool, parent: QWidget) -> None:
        super().__init__(f"Template: {template_title(template.name)}", "Keep it", parent)
        self._old = template
        self.name = QLineEdit(template.name)
        self.subject = QLineEdit(template.subject)
        self.add_field("Name", self.name, "Another name makes another template.")
        self.add_field("Subject", self.subject)
        self.body = QPlainTextEdit(template.body)
        self.body.setAccessibleName("The words of the template")
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(self.body.fontMetrics().lineSpacing() * _LINES)
        self.parts.addWidget(self.body)
        self.parts.addWidget(Text(_HELP, Type.SMALL, soft=True, wrap=True))
        fields = FlowLayout()
        for field in LetterField:
            button = Button(f"{{{field.value}}}", "quiet", room="small")
            button.clicked.connect(lambda _=False, word=field.value: self._put(word))
            fields.addWidget(button)
        self.parts.addLayout(fields)
        self.drop = Button("Remove mine")
        self.drop.setVisible(is_own)
        self.drop.clicked.connect(self._drop)
        self.parts.addWidget(self.drop)

    def value(self) -> TemplateWish:
        """Return the template; a refused one is told with its line."""
        return TemplateWish(
            checked_template(self.name.text(), self.subject.text(), self.body.toPlainText())
        )

    def _put(self, word: str) -> None:
        self.body.insertPlainText(f"{{{word}}}")
        self.body.setFocus()

    def _drop(self) -> None:
        self.answered.emit(TemplateWish(self._old, is_dropped=True))
        self.accept()
