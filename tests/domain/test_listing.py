"""What must be shown of a piece, and which version its buyer saw."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jeweler_desk.domain.listing import (
    AsShown,
    FindingKind,
    GemstoneNote,
    IssueKind,
    Listing,
    ListingError,
    ListingId,
    ListingKind,
    ListingVersion,
    Matched,
    Measurement,
    Photo,
    PhotoFinding,
    PhotoView,
    RepresentationIssue,
    VersionId,
    checked,
    in_force_on,
    representation_issues,
)
from jeweler_desk.domain.listing_wording import (
    attached_told,
    days_text,
    finding_text,
    issue_text,
    measurement_text,
    shown_told,
    stone_text,
)
from jeweler_desk.domain.order import LineItemId

NOON = datetime(2026, 10, 5, 16, tzinfo=UTC)
PHOTOS = tuple(Photo(view, f"{view}0", ".jpg", f"{view}.jpg", 1200, 1200) for view in PhotoView)
RING = Listing(
    sku="RAIN",
    title="Rain Ring",
    kind=ListingKind.RING,
    photos=PHOTOS,
    measurements=(Measurement("ring size", "5 to 9", "US"), Measurement("band width", "2.5", "mm")),
    materials=("sterling silver",),
    treatments="none",
    stones=(GemstoneNote("moonstone", variation="the blue differs"),),
)


def version(number: int, since: str, made: datetime = NOON) -> ListingVersion:
    return ListingVersion(
        VersionId(number), ListingId(1), number, RING, date.fromisoformat(since), made, made.date()
    )


def missing(listing: Listing) -> list[str]:
    return [issue_text(each) for each in representation_issues(listing)]


def test_a_ring_that_says_and_shows_all_is_ready() -> None:
    assert missing(RING) == []


def test_everything_that_is_missing_is_named() -> None:
    assert missing(Listing("RAIN", "Rain Ring", ListingKind.RING)) == [
        "a photo from the front",
        "a photo from the side",
        "a photo of the back",
        "a photo worn, or beside a scale",
        "the ring size",
        "the band width",
        "what it is made of",
        "how it was treated, or “none”",
    ]


def test_a_measure_without_a_unit_is_no_measure_yet() -> None:
    bare = replace(RING, measurements=(RING.measurements[0], Measurement("band width", "2.5")))
    assert missing(bare) == ["the unit of the band width"]


def test_a_natural_stone_needs_its_variation_and_a_made_one_does_not() -> None:
    bare = replace(RING, stones=(GemstoneNote("opal"), GemstoneNote("zirconia", is_natural=False)))
    assert representation_issues(bare) == (RepresentationIssue(IssueKind.VARIATION, "opal"),)
    assert missing(bare) == ["how the opal varies, or “none seen”"]
    assert missing(replace(RING, stones=(GemstoneNote("opal", variation="none seen"),))) == []


@pytest.mark.parametrize("kind", list(ListingKind))
def test_each_kind_of_piece_needs_a_front_and_two_measures(kind: ListingKind) -> None:
    issues = representation_issues(Listing("X", "X", kind))
    assert RepresentationIssue(IssueKind.VIEW, PhotoView.FRONT) in issues
    assert sum(each.kind is IssueKind.MEASUREMENT for each in issues) == 2


def test_a_polishing_cloth_needs_no_back() -> None:
    cloth = Listing("CARE", "Polishing Cloth", ListingKind.OTHER)
    assert "a photo of the back" not in missing(cloth)
    assert missing(cloth)[:2] == ["a photo from the front", "a photo worn, or beside a scale"]


def test_a_photo_takes_the_place_of_the_one_of_its_view() -> None:
    fresh = Photo(PhotoView.SIDE, "9", ".jpg", "new.jpg", 10, 10)
    shown = RING.with_photo(fresh)
    assert [each.view for each in shown.photos] == list(PhotoView)
    assert shown.photo(PhotoView.SIDE) == fresh
    assert shown.without_photo(PhotoView.SIDE).photo(PhotoView.SIDE) is None
    assert fresh.file_name == "9.jpg"


def test_words_are_tidied() -> None:
    told = checked(
        Listing(
            " R  1 ",
            " Rain\nRing ",
            materials=(" silver ", " "),
            measurements=(Measurement(" band  width ", " 2.5 ", " mm "),),
            stones=(GemstoneNote(" opal ", variation=" fire differs "),),
        )
    )
    assert told.sku == "R 1"
    assert told.title == "Rain Ring"
    assert told.materials == ("silver",)
    assert told.measurements == (Measurement("band width", "2.5", "mm"),)
    assert told.stones == (GemstoneNote("opal", variation="fire differs"),)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Listing("", " "), "needs a title"),
        (Listing("", "Ring", processing_days=-1), "between 0 and 365, not -1"),
        (Listing("", "Ring", processing_days=366), "between 0 and 365"),
        (Listing("", "Ring", measurements=(Measurement("", "1"),)), "needs a name"),
        (Listing("", "Ring", measurements=(Measurement("width", "wide"),)), "width needs a number"),
        (
            Listing(
                "", "Ring", measurements=(Measurement("width", "1"), Measurement("Width", "2"))
            ),
            "“Width” is given twice",
        ),
        (Listing("", "Ring", stones=(GemstoneNote(""),)), "A stone needs its name"),
        (Listing("", "Ring", stones=(GemstoneNote("opal"), GemstoneNote("Opal"))), "given twice"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong: Listing, why: str) -> None:
    with pytest.raises(ListingError, match=why):
        checked(wrong)


def test_the_version_in_force_is_the_last_one_shown_by_that_day() -> None:
    versions = [version(1, "2026-10-01"), version(2, "2026-10-04"), version(3, "2026-10-09")]
    for day, number in ((1, 1), (3, 1), (4, 2), (8, 2), (9, 3), (30, 3)):
        found = in_force_on(versions, date(2026, 10, day))
        assert found is not None and found.number == number
    assert in_force_on(versions, date(2026, 9, 30)) is None


def test_a_version_made_after_the_order_that_same_day_had_not_been_seen() -> None:
    day = date(2026, 10, 5)
    versions = [version(1, "2026-10-01"), version(2, "2026-10-05")]
    before = in_force_on(versions, day, NOON.replace(hour=15))
    after = in_force_on(versions, day, NOON)
    assert before is not None and before.number == 1
    assert after is not None and after.number == 2


def test_her_word_that_it_was_shown_since_an_earlier_day_counts_from_that_day_on() -> None:
    told = [version(1, "2026-10-04")]
    assert in_force_on(told, date(2026, 10, 4), datetime(2026, 10, 4, 8, tzinfo=UTC)) == told[0]


def test_findings_tell_their_number() -> None:
    told = [finding_text(PhotoFinding(kind, 12)) for kind in FindingKind]
    assert told == [
        "small: 12 px on the shorter side",
        "dark: 12 % bright",
        "blurred: sharpness 12",
        "busy to the edge: 12 % of it",
    ]


def test_the_words_of_measures_stones_and_days() -> None:
    assert measurement_text(Measurement("width", "2.5", "mm")) == "width 2.5 mm"
    assert measurement_text(Measurement("width", "2.5")) == "width 2.5"
    assert stone_text(GemstoneNote("opal")) == "opal, natural: variation not said"
    assert stone_text(GemstoneNote("zirconia", is_natural=False)) == "zirconia, not natural"
    assert (days_text(None), days_text(1)) == ("the shop’s own days", "1 working day")


def test_what_was_entered_after_the_order_is_said_as_such() -> None:
    def told(matched: Matched, *, is_later: bool = False) -> str:
        return shown_told(AsShown(LineItemId(1), version(1, "2026-10-01"), matched, is_later, NOON))

    assert told(Matched.SKU) == "shown since Thu 1 Oct 2026"
    assert told(Matched.BY_HAND) == "shown since Thu 1 Oct 2026; attached by your word"
    assert told(Matched.BY_HAND, is_later=True) == (
        "shown since Thu 1 Oct 2026, entered after this order; attached by your word"
    )
    assert attached_told("R", is_later=False) == "listing R attached by hand"
    assert "entered after this order" in attached_told("R", is_later=True)
