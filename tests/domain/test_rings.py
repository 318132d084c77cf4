"""The ladder: what rings when, and that nothing rings twice whatever the clocks do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.freshness import AccountFreshness, Freshness
from jeweler_desk.domain.reminder import Rung, Unanswered
from jeweler_desk.domain.reminder_wording import Aside, Away, notice_of
from jeweler_desk.domain.rings import (
    DayDue,
    Rhythm,
    Ring,
    SnoozeOver,
    Standing,
    Unseen,
    rings_due,
    still_told,
)
from jeweler_desk.domain.sweep_hours import next_sweep, sweep_on, sweeps_between

NEW_YORK = "America/New_York"
NIGHT = (time(21), time(8))
RHYTHM = Rhythm(BusinessCalendar(NEW_YORK), NIGHT, time(19))
NEVER_QUIET = (time(3), time(3))
DUE = datetime(2026, 10, 6, 18, 0, tzinfo=UTC)  # Tuesday 14:00 in New York
NO_MAIL = Freshness(DUE)


def letter(name: str, due_at: datetime = DUE) -> Unanswered:
    return Unanswered(f"{name}@c.test", name, due_at)


def said(standing: Standing, now: datetime, told: set[tuple[str, Rung]] | None = None) -> str:
    rings = rings_due(standing, told or set(), now, RHYTHM)
    return notice_of(rings, Aside(NO_MAIL, NEW_YORK)).title


def test_all_letters_come_in_one_notice() -> None:
    standing = Standing((letter("Ann"), letter("Bea", DUE + timedelta(hours=3)), letter("Cy")))
    rings = rings_due(standing, set(), DUE, RHYTHM)
    notice = notice_of(rings, Aside(NO_MAIL, NEW_YORK))
    assert notice.title == "2 emails have waited over 24 hours, 1 more due within 4 hours"
    assert notice.text == "Ann, Bea, Cy"


def test_a_notice_names_three_people_and_counts_the_rest() -> None:
    standing = Standing(tuple(letter(name) for name in ("Ann", "Bea", "Cy", "Dee", "Eve")))
    notice = notice_of(rings_due(standing, set(), DUE, RHYTHM), Aside(NO_MAIL, NEW_YORK))
    assert notice.text == "Ann, Bea, Cy and 2 more"


@pytest.mark.parametrize(
    ("names", "title"),
    [("A", "1 email falls due within 4 hours"), ("AB", "2 emails fall due within 4 hours")],
)
def test_a_notice_counts_what_falls_due_soon(names: str, title: str) -> None:
    standing = Standing(tuple(letter(name) for name in names))
    assert said(standing, DUE - timedelta(hours=2)) == title


def test_a_letter_told_as_late_is_not_told_as_amber_again() -> None:
    standing = Standing((letter("Ann"),))
    told = {("Ann@c.test", Rung.LATE)}
    assert rings_due(standing, told, DUE, RHYTHM) == []
    assert rings_due(standing, told, DUE - timedelta(hours=2), RHYTHM) == []
    amber = {("Ann@c.test", Rung.AMBER)}
    assert rings_due(standing, amber, DUE - timedelta(hours=2), RHYTHM) == []
    assert [each.rung for each in rings_due(standing, amber, DUE, RHYTHM)] == [Rung.LATE]


def test_the_autumn_night_between_two_sweeps_has_an_hour_more_and_warns_before_it_ends() -> None:
    # Saturday 31 October 2026, 19:30 in New York: after one sweep; due on Sunday at 18:30.
    due_at = datetime(2026, 10, 31, 23, 30, tzinfo=UTC) + timedelta(hours=24)
    standing = Standing((letter("Ann", due_at),))
    assert not sweeps_between(due_at - timedelta(hours=24), due_at, time(19), NEW_YORK)
    amber = {("Ann@c.test", Rung.AMBER)}
    assert rings_due(standing, amber, due_at - timedelta(minutes=61), RHYTHM) == []
    assert said(standing, due_at - timedelta(hours=1), amber) == "1 email falls due within the hour"
    # On every other night a sweep shows it, and nothing rings in between.
    usual = Standing((letter("Ann", due_at - timedelta(days=1)),))
    assert rings_due(usual, amber, due_at - timedelta(days=1, hours=1), RHYTHM) == []


def test_a_sweep_keeps_its_hour_on_the_wall() -> None:
    assert sweep_on(date(2026, 10, 31), time(19), NEW_YORK).hour == 23
    assert sweep_on(date(2026, 11, 1), time(19), NEW_YORK) == datetime(2026, 11, 2, tzinfo=UTC)
    spring = sweep_on(date(2027, 3, 14), time(2, 30), NEW_YORK)  # an hour this day skips
    assert spring == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(("clock", "day"), [("10:00", 6), ("17:30", 7), ("19:00", 7), ("23:00", 7)])
def test_the_next_sweep_is_todays_until_shortly_before_its_hour(clock: str, day: int) -> None:
    now = datetime.fromisoformat(f"2026-10-06T{clock}:00-04:00")
    expected = datetime.fromisoformat(f"2026-10-{day:02}T19:00:00-04:00")
    assert next_sweep(now, time(19), NEW_YORK) == expected


def test_what_came_due_at_night_and_the_digest_are_one_notice_in_the_morning() -> None:
    at_night = datetime(2026, 10, 6, 7, 0, tzinfo=UTC)
    old = letter("Old", at_night - timedelta(days=1))
    standing = Standing((letter("Ann", at_night), old))
    told = {("Old@c.test", Rung.LATE)}
    assert rings_due(standing, told, at_night, RHYTHM) == []
    morning = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
    rings = rings_due(standing, told, morning, RHYTHM)
    title = notice_of(rings, Aside(NO_MAIL, NEW_YORK)).title
    assert title == "1 email has waited over 24 hours, 1 late email still waits"
    told |= {(each.key, each.rung) for each in rings}
    assert rings_due(standing, told, morning + timedelta(seconds=30), RHYTHM) == []
    next_day = morning + timedelta(days=1)
    assert said(standing, next_day, told) == "2 late emails still wait"
    saturday = morning + timedelta(days=4)
    assert rings_due(standing, told, saturday, RHYTHM) == []


def test_a_morning_without_letters_tells_what_else_is_due() -> None:
    morning = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
    assert said(Standing(others=True), morning) == "Good morning: this is due today"


def test_promises_follow_ups_and_snoozes_ring_on_their_day() -> None:
    morning = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
    today = date(2026, 10, 6)
    standing = Standing(
        snoozes_over=(SnoozeOver("s@c.test", "Sue", morning),),
        promises=(DayDue(1, "Per", today), DayDue(2, "Pia", today - timedelta(days=1))),
        follow_ups=(DayDue(1, "Fay", today), DayDue(2, "Far", today + timedelta(days=1))),
    )
    assert said(standing, morning) == (
        "1 snoozed email is back, 1 answer is promised for today, 1 promised answer is late,"
        " 1 person to ask again"
    )
    assert rings_due(standing, set(), morning - timedelta(minutes=1), RHYTHM) == []


def test_a_snooze_that_ends_late_is_told_as_late_only() -> None:
    over = SnoozeOver("Ann@c.test", "Ann", DUE)
    rings = rings_due(Standing((letter("Ann"),), (over,)), set(), DUE, RHYTHM)
    title = notice_of(rings, Aside(NO_MAIL, NEW_YORK)).title
    assert title == "1 email has waited over 24 hours"
    told = {(each.key, each.rung) for each in rings}
    assert rings_due(Standing((letter("Ann"),), (over,)), told, DUE, RHYTHM) == []


def test_a_mailbox_that_cannot_be_seen_accuses_nobody() -> None:
    since = DUE - timedelta(hours=5)
    account = AccountFreshness("me@shop.test", since, "password refused", since)
    standing = Standing((letter("Ann"),), unseen=(Unseen("me@shop.test", since),))
    rings = rings_due(standing, set(), DUE, RHYTHM)
    notice = notice_of(rings, Aside(Freshness(DUE, (account,)), NEW_YORK))
    assert notice.title == "Could not look since 09:00 (me@shop.test: password refused)"
    assert notice.text == "Perhaps: 1 email has waited over 24 hours\nAnn"


def test_a_notice_names_its_freshness_and_what_the_clocks_did() -> None:
    seen = DUE - timedelta(minutes=5)
    fresh = Freshness(DUE, (AccountFreshness("me@shop.test", seen, None, seen),))
    rings = [Ring("Ann@c.test", Rung.LATE, "Ann", DUE)]
    aside = Aside(
        fresh,
        NEW_YORK,
        Away(DUE - timedelta(hours=9), was_closed=True),
        zone="America/Chicago",
        set_back=timedelta(hours=3),
        besides="Also due: 1 parcel",
    )
    notice = notice_of(rings, aside)
    assert notice.title == "1 email passed 24 hours while the desk was closed"
    assert notice.text.splitlines() == [
        "Ann",
        "As of 13:55",
        "Also due: 1 parcel",
        "The times are those of America/Chicago now.",
        "This computer’s clock was set back by 3 h.",
    ]


def test_what_a_clock_far_ahead_told_was_not_told() -> None:
    mark = ("Ann@c.test", Rung.LATE)
    a_year_on = DUE + timedelta(days=400)
    assert still_told({mark: a_year_on}, {}, DUE) == frozenset()
    assert still_told({mark: DUE + timedelta(days=1)}, {}, DUE) == {mark}


def test_what_was_put_off_rings_again_when_its_time_has_come() -> None:
    mark = ("Ann@c.test", Rung.LATE)
    until = DUE + timedelta(hours=1)
    assert still_told({mark: DUE}, {mark: until}, DUE) == {mark}
    assert still_told({mark: DUE}, {mark: until}, until) == frozenset()


class Computer:
    """A computer whose clock may be wrong, asleep, or carried to another zone."""

    def __init__(self, real: datetime) -> None:
        self.real = real
        self.off_by = timedelta()
        self.zone = NEW_YORK

    @property
    def shows(self) -> datetime:
        return self.real + self.off_by


HAPPENINGS = st.sampled_from(["sleep", "back a day", "ahead", "right again", "travel", "nothing"])


@settings(max_examples=200, deadline=None)
@given(
    start=st.sampled_from(
        [datetime(2026, 10, 30, 9, tzinfo=UTC), datetime(2027, 3, 12, 9, tzinfo=UTC)]
    ),
    minutes=st.lists(st.integers(0, 60 * 60), min_size=1, max_size=6),
    happenings=st.lists(st.tuples(st.integers(1, 70), HAPPENINGS), max_size=4),
    zones=st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"]),
)
def test_200_schedules_of_clocks_tell_each_letter_once_a_rung_within_a_minute(
    start: datetime, minutes: list[int], happenings: list[tuple[int, str]], zones: str
) -> None:
    """Over both changes of the clocks; without quiet hours each ring has one right time."""
    letters = [
        Unanswered(f"{n}", f"P{n}", start + timedelta(minutes=each) + timedelta(hours=24))
        for n, each in enumerate(minutes)
    ]
    computer = Computer(start)
    told: dict[tuple[str, Rung], datetime] = {}
    rung: Counter[tuple[str, Rung]] = Counter()
    plan = {start + timedelta(hours=hour): what for hour, what in happenings}
    # Each half minute is looked at, but only those near a turn can differ from the one before.
    turns = {each.due_at + shift for each in letters for shift in _AROUND}
    instants = sorted(turns | set(plan) | {start + timedelta(hours=each) for each in range(96)})
    asleep_until = start
    for instant in instants:
        computer.real = instant
        what = plan.get(instant, "nothing")
        if what == "sleep":
            asleep_until = instant + timedelta(hours=8)
        elif what == "back a day":
            computer.off_by = timedelta(days=-1)
        elif what == "ahead":
            computer.off_by = timedelta(days=400)
        elif what == "right again":
            computer.off_by = timedelta()
        elif what == "travel":
            computer.zone = zones
        if instant < asleep_until:
            continue
        now = computer.shows
        rhythm = Rhythm(BusinessCalendar(computer.zone), NEVER_QUIET, time(19))
        known = still_told(told, {}, now)
        seen = tuple(each for each in letters if each.due_at - timedelta(hours=24) <= instant)
        for ring in rings_due(Standing(seen), known, now, rhythm):
            mark = (ring.key, ring.rung)
            assert mark not in known
            told[mark] = now
            if ring.rung in {Rung.AMBER, Rung.LATE}:
                assert ring.due_at is not None
                assert now >= ring.due_at - timedelta(hours=4)
                # A clock 400 days ahead tells falsely; what it told may be told again, rightly.
                rung[mark] += computer.off_by <= timedelta()
        due = {each.message_id for each in seen if now >= each.due_at}
        late = {key for key, each in told if each is Rung.LATE}
        assert due <= late
    assert all(count <= 1 for count in rung.values())


_AROUND = tuple(timedelta(seconds=each) for each in (-4 * 3600 - 30, -4 * 3600, -30, 0, 30))
