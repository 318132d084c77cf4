"""What a run of the bench stands on: its sizes, its shops and a folder that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Line
from tests.bench.shops import Shops


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything; a test runs the bench with next to nothing."""

    orders: int = 100_000
    slips: int = 500
    acts: int = 300
    messages: int = 100_000
    mailbox: int = 20_000
    turns: int = 5


@dataclass(frozen=True, slots=True)
class Ground:
    """Given to every row."""

    folder: Path
    shops: Shops
    sizes: Sizes


Row = Callable[[Ground], Iterator[Line]]
