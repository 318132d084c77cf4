"""Postal addresses: the buyer's cells, kept as they were written."""

from __future__ import annotations

import unicodedata
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

    @property
    def is_deliverable(self) -> bool:
        """Whether a parcel could be sent there: somebody, some street, and a town or code."""
        return bool(
            (self.name or self.company)
            and (self.address1 or self.address2)
            and (self.city or self.postcode)
        )

    def same_place(self, other: PostalAddress) -> bool:
        """Whether both are the same when case, blanks and Unicode forms are set aside."""
        return _folded(self) == _folded(other)


NO_ADDRESS: Final = PostalAddress()


def _folded(address: PostalAddress) -> tuple[str, ...]:
    cells = astuple(address)
    return tuple(
        " ".join(unicodedata.normalize("NFKC", cell or "").casefold().split()) for cell in cells
    )
