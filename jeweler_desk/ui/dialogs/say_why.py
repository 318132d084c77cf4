"""Small forms: one line of words, perhaps a tick or a choice, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.money import Money
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.dialogs.hold_order import read_day
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tick_box import TickBox


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a small form. ``lack`` is said when the line stays empty and must not."""

    heading: str
    verb: str
    label: str
    usual: Sequence[str] = ()
    follows: str = ""
    lack: str = ""
    tick: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What was written, whether the box was ticked, and which of several was meant."""

    words: str
    is_ticked: bool = False
    which: int | None = None


class SayWhy(Form):
    """Asks for one line of words; ``several`` lets one of several things be chosen."""

    def __init__(
        self, wording: Wording, parent: QWidget, several: Sequence[tuple[int, str]] = ()
    ) -> None:
        super().__init__(wording.heading, wording.verb, parent)
        self._lack = wording.lack
        self.which: OneOf[int] | None = None
        if len(several) > 1:
            self.which = OneOf(several)
            self.add_field("Which", self.which, field=self.which.buttons[0])
            self.which.buttons[0].setAccessibleName(several[0][1])
        self.words = ChoiceField(wording.usual)
        self.add_field(wording.label, self.words, field=self.words.line)
        self.tick = TickBox(wording.tick)
        self.tick.setVisible(bool(wording.tick))
        if wording.tick:
            self.parts.addWidget(self.tick)
        if wording.follows:
            self.parts.addWidget(Text(wording.follows, soft=True, wrap=True))

    def value(self) -> Said:
        """Return what was said."""
        if self._lack and not self.words.text:
            raise FormError(self._lack)
        if self.which is not None and self.which.value is None:
            raise FormError("Choose which one is meant.")
        which = self.which.value if self.which else None
        return Said(self.words.text, self.tick.isChecked(), which)


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount with its words and perhaps a day."""

    amount: Money
    words: str
    day: str


class AmountForm(Form):
    """Asks for an amount, a line of words and, where ``day`` is named, a day."""

    def __init__(self, wording: Wording, amount: Money, parent: QWidget, day: str = "") -> None:
        super().__init__(wording.heading, wording.verb, parent)
        self._currency = amount.currency
        self._lack = wording.lack
        self.amount = QLineEdit(amount.amount)
        self.words = ChoiceField(wording.usual)
        self.day = QLineEdit()
        self.day.setPlaceholderText("2026-11-27")
        self.add_field(f"Amount, {amount.currency}", self.amount)
        self.add_field(wording.label, self.words, field=self.words.line)
        if day:
            self.add_field(day, self.day)
        if wording.follows:
            self.parts.addWidget(Text(wording.follows, soft=True, wrap=True))

    def value(self) -> Sum:
        """Return amount, words and day."""
        amount = Money.parse(self.amount.text(), self._currency)
        if self._lack and not self.words.text:
            raise FormError(self._lack)
        read_day(self.day.text())
        return Sum(amount, self.words.text, self.day.text().strip())
