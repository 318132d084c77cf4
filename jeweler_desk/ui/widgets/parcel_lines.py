"""The parcels of an order in its panel: number, facts, and the carrier's page by its host."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jeweler_desk.domain.order import Order, Shipment
from jeweler_desk.domain.wording import LABEL_BOUGHT, moment_text, money_text, parcel_facts
from jeweler_desk.services.shipments import Shipments
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class ParcelDeeds:
    """What can be done with a parcel: open its carrier's page, note what was learned of it."""

    shipments: Shipments
    follow: Callable[[Shipment], object]
    learn: Callable[[Shipment], object]


def parcel_lines(order: Order, deeds: ParcelDeeds, now: datetime, timezone: str) -> QVBoxLayout:
    """Set out every parcel that left, in the order in which they did."""
    box = QVBoxLayout()
    box.setContentsMargins(*NO_SPACE)
    box.setSpacing(SPACE_S)
    for place, parcel in enumerate(order.shipments, start=1):
        box.addWidget(_parcel(parcel, place, len(order.shipments), deeds, now, timezone))
    return box


def _parcel(
    parcel: Shipment, place: int, count: int, deeds: ParcelDeeds, now: datetime, timezone: str
) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(*NO_SPACE)
    layout.setSpacing(SPACE_XS)
    named = " ".join(each for each in (parcel.carrier, parcel.tracking_number) if each)
    title = named or "without a number"
    number = Text(f"{place} of {count}: {title}" if count > 1 else title, Type.STRONG, wrap=True)
    number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(number)
    for name, at in parcel_facts(parcel):
        layout.addWidget(Text(_said(parcel, name, at, now, timezone), Type.SMALL, soft=True))
    warning = deeds.shipments.numbers.warning(parcel.tracking_number, parcel.carrier)
    if warning:
        words = Text(warning, Type.SMALL, wrap=True)
        words.set_tone(Tone.DUE)
        layout.addWidget(words)
    holder_of_buttons = QWidget()
    buttons = FlowLayout(holder_of_buttons, spacing=SPACE_XS)
    page = deeds.shipments.page_of(parcel)
    if page:
        host = QUrl(page).host()
        follow = Button(f"Follow at {host}", room="small")
        follow.setToolTip(page)
        follow.clicked.connect(lambda: deeds.follow(parcel))
        buttons.addWidget(follow)
    learn = Button("Parcel…", room="small", name=f"What was learned of parcel {place}")
    learn.clicked.connect(lambda: deeds.learn(parcel))
    buttons.addWidget(learn)
    layout.addWidget(holder_of_buttons)
    return holder


def _said(parcel: Shipment, name: str, at: datetime | None, now: datetime, timezone: str) -> str:
    """Say one fact of a parcel: ``label bought yesterday 17:20 · 4.75 USD``."""
    if name == LABEL_BOUGHT:
        when = f" {moment_text(at, now, timezone)}" if at else ""
        cost = f" · {money_text(parcel.label_cost)}" if parcel.label_cost else ""
        return f"{name}{when}{cost}"
    return f"{name} {moment_text(at, now, timezone) if at else '· day not known'}"
