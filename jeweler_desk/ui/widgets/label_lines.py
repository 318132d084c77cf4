"""The labels of an order that no parcel left under yet, in its panel, with what is to be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jeweler_desk.domain.label import Label, LabelState
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.wording import (
    LABEL_BOUGHT,
    LABEL_STATES,
    day_text,
    moment_text,
    money_text,
)
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class LabelDeeds:
    """What can be done with a label: write over what is known of it, note what became of it."""

    correct: Callable[[Order, Label], object]
    mark: Callable[[Order], object]


def free_labels(order: Order) -> list[Label]:
    """Return the labels that no parcel left under."""
    return [each for each in order.labels if each.shipment_id is None]


def label_lines(order: Order, deeds: LabelDeeds, now: datetime, timezone: str) -> QVBoxLayout:
    """Set out every label that no parcel left under."""
    box = QVBoxLayout()
    box.setContentsMargins(*NO_SPACE)
    box.setSpacing(SPACE_S)
    for label in free_labels(order):
        box.addWidget(_label(order, label, deeds, now, timezone))
    return box


def _label(order: Order, label: Label, deeds: LabelDeeds, now: datetime, timezone: str) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(*NO_SPACE)
    layout.setSpacing(SPACE_XS)
    name = Text(label.name or "without a number", Type.STRONG, wrap=True)
    name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(name)
    when = f" {moment_text(label.bought_at, now, timezone)}" if label.bought_at else ""
    cost = f" · {money_text(label.cost)}" if label.cost else ""
    layout.addWidget(Text(f"{LABEL_BOUGHT}{when}{cost}", Type.SMALL, soft=True, wrap=True))
    state = label.state(order.units_to_send)
    told = LABEL_STATES[state]
    if state is LabelState.UNNEEDED:
        today = now.astimezone(ZoneInfo(timezone)).date()
        told += f" by {day_text(label.refund_by(timezone), today)}"
    if label.step_why:
        told += f" · {label.step_why}"
    words = Text(told, Type.SMALL, wrap=True, soft=state is not LabelState.UNNEEDED)
    if state is LabelState.UNNEEDED:
        words.set_tone(Tone.LATE)
    layout.addWidget(words)
    if state is not LabelState.REFUNDED:
        holder_of_buttons = QWidget()
        buttons = FlowLayout(holder_of_buttons, spacing=SPACE_XS)
        money = Button("Money back…" if state is not LabelState.WAITING else "Not used…",
                       room="small", name="What became of the label")  # fmt: skip
        money.clicked.connect(lambda: deeds.mark(order))
        buttons.addWidget(money)
        correct = Button("Label…", room="small", name="What is known of the label")
        correct.clicked.connect(lambda: deeds.correct(order, label))
        buttons.addWidget(correct)
        layout.addWidget(holder_of_buttons)
    return holder
