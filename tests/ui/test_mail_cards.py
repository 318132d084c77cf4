"""The proof and the question whether something is wrong, on Today."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.say_why import SayWhy
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.sidebar import Place
from tests.fakes import FixedClock
from tests.mail_cases.case import more, reply
from tests.post import ASKED_AT, MAKER, Letter, Post
from tests.ui.conftest import Shop


@pytest.fixture
def post(desk: Desk, clock: FixedClock, tmp_path: Path) -> Post:
    desk.correspondence.mailboxes.add_identity(MAKER)
    clock.moment = ASKED_AT + timedelta(days=31, hours=2)
    return Post(desk, tmp_path / "post")


def _answered(name: str, asked: float, took: float) -> list[Letter]:
    who = f"{name} <{name.casefold()}@c.test>"
    asks = Letter(f"q-{name}@c.test", hours=asked, sender=who, subject=f"For {name}")
    ids = more(In_Reply_To=f"<q-{name}@c.test>")
    subject = f"Re: For {name}"
    answer = reply(id=f"r-{name}@shop.test", hours=asked + took, to=who, subject=subject, more=ids)
    return [asks, answer]


def _charged(name: str, minutes: float) -> Letter:
    hours = 31 * 24 + minutes / 60
    who = f"{name} <{name.casefold()}@d.test>"
    text = "I skipped this month and was charged twice for my ring. Is something wrong?"
    return Letter(f"t-{name}@d.test", hours=hours, sender=who, subject="My card", text=text)


def test_the_proof_stands_on_today_with_a_chart_and_its_exceptions(
    window: MainWindow, post: Post, shop: Shop, qtbot: QtBot
) -> None:
    del shop
    card = window.today.replies
    assert not card.isVisible()
    post.brings([*_answered("Ann", 0, 0.5), *_answered("Bo", 3, 40), *_answered("Cy", 700, 2)])
    window.today.refresh()
    qtbot.waitUntil(card.isVisible)

    assert card.told.text() == "2 of 3 (67 %) within 24 hours · 1 within the hour"
    assert card.chart.accessibleDescription().split("; ") == [
        "Oct 2026: 1 of 2 (50 %) within 24 hours · 1 within the hour",
        "Nov 2026: 1 of 1 (100 %) within 24 hours · 0 within the hour",
    ]
    (row,) = card.rows
    assert row.title.text() == "Bo"
    with qtbot.waitSignal(card.letter_wanted) as pressed:
        assert row.button is not None
        qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert pressed.args == ["q-Bo@c.test"]
    light = card.chart.grab().toImage()
    window.look.set_mode(Mode.DARK)
    assert card.chart.grab().toImage() != light


def test_is_something_wrong_shows_the_letters_side_by_side_until_it_is_looked_into(
    window: MainWindow, post: Post, desk: Desk, qtbot: QtBot
) -> None:
    card = window.today.alarms
    post.brings([_charged("Dora", 0), _charged("Eve", 30)])
    window.today.refresh()
    qtbot.waitUntil(card.isVisible)
    assert card.told == ["2 customers wrote within an hour of a charge that is wrong"]

    card.looked_into.emit("charge")
    qtbot.waitUntil(lambda: _dialog() is not None)
    dialog = _dialog()
    assert dialog is not None
    dialog.words.line.setText("the batch ran twice")
    dialog.submit()
    qtbot.waitUntil(lambda: desk.correspondence.trouble.alarms() == [])
    window.today.refresh()
    qtbot.waitUntil(lambda: not card.isVisible())
    desk.history.undo()
    window.today.refresh()
    qtbot.waitUntil(card.isVisible)


def test_in_a_low_window_the_question_leaves_its_room_to_the_letters_and_the_answer(
    window: MainWindow, post: Post, qtbot: QtBot
) -> None:
    post.brings([_charged("Dora", 0), _charged("Eve", 30)])
    window.resize(1024, 700)
    window.show()
    window.go(Place.MAIL)
    card = window.mail.alarms
    qtbot.waitUntil(card.isVisible)
    ((letters, fold),) = card._folds
    assert not letters.isVisible()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert letters.isVisible()
    card.share(is_low=True, makes_way=True)
    assert not card.isVisible()
    card.share(is_low=False, makes_way=False)
    assert letters.isVisible()
    assert not fold.isVisible()


def _dialog() -> SayWhy | None:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, SayWhy)]
    return next((each for each in found if each.isVisible()), None)
