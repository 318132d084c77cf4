"""Which listing a buyer saw: found by SKU or exact title, in the version of the order's day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jeweler_desk.domain.listing import (
    ListingId,
    ListingVersion,
    Matched,
    in_force_on,
    is_still_bought,
    key_of,
)
from jeweler_desk.domain.order import LineItem, LineItemId, NewOrder, OrderId
from jeweler_desk.store.batch import NewRows
from jeweler_desk.store.listings import ListingRows


@dataclass(frozen=True, slots=True)
class Match:
    """The version that a line item's buyer saw, and how it was found."""

    version: ListingVersion
    matched: Matched


class ShownListings:
    """Keeps with orders what their buyers saw; writing needs an open step."""

    def __init__(self, rows: ListingRows) -> None:
        self._rows = rows
        self._known: _Known | None = None

    def read(self) -> None:
        """Take the listings of this moment for the orders recorded next."""
        self._known = None

    def match(self, line: LineItem, day: date, at: datetime | None) -> Match | None:
        """Return what the buyer of a line saw on the day of the order; None if nothing fits."""
        if line.is_placeholder:
            return None
        if self._known is None:
            self._known = _Known(self._rows.every_version() if self._rows.count() else [])
        return self._known.match(line, day, at)

    def matches(self, new: NewOrder) -> list[Match | None]:
        """Return what the buyer of each line of a new order saw."""
        return [self.match(line, new.placed_on, new.placed_at) for line in new.line_items]

    @staticmethod
    def days_by(
        lines: Sequence[LineItem], ids: Sequence[LineItemId], found: Sequence[Match | None]
    ) -> dict[LineItemId, int | None]:
        """Return the processing days of a new order's pieces; None where the shop's own count."""
        return {
            line_id: each.version.listing.processing_days if each else None
            for line, line_id, each in zip(lines, ids, found, strict=True)
            if is_still_bought(line)
        }

    def days_of(self, order_id: OrderId) -> dict[LineItemId, int | None]:
        """Return the processing days that an order's snapshots tell, by piece."""
        return self._rows.days_of(order_id)

    def keep(
        self, line_id: LineItemId, found: Match, at: datetime, new_rows: NewRows | None = None
    ) -> None:
        """Keep a snapshot with a line item."""
        self._rows.keep(line_id, found.version.id, found.matched, at, new_rows=new_rows)

    def keep_missing(
        self, order_id: OrderId, lines: tuple[LineItem, ...], told: NewOrder, at: datetime
    ) -> None:
        """Keep a snapshot with each line of a known order that has none; what is kept stays."""
        kept = self._rows.shown_of(order_id)
        for line in lines:
            found = None if line.id in kept else self.match(line, told.placed_on, told.placed_at)
            if found is not None:
                self.keep(line.id, found, at)


class _Known:
    """Every version of every listing, by SKU and by title."""

    def __init__(self, versions: list[ListingVersion]) -> None:
        self._versions: dict[ListingId, list[ListingVersion]] = defaultdict(list)
        self._by_sku: dict[str, set[ListingId]] = defaultdict(set)
        self._by_title: dict[str, set[ListingId]] = defaultdict(set)
        self._retired = {each.listing_id for each in versions if each.is_retired}
        for each in versions:
            self._versions[each.listing_id].append(each)
            self._by_sku[key_of(each.listing.sku)].add(each.listing_id)
            self._by_title[key_of(each.listing.title)].add(each.listing_id)

    def match(self, line: LineItem, day: date, at: datetime | None) -> Match | None:
        sku = key_of(line.sku)
        if sku:
            return self._one(self._by_sku.get(sku), Matched.SKU, sku, day, at)
        title = key_of(line.title)
        return self._one(self._by_title.get(title), Matched.TITLE, title, day, at)

    def _one(
        self,
        ids: set[ListingId] | None,
        matched: Matched,
        key: str,
        day: date,
        at: datetime | None,
    ) -> Match | None:
        """Return the one listing that was called that on the day; of two, nobody knows which."""
        shown = [
            version
            for listing_id in ids or ()
            if (version := in_force_on(self._versions[listing_id], day, at)) is not None
            and key_of(_name(version, matched)) == key
        ]
        in_use = [each for each in shown if each.listing_id not in self._retired]
        found = in_use or shown
        return Match(found[0], matched) if len(found) == 1 else None


def _name(version: ListingVersion, matched: Matched) -> str:
    return version.listing.sku if matched is Matched.SKU else version.listing.title
