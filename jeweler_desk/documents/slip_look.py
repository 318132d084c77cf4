"""How a packing slip looks: sizes of type and room, on sheets and on cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from jeweler_desk.documents.typography.fonts import Cut, Voice
from jeweler_desk.documents.typography.line import Style


def style(voice: Voice, weight: int, size: float, leading: float, tracking: float = 0.0) -> Style:
    """Return how a text is set; all sizes are in points, the tracking in thousandths of an em."""
    return Style(Cut(voice, weight), size, leading, tracking)


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes on one stock, in points; a card-sized slip has one column and smaller type."""

    margin: float
    foot: float
    name: Style
    sender: Style
    label: Style
    number: Style
    plain: Style
    address: Style
    title: Style
    choices: Style
    personal: Style
    thanks: Style
    signature: Style
    gap: float
    text_at: float
    quantity_at: float
    tick: float
    photo: float
    logo: float


SHEET: Final = Look(
    margin=60,
    foot=38,
    name=style(Voice.SERIF, 600, 31, 36),
    sender=style(Voice.SANS, 400, 8.5, 13, 20),
    label=style(Voice.SANS, 600, 7, 14, 90),
    number=style(Voice.SANS, 600, 17, 24),
    plain=style(Voice.SANS, 400, 9.5, 14),
    address=style(Voice.SANS, 400, 11.5, 16.5),
    title=style(Voice.SANS, 600, 11.5, 16),
    choices=style(Voice.SANS, 400, 10, 14.5),
    personal=style(Voice.SANS, 500, 18, 25),
    thanks=style(Voice.ITALIC, 500, 21, 28),
    signature=style(Voice.SERIF, 500, 13, 18),
    gap=22,
    text_at=70,
    quantity_at=28,
    tick=12,
    photo=54,
    logo=58,
)
# The same letterhead with less air, then with smaller type too: taken where that saves a page.
CLOSER: Final = replace(SHEET, gap=17)
SNUG: Final = replace(
    SHEET,
    address=style(Voice.SANS, 400, 10.5, 14.5),
    personal=style(Voice.SANS, 500, 16, 21),
    thanks=style(Voice.ITALIC, 500, 18, 24),
    gap=14,
    photo=46,
    logo=50,
)
CARD: Final = Look(
    margin=20,
    foot=18,
    name=style(Voice.SERIF, 600, 19, 22),
    sender=style(Voice.SANS, 400, 6.5, 9.5, 10),
    label=style(Voice.SANS, 600, 5.5, 10, 90),
    number=style(Voice.SANS, 600, 11, 15),
    plain=style(Voice.SANS, 400, 7.5, 10.5),
    address=style(Voice.SANS, 400, 9, 12.5),
    title=style(Voice.SANS, 600, 8.5, 11.5),
    choices=style(Voice.SANS, 400, 7.5, 10.5),
    personal=style(Voice.SANS, 500, 12, 16.5),
    thanks=style(Voice.ITALIC, 500, 15, 20),
    signature=style(Voice.SERIF, 500, 10, 13),
    gap=11,
    text_at=42,
    quantity_at=16,
    tick=8,
    photo=32,
    logo=34,
)
