"""Labels before any parcel leaves under them, and their money when none does; each act a step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from jeweler_desk.domain import wording
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.label import Label, LabelState, LabelStep, may_go
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.payment import BY_HAND
from jeweler_desk.domain.tracking import tracking_kept
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store

_WHY_NOT: Final = {
    LabelState.USED: "its parcel was handed over; undo that first if it never left",
    LabelState.REFUNDED: "its money is back already",
    LabelState.ASKED: "its money was asked for already",
    LabelState.UNNEEDED: "no parcel leaves under it already",
    LabelState.GIVEN_UP: "its money was given up already",
    LabelState.WAITING: "a parcel may still leave under it: say first that it is not used",
}


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """What may be said of a label; None means that nothing is said of it."""

    carrier: str | None = None
    service: str | None = None
    tracking_number: str | None = None
    cost: Money | None = None
    bought_at: datetime | None = None


class Labels:
    """A label bought is no parcel handed over: a fact of its own, with its money."""

    def __init__(self, store: Store, book: OrderBook, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._book = book
        self._settings = settings
        self._clock = clock

    def buy(self, order_id: OrderId, facts: LabelFacts) -> Changes:
        """Note that a label was bought for an order, with the address that stands on it.

        Of a canceled order its money becomes a task at once. Raises `InvalidTransitionError`
        when everything has left, or the number is known already.
        """
        order = self._book.order(order_id)
        now = self._clock.now()
        if not order.units_to_send and order.shipments:
            raise InvalidTransitionError(
                f"All of order {order.number} has left: note its label with its parcel."
                " Nothing was changed."
            )
        address = None if order.address.is_empty else order.address
        empty = Label(noted_at=now, bought_at=now, address=address, source=BY_HAND)
        bought = _with(empty, facts)
        self._refuse_what_cannot_be(order, bought, now)
        with self._store.step(f"Label for order {order.number}") as step:
            self._book.writing.labels.add(order_id, bought)
            self._note(order, bought.bought_at or now, wording.label_said(bought))
        return changes_of(step.tables)

    def correct(self, order_id: OrderId, label_id: int, facts: LabelFacts) -> Changes:
        """Write over what was said of a label that no parcel left under yet."""
        order = self._book.order(order_id)
        known = self._named(order, label_id)
        if known.state(order.units_to_send) is LabelState.USED:
            raise InvalidTransitionError(
                f"The label of order {order.number} left with its parcel: note it there."
                " Nothing was changed."
            )
        told = _with(known, facts)
        if told == known:
            return NOTHING_CHANGED
        now = self._clock.now()
        self._refuse_what_cannot_be(order, told, now)
        with self._store.step(f"Label of order {order.number}") as step:
            self._book.writing.labels.keep(told)
            self._note(order, now, f"label corrected: {wording.label_said(told)}")
        return changes_of(step.tables)

    def mark(
        self, order_id: OrderId, to: LabelStep, why: str = "", label_id: int | None = None
    ) -> Changes:
        """Note what became of a label that no parcel left under; giving up needs its words."""
        order = self._book.order(order_id)
        found = self._meant(order, label_id, to)
        why = why.strip()
        if to is LabelStep.GIVEN_UP and not why:
            raise InvalidTransitionError(
                "Write why the label’s money is given up. Nothing was changed."
            )
        now = self._clock.now()
        with self._store.step(f"Order {order.number}: {wording.LABEL_STEPS[to]}") as step:
            self._book.writing.labels.add_step(found.id, to, now, why or None)
            self._note(order, now, wording.label_step(found, to, why))
        return changes_of(step.tables)

    def unneeded(self) -> list[tuple[str, Label, date]]:
        """Return the labels to ask money back for: order, label, last day; the soonest first."""
        zone = self._settings.timezone()
        found = [
            (number, each, each.refund_by(zone))
            for number, each in self._book.reading.labels.unneeded()
        ]
        return sorted(found, key=lambda each: each[2])

    def refund_by(self, label: Label) -> date:
        """Return the last day on which a label's money can be asked back."""
        return label.refund_by(self._settings.timezone())

    # ---- looking

    def _meant(self, order: Order, label_id: int | None, to: LabelStep) -> Label:
        """Return the label that is named, else the only one that may take the step."""
        if label_id is not None:
            found = self._named(order, label_id)
            state = found.state(order.units_to_send)
            if may_go(state, to):
                return found
            raise InvalidTransitionError(
                f"The label of order {order.number}: {_WHY_NOT[state]}. Nothing was changed."
            )
        fitting = [each for each in order.labels if may_go(each.state(order.units_to_send), to)]
        if len(fitting) > 1:
            raise InvalidTransitionError(
                f"Order {order.number} has several such labels: name one of {_names(fitting)}."
                " Nothing was changed."
            )
        if fitting:
            return fitting[0]
        if not order.labels:
            raise InvalidTransitionError(
                f"No label was bought for order {order.number}. Nothing was changed."
            )
        state = order.labels[-1].state(order.units_to_send)
        raise InvalidTransitionError(
            f"The label of order {order.number}: {_WHY_NOT[state]}. Nothing was changed."
        )

    @staticmethod
    def _named(order: Order, label_id: int) -> Label:
        for each in order.labels:
            if each.id == label_id:
                return each
        raise InvalidTransitionError(
            f"Order {order.number} has no such label. Nothing was changed."
        )

    @staticmethod
    def _refuse_what_cannot_be(order: Order, told: Label, now: datetime) -> None:
        whose = f"The label of order {order.number}"
        if told.bought_at and told.bought_at > now:
            raise InvalidTransitionError(
                f"{whose} cannot be bought in the future. Nothing was changed."
            )
        if told.cost and told.cost.minor_units < 0:
            raise InvalidTransitionError(
                "A label cannot cost less than nothing. Nothing was changed."
            )
        number = told.tracking_number
        others = [each.tracking_number for each in order.labels if each.id != told.id]
        others += [each.tracking_number for each in order.shipments]
        if number and number in others:
            raise InvalidTransitionError(
                f"{whose}: {number} is known already. Nothing was changed."
            )

    def _note(self, order: Order, at: datetime, what: str) -> None:
        self._book.writing.add_event(order.id, at, what)


def _with(label: Label, facts: LabelFacts) -> Label:
    return replace(
        label,
        carrier=_cleaned(facts.carrier) or label.carrier,
        service=_cleaned(facts.service) or label.service,
        tracking_number=tracking_kept(facts.tracking_number) or label.tracking_number,
        cost=facts.cost or label.cost,
        bought_at=facts.bought_at or label.bought_at,
    )


def _cleaned(text: str | None) -> str | None:
    kept = "".join(each for each in text or "" if each.isprintable()).strip()
    return kept or None


def _names(labels: Iterable[Label]) -> str:
    return ", ".join(f"{each.id} ({each.name})" if each.name else str(each.id) for each in labels)
