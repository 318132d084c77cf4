"""The bench: one parcel, readable at arm's length; Enter goes on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.card import CardText
from jeweler_desk.domain.combining import numbers_text
from jeweler_desk.domain.measure_wording import packing_told
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.box_photos import BoxPhotos
from jeweler_desk.services.camera_folder import CameraFolder
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.combining import BoxToPack, Combining
from jeweler_desk.services.fulfillment import Fulfillment, pieces_together
from jeweler_desk.services.listings import Listings
from jeweler_desk.services.measures import Measures
from jeweler_desk.services.order_batches import OrderBatches
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.papers import Papers
from jeweler_desk.services.printed_papers import PrintedPapers
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.supplies import Supplies
from jeweler_desk.ui.dialogs.card_words import CardWords
from jeweler_desk.ui.dialogs.hold_order import HoldChoice, HoldOrder
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.bench_photos import BenchPhotos
from jeweler_desk.ui.pages.page import Page, bare_row
from jeweler_desk.ui.pages.parcel_checks import MADE_RIGHT, PACKED_RIGHT, WORDS, check_items
from jeweler_desk.ui.paper_tray import PaperTray
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_M, SPACE_S, Type
from jeweler_desk.ui.widgets.act_bar import ActBar
from jeweler_desk.ui.widgets.bench_pieces import BenchPieces
from jeweler_desk.ui.widgets.box_photo_card import BoxPhotoCard
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.camera_offer import CameraOffer
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.checklist import Checklist
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.kit_card import KitCard
from jeweler_desk.ui.widgets.kit_stop import KitStop
from jeweler_desk.ui.widgets.packing_timer import PackingTimer, minutes_and_seconds
from jeweler_desk.ui.widgets.parcel_queue import ParcelQueue, queued
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.shared_box import SharedBox
from jeweler_desk.ui.widgets.ship_to_card import ShipToCard
from jeweler_desk.ui.widgets.step_clock import StepClock
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import joined, sentence

_NARROW: Final = 420
_LOW: Final = 700
_BOTH: Final = (MADE_RIGHT, PACKED_RIGHT)
_KEYS: Final = ("missing", "print", "card", "pause", "skip", "photo")


@dataclass(frozen=True, slots=True)
class BenchFacts:
    """What the bench is told beside the order: the pace, the papers' state, photos, the queue."""

    measures: Measures
    printed: PrintedPapers
    photos: BoxPhotos
    camera: CameraFolder
    combining: Combining
    batches: OrderBatches
    listings: Listings


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
        actions = frame.actions
        self._facts = facts
        self._steps = StepClock()
        self._orders = orders
        self._fulfillment = fulfillment
        self._settings = settings
        self._tray = tray
        self._papers = papers
        self._supplies = supplies
        self._stop: str | None = None
        self._place = ""
        self._box: list[Order] = []
        self._queue: list[BoxToPack] = []
        self._wanted: OrderId | None = None
        self.queue = ParcelQueue()
        self.shared = SharedBox(actions["bench.together"])
        self.pieces = BenchPieces(frame.look, facts.listings)
        self.checklist = Checklist(frame.look)
        self.stopped = KitStop(actions["go.supplies"])
        self.timer = PackingTimer(frame.look)
        self.pace = Text("", Type.SMALL, soft=True, wrap=True)
        self.ship_to = ShipToCard(frame.look)
        self.kit = KitCard(frame.look)
        self.box = BoxPhotoCard(frame.look, actions["bench.photo"])
        self.camera = CameraOffer(frame.look, actions["bench.camera"])
        self.photos = BenchPhotos(frame, facts.photos, facts.camera, self.box, self.camera, self)
        self.done_button = Button("Done – next parcel", "primary", room="large")
        self._build()

    # ---- set out

    def _build(self) -> None:
        actions = self.frame_.actions
        self.done_button.setText(f"{self.done_button.text()}   Enter")
        self.done_button.follow(actions["bench.done"])
        self.checklist.changed.connect(self._hear_tick)
        self.queue.chosen.connect(lambda key: self.take(OrderId(key)))
        row = QHBoxLayout()
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_L)
        row.addWidget(self._left(), 3)
        row.addLayout(self._right(), 2)
        self._work = QWidget()
        column = QVBoxLayout(self._work)
        column.setContentsMargins(*NO_SPACE)
        column.setSpacing(SPACE_M)
        self._above = bare_row(SPACE_M)
        self._above.addWidget(self.queue, 1)
        column.addLayout(self._above)
        column.addLayout(row, 1)
        column.addWidget(self._bar())
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
        self._stack.addWidget(self._work)
        self._stack.addWidget(self._empty)
        self.body.addWidget(holder, 1)

    def _left(self) -> Card:
        card = Card()
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        layout.setSpacing(SPACE_M)
        parts = (self.shared, self.pieces, Hairline(), self.checklist, self.stopped)
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        self._scroll = Scroll("The parcel at hand")
        self._scroll.hold(layout)
        self._scroll.resized.connect(self._fit)
        card.body.addWidget(self._scroll, 1)
        return card

    def _right(self) -> QVBoxLayout:
        self._pause = Button("Pause   T", room="large", name="Pause")
        self._pause.follow(self.frame_.actions["bench.pause"])
        self._timing = timing = Card()
        timing.body.addWidget(self.timer)
        timing.body.addWidget(self.pace)
        self.timer.head.addWidget(self._pause, 0, Qt.AlignmentFlag.AlignTop)
        above = QVBoxLayout()
        above.setContentsMargins(*NO_SPACE)
        above.setSpacing(SPACE_M)
        for card in (timing, self.ship_to, self.kit, self.box):
            above.addWidget(card)
        above.addStretch(1)
        upper = Scroll("Timer, address, kit and photos")
        upper.hold(above)
        right = QVBoxLayout()
        right.setSpacing(SPACE_M)
        right.addWidget(upper, 1)
        right.addWidget(self.camera)
        return right

    def _bar(self) -> ActBar:
        """Return the acts of the parcel, the one that ends it last and widest."""
        halting = self._button("missing", "Something is missing   Esc")
        later = self._button("skip", "Later   N")
        papers = self._button("card", "Card large   C"), self._button("print", "Print papers   P")
        return ActBar(((halting, later), papers, (self.done_button,)))

    def _button(self, id_: str, words: str) -> Button:
        action = self.frame_.actions[f"bench.{id_}"]
        button = Button(words, room="large", name=action.text())
        button.follow(action)
        return button

    # ---- what is shown

    @property
    def order(self) -> Order | None:
        """The parcel at hand; where several orders share it, the first of them."""
        return self._box[0] if self._box else None

    @property
    def _ids(self) -> tuple[OrderId, ...]:
        return tuple(each.id for each in self._box)

    def refresh(self) -> None:
        """Read the queue anew; the parcel at hand stays as long as it is to pack."""
        self._queue = self._facts.combining.queue()
        wanted = self._wanted if self._wanted is not None else (self._ids or (None,))[0]
        self._wanted = None
        entry = next((each for each in self._queue if wanted in each.ids), None)
        if entry is None and self._queue:
            entry = self._queue[0]
        self._show(entry)

    def take(self, order_id: OrderId) -> None:
        """Bring an order to the bench."""
        self._wanted = order_id
        self.refresh()
        self._is_stale = False  # it is read: what is shown next need not be read again

    def _show(self, entry: BoxToPack | None) -> None:
        self._stack.setCurrentWidget(self._work if entry else self._empty)
        self._show_pace()
        for id_ in _KEYS:
            self.frame_.actions[f"bench.{id_}"].setEnabled(entry is not None)
        before = self._ids
        self._box = [self._orders.get(each) for each in entry.ids] if entry else []
        if entry is None or self.order is None:
            self._clear()
            return
        order, today = self.order, self._settings.today()
        is_new = order.id not in before
        self.title.setText(joined([self._numbers(), order.customer or ""]))
        place = self._queue.index(entry) + 1
        self._place = f"{place} of {count_text(len(self._queue), 'parcel')} to pack"
        self.queue.show_queue(queued(self._queue, today), int(order.id))
        numbers = [each.number for each in self._box]
        self.shared.show_box(numbers, [each.number for each in entry.offered])
        self.pieces.show_orders(self._box)
        self._fit()
        stale = [
            sentence(e.sentence) for each in self._box for e in self._facts.printed.stale(each)
        ]
        self.ship_to.show_order(self._most_urgent(), today, stale)
        self._show_kit(is_new=is_new)
        if is_new:
            self.photos.begin(self._ids, numbers_text(numbers))
            self.photos.watch(self.isVisible())
        self.photos.share(self._ids)
        self.photos.show_kept()
        if self._ids != before:
            self._begin(is_new=is_new)
        self._judge()

    def _clear(self) -> None:
        self.timer.pause()
        self.photos.begin((), "")
        self.photos.watch(False)
        self.frame_.actions["bench.together"].setEnabled(False)
        self.title.setText("Bench")
        self._place = "Nothing to pack"
        self.subtitle.setText(self._place)
        self._judge()

    def _begin(self, *, is_new: bool) -> None:
        """Lay out the checks; only another parcel sets the timer back, not another order in it."""
        self._steps.restart()
        self.checklist.show_items(check_items(self._box))
        if is_new:
            self.timer.restart()
        self._scroll.verticalScrollBar().setValue(0)
        if self.isVisible():
            self.focus_first()
        if self._stop is not None:
            self.timer.pause()

    def _most_urgent(self) -> Order:
        """Return the order of the box that must leave first."""
        promised = [each for each in self._box if each.ship_by is not None]
        return min(promised, key=lambda each: str(each.ship_by), default=self._box[0])

    def _numbers(self) -> str:
        return numbers_text([each.number for each in self._box])

    def _show_pace(self) -> None:
        measure = self._facts.measures.packing()
        week = measure.this_week
        told = f"This week · {packing_told(week, measure.slowest)}" if week.parcels else ""
        self.pace.setText(told)
        self.pace.setVisible(week.parcels > 0)

    def _fit(self) -> None:
        """Keep words whole and the address in sight where the room is small."""
        px = self.frame_.look.px
        is_low = self.height() < px(_LOW)
        self.pieces.be_narrow(self._scroll.viewport().width() < px(_NARROW))
        self.pieces.be_low(is_low)
        self.timer.be_small(is_low)
        self.subtitle.setText(joined([self._place, self.pace.text() if is_low else ""]))
        # Where there is little height the timer stands beside the queue: address and kit are seen.
        if is_low != self._timing.isHidden():
            self._timing.setHidden(is_low)
            if is_low:
                self._above.addWidget(self.timer)
            else:
                self._timing.body.insertWidget(0, self.timer)

    def _show_kit(self, *, is_new: bool) -> None:
        """Show the kit. What it lacks stops the start; a parcel once begun is never stopped."""
        lead, pieces = self._box[0], pieces_together(self._box)
        if is_new or self._stop is not None:
            was_stopped = self._stop is not None and not is_new
            self._stop = self._supplies.missing(lead, pieces)
            if was_stopped and self._stop is None:
                self.timer.restart()
        self.kit.show_kit(self._supplies.kit(lead, pieces))
        self.stopped.show_stop(self._stop)
        self.checklist.setVisible(self._stop is None)

    def panes(self) -> Sequence[QWidget]:
        """Return the list to tick and the button that ends it."""
        if self._box and self._stop is not None:
            return (self.stopped.button,)
        rows = self.checklist.rows()
        return (rows[0], self.done_button) if rows and self._box else (self._empty_button,)

    def showEvent(self, event: QShowEvent) -> None:
        """Look out for photos while the bench is looked at."""
        super().showEvent(event)
        self.photos.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look out no more."""
        super().hideEvent(event)
        self.photos.watch(False)

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
        can_end = bool(self._box) and self._is_checked() and self._stop is None
        self.frame_.actions["bench.done"].setEnabled(can_end)

    def finish(self) -> None:
        """Pack this box and go on to the next."""
        order = self.order
        if order is None or not self._is_checked() or self._stop is not None:
            return
        seconds, steps = self.timer.seconds, self._steps.seconds
        self.frame_.act(
            lambda: self._fulfillment.finish_packing(order.id, seconds, steps),
            f"{self._named()} packed in {minutes_and_seconds(seconds)}.",
        )

    def _named(self) -> str:
        return f"Order{'s' if len(self._box) > 1 else ''} {self._numbers()}"

    def together(self) -> None:
        """Put what goes to the same buyer and address into this box, or take it apart again."""
        entry = next((each for each in self._queue if each.ids == self._ids), None)
        if entry is None:
            return
        combining = self._facts.combining
        if entry.offered:
            ids = [*entry.ids, *(each.id for each in entry.offered)]
            self.frame_.act(lambda: combining.combine(ids), "They go in one box.")
        elif len(entry.ids) > 1:
            last = entry.ids[-1]
            said = f"Order {self._box[-1].number} gets a box of its own."
            self.frame_.act(lambda: combining.take_apart(last), said)

    def miss(self) -> None:
        """Ask what is missing and put this parcel on hold."""
        if self._box:
            ids, named = self._ids, self._named()
            several = f"{self._numbers()}" if len(ids) > 1 else ""
            form = HoldOrder(self._numbers(), self.window(), several=several)
            form.answered.connect(lambda answer: self._hold(ids, named, answer))
            form.open()

    def _hold(self, ids: Sequence[OrderId], named: str, answer: HoldChoice) -> None:
        verb = "are" if len(ids) > 1 else "is"
        self.frame_.act(
            lambda: (
                self._facts.batches.hold(ids, answer.reason, answer.until).changes
                if len(ids) > 1
                else self._orders.hold(ids[0], answer.reason, answer.until)
            ),
            f"{named} {verb} on hold.",
        )

    def skip(self) -> None:
        """Take the next parcel first; this one stays in the queue."""
        here = next((n for n, each in enumerate(self._queue) if each.ids == self._ids), None)
        if here is not None and len(self._queue) > 1:
            self.take(self._queue[(here + 1) % len(self._queue)].ids[0])

    def parcel(self) -> list[OrderId]:
        """Return the orders of the parcel at hand."""
        return list(self._ids) if self._box else []

    def print_papers(self) -> None:
        """Make the slips of this parcel, and one card: one buyer reads one."""
        if self._box:
            self._tray.print_slips(self._ids)
            self._tray.print_cards(self._ids[:1])

    def choose_photo(self) -> None:
        """Ask for a photo of the open box."""
        if not self._box:
            return
        chooser = QFileDialog(self.window(), "Photo of the open box")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.setNameFilter("Photos (*.jpg *.jpeg *.png *.webp)")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.filesSelected.connect(lambda names: self.photos.add_files([Path(n) for n in names]))
        chooser.open()

    def show_card(self) -> None:
        """Show the card's words large, to write them by hand."""
        if self.order is not None:
            order_id, card = self.order.id, self._papers.card(self.order.id)
            form = CardWords(card, self.window())
            form.answered.connect(lambda _words: self._write_card(order_id, card))
            form.open()

    def _write_card(self, order_id: OrderId, card: CardText) -> None:
        """Keep that the card was written by hand, and tick it."""
        written = self.frame_.act(
            lambda: self._papers.write_card(order_id, card), "The card is written."
        )
        if written and self.order is not None and self.order.id == order_id:
            self.checklist.row("card").setChecked(True)

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
