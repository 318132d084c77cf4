"""Taking a Shopify file in, beside putting its rows into a table without a thought."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from jeweler_desk.store.sqlite_library import sqlite3
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, in_turns, lap
from tests.bench.shops import Shops

_TURNS = 3
_TIMES_THE_FLOOR = 15
_TIMES_FASTER = 5
# sqlite-utils takes half a minute for 100,000 rows; both grow with the rows, so a part will do.
_PART = 10
# One large file after the other: the import and its peer take a turn each, then time is up.
_PATIENCE_SECONDS = 45.0


def intake(ground: Ground) -> Iterator[Line]:
    """Import a file of one row per order through the desk's own door."""
    orders = ground.sizes.orders
    file = ground.shops.file(orders)
    fresh = iter(range(1000))
    floor, floor_name = _floor(file, ground.folder)
    ours, theirs = in_turns(_TURNS, _imports(ground, orders), floor, patience=_PATIENCE_SECONDS)
    work = f"import {orders:,} Shopify rows"
    yield Comparison(work, ours, floor_name, theirs).at_most(_TIMES_THE_FLOOR)

    fewer = max(1, orders // _PART)
    part = ground.shops.file(fewer)

    def insert() -> float:
        target = ground.folder / f"sqlite-utils-{next(fresh)}.db"
        command = (sys.executable, "-m", "sqlite_utils", "insert", target, "orders", part, "--csv")
        return lap(lambda: subprocess.run(command, check=True, capture_output=True))

    ours, peer = in_turns(_TURNS, _imports(ground, fewer), insert, patience=_PATIENCE_SECONDS)
    work = f"import {fewer:,} Shopify rows"
    yield Comparison(work, ours, "sqlite-utils insert --csv", peer).times_faster(_TIMES_FASTER)


def _imports(ground: Ground, orders: int) -> Callable[[], float]:
    """Return the import; its first turn makes the desk that other rows stand on."""
    turns = iter(range(1000))

    def take_in() -> float:
        turn = next(turns)
        if turn == 0:
            return ground.shops.import_seconds(orders)
        folder = ground.folder / f"import-{turn}"
        folder.mkdir()
        (folder / ground.shops.file(orders).name).hardlink_to(ground.shops.file(orders))
        took = Shops(folder).import_seconds(orders)
        shutil.rmtree(folder)
        return took

    return take_in


def _floor(file: Path, folder: Path) -> tuple[Callable[[], float], str]:
    """Return what puts the file's rows into one table: SQLite's own shell, or Python's module."""
    target = folder / "floor.db"
    shell = shutil.which("sqlite3")

    def by_shell() -> float:
        target.unlink(missing_ok=True)
        command = (str(shell), target, ".mode csv", f".import '{file}' orders")
        return lap(lambda: subprocess.run(command, check=True, capture_output=True))

    def by_python() -> float:
        target.unlink(missing_ok=True)
        return lap(lambda: _insert_all(file, target))

    if shell:
        return by_shell, "sqlite3 .import"
    return by_python, "the same rows by executemany (no sqlite3 shell here)"


def _insert_all(file: Path, target: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        headings = next(rows)
        connection = sqlite3.connect(target)
        names = ", ".join(f'"{heading}"' for heading in headings)
        connection.execute(f"CREATE TABLE orders ({names})")
        marks = ", ".join("?" * len(headings))
        connection.executemany(f"INSERT INTO orders VALUES ({marks})", rows)
        connection.commit()
        connection.close()
