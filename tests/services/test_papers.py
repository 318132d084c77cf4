"""The papers of real orders: what is printed, what is left out, what is said beforehand."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from jeweler_desk.domain.order import Gift, OrderId, Stage
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.papers import OF_THE_SHOP, PrintWarning
from tests.builders import BUYER, a_line, an_order
from tests.paper_orders import text_of, words_of


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A desk whose shop has said all that stands on paper."""
    desk.settings.set("shop.name", "Wren & Thistle")
    desk.settings.set("shop.address", "12 Bellflower Road")
    desk.settings.set("shop.signature", "Hazel Wren")
    desk.settings.set("shop.country", "US")
    return desk


def added(desk: Desk, number: str = "#1041", **cells: object) -> OrderId:
    order_id, _changes = desk.orders.add(replace(an_order(), number=number, **cells))  # type: ignore[arg-type]  # cells of NewOrder
    return order_id


def test_a_slip_is_printed_from_the_orders_own_facts(shop: Desk) -> None:
    printed = shop.papers.packing_slips_job([added(shop, gift=Gift.NO)])()
    words = words_of(printed.pdf)
    assert (printed.pages, printed.orders, printed.warnings) == (1, ("#1041",), ())
    for told in ("Wren & Thistle", "Hannah Lindqvist", "Portland, ME 04101", "United States (US)"):
        assert told in words
    assert "1 × Silver Ring" in words
    assert "40.00" not in words


def test_a_job_holds_its_facts_and_does_not_look_again(shop: Desk) -> None:
    order_id = added(shop)
    job = shop.papers.packing_slips_job([order_id])
    shop.settings.set("shop.name", "Another Name")
    assert "Wren & Thistle" in words_of(job().pdf)
    assert job().pdf == job().pdf


def test_slips_come_in_the_order_asked_for_and_each_once(shop: Desk) -> None:
    first, second = added(shop, "#1"), added(shop, "#2")
    printed = shop.papers.packing_slips_job([second, first, second])()
    assert (printed.orders, printed.pages) == (("#2", "#1"), 2)


def test_an_order_that_fails_the_gate_is_left_out_and_named(shop: Desk) -> None:
    paid, unpaid = added(shop, "#1"), added(shop, "#2", charges=(), paid_on=None)
    held = added(shop, "#3")
    shop.orders.hold(held, "ring size?")
    printed = shop.papers.packing_slips_job([paid, unpaid, held])()
    assert printed.orders == ("#1",)
    assert printed.warnings == (
        PrintWarning("#2", "Order #2 is unpaid: its money does not allow packing. It is left out."),
        PrintWarning("#3", "Order #3 is on hold: ring size?. It is left out."),
    )
    assert shop.papers.warnings([paid, unpaid, held]) == list(printed.warnings)


def test_nothing_left_to_print_is_refused_with_every_reason(shop: Desk) -> None:
    unpaid = added(shop, "#2", charges=(), paid_on=None)
    canceled = added(shop, "#3", is_canceled=True)
    with pytest.raises(
        RefusedError, match=r"Nothing was printed\. Order #2 is unpaid.*#3 is cance"
    ):
        shop.papers.packing_slips_job([unpaid, canceled])
    with pytest.raises(RefusedError, match="Nothing was printed"):
        shop.papers.cards_job([unpaid])


def test_a_shipped_order_may_be_printed_again(shop: Desk) -> None:
    order_id = added(shop)
    shop.fulfillment.set_stage(order_id, Stage.READY)
    shop.fulfillment.finish_packing(order_id)
    shop.fulfillment.ship(order_id, "USPS", "9400")
    assert "1 × Silver Ring" in words_of(shop.papers.packing_slips_job([order_id])().pdf)


def test_what_the_shop_has_not_said_is_left_off_with_a_warning(desk: Desk) -> None:
    order_id = added(desk, gift=Gift.NO)
    slips = desk.papers.packing_slips_job([order_id])().warnings
    cards = desk.papers.cards_job([order_id])().warnings
    assert [each.order for each in (*slips, *cards)] == [OF_THE_SHOP] * 3
    assert [each.what.split()[2] for each in (*slips, *cards)] == [
        "shop.name",
        "shop.address",
        "shop.signature",
    ]


def test_a_character_no_font_has_is_named_before_printing_and_printed_as_its_code(
    shop: Desk,
) -> None:
    order_id = added(shop, address=replace(BUYER, name="𠮶野 健"), gift=Gift.NO, customer="𠮶野 健")
    warning = PrintWarning("#1041", "No font has “𠮶”; printed as [U+20BB6].")
    assert shop.papers.warnings([order_id]) == [warning]
    assert shop.papers.warnings([order_id], PaperKind.CARDS) == [warning]
    printed = shop.papers.packing_slips_job([order_id])()
    assert printed.warnings == (warning,)
    assert "[U+20BB6]野 健" in words_of(printed.pdf)
    assert "Dear [U+20BB6]野 健," in words_of(shop.papers.cards_job([order_id])().pdf)


def test_a_control_character_is_named_as_such(shop: Desk) -> None:
    order_id = added(shop, gift=Gift.NO, notes="bell\x07")
    assert shop.papers.warnings([order_id]) == [
        PrintWarning("#1041", "No font has a control character; printed as [U+0007].")
    ]


def test_a_gifts_papers_hold_no_amount_and_its_title_loses_the_price(shop: Desk) -> None:
    gift = an_order(
        a_line("Pearl Drops – now $44.00", "44.00"),
        number="#7",
        gift=Gift.YES,
        gift_message="Happy birthday, Ana!\nLove, Sam",
        customer="Sam Ortiz",
        address=replace(BUYER, name="Ana Lima"),
        discount_code="LOYAL7",
    )
    order_id, _changes = shop.orders.add(gift)
    slip = shop.papers.packing_slips_job([order_id])()
    words = words_of(slip.pdf)
    assert "Pearl Drops" in words
    for secret in ("44", "$", "LOYAL7", "Sam"):
        assert secret not in words
    assert slip.warnings == (
        PrintWarning(
            "#7", "The title “Pearl Drops – now $44.00” names a price; it is printed without it."
        ),
    )
    card = shop.papers.cards_job([order_id])()
    assert words_of(card.pdf) == "Happy birthday, Ana! Love, Sam Wren & Thistle"
    assert card.warnings == ()


def test_prices_asked_for_where_it_may_be_a_gift_are_said_to_be_missing(shop: Desk) -> None:
    order_id = added(shop, gift=Gift.UNKNOWN)
    made = shop.papers.packing_slips_job([order_id], prices=True)()
    told = "Whether it is a gift is not known, so its slip has no prices."
    assert PrintWarning("#1041", told) in made.warnings
    assert "$" not in words_of(made.pdf)
    assert shop.papers.packing_slips_job([order_id])().warnings == ()


def test_a_card_is_shown_large_in_the_words_it_is_printed_in(shop: Desk) -> None:
    order_id = added(shop, gift=Gift.NO)
    text = shop.papers.card_text(order_id)
    assert text.startswith("Dear Hannah,\n\nThank you")
    assert text.endswith("Yours truly,\nHazel Wren")
    printed = shop.papers.cards_job([order_id], "iso-a6")()
    assert " ".join(text.split()) in words_of(printed.pdf)
    assert (printed.pages, printed.orders) == (1, ("#1041",))


def test_an_order_without_a_name_to_greet_has_advice_in_place_of_a_card(shop: Desk) -> None:
    nameless = added(shop, "#1", customer="h.lind", address=replace(BUYER, name=None))
    assert shop.papers.card_text(nameless).startswith("No name to greet is known.")
    with pytest.raises(RefusedError, match=r"#1: No name to greet"):
        shop.papers.cards_job([nameless])
    printed = shop.papers.cards_job([nameless, added(shop, "#2")])()
    assert printed.orders == ("#2",)
    assert printed.warnings[0].order == "#1"


def test_a_second_order_of_one_person_never_gets_the_same_card(shop: Desk) -> None:
    ids = [added(shop, f"#{number}", gift=Gift.NO, email="h@example.com") for number in range(1, 8)]
    texts = [shop.papers.card_text(order_id) for order_id in ids]
    assert len(set(texts)) == 7
    assert "seventh order" in texts[6] or "once more" in texts[6]


def test_another_person_of_the_same_name_is_not_taken_for_the_first(shop: Desk) -> None:
    added(shop, "#1", gift=Gift.NO, email="h@example.com")
    other = added(shop, "#2", gift=Gift.NO, email="hannah@example.org")
    assert "second" not in shop.papers.card_text(other)
    assert "once more" not in shop.papers.card_text(other)


def test_the_shops_country_chooses_the_paper_unless_a_stock_is_named(shop: Desk) -> None:
    order_id = added(shop)
    american = shop.papers.packing_slips_job([order_id])().pdf
    shop.settings.set("shop.country", "DE")
    german = shop.papers.packing_slips_job([order_id])().pdf
    assert american != german
    assert shop.papers.packing_slips_job([order_id], "letter")().pdf == american
    with pytest.raises(RefusedError, match="no stock “napkin”"):
        shop.papers.packing_slips_job([order_id], "napkin")
    with pytest.raises(RefusedError, match="no stock “napkin”"):
        shop.papers.cards_job([order_id], "napkin")


def test_printing_is_noted_in_each_orders_timeline_as_one_step(shop: Desk) -> None:
    first, second = added(shop, "#1"), added(shop, "#2")
    left_out = added(shop, "#3", charges=(), paid_on=None)
    ids = [first, second, left_out]
    printed = shop.papers.packing_slips_job(ids)()
    changes = shop.papers.record_printed(ids, printed, PaperKind.PACKING_SLIPS)
    assert Topic.ORDERS in changes
    assert shop.history.undo_label() == "Print 2 packing slips"
    assert [entry.what for entry in shop.orders.get(first).timeline][-1] == "packing slip printed"
    assert "packing slip printed" not in [e.what for e in shop.orders.get(left_out).timeline]
    card = shop.papers.cards_job([second])()
    shop.papers.record_printed([second], card, PaperKind.CARDS)
    assert shop.history.undo_label() == "Print card #2"


def test_an_address_that_begins_with_the_shops_name_does_not_say_it_twice(shop: Desk) -> None:
    order_id = added(shop)
    shop.settings.set("shop.address", "wren & thistle\n12 Mill Lane\nPortland, ME 04101")
    made = (shop.papers.packing_slips_job([order_id])(), shop.address_labels.job([order_id])())
    for each in made:
        words = words_of(each.pdf).casefold()
        assert words.count("wren & thistle") == 1
        assert "12 mill lane" in words


def test_a_japanese_address_keeps_its_ward_on_the_slip(shop: Desk) -> None:
    address = replace(
        BUYER,
        name="佐藤 美咲",
        address1="神宮前1-2-3",
        city="渋谷区",
        region="東京都",
        country="Japan",
    )
    text = text_of(shop.papers.packing_slips_job([added(shop, address=address)])().pdf)
    assert "東京都 渋谷区" in text
    assert "神宮前1-2-3" in text


def test_the_service_of_papers_costs_a_starting_window_nothing() -> None:
    program = (
        "import sys; import jeweler_desk.services.papers;"
        "print([name for name in ('reportlab', 'uharfbuzz', 'babel', 'PIL', 'bidi')"
        " if name in sys.modules])"
    )
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert seen.stdout.decode().strip() == "[]"
