"""Money adds up to the cent: reading, sums, one rounding rule, splits that lose nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.money import Money, MoneyError, currency_digits, total_of
from tests.builders import usd

amounts = st.integers(min_value=1 - 10**12, max_value=10**12 - 1)
weights = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=30).filter(any)


@given(amounts, weights)
def test_the_parts_of_a_split_always_add_up_to_the_whole(units: int, shares: list[int]) -> None:
    whole = Money(units, "USD")
    assert total_of(whole.allocate(shares), "USD") == whole


@given(amounts, weights)
def test_each_part_is_its_share_to_within_one_cent(units: int, shares: list[int]) -> None:
    for part, share in zip(Money(units, "USD").allocate(shares), shares, strict=True):
        assert abs(part.minor_units - Decimal(units) * share / sum(shares)) < 1


def test_a_discount_of_7_00_is_spread_over_three_pieces_by_largest_remainder() -> None:
    parts = usd("7.00").allocate([1000, 2000, 1501])
    assert [part.amount for part in parts] == ["1.56", "3.11", "2.33"]


def test_of_equal_remainders_the_earlier_part_gets_the_cent() -> None:
    assert [part.minor_units for part in usd("0.05").allocate([1, 1, 1])] == [2, 2, 1]


def test_a_negative_amount_is_split_as_its_positive_is() -> None:
    assert [part.minor_units for part in usd("-0.05").allocate([1, 1, 1])] == [-2, -2, -1]


@pytest.mark.parametrize("shares", [[], [0, 0], [3, -1]])
def test_a_split_without_proper_weights_is_refused(shares: list[int]) -> None:
    with pytest.raises(MoneyError, match="weights"):
        usd("1.00").allocate(shares)


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("44.00", "USD", 4400),
        ("44", "USD", 4400),
        ("44.5", "USD", 4450),
        (" -3 ", "EUR", -300),
        ("5000", "JPY", 5000),
        ("5000.0", "JPY", 5000),
        ("1.234", "KWD", 1234),
        ("0.10", "USD", 10),
    ],
)
def test_an_amount_is_read_with_its_currencys_own_digits(
    text: str, currency: str, units: int
) -> None:
    assert Money.parse(text, currency) == Money(units, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("44.005", "USD"),
        ("50.5", "JPY"),
        ("", "USD"),
        ("1,234.00", "USD"),
        ("1e3", "USD"),
        ("NaN", "USD"),
        ("４４", "USD"),
        ("44.00", "dollars"),
        ("44.00", "usd"),
        ("9" * 30, "USD"),
    ],
)
def test_what_could_be_misread_is_no_amount(text: str, currency: str) -> None:
    with pytest.raises(MoneyError):
        Money.parse(text, currency)


@pytest.mark.parametrize(
    ("units", "currency", "text"),
    [
        (4400, "USD", "44.00"),
        (5, "USD", "0.05"),
        (-5, "USD", "-0.05"),
        (5000, "JPY", "5000"),
        (1234, "KWD", "1.234"),
        (0, "USD", "0.00"),
    ],
)
def test_an_amount_is_written_with_its_currencys_own_digits(
    units: int, currency: str, text: str
) -> None:
    assert Money(units, currency).amount == text


@given(amounts, st.sampled_from(["USD", "JPY", "KWD"]))
def test_an_amount_that_is_written_is_read_back_the_same(units: int, currency: str) -> None:
    money = Money(units, currency)
    assert Money.parse(money.amount, currency) == money


@pytest.mark.parametrize(
    ("amount", "percent", "share"),
    [("10.05", "10", "1.01"), ("10.04", "10", "1.00"), ("99.99", "12.5", "12.50")],
)
def test_a_share_is_rounded_half_up(amount: str, percent: str, share: str) -> None:
    assert usd(amount).percent(Decimal(percent)) == usd(share)


def test_amounts_of_two_currencies_are_never_added_or_compared() -> None:
    euro = Money.parse("1.00", "EUR")
    for act in (usd("1.00").__add__, usd("1.00").__sub__, usd("1.00").__lt__, usd("1.00").__le__):
        with pytest.raises(MoneyError, match="USD and EUR"):
            act(euro)


def test_amounts_add_subtract_multiply_and_compare() -> None:
    assert usd("1.10") + usd("2.20") == usd("3.30")
    assert usd("1.10") - usd("2.20") == usd("-1.10")
    assert usd("1.10") * 3 == usd("3.30")
    assert usd("1.10") < usd("1.11") <= usd("1.11")
    assert usd("0.01")
    assert not usd("0.00")


def test_nothing_adds_up_to_zero() -> None:
    assert total_of([], "EUR") == Money.zero("EUR")


def test_a_currency_that_nobody_listed_has_two_digits() -> None:
    assert (currency_digits("CHF"), currency_digits("KRW"), currency_digits("OMR")) == (2, 0, 3)
