from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jeweler_desk.domain.typed_moment import read_date, read_instant
from tests.fakes import MONDAY_MORNING

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("text", "day", "hour", "minute"),
    [
        ("in 3 h", 5, 13, 0),
        ("20 min", 5, 10, 20),
        ("1 pm", 5, 13, 0),
        ("9:30", 6, 9, 30),
        ("noon", 5, 12, 0),
        ("12 am", 6, 0, 0),
        ("tomorrow 8 am", 6, 8, 0),
        ("tomorrow", 6, 8, 0),
        ("Friday at 9:00", 9, 9, 0),
        ("fri 5.30 p.m.", 9, 17, 30),
        ("weekend", 10, 8, 0),
        ("2026-10-08 14:05", 8, 14, 5),
        ("8 Oct", 8, 8, 0),
        ("in 2 days", 7, 10, 0),
    ],
)
def test_a_time_to_come_as_people_type_it(text: str, day: int, hour: int, minute: int) -> None:
    found = read_instant(text, MONDAY_MORNING, NEW_YORK, is_past=False)
    assert found == datetime(2026, 10, day, hour + 4, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [("9:00", 5, 9), ("14:00", 4, 14), ("yesterday 6 pm", 4, 18), ("fri 9:00", 2, 9), ("", 5, 10)],
)
def test_a_time_gone_by_as_people_type_it(text: str, day: int, hour: int) -> None:
    found = read_instant(text, MONDAY_MORNING, NEW_YORK, is_past=True)
    assert found == datetime(2026, 10, day, hour + 4, tzinfo=UTC)


@pytest.mark.parametrize("text", ["soon", "13 pm", "25:00", "9:75", "3/4/2027", "after lunch 9:00"])
def test_what_nobody_can_tell_is_not_guessed(text: str) -> None:
    assert read_instant(text, MONDAY_MORNING, NEW_YORK, is_past=False) is None


def test_nothing_typed_is_no_time_to_come() -> None:
    assert read_instant("", MONDAY_MORNING, NEW_YORK, is_past=False) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 10, 6)),
        ("Fri", date(2026, 10, 9)),
        ("27 Nov", date(2026, 11, 27)),
        ("2026-11-27", date(2026, 11, 27)),
        ("in 3 days", date(2026, 10, 8)),
        ("1 week", date(2026, 10, 12)),
        ("someday", None),
    ],
)
def test_a_day_as_people_type_it(text: str, day: date | None) -> None:
    assert read_date(text, date(2026, 10, 5)) == day
