"""What hinders mail, or a letter, is said once, where it can be mended, while it is so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.letter import LetterState
from jeweler_desk.domain.mail_access import Hindrance
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.connect_mailbox import ConnectMailbox
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.mail_lists import begun_marks
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.words import Said, sentence
from tests.fakes import FixedClock
from tests.post import Post
from tests.ui.conftest import FakeMailbox

ADDRESS = "hello@juniper.test"
SHA = "F4:24:9D"
REFUSED = "imap.juniper.test:993 refused the user name or password of hello@juniper.test"
NOT_TRUSTED = (
    "the certificate of imap.juniper.test:993 is not trusted: it has expired; no password was"
    f" sent. Its SHA-256 is {SHA}"
)


def looks(window: MainWindow, clock: FixedClock, minutes: int) -> None:
    clock.goes_on(minutes=minutes)
    window.chores.look_round()
    window.mail.tick()


@pytest.fixture
def hindered(
    window: MainWindow, desk: Desk, clock: FixedClock, mailbox: FakeMailbox
) -> FakeMailbox:
    desk.correspondence.mailboxes.add(MailAccount(ADDRESS, "imap.juniper.test", 993, ADDRESS), "s")
    window.go(Place.MAIL)
    looks(window, clock, 0)
    return mailbox


@pytest.mark.parametrize(
    ("hindrance", "error", "key", "briefly"),
    [
        (Hindrance.LOGIN, REFUSED, "secret", "the login was refused"),
        (Hindrance.CERTIFICATE, NOT_TRUSTED, "fetch", "the certificate is not trusted"),
    ],
)
def test_a_mailbox_out_of_reach_for_an_hour_is_told_once_with_the_way_out(
    window: MainWindow,
    clock: FixedClock,
    hindered: FakeMailbox,
    hindrance: Hindrance,
    error: str,
    key: str,
    briefly: str,
) -> None:
    hindered.error, hindered.hindrance = error, hindrance
    looks(window, clock, 6)
    looks(window, clock, 60)
    assert list(window.notices.banners()) == [key]
    assert SHA not in window.notices.banners()[key]
    assert window.mail.column.fresh.text() == f"Could not look since 10:00 ({briefly})"
    assert "juniper.test:993" in window.mail.column.fresh.toolTip()

    verbs = {"Change it…", "Look at it…"}
    buttons = [e for e in window.notices.findChildren(Button) if e.text() in verbs]
    buttons[-1].click()
    form = window.findChild(ConnectMailbox)
    assert form is not None
    assert form.address.text() == ADDRESS
    form.reject()


def test_what_was_put_away_comes_again_as_a_reminder_and_goes_when_mail_is_read(
    window: MainWindow, clock: FixedClock, hindered: FakeMailbox
) -> None:
    hindered.error, hindered.hindrance = "the line is down", Hindrance.OTHER
    looks(window, clock, 6)
    window.notices.withdraw("fetch")
    clock.goes_on(minutes=60)
    window.chores.remind()
    assert window.notices.banners()["reminder"].startswith("Could not look since 10:00")
    hindered.error = hindered.hindrance = None
    looks(window, clock, 6)
    assert window.notices.banners() == {}


def test_addresses_and_servers_are_written_as_they_are() -> None:
    assert sentence(f"{ADDRESS} is connected") == f"{ADDRESS} is connected"
    assert sentence("imap.juniper.test:993 refused it") == "imap.juniper.test:993 refused it"
    assert sentence("sent. Good") == "Sent. Good"


def test_a_letter_that_came_back_is_not_called_on_its_way(desk: Desk, post: Post) -> None:
    del post
    letter_id, _ = desk.letters.answer("anna@c.test")
    (letter,) = desk.letters.open_ones()
    assert letter.id == letter_id
    assert begun_marks([letter]) == {"anna@c.test": "answer begun"}
    for state, mark in (
        (LetterState.QUEUED, "on its way"),
        (LetterState.UNCLEAR, "perhaps sent"),
        (LetterState.CAME_BACK, "came back"),
    ):
        assert begun_marks([replace(letter, state=state)]) == {"anna@c.test": mark}


def test_in_a_narrow_column_the_state_makes_way_for_the_button(
    look: Appearance, qtbot: QtBot
) -> None:
    row = ListRow(look, "Bo Lind", "Re: Shipping to Malmö")
    qtbot.addWidget(row)
    row.add_button("Take back")
    row.show_state(Said("in the outbox", Tone.DUE), short=Said("outbox", Tone.DUE))
    row.resize(QSize(look.px(212), 48))
    row.show()
    assert row.button is not None
    assert row.chip is not None
    assert not row.chip.isVisible()
    assert row.detail.text() == "in the outbox"
    assert row.button.width() >= row.button.sizeHint().width()
    assert row.rect().contains(row.button.geometry())
    row.resize(QSize(look.px(460), 48))
    assert row.chip.isVisible()
    assert row.detail.text() == "Re: Shipping to Malmö"
