"""The seller's own word on mail: rules for addresses, overruled decisions, and days to come."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from jeweler_desk.domain.her_word import AddressLink, AddressRule, LetterDay, Overruling
from jeweler_desk.domain.letter_days import (
    DayShown,
    is_follow_up_open,
    is_promise_open,
    woke_since,
)
from jeweler_desk.domain.mail_view import Conversation, ConversationEntry
from jeweler_desk.domain.message import MailChannel, canonical_address, is_address
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.senders import channel_of_address
from jeweler_desk.domain.verdict import ClockState, Decision, Direction, Mark, MarkKind
from jeweler_desk.domain.wording import day_text
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.mail_judge import MailJudge
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_accounts import MailAccounts as AccountRows
from jeweler_desk.store.mail_words import KeptDay, MailWordRows, Snooze

_FROM_AFAR: Final = timedelta(days=7)
"""A day that is kept in words is written as seen from a week before, never as “tomorrow”."""
_OWN_ADDRESS: Final = frozenset({MailChannel.EMAIL, MailChannel.FORM, MailChannel.SHOPIFY})
"""The ways on which a person writes with an address of her own."""
_QUESTIONS: Final = frozenset({Decision.START, Decision.KEEP})

_OPEN: Final = frozenset({ClockState.WAITING, ClockState.SOFT})


class Conversations(Protocol):
    """Where a message's conversation is asked for."""

    def conversation(self, message_id: str) -> Conversation:
        """Return a message's whole conversation. Raises `RefusedError` for an unknown one."""


@dataclass(frozen=True, slots=True)
class SnoozedLetter:
    """A letter that no notice tells of until an instant."""

    message_id: str
    until: datetime


class MailWords:
    """Every act is one step that undo takes back; mail is judged anew at once."""

    def __init__(
        self,
        store: Store,
        accounts: AccountRows,
        judge: MailJudge,
        settings: Settings,
        clock: Clock,
        mail: Conversations,
    ) -> None:
        self._store = store
        self._rows = MailWordRows(store)
        self._accounts = accounts
        self._judge = judge
        self._settings = settings
        self._clock = clock
        self._mail = mail

    def answered(self, message_id: str, how: str, at: datetime | None = None) -> Changes:
        """Take her word that a letter was answered by phone, on Etsy, at the market, and when.

        Raises `RefusedError` for an unknown message or an instant that is yet to come.
        """
        return self._mark(message_id, MarkKind.ANSWERED, how, at)

    def no_reply_needed(self, message_id: str, why: str) -> Changes:
        """Take her word that a letter needs no answer. Raises `RefusedError`."""
        return self._mark(message_id, MarkKind.NO_REPLY_NEEDED, why, None)

    def _mark(self, message_id: str, kind: MarkKind, note: str, at: datetime | None) -> Changes:
        entry = self._entry(message_id)
        label = _LABELS[kind]
        return self._step(
            f"{label}: {_subject(entry)}", lambda: self._add_mark(entry, kind, note, at)
        )

    def _add_mark(
        self, entry: ConversationEntry, kind: MarkKind, note: str, at: datetime | None
    ) -> None:
        now = self._clock.now()
        if at is not None and at > now:
            raise RefusedError("An answer cannot have been given later than now.")
        self._accounts.add_mark(Mark(entry.message_id, kind, at or now, _one_line(note)))
        self._judge.said.note(entry.message_id)

    def holding(self, message_id: str, promised_on: date, note: str = "") -> Changes:
        """Note a holding letter: it stops the 24 hours and promises an answer by a day.

        Raises `RefusedError` for an unknown message or a day that is past.
        """
        entry = self._entry(message_id)
        self._check_day(promised_on)
        words = f"promised by {day_text(promised_on, promised_on - _FROM_AFAR)}"
        words = f"{words}: {_one_line(note)}" if note.strip() else words
        day = LetterDay(entry.message_id, promised_on, _one_line(note), self._clock.now())

        def act() -> None:
            self._add_mark(entry, MarkKind.HOLDING, words, None)
            self._rows.add_promise(day)

        return self._step(f"Holding letter: {_subject(entry)}", act)

    def promises(self) -> list[DayShown]:
        """Return what holding letters promised and no later letter kept, the next day first."""
        marks = self._accounts.marks()
        return self._shown(
            self._rows.promises(), lambda day, entries: is_promise_open(day, entries, marks)
        )

    def promise_in(self, message_ids: Collection[str]) -> int | None:
        """Return the promise that stands in a conversation, by its messages; None without one."""
        if all(each.day.message_id not in message_ids for each in self._rows.promises()):
            return None
        open_ones = (each for each in self.promises() if each.message_id in message_ids)
        return next((each.id for each in open_ones), None)

    def promise_kept(self, promise_id: int) -> Changes:
        """Let a promise go: it was kept in another way."""
        return self._step("Promise kept", lambda: self._rows.remove_promise(promise_id))

    def follow_up(self, message_id: str, on: date, note: str = "") -> Changes:
        """Wait for her, and be reminded on a day; any human answer cancels it.

        Raises `RefusedError` for an unknown message or a day that is past.
        """
        entry = self._entry(message_id)
        self._check_day(on)
        day = LetterDay(entry.message_id, on, _one_line(note), self._clock.now())
        return self._step(f"Follow up: {_subject(entry)}", lambda: self._rows.add_follow_up(day))

    def waiting_for_her(self, message_id: str, on: date | None, note: str = "") -> Changes:
        """Note that it is her turn: no clock runs, and on a day (if any) she is asked again.

        Raises `RefusedError` for an unknown message or a day that is past.
        """
        entry = self._entry(message_id)
        if on is not None:
            self._check_day(on)
        is_open = self._mail.conversation(entry.message_id).clock in _OPEN
        now = self._clock.now()

        def act() -> None:
            if is_open:
                words = "waiting for her" + (f": {_one_line(note)}" if note.strip() else "")
                self._add_mark(entry, MarkKind.NO_REPLY_NEEDED, words, None)
            if on is not None:
                self._rows.add_follow_up(LetterDay(entry.message_id, on, _one_line(note), now))

        if not is_open and on is None:
            raise RefusedError("No clock runs there: name a day, and you are reminded of it.")
        return self._step(f"Waiting for her: {_subject(entry)}", act)

    def follow_ups(self) -> list[DayShown]:
        """Return whom she waits for, the next day first; those who answered are gone."""
        return self._shown(self._rows.follow_ups(), is_follow_up_open)

    def drop_follow_up(self, follow_up_id: int) -> Changes:
        """Wait no longer."""
        return self._step("No follow-up", lambda: self._rows.remove_follow_up(follow_up_id))

    def _shown(
        self, kept: list[KeptDay], stands: Callable[[LetterDay, list[ConversationEntry]], bool]
    ) -> list[DayShown]:
        shown = []
        for each in kept:
            found = self._conversation(each.day.message_id)
            if found is not None and stands(each.day, list(found.entries)):
                shown.append(
                    DayShown(
                        each.id,
                        each.day.message_id,
                        found.person,
                        found.subject,
                        each.day.on,
                        each.day.note,
                    )
                )
        return sorted(shown, key=lambda each: (each.on, each.id))

    def _conversation(self, message_id: str) -> Conversation | None:
        try:
            return self._mail.conversation(message_id)
        except RefusedError:
            return None

    def passes_due(self, message_id: str, until: datetime) -> bool:
        """Tell whether a snooze would last beyond the due time, which is worth asking once."""
        due_at = self._mail.conversation(message_id).due_at
        return due_at is not None and until > due_at

    def snooze(self, message_id: str, until: datetime) -> Changes:
        """Let no notice tell of a letter until an instant; its age and due time stay.

        Raises `RefusedError` for a letter that does not wait, or an instant that is past.
        """
        found = self._mail.conversation(message_id)
        if found.clock not in _OPEN:
            raise RefusedError("Nothing waits there, so nothing was snoozed.")
        now = self._clock.now()
        if until <= now:
            raise RefusedError("That time is past already. Nothing was snoozed.")
        entry = self._entry(message_id)
        snooze = Snooze(entry.message_id, until, now)
        return self._step(f"Snooze: {_subject(entry)}", lambda: self._rows.snooze(snooze))

    def wake(self, message_id: str) -> Changes:
        """End a snooze. Raises `RefusedError` where there is none."""
        entry = self._entry(message_id)
        if all(each.message_id != entry.message_id for each in self._rows.snoozes()):
            raise RefusedError("This letter is not snoozed. Nothing was changed.")
        return self._step(f"Wake: {_subject(entry)}", lambda: self._rows.wake(entry.message_id))

    def snoozed(self, now: datetime) -> list[SnoozedLetter]:
        """Return the snoozes that still last; a new letter of hers ended the others."""
        found = []
        for each in self._rows.snoozes():
            if each.until <= now:
                continue
            conversation = self._conversation(each.message_id)
            if conversation is not None and not woke_since(each.at, conversation.entries):
                found.append(SnoozedLetter(each.message_id, each.until))
        return found

    def snoozes_over(self, now: datetime) -> list[tuple[SnoozedLetter, Conversation]]:
        """Return the snoozes that ended by themselves and whose letter still waits."""
        found = []
        for each in self._rows.snoozes():
            if each.until > now:
                continue
            conversation = self._conversation(each.message_id)
            if (
                conversation is not None
                and conversation.clock in {ClockState.WAITING, ClockState.SOFT}
                and not woke_since(each.at, conversation.entries)
            ):
                found.append((SnoozedLetter(each.message_id, each.until), conversation))
        return found

    def snoozed_conversations(self, now: datetime) -> frozenset[str]:
        """Return the ids of all messages whose conversation is snoozed now."""
        ids: set[str] = set()
        for each in self.snoozed(now):
            ids.add(each.message_id)
            conversation = self._conversation(each.message_id)
            if conversation is not None:
                ids.update(entry.message_id for entry in conversation.entries)
        return frozenset(ids)

    def overrule(self, message_id: str, why: str = "") -> Changes:
        """Turn a decision about with one act: a question becomes none, all else becomes one.

        Raises `RefusedError` for an unknown message or a letter of her own.
        """
        entry = self._entry(message_id)
        return self.say_question(message_id, is_question=entry.decision not in _QUESTIONS, why=why)

    def say_question(self, message_id: str, *, is_question: bool, why: str = "") -> Changes:
        """Say that a message is a question, or none, whatever the rules make of it.

        Raises `RefusedError` for an unknown message or a letter of her own.
        """
        entry = self._entry(message_id)
        if entry.direction is Direction.OUT:
            raise RefusedError("This is a letter of your own. Nothing was changed.")
        said = Overruling(entry.message_id, is_question, _one_line(why), self._clock.now())
        label = "A question" if is_question else "No question"
        return self._step(f"{label}: {_subject(entry)}", lambda: self._rows.overrule(said))

    def withdraw(self, message_id: str) -> Changes:
        """Let the rules decide on a message again. Raises `RefusedError`."""
        entry = self._entry(message_id)
        if not self.is_overruled(entry.message_id):
            raise RefusedError("You said nothing of this message. Nothing was changed.")
        return self._step(
            f"Let the rules decide: {_subject(entry)}",
            lambda: self._rows.withdraw(entry.message_id),
        )

    def is_overruled(self, message_id: str) -> bool:
        """Whether she decided on a message herself."""
        return any(each.message_id == message_id for each in self._rows.overrulings())

    def overrulings(self) -> list[Overruling]:
        """Return the decisions that she turned about."""
        return self._rows.overrulings()

    def rule_offered(self, message_id: str) -> str | None:
        """Return the address for which an overruling can become a rule; None for a relay's."""
        found = self._mail.conversation(message_id)
        address = found.address or self._sender_of(message_id)
        if not address or found.channel not in _OWN_ADDRESS or self._why_no_rule(address):
            return None
        return address

    def _sender_of(self, message_id: str) -> str | None:
        return self._rows.sender_of(self._entry(message_id).message_id)

    def not_a_customer(self, address: str, why: str = "") -> Changes:
        """Make a rule: letters from this one address start no clock.

        Raises `RefusedError` for a whole domain, an address of her own, or a relay's.
        """
        address = address.strip()
        refusal = self._why_no_rule(address)
        if refusal:
            raise RefusedError(f"{refusal} Nothing was changed.")
        rule = AddressRule(canonical_address(address), _one_line(why), self._clock.now())
        return self._step(f"Not a customer: {address}", lambda: self._rows.add_rule(rule))

    def _why_no_rule(self, address: str) -> str | None:
        if not is_address(address):
            return f"“{address}” is no whole address; a rule is for one address, never a domain."
        if self._judge.ours().owns(address):
            return f"{address} is your own address."
        if channel_of_address(address) is not MailChannel.EMAIL:
            return f"{address} stands for buyers at a marketplace."
        return None

    def rules(self) -> list[AddressRule]:
        """Return the addresses that are no customers."""
        return self._rows.rules()

    def remove_rule(self, address: str) -> Changes:
        """Let a rule go; letters of that address count again. Raises `RefusedError`."""
        address = canonical_address(address)
        if all(each.address != address for each in self._rows.rules()):
            raise RefusedError(f"There is no rule for {address}. Nothing was changed.")
        return self._step(f"A customer again: {address}", lambda: self._rows.remove_rule(address))

    def link(self, address: str, other: str) -> Changes:
        """Say that two addresses are one person's: an answer to either answers her.

        Raises `RefusedError` for what is no address, her own, or the same twice.
        """
        one, two = canonical_address(address), canonical_address(other)
        for each in (one, two):
            if not is_address(each):
                raise RefusedError(f"“{each}” is not an address. Nothing was changed.")
        ours = self._judge.ours()
        if ours.owns(one) or ours.owns(two):
            raise RefusedError("One of these addresses is your own. Nothing was changed.")
        if one == two:
            raise RefusedError("These are the same address. Nothing was changed.")
        if any({each.address, each.other} == {one, two} for each in self._rows.links()):
            return NOTHING_CHANGED
        link = AddressLink(min(one, two), max(one, two), self._clock.now())
        return self._step(f"One person: {one}, {two}", lambda: self._rows.add_link(link))

    def links(self) -> list[AddressLink]:
        """Return which addresses are one person's."""
        return self._rows.links()

    def unlink(self, address: str) -> Changes:
        """Let an address stand by itself again. Raises `RefusedError`."""
        address = canonical_address(address)
        if all(address not in {each.address, each.other} for each in self._rows.links()):
            raise RefusedError(f"{address} is linked to no other. Nothing was changed.")
        return self._step(f"By itself: {address}", lambda: self._rows.remove_links(address))

    def _entry(self, message_id: str) -> ConversationEntry:
        """Return a message as it is kept. Raises `RefusedError` for an unknown one."""
        bare = message_id.strip().removeprefix("mail:").strip("<>")
        entries = self._mail.conversation(bare).entries
        return next(each for each in entries if each.message_id == bare)

    def _check_day(self, day: date) -> None:
        if day < self._settings.today():
            raise RefusedError("That day is past already. Nothing was changed.")

    def _step(self, label: str, act: Callable[[], None]) -> Changes:
        with self._store.step(label) as step:
            act()
            self._judge.renew()
        return changes_of(step.tables)


_LABELS: Final = {
    MarkKind.ANSWERED: "Answered elsewhere",
    MarkKind.NO_REPLY_NEEDED: "No reply needed",
    MarkKind.HOLDING: "Holding letter",
}


def _subject(entry: ConversationEntry) -> str:
    return entry.subject or "a letter without a subject"


def _one_line(text: str) -> str:
    return " ".join(text.split())
