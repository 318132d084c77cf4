"""How far a listing is, in a word."""

from __future__ import annotations

from jeweler_desk.domain.listing import ListingVersion, representation_issues
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import Said


def listing_said(version: ListingVersion) -> Said:
    """Say whether a listing is ready, or how much is missing."""
    missing = len(representation_issues(version.listing))
    return Said(f"{missing} missing", Tone.DUE) if missing else Said("ready", Tone.GOOD)
