"""What units are worth when money goes back, and how far a refund may go (orders.md section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import (
    LineItem,
    LineItemId,
    Order,
    Refund,
    RefundChoice,
    RefundState,
)

_NEXT_STEPS: Final = {
    RefundState.GRANTED: frozenset({RefundState.ASKED}),
    RefundState.ASKED: frozenset({RefundState.SETTLED, RefundState.FAILED}),
    RefundState.FAILED: frozenset({RefundState.ASKED}),
    RefundState.SETTLED: frozenset[RefundState](),
}


@dataclass(frozen=True, slots=True)
class RefundWish:
    """What the seller wants to give back: units, an amount for goods, and whatever else.

    With units and no ``goods``, their own value is given back.
    """

    reason: str
    units: Mapping[LineItemId, int] = field(default_factory=dict)
    goods: Money | None = None
    shipping: Money | None = None
    tax: Money | None = None
    goodwill: Money | None = None
    choice: RefundChoice | None = None


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What of an order was exchanged for pieces that are not canceled and not back themselves.

    ``units`` owe nothing any more; ``credit`` is what their value paid for in the replacements.
    """

    units: Mapping[LineItemId, int]
    credit: Money


def unit_values(
    lines: Sequence[LineItem], order_discount: Money | None, currency: str
) -> dict[LineItemId, tuple[Money, ...]]:
    """Return what each unit of each line was sold for, the order's discount spread over all.

    Both spreads are by largest remainder, so the units of an order add up to its goods to the
    cent. A channel that counts the lines' discounts in the order's own is not believed twice.
    """
    gross = [
        (line.unit_price or Money.zero(currency)) * line.quantity - _off(line, currency)
        for line in lines
    ]
    rest = _beyond_the_lines(lines, order_discount, currency)
    weights = [max(0, each.minor_units) for each in gross]
    if rest and sum(weights):
        shares = rest.allocate(weights)
        gross = [whole - share for whole, share in zip(gross, shares, strict=True)]
    return {
        line.id: tuple(whole.allocate([1] * line.quantity)) if line.quantity else ()
        for line, whole in zip(lines, gross, strict=True)
    }


def _off(line: LineItem, currency: str) -> Money:
    return line.discount or Money.zero(currency)


def _beyond_the_lines(
    lines: Sequence[LineItem], order_discount: Money | None, currency: str
) -> Money:
    """Return the part of the order's discount that its lines do not tell themselves."""
    if order_discount is None:
        return Money.zero(currency)
    of_lines = total_of([_off(line, currency) for line in lines], currency)
    return Money.zero(currency) if of_lines == order_discount else order_discount


def value_of_units(
    order: Order, units: Mapping[LineItemId, int], before: Mapping[LineItemId, int]
) -> Money:
    """Return what these units are worth; ``before`` counts those given back for already."""
    currency = order.total.currency
    values = unit_values(order.line_items, order.discount, currency)
    parts: list[Money] = []
    for line_id, count in units.items():
        first = before.get(line_id, 0)
        parts += values[line_id][first : first + count]
    return total_of(parts, currency)


def chosen_units(order: Order, units: Mapping[LineItemId, int]) -> dict[LineItemId, int]:
    """Return the units that were chosen, without the empty rows. Raises for what is not there."""
    known = {line.id for line in order.line_items}
    chosen = {line_id: count for line_id, count in units.items() if count}
    if any(line_id not in known or count < 0 for line_id, count in chosen.items()):
        raise InvalidTransitionError(
            f"Order {order.number} has no such pieces. Nothing was changed."
        )
    return chosen


def returnable_units(order: Order) -> dict[LineItemId, int]:
    """Return how many units of each line item have left and are not back or expected back."""
    expected: dict[LineItemId, int] = {}
    for each in order.returns:
        if each.closed_at is None:
            for line_id, count in each.units_missing:
                expected[line_id] = expected.get(line_id, 0) + count
    return {
        line.id: line.units_shipped - line.units_returned - expected.get(line.id, 0)
        for line in order.line_items
    }


def refuse_more_than(
    order: Order, units: Mapping[LineItemId, int], most: Mapping[LineItemId, int], what: str
) -> None:
    """Raise `InvalidTransitionError` when more units of a line are chosen than there are."""
    for line in order.line_items:
        if units.get(line.id, 0) > most.get(line.id, 0):
            raise InvalidTransitionError(
                f"Of “{line.title}” {most.get(line.id, 0)} {what}, not {units[line.id]}."
                " Nothing was changed."
            )


def planned_refund(
    order: Order,
    wish: RefundWish,
    refundable: int,
    before: Mapping[LineItemId, int],
    exchanged: Exchanged | None = None,
) -> Refund:
    """Return the refund that follows from a wish, granted and not dated yet.

    Raises `InvalidTransitionError` when it lacks a reason, an amount or the choice that unsent
    units force, or goes beyond what can be given back. Where parts that were rounded add up to a
    cent a piece too much, the last refund takes exactly what is left. ``before`` counts the units
    given back for already, in money or by an exchange.
    """
    currency = order.total.currency
    units = chosen_units(order, wish.units)
    if not wish.reason.strip():
        raise InvalidTransitionError("A refund needs a reason. Nothing was changed.")
    if exchanged:
        _refuse_exchanged(order, units, before, exchanged)
    refuse_more_than(order, units, units_left(order, before), "can still be refunded")
    choice = _choice(order, wish, units)
    goods = wish.goods if wish.goods is not None else value_of_units(order, units, before)
    parts = [goods, *(each for each in (wish.shipping, wish.tax, wish.goodwill) if each)]
    if any(each.minor_units < 0 for each in parts):
        raise InvalidTransitionError("A refund gives money back, never less. Nothing was changed.")
    if exchanged and exchanged.credit:
        _refuse_beyond_exchange(order, goods, exchanged.credit)
    amount = total_of(parts, currency)
    over = amount.minor_units - refundable
    if units and wish.goods is None and 0 < over <= sum(units.values()):
        goods = goods - Money(over, currency)
        amount = amount - Money(over, currency)
    elif over > 0:
        most = Money(refundable, currency).amount
        raise InvalidTransitionError(
            f"Of order {order.number} {most} {currency} can still be given back, not"
            f" {amount.amount}. Nothing was changed."
        )
    if not amount:
        raise InvalidTransitionError(
            "Choose pieces or write an amount: a refund of nothing is none. Nothing was changed."
        )
    return Refund(
        amount=amount,
        state=RefundState.GRANTED,
        at=None,
        reason=wish.reason.strip(),
        source="desk",
        goods=goods,
        shipping=wish.shipping,
        tax=wish.tax,
        goodwill=wish.goodwill,
        units=tuple(units.items()),
        choice=choice,
    )


def units_left(order: Order, before: Mapping[LineItemId, int]) -> dict[LineItemId, int]:
    """Return how many units of each line item can still be given back for."""
    return {line.id: max(0, line.quantity - before.get(line.id, 0)) for line in order.line_items}


def _refuse_exchanged(
    order: Order,
    units: Mapping[LineItemId, int],
    before: Mapping[LineItemId, int],
    exchanged: Exchanged,
) -> None:
    """Raise when a unit is chosen whose value a replacement was paid with."""
    free = units_left(order, before)
    for line in order.line_items:
        if units.get(line.id, 0) > free[line.id] and exchanged.units.get(line.id):
            raise InvalidTransitionError(
                f"“{line.title}” was exchanged, and its value paid for what went out instead:"
                f" {free[line.id]} can still be refunded, not {units[line.id]}. Goodwill is an"
                " amount of its own. Nothing was changed."
            )


def left_in_pieces(order: Order, credit: Money) -> Money:
    """Return what an order's pieces can still bring, in money or in pieces that replace them.

    ``credit`` is what pieces of it paid for in replacements already.
    """
    currency = order.total.currency
    values = unit_values(order.line_items, order.discount, currency)
    sold = total_of([each for of_line in values.values() for each in of_line], currency)
    gone = [each.goods for each in order.refunds if each.goods]
    return max(sold - credit - total_of(gone, currency), Money.zero(currency))


def is_paid_for_twice(
    order: Order,
    units: Mapping[LineItemId, int],
    settled: Mapping[LineItemId, int],
    credit: Money,
) -> bool:
    """Whether pieces paid ``credit`` in a replacement and were given back for as well.

    ``settled`` counts the units given back for, in money or exchanged, the replacement's too.
    """
    lines = [line for line in order.line_items if units.get(line.id)]
    if any(settled.get(line.id, 0) > line.quantity for line in lines):
        return True
    currency = order.total.currency
    values = unit_values(order.line_items, order.discount, currency)
    sold = total_of([each for line in lines for each in values[line.id]], currency)
    theirs = {line.id for line in lines}
    gone = [
        each.goods
        for each in order.refunds
        if each.goods and each.units and theirs.issuperset(line_id for line_id, _ in each.units)
    ]
    return total_of(gone, currency) + credit > sold


def _refuse_beyond_exchange(order: Order, goods: Money, credit: Money) -> None:
    """Raise when pieces would bring more, in money and in other pieces, than they were sold for."""
    currency = order.total.currency
    left = left_in_pieces(order, credit)
    if goods > left:
        most = left.amount
        raise InvalidTransitionError(
            f"Pieces of order {order.number} worth {credit.amount} {currency} were exchanged: for"
            f" its pieces {most} {currency} can still be given back, not {goods.amount}. Goodwill"
            " is an amount of its own. Nothing was changed."
        )


def _choice(order: Order, wish: RefundWish, units: Mapping[LineItemId, int]) -> RefundChoice | None:
    if not order.units_to_send:
        return None
    if wish.choice is None:
        raise InvalidTransitionError(
            f"Order {order.number} has pieces that were not sent: say whether the refund is money"
            " only, or money and do not send. Nothing was changed."
        )
    if wish.choice is RefundChoice.DO_NOT_SEND:
        if not units:
            raise InvalidTransitionError(
                "Choose the pieces that shall not be sent. Nothing was changed."
            )
        unsent = {line.id: line.units_to_send for line in order.line_items}
        refuse_more_than(order, units, unsent, "are still to send")
    return wish.choice


def refuse_step(refund: Refund, to: RefundState) -> None:
    """Raise `InvalidTransitionError` unless a refund may go to that step from where it stands."""
    if to not in _NEXT_STEPS[refund.state]:
        amount = f"{refund.amount.amount} {refund.amount.currency}"
        advice = {
            RefundState.SETTLED: "ask for it first",
            RefundState.FAILED: "only what was asked for can fail",
        }.get(to, "it goes from granted to asked, then to settled or failed")
        raise InvalidTransitionError(
            f"The refund of {amount} is {refund.state.value}: {advice}. Nothing was changed."
        )


def titles(order: Order, units: Iterable[tuple[LineItemId, int]]) -> str:
    """Write units by the names of their pieces: ``Ring ×2, Brooch``."""
    names = {line.id: line.title for line in order.line_items}
    return ", ".join(
        f"{names[line_id]} ×{count}" if count > 1 else names[line_id]
        for line_id, count in units
        if line_id in names
    )


class RefundExtent(StrEnum):
    """How much of what was taken has gone back."""

    NONE = "none"
    PARTLY = "partly"
    FULLY = "fully"


def refund_extent(order: Order) -> RefundExtent:
    """Compare what went back with what was taken, so that 60 and 40 of 100 are all of it."""
    taken = sum(each.amount.minor_units for each in order.charges)
    back = sum(
        each.amount.minor_units for each in order.refunds if each.state is RefundState.SETTLED
    )
    if not back:
        return RefundExtent.NONE
    return RefundExtent.FULLY if back >= taken else RefundExtent.PARTLY


def refund_step(refunds: Sequence[Refund]) -> RefundState | None:
    """Return the step that most needs the seller: failed, then granted, asked and settled."""
    steps = (RefundState.FAILED, RefundState.GRANTED, RefundState.ASKED, RefundState.SETTLED)
    found = {each.state for each in refunds}
    return next((each for each in steps if each in found), None)
