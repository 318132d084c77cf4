"""The views of the orders list, the ways to sort it and the columns it can have."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from jeweler_desk.domain.refusal import RefusedError


class View(StrEnum):
    """A view of the orders list (the words of the command line)."""

    ALL = "all"
    UNPAID = "unpaid"
    TO_MAKE = "to-make"
    TO_PACK = "to-pack"
    TO_SHIP = "to-ship"
    SHIPPED = "shipped"
    LATE = "late"
    ON_HOLD = "on-hold"
    RETURNS = "returns"
    CANCELED = "canceled"


class OrderSort(StrEnum):
    """A column by which the orders list can be sorted."""

    NUMBER = "number"
    CUSTOMER = "customer"
    PIECES = "pieces"
    TOTAL = "total"
    PAYMENT_STATUS = "payment_status"
    FULFILLMENT_STATUS = "fulfillment_status"
    SHIP_BY = "ship_by"
    PLACED = "placed"
    CHANNEL = "channel"
    UNITS_TO_SEND = "units_to_send"


class OrderColumn(StrEnum):
    """A column of the orders list (the words of the setting `window.order_columns`)."""

    ORDER = "order"
    BUYER = "buyer"
    PIECES = "pieces"
    MONEY = "money"
    GOODS = "goods"
    SHIP_BY = "ship_by"
    PLACED = "placed"
    TOTAL = "total"
    CHANNEL = "channel"
    TO_SEND = "to_send"


SORT_OF: Final = {
    OrderColumn.ORDER: OrderSort.NUMBER,
    OrderColumn.BUYER: OrderSort.CUSTOMER,
    OrderColumn.PIECES: OrderSort.PIECES,
    OrderColumn.MONEY: OrderSort.PAYMENT_STATUS,
    OrderColumn.GOODS: OrderSort.FULFILLMENT_STATUS,
    OrderColumn.SHIP_BY: OrderSort.SHIP_BY,
    OrderColumn.PLACED: OrderSort.PLACED,
    OrderColumn.TOTAL: OrderSort.TOTAL,
    OrderColumn.CHANNEL: OrderSort.CHANNEL,
    OrderColumn.TO_SEND: OrderSort.UNITS_TO_SEND,
}
USUAL_COLUMNS: Final = (
    OrderColumn.ORDER,
    OrderColumn.BUYER,
    OrderColumn.PIECES,
    OrderColumn.MONEY,
    OrderColumn.GOODS,
    OrderColumn.SHIP_BY,
)


class UnknownColumnError(RefusedError):
    """A column that the list does not have; the sentence names those that it has."""


def parse_columns(text: str) -> tuple[OrderColumn, ...]:
    """Read ``order,buyer,total``; nothing is the usual columns, and each stands once."""
    named = [part.strip().casefold() for part in text.split(",") if part.strip()]
    unknown = [name for name in named if name not in set(OrderColumn)]
    if unknown:
        raise UnknownColumnError(
            f"The list of orders has no column “{unknown[0]}”. It has: {', '.join(OrderColumn)}."
        )
    return tuple(OrderColumn(name) for name in dict.fromkeys(named)) or USUAL_COLUMNS
