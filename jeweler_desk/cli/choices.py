"""How commands name pieces and amounts: ``JT-RING=1`` or ``2=1``, and ``12.50``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jeweler_desk.cli.orders import show_order
from jeweler_desk.cli.output import Door
from jeweler_desk.domain.money import Money, MoneyError
from jeweler_desk.domain.order import LineItem, LineItemId, Order, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk

PIECE_HELP = "A piece by SKU, title or place in the order, and how many: 2=1."


class ChoiceError(RefusedError):
    """A piece or an amount that was not understood; the sentence says how to write it."""


def units_of(order: Order, words: Iterable[str]) -> dict[LineItemId, int]:
    """Read pieces such as ``JT-RING=1``; without a count, all units of the piece are meant.

    Raises `ChoiceError` for a piece that the order does not have.
    """
    found: dict[LineItemId, int] = {}
    for word in words:
        name, equals, count = word.rpartition("=")
        if not equals:
            name, count = word, ""
        line = piece_of(order, name)
        if count and not (count.isascii() and count.isdigit()):
            raise ChoiceError(f"“{word}” is no piece such as 2=1. Nothing was changed.")
        found[line.id] = found.get(line.id, 0) + (int(count) if count else line.quantity)
    return found


def piece_of(order: Order, name: str) -> LineItem:
    """Return the piece of that SKU, title or place. Raises `ChoiceError` when there is none."""
    wanted = name.strip().casefold()
    lines = order.line_items
    named = [
        line for line in lines if wanted in {(line.sku or "").casefold(), line.title.casefold()}
    ]
    if wanted and len(named) == 1:
        return named[0]
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(lines):
        return lines[int(wanted) - 1]
    pieces = ", ".join(f"{place} {line.title}" for place, line in enumerate(lines, start=1))
    raise ChoiceError(
        f"“{name}” is not one piece of order {order.number}, which has: {pieces}."
        " Nothing was changed."
    )


def amount_of(order: Order, text: str | None) -> Money | None:
    """Read an amount in the order's currency. Raises `ChoiceError` when it is none."""
    if text is None:
        return None
    try:
        return Money.parse(text, order.total.currency)
    except MoneyError as error:
        raise ChoiceError(f"{error}. Nothing was changed.") from error


def act_on(door: Door, number: str, act: Callable[[Desk, Order], object], *, as_json: bool) -> None:
    """Do one act with one order and show the order after it."""
    with door.writing() as desk:
        found = desk.orders.find(number)
        act(desk, found)
        show_order(desk, desk.orders.get(OrderId(found.id)), as_json=as_json)
