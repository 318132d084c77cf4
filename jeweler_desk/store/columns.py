"""How money, instants, days, states and addresses stand in columns, both ways."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Variation

_ADDRESS_CELLS: Final = tuple(cell.name for cell in fields(PostalAddress))
_as_json: Final = json.JSONEncoder(ensure_ascii=False).encode
_SECONDS_END: Final = len("2026-10-06T02:30:00")


@lru_cache(maxsize=1024)
def instant_text(moment: datetime | None) -> str | None:
    """Write an aware instant as UTC text ``2026-10-06T02:30:00Z``; sorts as time does."""
    if moment is None:
        return None
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat()[:_SECONDS_END] + "Z"


def instant(text: str | None) -> datetime | None:
    """Read what `instant_text` wrote."""
    return datetime.fromisoformat(text) if text else None


def known_instant(text: str) -> datetime:
    """Read an instant from a column that is never empty."""
    return datetime.fromisoformat(text)


def day_text(day: date | None) -> str | None:
    """Write a plain day as ISO text."""
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    """Read a plain day."""
    return date.fromisoformat(text) if text else None


def minor_units(money: Money | None) -> int | None:
    """Write an amount; its currency stands once per order."""
    return None if money is None else money.minor_units


def money(units: int | None, currency: str) -> Money | None:
    """Read an amount."""
    return None if units is None else Money(units, currency)


def address_text(address: PostalAddress | None) -> str | None:
    """Write an address as JSON of its filled cells; None when there is none."""
    if address is None:
        return None
    cells = {name: cell for name in _ADDRESS_CELLS if (cell := getattr(address, name))}
    return _as_json(cells) if cells else None


def address(text: str | None) -> PostalAddress | None:
    """Read an address."""
    return PostalAddress(**json.loads(text)) if text else None


def variations_text(variations: tuple[Variation, ...]) -> str | None:
    """Write name and value pairs as JSON; None when there are none."""
    if not variations:
        return None
    return _as_json([[each.name, each.value] for each in variations])


def variations(text: str | None) -> tuple[Variation, ...]:
    """Read name and value pairs."""
    return tuple(Variation(name, value) for name, value in json.loads(text or "[]"))
