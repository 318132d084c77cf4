"""Servers that stumble, hang up or answer oddly, and the names under which folders are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from jeweler_desk.domain.mail_access import LoginKind
from jeweler_desk.domain.mailbox import AccountReading, KnownFolder, MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.mail.imap_folders import ServerFolder, folders_to_read, unknown_folders
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.mail_intake import AccountFetched
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.dovecot import PASSWORD, SELLER, is_installed
from tests.fakes import MONDAY_MORNING, FixedClock
from tests.imap_stub import GMAIL, Stub, StubFolder, StubLetter, running_stub
from tests.post import Drawer, Letter

pytestmark = pytest.mark.skipif(not is_installed(), reason="openssl is not installed")


@pytest.fixture(scope="module")
def stub_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stub]:
    with running_stub(tmp_path_factory.mktemp("stub")) as server:
        yield server


@pytest.fixture
def stub(stub_server: Stub) -> Stub:
    """The server as it was at first."""
    fresh = Stub(stub_server.certificate, port=stub_server.port)
    for name in Stub.__dataclass_fields__:
        setattr(stub_server, name, getattr(fresh, name))
    return stub_server


def letter(uid: int, name: str = "", *, subject: str = "Ring", text: str = "Hello") -> StubLetter:
    known = name or str(uid)
    sender = f"Ann <a{known}@c.test>"
    made = Letter(f"{known}@c.test", to=SELLER, sender=sender, subject=subject, text=text)
    return StubLetter(uid, made.raw().replace(b"\n", b"\r\n"))


def look(
    account: MailAccount, known: Sequence[KnownFolder] = (), secret: str = PASSWORD
) -> AccountReading:
    return ImapMailbox(5).look(account, secret, known, MONDAY_MORNING)


@pytest.fixture
def box() -> Iterator[ImapMailbox]:
    mailbox = ImapMailbox(5, keeps=True)
    yield mailbox
    mailbox.close()


@pytest.fixture
def desk(store: Store, clock: FixedClock, stub: Stub, box: ImapMailbox) -> Desk:
    built = build_desk(store, clock, edges=MailEdges(LetterFiles(), box, Drawer()))
    built.correspondence.mailboxes.add(stub.account, PASSWORD)
    return built


def fetch(desk: Desk) -> AccountFetched:
    (told,) = desk.correspondence.take_fetched(desk.correspondence.fetch_job()())
    return told


def test_a_message_the_server_stumbles_over_is_set_aside_and_no_other_is_lost(stub: Stub) -> None:
    stub.folders[0].letters = [letter(uid) for uid in (1, 2, 3, 4)]
    stub.refused_uids = frozenset({3})
    (reading,) = look(stub.account).folders
    assert [copy.uid for copy in reading.copies] == ["1", "2", "4"]
    assert [each.file for each in reading.set_aside] == ["INBOX, message 3"]
    assert reading.last_uid == 4


def test_what_could_not_be_read_is_listed_tried_again_and_gone_when_it_can_be(
    stub: Stub, desk: Desk, clock: FixedClock
) -> None:
    stub.folders[0].letters = [letter(uid) for uid in (1, 2, 3)]
    stub.refused_uids = frozenset({2, 3})
    told = fetch(desk)
    assert [each.file for each in told.set_aside] == ["INBOX, message 2", "INBOX, message 3"]
    (last, first) = desk.correspondence.unreadable.all()
    assert (first.origin, first.folder, first.file) == (SELLER, "INBOX", "INBOX, message 2")
    assert (first.reason, first.seen_at) == ("The server could not give it out.", clock.now())
    stub.refused_uids = frozenset({3})
    stub.folders[0].letters.append(letter(4))
    told = fetch(desk)
    assert (told.taken.new, told.set_aside) == (2, ())  # said once
    assert desk.correspondence.unreadable.all() == [last]
    stub.folders[0].letters = [each for each in stub.folders[0].letters if each.uid != 3]
    fetch(desk)
    assert desk.correspondence.unreadable.all() == []


def test_what_a_renumbered_folder_held_unread_is_not_listed_twice(stub: Stub, desk: Desk) -> None:
    stub.folders[0].letters = [letter(uid) for uid in (1, 2)]
    stub.refused_uids = frozenset({2})
    fetch(desk)
    stub.folders[0].validity = 8
    fetch(desk)
    assert len(desk.correspondence.unreadable.all()) == 1


def test_a_connection_that_breaks_while_trying_again_reads_nothing_twice(
    stub: Stub, desk: Desk
) -> None:
    stub.folders[0].letters = [letter(uid) for uid in range(1, 6)]
    stub.refused_uids = frozenset({2})
    fetch(desk)
    stub.folders[0].letters.append(letter(6))
    stub.hangs_up_after = 0
    assert fetch(desk).error is not None
    stub.hangs_up_after = None
    assert fetch(desk).taken.new == 1


def test_what_came_before_the_network_was_lost_counts_and_the_rest_comes_later(
    stub: Stub, desk: Desk
) -> None:
    stub.folders[0].letters = [letter(uid) for uid in range(1, 1201)]
    stub.hangs_up_after = 2
    told = fetch(desk)
    assert told.taken.new == 1000
    assert told.error is not None
    stub.hangs_up_after = None
    told = fetch(desk)
    assert (told.taken.new, told.error) == (200, None)
    assert len(desk.correspondence.listed()) == 1200


def test_a_connection_is_kept_between_looks_and_made_anew_when_it_died(
    stub: Stub, desk: Desk
) -> None:
    fetch(desk)
    fetch(desk)
    assert stub.logins == 1
    stub.folders[0].letters = [letter(1)]
    stub.hangs_up_after = 0
    assert fetch(desk).error is not None
    stub.hangs_up_after = None
    assert fetch(desk).taken.new == 1
    assert stub.logins == 2


def test_nothing_but_looking_is_ever_asked_of_a_server(stub: Stub, desk: Desk) -> None:
    stub.folders[0].letters = [letter(1)]
    fetch(desk)
    fetch(desk)
    job = desk.correspondence.body_job("1@c.test")
    assert job is None or job() is not None
    allowed = {"CAPABILITY", "LOGIN", "LIST", "STATUS", "EXAMINE", "UID SEARCH", "UID FETCH"}
    assert set(stub.commands) <= allowed | {"NOOP", "CLOSE", "UNSELECT", "ENABLE", "LOGOUT"}


def test_a_poll_with_nothing_new_asks_for_the_counters_only(stub: Stub, desk: Desk) -> None:
    stub.capability = "IMAP4rev1 CONDSTORE ENABLE"
    stub.folders = [StubFolder("Sent", "\\Sent"), StubFolder("INBOX")]
    fetch(desk)
    stub.commands.clear()
    assert fetch(desk).taken.is_nothing_new
    assert stub.commands == ["NOOP", "LIST", "STATUS", "STATUS"]


def test_short_bodies_in_quotes_and_flags_told_unasked_are_understood(stub: Stub) -> None:
    stub.short_in_quotes = True
    stub.tells_unasked = b"* 9 FETCH (FLAGS (\\Seen))\r\n* 2 EXISTS"
    stub.folders[0].letters = [letter(1, subject="Re: Ring", text="Yes?"), letter(2)]
    (reading,) = look(stub.account).folders
    texts = [copy.received.text for copy in reading.copies if copy.received]
    assert texts == ["Yes?", "Hello"]


def test_a_server_that_takes_nobody_now_is_told_so(stub: Stub) -> None:
    stub.greeting = b"* BYE come back later"
    error = look(stub.account).error
    assert error == (
        f"localhost:{stub.port} takes no connections at this moment; it will be tried again"
    )


def test_one_who_is_greeted_as_known_needs_no_login(stub: Stub) -> None:
    stub.greeting = b"* PREAUTH welcome"
    stub.folders[0].letters = [letter(1)]
    reading = look(stub.account)
    assert (reading.error, len(reading.folders[0].copies), stub.logins) == (None, 1, 0)


def test_a_token_logs_in_by_xoauth2(stub: Stub) -> None:
    stub.capability, stub.token = GMAIL, "ya29.fresh"
    stub.folders[0].letters = [letter(1)]
    account = MailAccount(
        SELLER, "localhost", stub.port, SELLER,
        ca_file=str(stub.certificate), login=LoginKind.SIGN_IN,
    )  # fmt: skip
    assert look(account, secret="ya29.fresh").error is None
    error = look(account, secret="ya29.old").error
    assert error is not None
    assert "sign in again" in error
    assert "ya29" not in error


def gmail(stub: Stub) -> StubFolder:
    """Make the server Gmail; returns its folder of all mail."""
    stub.capability = GMAIL
    stub.folders = [
        StubFolder("INBOX"),
        StubFolder("[Gmail]", "\\Noselect"),
        StubFolder("[Gmail]/All Mail", "\\All"),
        StubFolder("[Gmail]/Sent Mail", "\\Sent"),
        StubFolder("[Gmail]/Spam", "\\Junk"),
        StubFolder("[Gmail]/Drafts", "\\Drafts"),
    ]
    return stub.folders[2]


def test_gmails_all_mail_stands_for_inbox_and_sent(stub: Stub, desk: Desk) -> None:
    everything = gmail(stub)
    question, answer, draft = letter(1), letter(2), letter(3)
    question.labels, question.thread = '"\\\\Inbox" "\\\\Important"', 77
    answer.raw = answer.raw.replace(b"From: Ann <a2@c.test>", f"From: {SELLER}".encode())
    answer.raw = answer.raw.replace(f"To: {SELLER}".encode(), b"To: a1@c.test")
    answer.raw = b"In-Reply-To: <1@c.test>\r\n" + answer.raw
    answer.labels, answer.thread, answer.date = '"\\\\Sent"', 77, "05-Oct-2026 09:00:00 +0000"
    draft.labels = '"\\\\Draft"'
    everything.letters = [question, answer, draft]
    told = fetch(desk)
    assert (told.error, told.taken.new) == (None, 3)
    listed = {each.message_id: each for each in desk.correspondence.listed()}
    assert {key: each.folder.value for key, each in listed.items()} == {
        "1@c.test": "inbox",
        "2@c.test": "sent",
        "3@c.test": "drafts",
    }
    assert desk.correspondence.waiting(desk.clock.now()) == []


def test_gmails_thread_is_known_and_a_message_without_id_has_gmails(stub: Stub) -> None:
    everything = gmail(stub)
    nameless = letter(5)
    nameless.raw = nameless.raw.replace(b"Message-ID: <5@c.test>\r\n", b"")
    nameless.thread = 1838
    everything.letters = [nameless]
    reading = next(e for e in look(stub.account).folders if e.folder == "[Gmail]/All Mail")
    (copy,) = reading.copies
    assert copy.received is not None
    assert copy.received.message.gmail_thread == "1838"
    assert copy.received.message.message_id == "gmail-9005"


def test_a_clock_that_is_slow_is_noticed(stub: Stub, desk: Desk) -> None:
    newest = letter(1)
    newest.date = "05-Oct-2026 15:00:00 +0000"
    stub.folders[0].letters = [newest]
    fetch(desk)
    freshness = desk.correspondence.freshness(desk.clock.now())
    assert freshness.clock_slow_by == timedelta(hours=1)


def test_a_letter_moved_to_a_folder_nobody_reads_is_found_and_not_called_gone(
    stub: Stub, desk: Desk
) -> None:
    stub.folders = [StubFolder("INBOX", letters=[letter(1)]), StubFolder("Rings")]
    fetch(desk)
    moved = stub.folders[0].letters.pop()
    stub.folders[1].letters = [StubLetter(8, moved.raw)]
    told = fetch(desk)
    assert (told.taken.gone, told.taken.moved) == (0, 1)
    stub.folders[1].letters[0].flags = "\\Answered"
    assert fetch(desk).taken.changed == 1
    assert desk.correspondence.waiting(desk.clock.now()) == []


def test_a_folder_is_read_or_left_as_the_seller_says(stub: Stub, desk: Desk) -> None:
    stub.folders = [StubFolder("INBOX"), StubFolder("Etsy", letters=[letter(1)])]
    stub.folders.append(StubFolder("Archive", letters=[letter(1, "2")]))
    mail = desk.correspondence
    fetch(desk)
    shown = {each.name: (each.kind, each.is_read) for each in mail.reading.folders(SELLER)}
    assert shown["Etsy"] == (None, False)
    assert shown["Archive"] == (FolderKind.ARCHIVE, True)
    mail.reading.choose_folder(SELLER, "Etsy", FolderKind.INBOX)
    mail.reading.choose_folder(SELLER, "Archive", None)
    assert fetch(desk).taken.new == 1
    assert {each.message_id for each in mail.listed()} == {"1@c.test", "2@c.test"}
    stub.folders[2].letters.append(letter(2, "3"))
    assert fetch(desk).taken.is_nothing_new


def listed(name: str, *attributes: str, delimiter: str = "/") -> ServerFolder:
    return ServerFolder(attributes, delimiter, name)


def test_every_sent_is_read_first_and_the_inbox_last() -> None:
    folders = [
        listed("INBOX"),
        listed("[Gmail]", "\\Noselect"),
        listed("[Gmail]/All Mail", "\\All"),
        listed("[Gmail]/Spam", "\\Junk"),
        listed("[Gmail]/Trash", "\\Trash"),
        listed("[Gmail]/Drafts", "\\Drafts"),
        listed("Gesendete Objekte", "\\Sent"),
        listed("INBOX.Sent Items", delimiter="."),
        listed("Suppliers"),
    ]
    assert [(each.name, each.kind) for each in folders_to_read(folders)] == [
        ("Gesendete Objekte", "sent"),
        ("INBOX.Sent Items", "sent"),
        ("[Gmail]/All Mail", "archive"),
        ("[Gmail]/Spam", "junk"),
        ("INBOX", "inbox"),
    ]
    assert unknown_folders(folders) == ["Suppliers"]
    gmails = folders_to_read(folders, has_all_mail=True)
    assert [each.name for each in gmails] == ["[Gmail]/All Mail", "[Gmail]/Spam"]


def test_words_of_letters_of_these_days_are_read_for_what_several_write_of(stub: Stub) -> None:
    now = Letter("now@c.test").at + timedelta(hours=47)
    stub.folders[0].letters = [letter(1, text="The code does not work")]
    (reading,) = ImapMailbox(5).look(stub.account, PASSWORD, (), now).folders
    assert [copy.received.text for copy in reading.copies if copy.received] == [
        "The code does not work"
    ]
    later = now + timedelta(hours=2)
    (reading,) = ImapMailbox(5).look(stub.account, PASSWORD, (), later).folders
    assert [copy.received.text for copy in reading.copies if copy.received] == [""]


def test_of_very_many_new_letters_only_the_newest_have_their_words_read(stub: Stub) -> None:
    stub.folders[0].letters = [letter(uid) for uid in range(1, 231)]
    (reading,) = ImapMailbox(5).look(stub.account, PASSWORD, (), Letter("now@c.test").at).folders
    worded = [copy.uid for copy in reading.copies if copy.received and copy.received.text]
    assert worded == [str(uid) for uid in range(31, 231)]
