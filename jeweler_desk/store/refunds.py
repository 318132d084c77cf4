"""Money after the payment: refunds with their steps, disputes, write-offs, voids."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Final

from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Dispute,
    DisputeOutcome,
    LineItemId,
    OrderId,
    Refund,
    RefundChoice,
    RefundState,
    Units,
)
from jeweler_desk.domain.payment import BY_HAND
from jeweler_desk.store import columns
from jeweler_desk.store.batch import NewRows
from jeweler_desk.store.database import Row, Store

_REFUNDS: Final = (
    "SELECT refunds.*, refund_steps.state, refund_steps.at,"
    " (SELECT means FROM refund_steps WHERE refund_id = refunds.id AND means IS NOT NULL"
    "  ORDER BY id DESC LIMIT 1) AS means,"
    " (SELECT reference FROM refund_steps WHERE refund_id = refunds.id AND reference IS NOT NULL"
    "  ORDER BY id DESC LIMIT 1) AS reference"
    " FROM refunds JOIN refund_steps ON refund_steps.id ="
    " (SELECT max(id) FROM refund_steps WHERE refund_id = refunds.id)"
    " WHERE order_id = ? AND withdrawn_at IS NULL ORDER BY refunds.id"
)


class RefundRows:
    """Reads and writes what happens to an order's money; writing needs an open step."""

    def __init__(self, store: Store, new_rows: NewRows | None = None) -> None:
        self._store = store
        self._new_rows = new_rows or store

    def refunds(self, order_id: OrderId, currency: str) -> tuple[Refund, ...]:
        """Return the refunds of an order, each at its present step."""
        rows = self._store.rows(_REFUNDS, [order_id])
        if not rows:
            return ()
        units: dict[int, list[tuple[LineItemId, int]]] = defaultdict(list)
        for row in self._store.rows(
            "SELECT refund_units.* FROM refund_units JOIN refunds ON refunds.id = refund_id"
            " WHERE order_id = ? ORDER BY refund_units.id",
            [order_id],
        ):
            units[row["refund_id"]].append((LineItemId(row["line_item_id"]), row["units"]))
        return tuple(_refund(row, currency, tuple(units[row["id"]])) for row in rows)

    def authorizations(self, order_id: OrderId, currency: str) -> tuple[Authorization, ...]:
        """Return the money held for an order."""
        rows = self._store.rows(
            "SELECT * FROM authorizations WHERE order_id = ? ORDER BY id", [order_id]
        )
        return tuple(
            Authorization(
                amount=Money(row["amount"], currency),
                state=AuthorizationState(row["state"]),
                source=row["source"],
                id=row["id"],
            )
            for row in rows
        )

    def disputes(self, order_id: OrderId, currency: str) -> tuple[Dispute, ...]:
        """Return the disputes of an order."""
        rows = self._store.rows("SELECT * FROM disputes WHERE order_id = ? ORDER BY id", [order_id])
        return tuple(dispute(row, currency) for row in rows)

    def written_off(self, order_id: OrderId, currency: str) -> Money | None:
        """Return what of an order's total is no longer asked for; None when nothing is."""
        rows = self._store.rows("SELECT amount FROM write_offs WHERE order_id = ?", [order_id])
        return total_of([Money(row[0], currency) for row in rows], currency) if rows else None

    def refunded_units(self, order_id: OrderId) -> dict[LineItemId, int]:
        """Return how many units of each line item were refunded."""
        rows = self._store.rows(
            "SELECT line_item_id, sum(units) FROM refund_units JOIN refunds"
            " ON refunds.id = refund_id WHERE order_id = ? AND withdrawn_at IS NULL"
            " GROUP BY line_item_id",
            [order_id],
        )
        return {LineItemId(row[0]): int(row[1]) for row in rows}

    # ---- writing

    def grant(self, order_id: OrderId, refund: Refund) -> int:
        """Add a refund with its parts, its units and its first step; return its id."""
        refund_id = self._new_rows.insert(
            "refunds",
            {
                "order_id": order_id,
                "amount": refund.amount.minor_units,
                "reason": refund.reason,
                "source": refund.source,
                "goods": columns.minor_units(refund.goods),
                "shipping": columns.minor_units(refund.shipping),
                "tax": columns.minor_units(refund.tax),
                "goodwill": columns.minor_units(refund.goodwill),
                "choice": refund.choice,
            },
        )
        for line_id, count in refund.units:
            self._new_rows.insert(
                "refund_units",
                {"refund_id": refund_id, "line_item_id": line_id, "units": count},
            )
        self.add_step(refund_id, refund.state, refund.at)
        return refund_id

    def add_step(
        self,
        refund_id: int,
        state: RefundState,
        at: datetime | None,
        *,
        means: str | None = None,
        reference: str | None = None,
        why: str | None = None,
    ) -> None:
        """Move a refund on by one step."""
        record = {
            "refund_id": refund_id,
            "state": state,
            "at": columns.instant_text(at),
            "means": means,
            "reference": reference,
            "why": why,
        }
        self._new_rows.insert("refund_steps", record)

    def withdraw(self, refund_id: int, at: datetime) -> None:
        """Take a refund back of which nothing was sent."""
        self._store.update("refunds", refund_id, {"withdrawn_at": columns.instant_text(at)})

    def void(self, authorization_id: int) -> None:
        """Note that the seller let money go that was held."""
        state = {"state": AuthorizationState.VOIDED, "source": BY_HAND}
        self._store.update("authorizations", authorization_id, state)

    def expire(self, authorization_id: int) -> None:
        """Note that the time of money that was held ran out."""
        state = {"state": AuthorizationState.EXPIRED}
        self._store.update("authorizations", authorization_id, state)

    def write_off(self, order_id: OrderId, amount: Money, reason: str, at: datetime) -> None:
        """Note that an amount of the total is no longer asked for."""
        record = {
            "order_id": order_id,
            "amount": amount.minor_units,
            "reason": reason,
            "at": columns.instant_text(at),
        }
        self._store.insert("write_offs", record)

    def explain_free(self, order_id: OrderId, reason: str) -> None:
        """Note why an order may cost nothing."""
        self._store.update("orders", order_id, {"free_reason": reason})

    def set_paid_at(self, order_id: OrderId, at: datetime) -> None:
        """Note when an order was paid."""
        self._store.update("orders", order_id, {"paid_at": columns.instant_text(at)})

    def open_dispute(
        self, order_id: OrderId, amount: Money, reason: str, evidence_due_on: date | None,
        at: datetime,
    ) -> None:  # fmt: skip
        """Add a dispute."""
        record = {
            "order_id": order_id,
            "amount": amount.minor_units,
            "reason": reason,
            "opened_at": columns.instant_text(at),
            "evidence_due_on": columns.day_text(evidence_due_on),
        }
        self._store.insert("disputes", record)

    def give_evidence(self, dispute_id: int, at: datetime) -> None:
        """Note that the evidence was given."""
        at_text = {"evidence_given_at": columns.instant_text(at)}
        self._store.update("disputes", dispute_id, at_text)

    def close_dispute(self, dispute_id: int, outcome: DisputeOutcome, at: datetime) -> None:
        """Note how a dispute ended."""
        record = {"outcome": outcome, "closed_at": columns.instant_text(at)}
        self._store.update("disputes", dispute_id, record)

    # ---- what is due

    def to_void(self) -> list[Row]:
        """Return number, amount and currency of money still held for canceled orders."""
        return self._store.rows(
            "SELECT number, amount, currency FROM authorizations"
            " JOIN orders ON orders.id = order_id"
            " WHERE state = 'held' AND order_status = 'canceled' ORDER BY authorizations.id"
        )

    def evidence_due(self) -> list[Row]:
        """Return number, amount, currency and last day of disputes that need evidence."""
        return self._store.rows(
            "SELECT number, amount, currency, evidence_due_on, opened_at FROM disputes"
            " CROSS JOIN orders ON orders.id = order_id"
            " WHERE outcome IS NULL AND evidence_given_at IS NULL ORDER BY disputes.id"
        )


def dispute(row: Row, currency: str) -> Dispute:
    """Read a dispute."""
    return Dispute(
        amount=Money(row["amount"], currency),
        reason=row["reason"],
        opened_at=columns.known_instant(row["opened_at"]),
        evidence_due_on=columns.day(row["evidence_due_on"]),
        evidence_given_at=columns.instant(row["evidence_given_at"]),
        outcome=DisputeOutcome(row["outcome"]) if row["outcome"] else None,
        id=row["id"],
    )


def _refund(row: Row, currency: str, units: Units) -> Refund:
    return Refund(
        amount=Money(row["amount"], currency),
        state=RefundState(row["state"]),
        at=columns.instant(row["at"]),
        reason=row["reason"],
        source=row["source"],
        goods=columns.money(row["goods"], currency),
        shipping=columns.money(row["shipping"], currency),
        tax=columns.money(row["tax"], currency),
        goodwill=columns.money(row["goodwill"], currency),
        units=units,
        choice=RefundChoice(row["choice"]) if row["choice"] else None,
        means=row["means"],
        reference=row["reference"],
        id=row["id"],
    )
