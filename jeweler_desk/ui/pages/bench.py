"""The bench: one parcel, readable at arm's length; Enter goes on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.address_lines import AddressLayout, address_lines
from jeweler_desk.domain.measure_wording import packing_told
from jeweler_desk.domain.order import Gift, LineItem, Order, OrderId
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.box_photos import BoxPhotos
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.fulfillment import Fulfillment
from jeweler_desk.services.measures import Measures
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.papers import Papers
from jeweler_desk.services.printed_papers import PrintedPapers
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.supplies import Supplies
from jeweler_desk.ui.dialogs.card_words import CardWords
from jeweler_desk.ui.dialogs.hold_order import HoldChoice, HoldOrder
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.page import Page, bare_row
from jeweler_desk.ui.pages.parcel_checks import MADE_RIGHT, PACKED_RIGHT, WORDS, check_items
from jeweler_desk.ui.paper_tray import PaperTray
from jeweler_desk.ui.theme import (
    NO_SPACE,
    PICTURE_BENCH,
    PICTURE_LARGE,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.box_photo_card import BoxPhotoCard
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.checklist import Checklist
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.kit_card import KitCard
from jeweler_desk.ui.widgets.packing_timer import PackingTimer, minutes_and_seconds
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.step_clock import StepClock
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import joined, number_text, piece_details, sentence, ship_by_said

_NARROW: Final = 420
_LOW: Final = 700
_BOTH: Final = (MADE_RIGHT, PACKED_RIGHT)


@dataclass(frozen=True, slots=True)
class BenchFacts:
    """What the bench is told beside the order: the pace, the papers' state, the photos."""

    measures: Measures
    printed: PrintedPapers
    photos: BoxPhotos


class BenchPage(Page):
    """The parcel at hand: what it is, the two checks, the list, the timer."""

    topics = frozenset({Topic.ORDERS, Topic.SETTINGS, Topic.SUPPLIES})

    def __init__(
        self,
        frame: Frame,
        orders: Orders,
        fulfillment: Fulfillment,
        settings: Settings,
        tray: PaperTray,
        papers: Papers,
        supplies: Supplies,
        facts: BenchFacts,
    ) -> None:
        super().__init__(frame, "Bench")
        self._facts = facts
        self._steps = StepClock()
        self.pace = Text("", Type.SMALL, soft=True, wrap=True)
        self.stale = Text("", Type.BENCH_SMALL, wrap=True)
        self.stale.set_tone(Tone.LATE)
        self.box = BoxPhotoCard(frame.look, frame.actions["bench.photo"])
        self._orders = orders
        self._fulfillment = fulfillment
        self._settings = settings
        self._tray = tray
        self._papers = papers
        self._supplies = supplies
        self._stop: str | None = None
        self.kit = KitCard(frame.look)
        self._order: Order | None = None
        self._queue: list[OrderId] = []
        self._wanted: OrderId | None = None
        self._piece_rows: list[QBoxLayout] = []
        self.timer = PackingTimer(frame.look)
        self.checklist = Checklist(frame.look)
        self.done_button = Button("Done – next parcel", "primary", room="huge")
        self._build()

    # ---- set out

    def _build(self) -> None:
        actions = self.frame_.actions
        self.done_button.setText(f"{self.done_button.text()}     Enter")
        self.done_button.follow(actions["bench.done"])
        self.checklist.changed.connect(self._hear_tick)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_L)
        row.addWidget(self._left(), 15)
        row.addLayout(self._right(), 8)
        self._empty_button = Button("Look at the orders to make", "primary", room="large")
        self._empty_button.follow(actions["view.to-make"])
        self._judge()
        self._empty = EmptyState(
            self.frame_.look,
            "bench",
            "The bench is clear",
            "Every order that is ready has been packed. What is still to make waits in Orders.",
            self._empty_button,
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(work)
        self._stack.addWidget(self._empty)
        self._work = work
        self.body.addWidget(holder, 1)

    def _left(self) -> Card:
        card = Card()
        self._pieces = QVBoxLayout()
        self._pieces.setSpacing(SPACE_L)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        layout.setSpacing(SPACE_M)
        layout.addLayout(self._pieces)
        layout.addWidget(Hairline())
        layout.addWidget(self.checklist)
        layout.addWidget(self._stop_box())
        layout.addStretch(1)
        self._scroll = Scroll("The parcel at hand")
        self._scroll.hold(layout)
        self._scroll.resized.connect(self._fit)
        card.body.addWidget(self._scroll, 1)
        return card

    def _stop_box(self) -> QWidget:
        """Set out what stands in place of the checks while the kit is not complete."""
        self._stop_words = Text("", Type.BENCH, wrap=True)
        self._stop_words.set_tone(Tone.LATE)
        self.stop_button = Button("Look at the supplies", "primary", room="large")
        self.stop_button.follow(self.frame_.actions["go.supplies"])
        self._stopped = QWidget()
        layout = QVBoxLayout(self._stopped)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_L)
        layout.addWidget(self._stop_words)
        advice = "Fill up or count the supplies before you begin, or take the next parcel with N."
        layout.addWidget(Text(advice, Type.BENCH_SMALL, soft=True, wrap=True))
        layout.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._stopped.hide()
        return self._stopped

    def _right(self) -> QVBoxLayout:
        actions = self.frame_.actions
        self._pause = Button("Pause   T", "quiet", room="small")
        self._pause.follow(actions["bench.pause"])
        timing = Card()
        timing.body.addWidget(self.timer)
        timing.body.addWidget(self.pace)
        self.timer.head.addWidget(self._pause, 0, Qt.AlignmentFlag.AlignTop)
        address = Card()
        self._chips = bare_row()
        self._to = Text("", Type.HEADING, wrap=True)
        self._address = Text("", Type.BENCH_SMALL, wrap=True)
        self._gift = Text("", Type.BENCH_SMALL, wrap=True)
        self._gift.set_tone(Tone.INFO)
        head = bare_row()
        head.addWidget(Text("Ship to", Type.SMALL, soft=True), 1)
        head.addLayout(self._chips)
        address.body.addLayout(head)
        for part in (self._to, self._address, self._gift, self.stale):
            address.body.addWidget(part)
        above = QVBoxLayout()
        above.setContentsMargins(*NO_SPACE)
        above.setSpacing(SPACE_M)
        above.addWidget(timing)
        above.addWidget(self.kit)
        above.addWidget(address)
        above.addWidget(self.box)
        self.box.dropped.connect(self._add_photos)
        above.addStretch(1)
        papers = bare_row()
        for id_, words in (("bench.print", "Print papers   P"), ("bench.card", "Card large   C")):
            button = Button(words, room="large", name=actions[id_].text())
            button.follow(actions[id_])
            papers.addWidget(button, 1)
        others = bare_row()
        for id_, words in (
            ("bench.missing", "Something is missing   Esc"),
            ("bench.skip", "Later   N"),
        ):
            button = Button(words, room="large", name=actions[id_].text())
            button.follow(actions[id_])
            others.addWidget(button, 2 if id_ == "bench.missing" else 1)
        right = QVBoxLayout()
        right.setSpacing(SPACE_M)
        upper = Scroll("Timer and address")
        upper.hold(above)
        right.addWidget(upper, 1)
        right.addLayout(papers)
        right.addWidget(self.done_button)
        right.addLayout(others)
        return right

    # ---- what is shown

    @property
    def order(self) -> Order | None:
        """The parcel at hand."""
        return self._order

    def refresh(self) -> None:
        """Read the queue anew; the parcel at hand stays as long as it is to pack."""
        self._queue = [row.id for row in self._fulfillment.queue()]
        here = self._order.id if self._order else None
        wanted = self._wanted if self._wanted is not None else here
        self._wanted = None
        if wanted not in self._queue:
            wanted = self._queue[0] if self._queue else None
        self._show(wanted, is_new=wanted != here)

    def take(self, order_id: OrderId) -> None:
        """Bring an order to the bench."""
        self._wanted = order_id
        self.refresh()

    def _show(self, order_id: OrderId | None, *, is_new: bool) -> None:
        has_parcel = order_id is not None
        self._stack.setCurrentWidget(self._work if has_parcel else self._empty)
        measure = self._facts.measures.packing()
        week = measure.this_week
        self.pace.setText(
            f"This week · {packing_told(week, measure.slowest)}" if week.parcels else ""
        )
        self.pace.setVisible(week.parcels > 0)
        for id_ in (
            "bench.missing",
            "bench.print",
            "bench.card",
            "bench.pause",
            "bench.skip",
            "bench.photo",
        ):
            self.frame_.actions[id_].setEnabled(has_parcel)
        if order_id is None:
            self._order = None
            self.timer.pause()
            self.title.setText("Bench")
            self.subtitle.setText("Nothing to pack")
            self._judge()
            return
        order = self._orders.get(order_id)
        self._order = order
        self.title.setText(joined([number_text(order.number), order.customer or ""]))
        place = self._queue.index(order_id) + 1
        self.subtitle.setText(f"{place} of {count_text(len(self._queue), 'parcel')} to pack")
        self._show_pieces(order)
        self._show_address(order)
        self._show_kit(order, is_new=is_new)
        papers = [sentence(each.sentence) for each in self._facts.printed.stale(order)]
        self.stale.setText("\n".join(papers))
        self.stale.setVisible(bool(papers))
        self.box.show_photos(self._facts.photos.of(order.id))
        if is_new:
            self._steps.restart()
            self.checklist.show_items(check_items(order))
            self.timer.restart()
            self._scroll.verticalScrollBar().setValue(0)
            if self.isVisible():
                self.focus_first()
            if self._stop is not None:
                self.timer.pause()
        self._judge()

    def _show_pieces(self, order: Order) -> None:
        empty_out(self._pieces)
        self._piece_rows = []
        lines = [line for line in order.line_items if line.units_to_send > 0]
        for line in lines:
            side = PICTURE_BENCH if len(lines) == 1 else PICTURE_LARGE
            holder = QWidget()
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
            row.setContentsMargins(*NO_SPACE)
            row.setSpacing(SPACE_XL)
            self._piece_rows.append(row)
            picture = PiecePicture(
                self.frame_.look, side, line.title, self.frame_.photo_of(line.sku)
            )
            row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(_words_of(line, is_alone=len(lines) == 1), 1)
            add_shown(self._pieces, holder)
        self._fit()

    def _fit(self) -> None:
        """Keep words whole and the address in sight where the room is small."""
        px = self.frame_.look.px
        is_narrow = self._scroll.viewport().width() < px(_NARROW)
        direction = (
            QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        )
        for row in self._piece_rows:
            row.setDirection(direction)
        self.timer.be_small(self.height() < px(_LOW))

    def _show_kit(self, order: Order, *, is_new: bool) -> None:
        """Show the kit. What it lacks stops the start; a parcel once begun is never stopped."""
        if is_new or self._stop is not None:
            was_stopped = self._stop is not None and not is_new
            self._stop = self._supplies.missing(order)
            if was_stopped and self._stop is None:
                self.timer.restart()
        self.kit.show_kit(self._supplies.kit(order))
        self._stop_words.setText(self._stop or "")
        self._stopped.setVisible(self._stop is not None)
        self.checklist.setVisible(self._stop is None)

    def _show_address(self, order: Order) -> None:
        first, *others = address_lines(order.address, AddressLayout()) or ("No address came along",)
        self._to.setText(first)
        self._address.setText("\n".join(others))
        said = {
            Gift.YES: "A gift: no prices inside",
            Gift.UNKNOWN: "Maybe a gift: no prices inside",
        }
        self._gift.setText(said.get(order.gift, ""))
        self._gift.setVisible(order.gift in said)
        empty_out(self._chips)
        due = ship_by_said(order, self._settings.today())
        if due is not None:
            add_shown(self._chips, StatusChip(self.frame_.look, due.text, due.tone))

    def panes(self) -> Sequence[QWidget]:
        """Return the list to tick and the button that ends it."""
        if self._order and self._stop is not None:
            return (self.stop_button,)
        rows = self.checklist.rows()
        return (rows[0], self.done_button) if rows and self._order else (self._empty_button,)

    # ---- what can be done

    def _hear_tick(self) -> None:
        ticked = (row.item.key for row in self.checklist.rows() if row.isChecked())
        self._steps.hear(ticked, self.timer.seconds)
        self._judge()

    def _is_checked(self) -> bool:
        """Whether the piece was looked at twice, and its words, if it has some, once more."""
        words = [row.item.key for row in self.checklist.rows() if row.item.key.startswith(WORDS)]
        return all(self.checklist.is_ticked(key) for key in (*_BOTH, *words))

    def _judge(self) -> None:
        """Done is on only when the piece was looked at twice: made right and packed right."""
        both = self._is_checked()
        can_end = self._order is not None and both and self._stop is None
        self.frame_.actions["bench.done"].setEnabled(can_end)

    def finish(self) -> None:
        """Pack this order and go on to the next."""
        order = self._order
        if order is None or not self._is_checked():
            return
        if self._stop is not None:
            return
        seconds, steps = self.timer.seconds, self._steps.seconds
        self.frame_.act(
            lambda: self._fulfillment.finish_packing(order.id, seconds, steps),
            f"Order {number_text(order.number)} packed in {minutes_and_seconds(seconds)}.",
        )

    def miss(self) -> None:
        """Ask what is missing and put this order on hold."""
        order = self._order
        if order is not None:
            form = HoldOrder(number_text(order.number), self.window())
            form.answered.connect(lambda answer: self._hold(order, answer))
            form.open()

    def _hold(self, order: Order, answer: HoldChoice) -> None:
        self.frame_.act(
            lambda: self._orders.hold(order.id, answer.reason, answer.until),
            f"Order {number_text(order.number)} is on hold.",
        )

    def skip(self) -> None:
        """Take the next parcel first; this one stays in the queue."""
        if self._order is None or len(self._queue) < 2:  # noqa: PLR2004 - there is another one
            return
        here = self._queue.index(self._order.id)
        self.take(self._queue[(here + 1) % len(self._queue)])

    def print_papers(self) -> None:
        """Make slip and card of this parcel."""
        if self._order is not None:
            self._tray.print_both([self._order.id])

    def choose_photo(self) -> None:
        """Ask for a photo of the open box."""
        if self._order is None:
            return
        chooser = QFileDialog(self.window(), "Photo of the open box")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.setNameFilter("Photos (*.jpg *.jpeg *.png *.webp)")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.filesSelected.connect(lambda names: self._add_photos([Path(n) for n in names]))
        chooser.open()

    def _add_photos(self, files: Sequence[Path]) -> None:
        order = self._order
        if order is None:
            return
        for file in files:
            self.frame_.act(
                partial(self._facts.photos.add, order.id, file),
                f"The photo is kept with order {number_text(order.number)}.",
            )

    def show_card(self) -> None:
        """Show the card's words large, to write them by hand."""
        if self._order is not None:
            CardWords(self._papers.card_text(self._order.id), self.window()).open()

    def pause(self) -> None:
        """Stop the timer, or let it go on; one that was never begun stands still."""
        if self._stop is not None:
            return
        if self.timer.is_running:
            self.timer.pause()
            self._pause.say("Go on   T", "Go on")
        else:
            self.timer.resume()
            self._pause.say("Pause   T", "Pause")


def _words_of(line: LineItem, *, is_alone: bool) -> QVBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(SPACE_S)
    words.addWidget(Text(line.title, Type.BENCH_TITLE if is_alone else Type.BENCH, wrap=True))
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
