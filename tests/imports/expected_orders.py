"""What the files in tests/data/imports say, written down by hand from their cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Expected:
    """One order's money and state; amounts as they are printed, None where nothing is said."""

    total: str
    marketplace_tax: str | None
    charges: tuple[str, ...]
    refunds: tuple[str, ...]
    pieces: tuple[tuple[int, str, str], ...]
    is_shipped: bool
    placed_on: date


RING = "Hammered Sterling Silver Stacking Ring, Recycled 925, Handmade"
EARRINGS = "Freshwater Pearl Drop Earrings, Bridal & Everyday"
PENDANT = "Raw Labradorite Pendant Necklace, Blue Flash Stone"
CLOTH = "Silver Polishing Cloth"
CUFF = "Braided Copper Cuff, Men's & Women's"

ETSY = {  # orders and items file together, items only where the orders file has no row
    "3512000110": Expected(
        "68.50", "14.39", ("68.50",), (), ((1, EARRINGS, "54.00"),), False, date(2026, 10, 2)
    ),
    "3512000109": Expected(
        "17.00", None, ("17.00",), (), ((2, CLOTH, "6.00"),), True, date(2026, 9, 29)
    ),
    "3512000108": Expected(
        "136.90", "28.75", ("136.90",), (), ((3, RING, "48.00"),), True, date(2026, 9, 25)
    ),
    "3512000107": Expected(
        "145.00",
        "12.87",
        ("145.00",),
        ("20.00",),
        ((1, EARRINGS, "54.00"), (1, PENDANT, "86.00")),
        True,
        date(2026, 9, 22),
    ),
    "3512000105": Expected(
        "57.00", None, ("57.00",), (), ((1, CUFF, "39.00"),), False, date(2026, 9, 14)
    ),
    "3512000103": Expected(
        "111.70",
        "21.22",
        ("111.70",),
        (),
        ((1, EARRINGS, "54.00"), (1, EARRINGS, "54.00")),
        True,
        date(2026, 9, 8),
    ),
    "3512000102": Expected(
        "100.50", None, ("100.50",), (), ((1, PENDANT, "86.00"),), True, date(2026, 9, 5)
    ),
    "3512000101": Expected(
        "59.00",
        None,
        ("59.00",),
        (),
        ((1, RING, "48.00"), (1, CLOTH, "6.00")),
        True,
        date(2026, 9, 3),
    ),
    "3511000040": Expected(
        "45.30",
        None,
        ("45.30",),
        (),
        ((1, "Freshwater Pearl Drop Earrings", "42.00"), (1, CLOTH, "5.00")),
        True,
        date(2026, 8, 28),
    ),
}
STACKING = "Hammered Sterling Silver Stacking Ring"
DROPS = "Freshwater Pearl Drop Earrings"
SHOPIFY = {
    "#1050": Expected(
        "118.16",
        None,
        (),
        (),
        ((1, "Moonstone Crescent Necklace", "112.00"),),
        False,
        date(2026, 9, 28),
    ),
    "#1049": Expected(
        "64.00", None, ("64.00",), (), ((1, STACKING, "48.00"),), False, date(2026, 9, 24)
    ),
    "#1048": Expected(
        "46.58",
        None,
        ("46.58",),
        (),
        ((1, "Braided Copper Cuff", "39.00"),),
        True,
        date(2026, 9, 20),
    ),
    "#1047": Expected("0.00", None, (), (), ((1, DROPS, "54.00"),), False, date(2026, 9, 15)),
    "#1046": Expected(
        "0.00",
        None,
        (),
        (),
        ((1, STACKING, "48.00"), (1, "Raw Labradorite Pendant Necklace", "86.00")),
        False,
        date(2026, 9, 15),
    ),
    "#1045": Expected(
        "109.00",
        None,
        ("109.00",),
        ("39.00",),
        ((1, DROPS, "54.00"), (1, "Braided Copper Cuff", "39.00")),
        True,
        date(2026, 9, 12),
    ),
    "#1044": Expected(
        "134.00",
        None,
        ("134.00",),
        ("134.00",),
        ((1, "Moonstone Crescent Necklace", "112.00"),),
        False,
        date(2026, 9, 9),
    ),
    "#1041": Expected(
        "107.55",
        None,
        ("107.55",),
        (),
        ((1, STACKING, "48.00"), (1, CLOTH, "6.00"), (1, DROPS, "54.00")),
        True,
        date(2026, 9, 2),
    ),
}
