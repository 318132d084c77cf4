from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from jeweler_desk.cli import desk as program
from jeweler_desk.cli.demo import default_demo_folder, has_display


def _run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, ["--now", "2026-11-20T15:00-05:00", *words])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def test_without_a_display_the_sample_shop_does_its_main_job(qapp: object, tmp_path: Path) -> None:
    assert qapp
    folder = tmp_path / "demo"

    status, said, _ = _run("demo", str(folder), "--json")

    assert status == 0
    told = json.loads(said)
    assert {item["kind"] for item in told["agenda"]} == {"email", "parcel", "supply"}
    assert {"late", "due"} == {item["state"] for item in told["agenda"]}
    names = {Path(path).name for path in told["paths"]}
    assert {"packing-slips.pdf", "cards.pdf", "today.png", "bench-dark.png"} <= names
    assert all(Path(path).stat().st_size for path in told["paths"])
    slips = PdfReader(folder / "packing-slips.pdf")
    assert "Juniper & Tide" in slips.pages[0].extract_text()
    packed = json.loads(_run("--desk", str(folder), "orders", "--view", "to-ship", "--json")[1])
    assert len(packed) == 5, "one box holds two of them"
    assert json.loads(_run("--desk", str(folder), "check", "--json")[1])["ok"]
    again, words, _ = _run("demo", str(folder))
    assert again == 0
    assert words.startswith("Due now:\n")


def test_a_desk_that_is_no_sample_shop_is_left_alone(tmp_path: Path) -> None:
    assert _run("--desk", str(tmp_path), "settings", "shop.name", "Mine")[0] == 0
    before = (tmp_path / "desk.db").read_bytes()

    status, _, said = _run("demo", str(tmp_path))

    assert status == 3
    assert "It was left as it is" in said
    assert (tmp_path / "desk.db").read_bytes() == before


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")

    status, _, said = _run("demo", str(file / "below"))

    assert status == 3
    assert "cannot be used" in said


def test_the_sample_shop_lies_beside_the_default_desk() -> None:
    assert default_demo_folder().name == "demo"


def test_a_display_is_one_that_answers() -> None:
    assert not has_display({})
    assert not has_display({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"})
    assert not has_display({"DISPLAY": ":987654"})
    assert has_display({"DISPLAY": "far.example:0"})
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"})
