"""One act with many orders: first what it would do and what it would refuse, then one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.fulfillment import Fulfillment, labels_refusal
from jeweler_desk.services.orders import Orders, hold_refusal
from jeweler_desk.services.papers import print_refusal
from jeweler_desk.services.printed_papers import PrintedPapers
from jeweler_desk.store.database import Store

DRY_LIST_FROM: Final = 20
MOST_AT_ONCE: Final = 500


class BatchAct(StrEnum):
    """What can be done with many orders at once (the words of the command line)."""

    PRINT = "print"
    HOLD = "hold"
    HAND_OVER = "hand-over"


DONE_NAMES: Final = {
    BatchAct.PRINT: "printed",
    BatchAct.HOLD: "on hold",
    BatchAct.HAND_OVER: "handed over",
}


@dataclass(frozen=True, slots=True)
class DryLine:
    """One order of a dry list: who, what, and why it would be refused; None where it would not."""

    order_id: OrderId
    number: str
    customer: str | None
    pieces: str
    refusal: str | None


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What became of an act with many orders."""

    changes: Changes
    done: tuple[DryLine, ...]
    refused: tuple[DryLine, ...]


class OrderBatches:
    """Acts with several orders, each act one step."""

    def __init__(
        self, store: Store, orders: Orders, fulfillment: Fulfillment, printed: PrintedPapers
    ) -> None:
        self._store = store
        self._orders = orders
        self._fulfillment = fulfillment
        self._printed = printed

    def dry_list(self, act: BatchAct, order_ids: Sequence[OrderId]) -> list[DryLine]:
        """Return what an act would do with each order; nothing is changed.

        Raises `RefusedError` when there are none, or too many to read through.
        """
        chosen = self._with_boxes(act, list(dict.fromkeys(order_ids)))
        if not chosen:
            raise RefusedError("No order is chosen. Nothing was changed.")
        if len(chosen) > MOST_AT_ONCE:
            raise RefusedError(
                f"{len(chosen):,} orders are chosen; at most {MOST_AT_ONCE} are taken at once."
                " Choose a view or filter the list first. Nothing was changed."
            )
        rows = {row.id: row for row in self._orders.summaries(chosen)}
        lines: list[DryLine] = []
        for order_id in chosen:
            if order_id not in rows:
                continue
            row = rows[order_id]
            why = self._refusal(act, self._orders.get(order_id))
            lines.append(DryLine(order_id, row.number, row.customer, row.pieces, why))
        return lines

    def _with_boxes(self, act: BatchAct, ids: list[OrderId]) -> list[OrderId]:
        """Add what lies in one box with an order that is handed over: a box leaves as a whole."""
        if act is not BatchAct.HAND_OVER or len(ids) > MOST_AT_ONCE:
            return ids
        boxes = [[each.id for each in self._fulfillment.box(order_id)] for order_id in ids]
        return list(dict.fromkeys(order_id for box in boxes for order_id in box))

    def _refusal(self, act: BatchAct, order: Order) -> str | None:
        match act:
            case BatchAct.PRINT:
                return print_refusal(order)
            case BatchAct.HOLD:
                return hold_refusal(order)
            case BatchAct.HAND_OVER:
                return self._hand_over_refusal(order)

    def _hand_over_refusal(self, order: Order) -> str | None:
        """Return what keeps an order here, or whatever lies in one box with it."""
        box = self._fulfillment.box(order.id)
        for each in sorted(box, key=lambda mate: mate.id != order.id):
            refusal = (
                self._fulfillment.ship_refusal(each)
                or self._printed.refusal(each)
                or labels_refusal(each)
            )
            if refusal:
                return refusal
        return self._fulfillment.box_refusal(box)

    def hold(self, order_ids: Sequence[OrderId], reason: str, until: date | None) -> BatchDone:
        """Put orders on hold as one step; those that cannot be held are left as they are."""
        return self._do(
            BatchAct.HOLD,
            "Hold",
            order_ids,
            lambda order_id: self._orders.hold(order_id, reason, until),
        )

    def hand_over(
        self,
        order_ids: Sequence[OrderId],
        carrier: str | None = None,
        at: datetime | None = None,
    ) -> BatchDone:
        """Hand closed parcels over as one step, now or ``at`` an instant that has been.

        What is not packed is left as it is.
        """
        return self._do(
            BatchAct.HAND_OVER,
            "Hand over",
            order_ids,
            lambda order_id: self._ship(order_id, carrier, at),
        )

    def _ship(self, order_id: OrderId, carrier: str | None, at: datetime | None) -> Changes:
        """Hand an order over unless it left just before, in one box with another."""
        if not self._orders.get(order_id).units_to_send:
            return NOTHING_CHANGED
        return self._fulfillment.ship(order_id, carrier, at=at)

    def _do(
        self,
        act: BatchAct,
        verb: str,
        order_ids: Sequence[OrderId],
        deed: Callable[[OrderId], Changes],
    ) -> BatchDone:
        lines = self.dry_list(act, order_ids)
        able = tuple(line for line in lines if line.refusal is None)
        refused = tuple(line for line in lines if line.refusal is not None)
        if not able:
            raise RefusedError(f"Nothing was changed. {refused_told(refused)}")
        with self._store.step(f"{verb} {count_text(len(able), 'order')}") as step:
            for line in able:
                deed(line.order_id)
        return BatchDone(changes_of(step.tables), able, refused)


def refused_told(refused: Sequence[DryLine], most: int = 3) -> str:
    """Say why orders were left as they are, the first few in full."""
    told = [line.refusal or "" for line in refused[:most]]
    if len(refused) > most:
        told.append(f"And {len(refused) - most} more.")
    return " ".join(told)
