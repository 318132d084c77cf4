"""A verified backup, beside SQLite's own copying alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from jeweler_desk.app import opened_desk
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.sqlite_library import sqlite3
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, in_turns, lap

_LIMIT = 1.3
_TURNS = 3


def backup(ground: Ground) -> Iterator[Line]:
    """Back up a large desk; ours counts, checks and writes through what the floor only copies."""
    orders = ground.sizes.orders
    source = ground.shops.desk(orders) / DESK_FILE
    kept, bare = ground.folder / "backups", ground.folder / "bare-copy.db"
    with opened_desk(source.parent, ground.shops.clock, is_writing=False) as desk:
        work = desk.backups.back_up_job
        ours, theirs = in_turns(
            _TURNS,
            lambda: lap(work(folder=kept)),
            lambda: lap(lambda: copy(source, bare)),
        )
    shutil.rmtree(kept)
    yield Comparison(
        f"backup of {orders:,} orders, verified", ours, "SQLite's backup alone", theirs
    ).at_most(_LIMIT)


def copy(source: Path, target: Path) -> None:
    """Copy by SQLite's backup API and look at nothing."""
    target.unlink(missing_ok=True)
    reading = sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)
    writing = sqlite3.connect(target)
    reading.backup(writing)
    writing.close()
    reading.close()
