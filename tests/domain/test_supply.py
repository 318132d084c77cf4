"""Supplies: what a parcel takes, what is missing, how much is to be ordered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.order import Gift, Order
from jeweler_desk.domain.supply import (
    NewSupply,
    Supply,
    SupplyError,
    SupplyId,
    UsedPer,
    checked,
    kit_of,
    missing_sentence,
    reorder_groups,
)
from tests.paper_orders import a_paper_order, a_piece

NOW = datetime(2026, 10, 5, 14, tzinfo=UTC)


def a_supply(name: str = "Ring boxes", stock: int = 10, **cells: Any) -> Supply:
    return Supply(SupplyId(cells.pop("id", 1)), name, stock, **cells)


def an_order_of(*quantities: int, gift: Gift = Gift.NO) -> Order:
    pieces = [a_piece(f"Piece {place}", count) for place, count in enumerate(quantities)]
    return a_paper_order(*pieces, gift=gift)


@pytest.mark.parametrize(
    ("per", "gift", "needed"),
    [
        (UsedPer.PARCEL, Gift.NO, 2),
        (UsedPer.PIECE, Gift.NO, 6),
        (UsedPer.GIFT, Gift.YES, 2),
        (UsedPer.GIFT, Gift.UNKNOWN, 2),
    ],
)
def test_a_kit_counts_by_parcel_by_piece_or_by_gift(per: UsedPer, gift: Gift, needed: int) -> None:
    order = an_order_of(1, 2, gift=gift)
    (line,) = kit_of(order, [a_supply(uses=2, used_per=per)])
    assert line.needed == needed


def test_what_a_parcel_does_not_take_is_not_in_its_kit() -> None:
    order = an_order_of(1)
    ribbon = a_supply("Ribbon", uses=1, used_per=UsedPer.GIFT)
    assert kit_of(order, [a_supply(), ribbon]) == []
    assert kit_of(order, [a_supply(uses=1)], pieces=0) == []


def test_a_kit_is_gathered_along_the_shelf() -> None:
    supplies = [
        a_supply("Tape", uses=1),
        a_supply("Cards", uses=1, place="Drawer 2"),
        a_supply("Boxes", uses=1, place="Drawer 1"),
    ]
    names = [line.supply.name for line in kit_of(an_order_of(1), supplies)]
    assert names == ["Boxes", "Cards", "Tape"]


def test_what_is_missing_is_told_in_one_sentence() -> None:
    order = an_order_of(2)
    boxes = a_supply("Boxes", 1, uses=1, used_per=UsedPer.PIECE, place="Shelf 2")
    cards = a_supply("Cards", 0, uses=1)
    tape = a_supply("Tape", 0, uses=1)
    assert missing_sentence("#1", kit_of(order, [a_supply(uses=1)])) is None
    assert missing_sentence("#1", kit_of(order, [boxes])) == (
        "The kit of order #1 is not complete: Boxes (1 of 2 there, Shelf 2)."
    )
    sentence = missing_sentence("#1", kit_of(order, [boxes, cards, tape])) or ""
    assert sentence.endswith("Boxes (1 of 2 there, Shelf 2), Cards (0 of 1 there) and"
                             " Tape (0 of 1 there).")  # fmt: skip


@pytest.mark.parametrize(
    ("stock", "point", "pack", "packs"),
    [
        (11, 10, 50, 0),
        (10, 10, 50, 1),
        (0, 10, 1, 20),
        (3, 10, 5, 4),
        (0, 0, 25, 1),
        (5, None, 1, 0),
    ],
)
def test_enough_is_ordered_for_twice_the_reorder_point(
    stock: int, point: int | None, pack: int, packs: int
) -> None:
    supply = a_supply(stock=stock, reorder_point=point, pack_size=pack)
    assert supply.packs_to_order == packs
    assert supply.is_low is (packs > 0)


@given(st.integers(0, 999), st.integers(0, 99), st.integers(1, 200))
def test_what_is_ordered_brings_the_stock_above_the_reorder_point(
    stock: int, point: int, pack: int
) -> None:
    supply = a_supply(stock=stock, reorder_point=point, pack_size=pack)
    if supply.is_low:
        after = stock + supply.packs_to_order * pack
        assert after >= 2 * point
        assert after > point or point == 0


def test_the_reorder_list_goes_by_supplier_and_leaves_out_what_is_ordered() -> None:
    low: dict[str, Any] = {"stock": 1, "reorder_point": 5}
    groups = reorder_groups(
        [
            a_supply("Tape", **low),
            a_supply("cards", supplier="Nile", **low),
            a_supply("Boxes", supplier="Nile", **low),
            a_supply("Ribbon", supplier="Ash", **low),
            a_supply("Cloth", supplier="Ash", ordered_at=NOW, **low),
            a_supply("Mailers", 50, supplier="Ash", reorder_point=5),
        ]
    )
    told = [(group.supplier, [line.name for line in group.lines]) for group in groups]
    assert told == [("Ash", ["Ribbon"]), ("Nile", ["Boxes", "cards"]), (None, ["Tape"])]
    assert groups[0].lines[0].units == groups[0].lines[0].packs


def test_words_are_tidied() -> None:
    new = checked(NewSupply("  Ring   boxes ", place="  ", supplier=" Nile  Boxes"))
    assert (new.name, new.place, new.supplier) == ("Ring boxes", None, "Nile Boxes")


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (NewSupply(" "), "needs a name"),
        (NewSupply("Tape", stock=-1), "The stock of “Tape” must be between 0"),
        (NewSupply("Tape", pack_size=0), "The pack size of “Tape” must be between 1"),
        (NewSupply("Tape", reorder_point=-2), "The reorder point"),
        (NewSupply("Tape", uses=1_000_000), "What one parcel uses"),
    ],
)
def test_what_cannot_be_is_refused(new: NewSupply, says: str) -> None:
    with pytest.raises(SupplyError, match=says):
        checked(new)
