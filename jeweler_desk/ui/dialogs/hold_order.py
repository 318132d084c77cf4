"""Putting an order on hold: why, and perhaps until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.widgets.choice_field import ChoiceField

_REASONS: Final = (
    "waiting for the ring size",
    "waiting for the buyer’s answer",
    "a piece is missing",
    "a stone has to be ordered",
    "the address must be checked",
)


@dataclass(frozen=True, slots=True)
class HoldChoice:
    """The reason of a hold and, if known, its last day."""

    reason: str
    until: date | None


class HoldOrder(Form):
    """Asks why an order stops."""

    def __init__(self, number: str, parent: QWidget, *, several: str = "") -> None:
        super().__init__(f"Put {several or f'order {number}'} on hold", "Put on hold", parent)
        self.reason = ChoiceField(_REASONS)
        self.reason.line.setPlaceholderText("choose or write why")
        self.until = QLineEdit()
        self.until.setPlaceholderText("2026-11-27")
        self.add_field("Reason", self.reason, field=self.reason.line)
        self.add_field(
            "Until", self.until, "A day such as 2026-11-27, or empty if you cannot know."
        )

    def value(self) -> HoldChoice:
        """Return the reason and the day."""
        reason = self.reason.text
        if not reason:
            raise FormError("Write in a few words why the order stops.")
        return HoldChoice(reason, read_day(self.until.text()))


def read_day(text: str) -> date | None:
    """Read ``2026-11-27``; empty is None, anything else is told with the form."""
    text = text.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FormError(f"“{text}” is not a day such as 2026-11-27.") from error
