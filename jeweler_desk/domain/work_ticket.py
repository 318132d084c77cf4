"""The work ticket: what goes with a piece along the bench; it knows no price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jeweler_desk.domain.order import LineItem, Order, Stage
from jeweler_desk.domain.stages import Stages


@dataclass(frozen=True, slots=True)
class TicketPiece:
    """One piece to make: what was chosen, its words, the stages with those behind it ticked."""

    title: str
    units: int
    options: tuple[str, ...]
    personalization: str | None
    stages: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class WorkTicket:
    """The ticket of one order."""

    shop: str
    number: str
    customer: str | None
    ship_by: date | None
    note: str | None
    pieces: tuple[TicketPiece, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that customers wrote, for naming what no font has."""
        found = [self.customer, self.note]
        for piece in self.pieces:
            found += [piece.title, *piece.options, piece.personalization]
        return tuple(text for text in found if text)


def work_ticket(order: Order, shop: str, stages: Stages) -> WorkTicket:
    """Return the ticket of an order: the pieces that are not in a closed parcel."""
    lines = [line for line in order.line_items if line.units_to_send > line.units_closed]
    return WorkTicket(
        shop=shop,
        number=order.number,
        customer=order.customer,
        ship_by=order.ship_by,
        note=order.notes,
        pieces=tuple(_piece(line, stages) for line in lines),
    )


def _piece(line: LineItem, stages: Stages) -> TicketPiece:
    here = stages.place_of(line) + (line.stage is Stage.READY)
    return TicketPiece(
        title=line.title,
        units=line.units_to_send - line.units_closed,
        options=tuple(
            f"{option.name}: {option.value}" if option.name else option.value
            for option in line.variations
        ),
        personalization=line.personalization,
        stages=tuple(
            (stage.name, place < here) for place, stage in enumerate(stages.all()) if place
        ),
    )
