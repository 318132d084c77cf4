"""Every photo that the desk keeps: those of listings, all versions, and those of open boxes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from jeweler_desk.store.database import Store

_DIGITS: Final = 64


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photo by the digest of its bytes; ``of`` says what it shows, ``order`` is a number."""

    digest: str
    file_name: str
    name: str
    of: str
    order: str | None = None


class PhotoRows:
    """Asks which photos there must be."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[KeptPhoto]:
        """Return each photo once, those of listings first."""
        found: dict[str, KeptPhoto] = {}
        for row in self._store.rows(
            "SELECT sku, photos FROM listing_versions WHERE photos IS NOT NULL ORDER BY id"
        ):
            for _, digest, suffix, name, *_ in json.loads(row["photos"]):
                photo = KeptPhoto(digest, f"{digest}{suffix}", name, f"listing {row['sku']}")
                found.setdefault(photo.file_name, photo)
        for row in self._store.rows(
            "SELECT digest, suffix, name, number FROM box_photos"
            " JOIN orders ON orders.id = order_id ORDER BY box_photos.id"
        ):
            file_name = f"{row['digest']}{row['suffix']}"
            of = f"the open box of order {row['number']}"
            photo = KeptPhoto(row["digest"], file_name, row["name"], of, row["number"])
            found.setdefault(file_name, photo)
        for row in self._store.rows("SELECT value FROM settings WHERE key = 'shop.logo'"):
            name = str(row["value"])
            found.setdefault(name, KeptPhoto(name[:_DIGITS], name, "logo", "the shop"))
        return list(found.values())
