"""The outbox: queued, handed to the server, seen in Sent; whatever happens, never sent twice.

Each step is committed before the next begins: "connecting" before the network is touched,
"handing over" before a word of the letter is given away. After a crash the first is tried again,
the second is shown as perhaps sent, and only Sent can tell.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final
from urllib.parse import quote

from jeweler_desk.domain.letter import (
    IN_OUTBOX,
    MOST_TRIES,
    TAKE_BACK,
    CopyState,
    Letter,
    LetterError,
    LetterState,
    next_try_at,
    refuse_unless,
)
from jeweler_desk.domain.letter_address import is_form, is_mailable
from jeweler_desk.domain.letter_fate import WATCHED_FOR, copy_in_sent, is_about
from jeweler_desk.domain.letter_template import open_fields
from jeweler_desk.domain.letter_wording import finding_text
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import FolderKind, canonical_address, domain_of
from jeweler_desk.domain.outgoing import (
    Envelope,
    Outcome,
    Outgoing,
    Result,
    has_own_id,
    keeps_own_copy,
    references_of,
)
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, Topic
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.letters import Letters
from jeweler_desk.services.ports import Delivery, MailSender
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.answered_mail import AnsweredMail
from jeweler_desk.store.database import Store
from jeweler_desk.store.letters import LetterRows

_LOG: Final = logging.getLogger(__name__)
_LETTERS: Final[Changes] = frozenset({Topic.LETTERS})
_COPY_AGAIN: Final = timedelta(minutes=5)
_NO_WAY: Final = (
    "No mail account can send yet: connect a mailbox with its server for sending, or open the"
    " letter in your mail program. Nothing was sent."
)
_NO_ADDRESS: Final = (
    "An email would reach nobody: answer on the marketplace, copy the words there, and say that"
    " they were given elsewhere. Nothing was sent."
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: how far it came, and the server that waits for the words."""

    letter_id: int
    result: Result
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True)
class CopyLaid:
    """A copy put into Sent, or what hindered it."""

    letter_id: int
    trouble: str | None


class Outbox:
    """Sends letters, one at a time; network work is done by what the job methods return."""

    def __init__(
        self,
        store: Store,
        rows: LetterRows,
        letters: Letters,
        mail: Correspondence,
        settings: Settings,
        clock: Clock,
        sender: MailSender,
    ) -> None:
        self._store = store
        self._rows = rows
        self._letters = letters
        self._mail = mail
        self._settings = settings
        self._clock = clock
        self._sender = sender
        self._answered = AnsweredMail(store)
        self._at_work: set[int] = set()
        mail.when_read(self.notice)

    def waiting(self) -> list[Letter]:
        """Return what is in the outbox, the oldest first."""
        return self._rows.in_states(sorted(IN_OUTBOX))

    def in_their_seconds(self) -> list[Letter]:
        """Return the letters that can still be taken back: no server was asked to take them."""
        return [each for each in self._rows.in_states([LetterState.QUEUED]) if not each.tries]

    def leave_now(self) -> list[Letter]:
        """Let those leave at once that wait their twenty seconds: the desk is about to close."""
        hurried, now = self.in_their_seconds(), self._clock.now()
        with self._store.write():
            for each in hurried:
                self._rows.change(each.id, leaves_at=now)
        return hurried

    def last_queued(self) -> Letter | None:
        """Return the letter queued last that no server was asked to take yet; None without one."""
        fresh = self.in_their_seconds()
        return max(fresh, key=lambda each: (each.queued_at or each.made_at, each.id), default=None)

    def can_send(self) -> bool:
        """Whether any account has a server for sending."""
        return any(each.account.smtp_host for each in self._mail.accounts())

    # ---- her acts

    def queue(self, letter_id: int) -> Changes:
        """Let a letter leave in 20 seconds; until then it can be taken back.

        Raises `RefusedError` for a letter that is not whole, or says what the records do not.
        """
        letter = self._letters.get(letter_id)
        refuse_unless(letter, LetterState.DRAFT)
        self._refuse_unfinished(letter)
        account = self._account_for(letter)
        from_address = letter.from_address or account.address
        now = self._clock.now()
        from uuid import uuid4  # noqa: PLC0415 - no start needs it

        message_id = f"{uuid4().hex}@{_id_domain(from_address)}"
        raw = self._sender.write_down(self._outgoing(letter, from_address, message_id, now))
        with self._store.write():
            self._change(
                letter, LetterState.QUEUED, message_id=message_id, raw=raw, tries=0,
                account=account.address, from_address=from_address, queued_at=now,
                leaves_at=now + TAKE_BACK, trouble=None,
            )  # fmt: skip
        return _LETTERS

    def take_back(self, letter_id: int) -> Changes:
        """Make a queued letter a draft again. Raises `LetterError` once a server may have it."""
        letter = self._letters.get(letter_id)
        refuse_unless(letter, LetterState.QUEUED)
        with self._store.write():
            self._to_draft(letter, letter.trouble)
        return _LETTERS

    def write_again(self, letter_id: int) -> Changes:
        """Make a letter that was perhaps sent a draft again: she looked, and it is not in Sent."""
        letter = self._letters.get(letter_id)
        refuse_unless(letter, LetterState.UNCLEAR)
        with self._store.write():
            self._to_draft(letter, None)
        return _LETTERS

    def _refuse_unfinished(self, letter: Letter) -> None:
        if not is_mailable(letter.to_address):
            raise LetterError(_NO_ADDRESS)
        open_ones = open_fields(f"{letter.subject}\n{letter.body}")
        if open_ones:
            raise LetterError(
                f"Something is still open in the letter: {', '.join(open_ones)}. Nothing was sent."
            )
        if not letter.subject.strip() or not letter.body.strip():
            raise LetterError("A letter needs a subject and words. Nothing was sent.")
        locks = self._letters.locks(letter)
        if locks:
            told = " ".join(finding_text(each) for each in locks)
            raise LetterError(f"{told} Put it right, or say that it is right. Nothing was sent.")

    def _account_for(self, letter: Letter) -> MailAccount:
        accounts = [each.account for each in self._mail.accounts()]
        able = [each for each in accounts if each.smtp_host]
        same = [
            each
            for each in able
            if canonical_address(each.address) == canonical_address(letter.from_address)
        ]
        if letter.answers:
            origins = self._answered.origins(letter.answers)
            same += [each for each in able if each.address in origins]
        if not able:
            raise LetterError(_NO_WAY)
        return [*same, *able][0]

    def _outgoing(
        self, letter: Letter, from_address: str, message_id: str, now: datetime
    ) -> Outgoing:
        asked = self._answered.message(letter.answers) if letter.answers else None
        is_reply = asked is not None and not is_form(asked)
        name = self._settings.get("shop.name") or self._settings.get("shop.signature")
        return Outgoing(
            message_id=message_id,
            at=self._settings.local(now),
            from_name=" ".join(name.split()),
            from_address=from_address,
            to_name=" ".join(letter.to_name.split()),
            to_address=letter.to_address,
            subject=" ".join(letter.subject.split()),
            body=letter.body,
            in_reply_to=asked.message_id if asked and is_reply and has_own_id(asked) else None,
            references=references_of(asked) if asked and is_reply else (),
        )

    def mail_link(self, letter_id: int) -> str:
        """Return a ``mailto:`` link with the letter prepared. Raises `RefusedError`."""
        letter = self._letters.get(letter_id)
        if not is_mailable(letter.to_address):
            raise LetterError(_NO_ADDRESS)
        body = quote(letter.body.replace("\n", "\r\n"))
        to = quote(letter.to_address, safe="@+")
        return f"mailto:{to}?subject={quote(letter.subject)}&body={body}"

    def mail_file(self, letter_id: int) -> Path:
        """Write a letter as an .eml file that mail programs open to be sent; return its path.

        A ``mailto:`` link carries only some two thousand characters. Raises `RefusedError`.
        """
        letter = self._letters.get(letter_id)
        now = self._clock.now()
        message_id = f"{letter.id}.{int(now.timestamp())}@letters.invalid"
        raw = self._sender.write_down(self._outgoing(letter, letter.from_address, message_id, now))
        kept = [line for line in raw.split("\r\n") if not line.startswith("Message-ID:")]
        path = Path(mkdtemp(prefix="letter-")) / "letter.eml"
        path.write_bytes("\r\n".join(["X-Unsent: 1", *kept]).encode("ascii"))
        return path

    # ---- sending: prepare, work, apply; twice

    def next_due_at(self) -> datetime | None:
        """Return when the outbox has something to do next; None while nothing waits in it."""
        times = [each.leaves_at for each in self._rows.in_states([LetterState.QUEUED])]
        return min((each for each in times if each), default=None)

    def recover(self) -> Changes:
        """Bring letters that a crash left on their way to what is known of them."""
        lost = [
            each
            for each in self._rows.in_states([LetterState.CONNECTING, LetterState.HANDING_OVER])
            if each.id not in self._at_work
        ]
        if not lost:
            return NOTHING_CHANGED
        with self._store.write():
            for each in lost:
                if each.state is LetterState.CONNECTING:
                    self._change(each, LetterState.QUEUED)
                else:
                    why = self._doubt(each, "the program ended while the server was taking it")
                    self._change(each, LetterState.UNCLEAR, trouble=why)
        return _LETTERS

    def begin_job(self, password: str | None = None) -> Callable[[], Attempt] | None:
        """Return the work of reaching the server for the letter that is due; None when none is.

        ``password`` serves an account whose own is not known.
        """
        self.recover()
        now = self._clock.now()
        due = [
            each
            for each in self._rows.in_states([LetterState.QUEUED])
            if each.leaves_at and each.leaves_at <= now and each.id not in self._at_work
        ]
        if not due or self._at_work:
            return None
        letter = min(due, key=lambda each: (each.leaves_at or now, each.id))
        account = self._account(letter.account)
        if account is None:
            with self._store.write():
                self._to_draft(letter, "its mail account is gone")
            return self.begin_job(password)
        with self._store.write():
            self._change(letter, LetterState.CONNECTING, tries=letter.tries + 1, tried_at=now)
        self._at_work.add(letter.id)
        sender, secrets = self._sender, self._mail.secrets
        envelope = Envelope(letter.from_address, letter.to_address)

        def work() -> Attempt:
            try:
                secret = secrets.of(account, password)
            except RefusedError as refused:
                return Attempt(letter.id, Result(Outcome.NOT_NOW, str(refused)))
            try:
                delivery, result = sender.begin(account, secret, envelope)
            except Exception as error:  # noqa: BLE001 - no word has left: it waits and is told
                _LOG.warning("A letter could not be begun", exc_info=error)
                return Attempt(letter.id, Result(Outcome.NOT_NOW, "the program stumbled"))
            return Attempt(letter.id, result, delivery)

        return work

    def hand_over_job(self, begun: Attempt) -> Callable[[], Attempt] | None:
        """Return the work of giving the words to a server that waits; None when it does not."""
        if begun.delivery is None:
            self.settle(begun)
            return None
        letter = self._letters.get(begun.letter_id)
        delivery, raw = begun.delivery, self._rows.raw(letter.id)
        with self._store.write():
            self._change(letter, LetterState.HANDING_OVER)

        def work() -> Attempt:
            try:
                result = delivery.hand_over(raw)
            except Exception as error:  # noqa: BLE001 - some words may have left
                _LOG.warning("A letter was not handed over whole", exc_info=error)
                result = Result(Outcome.UNCLEAR, "the program stumbled")
            return Attempt(letter.id, result)

        return work

    def settle(self, attempt: Attempt) -> Changes:
        """Keep what became of an attempt."""
        self._at_work.discard(attempt.letter_id)
        letter = self._letters.get(attempt.letter_id)
        now = self._clock.now()
        result = attempt.result
        with self._store.write():
            match result.outcome:
                case Outcome.HANDED_OVER:
                    account = self._account(letter.account)
                    keeps = account is None or keeps_own_copy(account.smtp_host)
                    copy = CopyState.NONE if keeps else CopyState.WANTED
                    self._change(
                        letter, LetterState.HANDED_OVER, handed_at=now, trouble=None,
                        copy_state=copy.value, copy_at=now,
                    )  # fmt: skip
                case Outcome.UNCLEAR:
                    self._change(
                        letter, LetterState.UNCLEAR, trouble=self._doubt(letter, result.why)
                    )
                case Outcome.NEVER:
                    self._to_draft(letter, result.why)
                case Outcome.NOT_NOW | Outcome.READY:
                    if letter.tries >= MOST_TRIES:
                        self._to_draft(letter, result.why)
                    else:
                        self._change(
                            letter, LetterState.QUEUED, trouble=result.why,
                            leaves_at=next_try_at(now, letter.tries),
                        )  # fmt: skip
        return _LETTERS

    def send_due(self, password: str | None = None) -> list[Letter]:
        """Send everything that is due, here and now; return what was tried."""
        tried: list[int] = []
        while (begin := self.begin_job(password)) is not None:
            begun = begin()
            tried.append(begun.letter_id)
            hand_over = self.hand_over_job(begun)
            if hand_over is not None:
                self.settle(hand_over())
        while (copy := self.copy_job(password)) is not None:
            self.copy_laid(copy())
        return [self._letters.get(each) for each in tried]

    # ---- the copy in Sent

    def copy_job(self, password: str | None = None) -> Callable[[], CopyLaid] | None:
        """Return the work of laying the next copy into Sent; None when none is wanted now."""
        now = self._clock.now()
        wanted = [
            (letter, account, letter.message_id)
            for letter in self._rows.without_copy(now)
            if (account := self._account(letter.account)) is not None and letter.message_id
        ]
        if not wanted:
            return None
        letter, account, message_id = wanted[0]
        account = self._with_sent_folder(account)
        with self._store.write():
            self._rows.change(letter.id, copy_at=now + _COPY_AGAIN)
        sender, secrets, raw = self._sender, self._mail.secrets, self._rows.raw(letter.id)
        at = letter.handed_at or now

        def work() -> CopyLaid:
            try:
                secret = secrets.of(account, password)
            except RefusedError as refused:
                return CopyLaid(letter.id, str(refused))
            return CopyLaid(letter.id, sender.keep_copy(account, secret, raw, message_id, at))

        return work

    def copy_laid(self, laid: CopyLaid) -> Changes:
        """Keep that a copy lies in Sent, or what hindered it; it is tried again then."""
        trouble = f"It was handed over; its copy in Sent: {laid.trouble}" if laid.trouble else None
        state = CopyState.WANTED if laid.trouble else CopyState.KEPT
        is_back = self._letters.get(laid.letter_id).state is LetterState.CAME_BACK
        said = {} if is_back else {"trouble": trouble}  # that it came back is what counts
        with self._store.write():
            self._rows.change(laid.letter_id, copy_state=state.value, **said)
        return _LETTERS

    def _with_sent_folder(self, account: MailAccount) -> MailAccount:
        """Name the Sent folder that is read as such, by the seller's word or by its senders."""
        folders = self._mail.reading.folders(account.address)
        sent = [each.name for each in folders if each.is_read and each.kind is FolderKind.SENT]
        if account.sent_folder is None and len(sent) == 1:
            return replace(account, sent_folder=sent[0])
        return account

    # ---- what the mailbox tells

    def notice(self) -> None:
        """See which letters lie in Sent and which came back; called when mail was read."""
        now = self._clock.now()
        watched = [
            each
            for each in self._rows.in_states(
                [LetterState.HANDED_OVER, LetterState.UNCLEAR, LetterState.SEEN_IN_SENT]
            )
            if now - (each.handed_at or each.leaves_at or now) <= WATCHED_FOR
        ]
        if not watched:
            return
        since = min(each.handed_at or each.leaves_at or now for each in watched) - timedelta(
            hours=1
        )
        known = self._rows.known_ids()
        in_sent = self._answered.in_sent_since(since)
        reports = self._answered.reports_since(since)
        renamed = False
        with self._store.write():
            for letter in watched:
                if letter.state is not LetterState.SEEN_IN_SENT:
                    seen = next(
                        (each for each in in_sent if each.message_id == letter.message_id), None
                    )
                    seen = seen or copy_in_sent(letter, in_sent, known)
                    if seen is not None:
                        renamed |= bool(letter.answers) and seen.message_id != letter.message_id
                        known.add(seen.message_id)
                        self._change(
                            letter, LetterState.SEEN_IN_SENT, message_id=seen.message_id,
                            seen_at=now, trouble=None, copy_state=CopyState.KEPT.value,
                            handed_at=letter.handed_at or seen.received_at,
                        )  # fmt: skip
            for letter in (self._letters.get(each.id) for each in watched):
                back = next((each for each in reports if is_about(each, letter, known)), None)
                if back is not None:
                    self._change(
                        letter, LetterState.CAME_BACK, came_back_at=back.received_at,
                        trouble="it could not be delivered",
                    )  # fmt: skip
            if renamed:
                self._mail.judge_anew()

    def _doubt(self, letter: Letter, why: str) -> str:
        """Say why nobody knows, and where Sent cannot tell: not every server keeps copies."""
        account = self._account(letter.account)
        if account is None or keeps_own_copy(account.smtp_host):
            return why
        return (
            f"{why}; this mailbox may keep no copy by itself, so an empty Sent proves nothing:"
            " ask before you send it again"
        )

    # ---- rows

    def _account(self, address: str | None) -> MailAccount | None:
        accounts = [each.account for each in self._mail.accounts()]
        return next((each for each in accounts if each.address == address), None)

    def _change(self, letter: Letter, state: LetterState, **cells: Any) -> None:
        self._rows.change(letter.id, state=state.value, changed_at=self._clock.now(), **cells)

    def _to_draft(self, letter: Letter, trouble: str | None) -> None:
        self._change(
            letter, LetterState.DRAFT, trouble=trouble, message_id=None, raw=None, tries=0,
            queued_at=None, leaves_at=None,
        )  # fmt: skip
        self._rows.lay_on_desk(letter.id)


def _id_domain(address: str) -> str:
    domain = domain_of(address)
    return domain if domain and domain.isascii() else "letters.invalid"
