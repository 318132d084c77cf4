"""A file read again after the seller's own acts: money is not told twice, her goods stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jeweler_desk.domain.order import Order, OrderStatus, RefundState
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from tests.builders import usd
from tests.services.marketplace_files import Exports


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    return Exports(tmp_path)


def read(desk: Desk, exports: Exports, **cells: Any) -> Order:
    names = {key.replace("_", " "): value for key, value in cells.items()}
    desk.order_import.import_files([exports.shopify(names)])
    return desk.orders.find("2001")


def test_a_refund_granted_here_and_told_by_the_shop_is_one_refund(
    desk: Desk, exports: Exports
) -> None:
    order = read(desk, exports, Fulfillment_Status="fulfilled")
    desk.refunds.grant(order.id, RefundWish("a scratch", goods=usd("10.00")))
    desk.refunds.ask(order.id)
    told: dict[str, Any] = {"Financial_Status": "partially_refunded", "Refunded_Amount": "10.00"}
    again = read(desk, exports, Fulfillment_Status="fulfilled", **told)
    assert [(each.amount, each.state) for each in again.refunds] == [
        (usd("10.00"), RefundState.SETTLED)
    ]
    more = read(
        desk, exports, Fulfillment_Status="fulfilled", **(told | {"Refunded_Amount": "12.00"})
    )
    assert [each.amount for each in more.refunds] == [usd("10.00"), usd("2.00")]
    assert is_sound(desk.checking.check())


def test_money_noted_by_hand_and_told_by_the_shop_is_one_payment(
    desk: Desk, exports: Exports
) -> None:
    order = read(desk, exports, Financial_Status="pending", Paid_at="")
    desk.payments.record(order.id, order.total, "transfer")
    again = read(desk, exports)
    assert [each.source for each in again.charges] == ["desk"]
    assert again.payment_status.value == "paid"


def test_a_parcel_taken_back_is_not_sent_again_by_a_file(desk: Desk, exports: Exports) -> None:
    order = read(desk, exports, Fulfillment_Status="fulfilled")
    desk.cancellations.undo_shipped(order.id, "it lies here")
    again = read(desk, exports, Fulfillment_Status="fulfilled", Notes="new note")
    assert (again.fulfillment_status.value, again.notes) == ("packed", "new note")


def test_an_order_taken_up_again_is_not_canceled_by_a_file(desk: Desk, exports: Exports) -> None:
    at = "2026-10-02 12:00:00 -0400"
    order = read(desk, exports, Cancelled_at=at)
    desk.cancellations.reinstate(order.id, "by mistake")
    again = read(desk, exports, Cancelled_at=at, Notes="new note")
    assert (again.order_status, again.notes) == (OrderStatus.OPEN, "new note")
    assert is_sound(desk.checking.check())
