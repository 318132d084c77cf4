"""Any acts in any order: units and cents stay within bounds, and undo gives back what was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from jeweler_desk.domain.label import LabelStep
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Condition,
    DisputeOutcome,
    LineItemId,
    Order,
    OrderId,
    RefundChoice,
)
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.labels import LabelFacts
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import a_charge, a_line, an_order
from tests.fakes import FixedClock

COUNTS = st.integers(0, 3)
CENTS = st.integers(-5, 9_000)
CHOICES = st.sampled_from([None, RefundChoice.MONEY_ONLY, RefundChoice.DO_NOT_SEND])
WORDS = st.sampled_from(["", " ", "she asked", "our mistake"])
PAID_UNTIL_NOW = {"captured_at": datetime(2026, 10, 5, 13, tzinfo=UTC)}


def usd_of(cents: int) -> Money:
    return Money(cents, "USD")


class AnyActs(RuleBasedStateMachine):
    """A seller who does anything at any time with one order of two pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock()
        self.store = Store(None, now=self.clock.now)
        self.desk = build_desk(self.store, self.clock)
        self.desk.settings.set("shop.timezone", "America/New_York")
        self.id = OrderId(0)

    @initialize(
        rings=st.integers(1, 3),
        studs=st.integers(1, 3),
        cents=st.integers(0, 4_001),
        off=st.integers(0, 701),
        paid=st.sampled_from([0, 1, 2]),
    )
    def bought(self, rings: int, studs: int, cents: int, off: int, paid: int) -> None:
        lines = (a_line("Ring", "15.01", quantity=rings), a_line("Studs", "0.00", quantity=studs))
        lines = (lines[0], a_line("Studs", usd_of(cents).amount, quantity=studs))
        total = max(0, rings * 1501 + studs * cents - off)
        charge = usd_of(total if paid == 2 else total // 2)
        self.id, _ = self.desk.orders.add(
            an_order(
                *lines,
                total=usd_of(total),
                discount=usd_of(off),
                is_paid=False,
                charges=(a_charge(charge.amount, **PAID_UNTIL_NOW),) if paid and charge else (),
            )
        )

    @property
    def order(self) -> Order:
        return self.desk.orders.get(self.id)

    def units(self, rings: int, studs: int) -> dict[LineItemId, int]:
        ring, stud = self.order.line_items
        return {ring.id: rings, stud.id: studs}

    def does(self, deed: Callable[[], object]) -> None:
        """Do an act, or be refused it with nothing changed; each act can be taken back."""
        before = self.order
        self.clock.goes_on(minutes=1)
        try:
            deed()
        except RefusedError as refused:
            said = str(refused)
        else:
            said = ""
        after = self.order
        if said:
            assert (said[-1], after) == (".", before)
        if after != before:
            self.desk.history.undo()
            assert self.order == before
            self.desk.history.redo()
            assert self.order == after

    # ---- goods

    @rule(rings=COUNTS, studs=COUNTS)
    def packs_a_part(self, rings: int, studs: int) -> None:
        could = self.order.passes_gate and self.order.hold is None
        before = self.order.line_items
        self.does(lambda: self.desk.fulfillment.pack_part(self.id, self.units(rings, studs)))
        assert could or self.order.line_items == before

    @rule()
    def packs_all(self) -> None:
        could = self.order.passes_gate and self.order.hold is None
        before = self.order.line_items
        self.does(lambda: self.desk.fulfillment.finish_packing(self.id))
        assert could or self.order.line_items == before

    @rule()
    def opens(self) -> None:
        self.does(lambda: self.desk.fulfillment.open_parcel(self.id))

    @rule()
    def hands_over(self) -> None:
        self.does(lambda: self.desk.fulfillment.ship(self.id, wave_through="seen"))

    @rule(why=WORDS, place=st.integers(0, 2))
    def takes_the_parcel_back(self, why: str, place: int) -> None:
        parcels = self.order.shipments
        chosen = parcels[place].id if place < len(parcels) else None
        self.does(lambda: self.desk.cancellations.undo_shipped(self.id, why, chosen))

    @rule(why=WORDS)
    def cancels(self, why: str) -> None:
        self.does(lambda: self.desk.cancellations.cancel(self.id, why))

    @rule(why=WORDS, honored=st.booleans())
    def reinstates(self, why: str, *, honored: bool) -> None:
        self.does(lambda: self.desk.cancellations.reinstate(self.id, why, honored=honored))

    @rule()
    def cancels_and_reinstates(self) -> None:
        """A canceled order that is taken up again stands as it stood, its parcel opened."""
        before = self.order
        try:
            self.desk.cancellations.cancel(self.id, "by mistake")
        except RefusedError:
            return
        try:
            self.desk.cancellations.reinstate(self.id, "by mistake")
        except RefusedError:
            self.desk.history.undo()
            assert self.order == before
            return
        after = self.order
        assert after.payment_status is before.payment_status
        assert after.number == before.number and after.placed_on == before.placed_on
        if not any(line.units_canceled for line in before.line_items):
            assert after.units_to_send == before.units_to_send
        for _ in range(2):
            self.desk.history.undo()
        assert self.order == before

    @rule(rings=COUNTS, studs=COUNTS, why=WORDS)
    def expects_back(self, rings: int, studs: int, why: str) -> None:
        self.does(lambda: self.desk.returns.expect(self.id, self.units(rings, studs), why))

    @rule(rings=COUNTS, studs=COUNTS, condition=st.sampled_from(list(Condition)))
    def has_back(self, rings: int, studs: int, condition: Condition) -> None:
        back = self.desk.returns.receive
        self.does(lambda: back(self.id, condition, self.units(rings, studs) if rings else None))

    @rule(why=WORDS)
    def holds(self, why: str) -> None:
        self.does(lambda: self.desk.orders.hold(self.id, why))

    @rule()
    def releases(self) -> None:
        gate = self.order.passes_gate
        self.does(lambda: self.desk.orders.release(self.id))
        assert self.order.passes_gate == gate

    @rule(number=st.sampled_from([None, "9400111206206400104193", "1Z999"]), cents=CENTS)
    def buys_a_label(self, number: str | None, cents: int) -> None:
        facts = LabelFacts(tracking_number=number, cost=usd_of(cents))
        self.does(lambda: self.desk.labels.buy(self.id, facts))

    @rule(step=st.sampled_from(list(LabelStep)), why=WORDS)
    def gives_a_label_back(self, step: LabelStep, why: str) -> None:
        self.does(lambda: self.desk.labels.mark(self.id, step, why))

    # ---- money

    @rule(
        rings=COUNTS,
        studs=COUNTS,
        goods=st.none() | CENTS,
        goodwill=st.none() | CENTS,
        choice=CHOICES,
        why=WORDS,
    )
    def refunds(self, rings: int, studs: int, choice: Any, why: str, **parts: int | None) -> None:
        money = {name: usd_of(cents) for name, cents in parts.items() if cents is not None}
        wish = RefundWish(reason=why, units=self.units(rings, studs), choice=choice, **money)
        self.does(lambda: self.desk.refunds.grant(self.id, wish))

    @rule(place=st.integers(0, 2), to=st.sampled_from(["ask", "settle", "fail"]))
    def steps(self, place: int, to: str) -> None:
        refunds = self.desk.refunds
        known = self.order.refunds
        chosen = known[place].id if place < len(known) else None
        deeds: dict[str, Callable[[], object]] = {
            "ask": lambda: refunds.ask(self.id, chosen, means="card"),
            "settle": lambda: refunds.settle(self.id, chosen),
            "fail": lambda: refunds.fail(self.id, "insufficient balance", chosen),
        }
        self.does(deeds[to])

    @rule(cents=CENTS)
    def is_paid(self, cents: int) -> None:
        self.does(lambda: self.desk.payments.record(self.id, usd_of(cents), "cash"))

    @rule(cents=CENTS, why=WORDS)
    def writes_off(self, cents: int, why: str) -> None:
        self.does(lambda: self.desk.payments.write_off(self.id, usd_of(cents), why))

    @rule(why=WORDS)
    def honors(self, why: str) -> None:
        self.does(lambda: self.desk.payments.honor(self.id, why))

    @rule(cents=CENTS, outcome=st.sampled_from([None, *DisputeOutcome]))
    def is_disputed(self, cents: int, outcome: DisputeOutcome | None) -> None:
        payments = self.desk.payments
        self.does(lambda: payments.open_dispute(self.id, usd_of(cents), "not received"))
        if outcome is not None:
            self.does(lambda: payments.close_dispute(self.id, outcome))

    # ---- what always holds

    @invariant()
    def units_stay_within_bounds(self) -> None:
        if not self.id:
            return
        for line in self.order.line_items:
            assert line.units_canceled >= 0
            assert line.units_canceled + line.units_packed <= line.quantity
            assert 0 <= line.units_returned <= line.units_shipped <= line.units_packed

    @invariant()
    def no_more_goes_back_than_was_taken(self) -> None:
        if not self.id:
            return
        order = self.order
        taken = sum(each.amount.minor_units for each in order.charges)
        assert sum(each.amount.minor_units for each in order.refunds) <= taken

    @invariant()
    def only_what_passes_the_gate_is_to_pack(self) -> None:
        if not self.id:
            return
        order = self.order
        for view in (View.TO_MAKE, View.TO_PACK, View.TO_SHIP):
            assert not self.desk.orders.ids(view) or (order.passes_gate and order.hold is None)

    def teardown(self) -> None:
        """What is kept is what follows from the facts, whatever was done."""
        try:
            assert [each for each in self.desk.checking.check() if each.severity == "failed"] == []
        finally:
            self.store.close()


AnyActs.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyActs = AnyActs.TestCase
