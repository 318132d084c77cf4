from __future__ import annotations

from contextlib import closing
from pathlib import Path

from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.glance import settings_at_a_glance
from jeweler_desk.store.settings import SettingRows
from tests.fakes import FixedClock


def test_the_settings_of_a_closed_desk_are_seen_at_a_glance(
    clock: FixedClock, tmp_path: Path
) -> None:
    file = tmp_path / DESK_FILE
    with closing(Store(file, now=clock.now)) as store:
        Settings(store, SettingRows(store), clock).set("window.theme", "dark")
    before = file.read_bytes()
    assert settings_at_a_glance(file) == {"window.theme": "dark"}
    assert [each.name for each in tmp_path.iterdir()] == [DESK_FILE]
    assert file.read_bytes() == before


def test_where_no_desk_is_yet_nothing_is_seen_and_nothing_made(tmp_path: Path) -> None:
    assert settings_at_a_glance(tmp_path / DESK_FILE) == {}
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_desk_is_left_to_the_opening(tmp_path: Path) -> None:
    file = tmp_path / DESK_FILE
    for content in (b"", b"no database", b"SQLite format 3\0" + bytes(5000)):
        file.write_bytes(content)
        assert settings_at_a_glance(file) == {}
        assert file.read_bytes() == content
