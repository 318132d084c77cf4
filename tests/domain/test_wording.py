"""How the shop writes money, days, spans and counts: the same words everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from jeweler_desk.domain import wording
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Channel, Stage
from tests.builders import usd

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 20), "today"),
        (date(2026, 11, 21), "tomorrow"),
        (date(2026, 11, 19), "yesterday"),
        (date(2026, 11, 24), "Tue 24 Nov"),
        (date(2026, 3, 1), "Sun 1 Mar"),
        (date(2027, 1, 4), "Mon 4 Jan 2027"),
        (date(2025, 12, 31), "Wed 31 Dec 2025"),
    ],
)
def test_a_day_has_its_weekday_and_its_year_only_where_that_is_another(
    day: date, text: str
) -> None:
    assert wording.day_text(day, TODAY) == text


def test_every_month_and_weekday_has_its_english_name() -> None:
    said = [wording.day_text(date(2025, month, month), TODAY) for month in range(1, 13)]
    assert [words.split()[2] for words in said] == [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]  # fmt: skip
    week = [wording.day_text(date(2025, 6, day), TODAY).split()[0] for day in range(2, 9)]
    assert week == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_a_day_is_written_out_in_english_whatever_the_computer_speaks() -> None:
    tuesday = date(2026, 11, 24)
    assert wording.full_day(tuesday) == "Tue 24 Nov 2026"
    assert wording.long_day(tuesday) == "Tuesday 24 November"
    assert wording.letter_day(tuesday) == "Tuesday, November 24, 2026"
    assert wording.month_text(tuesday) == "November 2026"


def test_an_instant_is_told_by_the_shops_clock() -> None:
    now = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    late_evening = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
    assert wording.moment_text(late_evening, now, "America/New_York") == "yesterday 21:30"
    assert wording.moment_text(late_evening, now, "UTC") == "today 02:30"


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=-3), "3 days"),
    ],
)
def test_a_span_is_one_unit(span: timedelta, text: str) -> None:
    assert wording.span_text(span) == text


@pytest.mark.parametrize(
    ("count", "words", "text"),
    [
        (1, ("parcel",), "1 parcel"),
        (0, ("parcel",), "0 parcels"),
        (3, ("parcel",), "3 parcels"),
        (2, ("entry", "entries"), "2 entries"),
        (1, ("entry", "entries"), "1 entry"),
    ],
)
def test_a_count_stands_with_its_noun(count: int, words: tuple[str, ...], text: str) -> None:
    assert wording.count_text(count, *words) == text


def test_money_is_written_with_its_currency() -> None:
    assert wording.money_text(usd("64.00")) == "64.00 USD"
    assert wording.money_text(Money(5000, "JPY")) == "5000 JPY"


def test_every_channel_and_every_stage_has_its_name() -> None:
    assert set(wording.CHANNEL_NAMES) == set(Channel)
    assert set(wording.STAGE_NAMES) == set(Stage)


def test_the_timeline_says_what_happened() -> None:
    assert wording.ordered(Channel.ETSY) == "ordered on Etsy"
    assert wording.ordered(Channel.MANUAL) == "entered by hand"
    assert wording.paid(usd("3.00")) == "paid 3.00 USD"
    assert wording.refunded(usd("3.00")) == "refunded 3.00 USD"
    assert wording.canceled(Channel.SHOPIFY) == "canceled on Shopify"


@pytest.mark.parametrize(
    ("carrier", "number", "text"),
    [
        (None, None, "handed over"),
        ("USPS", None, "handed over · USPS"),
        (None, "9400", "handed over · 9400"),
        ("USPS", "9400", "handed over · USPS 9400"),
    ],
)
def test_a_hand_over_names_what_is_known_of_it(
    carrier: str | None, number: str | None, text: str
) -> None:
    assert wording.handed_over(carrier, number) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "packed"), (0, "packed in 0:00"), (252, "packed in 4:12"), (3600, "packed in 60:00")],
)
def test_a_packed_parcel_names_its_time(seconds: int | None, text: str) -> None:
    assert wording.packed(seconds) == text


def test_what_is_due_is_asked_for_in_words() -> None:
    assert wording.answer("Zoë", "Ring size") == "Answer Zoë: Ring size"
    assert wording.answer(None, "") == "Answer an unknown sender: no subject"
    assert wording.send_parcel("#1041", "Zoë", "Ring") == "Send #1041 to Zoë: Ring"
    assert wording.send_parcel("#1041", None, "Ring") == "Send #1041: Ring"
    assert wording.hold_ends("#1041", "size?") == "The hold of #1041 ends: size?"
    assert wording.mail_not_seen(None, "no network") == "The mail was not seen yet: no network"
    assert wording.mail_not_seen("today 08:00", "x") == "The mail was not seen since today 08:00: x"


@pytest.mark.parametrize(
    ("state", "words"),
    [("granted", "to be asked for"), ("asked", "not settled yet"), ("failed", "failed")],
)
def test_a_refund_asks_for_its_next_step(state: str, words: str) -> None:
    said = wording.give_back(usd("5.00"), "#1041", state)
    assert said.startswith("Refund 5.00 USD for #1041: ")
    assert words in said
