from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jeweler_desk.domain.order import FulfillmentStatus, LineItem, PaymentStatus, Variation
from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import (
    GOODS_SAID,
    MONEY_SAID,
    VIEW_NAMES,
    Said,
    ago,
    apart,
    backup_line,
    due_said,
    greeting,
    in_words,
    joined,
    mail_line,
    piece_details,
)

NOW = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)


def test_every_state_and_view_has_a_word() -> None:
    assert set(MONEY_SAID) == set(PaymentStatus)
    assert set(GOODS_SAID) == set(FulfillmentStatus)
    assert set(VIEW_NAMES) == set(View)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (9, Said("due in 9 h", Tone.NEUTRAL)),
        (3, Said("due in 3 h", Tone.DUE)),
        (0, Said("late by 1 min", Tone.LATE)),
        (-2, Said("late by 2 h", Tone.LATE)),
        (-72, Said("late by 3 days", Tone.LATE)),
    ],
)
def test_what_is_left_of_a_day_is_told_in_hours(hours: int, said: Said) -> None:
    assert due_said(NOW + timedelta(hours=hours), NOW) == said


def test_a_letter_without_a_clock_has_no_hurry() -> None:
    assert due_said(None, NOW) == Said("no hurry", Tone.NEUTRAL)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=2, seconds=50), "2 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=2), "2 days ago"),
    ],
)
def test_the_past_is_told_as_a_person_says_it(span: timedelta, words: str) -> None:
    assert ago(NOW - span, NOW) == words


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "Good evening"), (6, "Good morning"), (12, "Good afternoon"), (19, "Good evening")],
)
def test_the_desk_greets_by_the_hour(hour: int, words: str) -> None:
    assert greeting(NOW.replace(hour=hour)) == words


def test_small_counts_stand_as_words() -> None:
    assert (in_words(0), in_words(2), in_words(14)) == ("no", "two", "14")


def test_the_options_of_a_piece_stand_in_one_line() -> None:
    line = LineItem("Ring", 1, variations=(Variation("Size US", "7½"), Variation(None, "gold")))
    assert piece_details(line) == "Size US 7½ · gold"


def test_the_status_lines_say_when() -> None:
    assert mail_line(NOW - timedelta(minutes=2), None, NOW) == "Mail read 2 minutes ago"
    assert mail_line(None, None, NOW) == ""
    assert mail_line(None, "no password", NOW) == "No password"
    zone = "America/New_York"
    assert backup_line(NOW - timedelta(hours=1), NOW, zone) == "Backed up today 09:00"
    assert backup_line(None, NOW, zone) == ""


def test_a_name_written_from_the_right_turns_nothing_beside_it() -> None:
    assert joined(["#4301", "Ann"]) == "#4301 · Ann"
    assert joined(["#4301", "יעל כהן"]) == "#4301 · \u2068יעל כהן\u2069"
    assert joined(["", "نور"]) == "نور", "alone it stands as it is"
    assert apart("Zoë") == "Zoë"
