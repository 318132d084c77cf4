"""The card on its stock: set as large as it fits, never smaller than 9 points, never cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.documents.flow import Row, drawn, space
from jeweler_desk.documents.fonts import Cut, FontBook, Voice
from jeweler_desk.documents.ornament import stone
from jeweler_desk.documents.pdf_file import SOFT, About, PdfFile, Rendered
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography import Style, Typesetter
from jeweler_desk.domain.card import CardText, ThankYouCard

SMALLEST: Final = 9.0
_LARGEST: Final = 17.0
_STEP: Final = 0.5
_BODY: Final = Cut(Voice.SERIF, 500)
_SIGNED: Final = Cut(Voice.ITALIC, 600)
_SHOP: Final = Style(Cut(Voice.SERIF, 600), 10, 12, 40)
_MARGIN_SHARE: Final = 0.115
_LEADING: Final = 1.36
_WIDEST_MEASURE: Final = 30  # ems; a longer line is hard to read


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines of one kind, with the room above them in lines."""

    text: str
    cut: Cut
    scale: float = 1.0
    above: float = 0.0


def render_cards(cards: Sequence[CardText], shop_name: str, stock: Stock) -> Rendered:
    """Return one PDF with a card for each text that has one, and the number of its pages.

    A text too long for one card at 9 points goes on a second card.
    """
    setter = Typesetter(FontBook())
    file = PdfFile()
    for card_text in cards:
        if card_text.card is not None:
            file.begin(card_text.order_number)
            _add(card_text.card, setter, file, shop_name, stock)
    about = About("Cards", setter.fonts.printable(shop_name), "Cards for parcels")
    return file.rendered(about)


def _add(
    card: ThankYouCard, setter: Typesetter, file: PdfFile, shop_name: str, stock: Stock
) -> None:
    margin = stock.width * _MARGIN_SHARE
    head, foot = margin * 1.15, margin * 1.1
    room = stock.height - 2 * margin - head - foot
    paragraphs = _paragraphs(card)
    size = min(_LARGEST, max(SMALLEST, stock.width / 19))
    rows, widest = _rows(paragraphs, setter, file, stock.width - 2 * margin, size)
    while sum(row.height for row in rows) > room and size > SMALLEST:
        size = max(SMALLEST, size - _STEP)
        rows, widest = _rows(paragraphs, setter, file, stock.width - 2 * margin, size)
    sides = _spread(rows, room)
    left = (stock.width - widest) / 2
    for index, side in enumerate(sides):
        # A little above the middle looks like the middle.
        spare = room - sum(row.height for row in side)
        top = stock.height - margin - head - spare * 0.42
        drawings = [stone(stock.width / 2, stock.height - margin, min(1.0, stock.width / 330))]
        drawings += drawn(side, left, top)
        foot_text = shop_name
        if len(sides) > 1:
            foot_text = f"{foot_text}   {index + 1} / {len(sides)}".strip()
        for line in setter.lines(foot_text, _SHOP, stock.width - margin)[:1]:
            drawings.append(file.text(line, (stock.width - line.width) / 2, margin * 0.8, SOFT))
        file.add_page(stock.width, stock.height, drawings)


def _paragraphs(card: ThankYouCard) -> list[_Paragraph]:
    if card.is_gift_message:
        return [_Paragraph("\n".join(card.body), _BODY)]
    parts = [_Paragraph(card.salutation or "", _BODY)] if card.salutation else []
    parts += [_Paragraph(text, _BODY, above=0.7) for text in card.body]
    if card.valediction:
        parts.append(_Paragraph(card.valediction, _BODY, above=1.0))
    if card.signature:
        parts.append(_Paragraph(card.signature, _SIGNED, scale=1.45, above=0.25))
    return parts


def _rows(
    paragraphs: Sequence[_Paragraph],
    setter: Typesetter,
    file: PdfFile,
    width: float,
    size: float,
) -> tuple[list[Row], float]:
    """Set the text at one size; return its rows and the width of its widest line."""
    measure = min(width, size * _WIDEST_MEASURE)
    rows: list[Row] = []
    widest = 0.0
    for paragraph in paragraphs:
        points = size * paragraph.scale
        style = Style(paragraph.cut, points, points * _LEADING)
        if rows and paragraph.above:
            rows.append(space(paragraph.above * size * _LEADING))
        for line in setter.lines(paragraph.text, style, measure):
            widest = max(widest, line.width)
            rows.append(Row(style.leading, file.text(line, 0, -points)))
    return rows, widest


def _spread(rows: Sequence[Row], room: float) -> list[list[Row]]:
    sides: list[list[Row]] = [[]]
    left = room
    for row in rows:
        if row.height > left and sides[-1]:
            sides.append([])
            left = room
        if row.is_space and not sides[-1]:
            continue
        sides[-1].append(row)
        left -= row.height
    return sides
