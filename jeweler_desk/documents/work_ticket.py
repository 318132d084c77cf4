"""The work ticket on paper: the words for a piece large, its stages to tick, no price."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jeweler_desk.documents.flow import Row, space
from jeweler_desk.documents.ornament import stone
from jeweler_desk.documents.packing_slip import long_day
from jeweler_desk.documents.page_writer import PageWriter
from jeweler_desk.documents.pdf_file import (
    GARNET,
    SOFT,
    About,
    Rendered,
    box,
    rule,
)
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import Cut, Voice
from jeweler_desk.documents.typography.line import Style
from jeweler_desk.domain.work_ticket import TicketPiece, WorkTicket

_MARGIN: Final = 60.0
_FOOT: Final = 38.0
_TICK: Final = 12.0
_TICK_ROOM: Final = 18.0
_STAGE_GAP: Final = 20.0
_NUMBER: Final = Style(Cut(Voice.SANS, 600), 26, 34)
_SMALL: Final = Style(Cut(Voice.SANS, 400), 9.5, 14)
_DAY: Final = Style(Cut(Voice.SANS, 600), 13, 20)
_TITLE: Final = Style(Cut(Voice.SANS, 600), 15, 21)
_OPTION: Final = Style(Cut(Voice.SANS, 400), 12, 17)
_WORDS: Final = Style(Cut(Voice.SANS, 600), 24, 33)


def render_work_tickets(tickets: Sequence[WorkTicket], stock: Stock) -> Rendered:
    """Return one PDF with a ticket for each order, and the number of its pages."""
    writer = _Writer(stock)
    for ticket in tickets:
        writer.add(ticket)
    return writer.finished(tickets[0].shop if tickets else "")


class _Writer(PageWriter):
    """Lays tickets out on one stock."""

    def __init__(self, stock: Stock) -> None:
        super().__init__(stock, _MARGIN, _FOOT, _MARGIN * 0.72)

    def add(self, ticket: WorkTicket) -> None:
        """Set one ticket on pages of its own."""
        self._file.begin(ticket.number)
        rows = self._head(ticket)
        for piece in ticket.pieces:
            rows += self._piece(piece)
        if ticket.note:
            rows += [space(14), *self._text("The buyer wrote", _SMALL, SOFT)]
            rows += self._text(ticket.note, _OPTION)

        def told(page: int, pages: int) -> str:
            return f"Order {ticket.number}, page {page} of {pages}" if pages > 1 else ""

        self._pages(rows, _SMALL, told)

    def _head(self, ticket: WorkTicket) -> list[Row]:
        rows = [Row(24, stone(self._width / 2, -9))]
        rows += self._text("Work ticket", _SMALL, SOFT)
        rows += self._text(f"Order {ticket.number}", _NUMBER)
        if ticket.customer:
            rows += self._text(ticket.customer, _OPTION)
        if ticket.ship_by:
            rows += self._text(f"Ship by {long_day(ticket.ship_by)}", _DAY, GARNET)
        return [*rows, space(10), Row(1, rule(0, -0.5, self._width))]

    def _piece(self, piece: TicketPiece) -> list[Row]:
        units = f"{piece.units} × " if piece.units > 1 else ""
        rows = [space(16), *self._text(f"{units}{piece.title}", _TITLE, keeps=True)]
        for option in piece.options:
            rows += self._text(option, _OPTION, keeps=True)
        if piece.personalization:
            rows += [space(6, keeps=True), *self._text("Exactly", _SMALL, SOFT, keeps=True)]
            rows += self._text(piece.personalization, _WORDS, keeps=True)
        return [*rows, space(8, keeps=True), *self._stages(piece), space(12), self._rule()]

    def _stages(self, piece: TicketPiece) -> list[Row]:
        rows: list[list[str]] = [[]]
        at = 0.0
        for name, is_done in piece.stages:
            line = self._setter.line(name, _OPTION)
            wide = _TICK_ROOM + line.width
            if at and at + wide > self._width:
                rows.append([])
                at = 0.0
            drop = _OPTION.drop
            rows[-1].append(box(at + 0.4, -drop - 0.8, _TICK))
            if is_done:
                mark = self._setter.line("✓", _OPTION)
                rows[-1].append(self._file.text(mark, at + 2.2, -drop + 0.8))
            rows[-1].append(self._file.text(line, at + _TICK_ROOM, -drop))
            at += wide + _STAGE_GAP
        return [Row(_OPTION.leading + 6, " ".join(each), keeps=True) for each in rows]

    def _rule(self) -> Row:
        return Row(1, rule(0, -0.5, self._width, 0.4))

    def finished(self, shop: str) -> Rendered:
        """Return the file and the number of its pages."""
        about = About("Work tickets", self._setter.fonts.printable(shop), "Pieces to make")
        return self._file.rendered(about)
