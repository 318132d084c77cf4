"""Reading a mailbox on a server: the first look, beside libraries, and a poll with nothing new."""

from __future__ import annotations

import imaplib
import os
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from time import process_time
from typing import TypeVar

from imapclient import IMAPClient

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail.heads import FIELDS
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.mail_intake import Fetched
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, Samples, in_turns, lap, not_measured
from tests.bench.shops import buyer, piece
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, running_dovecot
from tests.post import Drawer

T = TypeVar("T")
_OF_RAW = 3
_TURNS = 3
_POLLS = 20
_POLL_SECONDS = 0.02
_BLOCK = 500
_APART = timedelta(seconds=55)
_ITEMS = f"FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({' '.join(FIELDS)})]"
# What servers on the way write into a letter: nobody asks for it, whole headers carry it along.
_STAMPS = "".join(
    f"Received: from mx{hop}.example.net (mx{hop}.example.net [192.0.2.{hop}])\r\n"
    f"\tby mail{hop}.example.org with ESMTPS id 4XyZ{hop}abcDEF; {{date}}\r\n"
    for hop in range(1, 5)
) + "".join(
    f"{name}: v=1; a=rsa-sha256; d=example.com; s=s1;\r\n"
    + "\tb=R5yTkq0bJ3nW8ZcVtYpXsLmQhGfDeAaUoIiEeRrTtYyUuIiOoPpAaSsDd\r\n" * lines
    for name, lines in (("DKIM-Signature", 6), ("ARC-Seal", 6), ("ARC-Message-Signature", 8))
)


def mailbox(ground: Ground) -> Iterator[Line]:
    """Look into a mailbox for the first time, beside raw imaplib and two libraries; then poll."""
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

        def laps(job: Callable[[Dovecot, int], None]) -> Callable[[], float]:
            return partial(lap, partial(job, server, count))

        peers = [raw, with_imapclient, *([with_imap_tools] if _has_imap_tools() else [])]
        look()
        ours, *theirs = in_turns(_TURNS, lambda: lap(look), *(laps(peer) for peer in peers))
        yield Comparison(work, ours, "imaplib, the same fields", theirs[0]).at_most(_OF_RAW)
        yield Comparison(work, ours, "IMAPClient, the same fields", theirs[1]).at_most(1)
        if len(theirs) > 2:
            yield Comparison(work, ours, "imap-tools, headers in blocks", theirs[2]).at_most(1)
        yield from _through_the_desk(ground, account, count)


def _through_the_desk(ground: Ground, account: MailAccount, count: int) -> Iterator[Line]:
    """Take the mailbox into a desk, judged and kept, and poll it afterwards."""
    desk_folder = ground.folder / "read"
    desk_folder.mkdir()
    clock = ground.shops.clock
    box = ImapMailbox(keeps=True)
    with closing(Store(desk_folder / "desk.db", now=clock.now)) as store, closing(box):
        desk = build_desk(store, clock, edges=MailEdges(LetterFiles(), box, Drawer()))
        mail = desk.correspondence
        mail.mailboxes.add(account, PASSWORD)
        fetched: list[Fetched] = []
        seconds = lap(lambda: fetched.append(mail.fetch_job()()))
        kept = lap(lambda: mail.receive(fetched[0]))
        listed = len(mail.listed())
        if listed != count:
            raise AssertionError(f"{listed} of {count} messages are kept")
        work = f"… taken into a desk, judged and kept: {count:,}"
        yield Comparison(work, Samples((kept,)), "the look itself", Samples((seconds,))).reported()
        mail.receive(mail.fetch_job()())
        server = _statuses(account)
        polls, asked = in_turns(
            _POLLS,
            lambda: _own_work(lambda: mail.receive(mail.fetch_job()())),
            lambda: _own_work(server),
        )
        work = f"a poll of {count:,} messages, nothing new: own work"
        yield Comparison(work, polls, "imaplib asking the counters", asked).within(
            95, _POLL_SECONDS
        )


def _own_work(job: Callable[[], object]) -> float:
    """Return the processor seconds of this process: the wait for the server is not its work."""
    began = process_time()
    job()
    return process_time() - began


def _statuses(account: MailAccount) -> Callable[[], None]:
    """Return what asks the counters of the same folders, with nothing thought about them."""
    context = ssl.create_default_context(cafile=account.ca_file)
    client = imaplib.IMAP4_SSL("localhost", account.imap_port, ssl_context=context)
    client.login(SELLER, PASSWORD)

    def ask() -> None:
        client.noop()
        client.list()
        for folder in ("Sent", "Archive", "Junk", "INBOX"):
            client.status(folder, "(MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)")

    return ask


def fill(server: Dovecot, count: int, now: datetime) -> None:
    """Lay fresh letters into the seller's inbox as files, the newest stamped now."""
    for each in ("cur", "new", "tmp"):
        (server.maildir / each).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        at = now - _APART * number
        file = server.maildir / "cur" / f"{at.timestamp():.0f}.M{number}.bench:2,S"
        file.write_bytes(letter(number, at))
        os.utime(file, (at.timestamp(), at.timestamp()))


def letter(number: int, at: datetime) -> bytes:
    """Return a letter whose header fields leave nothing open: a question, sent to us alone."""
    date = format_datetime(at)
    name = buyer(number)
    head = (
        f"Return-Path: <{number}@example.com>\r\nDelivered-To: {SELLER}\r\n"
        + _STAMPS.format(date=date)
        + f"From: {name} <buyer.{number}@example.com>\r\nTo: {SELLER}\r\n"
        f"Subject: A question about the {piece(number)}\r\nDate: {date}\r\n"
        f"Message-ID: <question-{number}@example.com>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return f"{head}Could you make it a size smaller?\r\n\r\n{name}\r\n".encode()


def _client(server: Dovecot) -> imaplib.IMAP4_SSL:
    context = ssl.create_default_context(cafile=str(server.certificate))
    client = imaplib.IMAP4_SSL("localhost", server.tls_port, ssl_context=context)
    client.login(SELLER, PASSWORD)
    return client


def raw(server: Dovecot, count: int) -> None:
    """Ask imaplib for the same fields in blocks, and look at nothing."""
    client = _client(server)
    client.select("INBOX", readonly=True)
    uids = client.uid("SEARCH", "ALL")[1][0].split()
    got = 0
    for block in _blocks(uids):
        _status, answer = client.uid("FETCH", b",".join(block).decode(), f"(UID {_ITEMS})")
        got += sum(isinstance(each, tuple) for each in answer)
    client.logout()
    if got != count:
        raise AssertionError("imaplib read another number of messages")


def with_imapclient(server: Dovecot, count: int) -> None:
    """Ask IMAPClient for the same fields in the blocks that it and the server take."""
    context = ssl.create_default_context(cafile=str(server.certificate))
    client = IMAPClient("localhost", server.tls_port, ssl_context=context)
    client.login(SELLER, PASSWORD)
    client.select_folder("INBOX", readonly=True)
    got = 0
    for block in _blocks(client.search("ALL")):
        items = ["FLAGS", "INTERNALDATE", "RFC822.SIZE", _ITEMS.partition("SIZE ")[2]]
        got += len(client.fetch(block, items))
    client.logout()
    if got != count:
        raise AssertionError("IMAPClient read another number of messages")


def _has_imap_tools() -> bool:
    from importlib.util import find_spec  # noqa: PLC0415 - beside its only use

    return find_spec("imap_tools") is not None


def with_imap_tools(server: Dovecot, count: int) -> None:
    """Ask imap-tools for headers only, in its own blocks."""
    from imap_tools.mailbox import MailBox  # noqa: PLC0415 - a peer that only the bench knows

    context = ssl.create_default_context(cafile=str(server.certificate))
    box = MailBox("localhost", server.tls_port, ssl_context=context)
    with box.login(SELLER, PASSWORD) as client:
        got = sum(1 for _ in client.fetch(mark_seen=False, headers_only=True, bulk=_BLOCK))
    if got != count:
        raise AssertionError("imap-tools read another number of messages")


def _blocks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + _BLOCK] for start in range(0, len(values), _BLOCK))
