"""The gift receipt: piece, day, last day, a code that finds the order, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from jeweler_desk.domain.gift_receipt import order_of, reference_of
from jeweler_desk.domain.order import Gift, OrderId
from jeweler_desk.domain.policy import CountedFrom, NewPolicy, PolicyKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.orders import UnknownOrderError
from tests.builders import a_line, an_order
from tests.paper_orders import words_of


def a_gift(desk: Desk, number: str = "#77", title: str = "Moon Ring", **cells: object) -> OrderId:
    new = replace(an_order(a_line(title)), number=number, gift=Gift.YES, **cells)  # type: ignore[arg-type]  # cells of NewOrder
    return desk.orders.add(new)[0]


def test_a_gift_receipt_names_piece_day_last_day_and_code_but_no_price(desk: Desk) -> None:
    desk.settings.set("shop.name", "Wren & Thistle")
    returns = NewPolicy(
        PolicyKind.RETURNS,
        "Thirty days.",
        date(2020, 1, 1),
        window_days=30,
        counted_from=CountedFrom.BOUGHT,
    )
    desk.policies.add(returns)
    order_id = a_gift(desk, title="Moon Ring (was $40.00)")
    printed = desk.gift_receipts.job([order_id])()
    words = words_of(printed.pdf)
    placed = desk.orders.get(order_id).placed_on
    last = desk.policies.terms(desk.orders.get(order_id))
    assert last is not None and last.window.last_day is not None
    for told in ("Moon Ring", str(placed.year), f"{last.window.last_day:%B} ", "REFERENCE"):
        assert told in words
    assert reference_of(order_id) in words
    assert not re.search(r"[$€£]|40[.,]00|#77|@", words)
    assert b"#77" not in printed.pdf
    assert [each.what for each in printed.warnings] == [
        "The title “Moon Ring (was $40.00)” names a price; it is printed without it."
    ]


def test_a_window_that_has_not_begun_is_told_as_a_span(desk: Desk) -> None:
    returns = NewPolicy(
        PolicyKind.RETURNS,
        "Thirty days.",
        date(2020, 1, 1),
        window_days=30,
        counted_from=CountedFrom.DELIVERED,
    )
    desk.policies.add(returns)
    words = words_of(desk.gift_receipts.job([a_gift(desk)])().pdf)
    assert "within 30 days of delivery" in words


def test_without_a_policy_no_day_is_made_up_and_the_seller_is_told(desk: Desk) -> None:
    printed = desk.gift_receipts.job([a_gift(desk)])()
    assert "RETURN OR EXCHANGE" not in words_of(printed.pdf)
    assert printed.warnings[0].what == (
        "No returns policy sets a window; the gift receipt names no day."
    )


def test_only_gifts_have_a_gift_receipt(desk: Desk) -> None:
    order_id, _ = desk.orders.add(replace(an_order(), number="#9", gift=Gift.NO))
    with pytest.raises(RefusedError, match=r"Order #9 is no gift\. It is left out"):
        desk.gift_receipts.job([order_id])


def test_a_code_finds_its_order_however_it_is_typed_and_no_other(desk: Desk) -> None:
    order_id = a_gift(desk)
    code = reference_of(order_id)
    for typed in (code, code.lower(), code.replace("-", " ")):
        assert desk.orders.find(typed).id == order_id
        assert desk.search.find(typed)[0].link == "order:#77"
    swapped = code[1] + code[0] + code[2:]
    if swapped != code:
        with pytest.raises(UnknownOrderError):
            desk.orders.find(swapped)
    plain, _ = desk.orders.add(replace(an_order(), number="#9", gift=Gift.NO))
    with pytest.raises(UnknownOrderError):
        desk.orders.find(reference_of(plain))


def test_every_order_has_a_code_of_its_own() -> None:
    codes = {reference_of(OrderId(each)) for each in range(1, 5000)}
    assert len(codes) == 4999
    assert all(order_of(reference_of(OrderId(each))) == each for each in range(1, 5000))
    assert order_of("K7M") is None
    assert order_of("hello!") is None
