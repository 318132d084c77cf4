"""A desk of every released schema opens with all that stood in it, and can still be undone."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

import pytest

from jeweler_desk.store.versions import KNOWN
from tests.cli.command_line import CommandLine

DATABASES: Final = Path(__file__).parent.parent / "data" / "databases"
OLD: Final = sorted(DATABASES.glob("*.db.gz"))
RELEASED: Final = ["m001_initial", "m015_mail_judging"]
THAT_EVENING: Final = "2026-10-05T20:00:00Z"


@pytest.fixture(params=OLD, ids=lambda path: path.name.removesuffix(".db.gz"))
def old_desk(request: pytest.FixtureRequest, tmp_path: Path) -> CommandLine:
    """Unpack a desk as an earlier version left it: 17 orders, 33 messages, ten steps to undo."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.db").write_bytes(gzip.decompress(request.param.read_bytes()))
    return CommandLine(folder, THAT_EVENING)


def test_an_old_desk_opens_with_its_orders_letters_and_settings(old_desk: CommandLine) -> None:
    assert old_desk.done("settings", "shop.name") == "Gull Lane Jewelry"
    orders = {each["number"]: each for each in old_desk.done("orders", "--limit", "100")}
    assert len(orders) == 17
    assert orders["#1049"]["fulfillment_status"] == "shipped"
    assert orders["3512000106"]["hold"] == {"reason": "ring size missing", "until": None}
    assert len(old_desk.done("mail", "list")) == 33
    assert old_desk.done("check")["ok"]


def test_what_was_done_before_the_update_can_be_undone_and_redone_after_it(
    old_desk: CommandLine,
) -> None:
    before = old_desk.done("orders", "--limit", "100")
    for _ in range(2):
        assert old_desk.run("undo").status == 0
    held = {each["number"]: each["hold"] for each in old_desk.done("orders", "--limit", "100")}
    assert held["3512000106"] is None
    for _ in range(2):
        assert old_desk.run("undo").status == 0
    orders = {each["number"]: each for each in old_desk.done("orders", "--limit", "100")}
    assert orders["#1049"]["fulfillment_status"] == "packed"
    for _ in range(4):
        assert old_desk.run("redo").status == 0
    assert old_desk.done("orders", "--limit", "100") == before
    assert old_desk.done("check")["ok"]


def test_the_desk_as_it_was_is_kept_beside_the_updated_one(
    old_desk: CommandLine, request: pytest.FixtureRequest
) -> None:
    is_of_today = KNOWN[-1] in request.node.name
    old_desk.done("check")
    kept = list((old_desk.folder / "backups").glob("*"))
    assert bool(kept) is not is_of_today, "a copy is made before tables change, and only then"


def test_a_desk_of_every_release_is_kept() -> None:
    assert [path.name.removesuffix(".db.gz") for path in OLD] == [*RELEASED, KNOWN[-1]]
