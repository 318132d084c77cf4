"""Supplies: their rows, every change of a stock, and the crossings of their reorder points."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.supply import (
    MoveKind,
    NewSupply,
    Supply,
    SupplyId,
    SupplyMove,
    UsedPer,
)
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store

Drawn = tuple[int, SupplyId, int]
"""A change of a stock, its supply and how many units."""
NOT_SHIPPED = "its parcel had not left"
_ALL = (
    "SELECT supplies.*, crossed_at, ordered_at FROM supplies"
    " LEFT JOIN supply_crossings ON supply_crossings.supply_id = supplies.id"
    " AND ended_at IS NULL WHERE is_retired = 0"
)


class SupplyRows:
    """The supplies of one desk; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Supply]:
        """Return every supply in use, by name."""
        rows = self._store.rows(f"{_ALL} ORDER BY name COLLATE NOCASE, supplies.id")
        return [_supply(row) for row in rows]

    def one(self, supply_id: SupplyId) -> Supply | None:
        """Return one supply in use."""
        row = self._store.one(f"{_ALL} AND supplies.id = ?", [supply_id])
        return _supply(row) if row else None

    def moves(self, supply_id: SupplyId, limit: int) -> list[SupplyMove]:
        """Return the latest changes of a stock, the newest first."""
        rows = self._store.rows(
            "SELECT supply_moves.*, number FROM supply_moves"
            " LEFT JOIN orders ON orders.id = order_id"
            " WHERE supply_id = ? ORDER BY supply_moves.id DESC LIMIT ?",
            [supply_id, limit],
        )
        return [
            SupplyMove(
                at=columns.known_instant(row["at"]),
                kind=MoveKind(row["kind"]),
                units=row["units"],
                order_number=row["number"],
                note=row["note"],
            )
            for row in rows
        ]

    def drawn_for(self, order_id: OrderId, left_at: datetime | None) -> list[Drawn]:
        """Return what the parcel that left at an instant drew, or the closed one where None.

        It is what was drawn since another parcel of the order left.
        """
        before = "SELECT max(shipped_at) FROM shipments WHERE order_id = :order"
        if left_at is not None:
            before += " AND shipped_at < :left"
        rows = self._store.rows(
            "SELECT id, supply_id, units FROM supply_moves WHERE order_id = :order"
            " AND kind = 'packed' AND is_given_back = 0"
            f" AND at > coalesce(({before}), '') AND at <= coalesce(:left, at) ORDER BY id",
            {"order": order_id, "left": columns.instant_text(left_at)},
        )
        return [(row["id"], SupplyId(row["supply_id"]), -row["units"]) for row in rows]

    def waiting_for(self, order_id: OrderId) -> list[Drawn]:
        """Return what came back as a parcel had not left, and goes with it when it does."""
        rows = self._store.rows(
            "SELECT id, supply_id, units FROM supply_moves WHERE order_id = ?"
            " AND kind = 'given_back' AND note = ? AND is_given_back = 0 ORDER BY id",
            [order_id, NOT_SHIPPED],
        )
        return [(row["id"], SupplyId(row["supply_id"]), row["units"]) for row in rows]

    def add(self, new: NewSupply) -> SupplyId:
        """Add a supply with an empty stock."""
        return SupplyId(self._store.insert("supplies", _facts(new) | {"stock": 0}))

    def describe(self, supply_id: SupplyId, new: NewSupply) -> None:
        """Replace what is said of a supply; its stock stays."""
        self._store.update("supplies", supply_id, _facts(new))

    def retire(self, supply_id: SupplyId) -> None:
        """Take a supply out of the list; its past stays."""
        self._store.update("supplies", supply_id, {"is_retired": 1})

    def move(
        self,
        supply_id: SupplyId,
        kind: MoveKind,
        units: int,
        at: datetime,
        *,
        order_id: OrderId | None = None,
        note: str | None = None,
    ) -> None:
        """Change a stock by some units, which may be fewer."""
        record = {
            "supply_id": supply_id,
            "kind": kind,
            "units": units,
            "at": columns.instant_text(at),
            "order_id": order_id,
            "note": note,
        }
        self._store.insert("supply_moves", record)
        self._store.run("UPDATE supplies SET stock = stock + ? WHERE id = ?", [units, supply_id])

    def mark_given_back(self, move_id: int) -> None:
        """Note that a change of a stock for a parcel was turned round since."""
        self._store.update("supply_moves", move_id, {"is_given_back": 1})

    def cross(self, supply_id: SupplyId, at: datetime) -> None:
        """Note that a reorder point was crossed."""
        record = {"supply_id": supply_id, "crossed_at": columns.instant_text(at)}
        self._store.insert("supply_crossings", record)

    def end_crossing(self, supply_id: SupplyId, at: datetime) -> None:
        """Note that enough is there again."""
        self._store.run(
            "UPDATE supply_crossings SET ended_at = ? WHERE supply_id = ? AND ended_at IS NULL",
            [columns.instant_text(at), supply_id],
        )

    def mark_ordered(self, supply_id: SupplyId, at: datetime) -> None:
        """Note that more was ordered, which answers the notice."""
        self._store.run(
            "UPDATE supply_crossings SET ordered_at = ? WHERE supply_id = ? AND ended_at IS NULL",
            [columns.instant_text(at), supply_id],
        )


def _facts(new: NewSupply) -> dict[str, Any]:
    return {
        "name": new.name,
        "place": new.place,
        "pack_size": new.pack_size,
        "supplier": new.supplier,
        "reorder_point": new.reorder_point,
        "uses": new.uses,
        "used_per": new.used_per,
    }


def _supply(row: Row) -> Supply:
    return Supply(
        id=SupplyId(row["id"]),
        name=row["name"],
        stock=row["stock"],
        place=row["place"],
        pack_size=row["pack_size"],
        supplier=row["supplier"],
        reorder_point=row["reorder_point"],
        uses=row["uses"],
        used_per=UsedPer(row["used_per"]),
        low_since=columns.instant(row["crossed_at"]),
        ordered_at=columns.instant(row["ordered_at"]),
    )
