"""What reading mail shows beside the letters: freshness, folders, a letter opened whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from jeweler_desk.domain.freshness import Freshness
from jeweler_desk.domain.mailbox import (
    AccountReading,
    FolderChoice,
    LetterPlace,
    ListedFolder,
    MailAccount,
    WholeLetter,
)
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.reminder import rung_reached
from jeweler_desk.domain.verdict import ConversationClock
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.mail_secrets import MailSecrets
from jeweler_desk.services.ports import Mailbox
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_accounts import MailAccounts as AccountRows
from jeweler_desk.store.mail_server_facts import MailServerFacts
from jeweler_desk.store.messages import Messages

OpenedLetter = WholeLetter | None
"""A letter read whole; None when it lies nowhere on the server any more."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One account's inbox and how to wait for its server's word; `wait` and `close` as in ports."""

    address: str
    wait: Callable[[float], bool | None]
    close: Callable[[], None]


class MailReading:
    """Knows the servers as the last looks saw them, and reads a single letter on opening."""

    def __init__(
        self,
        store: Store,
        messages: Messages,
        accounts: AccountRows,
        mailbox: Mailbox,
        secrets: MailSecrets,
        clock: Clock,
    ) -> None:
        self._store = store
        self._messages = messages
        self._accounts = accounts
        self._facts = MailServerFacts(store)
        self._mailbox = mailbox
        self._secrets = secrets
        self._clock = clock

    def freshness(self, now: datetime) -> Freshness:
        """Return as of when each account is known, and what hinders the looks since."""
        return Freshness(now, self._facts.freshness())

    def capabilities(self, address: str) -> frozenset[str]:
        """Return what an account's server said it can do, in the last look that reached it."""
        return self._facts.capabilities(address)

    def folders(self, address: str) -> list[ListedFolder]:
        """Return an account's folders, each with what it is read as, by the seller's word too.

        Raises `RefusedError` for an unknown account.
        """
        known = self._known(address)
        listed = {each.name: each for each in self._facts.listed(known)}
        for choice in self._facts.choices(known):
            kind = choice.kind
            listed[choice.folder] = ListedFolder(choice.folder, kind, kind is not None)
        return list(listed.values())

    def choose_folder(self, address: str, folder: str, kind: FolderKind | None) -> Changes:
        """Have a folder read as that kind from the next look on, or (None) left alone.

        Raises `RefusedError` for an account or a folder that is not known.
        """
        known = self._known(address)
        names = [each.name for each in self.folders(known)]
        if folder not in names:
            raise RefusedError(
                f"{known} has no folder “{folder}”: {', '.join(names) or 'none is known yet'}."
                " Nothing was changed."
            )
        if folder.upper() == "INBOX" and kind is not FolderKind.INBOX:
            raise RefusedError("The inbox is always read as what it is. Nothing was changed.")
        words = "Read the folder" if kind else "Leave the folder"
        with self._store.step(f"{words} {folder} of {known}") as step:
            self._facts.choose(known, FolderChoice(folder, kind))
        return changes_of(step.tables)

    def _known(self, address: str) -> str:
        for each in self._accounts.all():
            if each.account.address.casefold() == address.casefold():
                return each.account.address
        raise RefusedError(f"There is no account {address}. Nothing was changed.")

    def unopened(self, message_ids: Iterable[str]) -> set[str]:
        """Return those of some messages whose words were not read yet, or not to their end."""
        return self._messages.unopened(list(message_ids))

    def body_job(
        self, message_id: str, password: str | None = None
    ) -> Callable[[], OpenedLetter] | None:
        """Return the work of reading a letter whole; None when it was, or lies on no server.

        The work touches no store and no window; what it returns goes to `take_body`. It raises
        `RefusedError` in words. ``password`` serves an account whose own is not known.
        """
        place = self._messages.place_of(message_id)
        accounts = {each.account.address: each.account for each in self._accounts.all()}
        account = accounts.get(place[0]) if place else None
        if place is None or account is None:
            return None
        letter = LetterPlace(account, place[1], place[2], place[3], message_id)
        mailbox, secrets, now = self._mailbox, self._secrets, self._clock.now()

        def work() -> OpenedLetter:
            return mailbox.read_whole(letter, secrets.of(account, password), now)

        return work

    def keep_body(self, letter: WholeLetter) -> bool:
        """Keep a letter's words; needs an open transaction. False for an unknown letter."""
        return self._messages.open(letter.message_id, letter.received)

    def watches(self) -> list[Watched]:
        """Return what waits for the accounts' servers; each waits in a thread of its own."""
        return [self._watched(each.account) for each in self._accounts.all()]

    def _watched(self, account: MailAccount) -> Watched:
        watch, secrets = self._mailbox.watch(account), self._secrets
        return Watched(
            account.address,
            lambda seconds: watch.wait(secrets.of(account), seconds),
            watch.close,
        )

    def note(self, reading: AccountReading) -> None:
        """Keep what a look showed of the server; needs an open transaction."""
        self._facts.note(reading)

    def never_seen(self) -> set[str]:
        """Return the accounts that were never seen whole: their first look raises no alarm."""
        return self._facts.never_seen()

    def note_found_first(
        self, reading: AccountReading, waiting: Iterable[ConversationClock]
    ) -> None:
        """Let no notice tell anew of what an account's first look found late already."""
        late = [clock for clock in waiting if clock.due_at is not None]
        seen = self._messages.lying_at(reading.address, [clock.message_id for clock in late])
        now = reading.looked_at
        self._facts.note_found_first(
            (clock.message_id, rung)
            for clock in late
            if clock.message_id in seen
            and clock.due_at is not None
            and (rung := rung_reached(clock.due_at, now)) is not None
        )
