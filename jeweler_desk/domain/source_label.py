"""A shipping label as a label shop's export tells it, and what it means for a known order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.label import Label, LabelStep
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Shipment
from jeweler_desk.domain.order_intake import IMPORTED
from jeweler_desk.domain.source_order import SourceFormat


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """One label of one file; ``line`` and ``text`` name its record, ``digest`` is of its cells.

    Days are the shop's local ones, as the file has them. A voided label was refunded unused.
    """

    format: SourceFormat
    order_number: str
    tracking_number: str
    digest: str
    line: int
    text: str
    carrier: str | None = None
    service: str | None = None
    bought_on: date | None = None
    shipped_on: date | None = None
    delivered_on: date | None = None
    cost: Money | None = None
    address: PostalAddress | None = None
    is_voided: bool = False


class LabelMeaning(StrEnum):
    """What a label means for an order as it stands."""

    NEW = "new"
    COMPLETES = "completes"
    KNOWN = "known"
    CONFLICT = "conflict"
    VOIDED = "voided"
    NOTHING = "nothing"
    CANCELED = "canceled"
    UNDONE = "undone"
    BOUGHT = "bought"
    BOUGHT_BEFORE = "bought_before"
    MONEY_BACK = "money_back"


@dataclass(frozen=True, slots=True)
class LabelReading:
    """What a label means, and the parcel it speaks of where there is one already."""

    meaning: LabelMeaning
    parcel: Shipment | None = None


def read_label(
    label: SourceLabel,
    parcels: Sequence[Shipment],
    *,
    units_to_send: int,
    is_canceled: bool,
    undone: Sequence[Shipment] = (),
    bought: Sequence[Label] = (),
    today: date = date.max,
) -> LabelReading:
    """Say what a label means for an order (import may complete, never overwrite: section 3).

    A label under a number that is known completes that parcel; else it is the label of a parcel
    without a number, else of the units still to send. Where all was handed over here under
    another number it is a conflict; where files told of it, it is one parcel more.
    A parcel marked as not shipped after all stays so, whatever a file says of its number. A label
    whose ship date is still to come is only bought, and so is one that was noted here before: its
    parcel is handed over here. Of a canceled order its money is to be asked back.
    """
    same = _numbered(parcels, label.tracking_number)
    bare = next((each for each in parcels if not each.tracking_number), None)
    local = next((each for each in parcels if each.source != IMPORTED), None)
    meaning, parcel = LabelMeaning.NEW, None
    known = next((each for each in bought if _is_of(each, label)), None)
    if label.is_voided and known is not None and known.shipment_id is None:
        is_news = known.step is not LabelStep.REFUNDED
        meaning = LabelMeaning.MONEY_BACK if is_news else LabelMeaning.NOTHING
    elif label.is_voided:
        meaning, parcel = LabelMeaning.VOIDED if same else LabelMeaning.NOTHING, same
    elif same is not None:
        adds = _adds(label, same)
        meaning, parcel = LabelMeaning.COMPLETES if adds else LabelMeaning.KNOWN, same
    elif _numbered(undone, label.tracking_number):
        meaning = LabelMeaning.UNDONE
    elif known is not None and (known.source != IMPORTED or _is_ahead(label, today) or is_canceled):
        meaning = LabelMeaning.BOUGHT_BEFORE
    elif bare is not None:
        meaning, parcel = LabelMeaning.COMPLETES, bare
    elif is_canceled:
        meaning = LabelMeaning.CANCELED
    elif _is_ahead(label, today):
        meaning = LabelMeaning.BOUGHT
    elif not units_to_send and local is not None:
        meaning, parcel = LabelMeaning.CONFLICT, local
    return LabelReading(meaning, parcel)


def _numbered(parcels: Sequence[Shipment], number: str) -> Shipment | None:
    return next((each for each in parcels if each.tracking_number == number), None)


def _is_of(known: Label, label: SourceLabel) -> bool:
    return known.tracking_number == label.tracking_number


def _is_ahead(label: SourceLabel, today: date) -> bool:
    """Whether the parcel cannot have left yet by the label shop's own word."""
    return label.shipped_on is not None and label.shipped_on > today


def _adds(label: SourceLabel, parcel: Shipment) -> bool:
    """Whether a label says more of the parcel under its number than is known."""
    pairs = (
        (label.cost, parcel.label_cost),
        (label.address, parcel.label_address),
        (label.bought_on, parcel.label_bought_at),
        (label.delivered_on, parcel.delivered_at),
    )
    return any(told is not None and known is None for told, known in pairs)


def completed(
    parcel: Shipment,
    label: SourceLabel,
    *,
    bought_at: datetime | None,
    shipped_at: datetime | None,
    delivered_at: datetime | None,
) -> Shipment:
    """Return a parcel with what its label adds; what is known already stays as it is."""
    return replace(
        parcel,
        shipped_at=parcel.shipped_at or shipped_at,
        carrier=parcel.carrier or label.carrier,
        tracking_number=parcel.tracking_number or label.tracking_number,
        label_bought_at=parcel.label_bought_at or bought_at,
        label_cost=parcel.label_cost or label.cost,
        label_address=parcel.label_address or label.address,
        delivered_at=parcel.delivered_at or delivered_at,
    )
