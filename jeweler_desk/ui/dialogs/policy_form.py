"""Reading a policy's versions, and writing the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.domain.policy import CountedFrom, NewPolicy, PolicyKind, PolicyVersion
from jeweler_desk.domain.policy_wording import POLICY_NAMES, version_heading, window_rule
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.dialogs.hold_order import read_day
from jeweler_desk.ui.theme import SPACE_L, SPACE_S, Type
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.setting_row import Lines
from jeweler_desk.ui.widgets.text import Text

_EVENTS: Final = (
    (CountedFrom.DELIVERED, "Delivery"),
    (CountedFrom.SHIPPED, "Hand-over"),
    (CountedFrom.BOUGHT, "Purchase"),
)
_BACK: Final = frozenset({PolicyKind.RETURNS, PolicyKind.EXCHANGES})
_READING_LINES: Final = 18


class PolicyForm(Form):
    """Asks for the next version; the words of the one before stand there to begin with."""

    def __init__(
        self, kind: PolicyKind, before: PolicyVersion | None, today: date, parent: QWidget
    ) -> None:
        heading = POLICY_NAMES[kind]
        super().__init__(f"{heading}: a new version", "Let it stand", parent)
        self._kind = kind
        said = before.said if before else None
        self.text = Lines()
        self.text.setPlainText(said.text if said else "")
        self.short_form = QLineEdit(said.short_form or "" if said else "")
        # A version that has not begun yet is followed by one that begins later still.
        first = max(today, said.in_force_from + timedelta(days=1)) if said else today
        self.begins = QLineEdit(first.isoformat())
        self.add_field("Its words", self.text)
        self.add_field("Short form", self.short_form, "One line, as the packing slip prints it.")
        hint = "Orders placed before keep the version of their day." if before else ""
        self.add_field("In force from", self.begins, hint)
        self.days = QLineEdit(_number(said.window_days if said else None))
        self.days.setPlaceholderText("30")
        self.counted_from = OneOf(_EVENTS, said.counted_from if said else None)
        self.add_field("Window, days", self.days, "Its last day counts. Empty: no window.")
        self.add_field("Counted from", self.counted_from, field=self.counted_from.buttons[0])
        self.counted_from.buttons[0].setAccessibleName(_EVENTS[0][1])
        self.worn = QLineEdit(_number(said.worn_percent if said else None))
        self.damaged = QLineEdit(_number(said.damaged_percent if said else None))
        if kind in _BACK:
            self.add_field("Worn piece, %", self.worn, "How much of its price goes back.")
            self.add_field("Damaged piece, %", self.damaged)

    def value(self) -> NewPolicy:
        """Return the version. Raises with the sentence of what is missing."""
        begins = read_day(self.begins.text())
        if not self.text.toPlainText().strip():
            raise FormError("Write what you promise.")
        if begins is None:
            raise FormError("Write from which day it is in force.")
        days = _read_number("The window", self.days)
        if days is not None and self.counted_from.value is None:
            raise FormError("Say from which event the days are counted.")
        return NewPolicy(
            kind=self._kind,
            text=self.text.toPlainText(),
            in_force_from=begins,
            short_form=self.short_form.text(),
            window_days=days,
            counted_from=self.counted_from.value if days is not None else None,
            worn_percent=_read_number("The percent", self.worn),
            damaged_percent=_read_number("The percent", self.damaged),
        )


class PolicyReader(Form):
    """Shows every version, the newest first; the button begins the next one."""

    def __init__(
        self, kind: PolicyKind, versions: Sequence[PolicyVersion], today: date, parent: QWidget
    ) -> None:
        super().__init__(POLICY_NAMES[kind], "Write a new version…", parent)
        self.cancel.say("Close")
        column = QVBoxLayout()
        column.setSpacing(SPACE_S)
        for each in sorted(versions, key=lambda version: -version.version):
            if column.count():
                column.addSpacing(SPACE_L)
            column.addWidget(Text(version_heading(each, today), Type.STRONG, wrap=True))
            column.addWidget(Text(each.said.text, wrap=True))
            more = [part for part in (each.said.short_form, window_rule(each)) if part]
            if more:
                column.addWidget(Text(" · ".join(more), Type.SMALL, soft=True, wrap=True))
        column.addStretch(1)
        scroll = Scroll(f"Versions of {POLICY_NAMES[kind]}", takes_focus=True)
        scroll.hold(column)
        scroll.setMinimumHeight(self.fontMetrics().lineSpacing() * _READING_LINES)
        self.parts.addWidget(scroll, 1)

    def value(self) -> object:
        """Return that the next version is wanted."""
        return True


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _read_number(what: str, field: QLineEdit) -> int | None:
    text = field.text().strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise FormError(f"{what}: “{text}” is no whole number.")
    return int(text)
