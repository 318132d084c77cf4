"""What the stories stand on: a shop that is kept in a folder, and its window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.stories.at_the_window import AtTheWindow

SHOP = {
    "shop.name": "Juniper & Tide",
    "shop.signature": "Aileen",
    "shop.address": "18 Cobble Lane\nPortland, ME 04101",
    "shop.country": "US",
    "shop.timezone": "America/New_York",
    "shop.currency": "USD",
}


@pytest.fixture
def seller(
    qapp: QApplication, store: Store, clock: FixedClock, tmp_path: Path
) -> Iterator[AtTheWindow]:
    """The seller before her window, on Monday morning."""
    desk = build_desk(store, clock, folder=tmp_path / "desk")
    for key, value in SHOP.items():
        desk.settings.set(key, value)
    seller = AtTheWindow(qapp, desk)
    yield seller
    seller.close()
