"""Whatever the channels tell and the seller does, in any order: the desk stays sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    LineItem,
    NewOrder,
    Order,
    Refund,
    RefundState,
    Stage,
)
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.source_order import SourceFormat, SourceOrder
from jeweler_desk.services.checking import Severity
from jeweler_desk.services.order_import import ParsedFiles
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import a_charge, a_line, an_order, usd
from tests.fakes import FixedClock

PAID_AT: Final = datetime(2026, 10, 5, 15, tzinfo=UTC)
MONEY: Final = ("pending", "authorized", "voided", "part", "paid", "refund 5", "refund 9", "free")


def told_money(word: str, new: NewOrder) -> NewOrder:
    """The order with the money facts that an export of that word tells."""
    total = new.total
    facts: dict[str, object] = {"charges": (), "authorizations": (), "refunds": ()}
    if word in {"authorized", "voided"}:
        state = AuthorizationState.HELD if word == "authorized" else AuthorizationState.VOIDED
        facts["authorizations"] = (Authorization(total, state, "order_export"),)
    elif word == "free":
        facts["total"] = usd("0.00")
    elif word != "pending":
        taken = usd("7.00") if word == "part" else total
        facts["charges"] = (a_charge(taken.amount, captured_at=PAID_AT),)
        facts["paid_at"] = PAID_AT
    if word.startswith("refund"):
        back = usd(f"{word.split()[1]}.00")
        facts["refunds"] = (Refund(back, RefundState.SETTLED, None, None, "order_export"),)
    return NewOrder(**({name: getattr(new, name) for name in NewOrder.__slots__} | facts))


@st.composite
def tellings(draw: st.DrawFn) -> SourceOrder:
    """One order as one export might tell it."""
    channel = draw(st.sampled_from([Channel.SHOPIFY, Channel.ETSY]))
    is_shipped, is_canceled = draw(st.tuples(st.booleans(), st.booleans()))
    titles = draw(st.lists(st.sampled_from("ABC"), min_size=1, max_size=3, unique=True))
    format_ = SourceFormat.SHOPIFY_ORDERS
    lines: Sequence[LineItem] = [
        a_line(
            title,
            quantity=(quantity := draw(st.integers(1, 3))),
            units_shipped=draw(st.sampled_from([0, 0 if is_shipped else quantity])),
        )
        for title in titles
    ]
    if channel is Channel.ETSY:
        format_ = draw(st.sampled_from([SourceFormat.ETSY_ORDERS, SourceFormat.ETSY_ITEMS]))
        if format_ is SourceFormat.ETSY_ORDERS:
            lines = [a_line("pieces", quantity=len(titles), source_key="placeholder",
                            is_placeholder=True)]  # fmt: skip
    number = draw(st.sampled_from(["1", "2"]))
    new = an_order(
        *lines,
        channel=channel,
        number=number,
        total=usd("40.00"),
        placed_on=date(2026, 10, draw(st.integers(1, 5))),
        is_shipped=is_shipped,
        is_canceled=is_canceled and channel is Channel.SHOPIFY,
        notes=draw(st.sampled_from([None, "ring size 7", "ring size 6"])),
        is_paid=False,
    )
    words = MONEY if channel is Channel.SHOPIFY else ("pending", "paid", "refund 5")
    new = told_money(draw(st.sampled_from(words)), new)
    return SourceOrder(format_, channel, number, new, digest=repr(new))


class AnyTellings(RuleBasedStateMachine):
    """Imports, acts, undo and redo over a few orders of two channels."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock()
        self.store = Store(None, now=self.clock.now)
        self.desk = build_desk(self.store, self.clock)
        self.desk.settings.set("shop.timezone", "America/New_York")

    def teardown(self) -> None:
        self.store.close()

    def orders(self) -> list[Order]:
        return [self.desk.orders.get(each) for each in self.desk.orders.ids(View.ALL)]

    def has_orders(self) -> bool:
        return bool(self.desk.orders.ids(View.ALL))

    def does(self, act: Callable[[Order], object], pick: int) -> None:
        known = self.orders()
        self.clock.goes_on(minutes=1)
        try:
            act(known[pick % len(known)])
        except RefusedError:
            assert self.orders() == known

    @rule(sources=st.lists(tellings(), min_size=1, max_size=3))
    def read_files(self, sources: list[SourceOrder]) -> None:
        before = {order.id: order for order in self.orders()}
        self.clock.goes_on(minutes=1)
        self.desk.order_import.take_in(ParsedFiles((), tuple(sources)))
        for order in self.orders():
            if order.id in before:
                nothing_was_taken_back(before[order.id], order)
        again = self.desk.order_import.take_in(ParsedFiles((), tuple(sources[::-1])))
        assert (again.new, again.changed) == (0, 0)

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9), stage=st.sampled_from(Stage))
    def make(self, pick: int, stage: Stage) -> None:
        self.does(lambda order: self.desk.fulfillment.set_stage(order.id, stage), pick)

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def pack(self, pick: int) -> None:
        self.does(lambda order: self.desk.fulfillment.finish_packing(order.id), pick)

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def ship(self, pick: int) -> None:
        self.does(lambda order: self.desk.fulfillment.ship(order.id, "USPS", "9400"), pick)

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def hold(self, pick: int) -> None:
        self.does(lambda order: self.desk.orders.hold(order.id, "ring size?"), pick)

    @precondition(has_orders)
    @rule(pick=st.integers(0, 9))
    def release(self, pick: int) -> None:
        self.does(lambda order: self.desk.orders.release(order.id), pick)

    @rule()
    def undo_and_redo(self) -> None:
        before = self.orders()
        if self.desk.history.undo():
            self.desk.history.redo()
        assert self.orders() == before

    @rule()
    def undo(self) -> None:
        self.desk.history.undo()

    @invariant()
    def what_is_kept_is_what_follows_from_the_facts(self) -> None:
        faults = [each for each in self.desk.checking.check() if each.severity is Severity.FAILED]
        assert faults == []

    @invariant()
    def the_rules_of_units_and_parcels_hold(self) -> None:
        for order in self.orders():
            assert all(parcel.units for parcel in order.shipments)
            sent = sum(units for parcel in order.shipments for _, units in parcel.units)
            assert sent == sum(line.units_shipped for line in order.line_items)
            for line in order.line_items:
                assert line.units_canceled + line.units_packed <= line.quantity
                assert line.units_shipped <= line.units_packed


def nothing_was_taken_back(before: Order, after: Order) -> None:
    """See that money and parcels only grew, and that the desk's own parcels are as they were."""
    for facts in ("charges", "refunds"):
        old, new = (
            sum(each.amount.minor_units for each in getattr(order, facts))
            for order in (before, after)
        )
        assert new >= old, facts
    own = [parcel for parcel in before.shipments if parcel.source == "desk"]
    assert [parcel for parcel in after.shipments if parcel.source == "desk"] == own
    if own:
        assert after.shipments == before.shipments
    if not any(line.is_placeholder for line in before.line_items):
        sent = {line.id: line.units_shipped for line in after.line_items}
        assert all(sent[line.id] >= line.units_shipped for line in before.line_items
                   if line.units_shipped)  # fmt: skip


AnyTellings.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
test_the_desk_stays_sound = AnyTellings.TestCase
