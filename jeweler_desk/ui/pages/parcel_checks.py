"""What is ticked before a parcel is closed: the two checks, the words read, the tick list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jeweler_desk.domain.order import Order
from jeweler_desk.ui.widgets.checklist import CheckItem
from jeweler_desk.ui.words import joined, piece_details

MADE_RIGHT: Final = "made"
PACKED_RIGHT: Final = "packed"
WORDS: Final = "words."


def check_items(box: Sequence[Order]) -> tuple[CheckItem, ...]:
    """Return the two checks and the tick list of one box; several orders may share it."""
    lines = [line for order in box for line in order.line_items if line.units_to_send > 0]
    details = [piece_details(line) for line in lines]
    words = [
        CheckItem(f"{WORDS}{line.id}", f"“{line.personalization}”", "read once more on the piece")
        for line in lines
        if line.personalization
    ]
    made = joined([each for each in details if each]) or "stone, metal and finish as ordered"
    units = sum(line.units_to_send for line in lines)
    slips = "the slip" if len(box) == 1 else f"the {len(box)} slips"
    packed = f"this is the piece on {slips}" if units == 1 else f"all {units} pieces on {slips}"
    card = "Gift message inside" if any(order.gift_message for order in box) else "Card written"
    slip = "Slip inside" if len(box) == 1 else f"All {len(box)} slips inside"
    return (
        CheckItem(MADE_RIGHT, "Made right", made),
        *words,
        CheckItem(PACKED_RIGHT, "Packed right", packed),
        CheckItem("card", card, "its words are shown large with C"),
        CheckItem("slip", slip, "printed with P"),
        CheckItem("sealed", "Mailer sealed", "label on, address read once more"),
    )
