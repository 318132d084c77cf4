"""Every kind of paper by its word: how it is called, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.paper_facts import PAPER_NAMES, PaperKind
from jeweler_desk.domain.print_job import Sides
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.address_labels import USUAL_PLACE, LabelPlace
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.papers import Printed

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
    stock: str | None = None,
    place: LabelPlace = USUAL_PLACE,
    sides: Sides = Sides.ONE,
) -> Callable[[], Printed]:
    """Return the work that makes papers of a kind for these orders, in this order.

    Raises `RefusedError` when none of them may be printed, or stock or position are unknown.
    """
    if kind == PaperKind.LABELS:
        return desk.address_labels.job(order_ids, stock, place)
    if place.start != 1:
        raise RefusedError(
            f"Only sheets of labels are begun at a position; a {NAMES[kind]} has one page of its"
            " own. Nothing was printed."
        )
    if kind == PaperKind.CARDS:
        return desk.papers.cards_job(order_ids, stock, sides)
    jobs = {
        PaperKind.CUSTOMS.value: desk.customs.job,
        PaperKind.LETTERS.value: desk.letter_papers.job,
        TICKETS: desk.work_tickets.job,
        RECEIPTS: desk.gift_receipts.job,
    }
    return jobs.get(kind, desk.papers.packing_slips_job)(order_ids, stock)
