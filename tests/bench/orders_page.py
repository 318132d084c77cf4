"""The Orders page in its window: sorting, jumping, scrolling, typing and views, to painted rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from jeweler_desk.domain.order_view import OrderColumn, OrderSort, View
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.search import match_expression
from jeweler_desk.store.sqlite_library import sqlite3
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, in_turns, lap

if TYPE_CHECKING:
    from jeweler_desk.ui.main_window import MainWindow

PAGE = 100
_SORT_SECONDS = 0.150
_JUMP_SECONDS = 0.050
_FRAME_SECONDS = 0.016
_TYPED_SECONDS = 0.060
_SCROLLED = 120
_FLAT = 2
_NEWEST = "placed_sort DESC, id DESC"
# What raw SQL sorts each column by; the number by its digits, so that #999 comes before #1000.
SORTS = {
    OrderSort.NUMBER: "length(number_key) {0}, number_key {0}, id {0}",
    OrderSort.CUSTOMER: "customer_name COLLATE NOCASE {0}, id {0}",
    OrderSort.PIECES: "pieces {0}, id {0}",
    OrderSort.TOTAL: "total {0}, id {0}",
    OrderSort.PAYMENT_STATUS: "payment_status {0}, id {0}",
    OrderSort.FULFILLMENT_STATUS: "fulfillment_status {0}, id {0}",
    OrderSort.SHIP_BY: "ship_by {0} NULLS LAST, id {0}",
    OrderSort.PLACED: "placed_sort {0}, id {0}",
    OrderSort.CHANNEL: "channel {0}, id {0}",
    OrderSort.UNITS_TO_SEND: "units_to_send {0}, id {0}",
}


class Floor:
    """The least that any list must do: the ids in order from raw SQL, and a page of rows."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def ids(self, order: str, where: str = "1", *values: str) -> list[int]:
        """Return all ids in order."""
        sql = f"SELECT id FROM orders WHERE {where} ORDER BY {order}"
        return [row[0] for row in self._raw.execute(sql, values)]

    def page(self, ids: list[int]) -> list[object]:
        """Return the rows of one page."""
        marks = ",".join("?" * len(ids))
        return self._raw.execute(f"SELECT * FROM orders WHERE id IN ({marks})", ids).fetchall()

    def sorted(self, order: str) -> float:
        """Measure the ids in order with their first page."""
        return lap(lambda: self.page(self.ids(order)[:PAGE]))

    def typed(self, text: str) -> float:
        """Measure the ids that a text finds with their first page."""
        matching = "id IN (SELECT rowid FROM search_orders WHERE search_orders MATCH ?)"
        expression = match_expression(text) or '""'
        return lap(lambda: self.page(self.ids(_NEWEST, matching, expression)[:PAGE]))

    def viewed(self) -> float:
        """Measure a view with its count."""

        def view() -> None:
            self.page(self.ids(_NEWEST, "fulfillment_status = 'shipped'")[:PAGE])
            self._raw.execute("SELECT count(*) FROM orders").fetchone()

        return lap(view)


def orders_page(ground: Ground) -> Iterator[Line]:
    """Work the page as a hand does, and wait for each paint."""
    orders, turns = ground.sizes.orders, ground.sizes.turns
    with opened_window(ground, orders) as window, _floor(ground, orders) as floor:
        page, table, painted = window.orders, window.orders.table, _painted
        page.show_view(View.ALL)
        for sort, order in SORTS.items():
            for falling in (False, True):
                ours, theirs = in_turns(
                    turns,
                    partial(painted, partial(page.sort_by, sort, falling)),
                    partial(floor.sorted, order.format("DESC" if falling else "ASC")),
                )
                name = sort.value.replace("_", " ")
                yield Comparison(
                    f"page sorted by {name}, {'falling' if falling else 'rising'}",
                    ours,
                    "ids and a page from raw SQL",
                    theirs,
                ).within(95, _SORT_SECONDS)
        page.sort_by("", False)
        ids = floor.ids(_NEWEST)
        ends = iter([table.scrollToBottom, table.scrollToTop] * turns)
        ours, theirs = in_turns(
            2 * turns, lambda: painted(next(ends)), lambda: lap(lambda: floor.page(ids[-PAGE:]))
        )
        yield Comparison("jump to the end and back", ours, "a page from raw SQL", theirs).within(
            95, _JUMP_SECONDS
        )
        yield _scrolled(window, floor, ids)
        views = iter([View.SHIPPED, View.ALL, View.TO_MAKE] * turns)

        def view() -> float:
            wanted = next(views)

            def look() -> None:
                page.show_view(wanted)
                page.refresh()

            return painted(look)

        ours, theirs = in_turns(3 * turns, view, floor.viewed)
        yield Comparison("another view with all counts", ours, "one of raw SQL", theirs).within(
            95, _SORT_SECONDS
        )
        page.show_view(View.ALL)
        yield _typed(window, floor, ground)


def page_growth(ground: Ground, sizes: list[int]) -> Iterator[Line]:
    """Show the same page of a shop ten and a hundred times as large."""
    with ExitStack() as stack:
        windows = [stack.enter_context(opened_window(ground, size)) for size in sizes]
        least, *grown = in_turns(
            ground.sizes.turns * 3,
            *(partial(_painted, window.orders.refresh) for window in windows),
        )
        for size, samples in zip(sizes[1:], grown, strict=True):
            yield Comparison(
                f"Orders page of {size:,} orders, painted", samples, f"of {sizes[0]:,}", least
            ).at_most(_FLAT)


def _scrolled(window: MainWindow, floor: Floor, ids: list[int]) -> Line:
    bar = window.orders.table.verticalScrollBar()
    bar.setValue(0)
    pages = iter(range(0, max(1, len(ids)), max(1, len(ids) // _SCROLLED)))

    def scroll() -> float:
        return _painted(lambda: bar.setValue(bar.value() + bar.pageStep()))

    def read() -> float:
        at = next(pages)
        return lap(lambda: floor.page(ids[at : at + PAGE]))

    ours, theirs = in_turns(min(_SCROLLED, len(ids)), scroll, read)
    return Comparison("scroll on by a page", ours, "a page from raw SQL", theirs).within(
        95, _FRAME_SECONDS
    )


def _typed(window: MainWindow, floor: Floor, ground: Ground) -> Line:
    from tests.bench.search import letters  # noqa: PLC0415 - which imports this module's sorts

    typed = letters(ground.sizes.orders)
    asked, bare = iter(typed), iter(typed)
    page = window.orders

    def find() -> float:
        page.filter.blockSignals(True)
        page.filter.setText(next(asked))
        page.filter.blockSignals(False)
        took = _painted(page.find_typed)
        _order_beside = page.chosen  # which is shown right after, and not while one types
        return took

    ours, theirs = in_turns(len(typed), find, lambda: floor.typed(next(bare)))
    return Comparison(
        "type in the list’s filter, each letter", ours, "ids and a page from raw SQL", theirs
    ).within(95, _TYPED_SECONDS)


@contextmanager
def opened_window(ground: Ground, orders: int) -> Iterator[MainWindow]:
    """Open the window of a shop on its Orders page, without a display if there is none."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only this row needs Qt

    from jeweler_desk.ui.appearance import Appearance  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.jobs import InlineJobs  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.main_window import MainWindow  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.theme import WINDOW_SIZE, Mode  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.widgets.sidebar import Place  # noqa: PLC0415 - likewise

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    with ground.shops.opened(orders) as desk:
        desk.settings.set("window.order_columns", ",".join(OrderColumn))
        window = MainWindow(desk, Appearance(app, Mode.LIGHT), InlineJobs())
        window.resize(*WINDOW_SIZE)
        window.show()
        window.go(Place.ORDERS)
        app.processEvents()
        yield window
        window.close()
        window.deleteLater()
        app.processEvents()


@contextmanager
def _floor(ground: Ground, orders: int) -> Iterator[Floor]:
    path = ground.shops.desk(orders) / DESK_FILE
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        yield Floor(connection)
    finally:
        connection.close()


def _painted(work: Callable[[], object]) -> float:
    """Measure until what was asked for is painted."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only this row needs Qt

    def all_of_it() -> None:
        work()
        QApplication.processEvents()

    return lap(all_of_it)
