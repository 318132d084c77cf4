"""How a case of the decision table is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.post import ANNA, MAKER, Letter

Q = Letter("q1@c.test")
CUSTOMER = "Cora Cook <cora@c.test>"


def reply(**cells: Any) -> Letter:
    """Our answer to Q two hours later, unless told otherwise."""
    known: dict[str, Any] = {
        "id": "r1@shop.test",
        "folder": "sent",
        "hours": 2,
        "sender": MAKER,
        "to": ANNA,
        "subject": "Re: Ring",
        "text": "Dear Anna, yes, with pleasure. Yours truly, the maker",
        "more": {"In-Reply-To": "<q1@c.test>"},
    }
    return Letter(**(known | cells))


def more(cells: Mapping[str, str] | None = None, **others: str) -> dict[str, str]:
    """Header fields by name, underscores for hyphens."""
    return {**(cells or {}), **{name.replace("_", "-"): value for name, value in others.items()}}


@dataclass(frozen=True, slots=True)
class Case:
    """Letters, and what they decide."""

    name: str
    letters: list[Letter]
    decisions: dict[str, str]
    clocks: dict[str, str] = field(default_factory=dict)
    channel: str = ""
    person: str | None = ""


def one(name: str, decision: str, **cells: Any) -> Case:
    """A case of a single message."""
    channel, person = cells.pop("channel", ""), cells.pop("person", "")
    letter = Letter(cells.pop("id", "m@x.test"), **cells)
    return Case(name, [letter], {letter.id: decision}, channel=channel, person=person)


FORM = "Name: Bob Stone\nEmail: bob@freemail.test\nMessage: Could you make it in gold?"
NOREPLY = "no-reply@form.test"
