"""Listings as JSON, both ways: the form that ``listing show --json`` gives and ``add`` takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from jeweler_desk.cli.output import day_json, instant_json
from jeweler_desk.domain.listing import (
    AsShown,
    GemstoneNote,
    Listing,
    ListingError,
    ListingKind,
    ListingVersion,
    Measurement,
    Photo,
    PhotoView,
    representation_issues,
)
from jeweler_desk.domain.order import LineItemId, Order

_KNOWN_YEARS: Final = range(1970, 2200)


def listing_json(version: ListingVersion) -> dict[str, Any]:
    """Write a listing as it is shown in a version."""
    listing = version.listing
    issues = representation_issues(listing)
    return {
        "sku": listing.sku,
        "title": listing.title,
        "kind": listing.kind.value,
        "version": version.number,
        "shown_since": day_json(version.shown_since),
        "made_at": instant_json(version.made_at),
        "ready": not issues,
        "missing": [{"kind": each.kind.value, "subject": each.subject or None} for each in issues],
        "photos": [_photo_json(each) for each in listing.photos],
        "measurements": [
            {"name": each.name, "value": each.value, "unit": each.unit or None}
            for each in listing.measurements
        ],
        "materials": list(listing.materials),
        "treatments": listing.treatments or None,
        "stones": [
            {
                "stone": each.stone,
                "is_natural": each.is_natural,
                "variation": each.variation or None,
            }
            for each in listing.stones
        ],
        "processing_days": listing.processing_days,
        "care": listing.care or None,
    }


def as_shown_json(shown: AsShown | None) -> dict[str, Any] | None:
    """Write what a line item keeps of its listing; None where it keeps none."""
    if shown is None:
        return None
    return listing_json(shown.version) | {
        "matched": shown.matched.value,
        "entered_after_order": shown.is_later,
        "kept_at": instant_json(shown.kept_at),
    }


def _photo_json(photo: Photo) -> dict[str, Any]:
    return {
        "view": photo.view.value,
        "file": f"photos/{photo.file_name}",
        "name": photo.name,
        "sha256": photo.digest,
        "width": photo.width,
        "height": photo.height,
        "findings": [{"kind": each.kind.value, "number": each.number} for each in photo.findings],
    }


def read_listing_file(path: Path, known: Listing | None = None) -> tuple[Listing, date | None]:
    """Read a listing and perhaps since when it is shown; what is left out stays as ``known``.

    Photos are no part of it: they are added from their own files. Raises `ListingError`.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ListingError(f"“{path}” cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise ListingError(f"“{path}” is not a JSON file. Nothing was changed.") from error
    if not isinstance(document, dict):
        raise ListingError(f"“{path}” holds no listing. Nothing was changed.")
    return _Reader(document).listing(known or Listing("", "")), _Reader(document).day("shown_since")


class _Reader:
    """Takes one JSON document apart, naming the field that is out of form."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def listing(self, known: Listing) -> Listing:
        told = self._document
        changes: dict[str, Any] = {
            name: _text(told, name)
            for name in ("sku", "title", "treatments", "care")
            if name in told
        }
        if "kind" in told:
            changes["kind"] = self._kind(_text(told, "kind"))
        if "processing_days" in told:
            changes["processing_days"] = self._days()
        if "materials" in told:
            changes["materials"] = self._materials()
        if "measurements" in told:
            changes["measurements"] = tuple(
                Measurement(_text(each, "name"), _text(each, "value"), _text(each, "unit"))
                for each in self._list("measurements")
            )
        if "stones" in told:
            changes["stones"] = tuple(self._stone(each) for each in self._list("stones"))
        return replace(known, **changes)

    def day(self, name: str) -> date | None:
        text = _text(self._document, name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or day.year not in _KNOWN_YEARS:
            raise _out_of_form(name, "a day such as 2026-10-05")
        return day

    @staticmethod
    def _kind(word: str) -> ListingKind:
        if word not in set(ListingKind):
            raise _out_of_form("kind", f"one of {', '.join(ListingKind)}")
        return ListingKind(word)

    def _days(self) -> int | None:
        days = self._document["processing_days"]
        if days is None:
            return None
        if isinstance(days, bool) or not isinstance(days, int):
            raise _out_of_form("processing_days", "a whole number of working days")
        return days

    def _materials(self) -> tuple[str, ...]:
        value = self._document["materials"] or []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise _out_of_form("materials", "a list of texts")
        return tuple(value)

    def _stone(self, cells: dict[str, Any]) -> GemstoneNote:
        is_natural = cells.get("is_natural", True)
        if not isinstance(is_natural, bool):
            raise _out_of_form("is_natural", "true or false")
        return GemstoneNote(_text(cells, "stone"), is_natural, _text(cells, "variation"))

    def _list(self, name: str) -> list[dict[str, Any]]:
        value = self._document.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise _out_of_form(name, "a list")
        return value


def _text(cells: dict[str, Any], name: str) -> str:
    value = cells.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _out_of_form(name, "a text")
    return value


def _out_of_form(name: str, form: str) -> ListingError:
    return ListingError(f"“{name}” must be {form}. Nothing was changed.")


def view_named(word: str) -> PhotoView:
    """Return the view of that name; a photo with a scale stands where a worn one does."""
    return PhotoView.WORN if word == "scale" else PhotoView(word)


def with_listings(
    document: dict[str, Any], order: Order, shown: Mapping[LineItemId, AsShown]
) -> dict[str, Any]:
    """Return an order's document whose line items also tell what their buyer was shown."""
    lines = [line for line in order.line_items if not line.is_placeholder]
    told = []
    for line, cells in zip(lines, document["line_items"], strict=True):
        kept = shown.get(line.id)
        sku = kept.version.listing.sku if kept else None
        told.append({**cells, "listing": sku, "as_shown": as_shown_json(kept)})
    return document | {"line_items": told}
