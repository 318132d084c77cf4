"""Labels of the chosen order: one was bought, one is corrected, one stays unused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.label import Label, LabelState
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.wording import LABEL_STEPS, money_text
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.labels import LabelFacts
from jeweler_desk.ui.dialogs.label_form import LabelBack, LabelForm, LabelMark
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.widgets.label_lines import free_labels


def open_labels(order: Order) -> list[Label]:
    """Return the labels of which something is still to be told."""
    return [
        each
        for each in free_labels(order)
        if each.state(order.units_to_send) is not LabelState.REFUNDED
    ]


class LabelActs:
    """Asks what an act with a label needs, does it, and offers Undo."""

    def __init__(self, frame: Frame, desk: Desk, window: Callable[[], QWidget]) -> None:
        self._frame = frame
        self._desk = desk
        self._window = window

    def buy(self, order: Order) -> None:
        """Note that a label was bought."""
        self._ask(order, None)

    def correct(self, order: Order, label: Label) -> None:
        """Write over what is known of a label."""
        self._ask(order, label)

    def _ask(self, order: Order, label: Label | None) -> None:
        desk = self._desk
        form = LabelForm(
            order.number,
            self._window(),
            numbers=desk.shipments.numbers,
            now=desk.clock.now(),
            timezone=desk.settings.timezone(),
            currency=desk.settings.get("shop.currency"),
            usual_carrier=desk.shipments.usual_carrier(),
            label=label,
        )

        def keep(facts: LabelFacts) -> None:
            labels = desk.labels
            self._frame.act(
                lambda: (
                    labels.correct(order.id, label.id, facts)
                    if label
                    else labels.buy(order.id, facts)
                ),
                f"Order {order.number}: the label is kept.",
            )

        form.answered.connect(keep)
        form.open()

    def mark(self, order: Order) -> None:
        """Note what became of a label that no parcel left under."""
        found = open_labels(order)
        if not found:
            self._frame.notices.tell("Every label of this order has left with its parcel.")
            return
        named = [
            (each, each.tracking_number or _cost(each) or "without a number") for each in found
        ]
        state = found[0].state(order.units_to_send)
        form = LabelBack(order.number, named, state, self._window())

        def note(told: LabelMark) -> None:
            self._frame.act(
                lambda: self._desk.labels.mark(order.id, told.step, told.why, told.label_id),
                f"Order {order.number}: {LABEL_STEPS[told.step]}.",
            )

        form.answered.connect(note)
        form.open()


def _cost(label: Label) -> str:
    return money_text(label.cost) if label.cost else ""
