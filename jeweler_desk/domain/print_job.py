"""Paper on its way through a printer: what was asked, where it stands, what is left to print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.refusal import RefusedError


class MaybePrintedError(RefusedError):
    """The spooler may have taken a paper or not; only a look at the printer tells."""


class SpoolState(StrEnum):
    """Where the system's spooler has a paper."""

    WAITING = "waiting"
    PRINTING = "printing"
    STOPPED = "stopped"
    DONE = "done"
    CANCELED = "canceled"
    FAILED = "failed"
    LOST = "lost"  # the spooler knows nothing of it any more: it may be on paper or not


HANDING_OVER: Final = "?"
"""Stands for the spooler's name of a paper while it is handed over: a crash then leaves a doubt."""
ENDED: Final = frozenset((SpoolState.DONE, SpoolState.CANCELED, SpoolState.FAILED))


class Sides(StrEnum):
    """How the two sides of a sheet follow each other (the words of IPP)."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of the system; ``name`` is what the system calls it."""

    name: str
    title: str
    is_usual: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What she chose for a kind of paper; an empty printer or stock is the usual one."""

    printer: str = ""
    stock: str = ""
    copies: int = 1
    sides: Sides = Sides.ONE


@dataclass(frozen=True, slots=True)
class PrinterDrift:
    """How far a printer is off with a stock: millimeters right and up, and its scale."""

    dx: float = 0.0
    dy: float = 0.0
    sx: float = 1.0
    sy: float = 1.0


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What a printer is asked to do with one PDF; its page is in points, printed at full size."""

    printer: str
    width: float
    height: float
    title: str
    copies: int = 1
    sides: Sides = Sides.ONE


@dataclass(frozen=True, slots=True)
class Spooled:
    """What became of a paper: its state, and the printer's words where it stopped."""

    state: SpoolState
    told: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper of a batch, printed whole or not at all: its pages of the batch's file, from 0.

    A sheet of labels is one paper of several orders.
    """

    orders: tuple[str, ...]
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PrintRun:
    """A batch on its way: the leaves in their order, and how many of them are on paper."""

    leaves: tuple[Leaf, ...]
    done: int = 0
    state: SpoolState = SpoolState.WAITING
    told: str = ""
    job: str | None = None

    @property
    def next_leaf(self) -> Leaf | None:
        """The leaf that is printed next; None when all are on paper."""
        return self.leaves[self.done] if self.done < len(self.leaves) else None

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to print or it was given up."""
        return self.next_leaf is None or self.state is SpoolState.CANCELED

    @property
    def is_doubtful(self) -> bool:
        """Whether the next leaf was being handed over: it may be on paper or not."""
        return self.job == HANDING_OVER

    def handing_over(self) -> PrintRun:
        """Return the run as it is kept before its next leaf is given to the spooler."""
        return replace(self, job=HANDING_OVER, state=SpoolState.WAITING, told="")

    def stopped(self, told: str) -> PrintRun:
        """Return the run whose next leaf was not taken, and why."""
        return replace(self, job=None, state=SpoolState.STOPPED, told=told)

    def in_doubt(self, told: str) -> PrintRun:
        """Return the run whose next leaf may have been taken, and why that is not known."""
        return replace(self, job=HANDING_OVER, state=SpoolState.STOPPED, told=told)

    def settled(self, *, is_printed: bool) -> PrintRun:
        """Return a doubtful run after she looked whether its next leaf is on paper."""
        if not is_printed:
            return self.stopped("")
        return self.seen(Spooled(SpoolState.DONE))

    def sent(self, job: str) -> PrintRun:
        """Return the run whose next leaf is with the spooler under a name."""
        return replace(self, job=job, state=SpoolState.WAITING, told="")

    def seen(self, spooled: Spooled) -> PrintRun:
        """Return the run as the spooler tells of its leaf.

        A leaf that is printed counts, once; one that stopped or failed stays the next one, so that
        the run goes on there and no leaf is printed twice.
        """
        if self.job is None:
            return self
        if spooled.state is SpoolState.DONE:
            done = self.done + 1
            state = SpoolState.DONE if done == len(self.leaves) else SpoolState.PRINTING
            return replace(self, done=done, job=None, state=state, told="")
        if spooled.state is SpoolState.LOST:
            return self.in_doubt(spooled.told)
        if spooled.state in ENDED:
            return replace(self, job=None, state=SpoolState.STOPPED, told=spooled.told)
        return replace(self, state=spooled.state, told=spooled.told)

    def given_up(self) -> PrintRun:
        """Return the run that prints nothing more."""
        return replace(self, job=None, state=SpoolState.CANCELED)
