"""An order of two hundred pieces: its forms and its panel come at once, and lose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import Order, Stage
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.choose_units import PackPart
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.piece_list import PieceList
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import a_line, an_order

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MANY = 40


@pytest.fixture
def many(desk: Desk) -> Order:
    """An order of forty pieces, all paid."""
    lines = [a_line(f"Tide Ring No. {number}", quantity=2) for number in range(_MANY)]
    return desk.orders.get(desk.orders.add(an_order(*lines, number="#3000"))[0])


def _opened(window: MainWindow, many: Order) -> PackPart:
    form = PackPart(many, window)
    form.show()
    return form


def test_a_long_form_stands_there_with_its_first_pieces_and_the_others_follow(
    qtbot: QtBot, window: MainWindow, many: Order
) -> None:
    form = _opened(window, many)
    assert 0 < len(form.counts) < _MANY
    qtbot.waitUntil(lambda: len(form.counts) == _MANY)
    assert [each.accessibleName() for each in form.counts.values()] == [
        line.title for line in many.line_items
    ]


def test_all_pieces_means_those_that_follow_too(window: MainWindow, many: Order) -> None:
    form = _opened(window, many)
    told: list[int] = []
    form.counted.connect(lambda: told.append(len(form.units)))
    form._count_all(is_all=True)
    assert form.value().units == {line.id: 2 for line in many.line_items}
    assert told == [_MANY]  # counted together once, not after each piece


def test_pieces_that_followed_are_counted_as_they_were_chosen(
    qtbot: QtBot, window: MainWindow, many: Order
) -> None:
    form = _opened(window, many)
    form._count_all(is_all=True)
    qtbot.waitUntil(lambda: len(form.counts) == _MANY)
    assert {each.value() for each in form.counts.values()} == {2}


def test_tab_walks_the_pieces_in_their_order_and_then_on_to_the_note(
    qtbot: QtBot, window: MainWindow, many: Order
) -> None:
    form = _opened(window, many)
    qtbot.waitUntil(lambda: len(form.counts) == _MANY)
    *_, last = boxes = list(form.counts.values())
    walked: list[QWidget] = []
    here: QWidget | None = boxes[0]
    while here is not None and here is not form.note and len(walked) < _MANY * 4:
        walked.append(here)
        here = here.nextInFocusChain()
    counted = [each for each in walked if each in boxes]
    assert counted == boxes
    assert last in walked


def test_esc_leaves_a_long_form_that_nobody_touched_at_once(
    qtbot: QtBot, window: MainWindow, many: Order
) -> None:
    form = _opened(window, many)
    qtbot.waitUntil(lambda: len(form.counts) == _MANY)
    left: list[int] = []
    form.finished.connect(left.append)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert left == [PackPart.DialogCode.Rejected.value]


def test_the_panel_reads_out_each_piece_of_a_long_order(window: MainWindow, many: Order) -> None:
    window.go(Place.ORDERS)
    window.orders.show_order(many.id)
    pieces = window.orders.panel.findChild(PieceList)
    assert isinstance(pieces, PieceList)
    rows = pieces.model()
    told = [
        rows.data(rows.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
        for row in range(rows.rowCount())
    ]
    assert told == [f"2 × {line.title}" for line in many.line_items]
    window.grab()
    heights = sum(pieces.sizeHintForRow(row) for row in range(rows.rowCount()))
    assert pieces.height() == heights  # every row has its room; the panel scrolls


def _told(window: MainWindow) -> list[str]:
    return [text.text() for text in window.bench.pieces.findChildren(Text)]


def test_the_bench_shows_every_piece_of_a_long_box_and_leaves_it_alone_while_it_is_the_same(
    qtbot: QtBot, window: MainWindow, desk: Desk, many: Order
) -> None:
    desk.fulfillment.set_stage(many.id, Stage.READY)
    window.pack(many.id)
    titles = [line.title for line in many.line_items]
    qtbot.waitUntil(lambda: titles[-1] in _told(window))
    assert [each for each in _told(window) if each in titles] == titles
    pictures = window.bench.pieces.findChildren(PiecePicture)
    window.bench.refresh()
    assert window.bench.pieces.findChildren(PiecePicture) == pictures


def test_every_card_of_a_long_stage_comes_to_the_board_in_its_order(
    qtbot: QtBot, window: MainWindow, many: Order
) -> None:
    window.go(Place.MAKING)
    qtbot.waitUntil(lambda: len(window.making.cards()) == _MANY)
    titles = [card.piece.line.title for card in window.making.cards()]
    assert titles == [line.title for line in many.line_items]
