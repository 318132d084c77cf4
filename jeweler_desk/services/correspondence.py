"""Mail: what waits for an answer, what was answered and how, and the looks into the mailboxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jeweler_desk.domain.freshness import Freshness, MailProgress
from jeweler_desk.domain.mail_access import hindrance_of
from jeweler_desk.domain.mail_view import (
    AccountShown,
    AnsweredEmail,
    Conversation,
    LastLook,
    ListedMessage,
    MailView,
    MessageFound,
    WaitingEmail,
    most_urgent_first,
)
from jeweler_desk.domain.mailbox import AccountReading, KnownFolder, SetAside
from jeweler_desk.domain.message import FolderKind, MailChannel
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.senders import is_machine_address
from jeweler_desk.domain.verdict import ClockState, ConversationClock, Judgement
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, Topic
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.letter_parts import LetterParts
from jeweler_desk.services.mail_accounts import Mailboxes
from jeweler_desk.services.mail_connecting import MailConnecting
from jeweler_desk.services.mail_intake import AccountFetched, Beside, Fetched, MailIntake
from jeweler_desk.services.mail_judge import MailJudge
from jeweler_desk.services.mail_proof import MailProof
from jeweler_desk.services.mail_reach import MailReach
from jeweler_desk.services.mail_reading import MailReading, OpenedLetter
from jeweler_desk.services.mail_secrets import MailSecrets
from jeweler_desk.services.mail_trouble import MailTrouble
from jeweler_desk.services.mail_words import MailWords
from jeweler_desk.services.ports import CredentialStore, Mailbox, MailFiles, MailSender
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.steps import Steps, all_at_once
from jeweler_desk.services.unreadable_mail import UnreadableMail
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_accounts import MailAccounts as AccountRows
from jeweler_desk.store.mail_verdicts import Verdicts
from jeweler_desk.store.messages import MailTaken, Messages
from jeweler_desk.store.orders import Orders as OrderRows

_MAIL: Final[Changes] = frozenset({Topic.MAIL})
_NAME: Final = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class MailRead:
    """What reading a path brought."""

    taken: MailTaken
    set_aside: tuple[SetAside, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class MailEdges:
    """What lies outside: files, servers, the keyring."""

    files: MailFiles
    mailbox: Mailbox
    credentials: CredentialStore
    reach: MailReach | None = None
    sender: MailSender | None = None


class Correspondence:
    """Reads mail, judges it, and takes the seller's word on it."""

    def __init__(
        self,
        store: Store,
        messages: Messages,
        verdicts: Verdicts,
        accounts: AccountRows,
        judge: MailJudge,
        settings: Settings,
        edges: MailEdges,
        clock: Clock,
    ) -> None:
        self._store = store
        self._messages = messages
        self._verdicts = verdicts
        self._accounts = accounts
        self._judge = judge
        self._settings = settings
        self._edges = edges
        self._clock = clock
        self.secrets = MailSecrets(edges.credentials, edges.reach, clock)
        self.connecting = MailConnecting(edges.reach, self.secrets)
        self._readers: list[Callable[[], None]] = []
        self.proof = MailProof(verdicts, judge, settings, clock)
        self.trouble = MailTrouble(store, judge, clock)
        self.words = MailWords(store, accounts, judge, settings, clock, self)
        self.mailboxes = Mailboxes(store, accounts, judge, self.secrets, clock)
        self.reading = MailReading(store, messages, accounts, edges.mailbox, self.secrets, clock)
        self.unreadable = UnreadableMail(store)
        beside = Beside(accounts.note_look, self.unreadable.note, self._tell_readers)
        self._intake = MailIntake(store, messages, verdicts, judge, self.reading, beside)
        self.parts = LetterParts(
            messages, accounts, edges.mailbox, edges.files, self.secrets, clock
        )

    def when_read(self, follow: Callable[[], None]) -> None:
        """Let what hangs on mail be brought up to date when some was read, in one transaction."""
        self._readers.append(follow)

    def judge_anew(self) -> None:
        """Judge all mail again: a letter of ours is known under another Message-ID now."""
        self._judge.renew()

    def _tell_readers(self) -> None:
        for follow in self._readers:
            follow()

    def read_files(self, path: Path, kind: str) -> MailRead:
        """Take in a Maildir, an mbox, an .eml file or a folder of them as a folder of that kind.

        ``kind`` is a word of `FolderKind`. Raises `RefusedError` when the path is no mail.
        """
        files = self._edges.files
        known = self._messages.signatures(files.origin, files.name_of(path))
        reading = files.read(path, FolderKind(kind), known)
        with self._store.write():
            taken = self._messages.take_in([reading])
            self.unreadable.note([reading], self._clock.now())
            self._judge.renew()
            self._tell_readers()
        return MailRead(taken, reading.set_aside, _MAIL)

    def fetch_job(self, password: str | None = None) -> Callable[[], Fetched]:
        """Return the work of looking into all accounts once; it touches no store and no window.

        ``password`` serves the accounts whose own the keyring does not hold. Raises `RefusedError`
        when there is no account.
        """
        accounts = [each.account for each in self._accounts.all()]
        if not accounts:
            raise RefusedError("There is no mail account yet. Add one with “mail account add”.")
        known = {each.address: self._known_folders(each.address) for each in accounts}
        mailbox, secrets, now = self._edges.mailbox, self.secrets, self._clock.now()

        def work() -> Fetched:
            readings: list[AccountReading] = []
            for account in accounts:
                try:
                    secret = secrets.of(account, password)
                except RefusedError as refused:
                    why = hindrance_of(refused)
                    readings.append(
                        AccountReading(account.address, now, error=str(refused), hindrance=why)
                    )
                else:
                    readings.append(mailbox.look(account, secret, known[account.address], now))
            return tuple(readings)

        return work

    def _known_folders(self, address: str) -> list[KnownFolder]:
        return self.unreadable.to_try(address, self._messages.known_folders(address))

    def receive(self, fetched: Fetched) -> Changes:
        """Take in what a look brought; the clock is judged anew when anything is different."""
        self.take_fetched(fetched)
        return _MAIL

    def take_fetched(self, fetched: Fetched) -> list[AccountFetched]:
        """Take in what a look brought, and tell it account by account."""
        return all_at_once(self.taking_in(fetched))

    def taking_in(self, fetched: Fetched) -> Steps[list[AccountFetched]]:
        """Return the steps of taking in what a look brought; a little is taken in in one go."""
        return self._intake.steps(fetched)

    # ---- beside a window

    def judge_beside(self, wanted: Callable[[], None]) -> None:
        """Leave a judging of much mail to `judging`; ``wanted`` is called when one is due."""
        self._judge.judge_beside(wanted)

    def judging(self) -> Steps[None]:
        """Return the steps of judging what is due."""
        return self._judge.steps()

    def look_at_basis(self) -> None:
        """Judge anew where the zone, or what we are called, is another than it was."""
        self._judge.look_at_basis()

    @property
    def progress(self) -> MailProgress | None:
        """How far the taking in of mail is; None while every answer is as true as the last look."""
        return self._intake.progress

    def stay_connected(self) -> None:
        """Keep one connection for each account between looks, until `hang_up`."""
        self._edges.mailbox.keep()

    def hang_up(self) -> None:
        """Close the connections kept; a keyring that does not answer is waited for no longer."""
        self._edges.mailbox.close()
        self._edges.credentials.give_up()

    def freshness(self, now: datetime) -> Freshness:
        """Return as of when each account is known, and what hinders the looks since."""
        return replace(self.reading.freshness(now), progress=self.progress)

    def body_job(
        self, message_id: str, password: str | None = None
    ) -> Callable[[], OpenedLetter] | None:
        """Return the work of reading a letter whole on opening it; None when nothing is missing.

        The work touches no store and no window and raises `RefusedError` in words; what it brings
        goes to `take_body`. Raises `RefusedError` for an unknown message.
        """
        return self.reading.body_job(self._known_id(message_id), password)

    def take_body(self, opened: OpenedLetter) -> Changes:
        """Keep the words of a letter read whole; what they say is judged at once."""
        if opened is None:
            return NOTHING_CHANGED
        with self._store.write():
            if not self.reading.keep_body(opened):
                return NOTHING_CHANGED
            self._judge.renew()
            self._tell_readers()
        return _MAIL

    def waiting(self, now: datetime) -> list[WaitingEmail]:
        """Return what waits for an answer, the most urgent first; the soft ones last."""
        judgement = self._judge.current()
        clocks = judgement.conversations if judgement else self._verdicts.waiting()
        clocks = self._judge.said.over(clocks)
        return most_urgent_first(clocks, now)

    def listed(self) -> list[ListedMessage]:
        """Return every message known, the newest first, with what the clock made of it."""
        judgement = self._judge.current()
        listed = self._verdicts.listed()
        return [_judged(each, judgement) for each in listed] if judgement else listed

    def ids(self, view: MailView, text: str = "") -> list[str]:
        """Return the ids of the letters in a view, the newest first; all words must begin one."""
        self._judge.current()
        return self._verdicts.ids(view, text)

    def rows(self, message_ids: Sequence[str]) -> list[ListedMessage]:
        """Return these letters as rows of a list."""
        return self._verdicts.rows(message_ids)

    def knows_any(self) -> bool:
        """Whether any letter is known."""
        return self._verdicts.has_any()

    def recently_answered(self, limit: int) -> list[AnsweredEmail]:
        """Return the conversations answered last, the newest first."""
        judgement = self._judge.current()
        clocks = [*self._judge.said.answered(), *self._verdicts.answered(limit)][:limit]
        if judgement:
            found = [each for each in judgement.conversations if each.answered_at]
            found.sort(key=lambda each: each.answered_at or self._clock.now(), reverse=True)
            clocks = found[:limit]
        return [
            AnsweredEmail(
                clock.message_id,
                clock.person,
                clock.subject,
                clock.channel,
                clock.answered_at,
                clock.reason,
            )
            for clock in clocks
            if clock.answered_at
        ]

    def conversation(self, message_id: str) -> Conversation:
        """Return a message's whole conversation. Raises `RefusedError` for an unknown one."""
        message_id = self._known_id(message_id)
        judgement = self._judge.current()
        clock = self._clock_of(message_id, judgement)
        ids = [message_id]
        if clock and judgement:
            ids += [
                each.message_id
                for each in judgement.verdicts.values()
                if each.conversation == clock.key
            ]
        elif clock:
            ids += self._verdicts.in_conversation(clock.key)
        entries = tuple(self._verdicts.entries(list(dict.fromkeys(ids))))
        if clock is None:
            only = entries[0]
            return Conversation(
                only.person, None, only.subject, MailChannel.EMAIL, ClockState.NONE, None, None,
                only.reason, entries,
            )  # fmt: skip
        return Conversation(
            clock.person,
            clock.address,
            clock.subject,
            clock.channel,
            clock.clock,
            clock.waiting_since,
            clock.due_at,
            clock.reason,
            entries,
        )

    def _clock_of(self, message_id: str, judgement: Judgement | None) -> ConversationClock | None:
        if judgement is None:
            key = self._verdicts.conversation_key(message_id)
            clock = self._verdicts.clock(key) if key else None
            return next(iter(self._judge.said.over([clock])), None) if clock else None
        key = judgement.verdicts[message_id].conversation
        return next((each for each in judgement.conversations if each.key == key), None)

    def _known_id(self, message_id: str) -> str:
        """Return an id as it is kept, without angle brackets; raises `RefusedError` if unknown."""
        bare = message_id.strip().removeprefix("mail:").strip("<>")
        if not self._verdicts.has(bare):
            raise RefusedError(f"There is no message “{message_id}”. Nothing was changed.")
        return bare

    def mark_answered(self, message_id: str, how: str, at: datetime | None = None) -> Changes:
        """Take the seller's word that a letter was answered by phone, on Etsy or in person."""
        return self.words.answered(message_id, how, at)

    def mark_no_reply_needed(self, message_id: str, why: str) -> Changes:
        """Take the seller's word that a letter needs no answer."""
        return self.words.no_reply_needed(message_id, why)

    def reply_link(self, message_id: str) -> str:
        """Return a ``mailto:`` link, the answer begun. Raises `RefusedError` without an address."""
        conversation = self.conversation(message_id)
        address = conversation.address
        if not address or is_machine_address(address):
            where = _ANSWERED_THERE.get(conversation.channel, "where it was written")
            raise RefusedError(
                f"An email would reach nobody here: answer {where}, then mark it answered."
            )
        subject = conversation.subject
        if not subject.casefold().startswith("re:"):
            subject = f"Re: {subject}".strip()
        body = self._letter_begun(conversation.person)
        return f"mailto:{quote(address, safe='@+')}?subject={quote(subject)}&body={quote(body)}"

    def _letter_begun(self, person: str | None) -> str:
        first = _NAME.match(person) if person and "@" not in person else None
        salutation = f"Dear {first[0]}," if first else "Dear …,"
        signature = self._settings.get("shop.signature") or self._settings.get("shop.name")
        lines = [salutation, "", "Thank you for your letter.", "", "", "Yours truly,", signature]
        return "\r\n".join(lines).rstrip()

    def accounts(self) -> list[AccountShown]:
        """Return the mail accounts and how their last looks went."""
        return self._accounts.all()

    def last_look(self) -> LastLook:
        """Return when the mailboxes were last seen whole, and what hinders it now."""
        return self.mailboxes.last_look()

    def search(self, text: str, limit: int) -> list[MessageFound]:
        """Return messages in which every word of the text begins a word."""
        return self._verdicts.search(text, limit)

    def mismatches(self) -> list[str]:
        """Return the Message-IDs whose kept decision or clock is not the one that follows."""
        return self._judge.mismatches()

    def refresh(self) -> Changes:
        """Judge anew if orders, undo or settings changed what the clock depends on."""
        was_stale = self._verdicts.is_stale()
        self._judge.current()
        return _MAIL if was_stale else NOTHING_CHANGED


_ANSWERED_THERE: Final = {
    MailChannel.ETSY: "in Etsy’s Messages",
    MailChannel.EBAY: "in eBay’s messages",
    MailChannel.INSTAGRAM: "on Instagram",
    MailChannel.FACEBOOK: "on Facebook",
    MailChannel.PAYPAL: "through the order",
}


def _judged(listed: ListedMessage, judgement: Judgement) -> ListedMessage:
    verdict = judgement.verdicts[listed.message_id]
    return replace(
        listed,
        folder=verdict.folder,
        decision=verdict.decision,
        reason=verdict.reason,
        channel=verdict.channel,
        person=verdict.person,
        clock=verdict.clock,
    )


def correspondence_over(
    store: Store, orders: OrderRows, settings: Settings, clock: Clock, edges: MailEdges
) -> Correspondence:
    """Build the service over an open store; the composition root gives the edges."""
    messages, verdicts, accounts = Messages(store), Verdicts(store), AccountRows(store)
    judge = MailJudge(store, messages, verdicts, accounts, orders, settings)
    return Correspondence(store, messages, verdicts, accounts, judge, settings, edges, clock)
