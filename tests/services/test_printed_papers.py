from __future__ import annotations

from dataclasses import replace

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import Gift, Order, OrderId, RefundChoice, Stage
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.papers import Printed
from tests.builders import BUYER, a_line, an_order, usd
from tests.fakes import FixedClock


@pytest.fixture
def order(desk: Desk) -> Order:
    lines = a_line("Rain Ring", "64.00"), a_line("Cuff", "30.00", quantity=2)
    order_id, _ = desk.orders.add(an_order(*lines, gift=Gift.NO))
    desk.fulfillment.set_stage(order_id, Stage.READY)
    return desk.orders.get(order_id)


def prints(desk: Desk, order_id: OrderId, kind: PaperKind = PaperKind.PACKING_SLIPS) -> None:
    number = desk.orders.get(order_id).number
    desk.papers.record_printed([order_id], Printed(b"", 1, (number,), ()), kind)


def stale(desk: Desk, order_id: OrderId) -> list[str]:
    return [each.sentence for each in desk.printed_papers.stale(desk.orders.get(order_id))]


def test_what_was_printed_is_up_to_date_until_the_order_changes(
    desk: Desk, order: Order, clock: FixedClock
) -> None:
    assert stale(desk, order.id) == [], "nothing was printed"
    prints(desk, order.id)
    desk.fulfillment.finish_packing(order.id)
    desk.orders.hold(order.id, "wait")
    desk.orders.release(order.id)
    assert stale(desk, order.id) == []
    ring = order.line_items[0].id
    wish = RefundWish("cracked", {ring: 1}, choice=RefundChoice.DO_NOT_SEND)
    desk.refunds.grant(order.id, wish)
    assert stale(desk, order.id) == ["packing slip out of date, reprint: the order changed"]
    desk.refunds.ask(order.id)
    desk.refunds.settle(order.id)
    desk.fulfillment.finish_packing(order.id)
    with pytest.raises(InvalidTransitionError, match="Print it anew, or say why"):
        desk.fulfillment.ship(order.id)
    clock.goes_on(minutes=1)
    prints(desk, order.id)
    desk.fulfillment.ship(order.id)


def test_money_alone_leaves_the_paper_right(desk: Desk, order: Order) -> None:
    prints(desk, order.id)
    wish = RefundWish("a kindness", goodwill=usd("5.00"), choice=RefundChoice.MONEY_ONLY)
    desk.refunds.grant(order.id, wish)
    assert stale(desk, order.id) == []


def test_an_undone_change_makes_the_paper_right_again(desk: Desk, order: Order) -> None:
    prints(desk, order.id)
    desk.fulfillment.pack_part(order.id, {order.line_items[0].id: 1})
    assert stale(desk, order.id) == ["packing slip out of date, reprint: the order changed"]
    desk.history.undo()
    assert stale(desk, order.id) == []


def test_a_slip_that_left_with_its_parcel_counts_no_more(
    desk: Desk, order: Order, clock: FixedClock
) -> None:
    desk.fulfillment.pack_part(order.id, {order.line_items[0].id: 1})
    prints(desk, order.id)
    clock.goes_on(hours=1)
    desk.fulfillment.ship(order.id)
    assert stale(desk, order.id) == [], "the rest has no paper yet"
    desk.fulfillment.finish_packing(order.id)
    desk.fulfillment.ship(order.id)
    assert stale(desk, order.id) == []


def test_a_card_is_told_apart_from_a_slip(desk: Desk, order: Order) -> None:
    prints(desk, order.id, PaperKind.CARDS)
    prints(desk, order.id)
    book = desk.orders._book
    with desk.history._store.step("A gift after all"):
        lines = desk.orders.get(order.id).line_items
        told = an_order(
            *lines,
            gift=Gift.YES,
            gift_message="For Ana",
            address=replace(BUYER, name="Ana"),
        )
        book.writing.describe(order.id, told, order.paid_at)
    assert stale(desk, order.id) == [
        "card out of date, reprint: the address changed",
        "packing slip out of date, reprint: the address changed",
    ]
