"""One order whole: all its rows put together as one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Channel,
    Charge,
    FulfillmentStatus,
    Gift,
    Hold,
    LineItem,
    LineItemId,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
    Promise,
    Shipment,
    Stage,
    TimelineEntry,
)
from jeweler_desk.store import columns
from jeweler_desk.store.combining import CombinedRows
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.labels import LabelRows
from jeweler_desk.store.orders import hold
from jeweler_desk.store.policies import PolicyRows
from jeweler_desk.store.refunds import RefundRows
from jeweler_desk.store.returns import ReturnRows

_AT_ONCE: Final = 500


class OrderReading:
    """Reads one order with everything that belongs to it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.money = RefundRows(store)
        self.goods = ReturnRows(store)
        self.boxes = CombinedRows(store)
        self.policies = PolicyRows(store)
        self.labels = LabelRows(store)

    def order(self, order_id: OrderId) -> Order | None:
        """Return the order, or None when there is none of that id."""
        row = self._store.one("SELECT * FROM orders WHERE id = ?", [order_id])
        if row is None:
            return None
        currency = row["currency"]
        shipments = self._shipments(order_id)
        return Order(
            id=OrderId(row["id"]),
            channel=Channel(row["channel"]),
            number=row["number"],
            customer=row["customer_name"],
            placed_on=date.fromisoformat(row["placed_on"]),
            total=Money(row["total"], currency),
            payment_status=PaymentStatus(row["payment_status"]),
            fulfillment_status=FulfillmentStatus(row["fulfillment_status"]),
            order_status=OrderStatus(row["order_status"]),
            gift=Gift(row["gift"]),
            units_to_send=row["units_to_send"],
            placed_at=columns.instant(row["placed_at"]),
            paid_at=columns.instant(row["paid_at"]),
            email=row["customer_email"],
            phone=row["customer_phone"],
            subtotal=columns.money(row["subtotal"], currency),
            discount=columns.money(row["discount"], currency),
            shipping=columns.money(row["shipping"], currency),
            tax=columns.money(row["tax"], currency),
            marketplace_tax=columns.money(row["marketplace_tax"], currency),
            discount_code=row["discount_code"],
            free_reason=row["free_reason"],
            payment_method=row["payment_method"],
            shipping_method=row["shipping_method"],
            gift_message=row["gift_message"],
            notes=row["notes"],
            note_attributes=columns.variations(row["note_attributes"]),
            address=columns.address(row["address"]) or PostalAddress(),
            billing_address=columns.address(row["billing_address"]),
            line_items=self.line_items(order_id, currency),
            shipments=tuple(each for each in shipments if each.undone_at is None),
            charges=self._charges(order_id, currency),
            authorizations=self.money.authorizations(order_id, currency),
            refunds=self.money.refunds(order_id, currency),
            promise=self.promise(order_id) if row["ship_by"] else None,
            hold=hold(row),
            is_canceled_by_channel=bool(row["is_canceled_by_channel"]),
            passes_gate=bool(row["passes_gate"]),
            policy_version=self.policies.kept_on(
                date.fromisoformat(row["placed_on"]), row["policy_version"]
            ),
            timeline=self._timeline(order_id),
            question=self.goods.question(order_id),
            written_off=self.money.written_off(order_id, currency),
            disputes=self.money.disputes(order_id, currency),
            returns=self.goods.returns(order_id, currency),
            replaces=self.goods.replaced_by(order_id),
            undone_shipments=tuple(each for each in shipments if each.undone_at is not None),
            parcel_note=self.goods.parcel_note(order_id),
            is_reinstated=self.goods.is_reinstated(order_id),
            restarted_at=self.goods.restarted_at(order_id),
            combined_with=self.boxes.mates(order_id),
            labels=self.labels.of(order_id),
        )

    def with_goods_of_now(self, order: Order) -> Order:
        """Return an order that was just read, its line items and parcels as they stand now."""
        shipments = self._shipments(order.id)
        return replace(
            order,
            line_items=self.line_items(order.id, order.total.currency),
            shipments=tuple(each for each in shipments if each.undone_at is None),
            undone_shipments=tuple(each for each in shipments if each.undone_at is not None),
        )

    def _of(self, table: str, order_id: OrderId, order: str = "id") -> list[Row]:
        return self._store.rows(
            f"SELECT * FROM {table} WHERE order_id = ? ORDER BY {order}", [order_id]
        )

    def line_items(self, order_id: OrderId, currency: str) -> tuple[LineItem, ...]:
        """Return the order's line items in their order."""
        rows = self._of("line_items", order_id, "position, id")
        return tuple(_line_item(row, currency) for row in rows)

    def line_items_of(self, currencies: Mapping[OrderId, str]) -> dict[OrderId, list[LineItem]]:
        """Return the line items of many orders at once; each order is named with its currency."""
        found: dict[OrderId, list[LineItem]] = {order_id: [] for order_id in currencies}
        ids = list(currencies)
        for start in range(0, len(ids), _AT_ONCE):
            block = ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(block))
            for row in self._store.rows(
                f"SELECT * FROM line_items WHERE order_id IN ({marks}) ORDER BY position, id", block
            ):
                order_id = OrderId(row["order_id"])
                found[order_id].append(_line_item(row, currencies[order_id]))
        return found

    def _shipments(self, order_id: OrderId) -> tuple[Shipment, ...]:
        units: dict[int, list[tuple[LineItemId, int]]] = defaultdict(list)
        for row in self._store.rows(
            "SELECT shipment_units.* FROM shipment_units JOIN shipments"
            " ON shipments.id = shipment_id WHERE order_id = ? ORDER BY shipment_units.id",
            [order_id],
        ):
            units[row["shipment_id"]].append((LineItemId(row["line_item_id"]), row["units"]))
        return tuple(
            Shipment(
                id=row["id"],
                shipped_at=columns.instant(row["shipped_at"]),
                units=tuple(units[row["id"]]),
                carrier=row["carrier"],
                tracking_number=row["tracking_number"],
                source=row["source"],
                label_bought_at=columns.instant(row["label_bought_at"]),
                label_cost=columns.money(row["label_cost"], row["label_currency"]),
                label_address=columns.address(row["label_address"]),
                first_scan_at=columns.instant(row["first_scan_at"]),
                delivered_at=columns.instant(row["delivered_at"]),
                note=row["note"],
                undone_at=columns.instant(row["undone_at"]),
            )
            for row in self._of("shipments", order_id)
        )

    def is_empty_parcel(self, shipment_id: int) -> bool:
        """Whether nobody knows what was in a parcel."""
        return not self._store.one(
            "SELECT 1 FROM shipment_units WHERE shipment_id = ?", [shipment_id]
        )

    def _charges(self, order_id: OrderId, currency: str) -> tuple[Charge, ...]:
        return tuple(
            Charge(
                amount=Money(row["amount"], currency),
                captured_at=columns.instant(row["captured_at"]),
                source=row["source"],
                id=row["external_id"],
            )
            for row in self._of("charges", order_id)
        )

    def open_hold(self, order_id: OrderId) -> Hold | None:
        """Return the hold that the seller set and has not released."""
        row = self._store.one(
            "SELECT reason, until FROM holds WHERE order_id = ? AND released_at IS NULL",
            [order_id],
        )
        return Hold(row["reason"], columns.day(row["until"])) if row else None

    def promise(self, order_id: OrderId) -> Promise | None:
        """Return the promise that stands: the latest one made."""
        row = self._store.one(
            "SELECT * FROM promises WHERE order_id = ? ORDER BY id DESC LIMIT 1", [order_id]
        )
        if row is None:
            return None
        lines = self._store.rows(
            "SELECT line_item_id, ship_by FROM line_promises WHERE promise_id = ? ORDER BY id",
            [row["id"]],
        )
        return promise(row, lines)

    def promises(self, order_id: OrderId) -> tuple[Promise, ...]:
        """Return every promise made for an order, the first one first."""
        return tuple(promise(row) for row in self._of("promises", order_id))

    def _timeline(self, order_id: OrderId) -> tuple[TimelineEntry, ...]:
        return tuple(
            TimelineEntry(columns.known_instant(row["at"]), row["what"])
            for row in self._of("order_events", order_id, "at, id")
        )


def promise(row: Row, lines: Iterable[Row] = ()) -> Promise:
    """Read a promise with its inputs, and each piece's own day where they differ."""
    return Promise(
        ship_by=date.fromisoformat(row["ship_by"]),
        pack_by=date.fromisoformat(row["pack_by"]),
        paid_at=columns.known_instant(row["paid_at"]),
        timezone=row["timezone"],
        processing_days=row["processing_days"],
        cutoff=row["cutoff"],
        why=row["why"],
        by_line=tuple(
            (LineItemId(each["line_item_id"]), date.fromisoformat(each["ship_by"]))
            for each in lines
        ),
    )


def _line_item(row: Row, currency: str) -> LineItem:
    return LineItem(
        id=LineItemId(row["id"]),
        title=row["title"],
        quantity=row["quantity"],
        unit_price=columns.money(row["unit_price"], currency),
        discount=columns.money(row["discount"], currency),
        sku=row["sku"],
        variations=columns.variations(row["variations"]),
        personalization=row["personalization"],
        stage=Stage(row["stage"]),
        units_packed=row["units_packed"],
        units_shipped=row["units_shipped"],
        units_canceled=row["units_canceled"],
        units_returned=row["units_returned"],
        source_key=row["source_key"],
        is_placeholder=bool(row["is_placeholder"]),
        stage_name=row["stage_name"],
        personalization_read=row["personalization_read"],
    )
