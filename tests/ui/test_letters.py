"""Letters in the window: written, read along, queued, taken back, sent, and told of."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.letter import CopyState, LetterKind, LetterState
from jeweler_desk.domain.outgoing import Outcome, Result
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.store.letters import LetterRows
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.letter_template import TemplateForm
from jeweler_desk.ui.dialogs.read_letter import ReadLetter
from jeweler_desk.ui.dialogs.write_letter import WriteLetter
from jeweler_desk.ui.jobs import JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.mailboxes_part import MailboxesPart
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.status_chip import StatusChip
from tests.carrier import Carrier
from tests.fakes import FixedClock
from tests.post import Post
from tests.ui.conftest import FakeKeyring, FakeMailbox, Outside, Shop, sending_desk


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def desk(
    store: Store,
    clock: FixedClock,
    tmp_path: Path,
    mailbox: FakeMailbox,
    keyring: FakeKeyring,
    carrier: Carrier,
) -> Desk:
    """The shop with a mailbox that sends."""
    edges = MailEdges(LetterFiles(), mailbox, keyring, sender=carrier)
    return sending_desk(store, clock, tmp_path / "desk", edges)


def opened(window: MainWindow) -> WriteLetter:
    QApplication.processEvents()
    (form,) = [each for each in window.findChildren(WriteLetter) if each.isVisible()]
    return form


@pytest.fixture
def answer(window: MainWindow, post: Post) -> Iterator[WriteLetter]:
    """Anna's question, its answer begun."""
    del post
    window.go(Place.MAIL)
    window.letter_desk.answer("anna@c.test")
    form = opened(window)
    yield form
    for each in window.findChildren(WriteLetter):
        each.close()


def told(form: WriteLetter) -> list[str]:
    return [each.kind.value for each in form.editor.findings]


def test_an_answer_is_begun_to_the_person_with_her_words_beside_it(
    answer: WriteLetter, desk: Desk
) -> None:
    editor = answer.editor
    assert editor.to.text() == "anna@c.test"
    assert editor.subject.text() == "Re: Ring size"
    assert editor.from_line.text() == "From maker@shop.test"
    assert editor.body.toPlainText().startswith("Dear Anna,\n\nThank you for your letter.")
    assert told(answer) == []
    assert answer.windowTitle() == "A letter to Anna Berg"
    assert "in my size" in desk.letters.asked_words(desk.letters.all()[0])


def test_what_is_typed_is_read_along_and_kept(
    answer: WriteLetter, desk: Desk, qtbot: QtBot
) -> None:
    editor = answer.editor
    qtbot.keyClicks(editor.body, " I will send it soon!!")
    qtbot.waitUntil(lambda: "promise_without_day" in told(answer), timeout=2000)
    assert told(answer) == ["promise_without_day", "shouting"]
    assert len(editor.body.extraSelections()) == 2
    qtbot.waitUntil(lambda: "soon!!" in desk.letters.all()[0].body, timeout=4000)
    editor.subject.setFocus()
    qtbot.keyClicks(editor.subject, "!")
    answer.close()
    assert desk.letters.all()[0].subject == "Re: Ring size!"


def test_a_lock_opens_when_she_says_that_it_is_right(
    answer: WriteLetter, desk: Desk, qtbot: QtBot
) -> None:
    editor = answer.editor
    editor.body.setPlainText("Dear Hanna,\n\nThank you. 💍 Yes.\n\nYours truly,\nAileen")
    editor.read_along()
    assert told(answer) == ["name"]
    qtbot.mouseClick(answer.send, Qt.MouseButton.LeftButton)
    assert "The letter greets “Hanna”" in editor.trouble.text()
    assert desk.letters.all()[0].is_draft
    qtbot.mouseClick(editor.right_buttons[0], Qt.MouseButton.LeftButton)
    assert editor.open_locks() == ()
    qtbot.mouseClick(answer.send, Qt.MouseButton.LeftButton)
    assert desk.letters.all()[0].state is LetterState.QUEUED


def test_a_template_takes_the_place_of_the_words(answer: WriteLetter, qtbot: QtBot) -> None:
    menu = answer.editor.templates.menu()
    (holding,) = [each for each in menu.actions() if each.objectName() == "holding"]
    assert holding.text() == "I will answer by a day"
    holding.trigger()
    assert "I will write to you by {promise_on}." in answer.editor.body.toPlainText()
    qtbot.mouseClick(answer.send, Qt.MouseButton.LeftButton)
    assert "still open in the letter: {promise_on}" in answer.editor.trouble.text()


def test_a_letter_is_taken_back_and_then_leaves(
    answer: WriteLetter,
    window: MainWindow,
    desk: Desk,
    clock: FixedClock,
    carrier: Carrier,
    mailbox: FakeMailbox,
    qtbot: QtBot,
) -> None:
    qtbot.keyClicks(answer.editor.body, " Yes, I can.")
    qtbot.mouseClick(answer.send, Qt.MouseButton.LeftButton)
    (letter,) = desk.letters.all()
    assert window.notices.banners() == {
        f"letter {letter.id}": "The letter to Anna Berg leaves in 20 seconds."
    }
    (row,) = window.mail.shelf.rows
    assert row.chip is not None
    assert row.chip.accessibleName() == "in the outbox"
    window.letter_desk.take_back(letter.id)
    assert window.notices.banners() == {}
    again = opened(window)
    qtbot.mouseClick(again.send, Qt.MouseButton.LeftButton)
    window.chores.posting.look()
    assert carrier.sent == []
    clock.goes_on(seconds=20)
    window.chores.posting.look()
    assert "Yes, I can." in carrier.sent[0][1]
    assert len(carrier.copies) == 1
    assert mailbox.passwords == ["bench-1"], "Sent is looked at"
    assert desk.letters.get(letter.id).state is LetterState.HANDED_OVER
    assert window.mail.shelf.rows[0].chip is not None
    assert "handed over" in window.mail.shelf.rows[0].chip.accessibleName()
    assert f"letter {letter.id}" not in window.notices.banners()


@dataclass(frozen=True)
class Mishap:
    """How the server answers, and what the window says of it."""

    words: str
    state: LetterState
    begins: tuple[Result, ...] = ()
    ends: tuple[Result, ...] = ()


@pytest.mark.parametrize(
    "mishap",
    [
        Mishap("waits: 451 later", LetterState.QUEUED, (Result(Outcome.NOT_NOW, "451 later"),)),
        Mishap("was not sent: 550 no", LetterState.DRAFT, (Result(Outcome.NEVER, "550 no"),)),
        Mishap(
            "was perhaps sent",
            LetterState.UNCLEAR,
            ends=(Result(Outcome.UNCLEAR, "it broke"),),
        ),
    ],
)
def test_trouble_stays_above_the_page(
    answer: WriteLetter,
    window: MainWindow,
    desk: Desk,
    clock: FixedClock,
    carrier: Carrier,
    qtbot: QtBot,
    mishap: Mishap,
) -> None:
    carrier.begins, carrier.ends = list(mishap.begins), list(mishap.ends)
    qtbot.mouseClick(answer.send, Qt.MouseButton.LeftButton)
    clock.goes_on(seconds=20)
    window.chores.posting.look()
    (letter,) = desk.letters.all()
    assert mishap.words in window.notices.banners()[f"letter {letter.id}"]
    assert letter.state is mishap.state
    (row,) = window.mail.shelf.rows
    assert row.button is not None
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert opened(window).letter_id == letter.id
    assert desk.letters.get(letter.id).is_draft
    if mishap.state is not LetterState.DRAFT:
        assert f"letter {letter.id}" not in window.notices.banners(), "it is so no longer"


def test_she_may_send_it_with_her_mail_program_or_give_it_another_way(
    answer: WriteLetter, window: MainWindow, desk: Desk, outside: Outside, qtbot: QtBot
) -> None:
    qtbot.mouseClick(answer.outside, Qt.MouseButton.LeftButton)
    (url,) = outside.urls
    assert url.startswith("mailto:anna@c.test?subject=Re%3A%20Ring%20size&body=Dear%20Anna")
    qtbot.mouseClick(answer.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("Dear Anna,")
    long = answer.editor.body.toPlainText().replace("Thank", "A word more. " * 200 + "Thank")
    answer.editor.body.setPlainText(long)
    qtbot.mouseClick(answer.outside, Qt.MouseButton.LeftButton)
    file = Path(QUrl(outside.urls[-1]).toLocalFile())
    raw = file.read_text(encoding="ascii")
    file.unlink()
    file.parent.rmdir()
    assert raw.startswith("X-Unsent: 1\n")
    assert "In-Reply-To: <anna@c.test>" in raw
    assert "Message-ID" not in raw
    answer.editor.to.setText("")
    answer.editor.keep()
    qtbot.mouseClick(answer.outside, Qt.MouseButton.LeftButton)
    assert "An email would reach nobody" in window.notices.banners()["act"]
    qtbot.mouseClick(answer.elsewhere, Qt.MouseButton.LeftButton)
    assert desk.letters.all()[0].state is LetterState.ELSEWHERE
    assert not window.mail.shelf.isVisible()


def test_a_draft_let_go_can_be_laid_back(
    answer: WriteLetter, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.mouseClick(answer.drop, Qt.MouseButton.LeftButton)
    assert desk.letters.all() == []
    window.actions_["undo"].trigger()
    assert len(desk.letters.all()) == 1


def test_the_buyer_is_written_to_from_her_order(window: MainWindow, shop: Shop, desk: Desk) -> None:
    window.go(Place.ORDERS)
    window.orders.show_order(shop.ring)
    window.actions_["order.write"].trigger()
    form = opened(window)
    assert form.editor.subject.text() == "Thank you for your order #2089"
    window.actions_["order.write"].trigger()
    assert opened(window) is form, "one window a letter"
    form.close()
    (draft,) = desk.letters.of_order(shop.ring)
    assert draft.kind is LetterKind.THANKS


def test_the_letter_is_legible_in_both_modes_and_in_a_narrow_window(
    answer: WriteLetter, window: MainWindow
) -> None:
    for width in (420, 900):
        answer.resize(width, 640)
        QApplication.processEvents()
        assert answer.grab().width() >= width
    window.grab()


def test_a_template_is_changed_in_the_window(answer: WriteLetter, desk: Desk, qtbot: QtBot) -> None:
    menu = answer.editor.templates.menu()
    changes = next(each.menu() for each in menu.actions() if each.text() == "Change a template")
    assert isinstance(changes, QMenu)
    next(each for each in changes.actions() if each.objectName() == "thanks").trigger()
    (form,) = answer.findChildren(TemplateForm)
    form.body.setPlainText("Dear {first_name},\n\nThank you for {ring}.")
    form.submit()
    assert "“{ring}” in line 3 is no field" in form.problem.text()
    form.name.setText("market")
    form.body.setPlainText("Dear {first_name},\n\nThank you for coming.")
    form.submit()
    assert desk.letters.templates.get("market").body.endswith("coming.")
    menu = answer.editor.templates.menu()
    next(each for each in menu.actions() if each.objectName() == "market").trigger()
    assert answer.editor.body.toPlainText() == "Dear Anna,\n\nThank you for coming."
    answer.change_template("market")
    form = next(each for each in answer.findChildren(TemplateForm) if each.isVisible())
    qtbot.mouseClick(form.drop, Qt.MouseButton.LeftButton)
    assert not desk.letters.templates.is_own("market")


def test_a_letter_leaves_beside_the_window(
    desk: Desk, look: Appearance, clock: FixedClock, carrier: Carrier, shop: Shop, qtbot: QtBot
) -> None:
    letter_id, _ = desk.letters.write(shop.ring)
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    jobs = JobRunner()
    window = MainWindow(desk, look, jobs)
    qtbot.addWidget(window)
    window.chores.posting.start()
    qtbot.waitUntil(lambda: len(carrier.copies) == 1, timeout=5000)
    qtbot.waitUntil(lambda: desk.letters.get(letter_id).copy_state is CopyState.KEPT, timeout=5000)
    assert desk.letters.get(letter_id).state is LetterState.HANDED_OVER
    assert len(carrier.sent) == 1
    qtbot.waitUntil(lambda: not jobs.is_running("fetch"), timeout=5000)
    window.close()
    jobs.shut_down()


def test_what_the_marketplace_takes_is_told_and_a_letter_gone_is_no_trouble(
    window: MainWindow, desk: Desk, shop: Shop
) -> None:
    assert window.letter_desk.write_to_buyer(None) is None
    assert window.letter_desk.answer("nobody@x.test") is None
    assert "no message" in window.notices.banners()["act"]
    letter_id, _ = desk.letters.write(shop.cuff)
    form = window.letter_desk.open(letter_id)
    desk.letters.given_elsewhere(letter_id)
    form.editor.body.setPlainText("Other words")
    form.send.click()
    assert "another way" in form.editor.trouble.text()
    form.close()
    window.letter_desk.take_back(letter_id)
    assert "another way" in window.notices.banners()["act"]


def test_closing_waits_for_the_words_that_are_leaving(
    desk: Desk, look: Appearance, clock: FixedClock, carrier: Carrier, shop: Shop, qtbot: QtBot
) -> None:
    letter_id, _ = desk.letters.write(shop.ring)
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    carrier.gate = threading.Event()
    jobs = JobRunner()
    window = MainWindow(desk, look, jobs)
    qtbot.addWidget(window)
    window.chores.posting.start()
    qtbot.waitUntil(
        lambda: desk.letters.get(letter_id).state is LetterState.HANDING_OVER, timeout=5000
    )
    closings: list[str] = []
    window.closed.connect(lambda: closings.append("closed"))
    QTimer.singleShot(20, window.close)  # she presses again, while the first one waits
    QTimer.singleShot(50, carrier.gate.set)
    window.close()
    jobs.shut_down()
    assert closings == ["closed"]
    assert desk.letters.get(letter_id).state is LetterState.HANDED_OVER
    window.chores.posting.look()
    assert carrier.copies == [], "that follows at the next start"


def test_an_order_shows_its_letters_and_opens_them(
    window: MainWindow, shop: Shop, desk: Desk, store: Store
) -> None:
    order = desk.orders.get(shop.ring)
    drafted, _ = desk.letters.write(order.id, LetterKind.THANKS)
    gone, _ = desk.letters.write(order.id, LetterKind.APOLOGY)
    with store.write():
        LetterRows(store).change(gone, state=LetterState.SEEN_IN_SENT.value, message_id="a@b.test")
    window.go(Place.ORDERS)
    window.orders.show_order(order.id)
    QApplication.processEvents()
    named = {each.text(): each for each in window.orders.panel.pane.findChildren(QPushButton)}
    assert list(named) == ["Read", "Write"]
    chips = [each.text for each in window.orders.panel.pane.findChildren(StatusChip)]
    assert chips[-2:] == ["sent", "draft"]
    named["Read"].click()
    (read,) = window.findChildren(ReadLetter)
    assert "I am sorry" in read.words.toPlainText()
    assert read.words.isReadOnly()
    read.close()
    named["Write"].click()
    form = opened(window)
    assert form.letter_id == drafted
    form.close()


def test_a_locked_keyring_never_holds_the_settings_up(
    desk: Desk, look: Appearance, qtbot: QtBot, keyring: FakeKeyring
) -> None:
    asked_on: list[str] = []
    unlocked = threading.Event()
    real = keyring.password

    def locked(address: str) -> str | None:
        asked_on.append(threading.current_thread().name)
        assert unlocked.wait(10)
        return real(address)

    keyring.kept.clear()
    keyring.password = locked  # type: ignore[method-assign]  # a keyring that asks its owner first
    jobs = JobRunner()
    window = MainWindow(desk, look, jobs)
    qtbot.addWidget(window)
    window.show()
    window.go(Place.SETTINGS)
    part = window.findChild(MailboxesPart)
    assert part is not None
    qtbot.waitUntil(lambda: bool(asked_on))
    states = [each.text for each in part.findChildren(StatusChip)]
    assert "needs its password" not in states
    unlocked.set()
    qtbot.waitUntil(
        lambda: "needs its password" in [each.text for each in part.findChildren(StatusChip)]
    )
    assert threading.main_thread().name not in asked_on
    jobs.shut_down()
