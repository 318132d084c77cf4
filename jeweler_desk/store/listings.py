"""Listings: their versions, none of which is ever rewritten, and which one a line item keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from jeweler_desk.domain.listing import (
    AsShown,
    FindingKind,
    GemstoneNote,
    Listing,
    ListingId,
    ListingKind,
    ListingVersion,
    Matched,
    Measurement,
    Photo,
    PhotoFinding,
    PhotoView,
    VersionId,
)
from jeweler_desk.domain.order import LineItemId, OrderId
from jeweler_desk.store import columns
from jeweler_desk.store.batch import NewRows
from jeweler_desk.store.database import Row, Store

_VERSIONS = (
    "SELECT listing_versions.*, is_retired FROM listing_versions"
    " JOIN listings ON listings.id = listing_id"
)
_SHOWN = (
    "SELECT listing_versions.*, is_retired, line_item_id, matched, is_later, kept_at"
    " FROM shown_listings JOIN listing_versions ON listing_versions.id = version_id"
    " JOIN listings ON listings.id = listing_id"
)


class ListingRows:
    """The listings of one desk; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ---- listings and their versions

    def all(self) -> list[ListingVersion]:
        """Return the latest version of every listing in use, by title."""
        rows = self._store.rows(
            f"{_VERSIONS} WHERE is_retired = 0 AND number = (SELECT max(number)"
            " FROM listing_versions AS other WHERE other.listing_id = listings.id)"
            " ORDER BY title COLLATE NOCASE, listing_id"
        )
        return [_version(row) for row in rows]

    def every_version(self) -> list[ListingVersion]:
        """Return all versions of all listings, also of those no longer in use."""
        return [
            _version(row) for row in self._store.rows(f"{_VERSIONS} ORDER BY listing_id, number")
        ]

    def versions(self, listing_id: ListingId) -> list[ListingVersion]:
        """Return a listing's versions, the first one first."""
        rows = self._store.rows(f"{_VERSIONS} WHERE listing_id = ? ORDER BY number", [listing_id])
        return [_version(row) for row in rows]

    def count(self) -> int:
        """Return how many listings there ever were."""
        row = self._store.one("SELECT count(*) FROM listings")
        return int(row[0]) if row else 0

    def add(self, at: datetime) -> ListingId:
        """Add a listing without a version yet."""
        return ListingId(
            self._store.insert("listings", {"added_at": columns.instant_text(at), "is_retired": 0})
        )

    def add_version(
        self, listing_id: ListingId, listing: Listing, since: date, at: datetime, on: date
    ) -> VersionId:
        """Add a version, shown from a day on and made at an instant of the shop's day ``on``."""
        record = {
            "listing_id": listing_id,
            "number": len(self.versions(listing_id)) + 1,
            "shown_since": columns.day_text(since),
            "made_at": columns.instant_text(at),
            "made_on": columns.day_text(on),
        }
        return VersionId(self._store.insert("listing_versions", record | _facts(listing)))

    def retire(self, listing_id: ListingId) -> None:
        """Take a listing out of the list; its versions stay."""
        self._store.update("listings", listing_id, {"is_retired": 1})

    # ---- what orders keep

    def keep(
        self,
        line_id: LineItemId,
        version_id: VersionId,
        matched: Matched,
        at: datetime,
        *,
        is_later: bool = False,
        new_rows: NewRows | None = None,
    ) -> None:
        """Keep with a line item which version its buyer saw."""
        record = {
            "line_item_id": line_id,
            "version_id": version_id,
            "matched": matched,
            "is_later": int(is_later),
            "kept_at": columns.instant_text(at),
        }
        (new_rows or self._store).insert("shown_listings", record)

    def let_go(self, line_id: LineItemId) -> None:
        """Forget which version a line item keeps; it is said anew."""
        self._store.run("DELETE FROM shown_listings WHERE line_item_id = ?", [line_id])

    def shown(self, line_id: LineItemId) -> AsShown | None:
        """Return what a line item keeps."""
        row = self._store.one(f"{_SHOWN} WHERE line_item_id = ?", [line_id])
        return _as_shown(row) if row else None

    def shown_of(self, order_id: OrderId) -> dict[LineItemId, AsShown]:
        """Return what the line items of an order keep."""
        rows = self._store.rows(
            f"{_SHOWN} WHERE line_item_id IN (SELECT id FROM line_items WHERE order_id = ?)",
            [order_id],
        )
        return {LineItemId(row["line_item_id"]): _as_shown(row) for row in rows}

    def days_of(self, order_id: OrderId) -> dict[LineItemId, int | None]:
        """Return the processing days that the listings of an order's bought pieces tell."""
        rows = self._store.rows(
            "SELECT line_items.id AS line_id, processing_days FROM line_items"
            " LEFT JOIN shown_listings ON line_item_id = line_items.id"
            " LEFT JOIN listing_versions ON listing_versions.id = version_id"
            " WHERE order_id = ? AND quantity > units_canceled AND is_placeholder = 0",
            [order_id],
        )
        return {LineItemId(row["line_id"]): row["processing_days"] for row in rows}

    def waiting_lines(
        self, skus: Iterable[str], titles: Iterable[str]
    ) -> list[tuple[OrderId, LineItemId]]:
        """Return the pieces still to send that name these and keep no snapshot, oldest first."""
        named, called = list(skus), list(titles)
        rows = self._store.rows(
            "SELECT orders.id AS order_id, line_items.id AS line_id FROM orders"
            " JOIN line_items ON order_id = orders.id WHERE orders.units_to_send > 0"
            " AND quantity > units_canceled + units_shipped AND is_placeholder = 0"
            " AND NOT EXISTS (SELECT 1 FROM shown_listings WHERE line_item_id = line_items.id)"
            f" AND (sku COLLATE NOCASE IN ({', '.join('?' * len(named))})"
            "  OR (coalesce(sku, '') = ''"
            f"   AND title COLLATE NOCASE IN ({', '.join('?' * len(called))})))"
            " ORDER BY orders.placed_sort, line_items.id",
            [*named, *called],
        )
        return [(OrderId(row["order_id"]), LineItemId(row["line_id"])) for row in rows]

    def orders_with(self, listing_id: ListingId) -> list[tuple[VersionId, int]]:
        """Return how many line items keep each version of a listing."""
        rows = self._store.rows(
            "SELECT version_id, count(*) AS pieces FROM shown_listings"
            " JOIN listing_versions ON listing_versions.id = version_id"
            " WHERE listing_id = ? GROUP BY version_id ORDER BY version_id",
            [listing_id],
        )
        return [(VersionId(row["version_id"]), int(row["pieces"])) for row in rows]


def _facts(listing: Listing) -> dict[str, Any]:
    return {
        "sku": listing.sku,
        "title": listing.title,
        "kind": listing.kind,
        "photos": _json([_photo_cells(each) for each in listing.photos]),
        "measurements": _json(
            [[each.name, each.value, each.unit] for each in listing.measurements]
        ),
        "materials": _json(list(listing.materials)),
        "treatments": listing.treatments,
        "stones": _json([[each.stone, each.is_natural, each.variation] for each in listing.stones]),
        "processing_days": listing.processing_days,
        "care": listing.care,
    }


def _photo_cells(photo: Photo) -> list[Any]:
    found = [[each.kind.value, each.number] for each in photo.findings]
    return [
        photo.view.value,
        photo.digest,
        photo.suffix,
        photo.name,
        photo.width,
        photo.height,
        found,
    ]


def _json(cells: list[Any]) -> str | None:
    return json.dumps(cells, ensure_ascii=False) if cells else None


def _read(text: str | None) -> list[Any]:
    cells: list[Any] = json.loads(text) if text else []
    return cells


def _photo(cells: list[Any]) -> Photo:
    view, digest, suffix, name, width, height, found = cells
    findings = tuple(PhotoFinding(FindingKind(kind), number) for kind, number in found)
    return Photo(PhotoView(view), digest, suffix, name, width, height, findings)


def _version(row: Row) -> ListingVersion:
    return ListingVersion(
        id=VersionId(row["id"]),
        listing_id=ListingId(row["listing_id"]),
        number=row["number"],
        listing=Listing(
            sku=row["sku"],
            title=row["title"],
            kind=ListingKind(row["kind"]),
            photos=tuple(_photo(each) for each in _read(row["photos"])),
            measurements=tuple(Measurement(*each) for each in _read(row["measurements"])),
            materials=tuple(_read(row["materials"])),
            treatments=row["treatments"],
            stones=tuple(GemstoneNote(*each) for each in _read(row["stones"])),
            processing_days=row["processing_days"],
            care=row["care"],
        ),
        shown_since=date.fromisoformat(row["shown_since"]),
        made_at=columns.known_instant(row["made_at"]),
        made_on=date.fromisoformat(row["made_on"]),
        is_retired=bool(row["is_retired"]),
    )


def _as_shown(row: Row) -> AsShown:
    return AsShown(
        line_item_id=LineItemId(row["line_item_id"]),
        version=_version(row),
        matched=Matched(row["matched"]),
        is_later=bool(row["is_later"]),
        kept_at=columns.known_instant(row["kept_at"]),
    )
