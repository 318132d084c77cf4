"""Three customers wait: one is answered here, one by telephone, one on Etsy, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.letter import LetterState
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.jobs import InlineJobs
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import Mode
from jeweler_desk.wiring import build_desk
from tests.carrier import Carrier
from tests.fakes import FixedClock
from tests.post import MAKER, Drawer, Letter, Post
from tests.ui.conftest import SETTINGS, FakeMailbox


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def desk(store: Store, clock: FixedClock, carrier: Carrier, tmp_path: Path) -> Desk:
    edges = MailEdges(LetterFiles(), FakeMailbox(), Drawer(), sender=carrier)
    desk = build_desk(store, clock, folder=tmp_path / "desk", edges=edges)
    for key, value in SETTINGS.items():
        desk.settings.set(key, value)
    desk.correspondence.mailboxes.add(
        MailAccount(MAKER, "mail.shop.test", 993, MAKER, smtp_host="smtp.shop.test", smtp_port=465),
        "bench-1",
    )
    post = Post(desk, tmp_path / "mail")
    post.brings(
        [
            Letter("anna@c.test", hours=-20, subject="Ring size"),
            Letter("bo@c.test", hours=-2, sender="Bo Lind <bo@c.test>", subject="Shipping?"),
            Letter(
                "etsy@c.test",
                hours=1,
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Etsy Conversation with Ashlee",
            ),
        ]
    )
    return desk


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[MainWindow]:
    window = MainWindow(desk, Appearance(qapp, Mode.LIGHT), InlineJobs(), open_outside=_refuse)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    QApplication.processEvents()
    window.activateWindow()
    yield window
    window.close()


def _refuse(_url: QUrl) -> bool:
    raise AssertionError


def type_keys(*keys: str) -> None:
    """Press keys where the focus is, as a keyboard does."""
    for each in keys:
        windows = [e for e in QApplication.topLevelWidgets() if isinstance(e, MainWindow)]
        focus = QApplication.focusWidget() or windows[-1]
        QTest.keySequence(focus, QKeySequence(each))
        QApplication.processEvents()


def write(words: str) -> None:
    """Type words where the focus is."""
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClicks(focus, words)
    QApplication.processEvents()


def form(window: MainWindow) -> QDialog:
    QApplication.processEvents()
    (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def tab_to(name: str) -> None:
    """Walk through a form until the focus is in a field."""
    for _ in range(20):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == name:
            return
        type_keys("Tab")
    raise AssertionError(name)


def come_back(window: MainWindow) -> None:
    """Stand in the window again, as every desktop does when a form closes."""
    QApplication.processEvents()
    window.activateWindow()
    QApplication.processEvents()


def test_three_ways_to_answer_by_keys_alone(
    window: MainWindow, desk: Desk, carrier: Carrier, clock: FixedClock
) -> None:
    type_keys("Ctrl+4")
    page = window.mail
    assert page.subtitle.text() == "One late · two due"

    # Anna is answered here: below her letter, read along while typed, queued by the same key.
    type_keys("Ctrl+Return")
    assert page.answer_part.is_open
    assert QApplication.focusWidget() is page.answer_part.editor.body
    write(" I will size it to a six.")
    type_keys("Ctrl+Return")
    (letter,) = desk.letters.all()
    assert letter.state is LetterState.QUEUED
    assert "I will size it to a six." in letter.body
    assert page.answer_part.isHidden()

    # Bo was called. The next letter is at hand already.
    assert page.side.head.subject.text() == "Shipping?"
    type_keys("Ctrl+E")
    form(window)
    write("by phone")
    type_keys("Tab")
    tab_to("Note")
    write("to Sweden by Friday")
    type_keys("Return")
    assert window.notices.last_words == "Bo Lind is answered, by phone: to Sweden by Friday."
    come_back(window)

    # Ashlee was answered on Etsy, which the form knows.
    assert page.side.head.subject.text() == "Etsy Conversation with Ashlee"
    type_keys("Ctrl+E")
    form(window)
    type_keys("Return")
    assert window.notices.last_words == "Ashlee is answered, on Etsy."
    come_back(window)

    # Twenty seconds later Anna's letter leaves; then nothing waits any more.
    clock.goes_on(seconds=20)
    window.chores.posting.look()
    assert "size it to a six" in carrier.sent[0][1]
    waiting = [each.message_id for each in desk.correspondence.waiting(clock.now())]
    assert waiting == ["anna@c.test"]  # until her answer is seen in Sent

    # One key takes the last word back, and the list is as it was.
    type_keys("Ctrl+Z")
    waiting = [each.message_id for each in desk.correspondence.waiting(clock.now())]
    assert waiting == ["anna@c.test", "etsy@c.test"]
