"""From starting the program to the window's first paint, beside a bare window of Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, Samples, Unit, in_turns

_EMPTY_LIMIT = 2
_FULL_LIMIT = 2.5
_MEMORY_LIMIT = 2.5
_PATIENCE_SECONDS = 60


def start(ground: Ground) -> Iterator[Line]:
    """Start whole processes in turns: a bare window, an empty desk, a desk full of orders."""
    orders, turns = ground.sizes.orders, ground.sizes.turns
    empty, full = ground.shops.desk(0), ground.shops.desk(orders)
    bytecode = ground.folder / "bytecode"
    starts = [Starts(bytecode, folder) for folder in (None, empty, full)]
    in_turns(1, *starts)  # the first finds nothing in the caches
    for each in starts:
        each.memory.clear()
    bare, quick, slow = in_turns(2 * turns, *starts)
    plain, small, large = (Samples(tuple(each.memory), Unit.BYTES) for each in starts)
    against = "a bare QMainWindow"
    yield Comparison("first paint, empty desk", quick, against, bare).at_most(_EMPTY_LIMIT)
    work = f"first paint, {orders:,} orders"
    yield Comparison(work, slow, against, bare).at_most(_FULL_LIMIT)
    yield Comparison("memory when it is open, empty desk", small, against, plain).at_most(
        _MEMORY_LIMIT
    )
    work = f"memory when it is open, {orders:,} orders"
    yield Comparison(work, large, against, plain).at_most(_MEMORY_LIMIT)


class Starts:
    """One program's starts: called, it returns the seconds; the memory is kept."""

    def __init__(self, bytecode: Path, folder: Path | None) -> None:
        arguments = [str(folder)] if folder else []
        self._command = [sys.executable, "-m", "tests.bench.first_paint", *arguments]
        # An installed program is compiled; the checkout is left as it is.
        self._environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPYCACHEPREFIX": str(bytecode),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        self.memory: list[float] = []

    def __call__(self) -> float:
        began = monotonic()
        said = subprocess.run(
            self._command,
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
        ).stdout
        painted_at, memory = said.split()
        self.memory.append(float(memory))
        return float(painted_at) - began
