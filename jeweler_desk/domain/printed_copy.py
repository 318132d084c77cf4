"""One print of an order's paper, as it is told: when, the how-manieth, by which printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jeweler_desk.domain.paper_facts import PAPER_NAMES, PaperKind
from jeweler_desk.domain.wording import moment_text


@dataclass(frozen=True, slots=True)
class PrintedCopy:
    """A paper that came out; one out of date no longer says what is true of its parcel.

    ``printer`` is None where it was made as a file.
    """

    kind: str
    printed_at: datetime
    copy: int
    printer: str | None
    is_out_of_date: bool

    @property
    def name(self) -> str:
        """What the paper is called."""
        return PAPER_NAMES[PaperKind(self.kind)] if self.kind in set(PaperKind) else self.kind


def copy_text(printed: PrintedCopy, now: datetime, timezone: str) -> str:
    """Say it in one line: ``packing slip printed today 14:05, copy 2, out of date``."""
    told = f"{printed.name} printed {moment_text(printed.printed_at, now, timezone)}"
    if printed.copy > 1:
        told += f", copy {printed.copy}"
    return f"{told}, out of date" if printed.is_out_of_date else told
