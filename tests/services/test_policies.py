from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from jeweler_desk.domain.order import Condition, Gift, LineItemId, OrderId, Stage
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.policy import CountedFrom, NewPolicy, PolicyError, PolicyKind
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.shipments import ParcelFacts
from tests.builders import a_line, an_order
from tests.fakes import FixedClock

RETURNS = PolicyKind.RETURNS


def a_policy(text: str = "Thirty days.", **cells: Any) -> NewPolicy:
    known: dict[str, Any] = {
        "kind": RETURNS,
        "text": text,
        "in_force_from": date(2026, 1, 1),
        "window_days": 30,
        "counted_from": CountedFrom.DELIVERED,
        "worn_percent": 50,
    }
    return NewPolicy(**(known | cells))


@pytest.fixture
def ring(desk: Desk) -> OrderId:
    desk.policies.add(a_policy())
    order_id, _ = desk.orders.add(an_order(a_line("Rain Ring", "64.00"), gift=Gift.NO))
    return order_id


def test_an_order_keeps_the_version_in_force_when_it_was_placed(
    desk: Desk, ring: OrderId, clock: FixedClock
) -> None:
    assert desk.orders.get(ring).policy_version == "returns 1"
    clock.goes_on(days=1)
    desk.policies.add(a_policy("Fourteen days.", in_force_from=date(2026, 10, 6)))
    later, _ = desk.orders.add(an_order(number="#2", placed_on=date(2026, 10, 6)))
    assert desk.orders.get(later).policy_version == "returns 2"
    kept = [desk.policies.of(desk.orders.get(each)) for each in (ring, later)]
    assert [each.said.text for each in kept if each] == ["Thirty days.", "Fourteen days."]
    assert desk.policies.in_force(RETURNS) == kept[1]
    desk.history.undo()
    desk.history.undo()
    assert desk.policies.in_force(RETURNS) == kept[0]


def test_orders_of_before_the_first_policy_was_written_keep_it_from_its_first_day(
    desk: Desk,
) -> None:
    order_id, _ = desk.orders.add(an_order())
    assert desk.policies.terms(desk.orders.get(order_id)) is None
    desk.policies.add(a_policy())
    assert desk.orders.get(order_id).policy_version == "returns 1"


def test_a_return_quotes_its_clause_and_whether_the_window_runs(
    desk: Desk, ring: OrderId, clock: FixedClock
) -> None:
    desk.fulfillment.set_stage(ring, Stage.READY)
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    told = desk.policies.terms(desk.orders.get(ring))
    assert told is not None
    assert (told.clause, told.is_over) == ("Thirty days.", False)
    assert "has not begun" in told.told
    clock.goes_on(days=2)
    desk.shipments.learn(ring, None, ParcelFacts(delivered_at=clock.now()))
    clock.goes_on(days=31)
    told = desk.policies.terms(desk.orders.get(ring))
    assert told is not None
    assert told.is_over
    assert told.heading == "Returns, version 1, in force since Thu 1 Jan"
    line = desk.orders.get(ring).line_items[0].id
    desk.returns.expect(ring, {line: 1}, "too small")
    assert desk.orders.get(ring).returns


def test_the_condition_suggests_the_amount(desk: Desk, ring: OrderId) -> None:
    order = desk.orders.get(ring)
    units = {order.line_items[0].id: 1}
    found = {each: desk.policies.suggestion(order, units, each) for each in Condition}
    amounts = [each.amount.amount if each.amount is not None else None for each in found.values()]
    assert amounts == ["64.00", "32.00", None, "0.00"]


def test_slips_print_the_short_forms_an_order_keeps(desk: Desk) -> None:
    desk.policies.add(a_policy(short_form="Returns within 30 days."))
    desk.policies.add(a_policy(kind=PolicyKind.REPAIRS, short_form="Repairs for life."))
    desk.policies.add(a_policy(kind=PolicyKind.SHIP_TIME, short_form="Next day."))
    order_id, _ = desk.orders.add(an_order())
    order = desk.orders.get(order_id)
    assert desk.policies.slip_lines(order) == ("Returns within 30 days.", "Repairs for life.")


def test_a_version_is_found_by_its_number(desk: Desk, ring: OrderId) -> None:
    del ring
    assert desk.policies.version(RETURNS, 1).said.text == "Thirty days."
    with pytest.raises(PolicyError, match="Returns has no version 7"):
        desk.policies.version(RETURNS, 7)


def test_pieces_that_came_back_are_counted(desk: Desk, ring: OrderId) -> None:
    desk.fulfillment.set_stage(ring, Stage.READY)
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    line: LineItemId = desk.orders.get(ring).line_items[0].id
    desk.returns.expect(ring, {line: 1}, "too small")
    assert desk.returns.came_back(desk.orders.get(ring)) == {}
    desk.returns.receive(ring, Condition.WORN)
    assert desk.returns.came_back(desk.orders.get(ring)) == {line: 1}


def slip_text(desk: Desk, order_id: OrderId) -> str:
    printed = desk.papers.packing_slips_job([order_id])()
    return PdfReader(BytesIO(printed.pdf)).pages[0].extract_text()


def test_the_slip_prints_the_short_form_of_the_order_s_own_version(
    desk: Desk, clock: FixedClock
) -> None:
    desk.policies.add(a_policy(short_form="Returns within 30 days."))
    order_id, _ = desk.orders.add(an_order(gift=Gift.NO))
    clock.goes_on(days=1)
    desk.policies.add(a_policy(in_force_from=date(2026, 10, 6), short_form="No returns."))
    assert "Returns within 30 days." in slip_text(desk, order_id)
    order = desk.orders.get(order_id)
    printed = desk.papers.packing_slips_job([order_id])()
    desk.papers.note_printed([order_id], printed, PaperKind.PACKING_SLIPS)
    assert desk.printed_papers.stale(order) == ()


def test_a_gift_s_slip_prints_no_amount_of_a_policy(desk: Desk) -> None:
    desk.policies.add(a_policy(short_form="Returns within 30 days for 5.00 USD."))
    order_id, _ = desk.orders.add(an_order(gift=Gift.YES))
    text = slip_text(desk, order_id)
    assert "Returns within 30 days" in text
    assert "5.00" not in text
    warnings = desk.papers.warnings([order_id])
    assert any("short form of a policy" in each.what for each in warnings)
