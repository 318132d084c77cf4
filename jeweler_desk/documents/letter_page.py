"""A letter on the shop's letterhead: one page, set smaller before it needs a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.documents.flow import Row, drawn, pages_of, space
from jeweler_desk.documents.ornament import stone
from jeweler_desk.documents.pdf_file import BLACK, SOFT, About, Ink, PdfFile, Rendered, rule
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import Cut, FontBook, Voice
from jeweler_desk.documents.typography.line import Line, Style
from jeweler_desk.documents.typography.typesetter import Typesetter

_LARGEST: Final = 12.0
SMALLEST: Final = 9.0
"""Points; a letter that is still too long goes on to a second page."""
_STEP: Final = 0.5
_LEADING: Final = 1.5
_BODY: Final = Cut(Voice.SERIF, 500)
_SIGNED: Final = Cut(Voice.ITALIC, 600)
_SIGNED_LARGER: Final = 1.5
_LONGEST_SIGNATURE: Final = 40
_WIDEST_MEASURE: Final = 34  # ems; a longer line is hard to read
_HIGH: Final = 500.0


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What one letter says on paper; paragraphs of the body stand apart by empty lines.

    ``signature`` is how she signs: where the body ends with it, it is set as handwriting is.
    """

    order_number: str
    day: str
    receiver: tuple[str, ...]
    body: str
    signature: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything on it that a person wrote."""
        return (*self.receiver, self.body)


def render_letters(
    letters: Sequence[LetterPage], shop: tuple[str, tuple[str, ...]], stock: Stock
) -> Rendered:
    """Return one PDF with a page for each letter; ``shop`` is its name and its address lines."""
    writer = _Writer(shop, stock)
    for letter in letters:
        writer.add(letter)
    name = writer.setter.fonts.printable(shop[0])
    return writer.file.rendered(About("Letters", name, "Letters of the shop"))


def pages_of_letter(letter: LetterPage, shop: tuple[str, tuple[str, ...]], stock: Stock) -> int:
    """Return how many pages a letter takes on a stock at the smallest type."""
    return len(_Writer(shop, stock).pages(letter))


class _Writer:
    """Sets letters on one stock."""

    def __init__(self, shop: tuple[str, tuple[str, ...]], stock: Stock) -> None:
        self._name, self._address = shop
        self._stock = stock
        self.setter = Typesetter(FontBook())
        self.file = PdfFile()
        is_low = stock.height < _HIGH
        self._margin = stock.width * (0.11 if is_low else 0.128)
        self._width = stock.width - 2 * self._margin
        self._scale = min(1.0, stock.width / 560)

    def add(self, letter: LetterPage) -> None:
        """Set one letter."""
        pages = self.pages(letter)
        head = self._head()
        self.file.begin(letter.order_number)
        for index, rows in enumerate(pages):
            top = self._stock.height - self._margin * 0.75
            drawings: list[str] = []
            if index == 0:
                drawings += drawn(head, self._margin, top)
                top -= sum(row.height for row in head)
            drawings += drawn(rows, self._margin, top)
            if len(pages) > 1:
                told = f"{index + 1} / {len(pages)}"
                style = Style(Cut(Voice.SANS, 400), 8, 10)
                line = self.setter.line(told, style)
                at = (self._stock.width - line.width) / 2
                drawings.append(self.file.text(line, at, self._margin * 0.5, SOFT))
            self.file.add_page(self._stock.width, self._stock.height, drawings)

    def pages(self, letter: LetterPage) -> list[list[Row]]:
        """Return the rows below the letterhead, by page, in the largest type that fits one."""
        room = self._stock.height - self._margin * 1.75
        first = room - sum(row.height for row in self._head())
        size = _LARGEST * max(0.85, self._scale)
        while True:
            pages = pages_of(self._rows(letter, size), first, room)
            if len(pages) == 1 or size <= SMALLEST:
                return pages
            size = max(SMALLEST, size - _STEP)

    def _head(self) -> list[Row]:
        scale = self._scale
        name = Style(Cut(Voice.SERIF, 600), 30 * scale, 36 * scale)
        small = Style(Cut(Voice.SANS, 400), max(7.0, 8.5 * scale), 13 * scale, 20)
        rows = [Row(24 * scale, stone(self._width / 2, -9 * scale, scale))]
        rows += self._middle(self._name, name, BLACK)
        rows += self._middle_of(self.setter.listed(self._address, small, self._width), SOFT)
        return [*rows, space(12 * scale), Row(1, rule(0, -0.5, self._width)), space(26 * scale)]

    def _middle(self, text: str, style: Style, ink: Ink) -> list[Row]:
        return self._middle_of(self.setter.lines(text, style, self._width), ink)

    def _middle_of(self, lines: Sequence[Line], ink: Ink) -> list[Row]:
        return [
            Row(
                line.style.leading,
                self.file.text(
                    line, (self._width - line.width) / 2, -line.style.leading * 0.75, ink
                ),
            )
            for line in lines
        ]

    def _rows(self, letter: LetterPage, size: float) -> list[Row]:
        plain = Style(_BODY, size, size * _LEADING)
        rows = self._set(letter.day, plain, SOFT)
        if letter.receiver:
            tight = Style(_BODY, size, size * 1.3)
            rows.append(space(size))
            measure = self._measure(tight)
            for line in self.setter.address(letter.receiver, tight, measure):
                x = line.start(measure)
                rows.append(Row(tight.leading, self.file.text(line, x, -tight.leading * 0.75)))
        rows.append(space(size * 1.6))
        paragraphs = [each.strip("\n") for each in _paragraphs(letter.body)]
        for index, text in enumerate(paragraphs):
            if index:
                rows.append(space(size * 0.8))
            *lines, last = text.split("\n")
            is_signed = index == len(paragraphs) - 1 and _is_signature(last, letter.signature)
            rows += self._set("\n".join(lines if is_signed else [*lines, last]), plain, BLACK)
            if is_signed:
                larger = size * _SIGNED_LARGER
                rows.append(space(size * 0.3))
                rows += self._set(last, Style(_SIGNED, larger, larger * 1.3), BLACK)
        return rows

    def _measure(self, style: Style) -> float:
        return min(self._width, style.size * _WIDEST_MEASURE)

    def _set(self, text: str, style: Style, ink: Ink) -> list[Row]:
        measure = self._measure(style)
        return [
            Row(
                style.leading,
                self.file.text(line, line.start(measure), -style.leading * 0.75, ink),
            )
            for line in self.setter.lines(text, style, measure)
        ]


def _paragraphs(body: str) -> list[str]:
    found: list[str] = []
    current: list[str] = []
    for line in body.splitlines():
        if line.strip():
            current.append(line.rstrip())
        elif current:
            found.append("\n".join(current))
            current = []
    return [*found, "\n".join(current)] if current else found


def _is_signature(line: str, signature: str) -> bool:
    return (
        bool(signature)
        and len(line) <= _LONGEST_SIGNATURE
        and (line.strip().casefold() == signature.strip().casefold())
    )
