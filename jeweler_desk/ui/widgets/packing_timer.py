"""The five-minute timer of one parcel: starts by itself, can pause, and never scolds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.text import Text

GOAL_SECONDS: Final = 300
_SECOND: Final = 1000


def minutes_and_seconds(seconds: int) -> str:
    """Write a length of time as ``3:12``."""
    return f"{seconds // 60}:{seconds % 60:02d}"


class _Bar(QWidget):
    """How much of the five minutes is gone."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._share = 0.0

    def show_share(self, share: float) -> None:
        """Show a share between nothing and all."""
        self._share = min(1.0, share)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a thin line."""
        return QSize(self._look.px(SPACE_S) * SPACE_S, SPACE_S)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(0, (self.height() - SPACE_S) / 2, self.width(), SPACE_S)
        painter.setBrush(self._look.color("sunken"))
        painter.drawRoundedRect(room, SPACE_S / 2, SPACE_S / 2)
        room.setWidth(max(SPACE_S * 1.0, room.width() * self._share))
        painter.setBrush(self._look.color("accent"))
        painter.drawRoundedRect(room, SPACE_S / 2, SPACE_S / 2)
        painter.end()


class PackingTimer(QWidget):
    """Shows the time spent on the parcel at hand against the goal of five minutes.

    ``head`` is the row of the time, with room for a button at its end.
    """

    def __init__(
        self,
        look: Appearance,
        elapsed_ms: Callable[[], int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._stopwatch = QElapsedTimer()
        self._stopwatch.start()
        self._elapsed_ms = elapsed_ms or self._stopwatch.elapsed
        self._before_ms = 0
        self._since_ms: int | None = None
        self._time = Text("0:00", Type.TIMER)
        self._bar = _Bar(look, self)
        self._note = Text("", Type.SMALL, soft=True, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        self.head = QHBoxLayout()
        self.head.addWidget(self._time, 1)
        layout.addLayout(self.head)
        for part in (self._bar, self._note):
            layout.addWidget(part)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_SECOND // 4)
        self._ticks.timeout.connect(self.show_time)
        self.show_time()

    def be_small(self, small: bool) -> None:  # noqa: FBT001 - a state, named by the method
        """Take less room where there is little: smaller figures, no words."""
        self._time.become(Type.BENCH if small else Type.TIMER)
        self._note.setVisible(not small)

    @property
    def seconds(self) -> int:
        """Whole seconds spent, pauses left out."""
        running = 0 if self._since_ms is None else self._elapsed_ms() - self._since_ms
        return (self._before_ms + running) // _SECOND

    @property
    def is_running(self) -> bool:
        """Whether time is being counted."""
        return self._since_ms is not None

    @property
    def text(self) -> str:
        """What the timer shows."""
        return self._time.text()

    def restart(self) -> None:
        """Begin at nothing."""
        self._before_ms = 0
        self._since_ms = self._elapsed_ms()
        self._ticks.start()
        self.show_time()

    def pause(self) -> None:
        """Stop counting for now."""
        if self._since_ms is not None:
            self._before_ms += self._elapsed_ms() - self._since_ms
            self._since_ms = None
        self._ticks.stop()
        self.show_time()

    def resume(self) -> None:
        """Go on counting."""
        if self._since_ms is None:
            self._since_ms = self._elapsed_ms()
        self._ticks.start()
        self.show_time()

    def show_time(self) -> None:
        """Bring the numbers up to the moment."""
        seconds = self.seconds
        self._time.setText(minutes_and_seconds(seconds))
        self._time.set_tone(Tone.DUE if seconds > GOAL_SECONDS else None)
        self._bar.show_share(seconds / GOAL_SECONDS)
        if seconds > GOAL_SECONDS:
            self._note.setText("past five minutes – take the time it needs")
        elif self.is_running:
            self._note.setText("of five minutes")
        else:
            self._note.setText("of five minutes · paused" if seconds else "of five minutes")
