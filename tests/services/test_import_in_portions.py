"""A large import is written in portions and is one act all the same: whole, or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.progress import Portions, Progress, done_at_once
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.order_import import ImportReport, ParsedFiles, parse
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.errors import KnownStoreError, UndoRefusedError
from jeweler_desk.store.sqlite_library import sqlite3
from jeweler_desk.wiring import build_desk
from tests.builders import an_order
from tests.doomed import Doomed, doomed
from tests.dump import dump
from tests.fakes import FixedClock

ROWS = 400
HEADINGS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name"
)
LABEL = f"Import {ROWS} orders"


def _next_when_stopping(portions: Portions[ImportReport | None]) -> Progress | None:
    """Ask to stop; None once it has, with nothing to report."""
    try:
        return portions.send(True)
    except StopIteration as ended:
        return None if ended.value is None else Progress(0, 0)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        f"#{number},buyer@example.com,paid,2026-10-01 09:00:00 -0400,fulfilled,USD,40.00,0.00,"
        f"0.00,40.00,2026-10-01 09:00:00 -0400,1,Silver Ring,40.00,SR-1,Hannah Lindqvist"
        for number in range(2000, 2000 + ROWS)
    ]
    path = tmp_path_factory.mktemp("shop") / "orders.csv"
    path.write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def parsed(file: Path) -> ParsedFiles:
    return parse([file])


@pytest.fixture
def desk(store: Store, clock: FixedClock) -> Desk:
    return build_desk(store, clock)


@pytest.fixture
def taken(desk: Desk, parsed: ParsedFiles) -> Desk:
    """A desk that took the file in, one order being there before."""
    desk.orders.add(an_order(number="D-1"))
    report = done_at_once(desk.order_import.take_in_portions(parsed))
    assert report is not None
    assert report.new == ROWS
    return desk


def test_portions_come_to_the_same_as_all_at_once(taken: Desk, parsed: ParsedFiles) -> None:
    clock = FixedClock()
    with closing(Store(None, now=clock.now)) as other:
        desk = build_desk(other, clock)
        desk.orders.add(an_order(number="D-1"))
        desk.order_import.take_in(parsed)
        assert dump(taken.history._store) == dump(other)
    assert taken.history.undo_label() == LABEL


def test_stopped_it_is_as_if_it_had_never_begun(
    desk: Desk, store: Store, parsed: ParsedFiles
) -> None:
    before = dump(store)
    importing = desk.order_import.take_in_portions(parsed)
    told: Progress | None = next(importing)
    while told and not told.done:
        told = importing.send(False)
    assert 0 < len(dump(store)["orders"]) < ROWS
    assert desk.history.undo_label() is None, "it does not count before it is whole"
    while told is not None:
        told = _next_when_stopping(importing)
        assert told is None or told.is_going_back
    assert dump(store) == before
    assert not store.rows("SELECT 1 FROM steps UNION ALL SELECT 1 FROM row_changes")


def test_an_error_in_the_middle_leaves_nothing(
    desk: Desk, store: Store, parsed: ParsedFiles
) -> None:
    before = dump(store)
    store.connection.execute(
        "CREATE TEMP TRIGGER worn BEFORE INSERT ON main.orders WHEN NEW.number = '#2350'"
        " BEGIN SELECT RAISE(ABORT, 'a worn sector'); END"
    )
    with pytest.raises((KnownStoreError, sqlite3.Error)):
        done_at_once(desk.order_import.take_in_portions(parsed))
    assert dump(store) == before
    assert desk.history.undo_label() is None


def test_it_is_taken_back_and_done_again_as_one(taken: Desk, store: Store) -> None:
    after = dump(store)
    moved = done_at_once(taken.history.undo_portions())
    assert moved is not None
    assert moved.label == LABEL
    assert [row[2] for row in dump(store)["orders"]] == ["D-1"]
    assert taken.history.redo_label() == LABEL
    done_at_once(taken.history.redo_portions())
    assert dump(store) == after
    assert taken.history.undo_label() == LABEL


def test_what_can_no_longer_be_redone_is_forgotten_little_by_little(
    taken: Desk, store: Store
) -> None:
    done_at_once(taken.history.undo_portions())
    images = store.rows("SELECT count(*) FROM row_changes")[0][0]
    taken.settings.set("shop.name", "Juniper")
    assert taken.history.redo_label() is None
    left = store.rows("SELECT count(*) FROM row_changes")[0][0]
    assert 0 < images - left <= 2000
    for name in ("A", "B", "C"):
        taken.settings.set("shop.name", name)
    assert not store.rows("SELECT 1 FROM steps WHERE label = ?", [LABEL])


def test_it_stays_whole_where_one_of_its_orders_was_changed_since(
    taken: Desk, store: Store
) -> None:
    with store.write():
        store.run("UPDATE orders SET customer_name = 'Zoë' WHERE number = '#2200'")
    before = dump(store)
    with pytest.raises(UndoRefusedError, match="changed since"):
        done_at_once(taken.history.undo_portions())
    assert dump(store) == before
    assert taken.history.undo_label() == LABEL


def test_what_was_taken_back_is_done_again_where_the_rest_cannot_be(
    taken: Desk, store: Store
) -> None:
    moving = taken.history.undo_portions()
    while not next(moving).done:
        pass
    with store.write():
        store.run("UPDATE orders SET customer_name = 'Zoë' WHERE number = '#2001'")
    with pytest.raises(UndoRefusedError):
        done_at_once(moving)
    assert len(dump(store)["orders"]) == ROWS + 1
    assert taken.history.undo_label() == LABEL


def test_an_act_that_came_in_between_is_the_last_one(taken: Desk) -> None:
    moving = taken.history.undo_portions()
    while not next(moving).done:
        pass
    taken.settings.set("shop.name", "Juniper")
    done_at_once(moving)
    assert taken.history.redo_label() is None
    assert taken.history.undo_label() == "Change the setting shop.name"


needs_kill = pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL and no fork")


@pytest.fixture(scope="module")
def process() -> Iterator[Doomed]:
    with doomed() as process:
        yield process


def orders_of(desk: Desk) -> int:
    return len(dump(desk.history._store)["orders"])


@needs_kill
def test_killed_in_the_middle_nothing_of_it_is_there_at_the_next_start(
    tmp_path: Path, file: Path, process: Doomed
) -> None:
    said = process.works("import_in_portions", tmp_path, file, acts=4)
    assert "imported" not in said
    with opened_desk(tmp_path, FixedClock(), is_writing=False) as desk:
        assert 0 < orders_of(desk) < ROWS, "it was in the middle"
    with opened_desk(tmp_path, FixedClock(), is_writing=True) as desk:
        assert orders_of(desk) == 0
        assert is_sound(desk.checking.check())
        assert desk.history.interrupted() == (LABEL,)
        assert desk.history.undo_label() is None
        assert desk.order_import.import_files([file]).new == ROWS
    with opened_desk(tmp_path, FixedClock(), is_writing=True) as desk:
        assert desk.history.interrupted() == ()


@needs_kill
def test_killed_while_it_is_taken_back_it_is_gone_at_the_next_start(
    tmp_path: Path, file: Path, process: Doomed
) -> None:
    with opened_desk(tmp_path / "whole", FixedClock(), is_writing=True) as desk:
        desk.order_import.import_files([file])
        whole = dump(desk.history._store)
    shutil.copytree(tmp_path / "whole", tmp_path / "cut")
    said = process.works("undo_in_portions", tmp_path / "cut", acts=20)
    assert "portion 1" in said
    assert "taken back" not in said
    with opened_desk(tmp_path / "cut", FixedClock(), is_writing=True) as desk:
        assert orders_of(desk) == 0
        assert is_sound(desk.checking.check())
        assert desk.history.redo_label() == LABEL
        done_at_once(desk.history.redo_portions())
        assert dump(desk.history._store) == whole


@needs_kill
def test_what_stands_on_a_cut_off_import_keeps_it(
    tmp_path: Path, file: Path, process: Doomed
) -> None:
    process.works("import_in_portions", tmp_path, file, acts=4)
    with closing(sqlite3.connect(tmp_path / DESK_FILE)) as connection, connection:
        connection.execute("UPDATE orders SET customer_name = 'Zoë' WHERE number = '#2001'")
    with opened_desk(tmp_path, FixedClock(), is_writing=True) as desk:
        assert desk.history.interrupted() == ()
        assert 0 < orders_of(desk) < ROWS
        assert desk.history.undo_label() == LABEL
        desk.order_import.import_files([file])
        assert orders_of(desk) == ROWS
