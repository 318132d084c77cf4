"""What reading leaves as it was, what it keeps for opening, and how fresh it says it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain.freshness_wording import clock_slow_text, freshness_text
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.reminder import Rung
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, running_dovecot
from tests.fakes import FixedClock
from tests.mail.test_imap_mailbox import QUESTION, PhoneMail, account_at, fetch, our_reply, waiting
from tests.post import Drawer, Letter

pytestmark = pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed")


@pytest.fixture
def box() -> Iterator[ImapMailbox]:
    mailbox = ImapMailbox(10, keeps=True)
    yield mailbox
    mailbox.close()


@pytest.fixture
def desk(store: Store, clock: FixedClock, dovecot: Dovecot, box: ImapMailbox) -> Desk:
    built = build_desk(store, clock, edges=MailEdges(LetterFiles(), box, Drawer()))
    built.correspondence.mailboxes.add(account_at(dovecot), PASSWORD)
    return built


@pytest.fixture
def phone(dovecot: Dovecot, clock: FixedClock) -> Iterator[PhoneMail]:
    mail = PhoneMail(dovecot, clock)
    yield mail
    mail.client.logout()


def mailbox_files(server: Dovecot) -> dict[str, str]:
    """Return every message's file, its name with the flags, and what stands in it."""
    return {
        str(file.relative_to(server.maildir)): hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in ("cur", "new")
        for file in server.maildir.rglob(f"{folder}/*")
    }


def test_reading_leaves_every_file_flag_and_counter_as_it_was(
    desk: Desk, dovecot: Dovecot, clock: FixedClock
) -> None:
    dovecot.drop("1759651200.fresh", QUESTION.raw(), is_new=True)
    phone = PhoneMail(dovecot, clock)
    phone.put(Letter("q2@c.test", to=SELLER, subject="Re: Chain"))
    asked = ["MESSAGES", "RECENT", "UIDNEXT", "UNSEEN"]
    before = phone.client.folder_status("INBOX", asked)
    files = mailbox_files(dovecot)
    fetch(desk)
    fetch(desk)
    job = desk.correspondence.body_job("q2@c.test")
    assert job is None or job()
    assert mailbox_files(dovecot) == files
    assert phone.client.folder_status("INBOX", asked) == before
    assert before[b"RECENT"] >= 1
    phone.client.logout()


def test_words_are_read_where_the_fields_leave_something_open_and_of_letters_that_wait(
    desk: Desk, phone: PhoneMail
) -> None:
    phone.put(QUESTION, hours_ago=50)
    phone.put(Letter("q2@d.test", to=SELLER, sender="Bo <bo@d.test>", subject="Re: Chain"))
    fetch(desk)
    unread = desk.correspondence.reading.unopened
    assert unread(["q1@c.test", "q2@d.test"]) == {"q1@c.test"}
    told = fetch(desk)
    assert (told.taken.is_nothing_new, told.taken.worded) == (True, 1)
    assert unread(["q1@c.test"]) == set()
    (entry,) = desk.correspondence.conversation("q1@c.test").entries
    assert entry.text == QUESTION.text
    assert [each.message_id for each in desk.correspondence.search("could make", 5)]


def test_a_letter_opened_is_read_whole(desk: Desk, phone: PhoneMail) -> None:
    long = "Dear maker,\n" + "the story of this stone is long. " * 1000 + "\nYours, Anna"
    phone.put(replace(QUESTION, text=long, subject="Re: Ring"))
    fetch(desk)
    mail = desk.correspondence
    assert not mail.conversation("q1@c.test").entries[0].text.endswith("Yours, Anna")
    job = mail.body_job("q1@c.test")
    assert job is not None
    opened = job()
    assert opened is not None
    assert b"Yours, Anna" in opened.raw
    assert mail.take_body(opened)
    assert mail.conversation("q1@c.test").entries[0].text.endswith("Yours, Anna")
    assert mail.body_job("q1@c.test") is None
    with pytest.raises(RefusedError):
        mail.body_job("nobody@x.test")


def test_a_letter_that_moved_or_went_is_sought_by_its_id_when_it_is_opened(
    desk: Desk, phone: PhoneMail, dovecot: Dovecot
) -> None:
    phone.put(QUESTION, hours_ago=50)
    fetch(desk)
    job = desk.correspondence.body_job("q1@c.test")
    assert job is not None
    phone.client.select_folder("INBOX")
    phone.client.unselect_folder()
    dovecot.renumber()
    opened = job()
    assert opened is not None
    assert opened.message_id == "q1@c.test"
    phone.flag("Ring", b"\\Deleted")
    phone.client.expunge()
    assert job() is None
    assert desk.correspondence.take_body(None) == frozenset()


def test_the_first_look_raises_no_alarm_and_later_hours_do(
    desk: Desk, phone: PhoneMail, clock: FixedClock
) -> None:
    phone.put(QUESTION, hours_ago=26)
    phone.put(Letter("q2@d.test", to=SELLER, sender="Bo <bo@d.test>"), hours_ago=21)
    fetch(desk)
    assert waiting(desk) == ["q1@c.test", "q2@d.test"]
    assert desk.reminders.due_notice() is None
    clock.goes_on(hours=4)
    notice = desk.reminders.due_notice()
    assert notice is not None
    assert ("q2@d.test", Rung.LATE) in notice.told
    assert "q1@c.test" not in dict(notice.told)


def test_the_server_tells_what_is_gone_and_changed_at_once_where_it_can(
    desk: Desk, phone: PhoneMail
) -> None:
    for number in range(5):
        letter = Letter(f"m{number}@c.test", to=SELLER, subject=f"Ring {number}")
        phone.put(replace(letter, sender=f"A <a{number}@c.test>"))
    fetch(desk)
    assert "QRESYNC" in desk.correspondence.reading.capabilities(SELLER)
    phone.flag("Ring 1", b"\\Answered")
    phone.flag("Ring 3", b"\\Deleted")
    phone.client.expunge()
    phone.put(our_reply())
    told = fetch(desk)
    assert (told.taken.new, told.taken.changed, told.taken.gone) == (1, 1, 1)
    assert fetch(desk).taken.is_nothing_new


@pytest.mark.parametrize(
    "capability", ["IMAP4rev1 LITERAL+", "IMAP4rev1", "IMAP4rev1 CONDSTORE ENABLE"]
)
def test_servers_with_less_tell_the_same(
    tmp_path: Path, store: Store, clock: FixedClock, box: ImapMailbox, capability: str
) -> None:
    with running_dovecot(tmp_path, capability=capability) as server:
        desk = build_desk(store, clock, edges=MailEdges(LetterFiles(), box, Drawer()))
        desk.correspondence.mailboxes.add(account_at(server), PASSWORD)
        phone = PhoneMail(server, clock)
        phone.put(QUESTION)
        phone.put(Letter("q2@d.test", to=SELLER, sender="Bo <bo@d.test>", subject="Chain"))
        fetch(desk)
        phone.flag("Ring", b"\\Answered")
        phone.flag("Chain", b"\\Deleted")
        phone.client.expunge()
        phone.put(Letter("q3@e.test", to=SELLER, sender="Cy <cy@e.test>", subject="Cuff"))
        told = fetch(desk)
        phone.client.logout()
        assert (told.taken.new, told.taken.changed, told.taken.gone) == (1, 1, 1)
        assert waiting(desk) == ["q2@d.test", "q3@e.test"]
        box.close()


def test_freshness_names_the_last_good_look_and_the_trouble(
    desk: Desk, dovecot: Dovecot, clock: FixedClock
) -> None:
    mail = desk.correspondence
    zone = "America/New_York"
    assert freshness_text(mail.freshness(clock.now()), zone) == "not looked yet"
    fetch(desk)
    fresh = mail.freshness(clock.now())
    assert (fresh.as_of, fresh.is_stale, list(fresh.failing)) == (clock.now(), False, [])
    assert freshness_text(fresh, zone) == "as of 10:00"
    broken = MailAccount("other@shop.test", "localhost", dovecot.tls_port, "other@shop.test")
    mail.mailboxes.add(broken, "any-1")
    mail.receive(mail.fetch_job()())
    fresh = mail.freshness(clock.now())
    assert fresh.as_of is None
    assert [each.address for each in fresh.failing] == ["other@shop.test"]
    assert list(fresh.warnings) == []
    later = mail.freshness(clock.now() + timedelta(minutes=31))
    assert [each.address for each in later.warnings] == ["other@shop.test"]
    assert freshness_text(later, zone).startswith("could not look yet (other@shop.test: ")
    assert mail.freshness(clock.now() + timedelta(hours=2)).is_stale
    assert "25 min ahead" in clock_slow_text(timedelta(minutes=25))


def test_a_folder_can_be_chosen_and_the_choice_taken_back(desk: Desk, phone: PhoneMail) -> None:
    phone.client.create_folder("Etsy")
    phone.put(QUESTION, "Etsy")
    fetch(desk)
    reading = desk.correspondence.reading
    assert waiting(desk) == []
    reading.choose_folder(SELLER, "Etsy", FolderKind.INBOX)
    fetch(desk)
    assert waiting(desk) == ["q1@c.test"]
    desk.history.undo()
    fetch(desk)
    assert next(each.kind for each in reading.folders(SELLER) if each.name == "Etsy") is None
    for folder, kind in (("Nowhere", FolderKind.INBOX), ("INBOX", None)):
        with pytest.raises(RefusedError):
            reading.choose_folder(SELLER, folder, kind)
    with pytest.raises(RefusedError):
        reading.folders("nobody@x.test")
    phone.client.delete_folder("Etsy")


def test_the_server_says_that_a_letter_came(
    dovecot: Dovecot, phone: PhoneMail, box: ImapMailbox
) -> None:
    watch = box.watch(account_at(dovecot))
    assert watch.wait(PASSWORD, 0.05) is False
    phone.put(QUESTION)
    assert watch.wait(PASSWORD, 5) is True
    watch.close()
    with pytest.raises(RefusedError):
        watch.wait(PASSWORD, 0.05)
    wrong = box.watch(account_at(dovecot))
    with pytest.raises(RefusedError, match="refused the user name or password"):
        wrong.wait("wrong-9", 0.05)


def test_a_server_without_idle_is_only_polled(tmp_path: Path, box: ImapMailbox) -> None:
    with running_dovecot(tmp_path, capability="IMAP4rev1") as server:
        assert box.watch(account_at(server)).wait(PASSWORD, 0.05) is None
