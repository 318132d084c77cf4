"""Takes in what looks into mailboxes brought: a little at once, much in short steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from jeweler_desk.domain.freshness import MailProgress
from jeweler_desk.domain.mail_portions import PORTION, Portion, portions
from jeweler_desk.domain.mailbox import AccountReading, FolderReading, SetAside
from jeweler_desk.services.mail_judge import MailJudge
from jeweler_desk.services.mail_reading import MailReading
from jeweler_desk.services.steps import Steps
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_verdicts import Verdicts
from jeweler_desk.store.messages import MailTaken, Messages, Taking

Fetched = tuple[AccountReading, ...]


@dataclass(frozen=True, slots=True)
class AccountFetched:
    """What one account's look brought."""

    address: str
    taken: MailTaken
    set_aside: tuple[SetAside, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is done with a look beside keeping its messages; each act needs an open transaction.

    ``note_look`` makes the account as fresh as the look, ``note_aside`` keeps what could not be
    read and tells what is new of it, ``follow`` brings up to date what hangs on mail.
    """

    note_look: Callable[[AccountReading], None]
    note_aside: Callable[[Sequence[FolderReading], datetime], tuple[SetAside, ...]]
    follow: Callable[[], None]


class MailIntake:
    """Knows how far the taking in has come."""

    def __init__(
        self,
        store: Store,
        messages: Messages,
        verdicts: Verdicts,
        judge: MailJudge,
        reading: MailReading,
        beside: Beside,
        portion: int = PORTION,
    ) -> None:
        self._store = store
        self._messages = messages
        self._verdicts = verdicts
        self._judge = judge
        self._reading = reading
        self._beside = beside
        self._portion = portion
        self._progress: MailProgress | None = None

    @property
    def progress(self) -> MailProgress | None:
        """How far it is; None while nothing is taken in or judged in steps."""
        if self._progress is None and self._judge.is_awaited:
            return MailProgress(0, 0)
        return self._progress

    def steps(self, fetched: Fetched) -> Steps[list[AccountFetched]]:
        """Take in what a look brought, in short steps where it is much.

        Every step leaves a state from which the next look goes on. The account counts as looked at
        only when all was taken in and judged, so that nothing is called fresh, or is told of, that
        is half known.
        """
        is_due = self._verdicts.is_stale()
        looks = [_Look(each, self._messages.taking()) for each in fetched]
        count = sum(len(folder.copies) for each in fetched for folder in each.folders)
        if count <= self._portion:
            with self._store.write():
                for look in looks:
                    for folder in look.reading.folders:
                        self._take(look, Portion(folder, is_last=True))
                    while look.has_more_numbers_to_forget():
                        pass
                if self._is_judged(looks):
                    return self._conclude(looks, is_due=is_due)
        try:
            if count > self._portion:
                self._judge.wait_for_all()
                yield from self._take_in_steps(looks, count)
            self._progress = MailProgress(count, count)
            yield from self._judge.steps()
        finally:
            self._progress = None
            self._judge.wait_no_more()
        with self._store.write():
            return self._conclude(looks, is_due=is_due)

    def _take_in_steps(self, looks: Sequence[_Look], count: int) -> Steps[None]:
        done = 0
        for look in looks:
            for folder in look.reading.folders:
                yield from self._in_steps(partial(look.taking.take_numbers, folder))
                for portion in portions(folder, self._portion):
                    with self._store.write_portion():
                        self._take(look, portion)
                    done += len(portion.reading.copies)
                    self._progress = MailProgress(done, count)
                    yield self._store.settling()
            yield from self._in_steps(look.has_more_numbers_to_forget)

    def _in_steps(self, act: Callable[[], bool]) -> Steps[None]:
        """Repeat an act, each time in a transaction of its own, as long as it leaves something."""
        is_more = True
        while is_more:
            with self._store.write_portion():
                is_more = act()
            if is_more:
                yield None

    def _take(self, look: _Look, portion: Portion) -> None:
        look.taking.add(portion)
        look.aside += self._beside.note_aside([portion.reading], look.reading.looked_at)

    def _is_judged(self, looks: Sequence[_Look]) -> bool:
        """Judge what came, in place; False where that is left to be done in steps."""
        asks = any(each.taking.taken().asks_for_judging for each in looks)
        return self._judge.renew() if asks or self._verdicts.is_stale() else True

    def _conclude(self, looks: Sequence[_Look], *, is_due: bool) -> list[AccountFetched]:
        """Count the accounts as looked at, and let what hangs on mail follow."""
        first = self._reading.never_seen()
        told = [look.told() for look in looks]
        for look in looks:
            self._beside.note_look(look.reading)
            self._reading.note(look.reading)
        if is_due or any(each.taken.asks_for_judging for each in told):
            self._beside.follow()
        for look in looks:
            if look.reading.address in first:
                self._reading.note_found_first(look.reading, self._verdicts.waiting())
        return told


@dataclass(slots=True)
class _Look:
    """One account's look while it is taken in."""

    reading: AccountReading
    taking: Taking
    aside: tuple[SetAside, ...] = ()

    def has_more_numbers_to_forget(self) -> bool:
        """Let go of a renumbered folder's old numbers, once the account was read to its end."""
        if self.reading.error is not None:
            return False
        return self.taking.forget_renumbered(self.reading.address)

    def told(self) -> AccountFetched:
        """Sum it up."""
        taken = self.taking.taken()
        return AccountFetched(self.reading.address, taken, self.aside, self.reading.error)
