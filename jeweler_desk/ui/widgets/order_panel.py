"""One order beside the list: its states, pieces, words of the buyer, address and timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.address_lines import AddressLayout, address_lines
from jeweler_desk.domain.order import LineItem, Order
from jeweler_desk.domain.wording import CHANNEL_NAMES, day_text, long_day, moment_text, money_text
from jeweler_desk.services.box_photos import ShownPhoto
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.order_lines import money_after_lines, return_lines
from jeweler_desk.ui.theme import (
    NO_SPACE,
    PICTURE_LARGE,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.label_lines import LabelDeeds, free_labels, label_lines
from jeweler_desk.ui.widgets.letter_lines import LetterDeeds, letter_lines
from jeweler_desk.ui.widgets.paper_lines import NO_PAPERS, PaperLines, add_paper_lines
from jeweler_desk.ui.widgets.parcel_lines import ParcelDeeds, parcel_lines
from jeweler_desk.ui.widgets.piece_list import PieceList, words_of
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import (
    GIFT_SAID,
    MONEY_SAID,
    dispute_said,
    goods_said,
    refund_said,
    ship_by_said,
)

_MANY: Final = 12
"""With more pieces than this they are one list, which paints only what is seen of it."""


class OrderPanel(Card):
    """Shows one order whole; the buttons below it belong to the page."""

    def __init__(
        self,
        look: Appearance,
        photo_of: Callable[[LineItem], Path | None],
        parent: QWidget | None = None,
        *,
        parcels: ParcelDeeds | None = None,
        labels: LabelDeeds | None = None,
        letters: LetterDeeds | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._labels = labels
        self._letters = letters
        self._parcels = parcels
        self._look = look
        self._photo_of = photo_of
        self.order: Order | None = None
        self._scroll = Scroll("The chosen order", takes_focus=True)
        self.buttons = QVBoxLayout()
        self.buttons.setSpacing(SPACE_S)
        self.body.addWidget(self._scroll, 1)
        self.body.addLayout(self.buttons)

    @property
    def pane(self) -> QWidget:
        """The part that takes the focus."""
        return self._scroll

    def show_nothing(self, sentence: str) -> None:
        """Show no order, and say why."""
        self.order = None
        layout = _blank()
        layout.addWidget(Text(sentence, soft=True, wrap=True))
        layout.addStretch(1)
        self._scroll.hold(layout)

    def show_order(
        self,
        order: Order,
        today: date,
        now: datetime,
        timezone: str,
        alerts: Sequence[str] = (),
        boxes: Sequence[ShownPhoto] = (),
        papers: PaperLines = NO_PAPERS,
    ) -> None:
        """Show an order as it stands; alerts stand above its pieces, boxes are its photos."""
        at = self._scroll.verticalScrollBar().value()
        same = self.order is not None and self.order.id == order.id
        self.order = order
        layout = _blank()
        self._add_head(layout, order, today)
        for alert in alerts:
            words = Text(alert, Type.STRONG, wrap=True)
            words.set_tone(Tone.LATE)
            layout.addWidget(words)
        if len(order.line_items) > _MANY:
            layout.addWidget(PieceList(self._look, order.line_items, self._photo_of))
        else:
            for line in order.line_items:
                layout.addWidget(Hairline())
                layout.addLayout(self._piece(line))
        if order.hold is not None:
            self._add_hold(layout, order, today)
        if order.question is not None:
            since = moment_text(order.question.since, now, timezone)
            layout.addWidget(Hairline())
            layout.addWidget(Text(f"Waiting since {since}", Type.SMALL, soft=True))
            layout.addWidget(Text(order.question.question, wrap=True))
        self._add_words(layout, "Gift message", order.gift_message, Type.SUBHEADING)
        self._add_words(layout, "Note of the buyer", order.notes, Type.BODY)
        self._add_address(layout, order)
        if order.shipments and self._parcels is not None:
            layout.addWidget(Hairline())
            name = "Parcel" if len(order.shipments) == 1 else "Parcels"
            layout.addWidget(Text(name, Type.SMALL, soft=True))
            layout.addLayout(parcel_lines(order, self._parcels, now, timezone))
        if self._labels is not None and free_labels(order):
            layout.addWidget(Hairline())
            layout.addWidget(Text("Label", Type.SMALL, soft=True))
            layout.addLayout(label_lines(order, self._labels, now, timezone))
        self._add_letters(layout, order, now, timezone)
        self._add_boxes(layout, boxes)
        add_paper_lines(layout, order, papers, now, timezone)
        back = return_lines(order, now, timezone)
        if back:
            self._add_section(layout, "Return", back)
        self._add_section(layout, "Money", _money_lines(order, today))
        history = [
            f"{moment_text(entry.at, now, timezone)}   {entry.what}"
            for entry in sorted(order.timeline, key=lambda entry: entry.at, reverse=True)
        ]
        self._add_section(layout, "Timeline", history, soft=True)
        layout.addStretch(1)
        self._scroll.hold(layout)
        if same:
            self._scroll.verticalScrollBar().setValue(at)

    def _add_head(self, layout: QVBoxLayout, order: Order, today: date) -> None:
        source = f"{order.number} · {CHANNEL_NAMES[order.channel]}"
        placed = day_text(order.placed_on, today)
        layout.addWidget(ElidedText(f"{source} · {placed}", Type.SMALL, soft=True))
        layout.addWidget(ElidedText(order.customer or "No name given", Type.HEADING))
        chips = FlowLayout()
        said = [MONEY_SAID[order.payment_status], goods_said(order), ship_by_said(order, today)]
        for each in (
            *said,
            refund_said(order),
            dispute_said(order, today),
            GIFT_SAID.get(order.gift),
        ):
            if each is not None:
                chips.addWidget(StatusChip(self._look, each.text, each.tone))
        layout.addLayout(chips)

    def _piece(self, line: LineItem) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(SPACE_XS)
        for each in words_of(line):
            words.addWidget(Text(each.text, each.kind, soft=each.is_soft, wrap=True))
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        picture = PiecePicture(self._look, PICTURE_LARGE, line.title, self._photo_of(line))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(Text(f"×{line.quantity}"), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _add_letters(self, layout: QVBoxLayout, order: Order, now: datetime, timezone: str) -> None:
        letters = self._letters.of(order.id) if self._letters is not None else []
        if self._letters is None or not letters:
            return
        layout.addWidget(Hairline())
        name = "Letter" if len(letters) == 1 else "Letters"
        layout.addWidget(Text(name, Type.SMALL, soft=True))
        layout.addLayout(letter_lines(self._look, letters, self._letters, now, timezone))

    def _add_boxes(self, layout: QVBoxLayout, boxes: Sequence[ShownPhoto]) -> None:
        if not boxes:
            return
        layout.addWidget(Hairline())
        layout.addWidget(Text("Open box", Type.SMALL, soft=True))
        pictures = FlowLayout()
        for each in boxes:
            if each.path is not None:
                picture = PiecePicture(self._look, PICTURE_LARGE, each.photo.name, each.path)
                picture.setAccessibleName(f"Photo of the open box: {each.photo.name}")
                picture.setToolTip(each.photo.name)
                pictures.addWidget(picture)
        layout.addLayout(pictures)
        for each in boxes:
            if each.trouble:
                words = Text(each.trouble, Type.SMALL, wrap=True)
                words.set_tone(Tone.LATE)
                layout.addWidget(words)

    @staticmethod
    def _add_hold(layout: QVBoxLayout, order: Order, today: date) -> None:
        if order.hold is None:
            return
        until = f" · until {day_text(order.hold.until, today)}" if order.hold.until else ""
        layout.addWidget(Hairline())
        layout.addWidget(Text("On hold", Type.SMALL, soft=True))
        words = Text(f"{order.hold.reason}{until}", wrap=True)
        words.set_tone(Tone.DUE)
        layout.addWidget(words)

    @staticmethod
    def _add_words(layout: QVBoxLayout, name: str, words: str | None, kind: Type) -> None:
        if not words:
            return
        layout.addWidget(Hairline())
        layout.addWidget(Text(name, Type.SMALL, soft=True))
        quoted = f"“{words}”" if kind is Type.SUBHEADING else words
        layout.addWidget(_copyable(Text(quoted, kind, wrap=True)))

    @staticmethod
    def _add_address(layout: QVBoxLayout, order: Order) -> None:
        layout.addWidget(Hairline())
        layout.addWidget(Text("Ship to", Type.SMALL, soft=True))
        if order.address.is_empty:
            layout.addWidget(Text("No address came with this order.", wrap=True))
            return
        first, *others = address_lines(order.address, AddressLayout())
        layout.addWidget(_copyable(Text(first, Type.STRONG, wrap=True)))
        layout.addWidget(_copyable(Text("\n".join(others), wrap=True)))
        if order.email:
            layout.addWidget(_copyable(Text(order.email, Type.SMALL, soft=True, wrap=True)))

    @staticmethod
    def _add_section(
        layout: QVBoxLayout, name: str, lines: Iterable[str], *, soft: bool = False
    ) -> None:
        layout.addWidget(Hairline())
        layout.addWidget(Text(name, Type.SMALL, soft=True))
        box = QVBoxLayout()
        box.setSpacing(SPACE_XS)
        for line in lines:
            box.addWidget(Text(line, Type.SMALL, soft=soft, wrap=True))
        layout.addLayout(box)


def _blank() -> QVBoxLayout:
    layout = QVBoxLayout()
    left, top, _, bottom = NO_SPACE
    layout.setContentsMargins(left, top, SPACE_S, bottom)
    layout.setSpacing(SPACE_M - SPACE_XS)
    return layout


def _copyable(text: Text) -> Text:
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text


def _money_lines(order: Order, today: date) -> list[str]:
    parts = (
        ("pieces", order.subtotal),
        ("discount", order.discount),
        ("shipping", order.shipping),
        ("tax", order.tax),
    )
    lines = [f"{money_text(order.total)} in all"]
    told = [f"{name} {money.amount}" for name, money in parts if money]
    if told:
        lines.append(" · ".join(told))
    if order.marketplace_tax:
        lines.append(f"{money_text(order.marketplace_tax)} tax kept by the marketplace")
    lines.extend(money_after_lines(order, today))
    if order.promise is not None:
        lines.append(f"ship by {long_day(order.promise.ship_by)}")
    return lines
