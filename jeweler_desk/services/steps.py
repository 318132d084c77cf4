"""Long work in short steps, so that whoever does it can do something else in between."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeVar

T = TypeVar("T")

Work = Callable[[], Any]
"""What may be done in another thread: it touches no store."""

Steps = Generator[Work | None, Any, T]
"""Yields None for a breath, or work whose outcome is sent back; returns what all of it made."""


def all_at_once(steps: Steps[T]) -> T:
    """Go through all steps without a breath, the work included."""
    outcome = None
    while True:
        try:
            work = steps.send(outcome)
        except StopIteration as ended:
            made: T = ended.value
            return made
        outcome = work() if work is not None else None


def followed(steps: Steps[T], *acts: Callable[[], object]) -> Steps[None]:
    """Go through steps, then do what follows; where there were steps, with a breath before each."""
    outcome, had_steps = None, False
    try:
        while True:
            try:
                work = steps.send(outcome)
            except StopIteration:
                break
            had_steps = True
            outcome = yield work
    finally:
        steps.close()
    for act in acts:
        if had_steps:
            yield None
        act()
