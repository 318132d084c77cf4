"""Work tickets: for what is to be made, never for what is held, and never with a price."""

from __future__ import annotations

import pytest

from jeweler_desk.domain.order import Stage, Variation
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from tests.builders import a_line, an_order
from tests.paper_orders import words_of


def test_a_ticket_has_the_words_and_no_price(desk: Desk) -> None:
    ring = a_line(
        "Rain Ring", "64.00", personalization="for P.", variations=(Variation("Size", "7"),)
    )
    order_id = desk.orders.add(an_order(ring, notes="please ring"))[0]
    desk.fulfillment.set_stage(order_id, Stage.MAKING)
    printed = desk.work_tickets.job([order_id, order_id])()
    text = words_of(printed.pdf)
    assert (printed.orders, printed.pages, printed.warnings) == (("#1041",), 1, ())
    for words in ("Rain Ring", "for P.", "Size: 7", "please ring", "polishing"):
        assert words in text
    assert "64" not in text
    assert "USD" not in text


def test_what_is_held_or_packed_is_left_out_and_said(desk: Desk) -> None:
    held, packed, open_ = (desk.orders.add(an_order(number=f"#{each}"))[0] for each in "123")
    desk.orders.hold(held, "ring size")
    desk.fulfillment.finish_packing(packed)
    printed = desk.work_tickets.job([held, packed, open_], "a4")()
    assert printed.orders == ("#3",)
    assert [each.order for each in printed.warnings] == ["#1", "#2"]
    with pytest.raises(RefusedError, match="Nothing was printed"):
        desk.work_tickets.job([packed])
