"""The views of the orders list and the ways to sort it."""

from __future__ import annotations

from enum import StrEnum


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
