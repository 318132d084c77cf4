"""Typing in the search, sorting and paging the table, and growth from 1,000 orders on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.search import match_expression
from jeweler_desk.store.sqlite_library import sqlite3
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, in_turns, lap
from tests.bench.orders_page import SORTS, page_growth
from tests.bench.shops import buyer, piece

_TYPED_SECONDS = 0.016
_HITS = 20
_PAGE = 100
_STEPS_OF_GROWTH = (100, 10, 1)
_FLAT = 2


def search(ground: Ground) -> Iterator[Line]:
    """Type whole phrases letter by letter; every letter is a question."""
    typed = letters(ground.sizes.orders)
    with ground.shops.opened(ground.sizes.orders) as desk, _raw(ground) as raw:
        asked, bare = iter(typed * 2), iter(typed * 2)

        def find() -> float:
            text = next(asked)
            return lap(lambda: desk.search.find(text, _HITS))

        def match() -> float:
            expression = match_expression(next(bare))
            return lap(lambda: _matching(raw, expression))

        in_turns(len(typed), find, match)
        ours, theirs = in_turns(len(typed), find, match)
    yield Comparison(
        f"type in the search, {ground.sizes.orders:,} orders", ours, "FTS5 alone", theirs
    ).within(95, _TYPED_SECONDS)


def letters(orders: int) -> list[str]:
    """Return what stands in the field after each letter of some ordinary searches."""
    middle = orders // 2
    phrases = (
        buyer(middle),
        buyer(middle // 3).split()[1],
        piece(middle),
        f"{buyer(middle // 7).split()[0]} ring",
        f"#{1000 + middle}",
        str(1000 + middle)[-4:],
        "portland",
        "sister",
        f"JT-{middle % 240:03d}",
        "zzz nobody",
    )
    return [phrase[: end + 1] for phrase in phrases for end in range(len(phrase))]


def table(ground: Ground) -> Iterator[Line]:
    """Sort the list of all orders, read a page of it."""
    orders, turns = ground.sizes.orders, ground.sizes.turns
    with ground.shops.opened(orders) as desk, _raw(ground) as raw:
        for sort, order in SORTS.items():
            ours, theirs = in_turns(
                turns,
                partial(lap, partial(desk.orders.ids, View.ALL, sort=sort, descending=True)),
                partial(lap, partial(_ids, raw, order.format("DESC"))),
            )
            work = f"sort {orders:,} orders by {sort.value.replace('_', ' ')}"
            yield Comparison(work, ours, "the ids from raw SQL", theirs).reported("the same")
        ids = desk.orders.ids(View.ALL)
        pages = [ids[at : at + _PAGE] for at in range(0, len(ids), max(_PAGE, len(ids) // 50))]
        mine, raws = iter(pages), iter(pages)

        def summaries() -> float:
            page = next(mine)
            return lap(lambda: desk.orders.summaries(page))

        def rows() -> float:
            page = next(raws)
            return lap(lambda: _rows(raw, page))

        ours, theirs = in_turns(len(pages), summaries, rows)
        work = f"a page of {_PAGE} of {orders:,} orders"
        yield Comparison(work, ours, "its rows from raw SQL", theirs).within(95, _TYPED_SECONDS)


def growth(ground: Ground) -> Iterator[Line]:
    """Ask the same of a shop ten and a hundred times as large."""
    largest = ground.sizes.orders
    sizes = [max(1, largest // step) for step in _STEPS_OF_GROWTH]
    typed = letters(sizes[0])[::7]
    questions: dict[str, Callable[[Desk], object]] = {
        "first page": lambda desk: desk.orders.summaries(desk.orders.ids(View.ALL, limit=_PAGE)),
        "agenda": lambda desk: desk.today.agenda(),
        "search": lambda desk: [desk.search.find(text, _HITS) for text in typed],
    }
    with (
        ground.shops.opened(sizes[0]) as small,
        ground.shops.opened(sizes[1]) as medium,
        ground.shops.opened(sizes[2]) as large,
    ):
        for name, question in questions.items():
            least, middle, most = in_turns(
                ground.sizes.turns * 12,
                *(partial(lap, partial(question, desk)) for desk in (small, medium, large)),
            )
            for size, grown in zip(sizes[1:], (middle, most), strict=True):
                yield Comparison(
                    f"{name} of {size:,} orders", grown, f"of {sizes[0]:,}", least
                ).at_most(_FLAT)
    yield from page_growth(ground, sizes)


@contextmanager
def _raw(ground: Ground) -> Iterator[sqlite3.Connection]:
    """Open the same file without any of our code."""
    path = ground.shops.desk(ground.sizes.orders) / DESK_FILE
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        yield connection
    finally:
        connection.close()


def _matching(raw: sqlite3.Connection, expression: str | None) -> list[object]:
    if expression is None:
        return []
    return raw.execute(
        "SELECT rowid FROM search_orders WHERE search_orders MATCH ? ORDER BY rowid DESC LIMIT ?",
        [expression, _HITS],
    ).fetchall()


def _ids(raw: sqlite3.Connection, order: str) -> list[int]:
    return [row[0] for row in raw.execute(f"SELECT id FROM orders ORDER BY {order}")]


def _rows(raw: sqlite3.Connection, page: Sequence[OrderId]) -> list[object]:
    marks = ",".join("?" * len(page))
    return raw.execute(f"SELECT * FROM orders WHERE id IN ({marks})", page).fetchall()
