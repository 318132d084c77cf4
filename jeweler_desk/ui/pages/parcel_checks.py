"""What is ticked before a parcel is closed: the two checks, the words read, the tick list."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.order import Order
from jeweler_desk.ui.widgets.checklist import CheckItem
from jeweler_desk.ui.words import joined, piece_details

MADE_RIGHT: Final = "made"
PACKED_RIGHT: Final = "packed"
WORDS: Final = "words."


def check_items(order: Order) -> tuple[CheckItem, ...]:
    """Return the two checks and the tick list of one parcel."""
    lines = [line for line in order.line_items if line.units_to_send > 0]
    details = [piece_details(line) for line in lines]
    words = [
        CheckItem(f"{WORDS}{line.id}", f"“{line.personalization}”", "read once more on the piece")
        for line in lines
        if line.personalization
    ]
    made = joined([each for each in details if each]) or "stone, metal and finish as ordered"
    units = sum(line.units_to_send for line in lines)
    packed = "this is the piece on the slip" if units == 1 else f"all {units} pieces on the slip"
    card = "Gift message inside" if order.gift_message else "Card written"
    return (
        CheckItem(MADE_RIGHT, "Made right", made),
        *words,
        CheckItem(PACKED_RIGHT, "Packed right", packed),
        CheckItem("card", card, "its words are shown large with C"),
        CheckItem("slip", "Slip inside", "printed with P"),
        CheckItem("sealed", "Mailer sealed", "label on, address read once more"),
    )
