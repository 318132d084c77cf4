"""The desk checked against itself: what is sound passes, what was tampered with is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    Refund,
    RefundState,
    Stage,
)
from jeweler_desk.services.checking import Finding, Severity, Subject, is_sound
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.sqlite_library import sqlite3
from tests.builders import a_charge, a_line, an_order, usd
from tests.fakes import FixedClock


@pytest.fixture
def shop(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """A shop on disk with orders in every state that acts can bring about."""
    with opened_desk(tmp_path, clock, is_writing=True) as desk:
        desk.settings.set("shop.timezone", "America/New_York")
        desk.settings.set("shop.intended_codes", "FRIENDS")
        settled = Refund(usd("40.00"), RefundState.SETTLED, None, "broken", "order_export")
        held = Authorization(usd("40.00"), AuthorizationState.HELD, "order_export")
        for new in (
            an_order(number="#1"),
            an_order(number="#2", is_paid=False),
            an_order(number="#3", refunds=(settled,)),
            an_order(number="#4", is_paid=False, authorizations=(held,)),
            an_order(number="#5", total=usd("0.00")),
            an_order(number="#6", total=usd("0.00"), discount_code="friends"),
            an_order(number="#7", is_canceled=True),
            an_order(number="#8", is_shipped=True),
            an_order(a_line(quantity=3), number="#9", charges=(a_charge("20.00"),)),
            an_order(number="3512000101", channel=Channel.ETSY),
            an_order(number="#10"),
            an_order(number="#11"),
        ):
            desk.orders.add(new)
        desk.orders.hold(desk.orders.find("#10").id, "her ring size", None)
        desk.orders.hold(desk.orders.find("#11").id, "address", None)
        desk.orders.release(desk.orders.find("#11").id)
        parcel = desk.orders.find("3512000101").id
        desk.fulfillment.set_stage(parcel, Stage.READY)
        desk.fulfillment.finish_packing(parcel)
        desk.fulfillment.ship(parcel, "USPS", "9400")
        yield desk


def tampered(desk: Desk, sql: str) -> list[Finding]:
    """Let another program write into the file, and check."""
    assert desk.folder is not None
    with closing(sqlite3.connect(desk.folder / DESK_FILE)) as stranger:
        stranger.execute(sql)
        stranger.commit()
    return failed(desk)


def failed(desk: Desk) -> list[Finding]:
    return [each for each in desk.checking.check() if each.severity is Severity.FAILED]


def test_a_desk_that_only_the_seller_worked_on_is_sound(shop: Desk) -> None:
    assert failed(shop) == []


def test_it_stays_sound_through_undo_and_redo(shop: Desk) -> None:
    while shop.history.undo():
        assert failed(shop) == []
    while shop.history.redo():
        pass
    assert failed(shop) == []


def test_a_desk_in_memory_is_checked_where_it_is(desk: Desk) -> None:
    desk.orders.add(an_order())
    assert desk.checking.check() == [
        Finding(
            Subject.BACKUP,
            Severity.INFORMATION,
            "There is no backup yet; “jeweler-desk backup” makes one.",
        )
    ]


@pytest.mark.parametrize(
    ("sql", "order", "what"),
    [
        (
            "UPDATE orders SET payment_status = 'paid' WHERE number = '#2'",
            "#2",
            "The payment status is kept as paid; the facts say unpaid.",
        ),
        (
            "UPDATE orders SET fulfillment_status = 'packed' WHERE number = '#1'",
            "#1",
            "The state of the goods is kept as packed; the facts say to make.",
        ),
        (
            "UPDATE orders SET order_status = 'lost' WHERE number = '#1'",
            "#1",
            "The order status is kept as lost; the facts say open.",
        ),
        (
            "UPDATE orders SET units_to_send = 7 WHERE number = '#9'",
            "#9",
            "The units to send is kept as 7; the facts say 3.",
        ),
        (
            "UPDATE orders SET ship_by = '2026-12-24' WHERE number = '#1'",
            "#1",
            "The ship-by day is kept as 2026-12-24; the facts say 2026-10-06.",
        ),
        (
            "UPDATE orders SET ship_by = '2026-12-24' WHERE number = '#2'",
            "#2",
            "The ship-by day is kept as 2026-12-24; the facts say nothing.",
        ),
        (
            "UPDATE orders SET passes_gate = 1 WHERE number = '#2'",
            "#2",
            "The gate to packing is kept as open; the facts say closed.",
        ),
        (
            "UPDATE orders SET hold_reason = 'none of yours' WHERE number = '#10'",
            "#10",
            "The reason of the hold is kept as none of yours; the facts say her ring size.",
        ),
        (
            "UPDATE line_items SET stage = 'molten' WHERE order_id = 1",
            "#1",
            "A cell holds what the desk cannot read: 'molten' is not a valid Stage.",
        ),
    ],
)
def test_a_state_that_does_not_follow_from_its_facts_is_named(
    shop: Desk, sql: str, order: str, what: str
) -> None:
    assert tampered(shop, sql) == [Finding(Subject.STATES, Severity.FAILED, what, order)]


def test_a_charge_that_vanished_shows_in_every_state_it_carried(shop: Desk) -> None:
    found = tampered(shop, "DELETE FROM charges WHERE order_id = 1")
    assert {each.order for each in found} == {"#1"}
    assert "The payment status is kept as paid; the facts say unpaid." in {
        each.what for each in found
    }
    assert "The ship-by day is kept as 2026-10-06; the facts say nothing." in {
        each.what for each in found
    }


def test_counts_of_units_are_held_against_their_facts(shop: Desk) -> None:
    found = tampered(
        shop,
        "DELETE FROM shipment_units WHERE shipment_id ="
        " (SELECT shipments.id FROM shipments JOIN orders ON orders.id = order_id"
        " WHERE number = '3512000101')",
    )
    assert found == [
        Finding(
            Subject.UNITS,
            Severity.FAILED,
            "“Silver Ring” keeps 1 shipped; its facts say 0.",
            "3512000101",
        )
    ]


def test_a_search_that_lost_an_order_is_named(shop: Desk) -> None:
    found = tampered(
        shop,
        "INSERT INTO search_orders (search_orders, rowid, search_text)"
        " SELECT 'delete', id, search_text FROM orders WHERE number = '#1'",
    )
    assert found == [
        Finding(
            Subject.SEARCH, Severity.FAILED, "The search does not find every word of the orders."
        )
    ]


def test_rows_that_belong_nowhere_are_counted(shop: Desk) -> None:
    found = tampered(
        shop, "INSERT INTO order_events (order_id, at, what) VALUES (99, '2026', 'x'), (98, '', '')"
    )
    assert found == [
        Finding(
            Subject.FOREIGN_KEYS, Severity.FAILED, "Rows that belong nowhere: 2 of order_events."
        )
    ]


def many_orders(folder: Path, clock: FixedClock) -> Path:
    with opened_desk(folder, clock, is_writing=True) as desk:
        for number in range(40):
            desk.orders.add(an_order(number=f"#{number}"))
    return folder / DESK_FILE


def findings_of(folder: Path, clock: FixedClock) -> list[Finding]:
    with opened_desk(folder, clock, is_writing=False) as desk:
        return failed(desk)


def test_a_file_that_cannot_be_read_on_is_a_finding_and_no_crash(
    tmp_path: Path, clock: FixedClock
) -> None:
    file = many_orders(tmp_path, clock)
    with closing(sqlite3.connect(file)) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'line_items'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as handle:
        handle.seek((page - 1) * size)
        handle.write(b"\xa5" * size)
    found = findings_of(tmp_path, clock)
    assert {each.subject for each in found} == {Subject.INTEGRITY}
    assert all("damaged" in each.what for each in found)


def test_an_index_that_does_not_match_its_table_is_named(tmp_path: Path, clock: FixedClock) -> None:
    file = many_orders(tmp_path, clock)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
            " WHERE name = 'holds_order') WHERE name = 'charges_order'"
        )
        connection.commit()
    found = findings_of(tmp_path, clock)
    assert {each.subject for each in found if "file is damaged" in each.what} == {Subject.INTEGRITY}


def test_a_total_that_its_parts_do_not_add_up_to_is_worth_knowing_but_no_fault(
    desk: Desk,
) -> None:
    parts: dict[str, Any] = {"shipping": usd("5.00"), "tax": usd("2.00")}
    lines = (a_line(discount=usd("1.00")),)
    desk.orders.add(an_order(*lines, number="#1", total=usd("46.00"), **parts))
    desk.orders.add(an_order(*lines, number="#2", total=usd("47.00"), **parts))
    desk.orders.add(an_order(*lines, number="#3", total=usd("44.00"), **parts))
    desk.orders.add(an_order(*lines, number="#4", total=usd("99.00")))
    desk.orders.add(an_order(*lines, number="#5", total=usd("64.00"), **parts))
    desk.orders.add(
        an_order(*lines, number="#6", total=usd("41.00"), discount=usd("5.00"), **parts)
    )
    found = desk.checking.check()
    assert is_sound(found)
    assert [each for each in found if each.subject is Subject.SUMS] == [
        Finding(
            Subject.SUMS,
            Severity.INFORMATION,
            "The total is 64.00 USD; its parts add up to 46.00 USD.",
            "#5",
        )
    ]


def test_many_unusual_totals_are_told_as_one(desk: Desk) -> None:
    odd = an_order(total=usd("9.00"), shipping=usd("5.00"), tax=usd("2.00"))
    for number in range(23):
        desk.orders.add(replace(odd, number=f"#{number}"))
    sums = [each for each in desk.checking.check() if each.subject is Subject.SUMS]
    assert len(sums) == 21
    assert sums[-1].what == "In 3 more orders the parts add up to another total."


def test_the_age_of_the_last_backup_is_told(shop: Desk, clock: FixedClock) -> None:
    shop.backups.back_up()
    clock.goes_on(days=3)
    assert shop.checking.check()[-1] == Finding(
        Subject.BACKUP, Severity.INFORMATION, "The last backup was made 3 days ago."
    )


def test_orders_coming_in_during_a_check_do_not_make_the_desk_look_torn(
    shop: Desk,
) -> None:
    """The job has its own connection; one read transaction shows it one instant."""
    job = shop.checking.check_job()
    shop.orders.add(an_order(number="#12"))
    assert is_sound(job())
