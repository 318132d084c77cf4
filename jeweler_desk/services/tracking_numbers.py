"""Whose a tracking number may be and where it is followed, by the carriers in `resources/`."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Final

from jeweler_desk.domain import wording
from jeweler_desk.domain.tracking import (
    CarrierNumbers,
    TrackingReading,
    carriers_from,
    doubt,
    read_tracking,
    tracking_link,
)
from jeweler_desk.resources import resource

_RESOURCE: Final = "tracking_numbers.json"


class TrackingNumbers:
    """Reads tracking numbers; warns of one that looks wrong and never refuses it."""

    @cached_property
    def _carriers(self) -> tuple[CarrierNumbers, ...]:
        """The carriers' formats, read when the first number is looked at."""
        return carriers_from(json.loads(resource(_RESOURCE).read_text(encoding="utf-8")))

    def read(self, text: str) -> TrackingReading:
        """Say whose number a text may be."""
        return read_tracking(text, self._carriers)

    def warning(self, text: str | None, carrier: str | None) -> str | None:
        """Return a sentence on a number that deserves a second look, or None."""
        if not text:
            return None
        reading = self.read(text)
        why = doubt(reading, carrier, self._carriers)
        return wording.tracking_doubt(why, reading, carrier) if why else None

    def link(self, number: str | None, carrier: str | None) -> str | None:
        """Return the page on which the carrier tells of a number, or None."""
        return tracking_link(number, carrier, self._carriers) if number else None
