"""Supplies: tape, boxes, cards; what one parcel uses of them and when too few are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType

from jeweler_desk.domain.order import Gift, Order
from jeweler_desk.domain.refusal import RefusedError

SupplyId = NewType("SupplyId", int)
MOST_UNITS: Final = 999_999
"""More than that of one supply is a slip of the finger."""


class SupplyError(RefusedError):
    """A supply that cannot be as it was told; the sentence says why."""


class UsedPer(StrEnum):
    """What one use of a supply goes with: every parcel, every piece in it, or a gift's parcel."""

    PARCEL = "parcel"
    PIECE = "piece"
    GIFT = "gift"


class MoveKind(StrEnum):
    """Why a stock changed."""

    COUNTED = "counted"
    RECEIVED = "received"
    USED = "used"
    PACKED = "packed"
    GIVEN_BACK = "given_back"


@dataclass(frozen=True, slots=True)
class NewSupply:
    """What the seller says of a supply; ``stock`` in units, ``pack_size`` units in one pack.

    ``uses`` is how many units one parcel (or piece, or gift) takes; 0 keeps it out of the kit.
    ``reorder_point`` None asks for no reminder.
    """

    name: str
    stock: int = 0
    place: str | None = None
    pack_size: int = 1
    supplier: str | None = None
    reorder_point: int | None = None
    uses: int = 0
    used_per: UsedPer = UsedPer.PARCEL


@dataclass(frozen=True, slots=True)
class Supply:
    """A supply as the desk knows it; ``low_since`` is the crossing of its reorder point."""

    id: SupplyId
    name: str
    stock: int
    place: str | None = None
    pack_size: int = 1
    supplier: str | None = None
    reorder_point: int | None = None
    uses: int = 0
    used_per: UsedPer = UsedPer.PARCEL
    low_since: datetime | None = None
    ordered_at: datetime | None = None

    @property
    def is_low(self) -> bool:
        """Whether no more is left than the reorder point."""
        return self.reorder_point is not None and self.stock <= self.reorder_point

    @property
    def packs_to_order(self) -> int:
        """Packs that bring the stock to twice the reorder point, one at least; 0 while enough."""
        if not self.is_low or self.reorder_point is None:
            return 0
        missing = 2 * self.reorder_point - self.stock
        return max(1, -(-missing // self.pack_size))


@dataclass(frozen=True, slots=True)
class SupplyMove:
    """One change of a stock; ``order_number`` where a parcel made it."""

    at: datetime
    kind: MoveKind
    units: int
    order_number: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KitLine:
    """What one parcel takes of a supply."""

    supply: Supply
    needed: int

    @property
    def is_missing(self) -> bool:
        """Whether fewer are there than the parcel takes."""
        return self.supply.stock < self.needed


@dataclass(frozen=True, slots=True)
class ReorderLine:
    """One line of the reorder list."""

    name: str
    packs: int
    pack_size: int
    stock: int
    reorder_point: int
    place: str | None = None

    @property
    def units(self) -> int:
        """How many units come in these packs."""
        return self.packs * self.pack_size


@dataclass(frozen=True, slots=True)
class ReorderGroup:
    """What is to be ordered from one supplier; None where none is named."""

    supplier: str | None
    lines: tuple[ReorderLine, ...]


@dataclass(frozen=True, slots=True)
class ReorderList:
    """The list to print or copy."""

    shop: str
    made_on: date
    groups: tuple[ReorderGroup, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is low."""
        return not self.groups


def checked(new: NewSupply) -> NewSupply:
    """Return a supply with its words tidied. Raises `SupplyError` where a number cannot be."""
    name = " ".join(new.name.split())
    if not name:
        raise SupplyError("A supply needs a name. Nothing was changed.")
    numbers = (
        (new.stock, 0, "The stock"),
        (new.pack_size, 1, "The pack size"),
        (new.reorder_point or 0, 0, "The reorder point"),
        (new.uses, 0, "What one parcel uses"),
    )
    for number, least, what in numbers:
        if not least <= number <= MOST_UNITS:
            raise SupplyError(
                f"{what} of “{name}” must be between {least} and {MOST_UNITS}, not {number}."
                " Nothing was changed."
            )
    return NewSupply(
        name=name,
        stock=new.stock,
        place=_tidy(new.place),
        pack_size=new.pack_size,
        supplier=_tidy(new.supplier),
        reorder_point=new.reorder_point,
        uses=new.uses,
        used_per=new.used_per,
    )


def _tidy(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def kit_of(order: Order, supplies: Iterable[Supply], pieces: int | None = None) -> list[KitLine]:
    """Return what the next parcel of an order takes, by place on the shelf.

    ``pieces`` is how many go into it; None means every piece that is still to send. An order that
    may be a gift is packed as one.
    """
    count = pieces
    if count is None:
        count = sum(line.units_to_send - line.units_closed for line in order.line_items)
    if count <= 0:
        return []
    times = {
        UsedPer.PARCEL: 1,
        UsedPer.PIECE: count,
        UsedPer.GIFT: 0 if order.gift is Gift.NO else 1,
    }
    lines = [
        KitLine(supply, supply.uses * times[supply.used_per])
        for supply in supplies
        if supply.uses * times[supply.used_per] > 0
    ]
    return sorted(lines, key=lambda line: (line.supply.place or "\uffff", line.supply.name))


def missing_sentence(order_number: str, kit: Sequence[KitLine]) -> str | None:
    """Return why the packing of a parcel cannot start, or None when its kit is complete."""
    missing = [line for line in kit if line.is_missing]
    if not missing:
        return None
    told = [
        f"{line.supply.name} ({line.supply.stock} of {line.needed} there"
        f"{f', {line.supply.place}' if line.supply.place else ''})"
        for line in missing
    ]
    names = " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
    return f"The kit of order {order_number} is not complete: {names}."


def reorder_groups(supplies: Iterable[Supply]) -> tuple[ReorderGroup, ...]:
    """Return what is low and not ordered yet, by supplier and name."""
    groups: dict[str | None, list[ReorderLine]] = {}
    for supply in sorted(supplies, key=lambda each: each.name.casefold()):
        if supply.packs_to_order and supply.ordered_at is None:
            line = ReorderLine(
                supply.name,
                supply.packs_to_order,
                supply.pack_size,
                supply.stock,
                supply.reorder_point or 0,
                supply.place,
            )
            groups.setdefault(supply.supplier, []).append(line)
    named = sorted(groups, key=lambda name: (name is None, (name or "").casefold()))
    return tuple(ReorderGroup(name, tuple(groups[name])) for name in named)
