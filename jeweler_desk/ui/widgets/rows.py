"""Filling a layout anew: what stood there goes, what comes is seen at once."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget


def empty_out(layout: QBoxLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def add_shown(layout: QBoxLayout, widget: QWidget) -> None:
    """Add a widget and show it now, so that it can take the focus before the next event."""
    layout.addWidget(widget)
    widget.show()
