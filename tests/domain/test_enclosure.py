from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.enclosure import LONGEST_NAME, Doubt, doubts_about, safe_name, size_text

HEADS = (
    "../../etc/", "..\\..\\Windows\\", "/", "C:\\", "//server/share/", "\\\\server\\share\\", "./",
    "~/", "%2e%2e%2f", "a/../../", "\u202e", "\u200f", "\x00", "\r\n", "...", " ", "-", "\ufeff",
)  # fmt: skip
TAILS = (
    "passwd", "photo.jpg", "CON", "nul.txt", "com1.jpg", "LPT9", "aux.tar.gz", "...", "",
    "ring\u202egpj.exe", "a" * 400 + ".jpg", "x.jpg:stream.exe",
)  # fmt: skip
NASTY = ["".join(each) for each in itertools.product(HEADS, TAILS)]


def harmless(name: str, folder: Path) -> bool:
    path = (folder / name).resolve()
    return (
        path.parent == folder.resolve()
        and 0 < len(name) <= LONGEST_NAME
        and len(name.encode()) <= 255
        and not name.startswith(" ")
        and not name.endswith((".", " "))
        and not any(unicodedata.category(each) in {"Cc", "Cf", "Cs"} for each in name)
        and not set(name) & set('<>:"/\\|?*')
        and name.split(".", 1)[0].casefold() not in {"con", "nul", "com1", "lpt9", "aux"}
    )


def test_two_hundred_nasty_names_stay_where_they_are_put(tmp_path: Path) -> None:
    assert len(NASTY) >= 200
    assert [name for name in NASTY if not harmless(safe_name(name), tmp_path)] == []


@given(st.text(max_size=300))
def test_any_name_at_all_is_made_harmless(told: str) -> None:
    name = safe_name(told)
    assert harmless(name, Path("kept"))
    assert safe_name(name) == name


def test_an_honest_name_is_kept() -> None:
    assert safe_name("My ring – left hand.jpeg") == "My ring – left hand.jpeg"
    assert safe_name("../photo.jpg") == "photo.jpg"
    assert safe_name("") == "attachment"


@pytest.mark.parametrize(
    ("name", "doubts"),
    [
        ("ring.jpg", ()),
        ("invoice.pdf", ()),
        ("invoice.pdf.exe", (Doubt.RUNS, Doubt.TWO_ENDINGS)),
        ("photo.jpg.html", (Doubt.PAGE, Doubt.TWO_ENDINGS)),
        ("setup.MSI", (Doubt.RUNS,)),
        ("order.xlsm", (Doubt.RUNS,)),
        ("ring\u202egpj.exe", (Doubt.RUNS, Doubt.NAME_CHANGED)),
        ("photo.jpg   .scr", (Doubt.RUNS, Doubt.TWO_ENDINGS)),
        ("notes.v2.txt", ()),
    ],
)
def test_what_runs_or_pretends_is_warned_of(name: str, doubts: tuple[Doubt, ...]) -> None:
    assert doubts_about(name) == doubts


def test_sizes_are_told_in_words() -> None:
    assert [size_text(each) for each in (12, 340_200, 2_400_000)] == ["12 B", "340 kB", "2.4 MB"]
