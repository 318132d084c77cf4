"""A server's word lets mail be read at once; a slow clock is told."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mailbox import AccountReading, ListedFolder, MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.mail_watch import MailWatching
from jeweler_desk.ui.main_window import MainWindow
from tests.fakes import FixedClock
from tests.ui.conftest import FakeMailbox

ADDRESS = "hello@juniper.test"


def connected(desk: Desk) -> None:
    account = MailAccount(ADDRESS, "imap.juniper.test", 993, ADDRESS)
    desk.correspondence.mailboxes.add(account, "secret words")


def test_a_servers_word_wakes_once_and_silence_does_not(qtbot: QtBot, desk: Desk) -> None:
    connected(desk)
    watching = MailWatching(desk.correspondence.reading, rest=0)
    with qtbot.waitSignal(watching.woke, timeout=5000):
        watching.start()
    watching.stop()


def test_a_window_told_to_watch_reads_mail_at_the_servers_word(
    qtbot: QtBot, window: MainWindow, desk: Desk, mailbox: FakeMailbox
) -> None:
    connected(desk)
    desk.settings.set("mail.watch", "yes")
    window.chores.start()
    qtbot.waitUntil(lambda: len(mailbox.passwords) == 2)
    window.chores.stop()


def test_a_clock_that_is_slow_is_told(window: MainWindow, desk: Desk, clock: FixedClock) -> None:
    connected(desk)
    listed = (ListedFolder("INBOX", FolderKind.INBOX, is_read=True),)
    slow = timedelta(minutes=25)
    reading = AccountReading(ADDRESS, clock.now(), listed=listed, clock_slow_by=slow)
    desk.correspondence.receive((reading,))
    window.chores.fetch_mail(is_asked=False)
    assert window.notices.banners()["clock"].startswith("This computer’s clock is slow")
