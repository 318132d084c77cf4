"""The card on its stock: set as large as it fits, never smaller than 9 points, never cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from jeweler_desk.documents.flow import Row, drawn, pages_of, space
from jeweler_desk.documents.ornament import mark
from jeweler_desk.documents.pdf_file import SOFT, About, PdfFile, Rendered
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import Cut, FontBook, Voice
from jeweler_desk.documents.typography.line import Line, Style
from jeweler_desk.documents.typography.typesetter import Typesetter
from jeweler_desk.domain.card import CardText, ThankYouCard
from jeweler_desk.domain.paper_picture import PaperPicture
from jeweler_desk.domain.print_job import Sides

SMALLEST: Final = 9.0
_LARGEST: Final = 17.0
_STEP: Final = 0.5
_BODY: Final = Cut(Voice.SERIF, 500)
_SIGNED: Final = Cut(Voice.ITALIC, 600)
_SHOP: Final = Style(Cut(Voice.SERIF, 600), 10, 12, 40)
_MARGIN_SHARE: Final = 0.115
_LEADING: Final = 1.36
_WIDEST_MEASURE: Final = 30  # ems; a longer line is hard to read
_DESIGNED_FOR: Final = 330.0  # points: the width on which the mark has its own size
_ON_THE_FRONT: Final = 1.9  # how much larger it stands on a front


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines of one kind, with the room above them in lines."""

    text: str
    cut: Cut
    scale: float = 1.0
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class _Words:
    """A card's text set on as many panels as it needs, and the width of its widest line."""

    panels: list[list[Row]]
    widest: float
    room: float

    @property
    def lines_too_many(self) -> int:
        """How many lines do not find room on the first panel."""
        return sum(1 for panel in self.panels[1:] for row in panel if not row.is_space)


def render_cards(
    cards: Sequence[CardText],
    shop_name: str,
    stock: Stock,
    sides: Sides = Sides.ONE,
    logo: PaperPicture | None = None,
) -> Rendered:
    """Return one PDF with a card for each text that has one, and the number of its pages.

    A text too long for one card at 9 points goes on a second card. On both sides, a flat card has
    the shop's mark on its front and the words on its back; a folded one has its outside on one
    page and its inside on the next. The second page is turned as the printer turns the sheet.
    """
    writer = _Writer(shop_name, stock, sides, logo)
    for card_text in cards:
        if card_text.card is not None:
            writer.add(card_text.order_number, card_text.card)
    return writer.finished()


def lines_too_many(
    card: ThankYouCard,
    shop_name: str,
    stock: Stock,
    sides: Sides = Sides.ONE,
    logo: PaperPicture | None = None,
) -> int:
    """Return how many lines of a text do not fit one card at 9 points; 0 where all of it does."""
    return _Writer(shop_name, stock, sides, logo).words(card).lines_too_many


class _Writer:
    """Lays cards out on one stock."""

    def __init__(
        self, shop_name: str, stock: Stock, sides: Sides, logo: PaperPicture | None
    ) -> None:
        self._shop_name = shop_name
        self._stock = stock
        self._sides = sides
        self._logo = logo
        self._setter = Typesetter(FontBook())
        self._file = PdfFile()
        self._width, self._height = stock.panel_width, stock.height
        self._margin = self._width * _MARGIN_SHARE
        self._has_front = stock.is_folded or sides is not Sides.ONE

    def finished(self) -> Rendered:
        about = About("Cards", self._setter.fonts.printable(self._shop_name), "Cards for parcels")
        return self._file.rendered(about)

    def add(self, order_number: str, card: ThankYouCard) -> None:
        """Set one card, and a second one for what does not fit."""
        self._file.begin(order_number)
        words = self.words(card)
        for index, panel in enumerate(words.panels):
            count = f"{index + 1} / {len(words.panels)}" if len(words.panels) > 1 else ""
            inside = self._inside(panel, words, count)
            if not self._has_front:
                self._page(inside)
            elif self._stock.is_folded:
                right = self._width
                self._page(f"{_moved(self._front(), right)} {self._outer_back()}")
                self._page(_moved(inside, right), is_second=True)
            else:
                self._page(self._front())
                self._page(inside, is_second=True)

    def words(self, card: ThankYouCard) -> _Words:
        """Set a card's text as large as it fits, from 17 points down to 9."""
        room = self._height - 2 * self._margin - self._head - self._foot
        paragraphs = _paragraphs(card)
        size = min(_LARGEST, max(SMALLEST, self._width / 19))
        rows, widest = self._rows(paragraphs, size)
        while sum(row.height for row in rows) > room and size > SMALLEST:
            size = max(SMALLEST, size - _STEP)
            rows, widest = self._rows(paragraphs, size)
        return _Words(pages_of(rows, room, room), widest, room)

    # Sides

    @property
    def _head(self) -> float:
        """The room of the mark above the words; it stands on the front where there is one."""
        if self._has_front:
            return 0.0
        if self._logo is None:
            return self._margin * 1.15
        return mark(self._file, self._logo, 0, self._scale)[1] + self._margin * 0.2

    @property
    def _foot(self) -> float:
        return self._margin * (0.35 if self._has_front else 1.1)

    @property
    def _scale(self) -> float:
        return min(1.0, self._width / _DESIGNED_FOR)

    def _inside(self, panel: Sequence[Row], words: _Words, count: str) -> str:
        # A little above the middle looks like the middle.
        spare = words.room - sum(row.height for row in panel)
        top = self._height - self._margin - self._head - spare * 0.42
        drawings = drawn(panel, (self._width - words.widest) / 2, top)
        foot = f"{self._shop_name}   {count}".strip()
        if self._has_front:
            foot = count
        else:
            drawings.insert(0, self._mark_above())
        drawings += [self._centered(foot, self._margin * (0.45 if self._has_front else 0.8))]
        return "\n".join(drawings)

    def _mark_above(self) -> str:
        drawing, _height = mark(self._file, self._logo, self._width / 2, self._scale)
        top = self._height - self._margin + (0 if self._logo else 9 * self._scale)
        return _moved(drawing, 0, top)

    def _front(self) -> str:
        """Draw the shop's mark and name in the middle of a panel."""
        scale = self._scale * _ON_THE_FRONT
        drawing, height = mark(self._file, self._logo, self._width / 2, scale)
        size = min(26.0, self._width / 13)
        name = Style(Cut(Voice.SERIF, 600), size, size * 1.25)
        lines = self._setter.lines(self._shop_name, name, self._width - 2 * self._margin)
        whole = height + len(lines) * name.leading
        top = self._height - (self._height - whole) * 0.44
        parts = [_moved(drawing, 0, top)]
        for index, line in enumerate(lines):
            y = top - height - index * name.leading - size
            parts.append(self._file.text(line, (self._width - line.width) / 2, y))
        return " ".join(parts)

    def _outer_back(self) -> str:
        return self._centered(self._shop_name, self._margin * 0.8)

    def _centered(self, text: str, y: float) -> str:
        lines = self._setter.lines(text, _SHOP, self._width - self._margin)[:1]
        return " ".join(
            self._file.text(line, (self._width - line.width) / 2, y, SOFT) for line in lines
        )

    def _page(self, drawing: str, *, is_second: bool = False) -> None:
        """Add a page; a second side is upside down where the sheet is turned over its top."""
        wide = self._stock.width > self._height
        over_top = Sides.LONG_EDGE if wide else Sides.SHORT_EDGE
        if is_second and self._sides is over_top:
            drawing = _turned(drawing, self._stock.width, self._height)
        self._file.add_page(self._stock.width, self._height, [drawing])

    # Words

    def _rows(self, paragraphs: Sequence[_Paragraph], size: float) -> tuple[list[Row], float]:
        """Set the text at one size; return its rows and the width of its widest line."""
        measure = min(self._width - 2 * self._margin, size * _WIDEST_MEASURE)
        blocks: list[tuple[float, tuple[Line, ...]]] = []
        for paragraph in paragraphs:
            points = size * paragraph.scale
            style = Style(paragraph.cut, points, points * _LEADING)
            lines = self._setter.lines(paragraph.text, style, measure)
            blocks.append((paragraph.above * size * _LEADING if blocks else 0.0, lines))
        widest = max((line.width for _above, lines in blocks for line in lines), default=0.0)
        rows: list[Row] = []
        for above, lines in blocks:
            if above:
                rows.append(space(above, keeps=True))
            for index, line in enumerate(lines):
                drawing = self._file.text(line, line.start(widest), -line.style.size)
                rows.append(Row(line.style.leading, drawing, keeps=_keeps(index, len(lines))))
        return _ended_together(rows), widest


def _keeps(index: int, lines: int) -> bool:
    """Whether a line of a paragraph asks for the next one: no first or last one stands alone."""
    return index < lines - 1 and index in {0, lines - 2}


def _ended_together(rows: Sequence[Row]) -> list[Row]:
    """Ask that the last two lines of a card stand together: a name follows its “Yours truly,”."""
    last_two = [index for index, row in enumerate(rows) if not row.is_space][-2:]
    return [
        replace(row, keeps=True) if last_two and last_two[0] <= index < last_two[-1] else row
        for index, row in enumerate(rows)
    ]


def _paragraphs(card: ThankYouCard) -> list[_Paragraph]:
    if card.is_gift_message:
        return _message(card.body)
    parts = [_Paragraph(card.salutation or "", _BODY)] if card.salutation else []
    parts += [_Paragraph(text, _BODY, above=0.7) for text in card.body]
    if card.valediction:
        parts.append(_Paragraph(card.valediction, _BODY, above=1.0))
    if card.signature:
        parts.append(_Paragraph(card.signature, _SIGNED, scale=1.45, above=0.25))
    return parts


def _message(lines: Sequence[str]) -> list[_Paragraph]:
    """Return a gift's message line by line, its empty lines as the room they take."""
    paragraphs: list[_Paragraph] = []
    above = 0.0
    for line in lines:
        if line.strip():
            paragraphs.append(_Paragraph(line, _BODY, above=above))
            above = 0.0
        else:
            above += 1.0
    return paragraphs


def _moved(drawing: str, x: float, y: float = 0.0) -> str:
    return f"q 1 0 0 1 {x:.3f} {y:.3f} cm {drawing} Q"


def _turned(drawing: str, width: float, height: float) -> str:
    return f"q -1 0 0 -1 {width:.3f} {height:.3f} cm {drawing} Q"
