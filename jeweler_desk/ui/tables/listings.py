"""The columns of the list of listings."""

from __future__ import annotations

from enum import StrEnum

from jeweler_desk.domain.listing import ListingVersion, representation_issues
from jeweler_desk.domain.listing_wording import KIND_NAMES, days_text
from jeweler_desk.ui.listing_lines import listing_said
from jeweler_desk.ui.tables.table_model import Column
from jeweler_desk.ui.words import joined


class ListingSort(StrEnum):
    """What the list can be sorted by."""

    TITLE = "title"
    SKU = "sku"
    KIND = "kind"
    STATE = "state"
    DAYS = "days"


def sort_key(version: ListingVersion, by: ListingSort) -> tuple[int, str, str]:
    """Return what a listing is sorted by; the shop's own days come before a number of days."""
    listing = version.listing
    title = listing.title.casefold()
    days = -1 if listing.processing_days is None else listing.processing_days
    return {
        ListingSort.TITLE: (0, title, ""),
        ListingSort.SKU: (0, listing.sku.casefold(), ""),
        ListingSort.KIND: (0, listing.kind.value, title),
        ListingSort.STATE: (len(representation_issues(listing)), "", title),
        ListingSort.DAYS: (days, "", title),
    }[by]


def listing_columns() -> tuple[Column[ListingVersion], ...]:
    """Return the columns."""
    return (
        Column(
            "Piece",
            lambda row: row.listing.title,
            second=lambda row: joined([row.listing.sku, KIND_NAMES[row.listing.kind]]),
            sort=ListingSort.TITLE,
        ),
        Column(
            "State",
            lambda row: listing_said(row).text,
            usual="12 missing",
            tone=lambda row: listing_said(row).tone,
            sort=ListingSort.STATE,
        ),
        Column(
            "SKU",
            lambda row: row.listing.sku,
            usual="JT-PEARL-18",
            sort=ListingSort.SKU,
            is_wide_only=True,
        ),
        Column(
            "Kind",
            lambda row: KIND_NAMES[row.listing.kind],
            usual="earrings",
            sort=ListingSort.KIND,
            is_wide_only=True,
        ),
        Column(
            "Making",
            lambda row: days_text(row.listing.processing_days),
            usual="10 working days",
            sort=ListingSort.DAYS,
            is_wide_only=True,
        ),
    )
