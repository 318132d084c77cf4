"""Settings: which folders of a mailbox are read, and whether its server's word is waited for."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mailbox import AccountReading, ListedFolder, MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.choose_folders import ChooseFolders
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from tests.ui.conftest import FakeMailbox

ADDRESS = "hello@juniper.test"
ACCOUNT = MailAccount(ADDRESS, "imap.juniper.test", 993, ADDRESS)
LISTED = (
    ListedFolder("INBOX", FolderKind.INBOX, is_read=True),
    ListedFolder("Sent", FolderKind.SENT, is_read=True),
    ListedFolder("Etsy", None, is_read=False),
)


def connected(window: MainWindow, desk: Desk) -> None:
    desk.correspondence.mailboxes.add(ACCOUNT, "secret words")
    reading = AccountReading(ADDRESS, desk.clock.now(), listed=LISTED)
    desk.correspondence.receive((reading,))
    window.go(Place.SETTINGS)


def opened(window: MainWindow) -> ChooseFolders:
    name = f"Folders…: {ADDRESS}"
    buttons = window.settings.findChildren(Button)
    next(each for each in buttons if each.accessibleName() == name).click()
    return next(each for each in window.findChildren(ChooseFolders) if each.isVisible())


def read_as(desk: Desk) -> dict[str, FolderKind | None]:
    found = desk.correspondence.reading.folders(ADDRESS)
    return {each.name: each.kind if each.is_read else None for each in found}


def test_a_folder_is_chosen_and_mail_is_read_at_once(
    window: MainWindow, desk: Desk, mailbox: FakeMailbox, qtbot: QtBot
) -> None:
    connected(window, desk)
    form = opened(window)
    assert list(form.boxes) == ["Sent", "Etsy"]
    etsy = form.boxes["Etsy"]
    etsy.setCurrentIndex(etsy.findText("read like the inbox"))
    looks = len(mailbox.passwords)
    form.verb.click()
    assert read_as(desk)["Etsy"] is FolderKind.INBOX
    qtbot.waitUntil(lambda: len(mailbox.passwords) > looks)
    window.actions_["undo"].trigger()
    assert read_as(desk)["Etsy"] is None


def test_nothing_chosen_changes_nothing(window: MainWindow, desk: Desk) -> None:
    connected(window, desk)
    before = read_as(desk)
    opened(window).verb.click()
    assert read_as(desk) == before


def test_the_servers_word_is_waited_for_as_soon_as_it_is_ticked(
    window: MainWindow, desk: Desk
) -> None:
    connected(window, desk)
    window.chores.start()
    tick = window.settings.mailboxes.ticks["mail.watch"]
    assert not tick.isChecked()
    told = [window.chores.watching.is_waiting]
    for _ in range(2):
        tick.click()
        told.append(window.chores.watching.is_waiting)
    assert told == [False, True, False]
    window.chores.stop()


def test_letters_in_cc_may_ask_where_that_is_ticked(window: MainWindow, desk: Desk) -> None:
    connected(window, desk)
    window.settings.mailboxes.ticks["mail.copied"].click()
    assert desk.settings.get("mail.copied") == "yes"
    window.actions_["undo"].trigger()
    assert desk.settings.get("mail.copied") == "no"
    assert not window.settings.mailboxes.ticks["mail.copied"].isChecked()
