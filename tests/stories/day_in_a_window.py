"""A child of a story: one order's day in a real window, by keyboard alone; tells what it saw.

``python -m tests.stories.day_in_a_window FOLDER FILE...`` opens the desk of FOLDER as the program
does, takes the files in, and writes one JSON document when the window was closed by its key.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jeweler_desk.app import opened_desk
from jeweler_desk.services.clock import ClockFrom
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from jeweler_desk.ui.jobs import JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import Mode

NOW = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
PATIENCE_SECONDS = 30
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass
class Seen:
    """What the day showed."""

    facts: dict[str, object] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)

    def open(self, url: QUrl) -> bool:
        self.opened.append(url.toLocalFile())
        return True


class Day(QObject):
    """The keys of one day, one after the other."""

    def __init__(self, window: MainWindow, files: list[Path], seen: Seen) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self._seen = seen

    def go_through(self) -> None:
        window, facts = self._window, self._seen.facts
        facts["platform"] = QGuiApplication.platformName()
        window.come_forward(self._files)
        form = self._form()
        self._wait(form.verb.isEnabled)
        self._press(form.verb, Qt.Key.Key_Return)
        self._wait(lambda: window.orders.model.rowCount() > 0)
        self._bring_forward()
        facts["orders"] = window.orders.model.rowCount()
        self._find("Ada")
        self._press(window, Qt.Key.Key_M, CTRL)
        self._press(window, Qt.Key.Key_R, CTRL)
        self._press(window, Qt.Key.Key_B, CTRL)
        facts["bench"] = window.bench.title.text()
        facts["done before the checks"] = window.bench.done_button.isEnabled()
        self._press(None, Qt.Key.Key_Space)
        self._press(None, Qt.Key.Key_Tab)
        self._press(None, Qt.Key.Key_Space)
        facts["done after them"] = window.bench.done_button.isEnabled()
        self._press(window, Qt.Key.Key_P)
        self._wait(lambda: len(self._seen.opened) == 2)  # slip and card
        self._press(None, Qt.Key.Key_Return)
        facts["after Enter"] = self._goods("#5001")
        self._find("5001")
        self._press(window, Qt.Key.Key_S, CTRL | SHIFT)
        form = self._form()
        assert isinstance(form, ShipOrder)
        carrier = form.carrier.line
        QTest.keyClicks(carrier, "USPS")
        self._press(carrier, Qt.Key.Key_Return)
        self._bring_forward()
        facts["handed over"] = self._goods("#5001")
        self._press(window, Qt.Key.Key_Z, CTRL)
        facts["taken back"] = self._goods("#5001")
        self._press(window, Qt.Key.Key_Z, CTRL | SHIFT)
        facts["done again"] = self._goods("#5001")
        self._press(window, Qt.Key.Key_L, CTRL | SHIFT)
        QApplication.processEvents()
        screen = QGuiApplication.primaryScreen().grabWindow(0).toImage()
        facts["dark on the screen"] = screen.pixelColor(screen.width() // 2, 4).lightnessF() < 0.3
        self._press(window, Qt.Key.Key_B, CTRL | SHIFT)
        self._wait(lambda: window.desk.backups.last() is not None)
        self._wait(lambda: not window.jobs.is_running("backup"))
        self._press(window, Qt.Key.Key_Q, CTRL)

    def _find(self, text: str) -> None:
        self._press(self._window, Qt.Key.Key_K, CTRL)
        QTest.keyClicks(self._window.palette_.field, text)
        self._press(self._window.palette_.field, Qt.Key.Key_Return)

    def _goods(self, number: str) -> str:
        return self._window.desk.orders.find(number).fulfillment_status.value

    def _form(self) -> Form:
        self._wait(lambda: isinstance(QApplication.activeModalWidget(), Form))
        form = QApplication.activeModalWidget()
        assert isinstance(form, Form)
        return form

    def _bring_forward(self) -> None:
        """Do what the window manager does, which a screen of this kind has not."""

        def is_forward() -> bool:
            self._window.activateWindow()
            return self._window.isActiveWindow()

        self._wait(is_forward)

    def _press(
        self,
        widget: QWidget | None,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.keyClick(widget or QApplication.focusWidget() or self._window, key, modifier)
        QApplication.processEvents()

    @staticmethod
    def _wait(until: Callable[[], bool]) -> None:
        began = monotonic()
        while not until():
            if monotonic() - began > PATIENCE_SECONDS:
                raise TimeoutError
            QTest.qWait(20)


def give_up(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell what went wrong and end; an error in a slot would let the window stand open."""
    sys.__excepthook__(kind, error, trace)
    os._exit(1)


def main() -> None:
    sys.excepthook = give_up
    folder, *names = sys.argv[1:]
    seen = Seen()
    with opened_desk(Path(folder), ClockFrom(NOW), is_writing=True) as desk:
        for key, value in (("shop.timezone", "America/New_York"), ("shop.name", "Juniper")):
            desk.settings.set(key, value)
        app = QApplication(sys.argv[:1])
        window = MainWindow(desk, Appearance(app, Mode.LIGHT), JobRunner(), open_outside=seen.open)
        window.show()
        day = Day(window, [Path(name) for name in names], seen)
        QTimer.singleShot(200, day.go_through)
        app.exec()
    sys.stdout.write(json.dumps(seen.facts | {"papers": seen.opened}))


if __name__ == "__main__":
    main()
