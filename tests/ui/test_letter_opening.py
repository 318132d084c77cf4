"""A letter of which only the header fields were read gets its words when it is opened."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mailbox import (
    AccountReading,
    Extent,
    FolderReading,
    MailAccount,
    ReceivedMessage,
    SeenCopy,
)
from jeweler_desk.domain.message import Correspondent, FolderKind, Message
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.letter_opening import UNREAD
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.fakes import FixedClock
from tests.ui.conftest import FakeMailbox

ADDRESS = "hello@juniper.test"
ACCOUNT = MailAccount(ADDRESS, "imap.juniper.test", 993, ADDRESS)


@pytest.fixture
def waiting(desk: Desk, clock: FixedClock) -> None:
    """Anna's letter waits; its words are still on the server."""
    desk.correspondence.mailboxes.add(ACCOUNT, "secret words")
    at = clock.now() - timedelta(hours=2)
    anna = Correspondent("Anna Berg", "anna@c.test")
    message = Message("q1@c.test", at, anna, "Ring", (Correspondent("", ADDRESS),))
    received = ReceivedMessage(message, "", "f", Extent.HEAD)
    folder = FolderReading(
        ADDRESS,
        "INBOX",
        FolderKind.INBOX,
        (SeenCopy("1", received=received),),
        is_whole=False,
        uid_validity=7,
        last_uid=1,
    )
    desk.correspondence.receive((AccountReading(ADDRESS, clock.now(), (folder,)),))


def words(window: MainWindow) -> str:
    return "\n".join(each.text() for each in window.mail.findChildren(Text))


@pytest.mark.usefixtures("waiting")
def test_opening_a_letter_reads_its_words(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    window.go(Place.MAIL)
    qtbot.waitUntil(lambda: "All her words." in words(window))
    assert desk.correspondence.reading.unopened(["q1@c.test"]) == set()


@pytest.mark.usefixtures("waiting")
def test_what_came_along_with_a_letter_is_fetched_with_its_words_and_only_once(
    qtbot: QtBot, window: MainWindow, desk: Desk, mailbox: FakeMailbox
) -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Anna <anna@c.test>", "Ring"
    letter.set_content("All her words.")
    letter.add_attachment(b"one, two", maintype="text", subtype="csv", filename="sizes.csv")
    mailbox.whole = letter.as_bytes()
    window.go(Place.MAIL)
    parts = desk.correspondence.parts
    qtbot.waitUntil(lambda: parts.known("q1@c.test") is not None)
    found = parts.known("q1@c.test")
    assert found is not None
    assert [each.name for each in found.attachments] == ["sizes.csv"]
    assert "All her words." in words(window)
    assert "sizes.csv" in words(window)
    assert mailbox.reads == ["q1@c.test"]


@pytest.mark.usefixtures("waiting")
def test_a_letter_that_cannot_be_read_now_says_so_and_still_waits(
    qtbot: QtBot, window: MainWindow, desk: Desk, mailbox: FakeMailbox
) -> None:
    mailbox.refuses = "imap.juniper.test:993 did not answer in time; it will be tried again"
    window.go(Place.MAIL)
    qtbot.waitUntil(lambda: "letter" in window.notices.banners())
    assert UNREAD in words(window)
    assert "did not answer in time" in window.notices.banners()["letter"]
    assert len(desk.correspondence.waiting(desk.clock.now())) == 1


@pytest.mark.usefixtures("waiting")
def test_the_windows_connections_are_kept_and_hung_up(
    window: MainWindow, mailbox: FakeMailbox
) -> None:
    window.chores.start()
    assert mailbox.is_kept
    window.chores.stop()
    assert not mailbox.is_kept
