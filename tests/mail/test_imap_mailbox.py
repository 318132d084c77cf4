"""Mailboxes on a real server: what is read, what is left alone, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain.mailbox import AccountReading, MailAccount
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.mail_intake import AccountFetched
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, running_dovecot
from tests.fakes import FixedClock
from tests.post import ANNA, Drawer, Letter

pytestmark = pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed")


def account_at(server: Dovecot) -> MailAccount:
    return MailAccount(
        SELLER, "localhost", server.tls_port, SELLER, ca_file=str(server.certificate)
    )


@pytest.fixture
def mail_desk(store: Store, clock: FixedClock) -> Desk:
    """A desk whose keyring lives as long as the test."""
    return build_desk(store, clock, edges=MailEdges(LetterFiles(), ImapMailbox(10), Drawer()))


@pytest.fixture
def desk_of_seller(mail_desk: Desk, dovecot: Dovecot) -> Desk:
    """A desk with the seller's account at the server."""
    mail_desk.correspondence.mailboxes.add(account_at(dovecot), PASSWORD)
    return mail_desk


class PhoneMail:
    """Another mail program of the seller's."""

    def __init__(self, server: Dovecot, clock: FixedClock) -> None:
        self.client = server.client()
        self.clock = clock

    def put(self, letter: Letter, folder: str = "INBOX", *, hours_ago: float = 1) -> None:
        """Lay a letter into a folder as the server would have received it."""
        at = self.clock.now() - timedelta(hours=hours_ago)
        self.client.append(folder, letter.raw().replace(b"\n", b"\r\n"), msg_time=at)

    def flag(self, subject: str, *flags: bytes, folder: str = "INBOX", is_on: bool = True) -> None:
        """Set or take flags of the letters under a subject."""
        self.client.select_folder(folder)
        uids = self.client.search(["SUBJECT", subject])
        (self.client.add_flags if is_on else self.client.remove_flags)(uids, flags)

    def move(self, subject: str, to: str, *, folder: str = "INBOX") -> None:
        """Move the letters under a subject."""
        self.client.select_folder(folder)
        self.client.move(self.client.search(["SUBJECT", subject]), to)


@pytest.fixture
def phone(dovecot: Dovecot, clock: FixedClock) -> Iterator[PhoneMail]:
    mail = PhoneMail(dovecot, clock)
    yield mail
    mail.client.logout()


def fetch(desk: Desk) -> AccountFetched:
    """Look once; the one account has no trouble."""
    (told,) = desk.correspondence.take_fetched(desk.correspondence.fetch_job()())
    assert told.error is None
    return told


def waiting(desk: Desk) -> list[str]:
    return [each.message_id for each in desk.correspondence.waiting(desk.clock.now())]


QUESTION = Letter("q1@c.test", folder="inbox", to=SELLER)


def our_reply(**cells: str) -> Letter:
    return Letter(
        cells.get("id", "r1@shop.test"),
        folder="sent",
        sender=SELLER,
        to=ANNA,
        subject="Re: Ring",
        more={"In-Reply-To": "<q1@c.test>"},
    )


def test_the_servers_own_time_starts_the_clock(
    desk_of_seller: Desk, phone: PhoneMail, clock: FixedClock
) -> None:
    phone.put(QUESTION, hours_ago=26)
    assert fetch(desk_of_seller).taken.new == 1
    (email,) = desk_of_seller.correspondence.waiting(clock.now())
    assert (email.message_id, email.state, email.hours_waiting) == ("q1@c.test", "late", 26.0)


def test_the_first_look_goes_fourteen_days_back(desk_of_seller: Desk, phone: PhoneMail) -> None:
    phone.put(Letter("old@c.test", to=SELLER), hours_ago=24 * 16)
    phone.put(QUESTION)
    fetch(desk_of_seller)
    assert waiting(desk_of_seller) == ["q1@c.test"]


def test_later_looks_go_on_from_the_last_message_however_long_ago(
    desk_of_seller: Desk, phone: PhoneMail, clock: FixedClock
) -> None:
    fetch(desk_of_seller)
    phone.put(QUESTION)
    clock.goes_on(days=60)
    assert fetch(desk_of_seller).taken.new == 1
    assert waiting(desk_of_seller) == ["q1@c.test"]


def test_nothing_in_the_mailbox_is_changed(desk_of_seller: Desk, phone: PhoneMail) -> None:
    phone.put(QUESTION)
    fetch(desk_of_seller)
    phone.client.select_folder("INBOX")
    found = phone.client.fetch(phone.client.search("ALL"), ["FLAGS"])
    assert [b"\\Seen" in item[b"FLAGS"] for item in found.values()] == [False]


def test_a_look_with_nothing_new_says_so(desk_of_seller: Desk, phone: PhoneMail) -> None:
    phone.put(QUESTION)
    fetch(desk_of_seller)
    assert fetch(desk_of_seller).taken.is_nothing_new


def test_the_answered_flag_stops_the_clock_and_its_removal_brings_it_back(
    desk_of_seller: Desk, phone: PhoneMail
) -> None:
    phone.put(QUESTION)
    fetch(desk_of_seller)
    phone.flag("Ring", b"\\Answered")
    assert fetch(desk_of_seller).taken.changed == 1
    assert waiting(desk_of_seller) == []
    phone.flag("Ring", b"\\Answered", is_on=False)
    fetch(desk_of_seller)
    assert waiting(desk_of_seller) == ["q1@c.test"]


def test_a_message_moved_to_the_archive_still_waits_and_is_one(
    desk_of_seller: Desk, phone: PhoneMail
) -> None:
    phone.put(QUESTION)
    fetch(desk_of_seller)
    phone.move("Ring", "Archive")
    told = fetch(desk_of_seller)
    assert (told.taken.new, told.taken.gone, told.taken.moved) == (0, 0, 1)
    assert waiting(desk_of_seller) == ["q1@c.test"]


def test_a_message_moved_to_junk_by_hand_waits_no_more(
    desk_of_seller: Desk, phone: PhoneMail
) -> None:
    phone.put(QUESTION)
    fetch(desk_of_seller)
    phone.move("Ring", "Junk")
    fetch(desk_of_seller)
    assert waiting(desk_of_seller) == []


def test_a_message_deleted_without_an_answer_still_waits(
    desk_of_seller: Desk, phone: PhoneMail
) -> None:
    phone.put(QUESTION)
    fetch(desk_of_seller)
    phone.flag("Ring", b"\\Deleted")
    phone.client.expunge()
    assert fetch(desk_of_seller).taken.gone == 1
    assert waiting(desk_of_seller) == ["q1@c.test"]


def test_a_renumbered_folder_is_read_again_without_doubling(
    desk_of_seller: Desk, phone: PhoneMail, dovecot: Dovecot
) -> None:
    phone.put(QUESTION)
    phone.put(Letter("q2@d.test", sender="Bo <bo@d.test>", to=SELLER, subject="Chain"))
    fetch(desk_of_seller)
    phone.flag("Chain", b"\\Deleted")
    phone.client.expunge()
    phone.client.unselect_folder()
    dovecot.renumber()
    told = fetch(desk_of_seller)
    assert (told.taken.new, told.taken.gone) == (0, 1)
    assert fetch(desk_of_seller).taken.is_nothing_new
    assert sorted(waiting(desk_of_seller)) == ["q1@c.test", "q2@d.test"]


def test_a_message_that_is_none_is_set_aside_and_the_rest_goes_on(
    desk_of_seller: Desk, phone: PhoneMail
) -> None:
    phone.client.append("INBOX", b"\r\nno header at all\r\n", msg_time=phone.clock.now())
    phone.put(QUESTION)
    told = fetch(desk_of_seller)
    assert [each.file for each in told.set_aside] == ["INBOX, message 1"]
    assert waiting(desk_of_seller) == ["q1@c.test"]
    assert fetch(desk_of_seller).set_aside == ()


def test_more_messages_than_one_command_can_name(
    desk_of_seller: Desk, dovecot: Dovecot, clock: FixedClock
) -> None:
    for number in range(620):
        letter = Letter(f"m{number}@c.test", to=SELLER, sender=f"Ann <a{number}@c.test>")
        dovecot.drop(f"{number}.x:2,", letter.raw())
    at = clock.now()
    clock.moment = datetime.now(at.tzinfo)
    assert fetch(desk_of_seller).taken.new == 620


def test_an_imports_stamp_is_no_time_of_arrival(
    desk_of_seller: Desk, phone: PhoneMail, clock: FixedClock
) -> None:
    for number in range(21):
        letter = Letter(
            f"m{number}@c.test", hours=-60 * number, to=SELLER, sender=f"Ann <a{number}@c.test>"
        )
        phone.put(letter, hours_ago=0.5)
    fetch(desk_of_seller)
    oldest = desk_of_seller.correspondence.waiting(clock.now())[0]
    assert oldest.message_id == "m20@c.test"
    assert oldest.hours_waiting > 24 * 40


def test_a_stamp_from_the_future_is_not_believed(
    desk_of_seller: Desk, phone: PhoneMail, clock: FixedClock
) -> None:
    phone.put(QUESTION, hours_ago=-48)
    fetch(desk_of_seller)
    (email,) = desk_of_seller.correspondence.waiting(clock.now())
    assert email.waiting_since == QUESTION.at


@pytest.mark.parametrize(
    ("sent_name", "has_special_use"),
    [
        ("Gesendete Objekte & Größen", True),
        ("Éléments envoyés", False),
        ("INBOX/送信済み", False),
        ("Ausgang", False),
    ],
)
def test_sent_is_found_in_any_language(
    tmp_path: Path, mail_desk: Desk, clock: FixedClock, sent_name: str, *, has_special_use: bool
) -> None:
    with running_dovecot(tmp_path, sent_name=sent_name, has_special_use=has_special_use) as server:
        mail_desk.correspondence.mailboxes.add(account_at(server), PASSWORD)
        phone = PhoneMail(server, clock)
        phone.put(QUESTION, hours_ago=3)
        phone.put(our_reply(), sent_name, hours_ago=2)
        for number in range(3):
            phone.put(our_reply(id=f"r{number}@other.test"), sent_name, hours_ago=1)
        phone.client.logout()
        fetch(mail_desk)
    assert waiting(mail_desk) == []
    assert {each.folder for each in mail_desk.correspondence.listed()} == {"inbox", "sent"}


def test_a_poor_server_without_condstore_tells_its_flags_too(
    tmp_path: Path, mail_desk: Desk, clock: FixedClock
) -> None:
    with running_dovecot(tmp_path, capability="IMAP4rev1 LITERAL+") as server:
        mail_desk.correspondence.mailboxes.add(account_at(server), PASSWORD)
        phone = PhoneMail(server, clock)
        phone.put(QUESTION)
        fetch(mail_desk)
        phone.flag("Ring", b"\\Answered")
        phone.client.logout()
        assert fetch(mail_desk).taken.changed == 1
    assert waiting(mail_desk) == []


def look(account: MailAccount, clock: FixedClock, password: str = PASSWORD) -> AccountReading:
    return ImapMailbox(5).look(account, password, [], clock.now())


def test_starttls_is_used_on_the_plain_port(dovecot: Dovecot, clock: FixedClock) -> None:
    account = MailAccount(
        SELLER,
        "localhost",
        dovecot.plain_port,
        SELLER,
        is_starttls=True,
        ca_file=str(dovecot.certificate),
    )
    reading = look(account, clock)
    assert reading.error is None
    assert [folder.folder for folder in reading.folders] == ["Sent", "Archive", "Junk", "INBOX"]


def test_a_wrong_password_is_told_without_the_password(dovecot: Dovecot, clock: FixedClock) -> None:
    error = look(account_at(dovecot), clock, "wrong-9").error
    assert error is not None
    assert "refused the user name or password" in error
    assert "wrong-9" not in error


def test_one_failing_account_does_not_hinder_the_other(
    desk_of_seller: Desk, phone: PhoneMail, dovecot: Dovecot
) -> None:
    other = MailAccount("other@shop.test", "localhost", dovecot.tls_port, "other@shop.test")
    desk_of_seller.correspondence.mailboxes.add(other, "any-1")
    phone.put(QUESTION)
    correspondence = desk_of_seller.correspondence
    first, second = correspondence.take_fetched(correspondence.fetch_job()())
    assert (first.error, first.taken.new) == (None, 1)
    assert second.error is not None
    assert "not trusted" in second.error
    last = correspondence.last_look()
    assert last.at is None
    assert last.error is not None
    assert last.error.startswith("other@shop.test: ")


@pytest.mark.parametrize("bad", ["maker\r\nA1 LOGOUT", "maker\x00"])
def test_control_characters_never_reach_a_server(
    dovecot: Dovecot, clock: FixedClock, bad: str
) -> None:
    account = MailAccount(SELLER, "localhost", dovecot.tls_port, bad)
    assert look(account, clock).error == (
        "a server name, user name or password holds a control character"
    )
