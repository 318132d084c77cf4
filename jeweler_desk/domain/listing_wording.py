"""Listings in words: what is missing, what is weak about a photo, and which version was shown."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.listing import (
    AsShown,
    FindingKind,
    GemstoneNote,
    IssueKind,
    Listing,
    ListingKind,
    Matched,
    Measurement,
    PhotoFinding,
    PhotoView,
    RepresentationIssue,
)
from jeweler_desk.domain.wording import count_text, full_day

NONE_SEEN: Final = "none seen"
"""Her word for a natural stone that does not vary."""

KIND_NAMES: Final = {
    ListingKind.RING: "ring",
    ListingKind.EARRINGS: "earrings",
    ListingKind.NECKLACE: "necklace",
    ListingKind.BRACELET: "bracelet",
    ListingKind.OTHER: "other",
}
VIEW_NAMES: Final = {
    PhotoView.FRONT: "front",
    PhotoView.SIDE: "side",
    PhotoView.BACK: "back",
    PhotoView.WORN: "worn or with a scale",
}
VIEW_WORDS: Final = {**VIEW_NAMES, PhotoView.WORN: "worn"}
"""The views where there is room for one word."""


def issue_text(issue: RepresentationIssue) -> str:
    """Say what is missing: ``photo from the side``."""
    match issue.kind:
        case IssueKind.VIEW:
            view = PhotoView(issue.subject)
            place = {
                PhotoView.FRONT: "from the front",
                PhotoView.SIDE: "from the side",
                PhotoView.BACK: "of the back",
                PhotoView.WORN: "worn, or beside a scale",
            }
            return f"a photo {place[view]}"
        case IssueKind.MEASUREMENT:
            return f"the {issue.subject}"
        case IssueKind.UNIT:
            return f"the unit of the {issue.subject}"
        case IssueKind.MATERIALS:
            return "what it is made of"
        case IssueKind.TREATMENTS:
            return "how it was treated, or “none”"
        case IssueKind.VARIATION:
            return f"how the {issue.subject} varies, or “{NONE_SEEN}”"


def finding_text(finding: PhotoFinding) -> str:
    """Say what is weak about a photo, with the number it was told by."""
    match finding.kind:
        case FindingKind.TOO_SMALL:
            return f"small: {finding.number} px on the shorter side"
        case FindingKind.TOO_DARK:
            return f"dark: {finding.number} % bright"
        case FindingKind.BLURRED:
            return f"blurred: sharpness {finding.number}"
        case FindingKind.CLUTTERED:
            return f"busy to the edge: {finding.number} % of it"


def measurement_text(told: Measurement) -> str:
    """Write a measure: ``band width 2.5 mm``."""
    return f"{told.name} {told.value} {told.unit}".rstrip()


def stone_text(told: GemstoneNote) -> str:
    """Write a stone: ``moonstone, natural: blue sheen differs``."""
    if not told.is_natural:
        return f"{told.stone}, not natural"
    return f"{told.stone}, natural: {told.variation or 'variation not said'}"


def days_text(days: int | None) -> str:
    """Say how long making takes: ``5 working days``."""
    return "the shop’s own days" if days is None else count_text(days, "working day")


def changes_told(before: Listing, after: Listing) -> str:
    """Say what a version shows otherwise than the one before: ``title and photos``."""
    parts = (
        ("SKU", before.sku, after.sku),
        ("title", before.title, after.title),
        ("kind", before.kind, after.kind),
        ("photos", _digests(before), _digests(after)),
        ("measures", before.measurements, after.measurements),
        ("materials", before.materials, after.materials),
        ("treatments", before.treatments, after.treatments),
        ("stones", before.stones, after.stones),
        ("days of making", before.processing_days, after.processing_days),
        ("care", before.care, after.care),
    )
    names = [name for name, old, new in parts if old != new]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _digests(listing: Listing) -> tuple[tuple[PhotoView, str], ...]:
    return tuple((each.view, each.digest) for each in listing.photos)


def shown_told(shown: AsShown) -> str:
    """Say which version an order keeps, and plainly if it was entered after the order."""
    version = shown.version
    since = f"shown since {full_day(version.shown_since)}"
    if shown.is_later:
        return f"{since}, entered after this order; attached by your word"
    if shown.matched is Matched.BY_HAND:
        return f"{since}; attached by your word"
    return since


def attached_told(sku: str, *, is_later: bool) -> str:
    """Say in a timeline that a listing was attached by hand."""
    told = f"listing {sku} attached by hand"
    return f"{told}; it was entered after this order" if is_later else told
