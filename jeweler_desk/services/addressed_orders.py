"""Orders by whose they are and where they go, their countries written in one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jeweler_desk.domain.combining import Addressed
from jeweler_desk.domain.order import OrderId
from jeweler_desk.services.address_layouts import AddressLayouts
from jeweler_desk.store.combining import CombinedRows


class AddressedOrders:
    """Reads where orders go: one shop writes ``US`` and another ``United States``."""

    def __init__(self, rows: CombinedRows) -> None:
        self._rows = rows
        self._layouts = AddressLayouts()

    def to_pack(self) -> list[Addressed]:
        """Return whose parcels are to pack and where they go, the most urgent first."""
        return self._comparable(self._rows.to_pack())

    def of(self, order_ids: Sequence[OrderId]) -> list[Addressed]:
        """Return whose these orders are and where they go, the most urgent first."""
        return self._comparable(self._rows.addressed(order_ids))

    def _comparable(self, orders: list[Addressed]) -> list[Addressed]:
        """Write countries by their codes where they are written in several ways."""
        if len({each.address.country for each in orders}) == 1:
            return orders
        return [
            replace(each, address=replace(each.address, country=self._code(each.address.country)))
            for each in orders
        ]

    def _code(self, country: str | None) -> str | None:
        return self._layouts.country_code(country) or country
