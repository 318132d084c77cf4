"""What most tests stand on: a clock that is set by hand, a store in memory, a desk over both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.services.marketplace_files import Exports


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store(clock: FixedClock) -> Iterator[Store]:
    store = Store(None, now=clock.now)
    yield store
    store.close()


@pytest.fixture
def desk(store: Store, clock: FixedClock) -> Desk:
    """A desk in memory whose shop stands in New York."""
    desk = build_desk(store, clock)
    desk.settings.set("shop.timezone", "America/New_York")
    desk.settings.set("shop.currency", "USD")
    return desk


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    """A folder for the files of marketplaces."""
    return Exports(tmp_path)
