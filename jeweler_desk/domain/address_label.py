"""What an address label says: who sends, who receives, and the order's number for the scanner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.address_lines import AddressLayout, address_lines

LONGEST_LINE: Final = 35
"""Characters that carriers' systems take in one line of an address (DHL, Ship&co)."""


@dataclass(frozen=True, slots=True)
class AddressLabel:
    """One label; ``code`` is what the scanner reads."""

    order_number: str
    lines: tuple[str, ...]
    sender: tuple[str, ...] = ()
    code: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is printed on it."""
        return (*self.sender, *self.lines, self.order_number)


def address_label(
    number: str,
    address: PostalAddress,
    layout: AddressLayout,
    sender: tuple[str, ...],
    abroad: str | None,
    latin: tuple[str, ...] = (),
) -> AddressLabel:
    """Return the label of an order's parcel.

    ``abroad`` is the country as it stands last on mail that leaves the shop's own country, or None
    for mail that stays in it; there the country is left out. Every other word of the buyer's
    stands on the label as she wrote it. ``latin`` is the address in Latin letters, which stands
    beneath it.
    """
    lines = address_lines(replace(address, country=None), replace(layout, country=None))
    warnings = [
        f"The line “{line}” has {len(line)} characters; some carriers take {LONGEST_LINE}."
        for line in (*lines, *latin)
        if len(line) > LONGEST_LINE
    ]
    if not latin and any(beyond_latin(each) for line in lines for each in line):
        warnings.append(
            "The address is not in Latin letters; some carriers ask for it in Latin letters too."
        )
    country = (abroad.upper(),) if abroad else ()
    return AddressLabel(number, (*lines, *latin, *country), sender, number, tuple(warnings))


def beyond_latin(character: str) -> bool:
    """Whether a character is a letter of another script than the Latin one."""
    return character.isalpha() and ord(character) >= _FIRST_BEYOND and not _is_late_latin(character)


_FIRST_BEYOND: Final = 0x0370


def _is_late_latin(character: str) -> bool:
    return "\u1e00" <= character <= "\u1eff" or "\uff21" <= character <= "\uff5a"
