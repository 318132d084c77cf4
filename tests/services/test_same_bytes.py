"""A paper made again of the same facts is the same file, in another process and zone too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from jeweler_desk.domain.customs import CustomsFacts
from jeweler_desk.domain.order import Gift
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.print_job import PrintChoice, Sides
from jeweler_desk.services.any_paper import NAMES, paper_job
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.wiring import build_desk
from tests.builders import BUYER, a_line, an_order
from tests.fakes import FixedClock

_ROOT = Path(__file__).parents[2]


def fill(folder: Path) -> None:
    clock = FixedClock()
    with closing(Store(folder / DESK_FILE, now=clock.now)) as store:
        desk = build_desk(store, clock, folder=folder)
        for key, value in (
            ("shop.name", "Juniper & Tide"),
            ("shop.address", "18 Cobble Lane\nPortland, ME 04101"),
            ("shop.signature", "Aileen"),
            ("shop.country", "US"),
            ("shop.timezone", "America/New_York"),
        ):
            desk.settings.set(key, value)
        abroad = replace(BUYER, name="山口 さくら", country="JP", region=None)
        ring = a_line("Rain Ring 💍", "64.00", sku="RR-1", personalization="für Ana – محمد")
        order_id, _ = desk.orders.add(
            an_order(ring, number="#1", address=abroad, gift=Gift.YES, gift_message="Love, Sam ♥")
        )
        desk.customs.set_facts("RR-1", CustomsFacts("ring, silver", "silver", "711311", "US"))
        desk.address_labels.set_latin(order_id, ("Sakura Yamaguchi",))
        letter_id, _ = desk.letters.write(order_id)
        desk.letters.change(letter_id, body="Dear Sakura,\n\nThank you.\n\nYours truly,\nAileen")


def files(folder: Path) -> dict[str, str]:
    """Return the hash of each kind of paper of the order in a folder's desk."""
    clock = FixedClock()
    with closing(Store(folder / DESK_FILE, now=clock.now)) as store:
        desk = build_desk(store, clock, folder=folder)
        order = desk.orders.find("#1")
        choice = PrintChoice(sides=Sides.LONG_EDGE)
        made = {kind: paper_job(desk, kind, [order.id], choice)() for kind in NAMES}
        return {kind: sha256(each.pdf).hexdigest() for kind, each in made.items()}


def files_elsewhere(folder: Path, **surroundings: str) -> Mapping[str, str]:
    """Return the same, made by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.test_same_bytes", str(folder)],
        env=os.environ | surroundings,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_each_kind_of_paper_is_the_same_file_whenever_and_wherever_it_is_made(
    tmp_path: Path,
) -> None:
    fill(tmp_path)
    here = files(tmp_path)
    assert set(here) >= set(PaperKind)
    assert len(set(here.values())) == len(NAMES), "each is a paper of its own"
    assert files(tmp_path) == here
    assert files_elsewhere(tmp_path, PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C") == here


if __name__ == "__main__":
    sys.stdout.write(json.dumps(files(Path(sys.argv[1]))))
