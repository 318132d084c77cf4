"""Deciding the clocks of all mail, and the first look into a mailbox on a server."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from jeweler_desk.domain.judging import judge
from jeweler_desk.domain.mailbox import FolderReading, MailAccount, ReceivedMessage, SeenCopy
from jeweler_desk.domain.message import Correspondent, FolderKind, Message
from jeweler_desk.domain.verdict import ClockState
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.store.database import Store
from jeweler_desk.store.messages import Messages
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, in_turns, lap, not_measured
from tests.bench.shops import buyer, piece
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, running_dovecot

_OF_READING = 2
_OF_RAW = 3
_TURNS = 3
_SHOP = Correspondent("Juniper & Tide", "hello@juniper.example")
# Of three messages two are a customer's, one is the answer; the newest thirty have none yet.
_EACH = 3
_UNANSWERED = 30
_WORDS = "Dear Ada,\n\nis it on its way? I would love to have it before Sunday.\n\nYours"
_FIELDS = "FROM TO CC BCC REPLY-TO SUBJECT DATE MESSAGE-ID IN-REPLY-TO REFERENCES"


def clocks(ground: Ground) -> Iterator[Line]:
    """Judge all messages from the facts, beside reading those facts."""
    count = ground.sizes.messages
    now = ground.shops.clock.now()
    store = Store(ground.folder / "mail.db", now=ground.shops.clock.now)
    messages = Messages(store)
    with store.write():
        messages.take_in(readings(count, now))
    known = messages.all()
    judgement = judge(known, [_SHOP.address])
    waiting = sum(each.clock is ClockState.WAITING for each in judgement.conversations)
    if waiting != min(count, _UNANSWERED):
        raise AssertionError(f"{waiting} customers are said to wait, {_UNANSWERED} do")
    deciding, reading = in_turns(
        _TURNS - 1, lambda: lap(lambda: judge(known, [_SHOP.address])), lambda: lap(messages.all)
    )
    store.close()
    work = f"decide the clocks of {count:,} messages"
    against = "reading their fields from the store"
    yield Comparison(work, deciding, against, reading).at_most(_OF_READING)


def readings(count: int, now: datetime) -> list[FolderReading]:
    """Return an inbox and a sent folder, as a mailbox gives them."""
    inbox: list[SeenCopy] = []
    sent: list[SeenCopy] = []
    for number in range(count):
        message = letter(number, now)
        is_ours = message.sender == _SHOP
        received = ReceivedMessage(message, _WORDS, f"{number:x}")
        (sent if is_ours else inbox).append(SeenCopy(str(number + 1), received=received))
    return [
        FolderReading("bench", "INBOX", FolderKind.INBOX, tuple(inbox)),
        FolderReading("bench", "Sent", FolderKind.SENT, tuple(sent)),
    ]


def letter(number: int, now: datetime) -> Message:
    """Return message ``number``, 0 the newest: a question, a word more, or the answer."""
    talk, place = divmod(number - _UNANSWERED, _EACH)
    at = now - timedelta(minutes=10 * number + 5)
    if number < _UNANSWERED:
        talk, place = -1 - number, _EACH - 1
    person = buyer(abs(talk))
    name = person.split()[0].lower()
    customer = Correspondent(person, f"{name}.{talk + _UNANSWERED}@example.com")
    question = f"question-{talk}@example.com"
    subject = f"My {piece(abs(talk))}"
    if place == _EACH - 1:
        return Message(question, at, customer, subject, (_SHOP,), was_delivered=True)
    is_ours = place == 0
    return Message(
        f"answer-{talk}@juniper.example" if is_ours else f"more-{talk}@example.com",
        at,
        _SHOP if is_ours else customer,
        f"Re: {subject}",
        (customer if is_ours else _SHOP,),
        in_reply_to=(question,),
        references=(question,),
        was_delivered=not is_ours,
    )


def mailbox(ground: Ground) -> Iterator[Line]:
    """Look into a mailbox for the first time, beside asking imaplib for the same fields."""
    count = ground.sizes.mailbox
    work = f"first look into a mailbox of {count:,} messages"
    if not is_installed():
        yield not_measured(work, "Dovecot is not installed")
        return
    folder = ground.folder / "dovecot"
    folder.mkdir()
    now = ground.shops.clock.now()
    with running_dovecot(folder) as server:
        fill(server, count, now)
        account = MailAccount(
            SELLER, "localhost", server.tls_port, SELLER, ca_file=str(server.certificate)
        )

        def look() -> None:
            reading = ImapMailbox().look(account, PASSWORD, (), now)
            read = sum(len(each.copies) for each in reading.folders)
            if read != count:
                raise AssertionError(f"{read} of {count} were read: {reading.error}")

        in_turns(1, lambda: lap(look))
        ours, theirs = in_turns(_TURNS, lambda: lap(look), lambda: lap(lambda: ask(server, count)))
    yield Comparison(work, ours, "imaplib, header fields only", theirs).reported("≤ 3 × (20,000)")


def fill(server: Dovecot, count: int, now: datetime) -> None:
    """Lay letters into the seller's inbox as files."""
    target = server.maildir / "cur"
    for each in ("cur", "new", "tmp"):
        (server.maildir / each).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        facts = letter(number, now)
        mail = EmailMessage()
        sender = facts.sender or _SHOP
        mail["From"] = f"{sender.name} <{sender.address}>"
        mail["To"] = ", ".join(each.address for each in facts.to)
        mail["Subject"] = facts.subject
        mail["Date"] = format_datetime(facts.received_at)
        mail["Message-ID"] = f"<{facts.message_id}>"
        for each in facts.in_reply_to:
            mail["In-Reply-To"] = mail["References"] = f"<{each}>"
        mail.set_content(_WORDS)
        file = target / f"{facts.received_at.timestamp():.0f}.M{number}.bench:2,S"
        file.write_bytes(bytes(mail))


def ask(server: Dovecot, count: int) -> None:
    """Ask for the fields in one question and look at nothing."""
    context = ssl.create_default_context(cafile=str(server.certificate))
    client = imaplib.IMAP4_SSL("localhost", server.tls_port, ssl_context=context)
    client.login(SELLER, PASSWORD)
    client.select("INBOX", readonly=True)
    items = f"(UID FLAGS INTERNALDATE BODY.PEEK[HEADER.FIELDS ({_FIELDS})])"
    _status, answer = client.uid("FETCH", "1:*", items)
    if sum(isinstance(each, tuple) for each in answer) != count:
        raise AssertionError("imaplib read another number of messages")
    client.logout()
