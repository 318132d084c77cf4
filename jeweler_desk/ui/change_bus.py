"""The one place where pages hear that something changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """Carries the ``Changes`` of an act (a frozenset of topics) to every page."""

    changed = Signal(object)
