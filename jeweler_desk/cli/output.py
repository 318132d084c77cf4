"""How commands answer: one JSON document or words, and the three exit statuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from jeweler_desk.domain.money import Money
    from jeweler_desk.services.clock import Clock
    from jeweler_desk.services.desk import Desk

NEEDS_SELLER: Final = 1
NOT_DONE: Final = 3

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")
as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
FILE: Final = click.Path(path_type=Path, dir_okay=False)
"""A file, there already or to be written."""


def out_option(kind: str) -> Callable[[Command], Command]:
    """Return the option that must name the file to write; ``kind`` is ``PDF`` or ``CSV``."""
    told = f"The {kind} file to write."
    return click.option(
        "--out", required=True, metavar=f"FILE.{kind.lower()}", type=FILE, help=told
    )


@dataclass(frozen=True, slots=True)
class Door:
    """What the options before the command said: which folder, which clock."""

    folder: Path
    clock: Clock

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """Open the desk for a report; works beside an open window."""
        with self._opened(is_writing=False) as desk:
            yield desk

    @contextmanager
    def writing(self) -> Iterator[Desk]:
        """Open the desk as its owner."""
        with self._opened(is_writing=True) as desk:
            yield desk

    def _opened(self, *, is_writing: bool) -> AbstractContextManager[Desk]:
        from jeweler_desk.app import opened_desk  # noqa: PLC0415 - the window opens it later

        return opened_desk(self.folder, self.clock, is_writing=is_writing)


pass_door = click.make_pass_decorator(Door)


def print_json(document: Any) -> None:
    """Print exactly one JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def say(sentence: str) -> None:
    """Say something to a person, beside the document."""
    click.echo(sentence, err=True)


def one_line(text: str, most: int = 2000) -> str:
    """Return a customer's text as it may stand in a terminal: one line, no control characters."""
    plain = "".join(each if each.isprintable() else " " for each in text[: most + 1])
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def needs_seller() -> NoReturn:
    """End as done, but with something for the seller to look at."""
    raise click.exceptions.Exit(NEEDS_SELLER)


def money_json(money: Money | None) -> dict[str, str] | None:
    """Write an amount as a decimal text and its currency."""
    return None if money is None else {"amount": money.amount, "currency": money.currency}


def instant_json(moment: datetime | None) -> str | None:
    """Write an instant in UTC ending in Z."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def day_json(day: date | None) -> str | None:
    """Write a plain day."""
    return day.isoformat() if day else None
