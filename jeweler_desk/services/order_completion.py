"""Completing a known order with a later telling of its channel: facts only grow."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from jeweler_desk.domain import wording
from jeweler_desk.domain.money import total_of
from jeweler_desk.domain.order import LineItem, LineItemId, NewOrder, Order, RefundState, Stage
from jeweler_desk.domain.order_intake import IMPORTED
from jeweler_desk.domain.payment import BY_HAND
from jeweler_desk.store.order_reading import OrderReading
from jeweler_desk.store.order_writing import OrderWriting


class OrderCompletion:
    """Adds what a telling knows beyond the known; every method needs an open step."""

    def __init__(self, reading: OrderReading, writing: OrderWriting) -> None:
        self._reading = reading
        self._writing = writing

    def complete(self, old: Order, new: NewOrder, at: datetime) -> None:
        """Add pieces, money and goods facts. What the desk itself packed or shipped stays."""
        had_placeholder = self._complete_lines(old, new)
        self._complete_money(old, new, at)
        self._complete_goods(old, new, at, had_placeholder=had_placeholder)

    def _complete_lines(self, old: Order, new: NewOrder) -> bool:
        """Bring the pieces up to date; tell whether they took the place of a placeholder."""
        known = {line.source_key: line for line in old.line_items if not line.is_placeholder}
        placeholder = next((line for line in old.line_items if line.is_placeholder), None)
        stage = placeholder.stage if placeholder else Stage.TO_MAKE
        for position, line in enumerate(new.line_items):
            found = known.pop(line.source_key, None)
            if found is not None:
                self._describe_line(found, line)
            elif not line.is_placeholder:
                fresh = replace(
                    line,
                    stage=stage,
                    stage_name=placeholder.stage_name if placeholder else None,
                    units_packed=0,
                    units_shipped=0,
                    units_canceled=0,
                )
                self._writing.add_line(old.id, position, fresh)
        if all(line.is_placeholder for line in new.line_items):
            return False
        for line in known.values():
            if not line.units_packed:
                self._writing.remove_line(line.id)
        if placeholder is not None:
            self._writing.remove_line(placeholder.id)
            self._writing.remove_empty_parcels(old.id)
        return placeholder is not None

    def _describe_line(self, found: LineItem, told: LineItem) -> None:
        quantity = max(told.quantity, found.units_packed + found.units_canceled)
        told = replace(told, quantity=quantity)
        if _said(found) != _said(told):
            self._writing.describe_line(found.id, told)

    def _complete_money(self, old: Order, new: NewOrder, at: datetime) -> None:
        write = self._writing
        for charge in new.charges:
            mine = [each for each in old.charges if each.source == charge.source]
            paid_at = charge.captured_at or at
            by_hand = [each.amount for each in old.charges if each.source == BY_HAND]
            if not mine and charge.amount <= total_of(by_hand, new.currency):
                continue
            if not mine:
                write.add_charge(old.id, charge)
                write.add_event(old.id, paid_at, wording.paid(charge.amount))
            elif len(mine) == 1 and mine[0].amount < charge.amount:
                write.raise_charge(old.id, charge)
                more = charge.amount - mine[0].amount
                write.add_event(old.id, paid_at, wording.paid(more))
        held = () if new.charges or old.charges else new.authorizations
        if held != old.authorizations:
            write.drop_authorizations(old.id)
            for each in held:
                write.add_authorization(old.id, each)
        self._complete_refunds(old, new, at)

    def _complete_refunds(self, old: Order, new: NewOrder, at: datetime) -> None:
        told = [refund for refund in new.refunds if refund.state is RefundState.SETTLED]
        if not told:
            return
        sources = {refund.source for refund in told}
        known = [refund.amount for refund in old.refunds if refund.source in sources]
        ours = [refund for refund in old.refunds if refund.source == BY_HAND]
        known += [refund.amount for refund in ours if refund.state is RefundState.SETTLED]
        more = total_of([each.amount for each in told], new.currency) - total_of(
            known, new.currency
        )
        # What was granted here and is now told as sent has settled; it is no second refund.
        for refund in ours:
            if refund.state is not RefundState.SETTLED and refund.amount <= more:
                when = told[-1].at or at
                self._writing.money.add_step(refund.id, RefundState.SETTLED, when)
                self._writing.add_event(old.id, when, wording.refunded(refund.amount))
                more = more - refund.amount
        if more.minor_units > 0:
            self._writing.add_refund(old.id, replace(told[-1], amount=more))
            self._writing.add_event(old.id, told[-1].at or at, wording.refunded(more))

    def _complete_goods(
        self, old: Order, new: NewOrder, at: datetime, *, had_placeholder: bool
    ) -> None:
        lines = self._reading.line_items(old.id, old.total.currency)
        # A parcel that she sent herself, or took back, is hers to tell of.
        has_left_here = bool(old.undone_shipments) or any(
            parcel.source != IMPORTED for parcel in old.shipments
        )
        sent = [
            line
            for line in lines
            if line.units_to_send and not has_left_here and _is_told_shipped(line, new)
        ]
        if sent:
            self._send(old, sent, new.shipped_at)
            was_told = had_placeholder and bool(old.shipments)
            if not was_told:
                when = new.shipped_at or at
                self._writing.add_event(old.id, when, wording.handed_over(None, None))
        if new.is_canceled and not old.is_reinstated:
            self._cancel(old, new, at)

    def _send(self, old: Order, lines: list[LineItem], shipped_at: datetime | None) -> None:
        units: list[tuple[LineItemId, int]] = []
        for line in lines:
            unpacked = line.quantity - line.units_canceled - line.units_packed
            if unpacked:
                self._writing.pack_units(
                    old.id, line.id, unpacked, at=None, seconds=None, source=IMPORTED
                )
            units.append((line.id, line.units_to_send))
        bare = next((each for each in old.shipments if each.tracking_number), None)
        if bare is not None and self._reading.is_empty_parcel(bare.id):
            self._writing.fill_parcel(bare.id, units)
            return
        self._writing.add_shipment(
            old.id, units, at=shipped_at, carrier=None, tracking_number=None, source=IMPORTED
        )

    def _cancel(self, old: Order, new: NewOrder, at: datetime) -> None:
        """Cancel whatever has not left; a closed parcel is opened."""
        for line in self._reading.line_items(old.id, old.total.currency):
            if line.units_to_send:
                self._writing.cancel_rest(old.id, line, new.canceled_at)
        if not old.is_canceled_by_channel:
            self._writing.set_canceled_by_channel(old.id)
            self._writing.add_event(old.id, new.canceled_at or at, wording.canceled(new.channel))


def _said(line: LineItem) -> LineItem:
    """Return what a line says of itself, without its stage, counts and id."""
    return LineItem(
        title=line.title,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.discount,
        sku=line.sku,
        variations=line.variations,
        personalization=line.personalization,
    )


def _is_told_shipped(line: LineItem, new: NewOrder) -> bool:
    return new.is_shipped or any(
        told.source_key == line.source_key and told.units_shipped >= line.quantity
        for told in new.line_items
    )
