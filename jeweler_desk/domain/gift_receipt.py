"""The gift receipt: piece, day, until when it may come back, a code; no price, no buyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from jeweler_desk.domain.discretion import Discretion
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.policy import CountedFrom, Window
from jeweler_desk.domain.shipment import Letterhead, OtherUnits
from jeweler_desk.domain.wording import count_text

# Without the letters and figures that are taken for one another.
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 5
_ROOM: Final = len(_LETTERS) ** _LENGTH
_STRIDE: Final = 7_654_321  # shares no factor with the room: each order has a code of its own
_OFFSET: Final = 1_234_567
_HALF: Final = 3
_EVENTS: Final = {
    CountedFrom.DELIVERED: "delivery",
    CountedFrom.SHIPPED: "shipping",
    CountedFrom.BOUGHT: "the order",
}


@dataclass(frozen=True, slots=True)
class GiftReceipt:
    """What one gift receipt says; ``until`` is a day or a span, None where no policy sets one."""

    order_number: str
    shop: Letterhead
    pieces: tuple[OtherUnits, ...]
    placed_on: date
    until: date | str | None
    reference: str
    warnings: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the buyer's and the shop's that the receipt prints."""
        return (self.shop.name, self.shop.address, *(each.title for each in self.pieces))


def reference_of(order_id: OrderId) -> str:
    """Return the code by which an order is found without its number: ``K7M-2QX``."""
    left = (order_id * _STRIDE + _OFFSET) % _ROOM
    figures = []
    for _ in range(_LENGTH):
        left, figure = divmod(left, len(_LETTERS))
        figures.append(figure)
    code = "".join(_LETTERS[each] for each in (*figures, _check(figures)))
    return f"{code[:_HALF]}-{code[_HALF:]}"


def order_of(reference: str) -> OrderId | None:
    """Return the order that a code was given to; None where it was mistyped."""
    code = "".join(each for each in reference.upper() if each.isalnum())
    figures = [_LETTERS.find(each) for each in code]
    if len(figures) != _LENGTH + 1 or min(figures) < 0:
        return None
    *body, check = figures
    if check != _check(body):
        return None
    whole = sum(figure * len(_LETTERS) ** place for place, figure in enumerate(body))
    return OrderId((whole - _OFFSET) * pow(_STRIDE, -1, _ROOM) % _ROOM)


def _check(figures: list[int]) -> int:
    """Return the figure that tells a mistyped letter, and most swapped ones."""
    return sum(figure * (place * 2 + 1) for place, figure in enumerate(figures, 3)) % len(_LETTERS)


def gift_receipt(order: Order, shop: Letterhead, window: Window | None) -> GiftReceipt:
    """Return the receipt of a gift, as `orders.md` section 7 has it: no amount, no buyer."""
    discretion = Discretion(order)
    pieces = []
    warnings = []
    for line in order.line_items:
        units = line.quantity - line.units_canceled
        kept = discretion.kept(line.title)
        if kept.was_changed:
            warnings.append(f"The title “{line.title}” names a price; it is printed without it.")
        if units:
            pieces.append(OtherUnits(kept.text.strip() or "Your piece", units))
    until = _until(window)
    if until is None:
        warnings.append("No returns policy sets a window; the gift receipt names no day.")
    return GiftReceipt(
        order_number=order.number,
        shop=shop,
        pieces=tuple(pieces),
        placed_on=order.placed_on,
        until=until,
        reference=reference_of(order.id),
        warnings=tuple(warnings),
    )


def _until(window: Window | None) -> date | str | None:
    if window is None or window.counted_from is None:
        return None
    if window.last_day is not None:
        return window.last_day
    return f"within {count_text(window.days, 'day')} of {_EVENTS[window.counted_from]}"
