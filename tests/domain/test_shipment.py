"""What a packing slip says of an order, and what a gift's slip keeps to itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Gift, LineItemId, Order, Promise, Shipment, Variation
from jeweler_desk.domain.shipment import OtherUnits, PackingSlip, SlipLine, packing_slips
from tests.paper_orders import SHOP, a_paper_order, a_piece

FRIDAY = datetime(2026, 10, 9, 15, 0, tzinfo=UTC)
MONDAY = datetime(2026, 10, 12, 15, 0, tzinfo=UTC)


def slips_of(order: Order) -> tuple[PackingSlip, ...]:
    return packing_slips(order, SHOP, ("Maren Holt",))


def slip_of(order: Order) -> PackingSlip:
    (slip,) = slips_of(order)
    return slip


def test_an_unshipped_order_lists_its_units_to_send() -> None:
    ring = a_piece(
        "Ring", 3, units_canceled=1, variations=(Variation("Size", "7"),), personalization="Zoë"
    )
    slip = slip_of(a_paper_order(ring, a_piece("Studs", 1, units_canceled=1)))
    assert slip.lines == (SlipLine("Ring", 2, (Variation("Size", "7"),), "Zoë"),)
    assert (slip.already_sent, slip.to_follow) == ((), ())
    assert (slip.order_number, slip.placed_on, slip.shop) == ("#1041", date(2026, 10, 5), SHOP)


def test_a_partly_shipped_order_lists_what_was_sent_already() -> None:
    slip = slip_of(
        a_paper_order(a_piece("Ring", 2, units_shipped=1), a_piece("Studs", 1, units_shipped=1))
    )
    assert slip.lines == (SlipLine("Ring", 1),)
    assert slip.already_sent == (OtherUnits("Ring", 1), OtherUnits("Studs", 1))


def test_a_shipped_order_has_one_slip_for_each_parcel_in_their_order() -> None:
    promise = Promise(date(2026, 10, 13), date(2026, 10, 13), FRIDAY, "UTC", 1, None)
    order = a_paper_order(
        a_piece("Ring", 2, units_shipped=2),
        a_piece("Studs", 1, units_shipped=1),
        promise=promise,
        shipments=(
            Shipment(MONDAY, ((LineItemId(1), 1), (LineItemId(2), 1)), id=2),
            Shipment(FRIDAY, ((LineItemId(1), 1),), id=1),
        ),
    )
    first, second = slips_of(order)
    assert first.lines == (SlipLine("Ring", 1),)
    later = date(2026, 10, 13)
    assert first.to_follow == (OtherUnits("Ring", 1, later), OtherUnits("Studs", 1, later))
    assert second.lines == (SlipLine("Ring", 1), SlipLine("Studs", 1))
    assert second.already_sent == (OtherUnits("Ring", 1),)
    assert second.to_follow == ()


def test_what_follows_is_dated_by_the_pieces_that_follow_and_not_by_the_whole_order() -> None:
    own = ((LineItemId(1), date(2026, 10, 7)), (LineItemId(2), date(2026, 10, 13)))
    promise = Promise(date(2026, 10, 13), date(2026, 10, 13), FRIDAY, "UTC", 5, None, by_line=own)
    ring_later = a_paper_order(
        a_piece("Studs", 1), a_piece("Ring", 1, units_packed=1), promise=promise
    )
    assert ring_later.ship_by == date(2026, 10, 13)
    assert slip_of(ring_later).to_follow == (OtherUnits("Studs", 1, date(2026, 10, 7)),)
    both_later = a_paper_order(
        a_piece("Studs", 2, units_packed=1), a_piece("Ring", 1), promise=promise
    )
    assert [each.by for each in slip_of(both_later).to_follow] == [
        date(2026, 10, 7),
        date(2026, 10, 13),
    ]


def test_a_parcel_whose_channel_does_not_say_what_was_in_it_held_everything() -> None:
    order = a_paper_order(a_piece("Ring", 2, units_shipped=2), shipments=(Shipment(None, ()),))
    assert slip_of(order).lines == (SlipLine("Ring", 2),)


def test_an_order_with_nothing_to_send_and_nothing_sent_has_no_slip() -> None:
    assert slips_of(a_paper_order(a_piece("Ring", 1, units_canceled=1))) == ()


def test_a_slip_thanks_the_buyer_and_nobody_who_may_have_got_a_gift() -> None:
    assert slip_of(a_paper_order()).thanks == "Thank you for your order."
    for gift in (Gift.YES, Gift.UNKNOWN):
        thanks = slip_of(a_paper_order(gift=gift)).thanks
        assert "order" not in thanks
        assert "Thank you" not in thanks


def test_notes_and_details_come_in_words() -> None:
    order = a_paper_order(
        notes="  Ring the bell.\nThanks! ",
        note_attributes=(
            Variation("engraving_font", "Script"),
            Variation("_cart_id", "9f3"),
            Variation("gift_message", "Love"),
            Variation(None, "blue box"),
            Variation("Empty", " "),
        ),
    )
    slip = slip_of(order)
    assert slip.note == "Ring the bell.\nThanks!"
    assert slip.details == (Variation("Engraving font", "Script"), Variation(None, "blue box"))
    assert slip_of(a_paper_order(notes=" ")).note is None


GIFT = a_paper_order(
    a_piece(
        "Pearl Drops – now $44.00",
        variations=(Variation("Box", "velvet (+$5.00)"), Variation("Price 44.00", "44.00")),
        personalization="worth €100",
    ),
    a_piece("$12.00"),
    gift=Gift.YES,
    customer="Sam Ortiz",
    email="sam@example.com",
    phone="+1 919 555 0199",
    discount_code="LOYAL7",
    payment_method="Visa ending 4242",
    gift_message="Happy birthday!",
    notes="I used LOYAL7. Reach me at sam@example.com or +1 919 555 0199.",
    note_attributes=(Variation("coupon", "LOYAL7"), Variation("Wrap", "yes")),
    billing_address=PostalAddress("Sam Ortiz", address1="77 Payer Street"),
    total=Money(6100, "USD"),
)


def test_a_gifts_slip_holds_no_amount_code_or_way_to_reach_the_buyer() -> None:
    told = "\n".join(slip_of(GIFT).texts)
    for secret in (
        "$",
        "€",
        "44",
        "100",
        "5.00",
        "LOYAL7",
        "sam@",
        "0199",
        "Payer",
        "Visa",
        "Ortiz",
    ):
        assert secret not in told
    assert [line.title for line in slip_of(GIFT).lines] == ["Pearl Drops", "Your piece"]
    assert slip_of(GIFT).lines[0].variations == (Variation("Box", "velvet"),)
    assert slip_of(GIFT).details == (Variation("Wrap", "yes"),)


def test_what_a_gifts_slip_leaves_out_is_said_before_printing() -> None:
    warnings = slip_of(GIFT).warnings
    assert (
        "The title “Pearl Drops – now $44.00” names a price; it is printed without it." in warnings
    )
    assert any(warning.startswith("A choice of “Pearl Drops") for warning in warnings)
    assert any("Engrave from the order, not from the slip" in warning for warning in warnings)
    assert any(warning.startswith("The buyer's note names") for warning in warnings)
    assert any("“coupon”" in warning for warning in warnings)
    assert len(set(warnings)) == len(warnings)


def test_an_order_that_may_be_a_gift_is_treated_as_one() -> None:
    assert slip_of(replace(GIFT, gift=Gift.UNKNOWN)).lines == slip_of(GIFT).lines


def test_a_title_is_the_buyers_own_when_the_order_is_no_gift() -> None:
    slip = slip_of(replace(GIFT, gift=Gift.NO))
    assert slip.lines[0].title == "Pearl Drops – now $44.00"
    assert slip.warnings == ()


@pytest.mark.parametrize("gift", Gift)
def test_no_slip_ever_names_the_price_of_a_line(gift: Gift) -> None:
    assert "44" not in "".join(slip_of(a_paper_order(gift=gift)).texts).replace("1041", "")
