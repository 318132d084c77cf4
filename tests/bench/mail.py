"""Deciding the clocks of all mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

from jeweler_desk.domain.judging import judge
from jeweler_desk.domain.mailbox import FolderReading, ReceivedMessage, SeenCopy
from jeweler_desk.domain.message import Correspondent, FolderKind, Message
from jeweler_desk.domain.verdict import ClockState
from jeweler_desk.store.database import Store
from jeweler_desk.store.messages import Messages
from jeweler_desk.wiring import build_desk
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, Samples, in_turns, lap
from tests.bench.shops import buyer, piece

_OF_READING = 2
_TURNS = 3
_ACTS = 12
_NEW = 50
_ACT_SECONDS = 0.05
_SHOP = Correspondent("Juniper & Tide", "hello@juniper.example")
# Of three messages two are a customer's, one is the answer; the newest thirty have none yet.
_EACH = 3
_UNANSWERED = 30
_WORDS = "Dear Ada,\n\nis it on its way? I would love to have it before Sunday.\n\nYours"


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


def her_word(ground: Ground) -> Iterator[Line]:
    """Take her word on letters of a full mailbox, and a few new ones, beside a reading of one."""
    count = ground.sizes.mailbox
    clock = ground.shops.clock
    now = clock.now()
    with closing(Store(ground.folder / "acts.db", now=clock.now)) as store:
        mail = build_desk(store, clock).correspondence
        mail.mailboxes.add_identity(_SHOP.address)
        with store.write():
            Messages(store).take_in(readings(count, now))
        whole = lap(mail.refresh)
        waiting = [each.message_id for each in mail.waiting(now)]
        letters, opened = iter(waiting), iter(waiting)
        new = iter(range(count, count + _ACTS * _NEW, _NEW))

        def arrive() -> float:
            first = next(new)
            with store.write():
                Messages(store).take_in(readings(first + _NEW, now, first))
            return lap(mail.refresh)

        def say() -> float:
            letter = next(letters)
            return lap(lambda: mail.words.answered(letter, "by telephone"))

        def read() -> float:
            letter = next(opened)
            return lap(lambda: mail.conversation(letter))

        turns = min(_ACTS, len(waiting))
        saying, reading, arriving = in_turns(turns, say, read, arrive)
        if mail.mismatches():
            raise AssertionError("what was judged among a few is not what all would give")
    all_of_it = f"judging all {count:,}"
    work = f"an act of her word at {count:,} messages"
    yield Comparison(work, saying, "reading its conversation", reading).within(95, _ACT_SECONDS)
    work = f"judging {_NEW} new messages at {count:,}"
    yield Comparison(work, arriving, all_of_it, Samples((whole,))).within(95, _ACT_SECONDS)


def readings(count: int, now: datetime, first: int = 0) -> list[FolderReading]:
    """Return an inbox and a sent folder, as a mailbox gives them, from message ``first`` on."""
    inbox: list[SeenCopy] = []
    sent: list[SeenCopy] = []
    for number in range(first, count):
        message = letter(number, now)
        is_ours = message.sender == _SHOP
        received = ReceivedMessage(message, _WORDS, f"{number:x}")
        (sent if is_ours else inbox).append(SeenCopy(str(number + 1), received=received))
    return [
        FolderReading("bench", "INBOX", FolderKind.INBOX, tuple(inbox), is_whole=not first),
        FolderReading("bench", "Sent", FolderKind.SENT, tuple(sent), is_whole=not first),
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
