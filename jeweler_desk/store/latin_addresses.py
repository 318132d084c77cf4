"""Addresses in Latin letters, beside the buyer's own."""

from __future__ import annotations

from jeweler_desk.domain.order import Order
from jeweler_desk.store import columns
from jeweler_desk.store.database import Store


class LatinAddressRows:
    """Reads and writes them; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, order: Order) -> tuple[str, ...]:
        """Return an order's address in Latin letters; none where it was written for another one."""
        row = self._store.one(
            "SELECT latin, address FROM latin_addresses WHERE order_id = ?", [order.id]
        )
        address = None if order.address.is_empty else order.address
        if row is None or columns.address(row["address"]) != address:
            return ()
        return tuple(row["latin"].splitlines())

    def keep(self, order: Order, lines: tuple[str, ...]) -> None:
        """Keep the lines for an order's address as it stands; none takes them away."""
        row = self._store.one("SELECT id FROM latin_addresses WHERE order_id = ?", [order.id])
        cells = {"latin": "\n".join(lines), "address": columns.address_text(order.address)}
        if row is None:
            self._store.insert("latin_addresses", {"order_id": order.id, **cells})
        else:
            self._store.update("latin_addresses", row["id"], cells)
