"""Prints the bench: ``python -m tests.bench [ROW ...]``; without a row, all of them."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.act import act
from tests.bench.backup import backup
from tests.bench.ground import Ground, Row, Sizes
from tests.bench.held import held
from tests.bench.intake import intake
from tests.bench.letter import typing
from tests.bench.mail import clocks, her_word
from tests.bench.mailbox import mailbox
from tests.bench.orders_page import orders_page
from tests.bench.paper import slips
from tests.bench.search import growth, search, table
from tests.bench.shops import Shops
from tests.bench.start import start
from tests.bench.window_held import window_held

# The import comes first: its desk serves the rows below it.
ROWS: Mapping[str, Row] = {
    "import": intake,
    "start": start,
    "search": search,
    "table": table,
    "page": orders_page,
    "act": act,
    "backup": backup,
    "clocks": clocks,
    "word": her_word,
    "typing": typing,
    "held": held,
    "window": window_held,
    "mailbox": mailbox,
    "slips": slips,
    "growth": growth,
}


def run(names: Sequence[str], sizes: Sizes) -> int:
    """Print the rows asked for; return 1 when a row breaks, else 0, whatever the verdicts."""
    broken = 0
    sys.stdout.write(f"{platform.system()} {platform.machine()}, Python ")
    sys.stdout.write(f"{platform.python_version()}; medians (least–most) of turns A B A B\n\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        ground = Ground(folder, Shops(folder), sizes)
        for row in names or ROWS:
            try:
                for line in ROWS[row](ground):
                    sys.stdout.write(f"{row:<8} {line.told()}\n")
                    sys.stdout.flush()
            except Exception:  # noqa: BLE001 - the other rows are still worth measuring
                broken = 1
                sys.stdout.write(f"{row:<8} broke:\n{traceback.format_exc()}\n")
    return broken


def main() -> int:
    """Read the command line."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("rows", nargs="*", choices=[[], *ROWS], metavar="ROW", help=", ".join(ROWS))
    reader.add_argument("--orders", type=int, default=Sizes().orders, help="of the largest shop")
    asked = reader.parse_args()
    return run(asked.rows, Sizes(orders=asked.orders))


if __name__ == "__main__":
    sys.exit(main())
