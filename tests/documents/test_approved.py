"""Papers look as they were approved: no more than two of a hundred pixels differ."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from tests.documents.approved import APPROVED, PICTURES, picture_of

_DIFFERS = 80
_DARK = 128


def dark(picture: Image.Image) -> int:
    return sum(picture.histogram()[:_DARK])


@pytest.mark.parametrize("name", APPROVED)
def test_a_paper_looks_as_it_was_approved(name: str) -> None:
    now = picture_of(APPROVED[name]())
    with Image.open(PICTURES / f"{name}.png") as opened:
        approved = opened.convert("L")
    assert now.size == approved.size
    difference = ImageChops.difference(now, approved).histogram()
    assert sum(difference[_DIFFERS:]) <= 0.02 * now.width * now.height
    # Most of a page is white: its ink must stay as much too.
    assert dark(now) == pytest.approx(dark(approved), rel=0.04)


def test_every_approved_picture_belongs_to_a_paper_and_is_small() -> None:
    kept = {each.stem: each.stat().st_size for each in PICTURES.glob("*.png")}
    assert set(kept) == set(APPROVED)
    assert max(kept.values()) <= 40_000
