"""Pirate Ship's shipment export: one row a label, voided ones staying in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.source_label import SourceLabel
from jeweler_desk.domain.tracking import Damage, normalized, read_tracking
from jeweler_desk.imports.batch import Row, RowFaultError, SetAside, heading
from jeweler_desk.imports.csv_rows import Record
from jeweler_desk.imports.day_cells import DayCellError, parse_day
from jeweler_desk.imports.sniff import Sniffed

_CURRENCY: Final = "USD"  # Pirate Ship sells in dollars only; the file names no currency
_VOIDED: Final = ("refund", "void", "cancel")
_DELIVERED: Final = "delivered"


def read_labels(
    records: Iterable[Record], sniffed: Sniffed
) -> tuple[int, tuple[SourceLabel, ...], tuple[SetAside, ...]]:
    """Give the number of records, the labels in the file's order, and what was set aside."""
    rows = 0
    labels: list[SourceLabel] = []
    aside: list[SetAside] = []
    for record in records:
        rows += 1
        if not record.is_whole:
            reason = (
                f"The row has {len(record.cells)} cells where the headings are {sniffed.width}."
            )
            aside.append(SetAside(record.line, reason, record.text))
            continue
        try:
            labels.append(_label(Row(record, record.cells, sniffed.columns), sniffed))
        except RowFaultError as fault:
            aside.append(SetAside(fault.line, fault.reason, record.text))
    return rows, tuple(labels), tuple(aside)


def _label(row: Row, sniffed: Sniffed) -> SourceLabel:
    is_voided = any(word in row.key("status").casefold() for word in _VOIDED)
    number = normalized(row.key("tracking number"))
    order_number = row.key("order id")
    if not is_voided:
        if not order_number:
            raise row.fault("Order ID is missing: nobody can tell whose parcel this is.")
        if not number:
            raise row.fault("Tracking Number is missing.")
        if read_tracking(number, ()).damage is Damage.SCIENTIFIC:
            raise row.fault(
                f"A spreadsheet has spoiled the tracking number “{row.key('tracking number')}”:"
                " download the file again."
            )
    is_delivered = row.key("tracking status").casefold() == _DELIVERED
    return SourceLabel(
        format=sniffed.format,
        order_number=order_number,
        tracking_number=number,
        digest=_digest(row),
        line=row.line,
        text=row.record.text,
        carrier=row.text("carrier"),
        service=row.text("service"),
        bought_on=_day(row, "created date"),
        shipped_on=_day(row, "ship date"),
        delivered_on=_day(row, "tracking date") if is_delivered else None,
        cost=row.money("cost", _CURRENCY),
        address=_address(row),
        is_voided=is_voided,
    )


def _day(row: Row, column: str) -> date | None:
    """Read a day; a time of day behind it is left out, for the file names no zone."""
    cell = row.key(column)
    try:
        return parse_day(cell[: len("2026-09-03")] if cell[4:5] == "-" else cell)
    except DayCellError as error:
        raise row.fault(f"{heading(column)}: {error}.") from error


def _address(row: Row) -> PostalAddress:
    columns = (
        "recipient", "company", "address line 1", "address line 2", "city", "state", "zipcode",
        "country",
    )  # fmt: skip
    name, company, address1, address2, city, region, postcode, country = row.texts(columns)
    return PostalAddress(
        name=name,
        company=company,
        address1=address1,
        address2=address2,
        city=city,
        region=region,
        postcode=postcode,
        country=country,
    )


def _digest(row: Row) -> str:
    """Hash the filled cells under their headings; the order of the columns does not count."""
    filled = [
        f"{name}\x1f{row.cells[place]}"
        for name, place in sorted(row.columns.items())
        if row.cells[place]
    ]
    return hashlib.sha256("\x1e".join(filled).encode("utf-8", "surrogatepass")).hexdigest()
