"""Orders as the JSON that other programs read (the exact forms of the command line)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jeweler_desk.cli.output import day_json, instant_json, money_json
from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.order import Hold, LineItem, Order, OrderSummary, Shipment


def summary_json(order: Order | OrderSummary) -> dict[str, Any]:
    """Write one row of the list."""
    return {
        "number": order.number,
        "channel": order.channel.value,
        "placed_at": instant_json(order.placed_at),
        "placed_on": day_json(order.placed_on),
        "customer": order.customer,
        "total": money_json(order.total),
        "marketplace_tax": money_json(order.marketplace_tax),
        "payment_status": order.payment_status.value,
        "fulfillment_status": order.fulfillment_status.value,
        "order_status": order.order_status.value,
        "ship_by": day_json(order.ship_by),
        "gift": order.gift.value,
        "hold": _hold(order.hold),
        "units_to_send": order.units_to_send,
    }


def order_json(order: Order) -> dict[str, Any]:
    """Write one order whole."""
    return summary_json(order) | {
        "email": order.email,
        "phone": order.phone,
        "subtotal": money_json(order.subtotal),
        "discount": money_json(order.discount),
        "discount_code": order.discount_code,
        "shipping": money_json(order.shipping),
        "tax": money_json(order.tax),
        "line_items": [_line(line) for line in order.line_items if not line.is_placeholder],
        "shipments": [_shipment(parcel) for parcel in order.shipments],
        "payments": [
            {
                "id": charge.id,
                "amount": money_json(charge.amount),
                "captured_at": instant_json(charge.captured_at),
                "source": charge.source,
            }
            for charge in order.charges
        ],
        "refunds": [
            {
                "amount": money_json(refund.amount),
                "state": refund.state.value,
                "at": instant_json(refund.at),
                "reason": refund.reason,
            }
            for refund in order.refunds
        ],
        "address": _address(order.address),
        "billing_address": _address(order.billing_address) if order.billing_address else None,
        "gift_message": order.gift_message,
        "notes": order.notes,
        "note_attributes": [asdict(each) for each in order.note_attributes],
        "free_reason": order.free_reason,
        "policy_version": order.policy_version,
        "timeline": [
            {"at": instant_json(entry.at), "what": entry.what} for entry in order.timeline
        ],
    }


def _hold(hold: Hold | None) -> dict[str, Any] | None:
    return {"reason": hold.reason, "until": day_json(hold.until)} if hold else None


def _line(line: LineItem) -> dict[str, Any]:
    return {
        "title": line.title,
        "sku": line.sku,
        "quantity": line.quantity,
        "unit_price": money_json(line.unit_price),
        "discount": money_json(line.discount),
        "variations": [asdict(each) for each in line.variations],
        "personalization": line.personalization,
        "stage": line.stage.value,
        "units_shipped": line.units_shipped,
        "units_canceled": line.units_canceled,
    }


def _shipment(parcel: Shipment) -> dict[str, Any]:
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "shipped_at": instant_json(parcel.shipped_at),
        "units": sum(count for _, count in parcel.units),
        "label_bought_at": instant_json(parcel.label_bought_at),
        "label_cost": money_json(parcel.label_cost),
        "label_address": _address(parcel.label_address) if parcel.label_address else None,
        "first_scan_at": instant_json(parcel.first_scan_at),
        "delivered_at": instant_json(parcel.delivered_at),
    }


def _address(address: PostalAddress) -> dict[str, str | None]:
    return asdict(address)
