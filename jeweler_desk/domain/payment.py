"""The money axis: how the payment status and the gate to packing follow from the facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    Charge,
    Dispute,
    DisputeOutcome,
    PaymentStatus,
    Refund,
    RefundState,
)

UNEXPLAINED_FREE: Final = "total 0.00 unexplained"
BY_HAND: Final = "desk"
"""The source of money and goods facts that the seller entered."""
# Shops that may take the money only when the parcel leaves.
_CAPTURE_ON_SHIPPING: Final = frozenset({Channel.SHOPIFY, Channel.AMAZON, Channel.SQUARE})
_SEPARATORS: Final = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """What is known of an order's money; all amounts in one currency."""

    channel: Channel
    total: Money
    charges: Sequence[Charge] = ()
    authorizations: Sequence[Authorization] = ()
    refunds: Sequence[Refund] = ()
    disputes: Sequence[Dispute] = ()
    written_off: Money | None = None
    has_free_reason: bool = False

    @property
    def charged(self) -> int:
        """Settled charges, minor units."""
        return sum(charge.amount.minor_units for charge in self.charges)

    def refunded(self, *states: RefundState) -> int:
        """Refunds that stand in one of these states (in any, when none is named), minor units."""
        return sum(
            refund.amount.minor_units
            for refund in self.refunds
            if not states or refund.state in states
        )

    @property
    def lost(self) -> int:
        """Lost disputes, minor units."""
        return sum(
            each.amount.minor_units for each in self.disputes if each.outcome is DisputeOutcome.LOST
        )

    @property
    def net(self) -> int:
        """Settled charges less settled refunds and lost disputes, minor units."""
        return self.charged - self.refunded(RefundState.SETTLED) - self.lost

    @property
    def due(self) -> int:
        """What the order should have brought: total less refunds, failed ones too, and write-offs.

        A failed refund is still owed.
        """
        written_off = self.written_off.minor_units if self.written_off else 0
        return self.total.minor_units - self.refunded() - written_off

    @property
    def refundable(self) -> int:
        """The most that can still be given back, minor units (orders.md section 4).

        What is granted or failed counts as what is asked does: it is owed already.
        """
        return max(0, self.charged - self.lost - self.refunded())

    @property
    def held(self) -> int:
        """Authorized, neither taken nor voided, minor units."""
        return sum(
            hold.amount.minor_units
            for hold in self.authorizations
            if hold.state is AuthorizationState.HELD
        )

    @property
    def is_unexplained_free(self) -> bool:
        """Whether it costs nothing and nobody said why (the price guard)."""
        return self.total.minor_units == 0 and not self.has_free_reason

    def status(self, *, is_canceled: bool = False) -> PaymentStatus:
        """Return the payment status (orders.md section 2).

        Money let go here leaves an order that still stands unpaid; it is voided once it is
        canceled, or where its channel says so.
        """
        charged, settled, due = self.charged, self.refunded(RefundState.SETTLED), self.due
        if settled > 0 and settled >= charged:
            return PaymentStatus.REFUNDED
        net = charged - settled - self.lost
        if net > due:
            return PaymentStatus.OVERPAID
        if net == due:
            return PaymentStatus.PARTIALLY_REFUNDED if settled else PaymentStatus.PAID
        return (
            PaymentStatus.PARTIALLY_PAID
            if net > 0
            else self._status_without_money(is_canceled=is_canceled)
        )

    def _status_without_money(self, *, is_canceled: bool) -> PaymentStatus:
        if self.held >= self.due > 0:
            return PaymentStatus.AUTHORIZED
        states = {hold.state for hold in self.authorizations}
        if states == {AuthorizationState.VOIDED}:
            is_told = any(hold.source != BY_HAND for hold in self.authorizations)
            return PaymentStatus.VOIDED if is_canceled or is_told else PaymentStatus.UNPAID
        if AuthorizationState.EXPIRED in states and AuthorizationState.HELD not in states:
            return PaymentStatus.EXPIRED
        return PaymentStatus.UNPAID

    def passes_gate(self, status: PaymentStatus | None = None) -> bool:
        """Whether the money allows packing (orders.md section 2, gate to packing)."""
        if self.is_unexplained_free:
            return False
        if self.charged and self.refunded() >= self.charged:
            return self.has_free_reason
        status = status or self.status()
        if status is PaymentStatus.AUTHORIZED:
            return self.channel in _CAPTURE_ON_SHIPPING
        return status in {
            PaymentStatus.PAID,
            PaymentStatus.PARTIALLY_REFUNDED,
            PaymentStatus.OVERPAID,
        }


def codes_in(text: str | None) -> frozenset[str]:
    """Return the promo codes in a cell or setting, folded: case and hyphens do not count."""
    return frozenset(
        part.casefold().replace("-", "") for part in _SEPARATORS.split(text or "") if part
    )


def is_free_by_intended_code(discount_code: str | None, intended_codes: str | None) -> bool:
    """Whether the order used a code whose free orders the seller declared as intended."""
    return bool(codes_in(discount_code) & codes_in(intended_codes))
