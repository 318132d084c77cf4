"""Papers in the settings: the logo as it is printed, and photos on slips."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.papers_card import PapersCard
from jeweler_desk.ui.widgets.sidebar import Place


def card_of(window: MainWindow) -> PapersCard:
    window.go(Place.SETTINGS)
    return next(each for each in window.settings.more if isinstance(each, PapersCard))


def test_a_logo_is_chosen_seen_and_taken_away(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    card = card_of(window)
    assert not card.remove.isVisibleTo(card)
    Image.new("RGBA", (300, 120), (10, 60, 60, 255)).save(tmp_path / "logo.png")
    card.take(str(tmp_path / "logo.png"))
    assert card.logo.isVisibleTo(card)
    assert not card.logo.pixmap().isNull()
    assert desk.paper_pictures.logo_path() is not None
    card.remove.click()
    assert desk.paper_pictures.logo_path() is None
    assert card.told.text() == "No logo yet: a cut stone stands in its place."


def test_a_file_that_is_no_picture_is_told_and_changes_nothing(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    card = card_of(window)
    (tmp_path / "logo.png").write_bytes(b"words")
    card.take(str(tmp_path / "logo.png"))
    assert desk.paper_pictures.logo_path() is None
    assert "is no PNG or JPEG picture" in " ".join(window.frame_.notices.banners().values())


def test_photos_on_slips_are_taken_off_and_put_back(window: MainWindow, desk: Desk) -> None:
    card = card_of(window)
    assert card.photos.isChecked()
    card.photos.click()
    assert not desk.paper_pictures.has_photos
    card.photos.click()
    assert desk.paper_pictures.has_photos


def test_prices_on_slips_are_asked_for_and_left_out_again(window: MainWindow, desk: Desk) -> None:
    card = card_of(window)
    assert not card.prices.isChecked()
    card.prices.click()
    assert desk.settings.get("shop.slip_prices") == "yes"
    card.prices.click()
    assert desk.settings.get("shop.slip_prices") == "no"
