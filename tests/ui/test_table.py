from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.tables.table_model import (
    PAGE,
    Column,
    RowRole,
    SecondLineRole,
    TableModel,
    ToneRole,
)
from jeweler_desk.ui.tables.table_view import DeskTable
from jeweler_desk.ui.theme import Tone


@dataclass(frozen=True)
class Piece:
    id: int
    name: str


class Shelf:
    """Rows on demand; remembers which were asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gone: set[int] = set()

    def fetch(self, ids: Sequence[int]) -> list[Piece]:
        self.asked.extend(ids)
        return [Piece(each, f"piece {each}") for each in ids if each not in self.gone]


COLUMNS: tuple[Column[Piece], ...] = (
    Column("Number", lambda row: str(row.id), usual="1000", sort="number"),
    Column("Name", lambda row: row.name, second=lambda row: f"No. {row.id}", sort="name"),
    Column("Shape", lambda _row: "round", is_wide_only=True),
    Column("State", lambda _row: "ready", usual="ready", tone=lambda _row: Tone.GOOD),
)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def model(shelf: Shelf) -> TableModel[int, Piece]:
    model = TableModel(COLUMNS, shelf.fetch, lambda row: row.id)
    model.show_ids(range(1, 100_001))
    return model


@pytest.fixture
def table(qtbot: QtBot, look: Appearance, model: TableModel[int, Piece]) -> DeskTable:
    table = DeskTable(look, model, "Pieces")
    qtbot.addWidget(table)
    table.resize(1200, 600)
    table.show()
    return table


def test_the_model_keeps_every_rule_of_qt(shelf: Shelf) -> None:
    model = TableModel(COLUMNS, shelf.fetch, lambda row: row.id)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_ids(range(300, 0, -1))
    model.show_ids(range(300, 0, -1))
    model.show_ids([])
    assert tester.model() is model


def test_only_the_pages_that_are_looked_at_are_read(
    table: DeskTable, shelf: Shelf, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(shelf.asked))
    table.grab()
    assert set(shelf.asked) == set(range(1, PAGE + 1))
    table.scrollToBottom()
    table.grab()
    assert max(shelf.asked) == 100_000
    assert len(shelf.asked) <= 3 * PAGE


def test_a_page_is_read_once(model: TableModel[int, Piece], shelf: Shelf) -> None:
    for row in range(PAGE):
        assert model.row_at(row) == Piece(row + 1, f"piece {row + 1}")
    assert len(shelf.asked) == PAGE


def test_pages_not_looked_at_for_long_are_forgotten(
    model: TableModel[int, Piece], shelf: Shelf
) -> None:
    for page in range(60):
        model.row_at(page * PAGE)
    shelf.asked.clear()
    model.row_at(59 * PAGE)
    assert shelf.asked == []
    model.row_at(0)
    assert len(shelf.asked) == PAGE


def test_a_row_that_vanished_leaves_its_neighbors_in_their_places(shelf: Shelf) -> None:
    model = TableModel(COLUMNS, shelf.fetch, lambda row: row.id)
    shelf.gone = {2}
    model.show_ids([1, 2, 3])
    shown = [model.data(model.index(row, 0)) for row in range(3)]
    assert shown == ["1", None, "3"]


def test_the_same_ids_again_are_read_anew_without_losing_the_place(
    table: DeskTable, model: TableModel[int, Piece], shelf: Shelf
) -> None:
    table.choose(4)
    shelf.asked.clear()
    model.show_ids(range(1, 100_001))
    table.grab()
    assert table.current_id == 4
    assert shelf.asked


def test_a_cell_says_its_column_to_a_screen_reader(model: TableModel[int, Piece]) -> None:
    cell = model.index(0, 1)
    assert model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "Name: piece 1"
    assert model.data(cell, RowRole) == Piece(1, "piece 1")
    assert model.data(cell, Qt.ItemDataRole.ToolTipRole) == "piece 1"
    assert model.data(model.index(0, 3), ToneRole) is Tone.GOOD
    assert model.data(cell, ToneRole) is None
    assert model.data(QModelIndex()) is None
    assert model.data(cell, Qt.ItemDataRole.DecorationRole) is None
    title = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert title == "Name"
    assert model.headerData(9, Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Horizontal, RowRole) is None


def test_sorting_asks_and_sorts_nothing_itself(
    table: DeskTable, model: TableModel[int, Piece], qtbot: QtBot
) -> None:
    header = table.horizontalHeader()
    asked: list[tuple[str, bool]] = []
    model.sort_wanted.connect(lambda by, falling: asked.append((by, falling)))
    for _ in range(2):
        middle = header.sectionViewportPosition(0) + header.sectionSize(0) // 2
        qtbot.mouseClick(
            header.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(middle, header.height() // 2),
        )
    header.sectionClicked.emit(3)
    assert asked == [("number", False), ("number", True)]
    assert model.id_at(0) == 1


def test_a_narrow_table_sets_two_columns_into_one(
    table: DeskTable, model: TableModel[int, Piece]
) -> None:
    assert not table.isColumnHidden(2)
    assert model.data(model.index(0, 1), SecondLineRole) is None
    table.resize(500, 400)
    assert table.isColumnHidden(2)
    assert model.data(model.index(0, 1), SecondLineRole) == "No. 1"
    assert not table.horizontalScrollBar().isVisible()
    wide = sum(table.columnWidth(column) for column in (0, 1, 3))
    assert wide <= table.viewport().width()


def test_enter_opens_the_row_and_letters_walk_nowhere(table: DeskTable, qtbot: QtBot) -> None:
    opened: list[object] = []
    table.opened.connect(opened.append)
    assert table.choose(7)
    qtbot.keyClick(table, Qt.Key.Key_P)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [7]
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_id == 8
    assert not table.choose(0)


def test_an_empty_list_opens_nothing(table: DeskTable, model: TableModel[int, Piece]) -> None:
    model.show_ids([])
    opened: list[object] = []
    table.opened.connect(opened.append)
    table.doubleClicked.emit(QModelIndex())
    assert opened == []
    assert table.current_id is None


def test_larger_text_makes_higher_rows(table: DeskTable, look: Appearance) -> None:
    usual = table.rowHeight(0)
    look.set_scale(150)
    assert table.rowHeight(0) == pytest.approx(usual * 1.5, abs=1)
