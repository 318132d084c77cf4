"""Making: the board by stage, pieces that go on, words that are read before the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import Channel, LineItem, LineItemId, Order, OrderId, Stage
from jeweler_desk.domain.stages import NamedStage, must_be_read
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.fulfillment import Fulfillment
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.making import MakingRows

MOST_ORDERS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece on the board: whose it is, what it is, when it must leave."""

    order_id: OrderId
    number: str
    channel: Channel
    customer: str | None
    ship_by: date | None
    is_waiting: bool
    line: LineItem

    @property
    def must_be_read(self) -> bool:
        """Whether its words must be read and ticked before it is begun."""
        return must_be_read(self.line)


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board with its pieces, the most urgent first."""

    stage: NamedStage
    pieces: tuple[Piece, ...]


class Making:
    """The pieces between payment and packing."""

    def __init__(
        self,
        store: Store,
        fulfillment: Fulfillment,
        book: OrderBook,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._store = store
        self._rows = MakingRows(store)
        self._fulfillment = fulfillment
        self._book = book
        self._settings = settings
        self._clock = clock

    def board(self) -> tuple[Column, ...]:
        """Return every stage with its pieces, of the most urgent `MOST_ORDERS` orders."""
        stages = self._settings.stages()
        found: list[list[Piece]] = [[] for _ in stages.names]
        rows = self._rows.orders(MOST_ORDERS)
        currencies = {OrderId(row["id"]): str(row["currency"]) for row in rows}
        lines = self._book.reading.line_items_of(currencies)
        for row in rows:
            for line in lines[OrderId(row["id"])]:
                if line.units_to_send > line.units_closed:
                    found[stages.place_of(line)].append(_piece(row, line))
        return tuple(
            Column(stage, tuple(pieces)) for stage, pieces in zip(stages.all(), found, strict=True)
        )

    def move(self, order_id: OrderId, line_id: LineItemId, by: int) -> Changes:
        """Move a piece so many stages on, or back; its words are read before it leaves the first.

        Raises `InvalidTransitionError` at the ends and while the words are not ticked.
        """
        order, line = self._piece(order_id, line_id)
        wanted = self._settings.stages().moved(line, by)
        if wanted is None:
            where = "last" if by > 0 else "first"
            raise InvalidTransitionError(
                f"“{line.title}” is at the {where} stage already. Nothing was changed."
            )
        if line.stage is Stage.TO_MAKE and must_be_read(line):
            raise InvalidTransitionError(
                f"Read the words of order {order.number} letter by letter and tick them before you"
                f" begin: “{line.personalization}”. Nothing was changed."
            )
        return self._fulfillment.set_stage(order_id, wanted, line_id)

    def mark_read(self, order_id: OrderId, line_id: LineItemId, *, is_read: bool) -> Changes:
        """Tick the words of a piece as they stand now, or take the tick away."""
        order, line = self._piece(order_id, line_id)
        if not line.personalization:
            raise InvalidTransitionError(f"“{line.title}” has no words. Nothing was changed.")
        now = self._clock.now()
        told = "read before the start" if is_read else "to be read again"
        with self._store.step(f"Order {order.number}: words {told}") as step:
            self._book.writing.set_read(line_id, line.personalization if is_read else None)
            self._book.writing.add_event(order_id, now, f"{told}: “{line.personalization}”")
        return changes_of(step.tables)

    def unread(self, order_id: OrderId) -> LineItem | None:
        """Return a piece of an order that is still to begin and whose words were not read."""
        for line in self._book.order(order_id).line_items:
            if line.stage is Stage.TO_MAKE and line.units_to_send and must_be_read(line):
                return line
        return None

    def _piece(self, order_id: OrderId, line_id: LineItemId) -> tuple[Order, LineItem]:
        order = self._book.order(order_id)
        found = next((line for line in order.line_items if line.id == line_id), None)
        if found is None:
            raise InvalidTransitionError(
                f"This piece of order {order.number} is gone. Nothing was changed."
            )
        return order, found


def _piece(row: Row, line: LineItem) -> Piece:
    return Piece(
        order_id=OrderId(row["id"]),
        number=row["number"],
        channel=Channel(row["channel"]),
        customer=row["customer_name"],
        ship_by=columns.day(row["ship_by"]),
        is_waiting=row["waiting_since"] is not None,
        line=line,
    )
