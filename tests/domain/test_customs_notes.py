"""What a parcel's country asks for, by the goods' value and the day."""

from __future__ import annotations

from datetime import date

import pytest

from jeweler_desk.domain.customs import (
    CustomsFacts,
    CustomsForm,
    CustomsLine,
    CustomsSheet,
    lacking_facts,
)
from jeweler_desk.domain.customs_notes import EUROPEAN_UNION, NOTES, notes_for
from jeweler_desk.domain.money import Money

TODAY = date(2026, 11, 22)


def told(country: str, amount: str, currency: str, on: date = TODAY) -> str:
    return " ".join(notes_for(country, Money.parse(amount, currency), on))


def test_the_flat_duty_of_the_european_union_is_told_up_to_its_limit_and_from_its_day() -> None:
    assert "3 euros of duty" in told("DE", "150.00", "EUR")
    assert "3 euros of duty" not in told("DE", "150.01", "EUR")
    assert "3 euros of duty" in told("DE", "900.00", "USD"), "dollars cannot be compared"
    assert "3 euros of duty" not in told("DE", "20.00", "EUR", date(2026, 6, 30))
    assert len(EUROPEAN_UNION) == 27


def test_the_united_kingdoms_limit_parts_who_pays() -> None:
    assert "takes the VAT at the sale" in told("GB", "135.00", "GBP")
    assert "buyer pays duty" in told("GB", "135.01", "GBP")
    assert "buyer pays duty" not in told("GB", "135.00", "GBP")


def test_everywhere_posts_ask_for_codes_from_the_day_they_do() -> None:
    assert told("CA", "50.00", "CAD") == "Posts ask for an HS code of six digits for each piece."
    assert told("CA", "50.00", "CAD", date(2025, 8, 31)) == ""
    assert "Posts ask" not in told("DE", "50.00", "EUR"), "the Union's own rule says it"
    assert notes_for(None, Money.parse("1.00", "USD"), TODAY) == ()
    assert all(each.since.year > 2018 for each in NOTES)


def test_how_the_postal_service_takes_jewelry_is_told_of_parcels_from_there_only() -> None:
    value = Money.parse("50.00", "CAD")
    assert "Registered Mail" in " ".join(notes_for("CA", value, TODAY, "US"))
    assert "Registered Mail" not in " ".join(notes_for("CA", value, TODAY, "DE"))


def test_in_northern_ireland_product_safety_is_the_unions() -> None:
    assert "Northern Ireland" in told("GB", "20.00", "GBP")


@pytest.mark.parametrize(("grams", "form"), [(2000, "CN22"), (2001, "CN23"), (None, "CN22")])
def test_a_parcel_of_more_than_two_kilograms_wants_the_larger_form(
    grams: int | None, form: str
) -> None:
    line = CustomsLine("Ring", 1, CustomsFacts(net_grams=grams), Money.parse("20.00", "USD"))
    sheet = CustomsSheet("#1", TODAY, (), (), "", (line,), None, is_gift=False)
    assert sheet.form is CustomsForm(form)


def test_what_is_not_known_of_a_piece_is_named() -> None:
    assert lacking_facts(CustomsFacts(hs_code="711311", net_grams=4)) == (
        "country of origin",
        "material",
    )
