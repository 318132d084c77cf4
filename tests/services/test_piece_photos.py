"""A piece's photo is found by its SKU, and nothing outside the folder ever is."""

from __future__ import annotations

from pathlib import Path

import pytest

from jeweler_desk.services.piece_photos import PiecePhotos


@pytest.fixture
def desk_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    (folder / "photos").mkdir(parents=True)
    return folder


@pytest.mark.parametrize("name", ["JT-RAIN.jpg", "JT-RAIN.png", "JT-RAIN.webp", "JT-RAIN.jpeg"])
def test_a_photo_is_named_like_its_sku(desk_folder: Path, name: str) -> None:
    photo = desk_folder / "photos" / name
    photo.write_bytes(b"photo")
    assert PiecePhotos(desk_folder).of("JT-RAIN") == photo


def test_a_piece_without_a_photo_or_a_sku_has_none(desk_folder: Path) -> None:
    photos = PiecePhotos(desk_folder)
    assert photos.of("JT-NONE") is None
    assert photos.of(None) is None
    assert photos.of("") is None
    assert PiecePhotos(None).of("JT-RAIN") is None


def test_a_sku_never_leads_out_of_the_folder(desk_folder: Path) -> None:
    (desk_folder / "desk.jpg").write_bytes(b"other")
    assert PiecePhotos(desk_folder).of("../desk") is None
    assert PiecePhotos(desk_folder).of(str(desk_folder / "desk")) is None
