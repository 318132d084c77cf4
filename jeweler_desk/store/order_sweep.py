"""Every order's facts in one sweep over the tables, beside the states that its row keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    Charge,
    Dispute,
    Hold,
    LineItem,
    LineItemId,
    Promise,
    Question,
    Refund,
    RefundState,
    Stage,
)
from jeweler_desk.domain.order_states import OrderStates
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.order_reading import promise
from jeweler_desk.store.order_writing import state_columns
from jeweler_desk.store.refunds import dispute

_ORDERS: Final = (
    "SELECT id, number, channel, currency, total, free_reason, discount_code,"
    " is_canceled_by_channel, payment_status, fulfillment_status, order_status,"
    " units_to_send, ship_by, passes_gate, is_held, hold_reason, hold_until, waiting_since"
    " FROM orders ORDER BY id"
)
_LINES: Final = (
    "SELECT order_id, id, title, quantity, stage, units_packed, units_shipped, units_canceled,"
    " units_returned FROM line_items ORDER BY order_id"
)
_CHARGES: Final = "SELECT order_id, amount, source FROM charges ORDER BY order_id"
_AUTHORIZATIONS: Final = (
    "SELECT order_id, amount, state, source FROM authorizations ORDER BY order_id"
)
_REFUNDS: Final = (
    "SELECT order_id, amount, reason, source, state FROM refunds JOIN"
    " (SELECT refund_id, state, max(id) FROM refund_steps GROUP BY refund_id)"
    " ON refund_id = refunds.id WHERE withdrawn_at IS NULL ORDER BY order_id"
)
_HOLDS: Final = (
    "SELECT order_id, reason, until FROM holds WHERE released_at IS NULL ORDER BY order_id"
)
_PROMISES: Final = (
    "SELECT promises.* FROM promises JOIN (SELECT max(id) AS latest FROM promises"
    " GROUP BY order_id) ON promises.id = latest ORDER BY order_id"
)
_LINE_PROMISES: Final = (
    "SELECT order_id, promise_id, line_item_id, line_promises.ship_by FROM line_promises"
    " JOIN promises ON promises.id = promise_id ORDER BY order_id, line_promises.id"
)
_PARCELS: Final = (
    "SELECT order_id, delivered_at FROM shipments WHERE undone_at IS NULL ORDER BY order_id"
)
_DISPUTES: Final = "SELECT * FROM disputes ORDER BY order_id"
_WRITE_OFFS: Final = "SELECT order_id, amount FROM write_offs ORDER BY order_id"
_QUESTIONS: Final = (
    "SELECT order_id, question, asked_at FROM questions WHERE answered_at IS NULL ORDER BY order_id"
)
_REINSTATED: Final = "SELECT order_id FROM restarts WHERE kind = 'reinstated' ORDER BY order_id"


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What an order's states follow from; ``promise`` is the latest, whether or not it counts."""

    channel: Channel
    total: Money
    free_reason: str | None
    discount_code: str | None
    is_canceled_by_channel: bool
    line_items: tuple[LineItem, ...]
    charges: tuple[Charge, ...]
    authorizations: tuple[Authorization, ...]
    refunds: tuple[Refund, ...]
    hold: Hold | None
    promise: Promise | None
    is_delivered: bool = False
    disputes: tuple[Dispute, ...] = ()
    written_off: Money | None = None
    question: Question | None = None
    is_reinstated: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell of an order's row that is not what follows from its facts."""

    column: str
    kept: str
    follows: str


@dataclass(frozen=True, slots=True)
class KeptOrder:
    """One order's rows, not read yet: what stands in them may be no word that the desk knows."""

    row: Row
    lines: Sequence[Row]
    charges: Sequence[Row]
    authorizations: Sequence[Row]
    refunds: Sequence[Row]
    holds: Sequence[Row]
    promises: Sequence[Row]
    line_promises: Sequence[Row]
    parcels: Sequence[Row]
    disputes: Sequence[Row]
    write_offs: Sequence[Row]
    questions: Sequence[Row]
    reinstated: Sequence[Row]

    @property
    def number(self) -> str:
        """The order's number as its channel writes it."""
        return str(self.row["number"])

    def facts(self) -> OrderFacts:
        """Read the facts. Raises `ValueError` when a cell is out of its form."""
        row, currency = self.row, self.row["currency"]
        return OrderFacts(
            channel=Channel(row["channel"]),
            total=Money(row["total"], currency),
            free_reason=row["free_reason"],
            discount_code=row["discount_code"],
            is_canceled_by_channel=bool(row["is_canceled_by_channel"]),
            line_items=tuple(_line(each) for each in self.lines),
            charges=tuple(_charge(each, currency) for each in self.charges),
            authorizations=tuple(_authorization(each, currency) for each in self.authorizations),
            refunds=tuple(_refund(each, currency) for each in self.refunds),
            hold=_hold(self.holds[0]) if self.holds else None,
            promise=self._promise(),
            is_delivered=bool(self.parcels) and all(each["delivered_at"] for each in self.parcels),
            disputes=tuple(dispute(each, currency) for each in self.disputes),
            written_off=_written_off(self.write_offs, currency),
            question=_question(self.questions[0]) if self.questions else None,
            is_reinstated=bool(self.reinstated),
        )

    def _promise(self) -> Promise | None:
        if not self.promises:
            return None
        latest = self.promises[0]
        lines = [each for each in self.line_promises if each["promise_id"] == latest["id"]]
        return promise(latest, lines)

    def differences(self, states: OrderStates, ship_by: date | None) -> list[Difference]:
        """Return the cells that keep something else than these states and this day."""
        return [
            Difference(column, _shown(self.row[column]), _shown(told))
            for column, told in state_columns(states, ship_by).items()
            if self.row[column] != told
        ]


class OrderSweep:
    """Reads all orders, one pass over each table side by side: 100,000 take seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def orders(self) -> Iterator[KeptOrder]:
        """Yield every order, oldest first; to be used up within one read transaction."""
        sides = [
            _Side(self._store.connection.execute(question))
            for question in (
                _LINES,
                _CHARGES,
                _AUTHORIZATIONS,
                _REFUNDS,
                _HOLDS,
                _PROMISES,
                _LINE_PROMISES,
                _PARCELS,
                _DISPUTES,
                _WRITE_OFFS,
                _QUESTIONS,
                _REINSTATED,
            )
        ]
        for row in self._store.connection.execute(_ORDERS):
            yield KeptOrder(row, *(side.of(row["id"]) for side in sides))


class _Side:
    """Rows sorted by order, handed out order by order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, order_id: int) -> list[Row]:
        """Return the rows of an order; orders are asked for in rising order of id."""
        found = []
        while self._next is not None and self._next["order_id"] <= order_id:
            if self._next["order_id"] == order_id:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _shown(cell: object) -> str:
    return "nothing" if cell is None else str(cell)


def _line(row: Row) -> LineItem:
    return LineItem(
        id=LineItemId(row["id"]),
        title=row["title"],
        quantity=row["quantity"],
        stage=Stage(row["stage"]),
        units_packed=row["units_packed"],
        units_shipped=row["units_shipped"],
        units_canceled=row["units_canceled"],
        units_returned=row["units_returned"],
    )


def _charge(row: Row, currency: str) -> Charge:
    return Charge(Money(row["amount"], currency), None, row["source"], "")


def _authorization(row: Row, currency: str) -> Authorization:
    state = AuthorizationState(row["state"])
    return Authorization(Money(row["amount"], currency), state, row["source"])


def _refund(row: Row, currency: str) -> Refund:
    state = RefundState(row["state"])
    return Refund(Money(row["amount"], currency), state, None, row["reason"], row["source"])


def _hold(row: Row) -> Hold:
    return Hold(row["reason"], columns.day(row["until"]))


def _written_off(rows: Sequence[Row], currency: str) -> Money | None:
    return total_of([Money(row["amount"], currency) for row in rows], currency) if rows else None


def _question(row: Row) -> Question:
    return Question(row["question"], columns.known_instant(row["asked_at"]))
