"""Judges all messages known: one decision each, one clock for each conversation.

Everything is worked out anew from the facts, so no order of reading can change the outcome.
"""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from jeweler_desk.domain.conversations import Addressees, PersonInThread, conversations_of
from jeweler_desk.domain.her_word import NO_WORD, HerWord, one_person
from jeweler_desk.domain.mail_program import program_of_id
from jeweler_desk.domain.message import (
    FolderKind,
    MailChannel,
    Message,
    ReportKind,
    Whereabouts,
    canonical_address,
    local_part,
    whereabouts,
)
from jeweler_desk.domain.nature import Circle, Nature, Role, nature_of
from jeweler_desk.domain.ours import Ours, our_addresses
from jeweler_desk.domain.reply_clock import Clock, Event, EventKind
from jeweler_desk.domain.senders import is_machine_address
from jeweler_desk.domain.thread import threads
from jeweler_desk.domain.verdict import (
    REPLY_WITHIN,
    ClockState,
    ConversationClock,
    Decision,
    Direction,
    Judgement,
    Mark,
    MarkKind,
    Verdict,
    Wait,
    WaitEnd,
)

_CLOCKS_DIFFER: Final = timedelta(minutes=10)
"""A copy in Sent has this computer's time, a bounce the server's: it may seem the earlier one."""
_BOUNCE_WITHIN: Final = timedelta(days=3)
"""How long after a letter a bounce that names only its recipient is believed to be about it."""

_SHORTEST_NAME: Final = 3
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_OUT: Final = frozenset({Role.LETTER, Role.OWN_ROBOT, Role.DRAFT, Role.SELF_NOTE})
_PLAIN_DECISIONS: Final = {
    Role.OWN_ROBOT: Decision.KEEP,
    Role.DRAFT: Decision.KEEP,
    Role.ACTION: Decision.ACTION,
}
_URGENCY: Final = (ClockState.WAITING, ClockState.SOFT, ClockState.ANSWERED, ClockState.NONE)


def judge(
    messages: Sequence[Message],
    identities: Iterable[str] = (),
    marks: Iterable[Mark] = (),
    known_customers: Iterable[str] = (),
    zone: tzinfo = UTC,
    word: HerWord = NO_WORD,
) -> Judgement:
    """Judge all messages known.

    ``identities`` are the addresses declared as ours (accounts and further ones),
    ``known_customers`` the addresses in the order book; reasons name times in ``zone``; ``word`` is
    what the seller said of people and letters.
    """
    customers = frozenset(canonical_address(each) for each in known_customers)
    with collector_at_rest():
        ours = our_addresses(messages, identities, customers)
        return _Court(messages, ours, customers, zone, word).judge(marks)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the search for garbage from going through values that all live on.

    With 100,000 messages it costs as much as the judging.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Court:
    """One judging: the facts sorted so that each question is a look-up."""

    def __init__(
        self,
        messages: Sequence[Message],
        ours: Ours,
        customers: frozenset[str],
        zone: tzinfo,
        word: HerWord,
    ) -> None:
        self._messages = messages
        self._ours = ours
        self._zone = zone
        self._known = {message.message_id: message for message in messages}
        self._places: dict[int, Whereabouts] = {}
        self._person_of = one_person(word.links)
        circle = Circle(ours, self._ids_of_ours(), customers, word, self._our_names(word))
        self._natures = {
            each.message_id: nature_of(each, self._where(each), circle) for each in messages
        }
        if self._person_of:
            self._link_addresses()
        bonds = threads(messages, self._natures)
        self._conversations = conversations_of(messages, self._natures, bonds)
        self._addressees = Addressees(self._conversations, self._natures, bonds, self._known)
        self._events: defaultdict[int, list[Event]] = defaultdict(list)
        self._home: dict[str, PersonInThread] = {}
        self._speaks_to: dict[str, list[PersonInThread]] = {}
        self._last_letter: dict[int, datetime] = {}
        self._letters_to: defaultdict[str, list[Message]] = defaultdict(list)

    def _link_addresses(self) -> None:
        """Let one address stand for all of a person's."""
        for message_id, nature in self._natures.items():
            if not nature.addresses.isdisjoint(self._person_of):
                addresses = frozenset(map(self._same_person, nature.addresses))
                self._natures[message_id] = nature._replace(addresses=addresses)

    def _same_person(self, address: str) -> str:
        return self._person_of.get(address, address)

    def judge(self, marks: Iterable[Mark]) -> Judgement:
        for conversation in self._conversations:
            for message in conversation.arrivals:
                self._home[message.message_id] = conversation
        self._take_letters()
        self._take_arrivals()
        self._take_marks(marks)
        self._take_returned()
        clocks = {id(each): self._clock(each) for each in self._conversations}
        return self._sum_up(clocks)

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        day, month = _DAYS[local.weekday()], _MONTHS[local.month - 1]
        return f"{day} {local.day} {month} {local.year} {local.hour:02d}:{local.minute:02d}"

    def _written(self, message: Message) -> str:
        """Say that a letter was written on an earlier day than it came."""
        if message.written_at is None:
            return ""
        written, came = (
            each.astimezone(self._zone).date() for each in (message.written_at, message.received_at)
        )
        if written == came:
            return ""
        told = "yesterday " if came - written == timedelta(days=1) else ""
        return f", written {told}({self._moment(message.written_at)})"

    def _where(self, message: Message) -> Whereabouts:
        """Return where a message lies; equal sets of copies are looked at once."""
        found = self._places.get(id(message.copies))
        if found is None:
            found = self._places[id(message.copies)] = whereabouts(message.copies)
        return found

    def _ids_of_ours(self) -> frozenset[str]:
        owns = self._ours.owns
        return frozenset(
            message.message_id
            for message in self._messages
            if message.sender is not None
            and owns(message.sender.address)
            and not self._where(message).is_draft
        )

    def _our_names(self, word: HerWord) -> re.Pattern[str] | None:
        """Return what speaks to us by name, where she wants that to count."""
        if word.names_called is None:
            return None
        named = {
            message.sender.name
            for message in self._messages
            if message.sender is not None and self._ours.owns(message.sender.address)
        }
        names = {*word.names_called, *named, *(local_part(each) for each in self._ours.addresses)}
        words = {each for name in names for each in (name, *name.split()[:1])}
        known = sorted(re.escape(each) for each in words if len(each) >= _SHORTEST_NAME)
        return re.compile(rf"\b(?:{'|'.join(known)})\b", re.IGNORECASE) if known else None

    def _take_letters(self) -> None:
        for letter in self._messages:
            nature = self._natures[letter.message_id]
            if nature.role is not Role.LETTER:
                continue
            for address in nature.addresses:
                self._letters_to[address].append(letter)
            found = self._addressees.of(letter, nature)
            self._speaks_to[letter.message_id] = [conversation for conversation, _ in found]
            for conversation, witness in found:
                words = f"{witness}{_where_written(letter)}: {self._moment(letter.received_at)}"
                event = Event(letter.received_at, EventKind.LETTER, letter.message_id, words=words)
                self._add(conversation, event)
                last = self._last_letter.get(id(conversation))
                self._last_letter[id(conversation)] = max(last or event.at, event.at)

    def _add(self, conversation: PersonInThread, event: Event) -> None:
        self._events[id(conversation)].append(event)

    def _take_arrivals(self) -> None:
        for conversation in self._conversations:
            last_letter = self._last_letter.get(id(conversation))
            for message in conversation.arrivals:
                nature = self._natures[message.message_id]
                self._add(
                    conversation,
                    Event(
                        message.received_at, EventKind.ARRIVAL, message.message_id, message, nature
                    ),
                )
                where = self._where(message)
                has_letter = last_letter is not None and last_letter >= message.received_at
                if where.was_moved_to_junk:
                    words = "moved to the junk folder by you"
                    self._seen(conversation, message, words, WaitEnd.NEEDS_NONE)
                elif where.is_answered and not has_letter:
                    words = "marked as answered by another program"
                    self._seen(conversation, message, words, WaitEnd.UNTIMED)
        for message in self._messages:
            nature = self._natures[message.message_id]
            if nature.role is Role.REPLIED_THERE:
                for conversation in self._addressees.in_thread_of(message):
                    words = f"{nature.why}, {self._moment(message.received_at)}"
                    event = Event(
                        message.received_at, EventKind.LETTER, message.message_id, words=words
                    )
                    self._add(conversation, event)
                    self._speaks_to.setdefault(message.message_id, []).append(conversation)

    def _seen(
        self, conversation: PersonInThread, message: Message, words: str, end: WaitEnd
    ) -> None:
        at, kind = message.received_at, EventKind.SEEN_ANSWERED
        self._add(conversation, Event(at, kind, message.message_id, words=words, end=end))

    def _take_marks(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            message = self._known.get(mark.message_id)
            if message is None:
                continue
            at = max(mark.at, message.received_at)
            words = mark.words
            is_none = mark.kind is MarkKind.NO_REPLY_NEEDED
            end = WaitEnd.NEEDS_NONE if is_none else WaitEnd.ANSWERED
            is_holding = mark.kind is MarkKind.HOLDING
            event = Event(
                at, EventKind.SAID, mark.message_id, words=words, end=end, is_holding=is_holding
            )
            for conversation in self._conversations_of(message):
                self._add(conversation, event)

    def _conversations_of(self, message: Message) -> list[PersonInThread]:
        home = self._home.get(message.message_id)
        return [home] if home else self._speaks_to.get(message.message_id, [])

    def _take_returned(self) -> None:
        for message in self._messages:
            nature = self._natures[message.message_id]
            for letter, words in self._returned_letters(message, nature):
                for conversation in self._speaks_to.get(letter.message_id, ()):
                    if not self._concerns(message, letter, conversation):
                        continue
                    self._speaks_to.setdefault(message.message_id, []).append(conversation)
                    event = Event(
                        max(message.received_at, letter.received_at),
                        EventKind.CAME_BACK,
                        message.message_id,
                        words=words,
                        letter_id=letter.message_id,
                    )
                    self._add(conversation, event)

    def _returned_letters(self, message: Message, nature: Nature) -> Iterable[tuple[Message, str]]:
        """Return the letters that a bounce is about: by id, else the last one to its recipient."""
        if nature.role is Role.REJECTION:
            about = (*message.in_reply_to, *message.references)
            said = nature.why
            aliases = [each for each in self._letters_to if _is_amazon(each)]
            return self._letters_meant(message, about, aliases, said)
        report = message.report
        if nature.role is not Role.REPORT or report is None:
            return ()
        if report.kind is not ReportKind.DELIVERY or not report.has_failed:
            return ()
        people = [canonical_address(each) for each in (*report.recipients, *report.mentioned)]
        return self._letters_meant(message, report.about, people, "it could not be delivered")

    def _letters_meant(
        self, message: Message, about: Iterable[str], people: Iterable[str], said: str
    ) -> list[tuple[Message, str]]:
        named = [self._known[each] for each in about if each in self._known]
        ours = [each for each in named if self._natures[each.message_id].role in _OUT]
        if ours:
            letters = [each for each in ours if self._natures[each.message_id].role is Role.LETTER]
            return [(letter, said) for letter in letters[:1]]
        earliest = message.received_at - _BOUNCE_WITHIN
        latest = message.received_at + _CLOCKS_DIFFER
        around = [
            letter
            for address in people
            if not self._ours.owns(address)
            for letter in self._letters_to.get(self._same_person(address), ())
            if earliest <= letter.received_at <= latest
        ]
        near = [each for each in around if each.received_at <= message.received_at] or around
        near = [each for each in near if self._speaks_to.get(each.message_id)] or near
        if not near:
            return []
        last = max(near, key=lambda each: (each.received_at, each.message_id))
        return [(last, f"{said}, by its recipient")]

    def _concerns(self, message: Message, letter: Message, conversation: PersonInThread) -> bool:
        """With several recipients only the one who failed has her clock back."""
        report = message.report
        failed = {canonical_address(each) for each in report.recipients} if report else set()
        recipients = {
            canonical_address(each.address) for each in (*letter.to, *letter.cc, *letter.bcc)
        }
        if not failed & recipients or len(recipients) == 1:
            return True
        return not conversation.addresses.isdisjoint(map(self._same_person, failed))

    def _clock(self, conversation: PersonInThread) -> Clock:
        clock = Clock(self._moment, self._had_answer_before, self._written)
        clock.run(self._events[id(conversation)])
        return clock

    def _had_answer_before(self, message: Message, nature: Nature) -> bool:
        return any(
            letter.received_at < message.received_at
            for address in nature.addresses
            for letter in self._letters_to.get(address, ())
        )

    def _sum_up(self, clocks: Mapping[int, Clock]) -> Judgement:
        decided: dict[str, tuple[Decision, str]] = {}
        summed: list[ConversationClock] = []
        waits: list[Wait] = []
        for conversation in self._conversations:
            clock = clocks[id(conversation)]
            for message_id, found in clock.decisions.items():
                _keep_strongest(decided, message_id, found)
            summed.append(self._conversation_clock(conversation, clock))
            waits += map(self._wait, clock.waits)
        states = {id(each): clocks[id(each)].state for each in self._conversations}
        keys = {id(each): each.key for each in self._conversations}
        people = {clock.key: clock for clock in summed}
        verdicts = {}
        for message in self._messages:
            mine = self._conversations_of(message)
            near = [states[id(each)] for each in mine] or [
                states[id(each)] for each in self._addressees.in_thread_of(message)
            ]
            state = _most_urgent(near)
            key = keys[id(mine[0])] if mine else None
            verdicts[message.message_id] = self._verdict(
                message, decided.get(message.message_id), state, people[key] if key else None
            )
        return Judgement(verdicts, tuple(summed), self._ours, tuple(waits))

    def _wait(self, wait: Wait) -> Wait:
        """Name the person and the subject of a wait."""
        nature = self._natures[wait.message_id]
        person = nature.person or nature.address or None
        subject = self._known[wait.message_id].subject
        return wait._replace(person=person, subject=subject, channel=nature.channel)

    def _verdict(
        self,
        message: Message,
        decided: tuple[Decision, str] | None,
        state: ClockState,
        conversation: ConversationClock | None,
    ) -> Verdict:
        nature = self._natures[message.message_id]
        where = self._where(message)
        decision, reason = decided or self._undisputed(message, nature)
        is_out = nature.role in _OUT
        person = nature.person or nature.address or None
        if is_out and conversation is not None and not nature.person:
            person = conversation.person or person
        return Verdict(
            message.message_id,
            decision,
            reason,
            state,
            nature.channel,
            Direction.OUT if is_out else Direction.IN,
            FolderKind.SENT if is_out and where.is_in_sent else where.folder,
            person,
            nature.address or None,
            conversation.key if conversation else None,
        )

    def _undisputed(self, message: Message, nature: Nature) -> tuple[Decision, str]:
        """Decide on a message that no conversation's clock knows."""
        if nature.role is Role.LETTER:
            return Decision.KEEP, _lonely_letter(nature)
        if nature.role is Role.MACHINE and message.returns:
            at = message.returns.on
            day = f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"
            told = "away until" if message.returns.is_last else "back on"
            return Decision.IGNORE, f"{nature.why}; {told} {day}"
        return _PLAIN_DECISIONS.get(nature.role, Decision.IGNORE), nature.why

    def _conversation_clock(self, conversation: PersonInThread, clock: Clock) -> ConversationClock:
        answer = clock.answer
        event = clock.open or clock.soft or (answer.start if answer else None) or clock.last_arrival
        message = event.message if event and event.message else conversation.arrivals[0]
        nature = self._natures[message.message_id]
        is_waiting = clock.open is not None
        since = message.received_at if clock.open or clock.soft else None
        reason = clock.words if clock.open or not clock.soft else nature.why
        return ConversationClock(
            key=conversation.key,
            clock=clock.state,
            message_id=message.message_id,
            subject=message.subject,
            channel=nature.channel,
            reason=reason,
            person=nature.person or nature.address or None,
            address=nature.address or None,
            waiting_since=since,
            due_at=message.received_at + REPLY_WITHIN if is_waiting else None,
            answered_at=answer.at if answer and clock.state is ClockState.ANSWERED else None,
        )


def _where_written(letter: Message) -> str:
    words = letter.program or program_of_id(letter.message_id)
    return f", written {words}" if words else ""


def _most_urgent(states: Sequence[ClockState]) -> ClockState:
    if not states:
        return ClockState.NONE
    return states[0] if len(states) == 1 else min(states, key=_URGENCY.index)


def _is_amazon(address: str) -> bool:
    return "@marketplace.amazon." in address


_STRENGTH: Final = (
    Decision.STOP,
    Decision.REOPEN,
    Decision.START,
    Decision.KEEP,
    Decision.SOFT,
    Decision.ACTION,
    Decision.IGNORE,
)


def _keep_strongest(
    decided: dict[str, tuple[Decision, str]], message_id: str, found: tuple[Decision, str]
) -> None:
    """Keep the most that a letter to several people did to any of them."""
    present = decided.get(message_id)
    if present is None or _STRENGTH.index(found[0]) < _STRENGTH.index(present[0]):
        decided[message_id] = found


def _lonely_letter(nature: Nature) -> str:
    """Say why a letter of ours stopped no clock."""
    if nature.channel is MailChannel.ETSY:
        return "mail to Etsy reaches nobody; answer in Etsy's Messages"
    if nature.addresses and all(is_machine_address(each) for each in nature.addresses):
        return "this address takes no answers; your letter reached nobody"
    return "your letter; nobody it went to is waiting in its thread or under its subject"
