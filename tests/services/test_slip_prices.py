"""Prices on packing slips: left out unless asked for, and never sums that do not add up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jeweler_desk.domain.order import Gift, OrderId
from jeweler_desk.domain.shipment import Letterhead, OtherUnits, packing_slips
from jeweler_desk.domain.slip_prices import with_prices
from jeweler_desk.services.desk import Desk
from tests.builders import a_line, an_order, usd
from tests.paper_orders import words_of


def entered(desk: Desk, **cells: Any) -> OrderId:
    lines = (a_line("Moon Ring", "44.00", quantity=2), a_line("Star Studs", "20.00"))
    known = {"total": usd("113.50"), "shipping": usd("9.00"), "tax": usd("6.50")}
    known["discount"] = usd("10.00")
    order = an_order(*lines, **(known | {"gift": Gift.NO} | cells))
    return desk.orders.add(order)[0]


def words(desk: Desk, order_id: OrderId, *, prices: bool | None = None) -> str:
    return words_of(desk.papers.packing_slips_job([order_id], prices=prices)().pdf)


def test_a_slip_has_no_price_unless_it_is_asked_for(desk: Desk) -> None:
    order_id = entered(desk)
    assert "USD" not in words(desk, order_id)
    told = words(desk, order_id, prices=True)
    assert "2 × Moon Ring 88.00 USD" in told
    sums = "Discount -10.00 USD Shipping 9.00 USD Tax 6.50 USD Total 113.50 USD"
    assert sums in told


def test_the_shops_setting_asks_for_prices_and_one_print_may_leave_them_out(desk: Desk) -> None:
    desk.settings.set("shop.slip_prices", "yes")
    order_id = entered(desk)
    assert "113.50 USD" in words(desk, order_id)
    assert "USD" not in words(desk, order_id, prices=False)


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        ({"total": usd("107.00")}, "Tax, in the prices 6.50 USD Total 107.00 USD"),
        ({"total": usd("99.00")}, "Star Studs 20.00 USD"),
    ],
)
def test_sums_stand_only_where_they_add_up(desk: Desk, cells: dict[str, Any], last: str) -> None:
    told = words(desk, entered(desk, **cells), prices=True)
    assert last in told
    assert ("Total" in told) == ("Total" in last)


def test_of_two_parcels_neither_claims_the_orders_sums(desk: Desk) -> None:
    order = desk.orders.get(entered(desk))
    (slip,) = packing_slips(order, Letterhead(), ())
    part = replace(slip, lines=slip.lines[:1], to_follow=(OtherUnits("Star Studs", 1),))
    (priced,) = with_prices([part], order)
    assert [each.price for each in priced.lines] == ["88.00 USD"]
    assert priced.sums == ()
    assert with_prices([part], replace(order, gift=Gift.UNKNOWN)) == (part,)
