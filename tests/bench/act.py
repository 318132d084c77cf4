"""Shipping an order: the journalled act beside the same rows written bare."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.clock import Clock
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.sqlite_library import sqlite3
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, in_turns, lap

_WARM_UP = 20
_CARRIER = "USPS"
_P99_SECONDS = 0.005
# What a shipped order's row says of itself; the rest of it stays as it was.
_STATES = "payment_status, fulfillment_status, order_status, units_to_send, ship_by, passes_gate"


def act(ground: Ground) -> Iterator[Line]:
    """Measure `Fulfillment.ship` on a file with synchronous = FULL."""
    ours, theirs = ground.folder / "acting", ground.folder / "bare"
    parcels = _packed(ground, ours)
    theirs.mkdir()
    shutil.copyfile(ours / DESK_FILE, theirs / DESK_FILE)
    with opened_desk(ours, ground.shops.clock, is_writing=True) as desk:
        bare = Bare(theirs / DESK_FILE, ground.shops.clock)
        acting, writing = iter(parcels), iter(parcels)

        def ship() -> float:
            order_id = next(acting)
            return lap(lambda: desk.fulfillment.ship(order_id, _CARRIER, _tracking(order_id)))

        def write() -> float:
            parcel = bare.parcel(next(writing))
            return lap(lambda: bare.ship(parcel))

        in_turns(_WARM_UP, ship, write)
        mine, plain = in_turns(len(parcels) - _WARM_UP, ship, write)
        bare.close()
    _refuse_different_rows(ours / DESK_FILE, theirs / DESK_FILE)
    compared = Comparison(
        "ship an order (journalled, synchronous FULL)", mine, "the same rows written bare", plain
    )
    yield compared.at_most(3)
    yield compared.within(99, _P99_SECONDS)


def _packed(ground: Ground, folder: Path) -> list[OrderId]:
    """Copy the large desk and close so many parcels in it; return their orders."""
    shutil.copytree(ground.shops.desk(ground.sizes.orders), folder)
    wanted = ground.sizes.acts + _WARM_UP
    with opened_desk(folder, ground.shops.clock, is_writing=True) as desk:
        desk.order_import.import_files([ground.shops.open_orders(wanted)])
        parcels = desk.orders.ids(View.TO_MAKE, limit=wanted)
        for order_id in parcels:
            desk.fulfillment.finish_packing(order_id)
    return parcels


def _tracking(order_id: OrderId) -> str:
    return f"9400{order_id:012d}"


class Bare:
    """Writes what shipping writes, and nothing of what it looks up, decides or remembers."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._clock = clock
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "cache_size = -32000",
            "foreign_keys = ON",
        ):
            self._connection.execute(f"PRAGMA {pragma}")

    def parcel(self, order_id: OrderId) -> tuple[OrderId, int, int, str]:
        """Return an order with its only line item, that one's units, and the words to find it."""
        row = self._connection.execute(
            "SELECT line_items.id, quantity, search_text FROM orders"
            " JOIN line_items ON order_id = orders.id WHERE orders.id = ?",
            [order_id],
        ).fetchone()
        return order_id, row[0], row[1], f"{row[2]}\n{_tracking(order_id)}"

    def ship(self, parcel: tuple[OrderId, int, int, str]) -> None:
        """Write the rows of one shipment in one transaction."""
        order_id, line_id, units, search_text = parcel
        at = self._clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        tracking, run = _tracking(order_id), self._connection.execute
        run("BEGIN IMMEDIATE")
        shipment = run(
            "INSERT INTO shipments (order_id, shipped_at, carrier, tracking_number, source)"
            " VALUES (?, ?, ?, ?, 'desk')",
            [order_id, at, _CARRIER, tracking],
        ).lastrowid
        run(
            "INSERT INTO shipment_units (shipment_id, line_item_id, units) VALUES (?, ?, ?)",
            [shipment, line_id, units],
        )
        run("UPDATE line_items SET units_shipped = ? WHERE id = ?", [units, line_id])
        run(
            "INSERT INTO order_events (order_id, at, what) VALUES (?, ?, ?)",
            [order_id, at, f"handed over to {_CARRIER}, {tracking}"],
        )
        run(
            f"UPDATE orders SET ({_STATES}, search_text) ="
            " ('paid', 'shipped', 'completed', 0, ship_by, 1, ?) WHERE id = ?",
            [search_text, order_id],
        )
        run("COMMIT")

    def close(self) -> None:
        self._connection.close()


def _refuse_different_rows(ours: Path, theirs: Path) -> None:
    """Hold the bench itself to its word: both sides wrote the same rows."""
    questions = (
        f"SELECT id, {_STATES}, search_text FROM orders WHERE units_to_send = 0",
        "SELECT order_id, carrier, tracking_number, source FROM shipments",
        "SELECT shipment_id, line_item_id, units FROM shipment_units",
        "SELECT id, units_packed, units_shipped FROM line_items",
        "SELECT order_id, count(*) FROM order_events GROUP BY 1",
    )
    for question in questions:
        sides = []
        for path in (ours, theirs):
            connection = sqlite3.connect(path)
            sides.append(set(connection.execute(question)))
            connection.close()
        if sides[0] != sides[1]:
            odd = next(iter(sides[0] ^ sides[1]))
            raise AssertionError(f"Not the same rows: {question} differs at {odd}")
