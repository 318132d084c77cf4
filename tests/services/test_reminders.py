from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain import wording
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.reminder import AgendaKind
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.post import ASKED_AT, Letter, Post


class Board:
    """A desktop's notifications, as a test sees them."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.is_there = True
        self.answered: Callable[[str], None] | None = None

    def __call__(
        self, title: str, text: str, answered: Callable[[str], None] | None = None
    ) -> None:
        self.answered = answered
        if not self.is_there:
            raise RefusedError("there is no desktop here")
        self.shown.append(f"{title}: {text}")


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def desk(store: Store, clock: FixedClock, board: Board) -> Desk:
    desk = build_desk(store, clock, notifier=board)
    desk.settings.set("shop.timezone", "UTC")
    desk.settings.set("mail.quiet_hours", "21:00-07:00")
    return desk


def _tick(desk: Desk) -> None:
    notice = desk.reminders.due_notice()
    if notice is not None:
        desk.reminders.notify(notice)


def test_she_is_told_at_20_and_at_24_hours_and_no_third_time(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test", hours=5)])
    asked_at = ASKED_AT + timedelta(hours=5)  # 13:00; quiet from 21:00 to 7:00

    for minute in range(0, 60 * 30, 10):
        clock.moment = asked_at + timedelta(minutes=minute)
        _tick(desk)

    assert board.shown == [
        "Time for the evening sweep: 1 due before tomorrow 19:00",
        "1 email falls due within 4 hours: Anna Berg",
        "1 email has waited over 24 hours: Anna Berg",
    ]


def test_what_falls_due_at_night_is_told_once_in_the_morning(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    letters = [Letter(f"q{n}@c.test", hours=n, sender=f"P{n} <p{n}@c.test>") for n in (14, 15)]
    Post(desk, tmp_path).brings(letters)

    clock.moment = datetime(2026, 10, 6, 23, 30, tzinfo=UTC)
    _tick(desk)
    assert board.shown == []
    clock.moment = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
    _tick(desk)
    assert board.shown == ["2 emails have waited over 24 hours: P14, P15"]


def test_a_computer_that_slept_tells_one_notice_for_all(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    letters = [Letter(f"q{n}@c.test", hours=n, sender=f"P{n} <p{n}@c.test>") for n in range(3)]
    Post(desk, tmp_path).brings(letters)

    clock.moment = ASKED_AT + timedelta(hours=80)
    _tick(desk)
    _tick(desk)

    assert board.shown == ["3 emails have waited over 24 hours: P0, P1, P2"]


def test_a_clock_that_is_set_back_tells_nothing_twice(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test")])

    clock.moment = ASKED_AT + timedelta(hours=25)
    _tick(desk)
    clock.moment = ASKED_AT + timedelta(hours=23)
    _tick(desk)
    clock.moment = ASKED_AT + timedelta(hours=26)
    _tick(desk)

    assert board.shown == ["1 email has waited over 24 hours: Anna Berg"]


def test_no_fourth_notice_pops_up_on_a_day_and_the_list_stays_whole(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    letters = [Letter(f"q{n}@c.test", hours=n, sender=f"P{n} <p{n}@c.test>") for n in range(5)]
    Post(desk, tmp_path).brings(letters)

    for hour in range(5):
        clock.moment = ASKED_AT + timedelta(hours=24 + hour)
        _tick(desk)

    assert len(board.shown) == 3
    assert len(desk.correspondence.waiting(clock.now())) == 5


def test_where_the_desktop_shows_nothing_the_window_still_does(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test")])
    board.is_there = False
    clock.moment = ASKED_AT + timedelta(hours=25)
    notice = desk.reminders.due_notice()

    assert notice is not None
    assert not desk.reminders.notify(notice)
    assert desk.reminders.due_notice() is None


def test_an_answered_letter_is_not_told_of(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test")])
    desk.correspondence.mark_answered("q1@c.test", "by telephone")

    clock.moment = ASKED_AT + timedelta(hours=25)
    _tick(desk)

    assert board.shown == []


def test_a_notice_tells_what_else_is_due(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test", hours=5)])
    clock.moment = ASKED_AT + timedelta(hours=5 + 21)
    kinds = [AgendaKind.PARCEL, AgendaKind.EMAIL, AgendaKind.SUPPLY, AgendaKind.PARCEL]
    notice = desk.reminders.due_notice(lambda: wording.besides(kinds))
    assert notice is not None
    assert desk.reminders.notify(notice)
    assert board.shown[-1].endswith("Also due: 2 parcels, 1 supply")
    assert wording.besides([AgendaKind.EMAIL]) == ""


def test_what_passed_while_the_desk_was_closed_is_one_notice_that_says_so(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path, store: Store
) -> None:
    letters = [Letter(f"q{n}@c.test", hours=n, sender=f"P{n} <p{n}@c.test>") for n in range(3)]
    Post(desk, tmp_path).brings(letters)
    clock.moment = ASKED_AT + timedelta(hours=4)
    desk.reminders.note_time()

    clock.moment = ASKED_AT + timedelta(hours=74)
    again = build_desk(store, clock, notifier=board)
    again.reminders.note_time()
    _tick(again)
    _tick(again)

    assert board.shown == ["3 emails passed 24 hours while the desk was closed: P0, P1, P2"]


def test_what_passed_while_the_computer_slept_says_so(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test")])
    clock.moment = ASKED_AT + timedelta(hours=1)
    for _ in range(2):
        desk.reminders.note_time()
        clock.moment += timedelta(hours=25)
    desk.reminders.note_time()
    _tick(desk)

    assert board.shown == ["1 email passed 24 hours while the computer slept: Anna Berg"]


def test_later_lets_it_ring_once_more_in_an_hour(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test")])
    clock.moment = ASKED_AT + timedelta(hours=25)
    notice = desk.reminders.due_notice()
    assert notice is not None
    desk.reminders.notify(notice)
    desk.reminders.put_off(notice)
    for minutes in (30, 30, 1, 120):
        _tick(desk)
        clock.moment += timedelta(minutes=minutes)
    _tick(desk)

    assert len(board.shown) == 2


def test_a_clock_that_was_set_back_is_named(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test")])
    clock.moment = ASKED_AT + timedelta(hours=28)
    desk.reminders.note_time()
    clock.moment = ASKED_AT + timedelta(hours=25)
    desk.reminders.note_time()
    assert desk.reminders.set_back_by() == timedelta(hours=3)
    clock.moment = ASKED_AT - timedelta(hours=3)
    assert [each.hours_waiting for each in desk.correspondence.waiting(clock.now())] == [0.0]
    clock.moment = ASKED_AT + timedelta(hours=25)
    _tick(desk)

    assert board.shown[0].endswith("This computer’s clock was set back by 3 h.")


def test_another_zone_is_named_once(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings(
        [Letter("q1@c.test"), Letter("q2@c.test", hours=1, sender="b@c.test")]
    )
    desk.reminders.note_time()
    desk.settings.set("shop.timezone", "America/Chicago")
    clock.moment = ASKED_AT + timedelta(hours=30)
    _tick(desk)
    clock.moment = ASKED_AT + timedelta(hours=54)
    _tick(desk)

    assert "The times are those of America/Chicago now." in board.shown[0]
    assert "Chicago" not in board.shown[1]


def test_the_fourth_notice_of_a_day_stands_in_the_window_only(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    letters = [Letter(f"q{n}@c.test", hours=n, sender=f"P{n} <p{n}@c.test>") for n in range(4)]
    Post(desk, tmp_path).brings(letters)
    pops = []
    for hour in range(4):
        clock.moment = ASKED_AT + timedelta(hours=24 + hour)
        notice = desk.reminders.due_notice()
        assert notice is not None
        pops.append(desk.reminders.notify(notice))

    assert pops == [True, True, True, False]
    assert len(desk.reminders.shown_lately()) == 3


def test_a_snoozed_letter_rings_when_its_time_has_come(
    desk: Desk, clock: FixedClock, board: Board, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test")])
    clock.moment = ASKED_AT + timedelta(hours=2)
    desk.correspondence.words.snooze("q1@c.test", ASKED_AT + timedelta(hours=5))
    _tick(desk)
    clock.moment = ASKED_AT + timedelta(hours=5)
    _tick(desk)
    _tick(desk)

    assert board.shown == ["1 snoozed email is back: Anna Berg"]
