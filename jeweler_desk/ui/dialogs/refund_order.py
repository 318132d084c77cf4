"""Giving money back: for which pieces, how much of what, and whether they are still sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import LineItemId, Order, Refund, RefundChoice, RefundState
from jeweler_desk.domain.refund_timing import means_of
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.domain.wording import REFUND_TIMES, money_text
from jeweler_desk.services.policies import RefundSuggestion
from jeweler_desk.ui.dialogs.choose_units import UnitsForm
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.frame import has_words
from jeweler_desk.ui.theme import Tone, Type
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.text import Text

_REASONS: Final = ("arrived broken", "not as pictured", "changed her mind", "our mistake")
_MEANS: Final = ("Etsy", "Shopify", "PayPal", "card", "bank transfer")
_CHOICES: Final = (
    (RefundChoice.MONEY_ONLY, "Money only"),
    (RefundChoice.DO_NOT_SEND, "Money, and do not send"),
)


@dataclass(frozen=True, slots=True)
class RefundRoom:
    """What can still be given back of an order: pieces, an amount, and what a wish comes to."""

    units: Mapping[LineItemId, int]
    amount: Money
    plan: Callable[[RefundWish], Refund]
    doubt: str | None = None
    suggested: RefundSuggestion | None = None


class RefundOrder(UnitsForm):
    """Asks for pieces and amounts and says what they come to before anything is done."""

    def __init__(self, order: Order, room: RefundRoom, parent: QWidget) -> None:
        number = order.number
        found = room.suggested
        chosen = found.units if found else None
        verb = "Grant the refund"
        super().__init__(f"Refund of order {number}", verb, order, room.units, parent, chosen)
        self._room = room
        self._currency = order.total.currency
        self.amount = QLineEdit()
        self.amount.setPlaceholderText("what the pieces are worth")
        self.shipping = QLineEdit()
        self.tax = QLineEdit()
        self.goodwill = QLineEdit()
        self.add_field(f"Goods, {self._currency}", self.amount)
        self.add_field(f"Shipping, {self._currency}", self.shipping)
        self.add_field(f"Tax, {self._currency}", self.tax)
        self.add_field(f"Goodwill, {self._currency}", self.goodwill)
        self.reason = ChoiceField(_REASONS)
        self.add_field("Reason", self.reason, field=self.reason.line)
        self.choice: OneOf[RefundChoice] | None = None
        if order.units_to_send:
            self.choice = OneOf(_CHOICES)
            self.add_field("Unsent pieces", self.choice, field=self.choice.buttons[0])
            self.choice.buttons[0].setAccessibleName(_CHOICES[0][1])
        self.sum = Text("", Type.STRONG, wrap=True)
        self.parts.addWidget(self.sum)
        if found is not None:
            if found.amount is not None:
                self.amount.setText(found.amount.amount)
            self.parts.addWidget(Text(f"It came back. {found.told}", soft=True, wrap=True))
        if room.doubt:
            self.parts.addWidget(_warning(room.doubt))
        self.counted.connect(self._add_up)
        for field in (self.amount, self.shipping, self.tax, self.goodwill, self.reason.line):
            field.textChanged.connect(self._add_up)
        for button in self.choice.buttons if self.choice else ():
            button.clicked.connect(self._add_up)
        self._add_up()

    def _add_up(self) -> None:
        most = f"of at most {money_text(self._room.amount)}"
        try:
            wish = self._wish(self.reason.text or "–", self._picked() or RefundChoice.MONEY_ONLY)
            told = money_text(self._room.plan(wish).amount)
        except Exception as error:
            if not has_words(error):
                raise
            told = "Nothing yet"
        self.sum.setText(f"{told} {most}")

    def _picked(self) -> RefundChoice | None:
        return self.choice.value if self.choice else None

    def _wish(self, reason: str, choice: RefundChoice | None) -> RefundWish:
        goods = self._money(self.amount)
        if goods is None and not self.units:
            goods = Money.zero(self._currency)
        return RefundWish(
            reason=reason,
            units=self.units,
            goods=goods,
            shipping=self._money(self.shipping),
            tax=self._money(self.tax),
            goodwill=self._money(self.goodwill),
            choice=choice,
        )

    def _money(self, field: QLineEdit) -> Money | None:
        text = field.text().strip()
        return Money.parse(text, self._currency) if text else None

    def value(self) -> RefundWish:
        """Return the wish. Raises with the sentence of what is missing or too much."""
        if not self.reason.text:
            raise FormError("Write in a few words why money goes back.")
        if self.choice and self.choice.value is None:
            raise FormError("Say whether the unsent pieces are still sent.")
        wish = self._wish(self.reason.text, self._picked())
        self._room.plan(wish)
        return wish


@dataclass(frozen=True, slots=True)
class RefundStep:
    """What became of a refund: its next step, and how or why."""

    refund_id: int
    to: RefundState
    means: str | None
    reference: str | None
    why: str


class RefundProgress(Form):
    """Asks what became of a refund that is not settled."""

    def __init__(self, order: Order, parent: QWidget, doubt: str | None = None) -> None:
        super().__init__(f"Refund of order {order.number}", "Note it", parent)
        self._channel = order.channel
        self._doubt = doubt
        self._open = [each for each in order.refunds if each.state is not RefundState.SETTLED]
        names = [(each, f"{money_text(each.amount)}, {each.state.value}") for each in self._open]
        self.which = OneOf(names, self._open[0])
        self.add_field("Refund", self.which, field=self.which.buttons[0])
        self.which.buttons[0].setAccessibleName(names[0][1])
        self.to = OneOf(
            (
                (RefundState.ASKED, "Asked for"),
                (RefundState.SETTLED, "It arrived"),
                (RefundState.FAILED, "It failed"),
            ),
            _likely(self._open[0]),
        )
        self.add_field("What happened", self.to, field=self.to.buttons[0])
        self.to.buttons[0].setAccessibleName("Asked for")
        self.means = ChoiceField(_MEANS)
        self.add_field("By", self.means, field=self.means.line)
        self.reference = QLineEdit()
        self.add_field("Reference", self.reference, "What the bank or the marketplace calls it.")
        self.why = QLineEdit()
        self.add_field("Why it failed", self.why)
        self.time = Text("", Type.SMALL, soft=True, wrap=True)
        self.parts.addWidget(self.time)
        if doubt:
            self.parts.addWidget(_warning(doubt))
        self.means.line.textChanged.connect(self._say_time)
        self._say_time()
        for button, each in zip(self.which.buttons, self._open, strict=True):
            button.clicked.connect(partial(self._suggest, each))

    def _say_time(self) -> None:
        self.time.setText(REFUND_TIMES[means_of(self.means.text or None, self._channel)])

    def _suggest(self, refund: Refund) -> None:
        order = (RefundState.ASKED, RefundState.SETTLED, RefundState.FAILED)
        self.to.buttons[order.index(_likely(refund))].setChecked(True)

    def value(self) -> RefundStep:
        """Return the step. A failed one needs its reason."""
        refund, to, why = self.which.value, self.to.value, self.why.text().strip()
        if refund is None or to is None:
            raise FormError("Choose the refund and what happened to it.")
        if to is RefundState.FAILED and not why:
            raise FormError("Write why it failed; the next try needs it.")
        if to is RefundState.ASKED and self._doubt and not self.means.text:
            raise FormError("Write by which other means the money goes back.")
        reference = self.reference.text().strip() or None
        return RefundStep(refund.id, to, self.means.text or None, reference, why)


def _likely(refund: Refund) -> RefundState:
    return RefundState.SETTLED if refund.state is RefundState.ASKED else RefundState.ASKED


def _warning(sentence: str) -> Text:
    words = Text(sentence, wrap=True)
    words.set_tone(Tone.LATE)
    return words
