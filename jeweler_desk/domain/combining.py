"""Which orders may leave in one box: one buyer, one address, nothing that forbids it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.order import Gift, OrderId

_SIGNS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Addressed:
    """An order as far as its box is concerned: whose it is, where it goes, and by when."""

    id: OrderId
    number: str
    customer: str | None
    email: str | None
    address: PostalAddress
    gift: Gift
    gift_message: str | None
    ship_by: date | None


def _plain(text: str | None) -> str:
    """Return a cell without case, accents of writing style, signs and blanks at its ends."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return _SIGNS.sub(" ", folded).strip()


@lru_cache(maxsize=2048)
def address_key(address: PostalAddress) -> tuple[str, ...] | None:
    """Return what two cells of one place have in common; None where no street is named.

    Case, signs and blanks are no difference, nor is a flat written into the first line or the
    second. The phone number is no part of a place; the name at the door is.
    """
    street = _plain(f"{address.address1 or ''} {address.address2 or ''}")
    if not street:
        return None
    return (
        _plain(address.name),
        _plain(address.company),
        street,
        _plain(address.city),
        _plain(address.region),
        _plain(address.postcode).replace(" ", ""),
        _plain(address.country),
    )


def is_same_buyer(first: Addressed, second: Addressed) -> bool:
    """Whether two orders are one person's: by e-mail where both tell it, else by name."""
    if first.email and second.email:
        return first.email.strip().casefold() == second.email.strip().casefold()
    return bool(_plain(first.customer)) and _plain(first.customer) == _plain(second.customer)


def may_be_gift(order: Addressed) -> bool:
    """Whether somebody else than the buyer may open the box."""
    if order.gift is Gift.YES or (order.gift_message or "").strip():
        return True
    at_the_door, buyer = _plain(order.address.name), _plain(order.customer)
    return order.gift is Gift.UNKNOWN and bool(at_the_door and buyer) and at_the_door != buyer


def combine_refusal(orders: Sequence[Addressed]) -> str | None:
    """Return why orders may not leave in one box, or None when they may."""
    first = orders[0]
    for each in orders:
        if may_be_gift(each):
            return f"Order {each.number} is a gift, or may be one: it keeps a box of its own."
        if address_key(each.address) is None:
            return f"Order {each.number} has no address."
    for each in orders[1:]:
        if not is_same_buyer(first, each):
            return f"Orders {first.number} and {each.number} are of two buyers."
        if address_key(first.address) != address_key(each.address):
            return f"Orders {first.number} and {each.number} go to two addresses."
    return None


def side_by_side(
    orders: Iterable[Addressed], boxes: Iterable[Sequence[OrderId]] = ()
) -> list[tuple[Addressed, ...]]:
    """Return the boxes to pack, in the order of the most urgent order in each.

    ``orders`` come in the order of their urgency; ``boxes`` are those that were combined. What
    could go with another box stands right behind it.
    """
    waiting = {each.id: each for each in orders}
    shared = {order_id: tuple(box) for box in boxes for order_id in box}
    neighbors = _by_place(waiting.values())
    entries: list[tuple[Addressed, ...]] = []
    while waiting:
        first = next(iter(waiting.values()))
        entry = _taken(waiting, first.id, shared)
        entries.append(entry)
        for beside in neighbors[address_key(first.address)]:
            if beside.id in waiting and combine_refusal((first, beside)) is None:
                entry = _taken(waiting, beside.id, shared)
                entries.append(entry)
    return entries


def _by_place(orders: Iterable[Addressed]) -> dict[tuple[str, ...] | None, list[Addressed]]:
    found: dict[tuple[str, ...] | None, list[Addressed]] = {}
    for each in orders:
        found.setdefault(address_key(each.address), []).append(each)
    return found


def _taken(
    waiting: dict[OrderId, Addressed],
    order_id: OrderId,
    shared: dict[OrderId, tuple[OrderId, ...]],
) -> tuple[Addressed, ...]:
    box = shared.get(order_id, (order_id,))
    return tuple(waiting.pop(each) for each in box if each in waiting)


def offers(entries: Sequence[Sequence[Addressed]]) -> list[tuple[Addressed, ...]]:
    """Return for each entry of the queue the orders that could go into its box.

    Only what goes to one place is compared, so that a long queue costs no more than a look at each.
    """
    places = [address_key(entry[0].address) for entry in entries]
    at_place: dict[tuple[str, ...] | None, list[Sequence[Addressed]]] = {}
    for entry, place in zip(entries, places, strict=True):
        at_place.setdefault(place, []).append(entry)
    return [
        _offered(entry, at_place[place]) if place is not None else ()
        for entry, place in zip(entries, places, strict=True)
    ]


def _offered(
    entry: Sequence[Addressed], beside: Iterable[Sequence[Addressed]]
) -> tuple[Addressed, ...]:
    others = [other for other in beside if other is not entry]
    return tuple(
        each for other in others if combine_refusal((*entry, *other)) is None for each in other
    )


def numbers_text(numbers: Sequence[str]) -> str:
    """Write numbers as a person says them: ``#1, #2 and #3``."""
    if len(numbers) < 2:  # noqa: PLR2004 - one needs no “and”
        return "".join(numbers)
    return f"{', '.join(numbers[:-1])} and {numbers[-1]}"
