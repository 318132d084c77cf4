"""Customs on paper: a sheet to copy from onto the post's own form, and a commercial invoice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from jeweler_desk.documents.embedded_face import number
from jeweler_desk.documents.flow import Row, space
from jeweler_desk.documents.packing_slip import long_day
from jeweler_desk.documents.page_writer import PageWriter
from jeweler_desk.documents.pdf_file import BLACK, SOFT, About, Ink, Rendered, rule
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import Cut, Voice
from jeweler_desk.documents.typography.line import Style
from jeweler_desk.domain.customs import (
    ADVICE,
    HS_CODES,
    LOOKED_UP_ON,
    CustomsForm,
    CustomsLine,
    CustomsSheet,
)
from jeweler_desk.domain.money import Money

_MARGIN: Final = 54.0
_FOOT: Final = 38.0
_GAP: Final = 10.0
_TITLE: Final = Style(Cut(Voice.SERIF, 600), 26, 31)
_HEAD: Final = Style(Cut(Voice.SANS, 600), 8.5, 13)
_SMALL: Final = Style(Cut(Voice.SANS, 400), 8.5, 12.5)
_CELL: Final = Style(Cut(Voice.SANS, 400), 10.5, 15)
_STRONG: Final = Style(Cut(Voice.SANS, 600), 10.5, 15)
_BLANK: Final = "______"
_ROW_SPACE: Final = 5.0
# Each column's heading, its share of the width, and whether its cells end at its right edge.
_COLUMNS: Final = (
    ("Units", 0.07, True),
    ("What it is, of what, set with what", 0.41, False),
    ("HS code", 0.11, False),
    ("Made in", 0.1, False),
    ("Net weight", 0.12, True),
    ("Value", 0.19, True),
)
_SHOWN: Final = {each.code: each.shown for each in HS_CODES}


def render_customs(sheets: Sequence[CustomsSheet], stock: Stock) -> Rendered:
    """Return one PDF: for each order a sheet to copy from, then its commercial invoice."""
    writer = _Writer(stock)
    for sheet in sheets:
        writer.add(sheet)
    return writer.finished()


class _Writer(PageWriter):
    """Lays customs papers out on one stock."""

    def __init__(self, stock: Stock) -> None:
        super().__init__(stock, _MARGIN, _FOOT, _MARGIN * 0.8)

    def add(self, sheet: CustomsSheet) -> None:
        """Set both papers of one order."""
        self._file.begin(sheet.order_number)
        self._footed(self._to_copy(sheet), f"Order {sheet.order_number}, for customs")
        self._footed(self._invoice(sheet), f"Order {sheet.order_number}, commercial invoice")

    def finished(self) -> Rendered:
        """Return the file."""
        return self._file.rendered(About("Customs papers", "", "Customs data and invoices"))

    def _to_copy(self, sheet: CustomsSheet) -> list[Row]:
        form = {
            CustomsForm.CN22: "This value is within form CN22.",
            CustomsForm.CN23: "This value wants form CN23.",
            None: "Ask which form this value wants: up to 300 SDR CN22, above CN23.",
        }[sheet.form]
        told = (
            f"Copy this onto the form that your post gives you. {form}"
            f" {ADVICE}: codes and limits as of {long_day(LOOKED_UP_ON)}."
        )
        rows = [*self._text("For the customs form", _TITLE), *self._text(told, _SMALL, SOFT)]
        rows += [space(12), *self._parties(sheet), space(10)]
        rows += self._text("Category: sale of goods", _STRONG)
        rows += [space(8), *self._table(sheet)]
        rows += [space(6), *self._pair("Total value of the goods", _money(sheet.value))]
        rows += self._pair("Total net weight of the pieces", _grams(sheet.net_grams))
        rows += self._pair("Gross weight of the parcel, weighed when packed", f"{_BLANK} g")
        if sheet.shipping is not None:
            rows += self._pair("Postage paid by the buyer", _money(sheet.shipping))
        if sheet.notes:
            rows += [space(12), *self._text("To know", _HEAD, SOFT)]
            for note in sheet.notes:
                rows += [*self._text(note, _SMALL), space(3)]
        return [*rows, space(26), *self._signed()]

    def _invoice(self, sheet: CustomsSheet) -> list[Row]:
        facts = f"Number {sheet.order_number}  ·  {long_day(sheet.made_on)}"
        rows = [*self._text("Commercial invoice", _TITLE), *self._text(facts, _CELL, SOFT)]
        rows += [space(12), *self._parties(sheet), space(10)]
        rows += self._text("Reason for export: sale. Terms: DAP unless agreed otherwise.", _CELL)
        rows += [space(8), *self._table(sheet, by_unit=True)]
        rows += [space(6), *self._pair("Goods", _money(sheet.value))]
        total = sheet.value
        if sheet.shipping is not None:
            total += sheet.shipping
            rows += self._pair("Shipping", _money(sheet.shipping))
        rows += self._pair("Total", _money(total), _STRONG)
        rows += self._pair("Net weight", _grams(sheet.net_grams))
        rows += self._pair("Parcels", "1")
        rows += [space(16)]
        rows += self._text(
            "I declare that what stands here is true and complete, and that the goods come from"
            " the country named with each.",
            _CELL,
        )
        return [*rows, space(26), *self._signed()]

    def _parties(self, sheet: CustomsSheet) -> list[Row]:
        half = self._width / 2
        room = half - _GAP
        left = self._party("From", sheet.sender, room)
        phone = (sheet.phone,) if sheet.phone else ()
        right = self._party("To", (*sheet.receiver, *phone), room)
        empty = Row(_CELL.leading)
        rows: list[Row] = []
        for sends, receives in zip_longest(left, right, fillvalue=empty):
            moved = f"q 1 0 0 1 {number(half)} 0 cm {receives.drawing} Q"
            beside = moved if receives.drawing else ""
            rows.append(Row(_CELL.leading, f"{sends.drawing} {beside}", keeps=True))
        return rows

    def _party(self, label: str, lines: Sequence[str], room: float) -> list[Row]:
        head = self._row(self._setter.line(label, _HEAD), room)
        return [Row(_CELL.leading, head.drawing), *self._address(lines, _CELL, room)]

    def _table(self, sheet: CustomsSheet, *, by_unit: bool = False) -> list[Row]:
        heads = [name for name, _share, _is_right in _COLUMNS]
        rows = [
            Row(1, rule(0, -0.5, self._width, 0.9, BLACK), keeps=True),
            space(4, keeps=True),
            self._cells(heads, _HEAD, SOFT),
            Row(4, rule(0, -2, self._width)),
        ]
        for line in sheet.lines:
            cells = self._cells(_line_cells(line, by_unit=by_unit), _CELL)
            rows += [
                space(_ROW_SPACE),
                cells,
                space(_ROW_SPACE),
                Row(1, rule(0, -0.5, self._width)),
            ]
        return rows

    def _cells(self, cells: Sequence[str], style: Style, ink: Ink = BLACK) -> Row:
        """Set one row of the table; a cell too long for its column is wrapped in it."""
        at, parts, most = 0.0, [], 1
        for index, (text, (_name, share, is_right)) in enumerate(zip(cells, _COLUMNS, strict=True)):
            width = self._width * share
            # The last column ends at the page's margin, the others before the next one begins.
            room = width if index == len(cells) - 1 else width - _GAP
            lines = self._setter.lines(text, style, room)
            most = max(most, len(lines))
            for count, line in enumerate(lines):
                y = -style.leading * count - style.drop
                x = at + (room - line.width if is_right else line.start(room))
                parts.append(self._file.text(line, x, y, ink))
            at += width
        return Row(most * style.leading, " ".join(parts))

    def _pair(self, name: str, value: str, style: Style = _CELL) -> list[Row]:
        line = self._setter.line(value, style)
        label = self._setter.line(name, style)
        y = -style.drop
        x = self._width - line.width
        drawing = f"{self._file.text(label, 0, y, BLACK)} {self._file.text(line, x, y, BLACK)}"
        return [Row(style.leading, drawing)]

    def _signed(self) -> list[Row]:
        half = self._width * 0.45
        bars = f"{rule(0, -0.5, half)} {rule(self._width - half, -0.5, half)}"
        day, name = (self._setter.line(each, _SMALL) for each in ("Day", "Signature"))
        words = " ".join((
            self._file.text(day, 0, -9, SOFT),
            self._file.text(name, self._width - half, -9, SOFT),
        ))  # fmt: skip
        return [Row(3, bars, keeps=True), Row(_SMALL.leading, words)]

    def _footed(self, rows: Sequence[Row], foot: str) -> None:
        def told(page: int, pages: int) -> str:
            return f"{foot}, page {page} of {pages}" if pages > 1 else foot

        self._pages(rows, _SMALL, told, is_right=False)


def _line_cells(line: CustomsLine, *, by_unit: bool) -> list[str]:
    facts = line.facts
    words = line.description
    if facts.material and facts.material.casefold() not in words.casefold():
        words = f"{words}, {facts.material}"
    value = _money(line.value)
    if by_unit and line.units > 1:
        value = f"{value}\n{line.units} × {_each(line)}"
    return [
        str(line.units),
        words,
        _SHOWN.get(facts.hs_code) or _dotted(facts.hs_code) or _BLANK,
        facts.origin or _BLANK,
        _grams(line.net_grams),
        value,
    ]


def _each(line: CustomsLine) -> str:
    """Return the price of one unit; of a value that does not split evenly, that of the first."""
    return line.value.allocate([1] * line.units)[0].amount


def _dotted(code: str) -> str:
    return f"{code[:4]}.{code[4:]}" if code else ""


def _money(amount: Money) -> str:
    return f"{amount.amount} {amount.currency}"


def _grams(grams: int | None) -> str:
    return f"{_BLANK} g" if grams is None else f"{grams} g"
