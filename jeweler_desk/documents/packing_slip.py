"""The packing slip on paper: letterhead, where it goes, what is inside, a word of thanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from jeweler_desk.documents.flow import Row, drawn, pages_of, space
from jeweler_desk.documents.ornament import stone
from jeweler_desk.documents.pdf_file import (
    BLACK,
    GARNET,
    SOFT,
    About,
    Ink,
    PdfFile,
    Rendered,
    bar,
    box,
    rounded,
    rule,
)
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.slip_look import CARD, CLOSER, SHEET, SNUG, Look
from jeweler_desk.documents.typography.fonts import FontBook
from jeweler_desk.documents.typography.line import Line, Style
from jeweler_desk.documents.typography.typesetter import Typesetter
from jeweler_desk.domain.order import Variation
from jeweler_desk.domain.paper_picture import PaperPicture
from jeweler_desk.domain.shipment import Letterhead, OtherUnits, PackingSlip, SlipLine

_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_OPENING_ROWS: Final = 5
_PHOTO_ROWS: Final = 9  # what stands beside a photo is not parted from it
_MOST_WHOLE: Final = 0.4  # of a page: a piece so high is not parted from what is told of it
_MOST_TAKEN_ALONG: Final = 0.7  # of a page
_PHOTO_DROP: Final = 2.0  # the photo's upper edge lies a little below the row's


def render_packing_slips(slips: Sequence[PackingSlip], stock: Stock) -> Rendered:
    """Return one PDF with the slips in their order, and the number of its pages.

    Each slip begins on a page of its own. The same slips give the same bytes, on any day and any
    computer. What a customer or a file wrote is never read as markup.
    """
    writer = _Writer(stock)
    for slip in slips:
        writer.add(slip)
    return writer.finished(slips)


class _Writer:
    """Lays out slips on one stock into one file."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self._looks = (CARD,) if stock.is_small else (SHEET, CLOSER, SNUG)
        self._look = self._looks[0]
        self._setter = Typesetter(FontBook())
        self._file = PdfFile()
        self._width = stock.width - 2 * self._look.margin
        self._heads: dict[tuple[Letterhead, float], list[Row]] = {}

    def finished(self, slips: Sequence[PackingSlip]) -> Rendered:
        numbers = ", ".join(slip.order_number for slip in slips[:3])
        more = ", …" if len(slips) > 3 else ""  # noqa: PLR2004 - numbers a title has room for
        title = self._setter.fonts.printable(f"Packing slip {numbers}{more}")
        author = slips[0].shop.name if slips else ""
        return self._file.rendered(
            About(title, self._setter.fonts.printable(author), "Packing slips")
        )

    def add(self, slip: PackingSlip) -> None:
        """Lay out one slip on as many pages as it needs, snugly where that saves one."""
        self._file.begin(slip.order_number)
        pages = self._laid_out(slip, self._looks[0])
        for look in self._looks[1:]:
            if len(pages) > 1 and len(snug := self._laid_out(slip, look)) < len(pages):
                pages = snug
        for index, rows in enumerate(pages):
            drawings = drawn(rows, self._look.margin, self._stock.height - self._top)
            drawings.append(self._foot(slip, index + 1, len(pages)))
            self._file.add_page(self._stock.width, self._stock.height, drawings)

    @property
    def _top(self) -> float:
        return self._look.margin * 0.72

    def _laid_out(self, slip: PackingSlip, look: Look) -> list[list[Row]]:
        self._look = look
        running = [*self._running_head(slip), space(look.gap)]
        room = self._stock.height - self._top - look.foot - look.sender.leading * 1.7
        pages = pages_of(
            [*self._head(slip.shop), *self._body(slip)],
            room,
            room - sum(row.height for row in running),
        )
        return [pages[0], *([*running, *rows] for rows in pages[1:])]

    # Letterhead, running head and foot

    def _head(self, shop: Letterhead) -> list[Row]:
        key = (shop, self._look.gap)
        if key not in self._heads:
            self._heads[key] = self._made_head(shop)
        return self._heads[key]

    def _made_head(self, shop: Letterhead) -> list[Row]:
        look = self._look
        size = look.name.size / 31
        rows = [Row(24 * size, stone(self._width / 2, -9 * size, size))]
        if shop.logo is not None:
            rows = [self._logo(shop.logo)]
        name = shop.name or "Packing slip"
        rows += [self._centered(line) for line in self._setter.lines(name, look.name, self._width)]
        address = shop.address.splitlines()
        if address:
            rows.append(space(2))
            rows += [
                self._centered(line, SOFT)
                for line in self._setter.listed(address, look.sender, self._width)
            ]
        rows += [space(look.gap * 0.7), Row(1, rule(0, -0.5, self._width)), space(look.gap)]
        return rows

    def _logo(self, logo: PaperPicture) -> Row:
        """Draw the shop's own mark above its name: as high as the look has it, never too wide."""
        look = self._look
        width = min(look.logo * logo.width / logo.height, self._width * 0.45)
        height = width * logo.height / logo.width
        drawing = self._file.picture(logo, (self._width - width) / 2, -height, width)
        return Row(height + look.gap * 0.36, drawing)

    def _running_head(self, slip: PackingSlip) -> list[Row]:
        look = self._look
        left = self._setter.lines(slip.shop.name or "Packing slip", look.signature, self._width / 2)
        right = self._setter.line(f"Order {slip.order_number}, continued", look.plain)
        drawing = self._file.text(left[0], 0, -look.signature.drop) if left else ""
        at = self._width - right.width
        drawing += " " + self._file.text(right, at, -look.signature.drop, SOFT)
        return [Row(look.signature.leading + 4, drawing), Row(1, rule(0, -0.5, self._width))]

    def _foot(self, slip: PackingSlip, page: int, pages: int) -> str:
        look = self._look
        style = look.sender
        counted = f"Page {page} of {pages}" if pages > 1 else ""
        line = self._setter.line(f"Order {slip.order_number}", style)
        drawing = self._file.text(line, look.margin, look.foot, SOFT)
        if counted:
            right = self._setter.line(counted, style)
            at = look.margin + self._width - right.width
            drawing += " " + self._file.text(right, at, look.foot, SOFT)
        return drawing

    # What the slip says

    def _body(self, slip: PackingSlip) -> list[Row]:
        rows = self._addressed(slip)
        pieces = sum(line.quantity for line in slip.lines)
        counted = f"{pieces} piece" if pieces == 1 else f"{pieces} pieces"
        rows += self._section("IN THIS PARCEL", counted)
        at = self._look.text_at
        if any(line.photo for line in slip.lines):
            at += self._look.photo + self._look.gap * 0.6
        last: list[Row] = []
        for index, line in enumerate(slip.lines):
            rows += last
            last = self._line_item(line, at)
            if index:
                rows.append(Row(1, rule(0, -0.5, self._width, 0.4)))
        return [*rows, *self._ending(last, self._tail(slip))]

    def _tail(self, slip: PackingSlip) -> list[Row]:
        """Say what stands below the pieces."""
        rows = [Row(1, rule(0, -0.5, self._width)), *self._sums(slip.sums)]
        rows += self._others("ALREADY SENT", slip.already_sent)
        for day in sorted({each.by for each in slip.to_follow}, key=lambda day: day or date.max):
            label = f"TO FOLLOW BY {long_day(day).upper()}" if day else "TO FOLLOW"
            rows += self._others(label, [each for each in slip.to_follow if each.by == day])
        rows += self._details(slip.details)
        if slip.note:
            rows += self._note(slip.note)
        rows += self._care(slip.care)
        return [*rows, *self._closing(slip), *self._terms(slip.terms)]

    def _sums(self, sums: Sequence[tuple[str, str]]) -> list[Row]:
        """Set the order's sums below its pieces, their figures at the right edge."""
        look = self._look
        rows = [space(look.gap * 0.3)] if sums else []
        for index, (name, amount) in enumerate(sums):
            style = look.title if index == len(sums) - 1 else look.choices
            line = self._setter.line(amount, style)
            label = self._file.text(self._setter.line(name, style), look.text_at, -style.drop)
            cost = self._file.text(line, self._width - line.width, -style.drop)
            rows.append(Row(style.leading, f"{label} {cost}"))
        return _together(rows)

    def _ending(self, last: list[Row], tail: list[Row]) -> list[Row]:
        """Take the last piece along where what stands below the pieces moves to another page."""
        rows = [*last, *tail]
        room = self._stock.height - self._top - self._look.foot
        if sum(row.height for row in rows) > room * _MOST_TAKEN_ALONG:
            return rows
        return _together(rows)

    def _addressed(self, slip: PackingSlip) -> list[Row]:
        """Where it goes on the left, which order it is on the right; below it on a card."""
        look = self._look
        narrow = self._stock.is_small
        left_width = self._width if narrow else self._width * 0.58
        right_width = self._width - (0 if narrow else left_width + look.gap)
        left: list[Row] = []
        if slip.ship_to:
            left.append(self._label("SHIP TO"))
            for line in self._setter.address(slip.ship_to, look.address, left_width):
                x = line.start(left_width)
                left.append(Row(look.address.leading, self._file.text(line, x, -look.address.drop)))
        placed = f"Placed {long_day(slip.placed_on)}"
        right = [
            self._label("ORDER"),
            *self._text(slip.order_number, look.number, right_width),
            *self._text(placed, look.plain, right_width, ink=SOFT),
        ]
        if narrow:
            return [*_together([*right, space(look.gap * 0.7)]), *left, space(look.gap)]
        at = self._width - right_width
        joined = _side_by_side(left, right, at)
        return [*_together(joined), space(look.gap * 1.3)]

    def _line_item(self, line: SlipLine, at: float) -> list[Row]:
        look = self._look
        width = self._width - at
        price = self._setter.line(line.price, look.choices)
        room = width - price.width - look.gap if line.price else width
        titles = self._setter.lines(line.title, look.title, room) or (Line((), look.title, 0),)
        tick = box(0.4, -look.title.drop - 0.8, look.tick)
        weight = look.title if line.quantity > 1 else look.choices
        quantity = self._file.text(
            self._setter.line(f"{line.quantity} ×", weight),
            look.quantity_at,
            -look.title.drop,
            BLACK if line.quantity > 1 else SOFT,
        )
        photo = self._photo(line.photo) if line.photo else ""
        rows = [space(look.gap * 0.36, keeps=True)]
        for index, title in enumerate(titles):
            drawing = self._file.text(title, at, -look.title.drop)
            if index == 0:
                cost = self._file.text(price, self._width - price.width, -look.title.drop)
                drawing = f"{tick} {quantity} {photo} {drawing} {cost}".rstrip()
            rows.append(Row(look.title.leading, drawing, keeps=True))
        choices = "   ·   ".join(_told(each) for each in line.variations)
        rows += self._text(choices, look.choices, width, at=at)
        if line.personalization:
            rows += self._personal(line.personalization, at, width)
        if line.notes:
            rows.append(space(look.gap * 0.18))
        for note in line.notes:
            rows += self._text(note, look.plain, width, at=at, ink=SOFT)
        if photo:
            short = look.photo + _PHOTO_DROP - sum(row.height for row in rows[1:])
            rows.append(space(max(0.0, short)))
        rows.append(space(look.gap * 0.36))
        if sum(row.height for row in rows) <= self._stock.height * _MOST_WHOLE:
            return _together(rows)
        return _opening_together(rows, _PHOTO_ROWS if photo else _OPENING_ROWS)

    def _photo(self, photo: PaperPicture) -> str:
        """Draw a piece between its count and its name, with round corners, in a square field."""
        look = self._look
        side = look.photo
        width = side * min(1.0, photo.width / photo.height)
        height = width * photo.height / photo.width
        x = look.text_at + (side - width) / 2
        y = -_PHOTO_DROP - (side + height) / 2
        frame = rounded(x, y, width, height, side / 18)
        return f"q {frame} {self._file.picture(photo, x, y, width)} Q"

    def _personal(self, text: str, at: float, width: float) -> list[Row]:
        """Set what is engraved or stamped: large, beside a bar that runs along all its lines."""
        look = self._look
        inset = look.personal.size * 0.65
        rows = [space(look.gap * 0.36, keeps=True)]
        label = self._label("PERSONALIZATION", at + inset)
        lines = self._text(text, look.personal, width - inset, at=at + inset)
        for row in (label, *lines):
            edge = bar(at, -row.height, 1.6, row.height + 0.2, GARNET)
            rows.append(Row(row.height, f"{edge} {row.drawing}", keeps=row is label))
        return rows

    def _details(self, details: Sequence[Variation]) -> list[Row]:
        look = self._look
        rows: list[Row] = []
        for each in details:
            rows.append(space(look.gap * 0.6))
            if each.name:
                rows += _together(
                    [*self._text(each.name, look.plain, self._width, ink=SOFT), space(0)]
                )
            rows += self._text(each.value, look.address, self._width)
        return rows

    def _care(self, care: Sequence[str]) -> list[Row]:
        """Tell how the pieces are cared for, in the words of their listings."""
        look = self._look
        if not care:
            return []
        width = min(self._width, look.plain.size * 46)
        rows = [space(look.gap * 0.6), self._label("CARE")]
        for each in care:
            rows += _together(self._text(each, look.plain, width))
        return rows

    def _note(self, note: str) -> list[Row]:
        look = self._look
        width = min(self._width, look.address.size * 42)
        return [
            space(look.gap * 0.6),
            self._label("NOTE"),
            *self._text(note, look.address, width),
        ]

    def _others(self, label: str, others: Sequence[OtherUnits]) -> list[Row]:
        look = self._look
        if not others:
            return []
        rows = [space(look.gap * 0.6), self._label(label)]
        for units in others:
            text = f"{units.quantity} ×  {units.title}"
            rows += self._text(text, look.choices, self._width, ink=SOFT)
        return rows

    def _terms(self, terms: Sequence[str]) -> list[Row]:
        """Set the short forms of the shop's policies small, below its thanks."""
        if not terms:
            return []
        style = self._look.sender
        width = min(self._width, style.size * 46)
        lines = [line for term in terms for line in self._setter.lines(term, style, width)]
        return [space(self._look.gap), *_together([self._centered(line, SOFT) for line in lines])]

    def _closing(self, slip: PackingSlip) -> list[Row]:
        look = self._look
        rows = [space(look.gap * 1.5)]
        rows += [
            self._centered(line)
            for line in self._setter.lines(slip.thanks, look.thanks, self._width)
        ]
        rows += [
            self._centered(line, SOFT)
            for line in self._setter.lines(slip.shop.signature, look.signature, self._width)
        ]
        return _together(rows)

    # Rows

    def _section(self, label: str, counted: str) -> list[Row]:
        look = self._look
        left = self._label(label)
        right = self._setter.line(counted, look.plain)
        at = self._width - right.width
        drawing = f"{left.drawing} {self._file.text(right, at, -look.label.drop, SOFT)}"
        return [
            Row(left.height + 3, drawing, keeps=True),
            Row(1, rule(0, -0.5, self._width), keeps=True),
        ]

    def _label(self, text: str, at: float = 0.0) -> Row:
        style = self._look.label
        line = self._setter.line(text, style)
        if line.width > self._width - at:  # a label that long is no label: as it is, smaller
            line = self._setter.lines(text, self._look.plain, self._width - at)[0]
        return Row(style.leading, self._file.text(line, at, -style.drop, SOFT), keeps=True)

    def _text(
        self, text: str, style: Style, width: float, *, at: float = 0.0, ink: Ink = BLACK
    ) -> list[Row]:
        return [
            Row(style.leading, self._file.text(line, at + line.start(width), -style.drop, ink))
            for line in self._setter.lines(text, style, width)
        ]

    def _centered(self, line: Line, ink: Ink = BLACK) -> Row:
        at = (self._width - line.width) / 2
        return Row(line.style.leading, self._file.text(line, at, -line.style.drop, ink))


def _told(variation: Variation) -> str:
    return f"{variation.name}: {variation.value}" if variation.name else variation.value


def _together(rows: Sequence[Row]) -> list[Row]:
    """Ask that rows stand on one page."""
    last = len(rows) - 1
    return [
        Row(row.height, row.drawing, keeps=index < last, is_space=row.is_space)
        for index, row in enumerate(rows)
    ]


def _opening_together(rows: Sequence[Row], opening: int) -> list[Row]:
    """Ask that a line item's first rows are not parted, and its last two neither."""
    last = len(rows) - 1
    return [
        Row(
            row.height,
            row.drawing,
            keeps=index < min(opening, last) or index == last - 1,
            is_space=row.is_space,
        )
        for index, row in enumerate(rows)
    ]


def _side_by_side(left: Sequence[Row], right: Sequence[Row], at: float) -> list[Row]:
    """Merge two columns: the right one is drawn along with the first row of the left one."""
    beside = " ".join(drawn(right, at, 0))
    height = sum(row.height for row in left)
    missing = max(0.0, sum(row.height for row in right) - height)
    rows = [Row(0, beside, keeps=True), *left]
    return [*rows, Row(missing)] if missing else rows


def long_day(day: date) -> str:
    """Write a day in full: ``Monday, October 5, 2026``, whatever the computer's language."""
    return f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"
