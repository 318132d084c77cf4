"""A page as it will be printed: dot for dot at any size, by keys, while others are printed."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from jeweler_desk.documents.label_stock import LABEL_STOCKS, Drift, LabelStock
from jeweler_desk.documents.leaf_file import leaf_file
from jeweler_desk.documents.moved_pages import moved_pages
from jeweler_desk.documents.page_picture import PagePicture
from jeweler_desk.documents.ruler_page import render_ruler_page
from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.domain.print_job import Leaf
from jeweler_desk.services.paper_view import PaperView
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.widgets.page_view import PageView

LETTER = STOCKS["letter"]
RULERS = render_ruler_page(LabelStock(LETTER, LETTER.width, LETTER.height))


class Watched(PaperView):
    """A paper that counts the dots that were drawn of it."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(pdf)
        self.drawn: list[int] = []

    def part(self, page: int, scale: float, place: tuple[int, int, int, int]) -> PagePicture:
        """Draw, and count."""
        self.drawn.append(place[2] * place[3])
        return super().part(page, scale, place)


@pytest.fixture
def view(qtbot: QtBot, look: Appearance) -> PageView:
    view = PageView(look)
    qtbot.addWidget(view)
    view.resize(640, 640)
    view.show()
    return view


def shown(view: PageView) -> QImage:
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGBX8888)


@pytest.mark.parametrize("zoom", [0.25, 1.0, 1.5, 4.0])
def test_a_page_is_shown_dot_for_dot_at_any_size(view: PageView, zoom: float) -> None:
    paper = Watched(RULERS)
    view.show_paper(paper)
    view.set_zoom(zoom)
    view.horizontalScrollBar().setValue(20)  # the left ruler stays in sight
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    seen = shown(view)
    scale = zoom * view.logicalDpiX() / 72
    wide, high = round(LETTER.width * scale), round(LETTER.height * scale)
    sheet = view._sheet
    page = QRect((sheet.width() - wide) // 2, (sheet.height() - high) // 2, wide, high)
    inner = page.adjusted(3, 3, -3, -3) & QRect(-sheet.pos(), view.viewport().size())
    place = inner.translated(-page.topLeft())
    found = PaperView(RULERS).part(0, scale, (place.x(), place.y(), place.width(), place.height()))
    form = QImage.Format.Format_RGBX8888
    wanted = QImage(found.pixels, found.width, found.height, found.stride, form)
    cut = seen.copy(QRect(inner.topLeft() + sheet.pos(), inner.size()))
    assert cut == wanted
    room = view.viewport().width() * view.viewport().height()
    assert max(paper.drawn) <= room, "what is out of sight is not drawn"
    assert len(set(seen.constBits()[:: 4 * 7])) > 1, "there is ink in sight"


def test_what_was_drawn_is_not_drawn_again_where_nothing_moved(view: PageView) -> None:
    paper = Watched(RULERS)
    view.show_paper(paper)
    shown(view)
    drawn = len(paper.drawn)
    assert drawn >= 1
    shown(view)
    assert len(paper.drawn) == drawn


def test_keys_turn_to_the_ends_and_change_the_size(view: PageView, qtbot: QtBot) -> None:
    label = LABEL_STOCKS["4x6"]
    view.show_paper(PaperView(RULERS))
    for key, is_fitted in (
        (Qt.Key.Key_Equal, False),
        (Qt.Key.Key_0, True),
        (Qt.Key.Key_Minus, False),
        (Qt.Key.Key_0, True),
        (Qt.Key.Key_Plus, False),
    ):
        qtbot.keyClick(view, key)
        assert view.is_fitted is is_fitted
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == 0
    view.show_paper(PaperView(render_ruler_page(label)))
    assert view.pages == 1
    assert view.childAt(QPoint(5, 5)) is not None


def test_a_page_is_looked_at_while_others_are_printed(view: PageView) -> None:
    view.show_paper(PaperView(RULERS))
    is_over = threading.Event()
    made: set[bytes] = set()

    def prints() -> None:
        while not is_over.is_set():
            made.add(leaf_file(moved_pages(RULERS, Drift(3.0)), Leaf(("#1",), 0, 1)))

    thread = threading.Thread(target=prints)
    thread.start()
    try:
        for zoom in (0.5, 1.0, 2.0, 4.0, 0.25) * 4:
            view.set_zoom(zoom)
            shown(view)
    finally:
        is_over.set()
        thread.join()
    assert len(made) == 1, "the same bytes each time"


def test_what_is_in_the_middle_stays_there_when_the_page_grows(view: PageView) -> None:
    view.show_paper(PaperView(RULERS))
    view.set_zoom(1.0)
    down = view.verticalScrollBar()
    down.setValue(down.maximum())
    before = (down.value() + down.pageStep() / 2) / (down.maximum() + down.pageStep())
    view.set_zoom(4.0)
    after = (down.value() + down.pageStep() / 2) / (down.maximum() + down.pageStep())
    assert after == pytest.approx(before, abs=0.01)
    assert down.value() > 0
