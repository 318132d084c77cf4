"""Paper on its way through a printer: what was asked, where it stands, what is left to print."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final


class SpoolState(StrEnum):
    """Where the system's spooler has a paper."""

    WAITING = "waiting"
    PRINTING = "printing"
    STOPPED = "stopped"
    DONE = "done"
    CANCELED = "canceled"
    FAILED = "failed"


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
    job: str | None = field(default=None)

    @property
    def next_leaf(self) -> Leaf | None:
        """The leaf that is printed next; None when all are on paper."""
        return self.leaves[self.done] if self.done < len(self.leaves) else None

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to print or it was given up."""
        return self.next_leaf is None or self.state is SpoolState.CANCELED

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
        if spooled.state in ENDED:
            return replace(self, job=None, state=SpoolState.STOPPED, told=spooled.told)
        return replace(self, state=spooled.state, told=spooled.told)

    def given_up(self) -> PrintRun:
        """Return the run that prints nothing more."""
        return replace(self, job=None, state=SpoolState.CANCELED)
