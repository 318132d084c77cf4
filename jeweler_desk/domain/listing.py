"""Listings by version: what a buyer is shown of a piece, and what is missing before she may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType

from jeweler_desk.domain.order import LineItem, LineItemId
from jeweler_desk.domain.refusal import RefusedError

ListingId = NewType("ListingId", int)
VersionId = NewType("VersionId", int)
MOST_PROCESSING_DAYS: Final = 365


class ListingError(RefusedError):
    """A listing that cannot be as it was told; the sentence says why."""


class ListingKind(StrEnum):
    """What sort of piece it is; what must be shown and measured follows from it."""

    RING = "ring"
    EARRINGS = "earrings"
    NECKLACE = "necklace"
    BRACELET = "bracelet"
    OTHER = "other"


class PhotoView(StrEnum):
    """From where a photo shows the piece; ``worn`` is on a person or beside a scale."""

    FRONT = "front"
    SIDE = "side"
    BACK = "back"
    WORN = "worn"


class FindingKind(StrEnum):
    """What is measured to be weak about a photo; it is told and never blocks."""

    TOO_SMALL = "too_small"
    TOO_DARK = "too_dark"
    BLURRED = "blurred"
    CLUTTERED = "cluttered"


class IssueKind(StrEnum):
    """What may be missing of a true picture of a piece."""

    VIEW = "view"
    MEASUREMENT = "measurement"
    UNIT = "unit"
    MATERIALS = "materials"
    TREATMENTS = "treatments"
    VARIATION = "variation"


class Matched(StrEnum):
    """How a line item came to its listing."""

    SKU = "sku"
    TITLE = "title"
    BY_HAND = "by_hand"


_ALL_VIEWS: Final = (PhotoView.FRONT, PhotoView.SIDE, PhotoView.BACK, PhotoView.WORN)
NEEDED_VIEWS: Final = {
    ListingKind.RING: _ALL_VIEWS,
    ListingKind.EARRINGS: _ALL_VIEWS,
    ListingKind.NECKLACE: _ALL_VIEWS,
    ListingKind.BRACELET: _ALL_VIEWS,
    ListingKind.OTHER: (PhotoView.FRONT, PhotoView.WORN),
}
"""The views that a kind of piece needs (front, side, back, worn or with a scale)."""

NEEDED_MEASUREMENTS: Final = {
    ListingKind.RING: ("ring size", "band width"),
    ListingKind.EARRINGS: ("length", "width"),
    ListingKind.NECKLACE: ("chain length", "width"),
    ListingKind.BRACELET: ("inner length", "width"),
    ListingKind.OTHER: ("length", "width"),
}
"""The measurements that a kind of piece needs, each with a unit."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measure as it is shown; ``value`` may be a span such as ``5 to 9``."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class GemstoneNote:
    """A stone; of a natural one, how it varies from piece to piece, or that none was seen."""

    stone: str
    is_natural: bool = True
    variation: str = ""


@dataclass(frozen=True, slots=True)
class PhotoFinding:
    """One weakness with its number: pixels of the shorter side, percent, or sharpness."""

    kind: FindingKind
    number: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo by the SHA-256 of its bytes; ``name`` was its file's, its sides are in pixels."""

    view: PhotoView
    digest: str
    suffix: str
    name: str
    width: int
    height: int
    findings: tuple[PhotoFinding, ...] = ()

    @property
    def file_name(self) -> str:
        """The name under which it is kept."""
        return f"{self.digest}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Listing:
    """What the shop says and shows of a piece; ``processing_days`` None means the shop's own."""

    sku: str
    title: str
    kind: ListingKind = ListingKind.OTHER
    photos: tuple[Photo, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    materials: tuple[str, ...] = ()
    treatments: str = ""
    stones: tuple[GemstoneNote, ...] = ()
    processing_days: int | None = None
    care: str = ""

    def photo(self, view: PhotoView) -> Photo | None:
        """Return the photo of a view."""
        return next((each for each in self.photos if each.view is view), None)

    def with_photo(self, photo: Photo) -> Listing:
        """Return the listing with a photo in the place of the one of that view."""
        kept = [each for each in self.photos if each.view is not photo.view]
        order = list(PhotoView)
        photos = sorted([*kept, photo], key=lambda each: order.index(each.view))
        return replace(self, photos=tuple(photos))

    def without_photo(self, view: PhotoView) -> Listing:
        """Return the listing without the photo of a view."""
        return replace(self, photos=tuple(each for each in self.photos if each.view is not view))


@dataclass(frozen=True, slots=True)
class RepresentationIssue:
    """One thing missing; ``subject`` is the view, the measurement or the stone."""

    kind: IssueKind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ListingVersion:
    """A listing as it was shown from a day on; never changed once it is made.

    ``number`` counts a listing's versions from 1; ``made_on`` is the shop's day of ``made_at``.
    """

    id: VersionId
    listing_id: ListingId
    number: int
    listing: Listing
    shown_since: date
    made_at: datetime
    made_on: date
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class AsShown:
    """The snapshot that a line item keeps; ``is_later`` if it was entered after the order."""

    line_item_id: LineItemId
    version: ListingVersion
    matched: Matched
    is_later: bool
    kept_at: datetime


def representation_issues(listing: Listing) -> tuple[RepresentationIssue, ...]:
    """Return what is missing before a listing shows its piece truly; nothing: it is ready."""
    found = [
        RepresentationIssue(IssueKind.VIEW, view)
        for view in NEEDED_VIEWS[listing.kind]
        if listing.photo(view) is None
    ]
    given = {each.name.casefold() for each in listing.measurements}
    found += [
        RepresentationIssue(IssueKind.MEASUREMENT, name)
        for name in NEEDED_MEASUREMENTS[listing.kind]
        if name not in given
    ]
    found += [
        RepresentationIssue(IssueKind.UNIT, each.name)
        for each in listing.measurements
        if not each.unit
    ]
    if not listing.materials:
        found.append(RepresentationIssue(IssueKind.MATERIALS))
    if not listing.treatments:
        found.append(RepresentationIssue(IssueKind.TREATMENTS))
    found += [
        RepresentationIssue(IssueKind.VARIATION, each.stone)
        for each in listing.stones
        if each.is_natural and not each.variation
    ]
    return tuple(found)


def checked(listing: Listing) -> Listing:
    """Return a listing with its words tidied. Raises `ListingError` where it cannot be."""
    title = _tidy(listing.title)
    if not title:
        raise ListingError("A listing needs a title. Nothing was changed.")
    days = listing.processing_days
    if days is not None and not 0 <= days <= MOST_PROCESSING_DAYS:
        raise ListingError(
            f"The processing days of “{title}” must be between 0 and {MOST_PROCESSING_DAYS}, not"
            f" {days}. Nothing was changed."
        )
    measurements = tuple(_checked_measurement(each) for each in listing.measurements)
    _refuse_twice([each.name for each in measurements], "measurement")
    stones = tuple(
        replace(each, stone=_tidy(each.stone), variation=each.variation.strip())
        for each in listing.stones
    )
    if not all(each.stone for each in stones):
        raise ListingError("A stone needs its name. Nothing was changed.")
    _refuse_twice([each.stone for each in stones], "stone")
    return replace(
        listing,
        sku=_tidy(listing.sku),
        title=title,
        measurements=measurements,
        materials=tuple(tidied for each in listing.materials if (tidied := _tidy(each))),
        treatments=listing.treatments.strip(),
        stones=stones,
        care=listing.care.strip(),
    )


def _checked_measurement(told: Measurement) -> Measurement:
    name, value, unit = _tidy(told.name), _tidy(told.value), _tidy(told.unit)
    if not name:
        raise ListingError("A measurement needs a name such as band width. Nothing was changed.")
    if not any(each.isnumeric() for each in value):
        raise ListingError(
            f"The {name} needs a number such as 2.5, or a span such as 5 to 9. Nothing was changed."
        )
    return Measurement(name, value, unit)


def _refuse_twice(names: Sequence[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise ListingError(f"The {what} “{name}” is given twice. Nothing was changed.")
        seen.add(name.casefold())


def _tidy(text: str) -> str:
    return " ".join(text.split())


# ---- which version a buyer saw


def in_force_on(
    versions: Iterable[ListingVersion], day: date, at: datetime | None = None
) -> ListingVersion | None:
    """Return the version that was shown on a day; None if the listing was not shown yet.

    ``at`` is the instant of the order where it is known: a version that was made later on that
    same day had not been seen.
    """
    shown = [
        each
        for each in versions
        if each.shown_since <= day
        and not (at is not None and each.made_on == each.shown_since == day and each.made_at > at)
    ]
    return max(shown, key=lambda each: (each.shown_since, each.number), default=None)


def key_of(text: str | None) -> str:
    """Return what a SKU or a title is compared by: its words, in any case; empty for none."""
    return _tidy(text or "").casefold()


def is_still_bought(line: LineItem) -> bool:
    """Whether anything of a line item is bought: its pieces are known and not all canceled."""
    return not line.is_placeholder and line.quantity > line.units_canceled
