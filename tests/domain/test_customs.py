"""Customs: what stands on the form, which code is likely, what they refuse, what was paid."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.customs import (
    HS_CODES,
    CustomsError,
    CustomsFacts,
    CustomsForm,
    CustomsLine,
    CustomsSheet,
    checked_facts,
    declared_line,
    description_findings,
    goods_value,
    missing_facts,
    share_of,
    suggested_codes,
    with_units,
)
from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import LineItem, LineItemId
from tests.paper_orders import a_paper_order, a_piece

SILVER = CustomsFacts(
    "ring, sterling silver, set with garnet", "sterling silver", "711311", "US", 5
)


def a_line(title: str = "Moon Ring", units: int = 1, facts: CustomsFacts = SILVER) -> CustomsLine:
    return CustomsLine(title, units, facts, Money(4400, "USD"))


def a_sheet(*lines: CustomsLine, phone: str = "+49 30 555", is_gift: bool = False) -> CustomsSheet:
    made_on = date(2026, 10, 5)
    return CustomsSheet(
        "#1041", made_on, ("Wren",), ("Jo", "DE"), phone, lines or (a_line(),), None, is_gift
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Hammered sterling silver stacking ring", "711311"),
        ("gold vermeil over silver pendant", "711311"),
        ("14k gold wedding band", "711319"),
        ("platinum solitaire", "711319"),
        ("gold filled hoops", "711320"),
        ("gold-filled hoops", "711320"),
        ("gold plated brass cuff", "711719"),
        ("braided copper cuff", "711719"),
        ("freshwater pearl strand", "711610"),
        ("strung lapis beads", "711620"),
        ("resin and wood earrings", "711790"),
        ("brass cuff links", "711711"),
        ("silver cuff links", "711311"),
        ("vermeil on brass hoops", "711719"),
        ("gold-plated ring", "711719"),
        ("gold-plated sterling silver ring", "711311"),
        ("rhodium-plated 18k white gold band", "711319"),
        ("silver-plated copper cuff", "711719"),
        ("silver-filled hoops", "711320"),
        ("rolled gold bangle", "711320"),
        ("gold-tone resin hoops", "711790"),
        ("loose cultured pearls, 6 mm", "710122"),
        ("loose diamond, brilliant cut", "710239"),
        ("loose lab-grown diamond", "710491"),
        ("loose sapphire, oval", "710391"),
        ("loose labradorite stones", "710399"),
        ("Georgian mourning brooch, antique", "970600"),
    ],
)
def test_the_likeliest_code_comes_first(words: str, code: str) -> None:
    assert suggested_codes([words])[0].code == code


def test_silver_is_never_suggested_as_clad_metal() -> None:
    assert "711320" not in [each.code for each in suggested_codes(["sterling silver ring"])]
    assert "silver" not in next(each.words for each in HS_CODES if each.code == "711320")


def test_a_coat_or_a_color_is_no_metal() -> None:
    for words in ("gold plated brass cuff", "gold-filled hoops", "gold-tone brass ring"):
        assert "711319" not in [each.code for each in suggested_codes([words])], words
    assert suggested_codes(["Marigold earrings"]) == ()
    assert [each.code for each in suggested_codes(["brass ring, gold plated"])] == ["711719"]


def test_no_work_of_art_and_no_watch_is_ever_suggested() -> None:
    assert not any(each.code.startswith(("9701", "91")) for each in HS_CODES)


def test_nothing_is_suggested_of_words_that_say_nothing() -> None:
    assert suggested_codes(["A little something"]) == ()


@pytest.mark.parametrize(
    "text", ["gift", "jewelry gift for her", "accessories", "decorative item, handmade", "ring"]
)
def test_words_that_customs_refuse_are_named(text: str) -> None:
    assert description_findings(text)


def test_a_good_description_has_no_finding() -> None:
    assert description_findings("ring, sterling silver, set with labradorite") == ()
    assert description_findings("gifted maker's ring of silver") == (), "a word inside another"


def test_codes_origin_and_weight_are_tidied_or_refused() -> None:
    tidy = checked_facts(CustomsFacts(" a  ring ", " silver ", "7113.11", "us", 5))
    assert tidy == CustomsFacts("a ring", "silver", "711311", "US", 5)
    for wrong in (
        CustomsFacts(hs_code="7113.1"),
        CustomsFacts(origin="USA"),
        CustomsFacts(net_grams=0),
        CustomsFacts(net_grams=30_001),
    ):
        with pytest.raises(CustomsError):
            checked_facts(wrong)


def test_the_form_follows_the_value() -> None:
    assert a_sheet().form is CustomsForm.CN22
    dear = CustomsLine("Solitaire", 1, SILVER, Money(40001, "USD"))
    assert a_sheet(dear).form is CustomsForm.CN23
    exotic = CustomsLine("Ring", 1, SILVER, Money(100, "XPF"))
    assert a_sheet(exotic).form is None


def test_what_is_not_known_is_said_and_a_gift_is_still_sold() -> None:
    assert missing_facts(a_sheet()) == ()
    bare = missing_facts(a_sheet(a_line(facts=CustomsFacts()), phone=""))
    assert "no HS code" in bare[0] and "no weight" in bare[0]
    assert any("phone" in each for each in bare)
    assert any("tell the buyer" in each for each in missing_facts(a_sheet(is_gift=True)))


def test_weights_add_up_only_when_each_is_known() -> None:
    assert a_sheet(a_line(units=3)).net_grams == 15
    assert a_sheet(a_line(), a_line(facts=CustomsFacts())).net_grams is None


def test_a_discount_of_the_whole_order_is_spread_over_its_pieces() -> None:
    order = a_paper_order(
        a_piece("A", unit_price=Money(1000, "USD")),
        a_piece("B", unit_price=Money(2000, "USD")),
        a_piece("C", unit_price=Money(1501, "USD")),
        discount=Money(700, "USD"),
    )
    assert [each.minor_units for each in goods_value(order).values()] == [844, 1689, 1268]


@given(
    prices=st.lists(st.integers(0, 50_000), min_size=1, max_size=6),
    percent=st.integers(0, 100),
)
def test_what_was_paid_for_the_pieces_adds_up_to_the_cent(prices: list[int], percent: int) -> None:
    discount = sum(prices) * percent // 100
    pieces = [a_piece(f"P{at}", unit_price=Money(each, "USD")) for at, each in enumerate(prices)]
    order = a_paper_order(*pieces, discount=Money(discount, "USD"))
    paid = goods_value(order)
    assert total_of(paid.values(), "USD").minor_units == sum(prices) - discount
    assert all(each.minor_units >= 0 for each in paid.values())


@given(st.integers(0, 10_000), st.integers(1, 9))
def test_units_of_one_line_share_its_price_without_losing_a_cent(paid: int, count: int) -> None:
    line = LineItem("Ring", count, id=LineItemId(1))
    shares = [share_of(line, units, Money(paid, "USD")).minor_units for units in range(count + 1)]
    assert shares[0] == 0 and shares[-1] == paid
    assert shares == sorted(shares)


def test_a_parcel_holds_what_is_to_send_and_later_what_was_sent() -> None:
    order = a_paper_order(a_piece("A", 2), a_piece("B", 1, units_shipped=1, units_packed=1))
    assert [(line.title, units) for line, units in with_units(order)] == [("A", 2)]
    gone = a_paper_order(a_piece("A", 2, units_shipped=2, units_packed=2))
    assert [(line.title, units) for line, units in with_units(gone)] == [("A", 2)]


def test_a_piece_given_free_is_worth_its_price_to_customs() -> None:
    order = a_paper_order(a_piece("A", unit_price=Money(6400, "USD")), discount=Money(6400, "USD"))
    (line,) = order.line_items
    told = declared_line(line, 1, SILVER, goods_value(order)[line.id])
    assert told.is_free and told.value == Money(6400, "USD")
    assert missing_facts(a_sheet(told)) == ()
    dear = declared_line(line, 1, SILVER, Money(100, "USD"))
    assert not dear.is_free and dear.value == Money(100, "USD")


def test_a_piece_without_a_price_asks_for_its_value() -> None:
    nothing = CustomsLine("Spare clasp", 1, SILVER, Money(0, "USD"))
    (told,) = missing_facts(a_sheet(nothing))
    assert told.startswith("“Spare clasp” has no price")
