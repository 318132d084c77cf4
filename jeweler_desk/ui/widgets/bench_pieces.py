"""The pieces of the parcel at hand: photo, title, choices and the words on them, large."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.listing import AsShown
from jeweler_desk.domain.order import LineItem, LineItemId, Order, OrderId
from jeweler_desk.services.listings import Listings
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.in_turns import InTurns
from jeweler_desk.ui.theme import (
    NO_SPACE,
    PICTURE_BENCH,
    PICTURE_LARGE,
    PICTURE_LOW,
    PICTURE_SHOWN,
    SPACE_L,
    SPACE_S,
    SPACE_XL,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.as_shown_card import AsShownPhotos, bench_words, nothing_shown
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import joined, piece_details

_TIGHT: Final = 600
_NO_LIMIT: Final = 16_777_215
_LARGE_LETTERS: Final = 64
_AT_ONCE: Final = 6
_IN_A_GROUP: Final = 6
_Seen = tuple[QBoxLayout, QVBoxLayout, QVBoxLayout, QWidget]


class BenchPieces(QWidget):
    """One row for each piece; where several orders share the box, each has its number above."""

    def __init__(self, look: Appearance, listings: Listings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._listings = listings
        self._rows: list[QBoxLayout] = []
        self._seen: list[_Seen] = []
        self._orders: Sequence[Order] = ()
        self._known: object = None
        self._is_narrow = False
        self._turns = InTurns(self)
        self._is_low = False
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(*NO_SPACE)
        self._parts.setSpacing(SPACE_L)

    def show_orders(self, orders: Sequence[Order]) -> None:
        """Show what of these orders is to send, the first pieces at once.

        A long box is set out a few pieces at a time, and left alone while it is the same.
        """
        lines = [(each, line) for each in orders for line in each.line_items]
        lines = [(each, line) for each, line in lines if line.units_to_send > 0]
        seen = {each.id: self._listings.shown_of(each.id) for each in orders}
        known = (list(orders), seen, self._is_low)
        if len(lines) > _AT_ONCE and known == self._known:
            return
        self._known = known
        empty_out(self._parts)
        self._orders = orders
        self._rows = []
        self._seen = []
        self._turns.begin(self._set_out(lines, seen), _AT_ONCE)

    def _set_out(
        self,
        lines: Sequence[tuple[Order, LineItem]],
        seen: Mapping[OrderId, Mapping[LineItemId, AsShown]],
    ) -> Iterator[None]:
        several = len({order.id for order, _ in lines}) > 1
        shown: Order | None = None
        unseen, place = 0, self._parts
        for number, (order, line) in enumerate(lines):
            if number >= _AT_ONCE and number % _IN_A_GROUP == 0:
                place = self._group()
            if several and order is not shown:
                add_shown(place, Text(order.number, Type.STRONG, soft=True))
                shown = order
            shown_as = seen[order.id].get(line.id)
            unseen += shown_as is None
            add_shown(place, self._piece(line, shown_as, is_alone=len(lines) == 1))
            if number + 1 < len(lines):
                yield
        if unseen:
            add_shown(self._parts, nothing_shown(unseen, len(lines)))

    def _group(self) -> QVBoxLayout:
        """Return a place that keeps its own height, so that few pieces more are set out anew."""
        group = QWidget()
        place = QVBoxLayout(group)
        place.setContentsMargins(*NO_SPACE)
        place.setSpacing(SPACE_L)
        add_shown(self._parts, group)
        return place

    def be_low(self, low: bool) -> None:  # noqa: FBT001 - a state, named by the method
        """Show smaller pictures where there is little height, so that the checks are in sight."""
        if low != self._is_low:
            self._is_low = low
            self.show_orders(self._orders)

    def _piece(self, line: LineItem, shown: AsShown | None, *, is_alone: bool) -> QWidget:
        large = PICTURE_LOW if self._is_low else PICTURE_BENCH
        side = large if is_alone else PICTURE_LARGE
        holder = QWidget()
        row = QBoxLayout(self._direction, holder)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_XL if is_alone else SPACE_L)
        self._rows.append(row)
        if shown is not None and shown.version.listing.photos:
            side = PICTURE_SHOWN if is_alone and not self._is_low else large
            views = self._listings.views(shown.version.listing)
            picture: QWidget = AsShownPhotos(self._look, side, line.title, views)
        else:
            photo = self._listings.photo_of(line)
            picture = PiecePicture(self._look, side, line.title, photo)
        left = QVBoxLayout()
        left.setSpacing(SPACE_S)
        left.addWidget(picture)
        left.addStretch(1)
        row.addLayout(left)
        words = _words_of(line, is_alone=is_alone)
        row.addLayout(words, 1)
        if shown is not None:
            self._seen.append((row, left, words, bench_words(shown)))
            self._place_seen(self._seen[-1:])
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what was shown stand under the photo where the words need the room beside it."""
        super().resizeEvent(event)
        self._place_seen()

    def _place_seen(self, only: Sequence[_Seen] = ()) -> None:
        is_tight = self.width() < self._look.px(_TIGHT) and not self._is_low
        for row, left, words, seen in only or self._seen:
            is_beside = row.direction() is QBoxLayout.Direction.LeftToRight
            wanted, other = (left, words) if is_tight else (words, left)
            if wanted.indexOf(seen) < 0:
                other.removeWidget(seen)
                wanted.insertWidget(wanted.count() - 1, seen)
            seen.setMaximumWidth(PICTURE_SHOWN if is_tight and is_beside else _NO_LIMIT)

    def be_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a state, named by the method
        """Set the words below the photo where there is little room beside it."""
        self._is_narrow = narrow
        for row in self._rows:
            row.setDirection(self._direction)
        self._place_seen()

    @property
    def _direction(self) -> QBoxLayout.Direction:
        direction = QBoxLayout.Direction
        return direction.TopToBottom if self._is_narrow else direction.LeftToRight


def _words_of(line: LineItem, *, is_alone: bool) -> QVBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(SPACE_S)
    title, rest = _in_two(line.title)
    words.addWidget(Text(title, Type.BENCH_TITLE if is_alone else Type.BENCH, wrap=True))
    if rest:
        words.addWidget(Text(rest, Type.BENCH_SMALL, soft=True, wrap=True))
    details = piece_details(line)
    if line.units_to_send > 1:
        details = joined([f"{line.units_to_send} pieces", details])
    if details:
        words.addWidget(Text(details, Type.BENCH, wrap=True))
    if line.personalization:
        personal = Text(f"“{line.personalization}”", Type.BENCH, wrap=True)
        personal.set_tone(Tone.ACCENT)
        words.addWidget(personal)
    words.addStretch(1)
    return words


def _in_two(title: str) -> tuple[str, str]:
    """Return the part of a title that is written large and what follows it smaller."""
    if len(title) <= _LARGE_LETTERS:
        return title, ""
    at = title.rfind(" ", 0, _LARGE_LETTERS)
    return (title[:at], title[at + 1 :]) if at > 0 else (title, "")
