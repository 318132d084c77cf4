"""Much is written in portions, and what was read is remembered only while nothing was written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from jeweler_desk.store.database import Store
from jeweler_desk.store.sqlite_library import FIRST_SAFE_SQLITE, sqlite_version
from tests.fakes import FixedClock


def test_a_portion_does_not_wait_for_the_disk_and_whatever_follows_does(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "desk.db", now=FixedClock().now)) as store:

        def is_waited_for() -> bool:
            row = store.one("PRAGMA synchronous")
            return row is not None and row[0] == 2

        with store.write_portion():
            store.run("UPDATE mail_state SET is_stale = 1")
            assert not is_waited_for()
            with store.write_portion():  # joins the one that is open
                store.run("UPDATE mail_state SET is_stale = 0")
        assert is_waited_for()

        def break_off() -> None:
            with store.write_portion():
                store.run("UPDATE mail_state SET is_stale = 1")
                raise ValueError("broken")

        with pytest.raises(ValueError, match="broken"):
            break_off()
        assert is_waited_for()
        assert [row[0] for row in store.rows("SELECT is_stale FROM mail_state")] == [0]


def test_the_stamp_tells_of_every_writer(tmp_path: Path) -> None:
    path, now = tmp_path / "desk.db", FixedClock().now
    with closing(Store(path, now=now)) as store:
        before = store.stamp
        assert store.stamp == before
        with store.write():
            assert store.stamp is None
            store.run("UPDATE mail_state SET is_stale = 1")
        after = store.stamp
        assert after != before
        with closing(Store(path, now=now)) as other, other.write():
            other.run("UPDATE mail_state SET is_stale = 0")
        assert store.stamp != after


@pytest.mark.skipif(sqlite_version() < FIRST_SAFE_SQLITE, reason="one connection is all it takes")
def test_what_many_portions_wrote_is_brought_to_its_place_beside_the_window(
    tmp_path: Path,
) -> None:
    path = tmp_path / "desk.db"
    with closing(Store(path, now=FixedClock().now)) as store:
        works: list[Callable[[], None] | None] = []
        for number in range(40):
            with store.write_portion():
                store.run("UPDATE mail_state SET is_stale = ?", [number % 2])
            works.append(store.settling())
        assert works[0] is None
        asked = [work for work in works if work is not None]
        assert 1 < len(asked) < len(works) / 4

        def is_in_place() -> bool:
            row = store.one("PRAGMA wal_checkpoint(NOOP)")
            return row is not None and row["log"] == row["checkpointed"]

        assert not is_in_place()
        asked[-1]()
        assert is_in_place()
        assert [row[0] for row in store.rows("SELECT is_stale FROM mail_state")] == [1]
    path.unlink()
    asked[-1]()  # a desk that is gone is not made anew
    assert not path.exists()
    with closing(Store(None, now=FixedClock().now)) as store:
        for _ in range(40):
            with store.write_portion():
                store.run("UPDATE mail_state SET is_stale = 1")
            assert store.settling() is None
