from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.customs import CustomsFacts
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import Gift, Order, OrderId, RefundChoice, Stage
from jeweler_desk.domain.paper_facts import PaperKind, digest_of
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.papers import Printed
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
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


def test_a_slip_with_prices_is_out_of_date_once_they_change_and_one_without_is_not(
    desk: Desk, order: Order
) -> None:
    def costs(cents: int, gift: Gift = Gift.NO) -> None:
        told = an_order(*order.line_items, gift=gift)
        with desk.history._store.step("Another price"):
            kept = desk.orders.get(order.id)
            ring = kept.line_items[0].id
            desk.history._store.update("line_items", ring, {"unit_price": cents})
            desk.orders._book.writing.describe(order.id, told, kept.paid_at)

    def is_printed(*, prices: bool) -> None:
        made = desk.papers.packing_slips_job([order.id], prices=prices)()
        desk.papers.record_printed([order.id], made, PaperKind.PACKING_SLIPS)

    is_printed(prices=True)
    assert stale(desk, order.id) == []
    costs(6000)
    assert stale(desk, order.id) == ["packing slip out of date, reprint: its prices changed"]
    costs(6400)
    assert stale(desk, order.id) == []
    costs(6400, Gift.YES)
    assert len(stale(desk, order.id)) == 1, "a gift's slip has no prices"
    is_printed(prices=True)
    costs(6000, Gift.YES)
    assert stale(desk, order.id) == [], "it had none"


def test_a_label_is_out_of_date_once_its_latin_lines_change(desk: Desk) -> None:
    address = PostalAddress(name="山口 さくら", address1="神南1-5-6", city="渋谷区", country="JP")
    order_id, _ = desk.orders.add(an_order(address=address))
    latin = ("Sakura Yamaguchi", "1-5-6 Jinnan")
    desk.address_labels.set_latin(order_id, latin)
    prints(desk, order_id, PaperKind.LABELS)
    prints(desk, order_id)
    assert stale(desk, order_id) == []
    desk.address_labels.set_latin(order_id, (*latin, "Shibuya"))
    told = "address label out of date, reprint: the address in Latin letters changed"
    assert stale(desk, order_id) == [told]
    desk.history.undo()
    assert stale(desk, order_id) == []


@pytest.fixture
def abroad(desk: Desk) -> Order:
    desk.settings.set("shop.country", "US")
    address = replace(BUYER, country="IE", region=None)
    ring = a_line("Rain Ring", "64.00", sku="RR-1")
    order_id, _ = desk.orders.add(an_order(ring, number="#77", address=address))
    desk.fulfillment.set_stage(order_id, Stage.READY)
    desk.customs.set_facts("RR-1", CustomsFacts("ring, silver, garnet", "silver", "711311", "US"))
    return desk.orders.get(order_id)


def test_what_customs_ask_of_a_piece_changes_and_its_paper_is_out_of_date(
    desk: Desk, abroad: Order
) -> None:
    prints(desk, abroad.id, PaperKind.CUSTOMS)
    assert stale(desk, abroad.id) == []
    desk.customs.set_facts("another piece", CustomsFacts(hs_code="711719"))
    assert stale(desk, abroad.id) == []
    desk.customs.set_facts("RR-1", replace(desk.customs.facts("RR-1"), hs_code="711319"))
    told = "customs paper out of date, reprint: what customs are told changed"
    assert stale(desk, abroad.id) == [told]
    assert [each.is_out_of_date for each in desk.printing.prints(abroad)] == [True]
    desk.fulfillment.finish_packing(abroad.id)
    with pytest.raises(InvalidTransitionError, match="what customs are told changed"):
        desk.fulfillment.ship(abroad.id)
    desk.history.undo()
    desk.history.undo()
    assert stale(desk, abroad.id) == [], "undone, the paper is right again"


def test_a_rule_of_the_country_that_begins_makes_the_customs_paper_out_of_date(
    store: Store, abroad: Order
) -> None:
    before = desk_on(store, datetime(2026, 6, 30, 12, tzinfo=UTC))
    prints(before, abroad.id, PaperKind.CUSTOMS)
    assert stale(before, abroad.id) == []
    after = desk_on(store, datetime(2026, 7, 1, 20, tzinfo=UTC))
    assert len(stale(after, abroad.id)) == 1, "three euros for each heading count from this day"


def desk_on(store: Store, now: datetime) -> Desk:
    return build_desk(store, FixedClock(now))


def test_a_customs_paper_printed_before_its_facts_were_kept_is_judged_by_its_order(
    desk: Desk, abroad: Order
) -> None:
    plain = digest_of(abroad, PaperKind.CUSTOMS)
    fact = desk.printed_papers.fact(abroad, PaperKind.CUSTOMS)
    assert fact["digest"].startswith(f"{plain}+")
    with desk.history._store.write():
        desk.printed_papers._rows.add_fact(fact | {"digest": plain}, desk.clock.now())
    desk.customs.set_facts("RR-1", CustomsFacts(hs_code="711719"))
    assert stale(desk, abroad.id) == []
    moved = replace(abroad, address=replace(BUYER, country="IE", address1="4 Harbor Street"))
    assert len(desk.printed_papers.stale(moved)) == 1
