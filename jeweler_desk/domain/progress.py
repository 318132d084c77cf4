"""How far long work is: what is told between its portions."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """So many parts of the whole are done; ``is_going_back`` when what was done is taken back."""

    done: int
    whole: int
    is_going_back: bool = False


Portions = Generator[Progress, bool | None, T]
"""Work in portions short enough for the window's thread. Sending True asks it to stop: it then
takes back what it did, in portions too, and returns what says so."""


def done_at_once(portions: Portions[T]) -> T:
    """Do all the portions one after the other and return what they come to."""
    while True:
        try:
            next(portions)
        except StopIteration as ended:
            result: T = ended.value
            return result
