"""Promises made anew: how often one was put off, and what the timeline says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from jeweler_desk.domain.order import Promise
from jeweler_desk.domain.promises import promised_anew, put_off


def promised(day: int) -> Promise:
    return Promise(
        date(2026, 10, day), date(2026, 10, day), datetime(2026, 10, 5, tzinfo=UTC), "UTC", 1, None
    )


def test_only_later_days_count_as_put_off() -> None:
    assert put_off(()) == 0
    assert put_off((promised(6), promised(9), promised(8), promised(12))) == 2


def test_a_promise_made_anew_says_both_days_and_why() -> None:
    told = promised_anew(promised(6), replace(promised(9), why="a fair"))
    assert told == "promised anew: ship by Fri 9 Oct 2026 instead of Tue 6 Oct 2026 (a fair)"
    assert promised_anew(None, promised(9)) == "promised anew: ship by Fri 9 Oct 2026"
