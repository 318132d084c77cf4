"""What the sample shop promises: its policies, in force long before its orders."""

from __future__ import annotations

from datetime import date
from typing import Final

from jeweler_desk.domain.policy import CountedFrom, NewPolicy, PolicyKind

_MADE: Final = (
    "Most pieces are made after they are ordered, within one to three working days. Engraving and"
    " unusual sizes take up to a week longer; I write before I begin if yours will."
)
_RETURNS: Final = (
    "Send a piece back within 30 days of its arrival, unworn and in its box, and its price comes"
    " back to you the day it is here. Worn pieces bring back half. Engraved pieces and pierced"
    " earrings that were worn stay yours, unless I made a mistake."
)
_EXCHANGES: Final = (
    "Rings may be exchanged once for another size within 60 days of their arrival. The new one is"
    " made when the first is back."
)
_REPAIRS: Final = (
    "Clasps, ear wires and loose stones are mended without charge for a year after they were"
    " bought, and at cost after that."
)


def demo_policies(since: date) -> tuple[NewPolicy, ...]:
    """Return the sample shop's policies, in force from a day on."""
    made = "Made to order in one to three working days."
    return (
        NewPolicy(PolicyKind.FABRICATION_TIME, _MADE, since, made),
        NewPolicy(
            PolicyKind.RETURNS,
            _RETURNS,
            since,
            "Returns within 30 days of arrival, unworn.",
            window_days=30,
            counted_from=CountedFrom.DELIVERED,
            worn_percent=50,
            damaged_percent=0,
        ),
        NewPolicy(
            PolicyKind.EXCHANGES,
            _EXCHANGES,
            since,
            "One exchange of size within 60 days of arrival.",
            window_days=60,
            counted_from=CountedFrom.DELIVERED,
        ),
        NewPolicy(
            PolicyKind.REPAIRS,
            _REPAIRS,
            since,
            "Mended without charge for a year.",
            window_days=365,
            counted_from=CountedFrom.BOUGHT,
        ),
    )
