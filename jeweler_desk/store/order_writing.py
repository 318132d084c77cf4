"""Writing an order's facts, and the states that follow from them in the same step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from jeweler_desk.domain.label import Label
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Authorization,
    Charge,
    LineItem,
    LineItemId,
    NewOrder,
    Order,
    OrderId,
    Promise,
    Refund,
    Stage,
)
from jeweler_desk.domain.order_intake import IMPORTED
from jeweler_desk.domain.order_states import OrderStates
from jeweler_desk.store import columns
from jeweler_desk.store.batch import NewRows
from jeweler_desk.store.database import Store
from jeweler_desk.store.labels import LabelRows
from jeweler_desk.store.orders import number_key
from jeweler_desk.store.refunds import RefundRows
from jeweler_desk.store.returns import ReturnRows, count_units
from jeweler_desk.store.search import number_suffixes

_PIECES_LENGTH = 120


class OrderWriting:
    """Adds and changes the rows of orders; every method needs an open step."""

    def __init__(self, store: Store, new_rows: NewRows | None = None) -> None:
        self._store = store
        self.new_rows = new_rows or store
        self.money = RefundRows(store, new_rows)
        self.goods = ReturnRows(store)
        self.labels = LabelRows(store)

    def add(
        self, new: NewOrder, states: OrderStates, paid_at: datetime | None, ship_by: date | None
    ) -> OrderId:
        """Add an order's own row and return its id."""
        record = _descriptive(new, paid_at) | state_columns(states, ship_by)
        record["is_canceled_by_channel"] = int(new.is_canceled)
        record["policy_version"] = new.policy_version
        return OrderId(self.new_rows.insert("orders", record))

    def describe(self, order_id: OrderId, new: NewOrder, paid_at: datetime | None) -> None:
        """Replace what an order's row says of itself; facts, states and known reasons stay."""
        record = _descriptive(new, paid_at)
        if new.free_reason is None:
            del record["free_reason"]
        self._store.update("orders", order_id, record)

    def set_canceled_by_channel(self, order_id: OrderId) -> None:
        """Note that the channel canceled the order."""
        self._store.update("orders", order_id, {"is_canceled_by_channel": 1})

    def set_states(self, order: Order, states: OrderStates, ship_by: date | None) -> None:
        """Keep in an order's row what follows from its facts: states, words to find it, pieces.

        One write, because each keeps two images of the row in the journal.
        """
        found_by = {"search_text": _search_text(order), "pieces": pieces(order.line_items)}
        self._store.update("orders", order.id, state_columns(states, ship_by) | found_by)

    def add_line(self, order_id: OrderId, position: int, line: LineItem) -> LineItemId:
        """Add a line item with its stage and counts; `add_known_fate` adds the facts of these."""
        record = _line(line) | {
            "order_id": order_id,
            "position": position,
            "stage": line.stage,
            "stage_name": line.stage_name,
            "units_packed": line.units_packed,
            "units_shipped": line.units_shipped,
            "units_canceled": line.units_canceled,
        }
        return LineItemId(self.new_rows.insert("line_items", record))

    def add_known_fate(
        self,
        new: NewOrder,
        order_id: OrderId,
        lines: Sequence[tuple[LineItemId, LineItem]],
        source: str,
    ) -> None:
        """Add the facts behind the counts of new lines: what a source says was sent or canceled."""
        insert = self.new_rows.insert
        shipped = [(line_id, line) for line_id, line in lines if line.units_shipped]
        if shipped:
            parcel = {
                "order_id": order_id,
                "shipped_at": columns.instant_text(new.shipped_at),
                "carrier": new.carrier,
                "tracking_number": new.tracking_number,
                "source": source,
            }
            shipment_id = insert("shipments", parcel)
            for line_id, line in shipped:
                line_units = {"line_item_id": line_id, "units": line.units_shipped}
                insert("shipment_units", {"shipment_id": shipment_id} | line_units)
                insert("packings", {"order_id": order_id, "source": source} | line_units)
        for line_id, line in lines:
            if line.units_canceled:
                record = {
                    "order_id": order_id,
                    "line_item_id": line_id,
                    "units": line.units_canceled,
                    "at": columns.instant_text(new.canceled_at),
                    "source": source,
                }
                insert("cancellations", record)

    def describe_line(self, line_id: LineItemId, line: LineItem) -> None:
        """Replace what a line item says of itself; stage and units stay."""
        self._store.update("line_items", line_id, _line(line))

    def remove_line(self, line_id: LineItemId) -> None:
        """Remove a line item that no fact needs."""
        self._store.run("DELETE FROM line_items WHERE id = ?", [line_id])

    def set_stage(self, line_id: LineItemId, stage: Stage, name: str | None = None) -> None:
        """Move a line item's making to a stage, with the shop's own name for it."""
        self._store.update("line_items", line_id, {"stage": stage, "stage_name": name})

    def set_read(self, line_id: LineItemId, personalization: str | None) -> None:
        """Keep the words that were read at the start of making; None takes the tick away."""
        self._store.update("line_items", line_id, {"personalization_read": personalization})

    def add_charge(self, order_id: OrderId, charge: Charge) -> None:
        """Add money taken."""
        record = {
            "order_id": order_id,
            "amount": charge.amount.minor_units,
            "captured_at": columns.instant_text(charge.captured_at),
            "source": charge.source,
            "external_id": charge.id,
        }
        self.new_rows.insert("charges", record)

    def raise_charge(self, order_id: OrderId, charge: Charge) -> None:
        """Set the amount of the charge that a later export of the same source tells higher."""
        self._store.run(
            "UPDATE charges SET amount = ?, captured_at = ? WHERE order_id = ? AND source = ?",
            [
                charge.amount.minor_units,
                columns.instant_text(charge.captured_at),
                order_id,
                charge.source,
            ],
        )

    def add_authorization(self, order_id: OrderId, held: Authorization) -> None:
        """Add money held."""
        record = {
            "order_id": order_id,
            "amount": held.amount.minor_units,
            "state": held.state,
            "source": held.source,
        }
        self.new_rows.insert("authorizations", record)

    def drop_authorizations(self, order_id: OrderId) -> None:
        """Forget what was said to be held; it is said anew."""
        self._store.run("DELETE FROM authorizations WHERE order_id = ?", [order_id])

    def add_refund(self, order_id: OrderId, refund: Refund) -> None:
        """Add a refund with the step it stands at."""
        self.money.grant(order_id, refund)

    def cancel_rest(self, order_id: OrderId, line: LineItem, at: datetime | None) -> None:
        """Cancel the units of a line item that have not left; a closed parcel is opened."""
        if not line.units_shipped:
            self._store.run("DELETE FROM packings WHERE line_item_id = ?", [line.id])
        kept = line.units_packed if line.units_shipped else 0
        record = {
            "order_id": order_id,
            "line_item_id": line.id,
            "units": line.quantity - line.units_canceled - kept,
            "at": columns.instant_text(at),
            "source": IMPORTED,
        }
        if record["units"]:
            self.new_rows.insert("cancellations", record)
        count_units(self._store, line.id)

    def remove_empty_parcels(self, order_id: OrderId) -> None:
        """Remove parcels whose pieces are gone, a placeholder's; one under a number stays."""
        self._store.run(
            "DELETE FROM shipments WHERE order_id = ? AND tracking_number IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM shipment_units WHERE shipment_id = shipments.id)",
            [order_id],
        )

    def pack_units(
        self,
        order_id: OrderId,
        line_id: LineItemId,
        units: int,
        *,
        at: datetime | None,
        seconds: int | None,
        source: str,
        note: str | None = None,
    ) -> None:
        """Put units into a closed parcel; fewer than none are taken out of it again."""
        record = {
            "order_id": order_id,
            "line_item_id": line_id,
            "units": units,
            "packed_at": columns.instant_text(at),
            "seconds": seconds,
            "source": source,
            "note": note,
        }
        self.new_rows.insert("packings", record)
        count_units(self._store, line_id)

    def add_shipment(
        self,
        order_id: OrderId,
        units: list[tuple[LineItemId, int]],
        *,
        at: datetime | None,
        carrier: str | None,
        tracking_number: str | None,
        source: str,
        label_cost: Money | None = None,
        note: str | None = None,
    ) -> int:
        """Hand units over as one parcel; return its id."""
        record = {
            "order_id": order_id,
            "shipped_at": columns.instant_text(at),
            "carrier": carrier,
            "tracking_number": tracking_number,
            "source": source,
            "label_cost": columns.minor_units(label_cost),
            "label_currency": label_cost.currency if label_cost else None,
            "note": note,
        }
        shipment_id = self.new_rows.insert("shipments", record)
        for line_id, count in units:
            self.new_rows.insert(
                "shipment_units",
                {"shipment_id": shipment_id, "line_item_id": line_id, "units": count},
            )
            count_units(self._store, line_id)
        return shipment_id

    def put_under(self, shipment_id: int, label: Label) -> None:
        """Let a parcel leave under a label that was bought before; both tell the same from now."""
        record = {
            "label_bought_at": columns.instant_text(label.bought_at),
            "label_address": columns.address_text(label.address),
        }
        self._store.update("shipments", shipment_id, record)
        self.labels.keep(replace(label, shipment_id=shipment_id))

    def fill_parcel(self, shipment_id: int, units: list[tuple[LineItemId, int]]) -> None:
        """Say what was in a parcel of which only the label was known."""
        for line_id, count in units:
            self._store.insert(
                "shipment_units",
                {"shipment_id": shipment_id, "line_item_id": line_id, "units": count},
            )
            count_units(self._store, line_id)

    def hold(self, order_id: OrderId, reason: str, until: date | None, at: datetime) -> None:
        """Put the order on hold; an earlier hold ends."""
        self.release(order_id, at)
        record = {
            "order_id": order_id,
            "reason": reason,
            "until": columns.day_text(until),
            "held_at": columns.instant_text(at),
        }
        self.new_rows.insert("holds", record)

    def release(self, order_id: OrderId, at: datetime) -> None:
        """End the hold that stands, if one does."""
        self._store.run(
            "UPDATE holds SET released_at = ? WHERE order_id = ? AND released_at IS NULL",
            [columns.instant_text(at), order_id],
        )

    def add_promise(self, order_id: OrderId, promise: Promise, at: datetime) -> None:
        """Store a ship-by promise with its inputs."""
        record = {
            "order_id": order_id,
            "ship_by": columns.day_text(promise.ship_by),
            "pack_by": columns.day_text(promise.pack_by),
            "paid_at": columns.instant_text(promise.paid_at),
            "timezone": promise.timezone,
            "processing_days": promise.processing_days,
            "cutoff": promise.cutoff,
            "made_at": columns.instant_text(at),
            "why": promise.why,
        }
        promise_id = self.new_rows.insert("promises", record)
        for line_id, day in promise.by_line:
            self.new_rows.insert(
                "line_promises",
                {
                    "promise_id": promise_id,
                    "line_item_id": line_id,
                    "ship_by": columns.day_text(day),
                },
            )

    def add_event(self, order_id: OrderId, at: datetime, what: str) -> None:
        """Add a line to the order's timeline."""
        self.new_rows.insert(
            "order_events",
            {"order_id": order_id, "at": columns.instant_text(at), "what": what},
        )


def pieces(lines: tuple[LineItem, ...]) -> str:
    """Return the pieces of an order in one line for the list."""
    titles = [
        f"{line.title} ×{line.quantity}" if line.quantity > 1 else line.title for line in lines
    ]
    return ", ".join(titles)[:_PIECES_LENGTH]


def _descriptive(new: NewOrder, paid_at: datetime | None) -> dict[str, Any]:
    placed_at = columns.instant_text(new.placed_at)
    return {
        "channel": new.channel,
        "number": new.number,
        "number_key": number_key(new.number),
        "external_id": new.external_id,
        "currency": new.currency,
        "placed_on": columns.day_text(new.placed_on),
        "placed_at": placed_at,
        "placed_sort": placed_at or f"{new.placed_on.isoformat()}T00:00:00Z",
        "paid_at": columns.instant_text(paid_at),
        "customer_name": new.customer,
        "customer_email": new.email,
        "customer_phone": new.phone,
        "total": new.total.minor_units,
        "subtotal": columns.minor_units(new.subtotal),
        "discount": columns.minor_units(new.discount),
        "shipping": columns.minor_units(new.shipping),
        "tax": columns.minor_units(new.tax),
        "marketplace_tax": columns.minor_units(new.marketplace_tax),
        "discount_code": new.discount_code,
        "free_reason": new.free_reason,
        "payment_method": new.payment_method,
        "shipping_method": new.shipping_method,
        "gift": new.gift,
        "gift_message": new.gift_message,
        "notes": new.notes,
        "note_attributes": columns.variations_text(new.note_attributes),
        "address": columns.address_text(new.address),
        "billing_address": columns.address_text(new.billing_address),
        "canceled_at": columns.instant_text(new.canceled_at),
        "pieces": pieces(new.line_items),
        "search_text": _search_text(new),
    }


def state_columns(states: OrderStates, ship_by: date | None) -> dict[str, Any]:
    """Write computed states as the columns of an order's row."""
    return {
        "payment_status": states.payment_status,
        "fulfillment_status": states.fulfillment_status,
        "order_status": states.order_status,
        "units_to_send": states.units_to_send,
        "ship_by": columns.day_text(ship_by),
        "passes_gate": int(states.passes_gate),
        "is_held": int(states.hold is not None),
        "hold_reason": states.hold.reason if states.hold else None,
        "hold_until": columns.day_text(states.hold.until) if states.hold else None,
        "waiting_since": columns.instant_text(states.waiting_since),
    }


def _line(line: LineItem) -> dict[str, Any]:
    return {
        "source_key": line.source_key,
        "title": line.title,
        "sku": line.sku,
        "quantity": line.quantity,
        "unit_price": columns.minor_units(line.unit_price),
        "discount": columns.minor_units(line.discount),
        "variations": columns.variations_text(line.variations),
        "personalization": line.personalization,
        "is_placeholder": int(line.is_placeholder),
    }


def _search_text(order: NewOrder | Order) -> str:
    address = order.address
    words = [
        order.number,
        number_suffixes(order.number),
        order.customer,
        order.email,
        order.phone,
        address.name,
        address.company,
        address.address1,
        address.address2,
        address.city,
        address.postcode,
        *(line.title for line in order.line_items),
        *(line.sku for line in order.line_items),
        order.notes,
        order.gift_message,
    ]
    if isinstance(order, Order):
        words += [parcel.tracking_number for parcel in order.shipments]
    return "\n".join(word for word in words if word)
