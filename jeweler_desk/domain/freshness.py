"""How fresh the knowledge of mail is: when each account was last seen whole, and what hinders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from jeweler_desk.domain.mail_access import Hindrance

WARN_AFTER: Final = timedelta(minutes=30)
"""A look that fails for longer is itself a warning (facts/mail.md section 9)."""

STALE_AFTER: Final = timedelta(hours=1)
"""Beyond it no letter is called late without saying how old the knowledge is (section 5.1)."""


@dataclass(frozen=True, slots=True)
class AccountFreshness:
    """One account: its last good look (None: never yet), and the trouble since, in words.

    ``hindrance`` is of what kind the trouble is. ``known_since`` is when the account was added.
    ``clock_slow_by``: its server stamped new mail that much ahead of this computer's clock.
    """

    address: str
    looked_at: datetime | None
    error: str | None
    known_since: datetime
    clock_slow_by: timedelta | None = None
    hindrance: Hindrance | None = None

    def is_warning(self, now: datetime) -> bool:
        """Tell whether looks have failed for more than half an hour."""
        return self.error is not None and self._age(now) > WARN_AFTER

    def is_unseen(self, now: datetime) -> bool:
        """Tell whether it is worth a reminder of its own: a login refused, or no look for long."""
        return self._age(now) > WARN_AFTER or self.hindrance is Hindrance.LOGIN

    def is_stale(self, now: datetime) -> bool:
        """Tell whether the last good look is over an hour old."""
        return self._age(now) > STALE_AFTER

    def _age(self, now: datetime) -> timedelta:
        return now - (self.looked_at or self.known_since)


@dataclass(frozen=True, slots=True)
class MailProgress:
    """How much of the mail that came is taken in; once all is, it is being judged."""

    done: int
    count: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """All accounts at one moment; with a ``progress`` mail is being taken in or judged just now."""

    now: datetime
    accounts: tuple[AccountFreshness, ...] = ()
    progress: MailProgress | None = None

    @property
    def as_of(self) -> datetime | None:
        """When all accounts were last seen whole; None while one never was, or there is none."""
        looks = [each.looked_at for each in self.accounts]
        seen = [each for each in looks if each is not None]
        return min(seen) if seen and len(seen) == len(looks) else None

    @property
    def failing(self) -> Sequence[AccountFreshness]:
        """Return the accounts whose last look failed."""
        return [each for each in self.accounts if each.error is not None]

    @property
    def warnings(self) -> Sequence[AccountFreshness]:
        """Return the accounts whose looks have failed for more than half an hour."""
        return [each for each in self.accounts if each.is_warning(self.now)]

    @property
    def is_stale(self) -> bool:
        """Whether an account was not seen for over an hour: alarms then name their age."""
        return any(each.is_stale(self.now) for each in self.accounts)

    @property
    def clock_slow_by(self) -> timedelta | None:
        """By how much this computer's clock seems to be slow; None where it does not."""
        return max((e.clock_slow_by for e in self.accounts if e.clock_slow_by), default=None)
