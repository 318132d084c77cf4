"""Much mail is taken in and judged while the window is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mail_portions import PORTION
from jeweler_desk.domain.mailbox import (
    AccountReading,
    FolderReading,
    MailAccount,
    ReceivedMessage,
    SeenCopy,
)
from jeweler_desk.domain.message import Correspondent, FolderKind, Message
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.steps import Steps
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.errands import Errands
from jeweler_desk.ui.jobs import InlineJobs, JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.fakes import FixedClock
from tests.ui.conftest import FakeMailbox, Shop

US = "hello@juniper.test"
ACCOUNT = MailAccount(US, "imap.juniper.test", 993, US)
MUCH = 420
"""More than is judged in place."""


class Server(FakeMailbox):
    """Gives what lies in it once."""

    folders: tuple[FolderReading, ...] = ()

    def look(self, account: MailAccount, *_: object) -> AccountReading:
        folders, self.folders = self.folders, ()
        return AccountReading(account.address, FixedClock().now(), folders)


@pytest.fixture
def mailbox() -> Server:
    return Server()


@pytest.fixture
def used(qtbot: QtBot, desk: Desk, look: Appearance) -> Iterator[MainWindow]:
    window = MainWindow(desk, look, JobRunner())
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def much_mail() -> tuple[FolderReading, ...]:
    now = FixedClock().now()
    copies = tuple(
        SeenCopy(
            str(number),
            received=ReceivedMessage(
                Message(
                    f"{number}@c.test",
                    now - timedelta(hours=25 if number == 1 else 26 * 24),
                    Correspondent("", f"ann{number}@c.test" if number == 1 else US),
                    "Ring",
                    (Correspondent("", US if number == 1 else f"bo{number}@c.test"),),
                ),
                "",
                f"{number:x}",
            ),
        )
        for number in range(1, MUCH)
    )
    inbox = FolderReading(
        US, "INBOX", FolderKind.INBOX, copies, is_whole=False, uid_validity=1, last_uid=MUCH
    )
    return (inbox,)


def is_under_way(window: MainWindow) -> bool:
    return window.desk.correspondence.progress is not None


def taken_in(qtbot: QtBot, window: MainWindow, mailbox: Server) -> None:
    window.desk.correspondence.mailboxes.add(ACCOUNT, "secret words")
    mailbox.folders = much_mail()
    window.chores.fetch_mail()
    qtbot.waitUntil(lambda: window.chores.mail_steps.is_busy)
    qtbot.waitUntil(lambda: not window.chores.mail_steps.is_busy)


def test_the_page_says_how_far_the_reading_is_and_the_window_goes_on(
    qtbot: QtBot, used: MainWindow, mailbox: Server
) -> None:
    said: set[str] = set()
    beat = QTimer(used)
    beat.setInterval(0)
    used.go(Place.MAIL)
    beat.timeout.connect(lambda: said.add(used.mail.column.fresh.text()))
    beat.start()
    taken_in(qtbot, used, mailbox)
    assert said & {f"Reading {each} of {MUCH - 1}" for each in range(PORTION, MUCH, PORTION)}
    assert used.mail.column.fresh.text() == "Mail as of 10:00"
    now = used.desk.clock.now()
    assert [each.message_id for each in used.desk.correspondence.waiting(now)] == ["1@c.test"]


def test_what_all_mail_hangs_on_is_judged_beside_the_window(
    qtbot: QtBot, used: MainWindow, mailbox: Server
) -> None:
    taken_in(qtbot, used, mailbox)
    mail, now = used.desk.correspondence, used.desk.clock.now()
    mail.mailboxes.add_identity("ann1@c.test")
    assert is_under_way(used)
    assert len(mail.waiting(now)) == 1  # as it was judged before, until all is judged
    used.chores.remind()
    assert "reminder" not in used.notices.banners()
    qtbot.waitUntil(lambda: not used.chores.mail_steps.is_busy)
    assert not is_under_way(used)
    assert mail.waiting(now) == []
    assert mail.mismatches() == []


def test_a_desk_whose_rules_are_newer_is_judged_beside_the_window(
    qtbot: QtBot, used: MainWindow, mailbox: Server
) -> None:
    taken_in(qtbot, used, mailbox)
    used.chores.start()
    used.desk.settings.set("mail.copied", "yes")
    used.desk.settings.set("shop.name", "Tide")
    used.bus.changed.emit(frozenset({Topic.SETTINGS}))
    assert is_under_way(used)
    qtbot.waitUntil(lambda: not used.chores.mail_steps.is_busy)
    assert used.desk.correspondence.mismatches() == []
    used.chores.stop()


@pytest.mark.parametrize("place", [Place.TODAY, Place.SWEEP, Place.MAIL])
def test_no_page_says_that_all_is_answered_while_mail_is_being_read(
    qtbot: QtBot, used: MainWindow, mailbox: Server, shop: Shop, place: Place
) -> None:
    del shop
    used.go(place)
    told: list[str] = []

    def note() -> None:
        if is_under_way(used):
            page = used.page(place)
            shown = (*page.findChildren(Text), page.subtitle)
            told.extend(label.text() for label in shown if label.isVisible())

    beat = QTimer(used)
    beat.setInterval(0)
    beat.timeout.connect(note)
    beat.start()
    taken_in(qtbot, used, mailbox)
    assert any(each.startswith("Mail is being read") for each in told)
    assert not any(each.startswith(("Every email", "Everything")) for each in told)
    assert not any("nothing is late" in each for each in told)


def test_her_word_holds_at_once_while_all_else_is_judged_beside(
    qtbot: QtBot, used: MainWindow, mailbox: Server
) -> None:
    taken_in(qtbot, used, mailbox)
    mail, now = used.desk.correspondence, used.desk.clock.now()
    mail.mailboxes.add_identity("somebody@else.test")
    assert is_under_way(used)
    mail.words.answered("1@c.test", "by phone")
    assert is_under_way(used)
    assert mail.waiting(now) == []
    first = mail.recently_answered(1)[0]
    said = (first.message_id, first.reason)
    assert mail.conversation("1@c.test").reason == first.reason
    used.desk.history.undo()
    assert [each.message_id for each in mail.waiting(now)] == ["1@c.test"]
    mail.words.answered("1@c.test", "by phone")
    qtbot.waitUntil(lambda: not used.chores.mail_steps.is_busy)
    assert mail.waiting(now) == []
    first = mail.recently_answered(1)[0]
    assert (first.message_id, first.reason) == said
    assert mail.mismatches() == []


class Broken(Exception):  # noqa: N818 - a test's own
    pass


def test_an_errand_that_fails_is_told_and_the_next_one_follows(qtbot: QtBot) -> None:
    failed: list[Exception] = []
    done: list[int] = []
    errands = Errands("try", InlineJobs(), failed.append)

    def breaks() -> Steps[None]:
        yield None
        yield _break

    def counts() -> Steps[None]:
        for number in range(3):
            outcome = yield partial(int, number)
            done.append(outcome)
            yield None

    errands.begin(breaks())
    errands.begin(counts())
    qtbot.waitUntil(lambda: not errands.is_busy)
    assert [type(each) for each in failed] == [Broken]
    assert done == [0, 1, 2]


def _break() -> None:
    raise Broken


def test_errands_that_are_stopped_are_let_go(qtbot: QtBot) -> None:
    seen: list[str] = []
    errands = Errands("try", InlineJobs(), print)

    def goes_on() -> Steps[None]:
        try:
            while True:
                yield None
        finally:
            seen.append("let go")

    errands.begin(goes_on())
    errands.begin_soon(goes_on())
    errands.stop()
    qtbot.wait(5)
    assert seen == ["let go"]
    assert not errands.is_busy
