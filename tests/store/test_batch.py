"""Rows that are written in batches are known, found and taken back as single ones are."""

from __future__ import annotations

from typing import Any

import pytest

from jeweler_desk.services.desk import Desk
from jeweler_desk.store.batch import Batch
from jeweler_desk.store.database import Store
from jeweler_desk.store.sqlite_library import sqlite3
from tests.builders import an_order
from tests.fakes import FixedClock

ORDER = {
    "channel": "shopify",
    "currency": "USD",
    "placed_on": "2026-10-05",
    "placed_sort": "2026-10-05T00:00:00Z",
    "total": 4000,
    "gift": "unknown",
    "payment_status": "paid",
    "fulfillment_status": "to_make",
    "order_status": "open",
    "units_to_send": 1,
    "passes_gate": 1,
    "is_held": 0,
}


def order(number: int) -> dict[str, Any]:
    named = {"number": f"#{number}", "number_key": str(number), "search_text": f"Zoë no{number}"}
    return ORDER | named


def gathered(store: Store, count: int, first: int = 1) -> Batch:
    """A batch of orders with an event each, not written yet."""
    batch = Batch(store)
    for number in range(first, first + count):
        order_id = batch.insert("orders", order(number))
        batch.insert("order_events", {"order_id": order_id, "at": "2026", "what": f"e{number}"})
    return batch


def rows(store: Store, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in store.rows(f"SELECT * FROM {table} ORDER BY id")]  # noqa: S608 - the tests' own names


def found(store: Store, word: str) -> int:
    sql = "SELECT count(*) FROM search_orders WHERE search_orders MATCH ?"
    return int(store.rows(sql, [word])[0][0])


@pytest.mark.parametrize("count", [3, 700])
def test_a_batch_is_one_with_its_step(store: Store, count: int) -> None:
    with store.step("Import"):
        gathered(store, count).flush()
    orders, events = rows(store, "orders"), rows(store, "order_events")
    assert (len(orders), len(events)) == (count, count)
    assert [event[1] for event in events] == [each[0] for each in orders]
    assert (found(store, "zoe"), found(store, f"no{count}")) == (count, 1)
    taken = store.undo()
    assert taken is not None
    assert taken.tables == {"orders", "order_events"}
    assert (rows(store, "orders"), rows(store, "order_events")) == ([], [])
    assert found(store, "zoe") == 0
    store.redo()
    assert (rows(store, "orders"), rows(store, "order_events")) == (orders, events)
    assert found(store, "zoe") == count
    store.run("INSERT INTO search_orders (search_orders) VALUES ('integrity-check')")


def test_many_rows_at_once_leave_the_images_that_single_ones_leave(
    store: Store, clock: FixedClock
) -> None:
    with store.step("Import"):
        gathered(store, 400).flush()
    single = Store(None, now=clock.now)
    with single.step("Import"):
        for number in range(1, 401):
            single.insert("orders", order(number))
        for number in range(1, 401):
            event = {"order_id": number, "at": "2026", "what": f"e{number}"}
            single.insert("order_events", event)
    assert rows(store, "row_changes") == rows(single, "row_changes")
    assert rows(store, "orders") == rows(single, "orders")
    single.close()


def test_after_a_batch_single_rows_are_journalled_and_found_again(store: Store) -> None:
    with store.step("Import"):
        gathered(store, 700).flush()
    with store.step("One more"):
        store.insert("orders", order(9000))
    assert found(store, "no9000") == 1
    store.undo()
    assert found(store, "no9000") == 0
    with pytest.raises(sqlite3.IntegrityError, match="only in a step"):
        store.insert("orders", order(9001))


@pytest.mark.parametrize("count", [3, 700])
def test_a_batch_outside_a_step_is_refused(store: Store, count: int) -> None:
    batch = gathered(store, count)
    with pytest.raises(sqlite3.IntegrityError, match="only in a step"):
        batch.flush()
    assert rows(store, "orders") == []


def fail_after_a_batch(store: Store) -> None:
    with store.step("Import"):
        gathered(store, 700).flush()
        raise ZeroDivisionError


def test_a_batch_in_a_step_that_breaks_down_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_a_batch(store)
    assert (rows(store, "orders"), rows(store, "steps")) == ([], [])
    with store.step("Import"):
        gathered(store, 2).flush()
    assert found(store, "zoe") == 2


def test_a_batch_goes_on_after_it_was_written(store: Store) -> None:
    with store.step("Import"):
        batch = Batch(store, rows_at_once=2)
        for number in (1, 2, 3):
            batch.insert("orders", order(number))
            if batch.is_full:
                batch.flush()
        batch.flush()
        batch.flush()
    assert [row["number"] for row in store.rows("SELECT number FROM orders")] == ["#1", "#2", "#3"]


def test_a_batch_is_journalled_only_inside_an_act(store: Store) -> None:
    with store.write():
        gathered(store, 700).flush()
    assert rows(store, "row_changes") == []
    assert found(store, "zoe") == 700


def test_rows_of_a_table_have_the_same_cells_within_a_batch(store: Store) -> None:
    batch = Batch(store)
    batch.insert("order_events", {"order_id": 1, "at": "2026", "what": "e"})
    with pytest.raises(ValueError, match="same cells"):
        batch.insert("order_events", {"order_id": 1, "what": "e", "at": "2026"})


def test_orders_entered_after_a_batch_go_on_with_the_next_id(desk: Desk, store: Store) -> None:
    with store.step("Import"):
        gathered(store, 700).flush()
    order_id, _ = desk.orders.add(an_order(number="#9000"))
    assert order_id == 701
