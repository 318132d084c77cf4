"""How fresh the knowledge of mail is, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.freshness import AccountFreshness, Freshness, MailProgress
from jeweler_desk.domain.mail_access import Hindrance
from jeweler_desk.domain.mail_access_wording import without_fingerprint
from jeweler_desk.domain.wording import moment_text, span_text

_BRIEFLY: Final = {
    Hindrance.LOGIN: "the login was refused",
    Hindrance.SECRET: "no password is known",
    Hindrance.CERTIFICATE: "the certificate is not trusted",
}
_BRIEF: Final = 40


def freshness_text(freshness: Freshness, timezone: str, *, is_brief: bool = False) -> str:
    """Say as of when the mail is known, or since when an account could not be looked at.

    ``is_brief`` gives the reason in a few words, or leaves it out.
    """
    failing = freshness.failing
    if failing:
        worst = min(failing, key=lambda each: each.looked_at or each.known_since)
        why = f" ({worst.address}: {without_fingerprint(worst.error or '')})"
        if is_brief:
            brief = _in_a_few_words(worst)
            why = f" ({brief})" if brief else ""
        if worst.looked_at is None:
            return f"could not look yet{why}"
        return f"could not look since {_when(worst.looked_at, freshness.now, timezone)}{why}"
    under_way = progress_text(freshness.progress) if freshness.progress else ""
    if freshness.as_of is None:
        none = "not looked yet" if freshness.accounts else "no mailbox is connected"
        return under_way or none
    told = f"as of {_when(freshness.as_of, freshness.now, timezone)}"
    return f"{told}; {under_way}" if under_way else told


def _in_a_few_words(failing: AccountFreshness) -> str:
    error = failing.error or ""
    known = _BRIEFLY.get(failing.hindrance) if failing.hindrance else None
    return known or (error if len(error) <= _BRIEF else "")


MAIL_IS_READ: Final = "Mail is being read"
KNOWN_SOON: Final = "Who waits stands here as soon as all is known."


def progress_text(progress: MailProgress) -> str:
    """Say how far the taking in of mail is."""
    if progress.done < progress.count:
        return f"reading {progress.done:,} of {progress.count:,}"
    return "finding out who waits"


def clock_slow_text(slow_by: timedelta) -> str:
    """Say that this computer's clock is slow, and what that does."""
    return (
        f"This computer’s clock is slow: the mail server is {span_text(slow_by)} ahead. Letters"
        " are kept as they are; set the clock, so that no hour is counted wrong."
    )


def _when(moment: datetime, now: datetime, timezone: str) -> str:
    """Write an instant: today's as 14:05, another day's with its day."""
    zone = ZoneInfo(timezone)
    local = moment.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"{local:%H:%M}"
    return moment_text(moment, now, timezone)
