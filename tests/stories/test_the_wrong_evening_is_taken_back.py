"""She imports the wrong file and packs half of it; a backup of the morning brings the shop back.

Nothing is lost by it: what the restore replaced is kept, and can be put back in its turn.
"""

from __future__ import annotations

from pathlib import Path

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.backup import BackupKind
from jeweler_desk.domain.order import FulfillmentStatus, Stage
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.backups import restore_desk
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.desk_lock import DESK_FILE
from tests.builders import an_order
from tests.fakes import FixedClock


def numbers(desk: Desk) -> set[str]:
    return {each.number for each in desk.orders.list(View.ALL)}


def test_the_morning_comes_back_and_the_evening_is_kept(tmp_path: Path) -> None:
    clock = FixedClock()
    with opened_desk(tmp_path, clock, is_writing=True) as desk:
        desk.settings.set("shop.name", "Moon & Sea")
        desk.settings.set("shop.timezone", "America/New_York")
        for number in ("#1041", "#1042", "#1043"):
            desk.orders.add(an_order(number=number))
        assert desk.backups.is_daily_due(clock.now())
        morning = desk.backups.back_up(BackupKind.DAILY)
        clock.goes_on(hours=9)
        for wrong in range(2000, 2030):
            desk.orders.add(an_order(number=f"#{wrong}"))
        parcel = desk.orders.find("#1041").id
        desk.fulfillment.set_stage(parcel, Stage.READY)
        desk.fulfillment.finish_packing(parcel)
        desk.backups.back_up_at_closing()

    clock.goes_on(minutes=5)
    evening = restore_desk(tmp_path / DESK_FILE, morning.file, clock).replaced
    with opened_desk(tmp_path, clock, is_writing=True) as desk:
        assert numbers(desk) == {"#1041", "#1042", "#1043"}
        assert desk.orders.find("#1041").fulfillment_status is FulfillmentStatus.TO_MAKE
        assert desk.settings.get("shop.name") == "Moon & Sea"
        assert desk.history.undo_label() == "Enter order #1043"
        assert is_sound(desk.checking.check())
        desk.orders.add(an_order(number="#1044"))

    assert evening is not None
    clock.goes_on(minutes=5)
    restore_desk(tmp_path / DESK_FILE, evening / DESK_FILE, clock)
    with opened_desk(tmp_path, clock, is_writing=True) as desk:
        assert len(numbers(desk)) == 33
        assert desk.orders.find("#1041").fulfillment_status is FulfillmentStatus.PACKED
        moved = desk.history.undo()
        assert moved is not None and moved.label == "Pack order #1041"
        assert is_sound(desk.checking.check())
    kept = {each.name for each in (tmp_path / "backups").iterdir()}
    assert {"replaced-2026-10-05T230500Z", "replaced-2026-10-05T231000Z"} < kept
