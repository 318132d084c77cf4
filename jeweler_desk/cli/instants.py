"""How options name an instant: ISO 8601 with its offset, or `now`."""

from __future__ import annotations

from datetime import datetime

from jeweler_desk.domain.refusal import RefusedError


class InstantOptionError(RefusedError):
    """An option that is no instant; the sentence shows one."""


def instant_of(option: str, text: str | None, now: datetime) -> datetime | None:
    """Read an option's instant; None where it was not given."""
    if text is None or text == "now":
        return None if text is None else now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InstantOptionError(
            f"{option}: “{text}” is not an instant such as 2026-10-05T22:30-04:00."
            " Nothing was changed."
        )
    return moment
