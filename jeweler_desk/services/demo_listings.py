"""What the sample shop shows of its pieces; some of it is not ready yet, as in any shop."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.listing import GemstoneNote, Listing, ListingKind, Measurement

_SILVER: Final = "sterling silver"
_CARE: Final = "Wipe with a soft cloth; take it off in the sea."


def _mm(name: str, value: str) -> Measurement:
    return Measurement(name, value, "mm")


def _size(value: str) -> Measurement:
    return Measurement("ring size", value, "US")


DEMO_LISTINGS: Final = (
    Listing(
        "JT-RAIN",
        "Rain Ring, Labradorite & Sterling Silver",
        ListingKind.RING,
        measurements=(_size("4 to 11"), _mm("band width", "2.4"), _mm("stone", "7 × 5")),
        materials=(_SILVER, "labradorite"),
        treatments="none",
        stones=(GemstoneNote("labradorite", variation="the blue comes and goes with the light"),),
        care=_CARE,
    ),
    Listing(
        "JT-JADE",
        "Jade Drop Earrings, Everyday & Bridal",
        ListingKind.EARRINGS,
        measurements=(_mm("length", "34"), _mm("width", "9"), _mm("drop", "14 × 9")),
        materials=("14k gold fill", "nephrite jade"),
        treatments="none; not dyed",
        stones=(GemstoneNote("nephrite jade", variation="green from moss to apple; small clouds"),),
        care=_CARE,
    ),
    Listing(
        "JT-FERN",
        "Fern Studs, Pressed Silver Leaf",
        ListingKind.EARRINGS,
        measurements=(_mm("length", "16"), _mm("width", "7")),
        materials=(_SILVER,),
        treatments="oxidized",
        care="The dark of the leaf is meant: no polish.",
    ),
    Listing(
        "JT-SIGN",
        "Initial Signet Ring, Hand Engraved",
        ListingKind.RING,
        measurements=(_size("5 to 12"), _mm("band width", "4"), _mm("face", "11 × 9")),
        materials=("14k gold fill",),
        treatments="none",
        processing_days=2,
        care=_CARE,
    ),
    Listing(
        "JT-CARE",
        "Polishing Cloth",
        ListingKind.OTHER,
        measurements=(Measurement("length", "15", "cm"), Measurement("width", "15", "cm")),
        materials=("cotton",),
        treatments="with polish for silver",
        care="Never wash it.",
    ),
    Listing(
        "JT-MOON",
        "Harbor Moon Pendant, Rainbow Moonstone",
        ListingKind.NECKLACE,
        measurements=(Measurement("chain length", "16 to 18", "in"), _mm("width", "15")),
        materials=(_SILVER, "rainbow moonstone"),
        treatments="none",
        stones=(GemstoneNote("rainbow moonstone"),),
        care=_CARE,
    ),
    Listing(
        "JT-TIDE",
        "Tide Cuff, Hammered Silver, Men’s & Women’s",
        ListingKind.BRACELET,
        measurements=(Measurement("inner length", "6 to 7", "in"), Measurement("width", "12")),
        materials=(_SILVER,),
        treatments="none",
        processing_days=2,
    ),
    Listing(
        "JT-BAND",
        "Three Thin Stacking Bands",
        ListingKind.RING,
        measurements=(_size("4 to 11"),),
        materials=(_SILVER, "14k gold fill"),
        treatments="none",
    ),
    Listing(
        "JT-PEARL",
        "Sea Pearl Hoops, Freshwater Pearl",
        ListingKind.EARRINGS,
        measurements=(_mm("length", "24"), _mm("width", "18")),
        materials=("freshwater pearl", _SILVER),
        stones=(GemstoneNote("freshwater pearl", variation="no two alike; cream to rose"),),
    ),
    Listing(
        "JT-JUNI",
        "Juniper Berry Necklace, Garnet Beads",
        ListingKind.NECKLACE,
        measurements=(Measurement("chain length", "16 or 18", "in"), _mm("width", "8")),
        materials=(_SILVER, "garnet"),
        treatments="none",
        stones=(GemstoneNote("garnet", variation="none seen"),),
    ),
)
