"""One print of an order's paper, as it is told: when, the how-manieth, by which printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jeweler_desk.domain.paper_facts import PAPER_NAMES, PaperKind
from jeweler_desk.domain.wording import moment_text

_SHOWN: Final = 8
"""As many digits of a digest tell the papers of one order apart."""


@dataclass(frozen=True, slots=True)
class PrintedCopy:
    """A paper that came out; one out of date no longer says what is true of its parcel.

    ``printer`` is None where it was made as a file. ``says`` is the digest of what it says of its
    order, ``file_hash`` that of the file it was printed from, where that was kept.
    """

    kind: str
    printed_at: datetime
    copy: int
    printer: str | None
    is_out_of_date: bool
    says: str = ""
    file_hash: str | None = None

    @property
    def name(self) -> str:
        """What the paper is called."""
        return PAPER_NAMES[PaperKind(self.kind)] if self.kind in set(PaperKind) else self.kind


def copy_details(printed: PrintedCopy) -> str:
    """Say where a paper came out and of which version it is: ``by Laser · version 3f2a91c0``."""
    told = f"by {printed.printer}" if printed.printer else "into a file"
    told += f" · version {printed.says[:_SHOWN]}" if printed.says else ""
    return f"{told} · file {printed.file_hash[:_SHOWN]}" if printed.file_hash else told


def copy_text(printed: PrintedCopy, now: datetime, timezone: str) -> str:
    """Say it in one line: ``packing slip printed today 14:05, copy 2, out of date``."""
    told = f"{printed.name} printed {moment_text(printed.printed_at, now, timezone)}"
    if printed.copy > 1:
        told += f", copy {printed.copy}"
    return f"{told}, out of date" if printed.is_out_of_date else told
