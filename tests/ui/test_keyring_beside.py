"""A keyring may wait for its owner, or for ever: it is asked beside the window, and let go."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail.credentials import KeyringCredentials
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.connect_mailbox import ConnectMailbox, MailboxChoice
from jeweler_desk.ui.jobs import JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.keyrings import MuteKeyring, using
from tests.ui.conftest import FakeKeyring, FakeMailbox

ADDRESS = "hello@juniper.test"
ACCOUNT = MailAccount(ADDRESS, "imap.juniper.test", 993, ADDRESS)


class NotingKeyring(FakeKeyring):
    """Notes from which thread it is asked: a locked one waits until it is unlocked."""

    def __init__(self, *, is_there: bool) -> None:
        super().__init__(is_there=is_there)
        self.asked_by_window: list[bool] = []

    def password(self, address: str) -> str | None:
        self._note()
        return super().password(address)

    def keep(self, address: str, password: str) -> bool:
        self._note()
        return super().keep(address, password)

    def forget(self, address: str) -> None:
        self._note()
        super().forget(address)

    def _note(self) -> None:
        self.asked_by_window.append(threading.current_thread() is threading.main_thread())


def opened(desk: Desk, look: Appearance, qtbot: QtBot) -> MainWindow:
    window = MainWindow(desk, look, JobRunner())
    qtbot.addWidget(window)
    return window


def answer(window: MainWindow, choice: MailboxChoice) -> None:
    """Answer the form for a mailbox as if both logins had been tried."""
    form = next(each for each in window.findChildren(ConnectMailbox) if each.isVisible())
    form.answered.emit(choice)
    form.reject()


def press(window: MainWindow, name: str, qtbot: QtBot) -> None:
    buttons = window.settings.findChildren(Button)
    (button,) = [e for e in buttons if e.accessibleName() == name and e.isVisibleTo(e.window())]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_keyring_that_waits_for_its_owner_never_stops_the_window(
    qtbot: QtBot, look: Appearance, clock: FixedClock, store: Store
) -> None:
    keyring = NotingKeyring(is_there=False)
    desk = build_desk(store, clock, edges=MailEdges(LetterFiles(), FakeMailbox(), keyring))
    desk.correspondence.mailboxes.add(ACCOUNT, None)
    window = opened(desk, look, qtbot)
    window.chores.fetch_mail()
    qtbot.waitUntil(lambda: "secret" in window.notices.banners())
    assert keyring.asked_by_window
    assert not any(keyring.asked_by_window)
    window.close()


def test_connecting_changing_and_disconnecting_ask_the_keyring_beside_the_window(
    qtbot: QtBot, look: Appearance, clock: FixedClock, store: Store
) -> None:
    keyring = NotingKeyring(is_there=True)
    desk = build_desk(store, clock, edges=MailEdges(LetterFiles(), FakeMailbox(), keyring))
    window = opened(desk, look, qtbot)
    window.show()
    window.go(Place.SETTINGS)
    part = window.settings.mailboxes

    part.connect_one()
    answer(window, MailboxChoice(ACCOUNT, "pearl-1"))
    qtbot.waitUntil(lambda: len(desk.correspondence.accounts()) == 1)
    assert keyring.kept == {ADDRESS: "pearl-1"}

    press(window, f"Change…: {ADDRESS}", qtbot)
    answer(window, MailboxChoice(replace(ACCOUNT, imap_port=143), "pearl-2"))
    qtbot.waitUntil(lambda: desk.correspondence.accounts()[0].account.imap_port == 143)
    assert keyring.kept == {ADDRESS: "pearl-2"}

    press(window, f"Disconnect: {ADDRESS}", qtbot)
    qtbot.waitUntil(lambda: not keyring.kept)
    assert desk.correspondence.accounts() == []
    assert not any(keyring.asked_by_window)
    window.close()


@pytest.fixture
def mute() -> Iterator[MuteKeyring]:
    backend = MuteKeyring()
    with using(backend):
        yield backend
        backend.is_answered_there.set()


def test_a_keyring_that_never_answers_holds_neither_other_work_nor_the_closing(
    qtbot: QtBot, look: Appearance, clock: FixedClock, store: Store, mute: MuteKeyring
) -> None:
    del mute
    edges = MailEdges(LetterFiles(), FakeMailbox(), KeyringCredentials())
    desk = build_desk(store, clock, edges=edges)
    desk.correspondence.mailboxes.add(ACCOUNT, None)
    window = opened(desk, look, qtbot)
    window.chores.fetch_mail()
    window.settings.mailboxes.refresh()
    assert window.jobs.is_running("fetch")
    before = time.monotonic()
    window.close()
    assert time.monotonic() - before < 5


def test_what_a_silent_keyring_cannot_tell_is_said_with_what_to_do(
    qtbot: QtBot, look: Appearance, clock: FixedClock, store: Store, mute: MuteKeyring
) -> None:
    mailbox = FakeMailbox()
    edges = MailEdges(LetterFiles(), mailbox, KeyringCredentials(0.02))
    desk = build_desk(store, clock, edges=edges)
    desk.correspondence.mailboxes.add(ACCOUNT, None)
    window = opened(desk, look, qtbot)
    window.chores.fetch_mail()
    qtbot.waitUntil(lambda: "fetch" in window.notices.banners())
    told = window.notices.banners()["fetch"]
    assert "keyring gives no answer; if it asks you to unlock it, answer there." in told
    assert "Everything read before is here." in told
    mute.passwords["Jeweler Desk", ADDRESS] = "pearl-1"
    mute.is_answered_there.set()
    qtbot.waitUntil(lambda: bool(window.chores.fetch_mail() and mailbox.passwords))
    qtbot.waitUntil(lambda: "fetch" not in window.notices.banners())
    window.close()
