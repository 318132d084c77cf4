"""Addresses as lines: the country's order, and no word lost."""

from __future__ import annotations

import pytest

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.address_lines import AddressLayout, address_lines

AMERICA = AddressLayout("%N%n%O%n%A%n%C, %S %Z", "%N%n%O%n%A%n%C, %S %Z", "United States (US)")
JAPAN = AddressLayout("〒%Z%n%S%n%A%n%O%n%N", "%N%n%O%n%A, %S%n%Z", "Japan (JP)")


def test_an_american_address_has_town_state_and_code_on_one_line() -> None:
    address = PostalAddress(
        "Maren Holt", None, "218 Juniper Lane", "Apt 4", "Asheville", "NC", "28801"
    )
    assert address_lines(address, AMERICA) == (
        "Maren Holt",
        "218 Juniper Lane",
        "Apt 4",
        "Asheville, NC 28801",
        "United States (US)",
    )


def test_a_japanese_order_keeps_the_ward_that_its_pattern_has_no_place_for() -> None:
    address = PostalAddress(
        "佐藤 美咲", None, "神宮前1-2-3", "405号室", "渋谷区", "東京都", "150-0001"
    )
    assert address_lines(address, JAPAN) == (
        "150-0001",
        "東京都 渋谷区",
        "神宮前1-2-3",
        "405号室",
        "佐藤 美咲",
        "Japan (JP)",
    )


def test_a_japanese_address_in_latin_letters_has_its_recipient_first() -> None:
    address = PostalAddress(
        "Misaki Sato", None, "1-2-3 Jingumae", None, "Shibuya", "Tokyo", "150-0001"
    )
    assert address_lines(address, JAPAN) == (
        "Misaki Sato",
        "1-2-3 Jingumae",
        "Shibuya, Tokyo",
        "150-0001",
        "Japan (JP)",
    )


def test_the_recipient_comes_before_the_company() -> None:
    france = AddressLayout("%O%n%N%n%A%n%Z %C %X", "%O%n%N%n%A%n%Z %C %X")
    address = PostalAddress(
        "Léa Roy", "Atelier Roy", "4 rue des Lilas", None, "Lyon", None, "69001", "France"
    )
    assert address_lines(address, france) == (
        "Léa Roy",
        "Atelier Roy",
        "4 rue des Lilas",
        "69001 Lyon",
        "France",
    )


def test_words_of_the_pattern_itself_are_not_written_before_the_buyers() -> None:
    sweden = AddressLayout("%O%n%N%n%A%nSE-%Z %C", "%O%n%N%n%A%nSE-%Z %C")
    address = PostalAddress("Oskar Lind", None, "Storgatan 1", None, "Umeå", None, "SE-903 26")
    assert address_lines(address, sweden)[-1] == "SE-903 26 Umeå"


def test_missing_cells_leave_no_separators_behind() -> None:
    assert address_lines(PostalAddress("Ana", region="NC"), AMERICA)[:2] == ("Ana", "NC")
    assert address_lines(PostalAddress(), AddressLayout()) == ()


def test_a_cell_of_several_lines_becomes_several_lines_and_the_phone_none() -> None:
    address = PostalAddress("Ana", None, "Block 4\n\nDoor 2 ", None, "Oslo", phone="555 0100")
    assert address_lines(address, AddressLayout()) == ("Ana", "Block 4", "Door 2", "Oslo")


@pytest.mark.parametrize(
    "pattern",
    ["%N%n%A", "%N%n%A%n%S", "%N%n%A%n%Z", "%N%n%A%n%C", "%A%n%N", "%Z%n%A%n%N", "%N%n%A%n%D%n%X"],
)
def test_whatever_a_pattern_leaves_out_no_word_of_the_buyers_is_lost(pattern: str) -> None:
    address = PostalAddress("Name", "Company", "Street", "Flat", "Town", "Region", "Code", "Land")
    pattern = pattern.replace("%N", "%N%n%O")
    lines = address_lines(address, AddressLayout(pattern, pattern))
    told = " ".join(lines)
    for word in ("Name", "Company", "Street", "Flat", "Town", "Region", "Code"):
        assert told.count(word) == 1
    assert lines[-1] == "Land"


def test_a_region_that_repeats_the_town_is_said_once() -> None:
    berlin = AddressLayout("%N%n%A%n%Z %C", "%N%n%A%n%Z %C")
    address = PostalAddress("Ana", None, "Allee 1", None, "Berlin", "Berlin", "10115")
    assert address_lines(address, berlin)[-1] == "10115 Berlin"
