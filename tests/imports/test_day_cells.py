"""Days and instants, read without guessing."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.imports.day_cells import DayCellError, parse_day, parse_instant


@pytest.mark.parametrize(
    "text", ["10/02/26", "10/02/2026", "10/2/2026", "2026-10-02", " 10/02/26 "]
)
def test_a_day_is_month_first_or_iso(text: str) -> None:
    assert parse_day(text) == date(2026, 10, 2)


def test_a_blank_day_is_none() -> None:
    assert parse_day(" ") is None
    assert parse_instant("") is None


@pytest.mark.parametrize(
    "text", ["28/10/26", "02/30/26", "2026-13-01", "soon", "10/02/226", "45384"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(DayCellError, match="is not a day"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "instant", "day"),
    [
        ("2026-09-02 22:14:03 -0400", datetime(2026, 9, 3, 2, 14, 3, tzinfo=UTC), (2026, 9, 2)),
        ("2026-09-02T22:14:03-04:00", datetime(2026, 9, 3, 2, 14, 3, tzinfo=UTC), (2026, 9, 2)),
        ("2026-09-02 00:14:03 +0530", datetime(2026, 9, 1, 18, 44, 3, tzinfo=UTC), (2026, 9, 2)),
        ("2026-09-02 10:14:03 UTC", datetime(2026, 9, 2, 10, 14, 3, tzinfo=UTC), (2026, 9, 2)),
        ("2026-09-02T10:14:03.250Z", datetime(2026, 9, 2, 10, 14, 3, tzinfo=UTC), (2026, 9, 2)),
    ],
)
def test_an_instant_is_utc_and_keeps_the_day_of_its_own_zone(
    text: str, instant: datetime, day: tuple[int, int, int]
) -> None:
    assert parse_instant(text) == (instant, date(*day))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(DayCellError, match="names no time zone"):
        parse_instant("2026-09-02 10:14:03")


@pytest.mark.parametrize(
    "text",
    [
        "45384.34789",
        "2026-02-30 10:00:00 -0400",
        "2026-09-02 25:00:00 -0400",
        "2026-09-02 10:00:00 +9900",
        "0001-01-01 00:00:00 +1200",
        "9999-12-31 23:59:59 +0000",
        "yesterday",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(DayCellError, match="is not a time"):
        parse_instant(text)


@given(st.text(max_size=25))
def test_no_cell_whatever_stops_the_reading(text: str) -> None:
    for read in (parse_day, parse_instant):
        with contextlib.suppress(DayCellError):
            assert (read(text) is None) == (not text.strip())
