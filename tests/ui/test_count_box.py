"""Counts in forms: drawn in the desk's own dress, and never turned by a passing wheel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import Mode, Type
from jeweler_desk.ui.widgets.count_box import CountBox
from jeweler_desk.ui.widgets.text import Text


@pytest.fixture
def room(qtbot: QtBot, look: Appearance) -> QWidget:
    del look
    room = QWidget()
    qtbot.addWidget(room)
    QVBoxLayout(room)
    return room


def put(room: QWidget, qtbot: QtBot, *parts: QWidget) -> None:
    layout = room.layout()
    assert layout is not None
    for part in parts:
        layout.addWidget(part)
    with qtbot.waitActive(room):
        room.show()


def turned(box: CountBox) -> int:
    middle = QPointF(box.rect().center())
    wheel = QWheelEvent(
        middle, box.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    return box.value()


def test_the_wheel_turns_a_count_only_where_it_has_the_focus(room: QWidget, qtbot: QtBot) -> None:
    box, other = CountBox(0, 9, 3), CountBox()
    put(room, qtbot, box, other)
    other.setFocus()
    assert turned(box) == 3
    box.setFocus()
    assert turned(box) == 4


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_a_count_wears_our_colors_and_shows_the_focus(
    room: QWidget, qtbot: QtBot, look: Appearance, mode: Mode
) -> None:
    look.set_mode(mode)
    box, other = CountBox(0, 9), CountBox()
    put(room, qtbot, box, other)

    def edge() -> QColor:
        return box.grab().toImage().pixelColor(box.width() // 2, 0)

    other.setFocus()
    assert edge() == look.color("line")
    box.setFocus()
    assert edge() == look.color("accent")
    box.setEnabled(False)
    ground = box.grab().toImage().pixelColor(box.width() // 2, box.height() // 2)
    assert ground == look.color("sunken")


def test_a_word_longer_than_its_line_goes_on_in_the_next_and_is_read_whole(
    look: Appearance,
) -> None:
    del look
    long = "Wolfeschlegelsteinhausenbergerdorffersonhood"
    words = Text(f"for {long}", Type.HEADING, wrap=True)
    one = Text(long, Type.HEADING)
    assert words.text() == f"for {long}"
    assert words.minimumSizeHint().width() < one.minimumSizeHint().width()
    assert Text("שלום-עולם-שלום-עולם-שלום-עולם", wrap=True).text().count("-") == 5
