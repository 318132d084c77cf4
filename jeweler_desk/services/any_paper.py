"""Every kind of paper by its word: how it is called, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.paper_facts import PAPER_NAMES, PaperKind
from jeweler_desk.domain.print_job import PrintChoice, Sides
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.address_labels import LabelPlace
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.paper_stocks import sheet_shape, usual_stock
from jeweler_desk.services.papers import Printed
from jeweler_desk.services.printing import moved

TICKETS: Final = "tickets"
RECEIPTS: Final = "gift-receipts"
NAMES: Final[Mapping[str, str]] = {
    **{kind.value: PAPER_NAMES[kind] for kind in PaperKind},
    TICKETS: "work ticket",
    RECEIPTS: "gift receipt",
}
"""Each kind of paper and what one of it is called."""


def paper_job(
    desk: Desk,
    kind: str,
    order_ids: Sequence[OrderId],
    choice: PrintChoice | None = None,
    start: int = 1,
    *,
    prices: bool | None = None,
) -> Callable[[], Printed]:
    """Return the work that makes papers of a kind for these orders, in this order.

    They are made for a printer: what was measured of it with their stock is allowed for, be they
    labels or other papers, sent to it or kept as a file. ``choice`` is how they are printed, as
    last time where it is None; ``start`` is the first free label of a sheet. ``prices`` asks for
    them on packing slips; else the shop's setting decides. What they say is noted with them: an
    order that changes while they are looked at makes them out of date. Raises `RefusedError` when
    none of them may be printed, or stock or position are unknown.
    """
    choice = desk.printing.choice(kind) if choice is None else choice
    country = desk.settings.get("shop.country")
    stock = sheet_shape(kind, choice.stock or usual_stock(kind, country).name).name
    drift = desk.printing.drift(choice.printer, stock)
    if kind == PaperKind.LABELS:
        place = LabelPlace(start, drift.dx, drift.dy, drift.sx, drift.sy)
        return _noted(desk, kind, order_ids, desk.address_labels.job(order_ids, stock, place))
    if start != 1:
        raise RefusedError(
            f"Only sheets of labels are begun at a position; a {NAMES[kind]} has one page of its"
            " own. Nothing was printed."
        )
    make = _plain_job(desk, kind, order_ids, stock, choice.sides, prices=prices)
    return _noted(desk, kind, order_ids, lambda: moved(make(), drift), prices=prices)


def _noted(
    desk: Desk,
    kind: str,
    order_ids: Sequence[OrderId],
    make: Callable[[], Printed],
    *,
    prices: bool | None = None,
) -> Callable[[], Printed]:
    """Return work that notes with the papers what they say as their orders stand now."""
    has_prices = desk.papers.usually_prices if prices is None else prices
    orders = [desk.orders.get(order_id) for order_id in dict.fromkeys(order_ids)]
    facts = desk.printing.facts(kind, orders, prices=has_prices)

    def work() -> Printed:
        made = make()
        return replace(made, facts={each: facts[each] for each in made.orders if each in facts})

    return work


def _plain_job(
    desk: Desk,
    kind: str,
    order_ids: Sequence[OrderId],
    stock: str,
    sides: Sides,
    *,
    prices: bool | None,
) -> Callable[[], Printed]:
    if kind == PaperKind.CARDS:
        return desk.papers.cards_job(order_ids, stock, sides)
    jobs = {
        PaperKind.CUSTOMS.value: desk.customs.job,
        PaperKind.LETTERS.value: desk.letter_papers.job,
        TICKETS: desk.work_tickets.job,
        RECEIPTS: desk.gift_receipts.job,
    }
    if kind == PaperKind.PACKING_SLIPS:
        return desk.papers.packing_slips_job(order_ids, stock, prices=prices)
    return jobs[kind](order_ids, stock)
