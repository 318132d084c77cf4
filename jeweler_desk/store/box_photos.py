"""Photos of open boxes: which order each belongs to, by the digest of its bytes."""

from __future__ import annotations

from jeweler_desk.domain.box_photo import BoxPhoto
from jeweler_desk.domain.order import OrderId
from jeweler_desk.store import columns
from jeweler_desk.store.database import Store


class BoxPhotoRows:
    """Reads and keeps the facts of photos; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, order_id: OrderId) -> list[BoxPhoto]:
        """Return the photos of an order, oldest first."""
        rows = self._store.rows(
            "SELECT digest, suffix, name, added_at FROM box_photos WHERE order_id = ? ORDER BY id",
            [order_id],
        )
        return [
            BoxPhoto(
                row["digest"], row["suffix"], row["name"], columns.known_instant(row["added_at"])
            )
            for row in rows
        ]

    def add(self, order_id: OrderId, photo: BoxPhoto) -> None:
        """Keep that a photo shows an order's open box."""
        record = {
            "order_id": order_id,
            "digest": photo.digest,
            "suffix": photo.suffix,
            "name": photo.name,
            "added_at": columns.instant_text(photo.added_at),
        }
        self._store.insert("box_photos", record)
