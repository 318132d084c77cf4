"""The evening sweep in the window: one screen, each letter with its act, and how it ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.answered_elsewhere import AnsweredElsewhere
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.sweep import SweepPage
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.sweep_row import SweepRow
from tests.fakes import FixedClock
from tests.post import MAKER, Letter, Post

SWEEP = datetime(2026, 10, 6, 23, 0, tzinfo=UTC)  # Tuesday 19:00 in New York


@pytest.fixture
def post(desk: Desk, clock: FixedClock, tmp_path: Path) -> Post:
    """Every kind of row: late, due, perhaps answered, set aside, kind words, snoozed, promised."""
    clock.moment = SWEEP
    post = Post(desk, tmp_path / "mail")
    post.brings(
        [
            Letter("anna@c.test", hours=12, subject="Ring size"),
            Letter("bo@c.test", hours=30, sender="Bo Lind <bo@c.test>", subject="Shipping"),
            Letter("mia@c.test", hours=29, sender="Mia Sund <mia@c.test>", subject="My parcel?"),
            Letter("m@shop.test", "sent", 32, MAKER, "mia@c.test", "Your earrings"),
            Letter("ida@c.test", hours=26, sender="Ida Roth <ida@c.test>", subject="A repair"),
            Letter("kim@c.test", hours=24, sender="Kim Vale <kim@c.test>", subject="Bands"),
            Letter("per@c.test", hours=5, sender="Per Dahl <per@c.test>", subject="Cufflinks"),
            Letter("o@shop.test", "sent", 20, MAKER, "cy@c.test", "Your ring"),
            Letter(
                "cy@c.test", hours=31, sender="Cy <cy@c.test>", subject="Re: Your ring",
                text="Thank you so much, it is gorgeous!",
                more={"In-Reply-To": "<o@shop.test>", "References": "<o@shop.test>"},
            ),
        ]
    )  # fmt: skip
    next((post.folder / "inbox" / "cur").glob("ida*")).unlink()
    post.read()
    words = desk.correspondence.words
    words.snooze("kim@c.test", SWEEP + timedelta(hours=13))
    words.holding("per@c.test", date(2026, 10, 6), "the caster is asked")
    return post


@pytest.fixture
def page(window: MainWindow, post: Post) -> SweepPage:
    del post
    window.actions_["go.sweep"].trigger()
    QApplication.processEvents()
    return window.sweep


def row(page: SweepPage, name: str) -> SweepRow:
    return next(each for each in page.rows if each.button and each.button.objectName() == name)


def press(page: SweepPage, name: str) -> None:
    button = row(page, name).button
    assert button is not None
    button.click()
    QApplication.processEvents()


def choose(page: SweepPage, name: str, words: str) -> None:
    ways = row(page, name).ways
    assert ways is not None
    next(each for each in ways.actions() if each.text().startswith(words)).trigger()
    QApplication.processEvents()


def test_a_key_opens_it_and_mail_is_marked_in_the_sidebar(
    page: SweepPage, window: MainWindow
) -> None:
    assert window.place is Place.SWEEP
    assert list(page.cards) == [
        "Late",
        "Due before tomorrow 19:00",
        "A new letter to her: was it the answer?",
        "Set aside without an answer?",
        "Promised",
        "Kind words, nothing asked",
        "Snoozed",
    ]
    assert page.subtitle.text() == (
        "1 late, 1 due before tomorrow 19:00, 2 questions, 1 promise, 1 kind word"
    )
    focus = window.focusWidget()
    assert focus is not None
    assert focus.objectName() == "answer:anna@c.test"


def test_each_row_has_its_act_and_at_the_end_every_email_is_answered(
    page: SweepPage, desk: Desk
) -> None:
    assert page.closing.isVisible()
    press(page, "was:mia@c.test")
    choose(page, "aside:ida@c.test", "No reply")
    press(page, "soft:cy@c.test")
    choose(page, "answer:bo@c.test", "No reply")
    choose(page, "promise:1", "Kept")
    press(page, "snoozed:kim@c.test")
    choose(page, "answer:kim@c.test", "No reply")
    choose(page, "answer:anna@c.test", "Answered elsewhere")
    (form,) = page.window().findChildren(AnsweredElsewhere)
    form.way.line.setText("by phone")
    form.verb.click()
    QApplication.processEvents()
    assert page.rows == []
    assert page.done.isVisible()
    assert not page.closing.isVisible()
    assert page.done.heading.text() == "Every email is answered"
    assert page.done.sentence.text().startswith("The next sweep is tomorrow 19:00. This month")
    assert desk.correspondence.waiting(SWEEP) == []


def test_a_snooze_in_the_sweep_says_that_the_hours_go_on(
    page: SweepPage, window: MainWindow
) -> None:
    choose(page, "answer:bo@c.test", "Snooze until tomorrow 08:00")
    assert window.notices.last_words == "It rings again then. Its 24 hours go on."
    choose(page, "answer:anna@c.test", "Snooze until today 22:00")
    assert window.notices.last_words.endswith("and end before.")
    assert "Late" not in page.cards
    assert len(page.cards["Snoozed"].findChildren(SweepRow)) == 3


def test_what_is_asked_can_be_answered_with_no(page: SweepPage) -> None:
    choose(page, "was:mia@c.test", "No, it still waits")
    choose(page, "aside:ida@c.test", "It still waits")
    due = page.cards["Due before tomorrow 19:00"].findChildren(SweepRow)
    assert [each.title.text() for each in due] == ["Ida Roth", "Mia Sund", "Bo Lind"]


def test_a_letter_is_read_first_on_the_mail_page(page: SweepPage, window: MainWindow) -> None:
    choose(page, "answer:bo@c.test", "Read it first")
    assert window.place is Place.MAIL


def test_the_hours_go_on_while_it_is_looked_at(
    page: SweepPage, window: MainWindow, clock: FixedClock
) -> None:
    chip = row(page, "answer:anna@c.test").chip
    assert chip is not None
    before = chip.text
    clock.goes_on(hours=2)
    window.chores.ticking.ticked.emit()
    assert (before, chip.text) == ("late by 3 h", "late by 5 h")


@pytest.mark.parametrize(("width", "columns"), [(1440, 2), (1024, 1)])
def test_it_fits_one_screen_in_two_columns_where_there_is_room(
    page: SweepPage, window: MainWindow, width: int, columns: int
) -> None:
    window.resize(width, 900)
    QApplication.processEvents()
    lefts = {card.mapTo(page, card.rect().topLeft()).x() for card in page.cards.values()}
    assert len(lefts) == columns


def test_the_other_ways_open_under_their_button(page: SweepPage) -> None:
    late = row(page, "answer:anna@c.test")
    assert late.more is not None
    assert late.ways is not None
    late.more.click()
    assert late.ways.isVisible()
    late.ways.close()


def test_the_hour_of_the_sweep_is_called_with_a_way_to_begin(
    window: MainWindow, post: Post
) -> None:
    del post
    window.chores.look_round()
    told = window.notices.banners()["reminder"]
    assert "ime for the evening sweep" in told
    window.chores.opened.emit("go.sweep")
    assert window.place is Place.SWEEP
