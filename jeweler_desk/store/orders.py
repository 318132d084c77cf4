"""Orders as questions: the views of the list, one order whole, who our customers are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Channel,
    FulfillmentStatus,
    Gift,
    Hold,
    OrderId,
    OrderStatus,
    PaymentStatus,
)
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import OrderSort, View
from jeweler_desk.domain.payment import UNEXPLAINED_FREE
from jeweler_desk.domain.promises import pauses
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.search import match_expression

_AT_ONCE: Final = 500
_MATCHING: Final = "SELECT rowid FROM search_orders WHERE search_orders MATCH :search"
_MANY: Final = 5_000
# While a question asked before the promised day waits, no day to the promise counts. Few orders
# wait, and only theirs are asked for the zone that their promise was made in.
_PAUSED: Final = (
    "(waiting_since IS NOT NULL AND pauses(waiting_since, ship_by, (SELECT timezone FROM promises"
    " WHERE promises.order_id = orders.id ORDER BY promises.id DESC LIMIT 1)))"
)
_COUNTED: Final = f"NOT {_PAUSED}"
_OF_A_ROW: Final = (
    "id, number, channel, currency, placed_on, placed_at, customer_name, pieces, total,"
    " marketplace_tax, payment_status, fulfillment_status, order_status, ship_by, gift,"
    f" units_to_send, is_held, hold_reason, hold_until, waiting_since, {_PAUSED} AS is_paused"
)
# What has not left is few: nearly all orders have, and they are what is left of all.
_HERE: Final = "fulfillment_status NOT IN ('shipped', 'delivered')"
_WORKABLE: Final = "passes_gate = 1 AND is_held = 0"

# An order of which a part has left is worked on like any other: by what is left of it.
_LEFT_TO_MAKE: Final = (
    "EXISTS (SELECT 1 FROM line_items WHERE order_id = orders.id AND stage <> 'ready'"
    " AND quantity - units_canceled > units_packed)"
)
_PART_LEFT: Final = f"fulfillment_status = 'partially_shipped' AND {_WORKABLE}"
PACKABLE: Final = (
    f"(fulfillment_status = 'ready' AND {_WORKABLE}) OR ({_PART_LEFT} AND NOT {_LEFT_TO_MAKE})"
)
"""Which orders can be packed now: what of them has not left is ready, their money is here."""

# Money that ran out, was let go, or is held where it must be taken before the parcel leaves.
_UNPAID: Final = (
    "payment_status IN ('unpaid', 'partially_paid', 'expired', 'voided', 'authorized')"
    " AND (payment_status <> 'authorized' OR passes_gate = 0) AND +order_status = 'open'"
)
_WHERE: Final[Mapping[View, str]] = {
    View.ALL: "1",
    View.UNPAID: _UNPAID,
    View.TO_MAKE: f"(fulfillment_status IN ('to_make', 'making') AND {_WORKABLE})"
    f" OR ({_PART_LEFT} AND {_LEFT_TO_MAKE})",
    View.TO_PACK: PACKABLE,
    View.TO_SHIP: f"fulfillment_status = 'packed' AND {_WORKABLE}",
    # Nearly all orders have left: the plus sign has them read in the list's order, not by state.
    View.SHIPPED: "+fulfillment_status IN ('shipped', 'delivered')",
    View.LATE: f"units_to_send > 0 AND ship_by < :today AND {_COUNTED}",
    # Of what was canceled only the price guard's question is still open (orders.md section 2).
    View.ON_HOLD: "is_held = 1"
    f" AND (order_status <> 'canceled' OR hold_reason = '{UNEXPLAINED_FREE}')",
    View.RETURNS: "id IN (SELECT order_id FROM returns)"
    " OR fulfillment_status IN ('partially_returned', 'returned')",
    View.CANCELED: "order_status = 'canceled'",
}
_SORT: Final[Mapping[OrderSort, str]] = {
    OrderSort.NUMBER: "length(number_key) {0}, number_key",  # so that #999 comes before #1000
    OrderSort.CUSTOMER: "customer_name COLLATE NOCASE",
    OrderSort.PIECES: "pieces",
    OrderSort.TOTAL: "total",
    OrderSort.PAYMENT_STATUS: "payment_status",
    OrderSort.FULFILLMENT_STATUS: "fulfillment_status",
    OrderSort.SHIP_BY: "ship_by",
    OrderSort.PLACED: "placed_sort",
    OrderSort.CHANNEL: "channel",
    OrderSort.UNITS_TO_SEND: "units_to_send",
}
_BY_SHIP_BY: Final = frozenset({View.TO_MAKE, View.TO_PACK, View.TO_SHIP, View.LATE, View.ON_HOLD})


class Orders:
    """The orders of one desk, for reading; a search that finds ``many`` walks the list instead."""

    def __init__(self, store: Store, *, many: int = _MANY) -> None:
        self._store = store
        self._many = many
        store.connection.create_function("pauses", 3, _pauses, deterministic=True)

    def ids(
        self,
        view: View,
        today: date,
        *,
        search: str | None = None,
        sort: OrderSort | None = None,
        descending: bool = False,
        limit: int | None = None,
    ) -> list[OrderId]:
        """Return the ids of a view in order; without a sort, most urgent or newest first."""
        where = _WHERE[view]
        values: dict[str, Any] = {"today": columns.day_text(today), "limit": limit or -1}
        if search:
            expression = match_expression(search)
            if expression is None:
                return []
            # The plus sign has the list's own index walked, which is quicker where most match.
            key = "+id" if self._are_many(expression) else "id"
            where = f"({where}) AND {key} IN ({_MATCHING})"
            values["search"] = expression
        order = self._order(view, sort, descending=descending)
        found = self._store.long_list(
            f"SELECT id FROM orders WHERE {where} ORDER BY {order} LIMIT :limit", values
        )
        return cast("list[OrderId]", found)

    def _are_many(self, expression: str) -> bool:
        counted = f"SELECT count(*) FROM ({_MATCHING} LIMIT :many)"
        found = self._store.one(counted, {"search": expression, "many": self._many})
        return bool(found and found[0] == self._many)

    @staticmethod
    def _order(view: View, sort: OrderSort | None, *, descending: bool) -> str:
        if sort is None:
            if view in _BY_SHIP_BY:
                return "ship_by IS NULL, ship_by, placed_sort, id"
            return "placed_sort DESC, id DESC"
        direction = "DESC" if descending else "ASC"
        if sort is OrderSort.SHIP_BY:
            return f"ship_by {direction} NULLS LAST, id {direction}"
        return f"{_SORT[sort].format(direction)} {direction}, id {direction}"

    def counts(self, today: date) -> dict[View, int]:
        """Return how many orders each view holds."""
        counted = {
            view: self._count(_HERE if view is View.SHIPPED else where, today)
            for view, where in _WHERE.items()
        }
        counted[View.SHIPPED] = counted[View.ALL] - counted[View.SHIPPED]
        return counted

    def _count(self, where: str, today: date) -> int:
        sql = f"SELECT count(*) FROM orders WHERE {where}"
        found = self._store.one(sql, {"today": columns.day_text(today)})
        return int(found[0]) if found else 0

    def summaries(self, ids: Sequence[OrderId], today: date) -> list[OrderSummary]:
        """Return the rows of the list for these ids, in the ids' order."""
        found: dict[int, OrderSummary] = {}
        for start in range(0, len(ids), _AT_ONCE):
            block = ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(block))
            sql = f"SELECT {_OF_A_ROW} FROM orders WHERE id IN ({marks})"
            for row in self._store.rows(sql, block):
                found[row["id"]] = summary(row, today)
        return [found[each] for each in ids if each in found]

    def parcels_due(self, until: date) -> list[OrderId]:
        """Return what may leave and is promised for that day or an earlier one."""
        rows = self._store.rows(
            f"SELECT id FROM orders WHERE units_to_send > 0 AND ship_by <= ? AND {_WORKABLE}"
            f" AND {_COUNTED}"
            " ORDER BY ship_by, placed_sort, id",
            [columns.day_text(until)],
        )
        return [OrderId(row[0]) for row in rows]

    def refunds_open(self) -> list[Row]:
        """Return every refund that is not settled: its order, its step, when it was granted."""
        return self._store.rows(
            "SELECT number, channel, amount, currency, state, at, means,"
            " (SELECT at FROM refund_steps WHERE refund_id = refunds.id ORDER BY id LIMIT 1)"
            " AS granted_at FROM refunds"
            " JOIN orders ON orders.id = order_id"
            " JOIN refund_steps ON refund_steps.id ="
            " (SELECT max(id) FROM refund_steps WHERE refund_id = refunds.id)"
            " WHERE state <> 'settled' AND withdrawn_at IS NULL ORDER BY refunds.id"
        )

    def holds_ending(self, until: date) -> list[Row]:
        """Return number, reason and last day of every hold that ends by that day.

        A cross join keeps the order of the tables: the few holds first, never all orders.
        """
        return self._store.rows(
            "SELECT number, reason, until FROM holds CROSS JOIN orders ON orders.id = order_id"
            " WHERE released_at IS NULL AND until <= ? ORDER BY until, holds.id",
            [columns.day_text(until)],
        )

    def matching_number(self, number: str, channel: Channel | None) -> list[Row]:
        """Return id, channel and number of every order called that, with or without ``#``."""
        key = number_key(number)
        sql = (
            "SELECT id, channel, number FROM orders"
            " WHERE length(number_key) = length(?) AND number_key = ?"
        )
        values: list[str] = [key, key]
        if channel is not None:
            sql += " AND channel = ?"
            values.append(channel)
        return self._store.rows(sql + " ORDER BY id", values)

    def knows_customer(self, email: str) -> bool:
        """Tell whether an order has this address, written so."""
        row = self._store.one("SELECT 1 FROM orders WHERE customer_email = ? LIMIT 1", [email])
        return row is not None

    def customer_emails(self) -> frozenset[str]:
        """Return every customer's e-mail address, folded."""
        rows = self._store.rows(
            "SELECT DISTINCT customer_email FROM orders WHERE customer_email IS NOT NULL"
        )
        return frozenset(str(row[0]).casefold() for row in rows)

    def ids_of_address(self, address: str, limit: int) -> list[OrderId]:
        """Return the orders placed with an e-mail address, the newest first."""
        found = self._store.ids(
            "SELECT id FROM orders WHERE customer_email IN (?, ?)"
            " ORDER BY placed_on DESC, id DESC LIMIT ?",
            [address, address.casefold(), limit],
        )
        return [OrderId(each) for each in found]

    def last_manual_number(self) -> int:
        """Return the n of the newest ``D-n``; 0 before the first."""
        row = self._store.one(
            "SELECT max(CAST(substr(number, 3) AS INTEGER)) FROM orders"
            " WHERE number GLOB 'D-[0-9]*' AND channel = 'manual'"
        )
        return int(row[0] or 0) if row else 0

    def free_order_ids(self) -> list[OrderId]:
        """Return the orders whose total is 0.00, canceled ones too."""
        return [
            OrderId(row[0]) for row in self._store.rows("SELECT id FROM orders WHERE total = 0")
        ]

    def all_ids(self) -> Iterable[OrderId]:
        """Return every order's id, oldest first."""
        return [OrderId(row[0]) for row in self._store.rows("SELECT id FROM orders ORDER BY id")]

    def search(self, text: str, today: date, limit: int) -> list[OrderSummary]:
        """Return orders that hold every word of the text (or begin with it), newest first."""
        expression = match_expression(text)
        if expression is None:
            return []
        rows = self._store.rows(
            "SELECT rowid FROM search_orders WHERE search_orders MATCH ?"
            " ORDER BY rowid DESC LIMIT ?",
            [expression, limit],
        )
        return self.summaries([OrderId(row[0]) for row in rows], today)


def number_key(number: str) -> str:
    """Return an order number as it is compared: without ``#``, blanks around and case."""
    return number.strip().removeprefix("#").casefold()


def _pauses(asked_at: str, ship_by: str | None, timezone: str | None) -> bool:
    """Let a question to the file ask the rule."""
    if ship_by is None or timezone is None:
        return False
    return pauses(columns.known_instant(asked_at), date.fromisoformat(ship_by), timezone)


def summary(row: Row, today: date) -> OrderSummary:
    """Read one row of the list."""
    currency = row["currency"]
    ship_by = columns.day(row["ship_by"])
    is_paused = bool(row["is_paused"])
    return OrderSummary(
        id=OrderId(row["id"]),
        number=row["number"],
        channel=Channel(row["channel"]),
        placed_on=date.fromisoformat(row["placed_on"]),
        placed_at=columns.instant(row["placed_at"]),
        customer=row["customer_name"],
        pieces=row["pieces"],
        total=Money(row["total"], currency),
        payment_status=PaymentStatus(row["payment_status"]),
        fulfillment_status=FulfillmentStatus(row["fulfillment_status"]),
        order_status=OrderStatus(row["order_status"]),
        ship_by=ship_by,
        gift=Gift(row["gift"]),
        hold=hold(row),
        units_to_send=row["units_to_send"],
        is_late=bool(ship_by and ship_by < today and row["units_to_send"] > 0 and not is_paused),
        marketplace_tax=columns.money(row["marketplace_tax"], currency),
        waiting_since=columns.instant(row["waiting_since"]),
        is_paused=is_paused,
    )


def hold(row: Row) -> Hold | None:
    """Read the hold that stands, whoever set it."""
    if not row["is_held"]:
        return None
    return Hold(row["hold_reason"], columns.day(row["hold_until"]))
