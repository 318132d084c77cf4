"""Prices on a packing slip: only where they are asked for, and never where it may be a gift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import LineItem, Order
from jeweler_desk.domain.shipment import Letterhead, PackingSlip, SlipLine, packing_slips
from jeweler_desk.domain.wording import money_text


def with_prices(slips: Sequence[PackingSlip], order: Order) -> tuple[PackingSlip, ...]:
    """Return slips that say what their pieces cost; those of a gift, or of one perhaps, do not.

    A slip that holds the whole order says its sums too, where they add up. A parcel of several has
    no sums of its own: its pieces stand with their prices alone.
    """
    if order.has_prices_hidden:
        return tuple(slips)
    lines = {line.id: line for line in order.line_items}

    def priced(told: SlipLine) -> SlipLine:
        line = lines.get(told.line_id) if told.line_id is not None else None
        return told if line is None else replace(told, price=_price(line, told.quantity))

    return tuple(
        replace(
            slip,
            lines=tuple(priced(each) for each in slip.lines),
            sums=_sums(order) if _is_whole(slip) else (),
        )
        for slip in slips
    )


def told_prices(order: Order) -> object:
    """Return what the slips of an order say of prices where they are asked for."""
    slips = with_prices(packing_slips(order, Letterhead(), ()), order)
    return [([line.price for line in slip.lines], slip.sums) for slip in slips]


def _price(line: LineItem, units: int) -> str:
    """Return what some units of a line cost; what was taken off stands among the sums."""
    return money_text(line.unit_price * units) if line.unit_price else ""


def _is_whole(slip: PackingSlip) -> bool:
    return not slip.already_sent and not slip.to_follow


def _sums(order: Order) -> tuple[tuple[str, str], ...]:
    """Return discount, shipping, tax and total; none where they do not add up to what was paid."""
    nothing = Money.zero(order.total.currency)
    lines = [line for line in order.line_items if line.quantity]
    if any(line.unit_price is None or line.units_canceled for line in lines):
        return ()
    goods = total_of(
        (line.unit_price * line.quantity for line in lines if line.unit_price), nothing.currency
    )
    off = order.discount or total_of((line.discount or nothing for line in lines), nothing.currency)
    shipping, tax = order.shipping or nothing, order.tax or nothing
    without_tax = goods - off + shipping
    if without_tax + tax == order.total:
        tax_name = "Tax"
    elif without_tax == order.total:
        tax_name = "Tax, in the prices"
    else:
        return ()
    cells = (("Discount", nothing - off), ("Shipping", shipping), (tax_name, tax))
    told = [(name, money_text(amount)) for name, amount in cells if amount]
    return (*told, ("Total", money_text(order.total)))
