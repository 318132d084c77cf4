"""The slip is printed, then a piece cannot be made: its money goes back, and it is not sent."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from jeweler_desk.domain.order import FulfillmentStatus, Gift, RefundChoice, RefundState, Stage
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.domain.reminder import AgendaKind
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from tests.builders import a_line, an_order, usd
from tests.fakes import FixedClock


def slip(desk: Desk, number: str) -> str:
    pdf = desk.papers.packing_slips_job([desk.orders.find(number).id])().pdf
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def tasks(desk: Desk) -> list[str]:
    return [each.title for each in desk.today.agenda() if each.kind is AgendaKind.REFUND]


def test_refund_and_do_not_send_after_printing(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    del tmp_path
    ring, cuff = a_line("Rain Ring", "64.00"), a_line("Tide Cuff", "90.00", quantity=2)
    order_id, _ = desk.orders.add(an_order(ring, cuff, number="#2001", gift=Gift.NO))
    desk.fulfillment.set_stage(order_id, Stage.READY)
    desk.fulfillment.finish_packing(order_id)
    assert "Rain Ring" in slip(desk, "#2001")

    clock.goes_on(hours=1)
    before = desk.orders.get(order_id)
    ring_id, cuff_id = (line.id for line in before.line_items)
    wish = RefundWish("the stone is cracked", {ring_id: 1}, choice=RefundChoice.DO_NOT_SEND)
    desk.refunds.grant(order_id, wish)

    order = desk.orders.get(order_id)
    assert order.refunds[0].amount == usd("64.00")
    assert order.fulfillment_status is FulfillmentStatus.READY, "the closed box was opened"
    assert order.units_to_send == 2
    assert "Rain Ring" not in slip(desk, "#2001")
    assert [entry.what for entry in order.timeline][-3:] == [
        "refund of 64.00 USD granted: the stone is cracked · Rain Ring",
        "parcel opened again",
        "not to be sent: Rain Ring",
    ]
    assert tasks(desk) == ["Refund 64.00 USD for #2001: to be asked for"]

    desk.refunds.ask(order_id, means="PayPal", reference="R-77")
    assert tasks(desk) == ["Refund 64.00 USD for #2001: asked for, not settled yet"]
    desk.refunds.settle(order_id)
    assert tasks(desk) == []
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id)
    sent = desk.orders.get(order_id)
    assert sent.shipments[0].units == ((cuff_id, 2),)
    assert sent.order_status.value == "completed"
    assert sent.payment_status.value == "partially_refunded"
    assert sent.refunds[0].state is RefundState.SETTLED
    assert is_sound(desk.checking.check())

    for _ in range(5):
        desk.history.undo()
    assert desk.orders.get(order_id) == before
    assert is_sound(desk.checking.check())
