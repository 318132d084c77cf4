"""An item of a list or table as Qt hands it over to be painted."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem


def painted_rect(option: QStyleOptionViewItem) -> QRect:
    """Return where an item is painted."""
    rect: QRect = getattr(option, "rect")  # noqa: B009 - the stubs do not know QStyleOption's fields
    return rect


def painted_state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Return whether an item is chosen, under the mouse, in focus."""
    state: QStyle.StateFlag = getattr(option, "state")  # noqa: B009 - likewise
    return state
