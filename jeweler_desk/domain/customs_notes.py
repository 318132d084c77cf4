"""What the country of a parcel asks for beyond the form, each with the days between which it is so.

Every figure is dated by `LOOKED_UP_ON` of `customs`; posts and countries change them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jeweler_desk.domain.money import Money

EUROPEAN_UNION: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - a list of codes
)

ANYWHERE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class CustomsNote:
    """One rule: for parcels into these countries, from a day, perhaps only up to another one.

    No countries are all of them but those ``beyond`` it; ``sender`` is the only country whose
    parcels it is for.
    A rule with a limit is for goods worth up to it, one ``above`` it for goods worth more.
    """

    countries: frozenset[str]
    words: str
    since: date
    until: date | None = None
    limit: Money | None = None
    is_above: bool = False
    beyond: frozenset[str] = frozenset()
    sender: str = ""

    def holds(self, country: str, value: Money, on: date, sender: str | None = None) -> bool:
        """Whether it is to be known for goods of a value into a country on a day.

        A limit in another currency than the goods' cannot be compared: the rule is told.
        """
        is_there = country in self.countries if self.countries else country not in self.beyond
        if not is_there or on < self.since or self.sender not in ("", sender):
            return False
        if self.until is not None and on > self.until:
            return False
        if self.limit is None or self.limit.currency != value.currency:
            return True
        return (value.minor_units > self.limit.minor_units) == self.is_above


NOTES: Final[Sequence[CustomsNote]] = (
    CustomsNote(
        EUROPEAN_UNION,
        "Up to 150 euros with an IOSS number: 3 euros of duty for each HS heading; a ring and a"
        " polishing cloth are two.",
        date(2026, 7, 1),
        limit=Money(15000, "EUR"),
    ),
    CustomsNote(
        EUROPEAN_UNION,
        "Jewelry sold into the European Union names a responsible person there, the maker's name"
        " and address, and the piece's number.",
        date(2024, 12, 13),
    ),
    CustomsNote(
        EUROPEAN_UNION,
        "An HS code of six digits and a precise description are asked for.",
        date(2023, 3, 1),
    ),
    CustomsNote(
        frozenset(("GB",)),
        "Up to 135 pounds of goods the seller or the marketplace takes the VAT at the sale.",
        date(2021, 1, 1),
        limit=Money(13500, "GBP"),
    ),
    CustomsNote(
        frozenset(("GB",)),
        "Above 135 pounds of goods the buyer pays duty and VAT.",
        date(2021, 1, 1),
        limit=Money(13500, "GBP"),
        is_above=True,
    ),
    CustomsNote(
        frozenset(("US",)),
        "No parcel is free of duty for being small: origin and value are declared always. What is"
        " charged was in motion in 2026: ask first.",
        date(2025, 8, 29),
    ),
    CustomsNote(
        frozenset(("GB",)),
        "In Northern Ireland the European Union's rules of product safety hold: a responsible"
        " person there, the maker's name and address, the piece's number.",
        date(2024, 12, 13),
    ),
    CustomsNote(
        ANYWHERE,
        "Posts ask for an HS code of six digits for each piece.",
        date(2025, 9, 1),
        beyond=EUROPEAN_UNION,
    ),
    CustomsNote(
        ANYWHERE,
        "USPS takes jewelry of precious metal or stones by Priority Mail International, or by"
        " First-Class Package International with Registered Mail; several countries refuse it"
        " (rule of May 6, 2019: ask again).",
        date(2019, 5, 6),
        sender="US",
    ),
)


def notes_for(
    country: str | None, value: Money, on: date, sender: str | None = None
) -> tuple[str, ...]:
    """Return what to know of a parcel from a country into one (two letters) on a day."""
    return tuple(each.words for each in NOTES if country and each.holds(country, value, on, sender))
