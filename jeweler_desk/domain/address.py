"""Postal addresses: the buyer's cells, kept as they were written."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """One address, every cell as its source has it; a missing cell is None, never a blank."""

    name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None
    phone: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no cell says anything."""
        return not any(astuple(self))


NO_ADDRESS: Final = PostalAddress()
