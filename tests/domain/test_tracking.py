"""Tracking numbers: whose they may be, the check digit, a spreadsheet's damage, the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from jeweler_desk.domain.tracking import (
    CheckDigit,
    CheckKind,
    Damage,
    Doubt,
    carrier_named,
    carriers_from,
    check_digit,
    doubt,
    normalized,
    read_tracking,
    tracking_kept,
    tracking_link,
)
from jeweler_desk.resources import resource

KNOWN: Final = carriers_from(
    json.loads(resource("tracking_numbers.json").read_text(encoding="utf-8"))
)
DATA: Final = Path(__file__).resolve().parent.parent / "data" / "tracking" / "test_numbers.json"
ROWS: Final[list[dict[str, Any]]] = json.loads(DATA.read_text(encoding="utf-8"))
VALID: Final = [(row["format"], number) for row in ROWS for number in row["valid"]]
INVALID: Final = [(row["format"], number) for row in ROWS for number in row["invalid"]]
# Wrong for the carrier they are listed under, right for another one.
ANOTHER_CARRIERS: Final = {"000000000000000", "000000000000", "331426749957"}
GOOD: Final = "9400111206206400104193"
BAD: Final = "9400111206206400104882"


def test_there_is_enough_to_compare_with() -> None:
    assert (len(VALID), len(INVALID)) == (192, 88)


@pytest.mark.parametrize(("form", "number"), VALID)
def test_a_carriers_own_number_has_a_candidate_that_nothing_speaks_against(
    form: str, number: str
) -> None:
    assert read_tracking(number, KNOWN).carriers, form


@pytest.mark.parametrize(("form", "number"), INVALID)
def test_a_wrong_number_has_none(form: str, number: str) -> None:
    if number in ANOTHER_CARRIERS:
        assert read_tracking(number, KNOWN).candidates[0].check is CheckDigit.HOLDS
    else:
        assert read_tracking(number, KNOWN).carriers == (), form


def test_a_post_is_named_by_the_letters_at_the_end() -> None:
    for number, carrier in (
        ("LZ210200214US", "USPS"),
        ("RB123456785GB", "Royal Mail"),
        ("RB123456785CV", "Post"),
    ):
        assert read_tracking(number, KNOWN).carriers[0] == carrier
    assert read_tracking("RB123456785XX", KNOWN).candidates == ()


def test_a_number_that_several_carriers_write_names_them_all() -> None:
    found = read_tracking("320595463938", KNOWN)
    assert found.carriers == ("Purolator",)
    assert [each.carrier for each in found.candidates] == ["Purolator", "FedEx"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 9400 1112 0620 6400 1041 93 ", GOOD),
        ("9400\u00a01112\u200b0620\t6400104193", GOOD),
        ("rb 123 456 785 gb", "RB123456785GB"),
        ("986578788855.0", "986578788855"),
        ("986578788855,00", "986578788855"),
        ("1.0", "1.0"),
        ("", ""),
    ],
)
def test_blanks_and_a_spreadsheets_point_are_left_out(typed: str, kept: str) -> None:
    assert normalized(typed) == kept


def test_words_keep_their_blanks() -> None:
    assert tracking_kept(" by bicycle\n") == "by bicycle"
    assert tracking_kept("  ") is None
    assert tracking_kept(None) is None


@pytest.mark.parametrize("typed", ["9.40011E+21", "9,40011e+21", "9.4E21", "94E+20"])
def test_a_number_turned_into_a_power_of_ten_is_seen(typed: str) -> None:
    found = read_tracking(typed, KNOWN)
    assert (found.damage, found.candidates) == (Damage.SCIENTIFIC, ())
    assert doubt(found, None, KNOWN) is Doubt.DAMAGED
    assert doubt(found, "Evri", KNOWN) is Doubt.DAMAGED
    assert doubt(found, "USPS", KNOWN) is Doubt.DAMAGED


def test_digits_that_became_zeros_are_seen() -> None:
    found = read_tracking("9400111206206400000000", KNOWN)
    assert found.damage is Damage.ROUNDED
    assert doubt(found, "USPS", KNOWN) is Doubt.DAMAGED


def test_lost_zeros_are_told_with_the_number_that_was_meant() -> None:
    found = read_tracking("41441760228964", KNOWN)
    assert (found.damage, found.meant) == (Damage.LOST_ZEROS, "041441760228964")
    assert found.number == "41441760228964"
    assert doubt(found, None, KNOWN) is Doubt.DAMAGED
    assert doubt(found, "FedEx", KNOWN) is Doubt.DAMAGED
    assert doubt(found, "DHL", KNOWN) is None


@pytest.mark.parametrize(
    ("number", "carrier", "why"),
    [
        (GOOD, "USPS", None),
        (GOOD, "usps", None),
        (GOOD, None, None),
        (GOOD, "My cousin", None),
        (BAD, "USPS", Doubt.WRONG_DIGIT),
        (BAD, None, Doubt.WRONG_DIGIT),
        (BAD, "By hand", None),
        (BAD, "USPS Priority Mail", Doubt.WRONG_DIGIT),
        (BAD, "DPD UK", None),
        (GOOD, "UPS", Doubt.OTHER_CARRIER),
        ("X1", "UPS", Doubt.UNLIKE_CARRIER),
        ("X1", None, None),
        ("X1", "Evri", None),
        ("RB123456785GB", "Royal Mail", None),
        ("RB123456786GB", "Royal Mail", Doubt.WRONG_DIGIT),
        ("", "USPS", None),
        ("", None, None),
    ],
)
def test_a_number_is_doubted_for_its_carrier(
    number: str, carrier: str | None, why: Doubt | None
) -> None:
    assert doubt(read_tracking(number, KNOWN), carrier, KNOWN) is why


def test_hyphens_between_groups_do_not_count() -> None:
    assert read_tracking("9400-1112-0620-6400-1041-93", KNOWN).carriers == ("USPS",)


def test_the_page_is_the_named_carriers_else_the_likeliest_ones() -> None:
    assert tracking_link(GOOD, None, KNOWN) == (
        f"https://tools.usps.com/go/TrackConfirmAction?tLabels={GOOD}"
    )
    assert tracking_link("A/B", "evri", KNOWN) == "https://www.evri.com/track/parcel/A%2FB"
    assert tracking_link(GOOD, "My cousin", KNOWN) is None
    assert tracking_link("X1", None, KNOWN) is None
    assert tracking_link("", "USPS", KNOWN) is None


def test_every_page_is_a_secure_one() -> None:
    links = [each.link for each in KNOWN if each.link]
    assert links and all(each.startswith("https://") and "{}" in each for each in links)


def test_a_carrier_is_known_by_its_other_names() -> None:
    found = carrier_named("Federal  Express", KNOWN)
    assert found is not None and found.name == "FedEx"
    assert carrier_named("", KNOWN) is None


def test_check_digits_by_hand() -> None:
    assert check_digit(CheckKind.S10, "47312482") == "9"
    assert check_digit(CheckKind.MOD7, "331881002") == "5"
    assert check_digit(CheckKind.LUHN, "7992739871") == "3"
    assert check_digit(CheckKind.MOD10, "0307179000052348374", (3, 1)) == "1"


def test_a_table_of_another_shape_is_refused() -> None:
    with pytest.raises(TypeError):
        carriers_from({"carriers": {}})
