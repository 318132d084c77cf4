"""The commands of listings, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.command_line import BOUGHT, CommandLine

RAIN: dict[str, Any] = {
    "sku": "RAIN",
    "title": "Rain Ring",
    "kind": "ring",
    "processing_days": 5,
    "materials": ["sterling silver"],
    "treatments": "none",
    "measurements": [
        {"name": "ring size", "value": "5 to 9", "unit": "US"},
        {"name": "band width", "value": "2.5", "unit": None},
    ],
    "stones": [
        {"stone": "moonstone", "is_natural": True, "variation": "the blue differs"},
        {"stone": "zirconia", "is_natural": False},
    ],
    "care": "Keep dry",
    "shown_since": "2026-10-01",
}


def written(folder: Path, document: object, name: str = "listing.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def rain(shop: CommandLine, tmp_path: Path) -> CommandLine:
    shop.done("listing", "add", written(tmp_path, RAIN))
    return shop


def photo(folder: Path) -> Path:
    path = folder / "front.png"
    Image.new("RGB", (1200, 1100), "#E8E0D4").save(path)
    return path


def test_a_listing_comes_from_a_file_and_goes_out_in_the_same_form(
    rain: CommandLine, tmp_path: Path
) -> None:
    shown = rain.done("listing", "show", "rain")
    told = {key: value for key, value in RAIN.items() if key != "stones"}
    assert {key: shown[key] for key in told} == told
    assert shown["stones"][1] == {"stone": "zirconia", "is_natural": False, "variation": None}
    assert (shown["version"], shown["ready"]) == (1, False)
    assert {"kind": "unit", "subject": "band width"} in shown["missing"]
    again = rain.run("listing", "change", "RAIN", written(tmp_path, shown, "again.json"))
    assert again.status == 0
    assert len(rain.done("listing", "show", "RAIN", "--versions")) == 1
    assert [each["sku"] for each in rain.done("listing", "list")] == ["RAIN"]


def test_an_order_tells_what_its_buyer_was_shown(rain: CommandLine, tmp_path: Path) -> None:
    line = BOUGHT | {"sku": "RAIN", "title": "Ring size 7"}
    document = {"customer": "Anna", "line_items": [line, BOUGHT]}
    number = rain.done("add", written(tmp_path, document, "order.json"))["number"]
    changed = {"title": "Storm Ring", "processing_days": None}
    rain.done("listing", "change", "RAIN", written(tmp_path, changed))
    first, second = rain.done("order", number)["line_items"]
    assert (first["listing"], second["listing"], second["as_shown"]) == ("RAIN", None, None)
    shown = first["as_shown"]
    assert (shown["title"], shown["version"], shown["matched"]) == ("Rain Ring", 1, "sku")
    assert shown["measurements"][1] == {"name": "band width", "value": "2.5", "unit": None}
    assert shown["entered_after_order"] is False
    assert rain.done("listing", "show", "RAIN")["title"] == "Storm Ring"


def test_a_photo_is_added_and_dropped(rain: CommandLine, tmp_path: Path) -> None:
    shown = rain.done("listing", "photo", "RAIN", "scale", photo(tmp_path))
    assert [each["view"] for each in shown["photos"]] == ["worn"]
    assert (rain.folder / shown["photos"][0]["file"]).is_file()
    told = rain.run("listing", "show", "RAIN").said
    assert "worn or with a scale: front.png; blurred: sharpness 0" in told
    assert "missing: the unit of the band width" in told
    assert "making takes 5 working days" in told
    assert rain.done("listing", "drop-photo", "RAIN", "worn")["photos"] == []
    assert rain.done("check")["ok"]


def test_an_order_before_the_listing_is_attached_by_hand(shop: CommandLine, tmp_path: Path) -> None:
    line = BOUGHT | {"sku": "RAIN"}
    document = {"customer": "Anna", "placed_on": "2026-09-20", "line_items": [line, BOUGHT]}
    number = shop.done("add", written(tmp_path, document, "order.json"))["number"]
    added = shop.run("listing", "add", written(tmp_path, RAIN))
    assert "1 piece still to send name" in added.said
    assert shop.run("listing", "attach", number, "RAIN").status == 3
    assert "no piece 3" in shop.run("listing", "attach", number, "RAIN", "--piece", "3").aside
    said = shop.run("listing", "attach", number, "RAIN", "--piece", "1").said
    assert said.strip() == (
        f"{number} keeps RAIN as shown since Thu 1 Oct 2026; it was entered after the order."
    )
    second = shop.done("listing", "attach", number, "RAIN", "--piece", "2")
    assert second["entered_after_order"] is True


def test_the_list_says_what_is_missing(shop: CommandLine, rain: CommandLine) -> None:
    assert shop.run("listing", "list").said.split("\n")[0].split() == [
        "RAIN", "5", "missing", "Rain", "Ring",
    ]  # fmt: skip
    assert rain.run("listing", "remove", "RAIN").said == "RAIN is no longer in the list.\n"
    assert rain.run("listing", "list").said == "There are no listings yet.\n"
    rain.done("undo")
    assert rain.done("listing", "remove", "RAIN") == {"removed": "RAIN"}


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ([], "holds no listing"),
        ({"title": 5}, "“title” must be a text"),
        ({"title": "R", "kind": "crown"}, "“kind” must be one of ring, earrings"),
        ({"title": "R", "processing_days": "5"}, "must be a whole number of working days"),
        ({"title": "R", "processing_days": 400}, "between 0 and 365"),
        ({"title": "R", "materials": "silver"}, "“materials” must be a list of texts"),
        ({"title": "R", "stones": ["opal"]}, "“stones” must be a list"),
        ({"title": "R", "stones": [{"stone": "opal", "is_natural": 1}]}, "true or false"),
        ({"title": "R", "shown_since": "soon"}, "“shown_since” must be a day"),
        ({"title": "R", "shown_since": "2026-12-24"}, "still to come"),
        ({"sku": "R"}, "needs a title"),
    ],
)
def test_a_file_out_of_form_is_refused_and_nothing_is_changed(
    shop: CommandLine, tmp_path: Path, document: object, why: str
) -> None:
    answer = shop.run("listing", "add", written(tmp_path, document))
    assert answer.status == 3
    assert why in answer.aside
    assert shop.done("listing", "list") == []


def test_a_file_that_is_none_is_refused(shop: CommandLine, tmp_path: Path) -> None:
    assert "cannot be read" in shop.run("listing", "add", tmp_path / "none.json").aside
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    assert "is not a JSON file" in shop.run("listing", "add", tmp_path / "bad.json").aside
    assert shop.run("listing", "show", "NONE").status == 3
