"""The window comes back as it was left: its size, its seams, its columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.jobs import InlineJobs
from jeweler_desk.ui.kept_shape import KeptShape
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.halves import Halves
from jeweler_desk.ui.widgets.sidebar import Place
from tests.ui.conftest import Shop

Opening = Callable[[], MainWindow]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


@pytest.fixture
def opening(qtbot: QtBot, shop: Shop, look: Appearance, file: Path) -> Opening:
    """Open the desk’s window, as often as one likes."""

    def opened() -> MainWindow:
        window = MainWindow(shop.desk, look, InlineJobs(), kept=KeptShape(file))
        qtbot.addWidget(window)
        window.show()
        QApplication.processEvents()
        return window

    return opened


def widths(window: MainWindow) -> dict[str, int]:
    table = window.orders.table
    titles = [column.title for column in window.orders.model.columns]
    return {title: table.columnWidth(place) for place, title in enumerate(titles)}


def shown(window: MainWindow) -> list[str]:
    table = window.orders.table
    titles = [column.title for column in window.orders.model.columns]
    return [title for place, title in enumerate(titles) if not table.isColumnHidden(place)]


def test_the_window_has_the_size_it_was_closed_with(opening: Opening) -> None:
    first = opening()
    first.resize(1024, 740)
    first.close()
    assert opening().size() == QSize(1024, 740)


def test_a_size_larger_than_the_screen_is_brought_within_it(opening: Opening, file: Path) -> None:
    file.write_text("[window]\nsize=@Size(90000 80000)\n", encoding="utf-8")
    window = opening()
    screen = window.screen().availableSize()
    assert window.width() <= max(screen.width(), window.minimumWidth())
    assert window.height() <= max(screen.height(), window.minimumHeight())


def test_a_spoiled_file_gives_the_usual_window(opening: Opening, file: Path) -> None:
    file.write_text("[window]\nsize=yes\n[columns]\norders\\Buyer=wide\n\x00", encoding="utf-8")
    window = opening()
    window.go(Place.ORDERS)
    assert window.width() >= window.minimumWidth()
    assert window.orders.table.drawn_widths == {}


def test_the_seam_beside_the_list_stays_where_it_was_drawn(opening: Opening) -> None:
    first = opening()
    first.resize(1440, 900)
    first.go(Place.ORDERS)
    QApplication.processEvents()
    seam = first.orders.findChild(Halves)
    assert seam is not None
    whole = sum(seam.sizes())
    seam.moveSplitter(whole // 2, 1)
    drawn = seam.sizes()[1] / sum(seam.sizes())
    first.close()
    second = opening()
    second.resize(1440, 900)
    second.go(Place.ORDERS)
    QApplication.processEvents()
    again = second.orders.findChild(Halves)
    assert again is not None
    assert again.sizes()[1] / sum(again.sizes()) == pytest.approx(drawn, abs=0.02)


def test_a_column_keeps_the_width_that_was_drawn_and_the_others_fill_the_rest(
    opening: Opening,
) -> None:
    first = opening()
    first.resize(1440, 900)
    first.go(Place.ORDERS)
    QApplication.processEvents()
    table = first.orders.table
    usual = widths(first)
    table.setColumnWidth(1, usual["Buyer"] - 40)
    assert widths(first)["Buyer"] == usual["Buyer"] - 40
    assert sum(widths(first).values()) == table.viewport().width()
    first.close()
    second = opening()
    second.resize(1440, 900)
    second.go(Place.ORDERS)
    QApplication.processEvents()
    assert widths(second)["Buyer"] == usual["Buyer"] - 40
    second.orders.columns.menu.usual.trigger()
    assert widths(second)["Buyer"] == usual["Buyer"]


def test_columns_are_moved_and_drawn_by_keys_too(opening: Opening, qtbot: QtBot) -> None:
    window = opening()
    window.resize(1440, 900)
    window.go(Place.ORDERS)
    QApplication.processEvents()
    page = window.orders
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    assert page.table.currentIndex().column() == 1
    chosen = page.chosen
    window.actions_["orders.right"].trigger()
    assert shown(window)[:3] == ["Order", "Money", "Buyer"]
    assert page.table.currentIndex().column() == 3, "the column at hand stays at hand"
    assert page.chosen == chosen
    window.actions_["orders.left"].trigger()
    assert shown(window)[:3] == ["Order", "Buyer", "Money"]
    before = widths(window)["Buyer"]
    window.actions_["orders.wider"].trigger()
    assert widths(window)["Buyer"] == before + 16
    window.actions_["orders.narrower"].trigger()
    assert widths(window)["Buyer"] == before
    window.actions_["orders.sort"].trigger()
    here = page.table.currentIndex()
    assert (here.column(), page.table.horizontalHeader().sortIndicatorSection()) == (2, 2)
    window.actions_["orders.filter"].trigger()
    assert page.filter.hasFocus()


def test_a_title_drawn_to_another_place_takes_its_column_along(opening: Opening) -> None:
    window = opening()
    window.resize(1440, 900)
    window.go(Place.ORDERS)
    QApplication.processEvents()
    header = window.orders.table.horizontalHeader()
    header.moveSection(5, 1)
    titles = [column.title for column in window.orders.model.columns]
    assert titles == ["Order", "Ship by", "Buyer", "Pieces", "Money", "Goods"]
    assert [header.visualIndex(place) for place in range(6)] == list(range(6))
