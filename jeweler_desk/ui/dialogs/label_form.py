"""A label that was bought, and what became of one that no parcel left under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.label import Label, LabelState, LabelStep
from jeweler_desk.services.labels import LabelFacts
from jeweler_desk.services.tracking_numbers import TrackingNumbers
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.dialogs.ship_order import CARRIERS, read_cost
from jeweler_desk.ui.dialogs.typed_past import read_past
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tracking_field import TrackingField

_SERVICES = ("Ground Advantage", "Priority Mail", "First-Class Package International", "Express")
_REASONS = ("order canceled", "another label", "wrong address")


class LabelForm(Form):
    """Takes what is known of a label; no parcel leaves by it."""

    def __init__(
        self,
        number: str,
        parent: QWidget,
        *,
        numbers: TrackingNumbers,
        now: datetime,
        timezone: str,
        currency: str,
        usual_carrier: str | None = None,
        label: Label | None = None,
    ) -> None:
        heading = f"The label of order {number}" if label else f"A label for order {number}"
        super().__init__(heading, "Keep it" if label else "It is bought", parent)
        self._now = now
        self._zone = ZoneInfo(timezone)
        self._currency = label.cost.currency if label and label.cost else currency
        self.carrier = ChoiceField(CARRIERS)
        self.service = ChoiceField(_SERVICES)
        self.number = TrackingField(numbers)
        self.cost = QLineEdit()
        self.cost.setPlaceholderText("4.75")
        self.bought = QLineEdit("now")
        self.carrier.line.textChanged.connect(lambda: self.number.meant_for(self.carrier.text))
        self.number.carrier_chosen.connect(self.carrier.line.setText)
        self._usual = self._named = usual_carrier or ""
        self.number.likely_carrier.connect(self._take_likely)
        self.carrier.line.setText(self._usual)
        if label is not None:
            self._show(label)
        self.add_field("Carrier", self.carrier, field=self.carrier.line)
        self.add_field("Service", self.service, field=self.service.line)
        self.add_field("Tracking number", self.number, field=self.number.line)
        self.add_field(f"Cost, {self._currency}", self.cost)
        self.add_field("Bought", self.bought, "now, or a day such as 2026-11-27 14:05.")
        follows = "The parcel leaves with “Hand over”; a label that stays unused can be given back."
        self.parts.addWidget(Text(follows, soft=True, wrap=True))

    def _take_likely(self, carrier: str) -> None:
        """Name the only carrier whose check digit holds, unless another was typed."""
        if self.carrier.text == self._named:
            self._named = carrier or self._usual
            self.carrier.line.setText(self._named)

    def _show(self, label: Label) -> None:
        self.carrier.line.setText(label.carrier or "")
        self.service.line.setText(label.service or "")
        self.number.line.setText(label.tracking_number or "")
        self.cost.setText(label.cost.amount if label.cost else "")
        at = label.bought_at
        self.bought.setText(f"{at.astimezone(self._zone):%Y-%m-%d %H:%M}" if at else "")

    def value(self) -> LabelFacts:
        """Return what was typed."""
        return LabelFacts(
            carrier=self.carrier.text or None,
            service=self.service.text or None,
            tracking_number=self.number.text or None,
            cost=read_cost(self.cost.text(), self._currency),
            bought_at=read_past(self.bought.text(), self._now, self._zone),
        )


@dataclass(frozen=True, slots=True)
class LabelMark:
    """What became of a label, in words where there are any."""

    label_id: int
    step: LabelStep
    why: str


class LabelBack(Form):
    """Asks what became of a label that no parcel left under."""

    def __init__(
        self,
        number: str,
        labels: Sequence[tuple[Label, str]],
        state: LabelState,
        parent: QWidget,
    ) -> None:
        super().__init__(f"An unused label of order {number}", "Note it", parent)
        self.which = OneOf([(each.id, said) for each, said in labels], labels[0][0].id)
        if len(labels) > 1:
            self.add_field("Label", self.which, field=self.which.buttons[0])
            self.which.buttons[0].setAccessibleName(labels[0][1])
        else:
            self.which.setParent(self)
            self.which.hide()
            self.add_field("Label", Text(labels[0][0].name or labels[0][1], wrap=True))
        steps = (
            (LabelStep.NOT_USED, "It is not used"),
            (LabelStep.ASKED, "Money asked back"),
            (LabelStep.REFUNDED, "Money is back"),
            (LabelStep.GIVEN_UP, "Given up"),
        )
        likely = {
            LabelState.WAITING: LabelStep.NOT_USED,
            LabelState.ASKED: LabelStep.REFUNDED,
        }
        self.step = OneOf(steps, likely.get(state, LabelStep.ASKED))
        self.add_field("What happened", self.step, field=self.step.buttons[0])
        self.step.buttons[0].setAccessibleName("It is not used")
        self.why = ChoiceField(_REASONS)
        self.add_field("Words", self.why, field=self.why.line)

    def value(self) -> LabelMark:
        """Return what became of it; giving up needs its words."""
        if self.which.value is None or self.step.value is None:
            raise FormError("Choose the label and what happened to it.")
        if self.step.value is LabelStep.GIVEN_UP and not self.why.text:
            raise FormError("Write why its money is given up.")
        return LabelMark(self.which.value, self.step.value, self.why.text)
