"""What a gift's paper keeps to itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.discretion import Discretion
from jeweler_desk.domain.money import Money
from tests.paper_orders import a_paper_order

ORDER = a_paper_order(
    discount_code="LOYAL7",
    phone="+1 (919) 555-0143",
    billing_address=PostalAddress(phone="020 7946 0018 55"),
)
DISCRETION = Discretion(ORDER)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Moon Ring ($44.00)", "Moon Ring"),
        ("Moon Ring - $44", "Moon Ring"),
        ("Moon Ring – now only $44.00!", "Moon Ring!"),
        ("Ring for 44 USD", "Ring"),
        ("€12,50 Anhänger", "Anhänger"),
        ("Anhänger 12,50 €", "Anhänger"),
        ("Ring US$ 1,250.00 solid gold", "Ring solid gold"),
        ("Ring (44 EUR) - silver", "Ring - silver"),
        ("Ring | $44 | Silver", "Ring | Silver"),
        ("Anel R$ 100,00", "Anel"),
        ("Ring CHF 1'250.00", "Ring"),
        ("指輪 ¥5000", "指輪"),
        ("指輪 ￥5,000", "指輪"),
        ("12 kr ring", "ring"),
        ("Bracelet 120 zł", "Bracelet"),
        ("Pendant, 30 dollars", "Pendant"),
        ("Ring 44.00", "Ring"),
        ("Ring 44,00", "Ring"),
        ("Gift box (+$5.00)", "Gift box"),
        ("20% off Moon Ring", "Moon Ring"),
        ("$ sign pendant", "sign pendant"),
        ("Use loyal7 at checkout", "Use at checkout"),
        ("write to sam@example.com please", "write to please"),
        ("call 919-555-0143 first", "call first"),
        ("call 0207 946 001855 first", "call first"),
    ],
)
def test_amounts_codes_and_ways_to_reach_the_buyer_are_left_out(written: str, printed: str) -> None:
    kept = DISCRETION.kept(written)
    assert (kept.text, kept.was_changed) == (printed, True)


@pytest.mark.parametrize(
    "written",
    [
        "14k gold, 925 silver, size 7",
        "5-7 mm, 0.5 ct, 2 x 3",
        "Name: Ana   (double  blanks)",
        "05·10·2026 – 18 in",
        "M & A / 1998-2026",
        "LOYAL77 LOYALTY",
        "parcel 4711 0815 99 12",
        "",
        "one\n\ntwo",
    ],
)
def test_what_is_no_amount_stays_blank_for_blank(written: str) -> None:
    kept = DISCRETION.kept(written)
    assert (kept.text, kept.was_changed) == (written, False)


def test_an_amount_of_whole_yen_is_known_by_the_orders_own_figures() -> None:
    yen = Discretion(replace(ORDER, total=Money(5000, "JPY"), line_items=()))
    assert yen.kept("指輪 5,000 のみ").text == "指輪 のみ"
    assert yen.kept("指輪 5000").text == "指輪"
    assert Discretion(replace(ORDER, total=Money(50, "JPY"))).kept("50 beads").text == "50 beads"


def test_only_the_line_that_names_a_price_is_changed() -> None:
    assert DISCRETION.kept("Happy  birthday\nit cost $44.00\nlove").text == (
        "Happy  birthday\nit\nlove"
    )


@given(st.decimals(Decimal("0.01"), Decimal(99999), places=2), st.sampled_from("$€£¥₹"))
def test_no_amount_with_a_sign_ever_comes_through(amount: Decimal, sign: str) -> None:
    for written in (f"Ring {sign}{amount} silver", f"Ring {amount:,} {sign}", f"{sign} {amount}"):
        text = DISCRETION.kept(written).text
        assert sign not in text
        assert str(amount) not in text
        assert "." not in text
