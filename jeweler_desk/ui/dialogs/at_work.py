"""A long act at work: how far it is, and a button that stops it where it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from jeweler_desk.domain.progress import Portions, Progress
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.jobs import Done
from jeweler_desk.ui.theme import SPACE_M, SPACE_XL, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import Text

_SHOWN_AFTER_MS = 300
_LONG_ACT = "long act"
_WIDTH_IN_LETTERS = 48
_GOING_BACK = "Everything is put back as it was…"
_LOGGED = "The desk’s log has the details. "


class AtWork(QDialog):
    """Stands over the window while an act is at work, so that no other comes in between."""

    def __init__(
        self, heading: str, safe: str, parent: QWidget, stop: Callable[[], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._stop = stop
        self.setWindowTitle(heading)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS)
        self.words = Text(safe, soft=True, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(heading)
        self.stop_button = Button("Stop")
        self.stop_button.setVisible(stop is not None)
        self.stop_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        layout.setSpacing(SPACE_M)
        layout.addWidget(Text(heading, Type.HEADING, wrap=True))
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        layout.addLayout(buttons)
        # What is over at once is not announced.
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.open)
        self._wait.start(_SHOWN_AFTER_MS)

    def tell(self, progress: Progress) -> None:
        """Show how far the act is."""
        if progress.is_going_back:
            self.words.setText(_GOING_BACK)
            self.stop_button.setEnabled(False)
        self.bar.setRange(0, progress.whole if progress.done else 0)
        self.bar.setValue(progress.done)

    def end(self) -> None:
        """Go away."""
        self._wait.stop()
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Escape and the window's cross ask to stop, they do not hide what is at work."""
        if self._stop is not None and self.stop_button.isEnabled():
            self.stop_button.setEnabled(False)
            self._stop()


def do_at_work(
    frame: Frame,
    parent: QWidget,
    portions: Portions[Any],
    done: Done,
    *,
    heading: str,
    safe: str,
    can_stop: bool = False,
) -> bool:
    """Do a long act in portions; False when another is at work.

    ``safe`` says what holds whatever happens; it is told beside the bar, and again in trouble.
    """
    stop = partial(frame.jobs.stop, _LONG_ACT) if can_stop else None
    dialog = AtWork(heading, safe, parent, stop)

    def is_done(result: object) -> None:
        dialog.end()
        done(result)

    def failed(error: Exception) -> None:
        dialog.end()
        frame.notices.warn("act", str(error) if has_words(error) else f"{_LOGGED}{safe}")

    frame.notices.withdraw("act")
    if frame.jobs.in_portions(_LONG_ACT, portions, is_done, failed, dialog.tell):
        return True
    dialog.end()
    return False
