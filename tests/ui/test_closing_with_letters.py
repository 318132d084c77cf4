"""Closing the desk while a letter waits, leaves or is written: nothing lost, nothing sent twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.letter import LetterState
from jeweler_desk.domain.outgoing import Outcome, Result
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.dialogs.letters_waiting import LettersWaiting
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.staying import CLOSING, Staying
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.carrier import Carrier
from tests.fakes import FixedClock
from tests.post import Post
from tests.ui.conftest import FakeKeyring, FakeMailbox, sending_desk

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", "does not support raise")


class HerClick(QCloseEvent):
    """The closing button of the frame, which only a person presses."""

    def spontaneous(self) -> bool:
        return True


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def desk(store: Store, clock: FixedClock, tmp_path: Path, carrier: Carrier) -> Desk:
    """The shop with a mailbox that sends."""
    edges = MailEdges(LetterFiles(), FakeMailbox(), FakeKeyring(), sender=carrier)
    return sending_desk(store, clock, tmp_path / "desk", edges)


@pytest.fixture
def queued(window: MainWindow, desk: Desk, post: Post) -> int:
    """Anna's answer waits its twenty seconds."""
    del post
    desk.settings.set(CLOSING, "quit")
    letter_id, _ = desk.letters.answer("anna@c.test")
    desk.outbox.queue(letter_id)
    window.letter_desk.queued(letter_id)
    return letter_id


def asked(window: MainWindow) -> LettersWaiting:
    QApplication.processEvents()
    (form,) = [each for each in window.findChildren(LettersWaiting) if each.isVisible()]
    return form


def test_closing_asks_what_becomes_of_a_letter_and_sends_it_once(
    window: MainWindow,
    queued: int,
    desk: Desk,
    carrier: Carrier,
    qtbot: QtBot,
) -> None:
    QApplication.sendEvent(window, HerClick())
    form = asked(window)
    assert any("to Anna Berg" in each.text() for each in form.findChildren(Text))
    assert carrier.sent == []
    with qtbot.waitSignal(window.closed):
        form.verb.click()
    assert desk.letters.get(queued).state is LetterState.HANDED_OVER
    assert len(carrier.sent) == 1


def test_a_letter_left_for_later_leaves_at_the_next_start_and_only_then(
    window: MainWindow,
    queued: int,
    desk: Desk,
    carrier: Carrier,
    clock: FixedClock,
    qtbot: QtBot,
) -> None:
    window.actions_["quit"].trigger()
    form = asked(window)
    form.choice.buttons[1].click()
    with qtbot.waitSignal(window.closed):
        form.verb.click()
    assert (desk.letters.get(queued).state, carrier.sent) == (LetterState.QUEUED, [])
    clock.goes_on(hours=9)
    again = MainWindow(desk, window.look, window.jobs)
    qtbot.addWidget(again)
    again.chores.posting.start()
    assert desk.letters.get(queued).state is LetterState.HANDED_OVER
    assert len(carrier.sent) == 1
    again.close()


def test_a_letter_that_cannot_leave_now_keeps_the_desk_open_and_says_why(
    window: MainWindow,
    queued: int,
    desk: Desk,
    carrier: Carrier,
) -> None:
    carrier.begins = [Result(Outcome.NOT_NOW, "the mail server did not answer in time")]
    window.show()
    QApplication.sendEvent(window, HerClick())
    asked(window).verb.click()
    QApplication.processEvents()
    assert window.isVisible()
    assert "did not answer in time" in window.notices.banners()[f"letter {queued}"]
    assert desk.letters.get(queued).state is LetterState.QUEUED


def test_cancel_keeps_the_desk_open_and_the_letter_can_be_taken_back(
    window: MainWindow,
    queued: int,
    desk: Desk,
) -> None:
    window.actions_["quit"].trigger()
    asked(window).reject()
    window.letter_desk.take_back(queued)
    assert desk.letters.get(queued).is_draft
    for form in window.letter_desk._open.copy().values():
        form.close()


def test_a_computer_that_shuts_down_asks_nothing_and_keeps_the_letter(
    window: MainWindow,
    queued: int,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    staying = Staying.of(window)
    assert staying is not None
    staying.let_go()
    with qtbot.waitSignal(window.closed):
        window.close()
    assert desk.letters.get(queued).state is LetterState.QUEUED


def test_a_desk_that_stays_asks_nothing_and_its_letter_leaves_by_itself(
    window: MainWindow,
    queued: int,
    desk: Desk,
    clock: FixedClock,
) -> None:
    desk.settings.set(CLOSING, "stay")
    window.show()
    QApplication.sendEvent(window, HerClick())
    assert window.findChild(LettersWaiting) is None
    clock.goes_on(seconds=21)
    window.chores.posting.look()
    assert desk.letters.get(queued).state is LetterState.HANDED_OVER


@pytest.mark.parametrize("place", ["below the letter", "in a window of its own"])
def test_the_last_words_typed_are_kept_when_the_desk_is_closed(
    window: MainWindow,
    desk: Desk,
    post: Post,
    qtbot: QtBot,
    place: str,
) -> None:
    del post
    window.show()
    window.go(Place.MAIL)
    if place == "below the letter":
        window.actions_["mail.answer"].trigger()
        editor = window.mail.answer_part.editor
    else:
        form = window.letter_desk.answer("anna@c.test")
        assert form is not None
        editor = form.editor
    qtbot.keyClicks(editor.body, "The very last words")
    window.close()
    assert "The very last words" in desk.letters.all()[0].body
    for each in window.letter_desk._open.copy().values():
        each.close()
