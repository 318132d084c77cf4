"""Deciding the clocks of all mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from jeweler_desk.domain.judging import judge
from jeweler_desk.domain.mailbox import FolderReading, ReceivedMessage, SeenCopy
from jeweler_desk.domain.message import Correspondent, FolderKind, Message
from jeweler_desk.domain.verdict import ClockState
from jeweler_desk.store.database import Store
from jeweler_desk.store.messages import Messages
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, in_turns, lap
from tests.bench.shops import buyer, piece

_OF_READING = 2
_TURNS = 3
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
