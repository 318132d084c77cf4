"""The columns of the supplies list."""

from __future__ import annotations

from enum import StrEnum

from jeweler_desk.domain.supply import Supply, UsedPer
from jeweler_desk.ui.tables.table_model import Column
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import Said, joined


class SupplySort(StrEnum):
    """What the list can be sorted by."""

    NAME = "name"
    PLACE = "place"
    STOCK = "stock"
    REORDER_POINT = "reorder_point"
    SUPPLIER = "supplier"


_PER = {UsedPer.PARCEL: "per parcel", UsedPer.PIECE: "per piece", UsedPer.GIFT: "per gift"}


def kit_words(supply: Supply) -> str:
    """Say what one parcel takes: ``1 per parcel``; empty outside the kit."""
    return f"{supply.uses} {_PER[supply.used_per]}" if supply.uses else ""


def supply_said(supply: Supply) -> Said | None:
    """Say whether a supply is low, and whether more is on its way."""
    if not supply.is_low:
        return None
    if supply.ordered_at is not None:
        return Said("ordered", Tone.INFO)
    return Said("none left", Tone.LATE) if supply.stock == 0 else Said("low", Tone.DUE)


def sort_key(supply: Supply, by: SupplySort) -> tuple[bool, str | int, str]:
    """Return what a supply is sorted by; what is not known comes last."""
    name = supply.name.casefold()
    value: str | int | None = {
        SupplySort.NAME: name,
        SupplySort.PLACE: supply.place and supply.place.casefold(),
        SupplySort.STOCK: supply.stock,
        SupplySort.REORDER_POINT: supply.reorder_point,
        SupplySort.SUPPLIER: supply.supplier and supply.supplier.casefold(),
    }[by]
    number = by in {SupplySort.STOCK, SupplySort.REORDER_POINT}
    return (value is None, (0 if number else "") if value is None else value, name)


def supply_columns() -> tuple[Column[Supply], ...]:
    """Return the columns."""

    def state(row: Supply) -> str:
        said = supply_said(row)
        return said.text if said else ""

    def tone(row: Supply) -> Tone | None:
        said = supply_said(row)
        return said.tone if said else None

    return (
        Column(
            "Supply",
            lambda row: row.name,
            second=lambda row: joined([row.place or "", kit_words(row)]),
            sort=SupplySort.NAME,
        ),
        Column("Left", lambda row: str(row.stock), usual="99999", sort=SupplySort.STOCK),
        Column("State", state, usual="none left", tone=tone),
        Column("Kit", kit_words, usual="1 per parcel", is_wide_only=True),
        Column(
            "Reorder at",
            lambda row: "–" if row.reorder_point is None else str(row.reorder_point),
            usual="Reorder at",
            sort=SupplySort.REORDER_POINT,
        ),
        Column(
            "Place",
            lambda row: row.place or "–",
            usual="Shelf 2, left drawer",
            sort=SupplySort.PLACE,
            is_wide_only=True,
        ),
    )
