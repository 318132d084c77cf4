"""Undo and redo: every act can be taken back and done again, exactly, also after a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from jeweler_desk.domain.order import OrderId, Stage
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.store.errors import KnownStoreError, UndoRefusedError
from jeweler_desk.store.schema.journalled import JOURNALLED_TABLES
from jeweler_desk.store.sqlite_library import sqlite3
from jeweler_desk.wiring import build_desk
from tests.builders import a_line, an_order
from tests.dump import dump
from tests.fakes import FixedClock


def put(store: Store, key: str, value: str) -> None:
    store.insert("settings", {"key": key, "value": value})


def set_name(store: Store, value: str) -> None:
    store.run("UPDATE settings SET value = ? WHERE key = 'shop.name'", [value])


def fail_after(store: Store, sql: str, value: object) -> None:
    """Write something in a step that then breaks down."""
    with store.step("Fail"):
        store.run(sql, [value])
        raise ZeroDivisionError


def steps(store: Store) -> int:
    return int(store.rows("SELECT count(*) FROM steps")[0][0])


class AnyActsTakenBack(RuleBasedStateMachine):
    """Acts, cascading deletes, failures, undo and redo in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock()
        self.store = Store(None, now=self.clock.now)
        self.desk = build_desk(self.store, self.clock)
        self.dumps = [dump(self.store)]
        self.position = 0

    def teardown(self) -> None:
        self.store.run("INSERT INTO search_orders (search_orders) VALUES ('integrity-check')")
        self.store.close()

    def any_order(self, pick: int) -> OrderId:
        ids = [row[0] for row in self.store.rows("SELECT id FROM orders ORDER BY id")]
        return OrderId(ids[pick % len(ids)])

    def does(self, act: Callable[[], object]) -> None:
        """Do one act of the seller's; what is refused must leave nothing."""
        self.clock.goes_on(minutes=1)
        try:
            act()
        except RefusedError:
            assert dump(self.store) == self.dumps[self.position]
            return
        after = dump(self.store)
        if after != self.dumps[self.position]:
            del self.dumps[self.position + 1 :]
            self.dumps.append(after)
            self.position += 1

    def has_orders(self) -> bool:
        return bool(self.dumps[self.position]["orders"])

    @rule(pieces=st.integers(1, 3), name=st.sampled_from(["Zoë", "Ann\0e", "佐藤 美咲", ""]))
    def enter_an_order(self, pieces: int, name: str) -> None:
        lines = [a_line(f"Ring {each}", quantity=each + 1) for each in range(pieces)]
        self.does(lambda: self.desk.orders.add(an_order(*lines, number="", customer=name)))

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9), stage=st.sampled_from(Stage))
    def make(self, pick: int, stage: Stage) -> None:
        self.does(lambda: self.desk.fulfillment.set_stage(self.any_order(pick), stage))

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def hold(self, pick: int) -> None:
        self.does(lambda: self.desk.orders.hold(self.any_order(pick), "ring size?"))

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def release(self, pick: int) -> None:
        self.does(lambda: self.desk.orders.release(self.any_order(pick)))

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def pack(self, pick: int) -> None:
        self.does(lambda: self.desk.fulfillment.finish_packing(self.any_order(pick), 200))

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def ship(self, pick: int) -> None:
        self.does(lambda: self.desk.fulfillment.ship(self.any_order(pick), "USPS", "9400"))

    @rule(codes=st.sampled_from(["", "FRIEND100", "PRESS"]))
    def declare_codes(self, codes: str) -> None:
        self.does(lambda: self.desk.settings.set("shop.intended_codes", codes))

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def delete_an_order_with_all_its_rows(self, pick: int) -> None:
        def delete() -> None:
            with self.store.step("Delete an order"):
                self.store.run("DELETE FROM orders WHERE id = ?", [self.any_order(pick)])

        self.does(delete)

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def fail_half_way(self, pick: int) -> None:
        before = (dump(self.store), steps(self.store))
        order_id = self.any_order(pick)
        with pytest.raises(ZeroDivisionError):
            fail_after(self.store, "DELETE FROM orders WHERE id = ?", order_id)
        assert (dump(self.store), steps(self.store)) == before

    @rule()
    def undo(self) -> None:
        taken = self.desk.history.undo()
        assert (taken is None) == (self.position == 0)
        self.position = max(0, self.position - 1)

    @rule()
    def redo(self) -> None:
        done = self.desk.history.redo()
        assert (done is None) == (self.position == len(self.dumps) - 1)
        self.position = min(len(self.dumps) - 1, self.position + 1)

    @invariant()
    def the_desk_is_as_it_was_at_this_point(self) -> None:
        assert dump(self.store) == self.dumps[self.position]


AnyActsTakenBack.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None
)
test_any_acts_can_be_taken_back_and_done_again = AnyActsTakenBack.TestCase


def test_undo_is_refused_when_something_was_changed_outside_since(store: Store) -> None:
    with store.step("Name the shop"):
        put(store, "shop.name", "Juniper")
    with store.write():
        set_name(store, "Tide")
    before = dump(store)
    with pytest.raises(UndoRefusedError, match=r"“Name the shop”.*changed since"):
        store.undo()
    assert dump(store) == before
    assert store.undo_label() == "Name the shop"


def test_undo_is_refused_when_what_it_would_change_is_gone(store: Store) -> None:
    with store.step("Name the shop"):
        put(store, "shop.name", "Juniper")
    with store.write():
        store.run("DELETE FROM settings")
    with pytest.raises(UndoRefusedError):
        store.undo()


def test_redo_is_refused_when_its_place_is_taken(store: Store) -> None:
    with store.step("Name the shop"):
        put(store, "shop.name", "Juniper")
    row_id = store.rows("SELECT id FROM settings")[0][0]
    store.undo()
    with store.write():
        store.insert("settings", {"id": row_id, "key": "shop.name", "value": "Tide"})
    with pytest.raises(UndoRefusedError):
        store.redo()


def test_redo_is_refused_when_its_key_is_taken(store: Store) -> None:
    with store.step("Name the shop"):
        put(store, "shop.name", "Juniper")
    store.undo()
    with store.write():
        store.insert("settings", {"id": 77, "key": "shop.name", "value": "Tide"})
    before = dump(store)
    with pytest.raises(UndoRefusedError):
        store.redo()
    assert dump(store) == before


def test_undo_is_refused_when_what_it_belonged_to_is_gone(desk: Desk, store: Store) -> None:
    order_id, _ = desk.orders.add(an_order())
    with store.step("Delete the timeline"):
        store.run("DELETE FROM order_events")
    with store.write():
        store.run("DELETE FROM orders WHERE id = ?", [order_id])
    with pytest.raises(UndoRefusedError):
        store.undo()
    assert store.undo_label() == "Delete the timeline"


def test_undo_of_an_import_is_refused_when_one_of_its_rows_was_changed(store: Store) -> None:
    with store.step("Two settings"):
        put(store, "shop.name", "Juniper")
        put(store, "shop.signature", "J.")
    with store.write():
        store.run("UPDATE settings SET value = 'T.' WHERE key = 'shop.signature'")
    before = dump(store)
    with pytest.raises(UndoRefusedError):
        store.undo()
    assert dump(store) == before


def test_an_error_inside_a_step_leaves_neither_rows_nor_step(store: Store) -> None:
    before = dump(store)
    with pytest.raises(ZeroDivisionError):
        fail_after(store, "INSERT INTO settings (key, value) VALUES ('shop.name', ?)", "Juniper")
    assert dump(store) == before
    assert store.undo_label() is None


def test_a_step_inside_a_step_is_one_act(store: Store) -> None:
    with store.step("Both"):
        put(store, "shop.name", "Juniper")
        with store.step("Inner"):
            put(store, "shop.signature", "J.")
    assert store.undo_label() == "Both"
    store.undo()
    assert dump(store)["settings"] == []


def test_a_step_that_changed_nothing_leaves_no_trace(store: Store) -> None:
    with store.step("Nothing"):
        pass
    assert store.undo_label() is None
    assert store.undo() is None


def test_a_new_act_ends_what_could_be_done_again(store: Store) -> None:
    with store.step("First"):
        put(store, "shop.name", "Juniper")
    store.undo()
    assert store.redo_label() == "First"
    with store.step("Second"):
        put(store, "shop.name", "Tide")
    assert store.redo() is None


@pytest.mark.parametrize("table", JOURNALLED_TABLES)
def test_a_table_that_undo_knows_is_never_written_outside_a_step(store: Store, table: str) -> None:
    trigger = f"journal_{table}_"
    watched = store.rows("SELECT name FROM sqlite_temp_master WHERE name GLOB ? || '*'", [trigger])
    assert {row[0].removeprefix(trigger) for row in watched} == {"INSERT", "UPDATE", "DELETE"}


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO settings (key, value) VALUES ('shop.signature', 'J.')",
        "UPDATE settings SET value = 'Tide'",
        "DELETE FROM settings",
    ],
)
def test_writing_outside_a_step_is_refused(store: Store, sql: str) -> None:
    with store.step("Name the shop"):
        put(store, "shop.name", "Juniper")
    before = dump(store)
    with pytest.raises(sqlite3.IntegrityError, match="only in a step"):
        store.run(sql)
    assert dump(store) == before


def test_an_undone_id_is_never_given_out_again(store: Store) -> None:
    with store.step("First"):
        first = store.insert("settings", {"key": "a", "value": "1"})
    store.undo()
    with store.step("Second"):
        assert store.insert("settings", {"key": "b", "value": "2"}) > first


def test_undo_and_redo_survive_closing_and_opening(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "desk.db"
    dumps = []
    for name in ("Juniper", "Tide"):
        store = Store(path, now=clock.now)
        with store.step(f"Name it {name}"):
            if name == "Juniper":
                put(store, "shop.name", name)
            else:
                set_name(store, name)
        dumps.append(dump(store))
        store.close()
    store = Store(path, now=clock.now)
    assert store.undo_label() == "Name it Tide"
    store.undo()
    assert dump(store) == dumps[0]
    store.close()
    store = Store(path, now=clock.now)
    assert store.redo_label() == "Name it Tide"
    store.redo()
    assert dump(store) == dumps[1]
    store.close()


def test_a_text_with_a_null_character_comes_back_whole(store: Store) -> None:
    with store.step("Odd name"):
        put(store, "shop.name", "before\0after 💍")
    with store.step("Name it"):
        set_name(store, "Tide")
    store.undo()
    assert dump(store)["settings"][0][2] == "before\0after 💍"
    store.undo()
    store.redo()
    assert dump(store)["settings"][0][2] == "before\0after 💍"


def act(store: Store, count: int) -> None:
    for each in range(count):
        with store.step(f"Act {each}"):
            put(store, f"key {steps(store)} {each}", "1")


def reopened(path: Path, at: datetime) -> Store:
    return Store(path, now=FixedClock(at).now)


@pytest.mark.parametrize(
    ("acts", "days", "kept"),
    [
        (510, 91, 500),  # old ones beyond the newest 500 are forgotten
        (510, 89, 510),  # within 90 days all are kept
        (20, 400, 20),  # few ones are kept however old
    ],
)
def test_500_steps_or_90_days_are_kept_whichever_is_more(
    tmp_path: Path, acts: int, days: int, kept: int
) -> None:
    made = datetime(2026, 1, 1, tzinfo=UTC)
    path = tmp_path / "desk.db"
    store = reopened(path, made)
    store.db.execute("PRAGMA synchronous = OFF")
    act(store, acts)
    store.close()
    store = reopened(path, made + timedelta(days=days))
    assert steps(store) == kept
    orphans = store.rows(
        "SELECT count(*) FROM row_changes WHERE step_id NOT IN (SELECT id FROM steps)"
    )
    assert orphans[0][0] == 0
    assert store.undo_label() == f"Act {acts - 1}"
    store.close()


def test_received_mail_and_the_like_is_written_outside_undo(store: Store) -> None:
    with store.write():
        put(store, "shop.name", "Juniper")
    assert store.undo_label() is None
    with store.step("Act"), store.write():
        put(store, "shop.signature", "J.")
    assert store.undo_label() == "Act"


def test_a_store_for_reading_writes_nothing(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "desk.db"
    Store(path, now=clock.now).close()
    store = Store(path, now=clock.now, read_only=True)
    with pytest.raises(KnownStoreError, match="reading only"), store.step("Act"):
        pass
    with pytest.raises(KnownStoreError, match="reading only"), store.write():
        pass
    store.close()
