"""In the evening two parcels were marked as handed over; in the morning they lie on the table."""

from __future__ import annotations

from jeweler_desk.domain.letter import LetterState
from jeweler_desk.domain.order import FulfillmentStatus, OrderStatus
from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.dialogs.say_why import SayWhy
from tests.fakes import FixedClock
from tests.services.marketplace_files import Exports
from tests.stories.at_the_window import AtTheWindow


def test_a_wrong_shipped_is_taken_back_next_morning(
    seller: AtTheWindow, clock: FixedClock, exports: Exports
) -> None:
    file = exports.shopify({}, {"Name": "#2002"})
    seller.takes_in(file)
    for number in ("2001", "2002"):
        seller.makes(number)
        seller.packs(number)
        assert seller.hands_over(number, "USPS") == ""
    letters = seller.desk.letters
    letter_id, _ = letters.write(seller.order("2002").id, "shipping")
    letters.given_elsewhere(letter_id)
    assert seller.view(View.SHIPPED) == ["#2002", "#2001"]

    clock.goes_on(hours=22)
    form = seller.begins("order.not_shipped", "2001", SayWhy)
    assert seller.presses(form) == "Write in a few words what happened."
    form.words.line.setText("it lies on the table")
    assert seller.presses(form) == ""
    back = seller.order("2001")
    assert (back.fulfillment_status, back.units_to_send) == (FulfillmentStatus.PACKED, 1)
    assert (back.order_status, back.shipments) == (OrderStatus.OPEN, ())
    assert back.undone_shipments[0].undone_at == clock.now()
    assert [entry.what for entry in back.timeline][-2:] == [
        "not shipped after all: it lies on the table · Ring",
        "if the buyer was told that it left, write a correction",
    ]
    assert letters.of_order(back.id) == []
    assert seller.places()["to-ship"] == ["#2001"]

    seller.takes_in(file)
    assert seller.order("2001").fulfillment_status is FulfillmentStatus.PACKED, "her word stands"
    form = seller.begins("order.not_shipped", "2002", SayWhy)
    form.words.line.setText("the post did not take it")
    assert seller.presses(form) == ""
    assert "a correction lies among your letters as a draft" in seller.panel("2002")
    shipping, correction = letters.of_order(seller.order("2002").id)
    assert (correction.state, shipping.state) == (LetterState.DRAFT, LetterState.ELSEWHERE)
    assert correction.subject == "A correction about your order #2002"
    seller.takes_back()
    assert len(letters.of_order(seller.order("2002").id)) == 1, "the draft is gone with it"
    assert seller.order("2002").fulfillment_status is FulfillmentStatus.SHIPPED

    assert seller.hands_over("2001", "USPS", "9400111899223") == ""
    sent = seller.order("2001")
    assert [each.shipped_at for each in sent.shipments] == [clock.now()]
    assert seller.is_sound()


def test_its_promise_lives_again(seller: AtTheWindow, clock: FixedClock, exports: Exports) -> None:
    seller.takes_in(exports.shopify({}))
    seller.makes("2001")
    seller.packs("2001")
    seller.hands_over("2001")
    clock.goes_on(days=15)
    assert seller.view(View.LATE) == []
    form = seller.begins("order.not_shipped", "2001", SayWhy)
    form.words.line.setText("it fell behind the table")
    seller.presses(form)
    assert seller.view(View.LATE) == ["#2001"]
    assert any("#2001" in each for each in seller.reminders())
