"""Amounts in all the ways the marketplaces write them, and the ones nobody may guess at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.money import Money, currency_digits
from jeweler_desk.imports.money_cells import (
    CURRENCIES,
    MoneyCellError,
    currency_code,
    parse_money,
)


@pytest.mark.parametrize(
    ("text", "currency", "minor_units"),
    [
        ("44.00", "USD", 4400),
        ("14.5", "USD", 1450),
        ("54", "USD", 5400),
        ("0", "USD", 0),
        ("$1,234.50", "USD", 123450),
        ("1.234,56", "EUR", 123456),
        ("AU $13.00", "AUD", 1300),
        ("EUR 90,00", "EUR", 9000),
        ("116,99 €", "EUR", 11699),
        ("CA$76.00", "CAD", 7600),
        ("£29.99", "GBP", 2999),
        ("(33.62)", "USD", -3362),
        ("($33.62)", "USD", -3362),
        ("-$0.98", "USD", -98),
        ("$-0.98", "USD", -98),
        ("−5.00", "USD", -500),
        ("1\u00a0234,50\u00a0€", "EUR", 123450),
        ("1’234.50", "CHF", 123450),
        ("1'234.50", "CHF", 123450),
        ("1,234,567", "USD", 123456700),
        ("1.234.567", "EUR", 123456700),
        ("1 234", "EUR", 123400),
        ("5000", "JPY", 5000),
        ("5,000", "JPY", 5000),
        ("¥5,000", "JPY", 5000),
        ("5000.00", "JPY", 5000),
        ("1.234", "KWD", 1234),
        ("1,234.567", "KWD", 1234567),
        ("7.5000", "USD", 750),
        ("USD 12.00", "USD", 1200),
        ("12.00 usd", "USD", 1200),
    ],
)
def test_an_amount_is_read_as_it_was_meant(text: str, currency: str, minor_units: int) -> None:
    assert parse_money(text, currency) == Money(minor_units, currency)


@pytest.mark.parametrize("text", ["", "  ", "--", "—"])
def test_a_blank_cell_is_no_amount(text: str) -> None:
    assert parse_money(text, "USD") is None


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1,234", "USD"),
        ("1.234", "EUR"),
        ("12,345", "EUR"),
        ("$1,234", "USD"),
        ("1,234", "KWD"),
        ("1234,567", "JPY"),
        ("0.123", "USD"),
        ("0,123", "JPY"),
        ("1.005", "USD"),
        ("12.345,678", "EUR"),
        ("5.5", "JPY"),
        ("12,34.50", "USD"),
        ("1,23,456.00", "USD"),
        ("1,234,56", "USD"),
        ("1.5 0", "USD"),
        ("free", "USD"),
        ("4.4E+01", "USD"),
        ("--5", "USD"),
        ("(-5.00)", "USD"),
        ("-$-5.00", "USD"),
        ("$5.00 €", "USD"),
        ("£5.00", "USD"),
        ("EUR 5.00", "USD"),
        ("5.00 hours", "USD"),
        ("٤٤.٠٠", "USD"),
        ("9999999999999.00", "USD"),
    ],
)
def test_what_is_no_amount_or_could_be_two_is_refused(text: str, currency: str) -> None:
    with pytest.raises(MoneyCellError, match="“"):
        parse_money(text, currency)


@given(
    st.integers(-(10**11), 10**11),
    st.sampled_from(["USD", "EUR", "JPY", "KWD"]),
    st.sampled_from(["plain", "us", "de", "fr"]),
)
def test_every_way_of_writing_an_amount_gives_that_amount_or_a_refusal(
    minor_units: int, currency: str, style: str
) -> None:
    money = Money(minor_units, currency)
    whole, point, decimals = money.amount.removeprefix("-").partition(".")
    grouped, mark = f"{int(whole):,}", "."
    if style == "plain":
        grouped = whole
    if style == "de":
        grouped, mark = grouped.replace(",", "."), ","
    if style == "fr":
        grouped, mark = grouped.replace(",", "\u202f"), ","
    text = ("-" if minor_units < 0 else "") + grouped + (mark + decimals if point else "")
    try:
        assert parse_money(text, currency) == money
    except MoneyCellError:
        assert currency_digits(currency) == 3 and style in {"de", "fr"}


@given(st.text(max_size=12), st.sampled_from(["USD", "JPY"]))
def test_no_cell_whatever_stops_the_reading(text: str, currency: str) -> None:
    try:
        found = parse_money(text, currency)
    except MoneyCellError:
        return
    assert found is None or found.currency == currency


def test_a_currency_is_one_that_is_in_use() -> None:
    assert currency_code(" usd ") == "USD"
    assert {"USD", "EUR", "GBP", "JPY", "XPF"} <= CURRENCIES
    with pytest.raises(MoneyCellError, match="“XXX” is not known"):
        currency_code("XXX")
    with pytest.raises(MoneyCellError, match="missing"):
        currency_code(" ")
