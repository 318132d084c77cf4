"""Orders as the JSON that other programs read (the exact forms of the command line)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jeweler_desk.cli.output import day_json, instant_json, money_json
from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.label import Label
from jeweler_desk.domain.order import (
    Dispute,
    Hold,
    LineItem,
    Order,
    Promise,
    Refund,
    RefundState,
    Return,
    Shipment,
    Units,
)
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.promises import is_paused
from jeweler_desk.domain.refund_timing import may_thank_with_code, means_of
from jeweler_desk.domain.refunds import refund_extent, refund_step
from jeweler_desk.domain.stages import folded
from jeweler_desk.domain.wording import REFUND_TIMES


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


def order_json(order: Order, timezone: str) -> dict[str, Any]:
    """Write one order whole; its last days count in the shop's zone."""
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
        "parcels": [_parcel(parcel, order) for parcel in order.shipments],
        "labels": [_label(each, order, timezone) for each in order.labels],
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
        **_afterwards(order),
        "promise": _promise(order.promise) if order.promise else None,
        "paused": is_paused(order),
    }


def _afterwards(order: Order) -> dict[str, Any]:
    """Write what became of the order's money and goods beside payment and hand-over."""
    question = order.question
    step = refund_step(order.refunds)
    return {
        "waiting": {"question": question.question, "since": instant_json(question.since)}
        if question
        else None,
        "authorizations": [
            {"amount": money_json(held.amount), "state": held.state.value}
            for held in order.authorizations
        ],
        "refund": {
            "extent": refund_extent(order).value,
            "step": step.value if step else None,
            "may_thank_with_code": may_thank_with_code(order.refunds),
        },
        "refund_details": [_refund(refund, order) for refund in order.refunds],
        "disputes": [_dispute(each) for each in order.disputes],
        "written_off": money_json(order.written_off),
        "units": [
            {
                "title": line.title,
                "ordered": line.quantity,
                "canceled": line.units_canceled,
                "packed": line.units_packed,
                "shipped": line.units_shipped,
                "returned": line.units_returned,
                "ship_by": day_json(order.promise.day_of(line.id) if order.promise else None),
            }
            for line in order.line_items
            if not line.is_placeholder
        ],
        "parcel_note": order.parcel_note,
        "combined_with": list(order.combined_with),
        "undone_shipments": [
            _shipment(each) | {"undone_at": instant_json(each.undone_at)}
            for each in order.undone_shipments
        ],
        "returns": [_return(each, order) for each in order.returns],
        "replaces": order.replaces.number if order.replaces else None,
        "reinstated": order.is_reinstated,
    }


def _promise(promise: Promise) -> dict[str, Any]:
    """Write a promise with the inputs that it was made from."""
    return {
        "ship_by": day_json(promise.ship_by),
        "pack_by": day_json(promise.pack_by),
        "counted_from": instant_json(promise.paid_at),
        "timezone": promise.timezone,
        "processing_days": promise.processing_days,
        "cutoff": promise.cutoff,
        "why": promise.why,
    }


def _refund(refund: Refund, order: Order) -> dict[str, Any]:
    return {
        "id": refund.id,
        "amount": money_json(refund.amount),
        "state": refund.state.value,
        "goods": money_json(refund.goods),
        "shipping": money_json(refund.shipping),
        "tax": money_json(refund.tax),
        "goodwill": money_json(refund.goodwill),
        "units": _units(refund.units, order),
        "choice": refund.choice.value if refund.choice else None,
        "means": refund.means,
        "reference": refund.reference,
        "expectation": REFUND_TIMES[means_of(refund.means, order.channel)]
        if refund.state is RefundState.ASKED
        else None,
    }


def _dispute(dispute: Dispute) -> dict[str, Any]:
    return {
        "amount": money_json(dispute.amount),
        "reason": dispute.reason,
        "opened_at": instant_json(dispute.opened_at),
        "evidence_due_on": day_json(dispute.evidence_due_on),
        "evidence_given_at": instant_json(dispute.evidence_given_at),
        "outcome": dispute.outcome.value if dispute.outcome else None,
    }


def _return(each: Return, order: Order) -> dict[str, Any]:
    return {
        "id": each.id,
        "reason": each.reason,
        "opened_at": instant_json(each.opened_at),
        "units": _units(each.units, order),
        "received": [
            {
                "units": _units(((receipt.line_item_id, receipt.units),), order),
                "condition": receipt.condition.value,
                "at": instant_json(receipt.received_at),
            }
            for receipt in each.receipts
        ],
        "replacement": each.replacement,
        "difference": money_json(each.difference),
        "closed_at": instant_json(each.closed_at),
        "closed_why": each.closed_why,
    }


def _units(units: Units, order: Order) -> list[dict[str, Any]]:
    titles = {line.id: line.title for line in order.line_items}
    return [{"title": titles.get(line_id), "units": count} for line_id, count in units]


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
        "stage": folded(line.stage_name) if line.stage_name else line.stage.value,
        "units_shipped": line.units_shipped,
        "units_canceled": line.units_canceled,
    }


def _shipment(parcel: Shipment) -> dict[str, Any]:
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "shipped_at": instant_json(parcel.shipped_at),
        "units": sum(count for _, count in parcel.units),
    }


def _label(label: Label, order: Order, timezone: str) -> dict[str, Any]:
    """Write a label as it was bought, and what becomes of it."""
    return {
        "id": label.id,
        "carrier": label.carrier,
        "service": label.service,
        "tracking_number": label.tracking_number,
        "bought_at": instant_json(label.bought_at),
        "cost": money_json(label.cost),
        "address": _address(label.address) if label.address else None,
        "state": label.state(order.units_to_send).value,
        "refund_by": day_json(label.refund_by(timezone)) if label.shipment_id is None else None,
        "state_at": instant_json(label.step_at),
        "why": label.step_why,
    }


def _parcel(parcel: Shipment, order: Order) -> dict[str, Any]:
    """Write the four facts of a shipment, each apart; the same order as ``shipments``."""
    services = {each.shipment_id: each.service for each in order.labels}
    return {
        "tracking_number": parcel.tracking_number,
        "service": services.get(parcel.id),
        "label_bought_at": instant_json(parcel.label_bought_at),
        "label_cost": money_json(parcel.label_cost),
        "label_address": _address(parcel.label_address) if parcel.label_address else None,
        "handed_over_at": instant_json(parcel.shipped_at),
        "first_scan_at": instant_json(parcel.first_scan_at),
        "delivered_at": instant_json(parcel.delivered_at),
    }


def _address(address: PostalAddress) -> dict[str, str | None]:
    return asdict(address)
