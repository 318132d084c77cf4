"""Orders: the views with their counts, one table, and the chosen order beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QWidget,
)

from jeweler_desk.domain.combining import numbers_text
from jeweler_desk.domain.label import waiting
from jeweler_desk.domain.order import (
    FulfillmentStatus,
    Order,
    OrderId,
    Stage,
)
from jeweler_desk.domain.order_listing import title_of
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import OrderSort, View
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.order_batches import MOST_AT_ONCE
from jeweler_desk.ui.dialogs.hold_order import HoldChoice, HoldOrder
from jeweler_desk.ui.dialogs.ship_order import HandOver, ShipOrder
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.letter_desk import LetterDesk
from jeweler_desk.ui.pages.list_columns import ListColumns
from jeweler_desk.ui.pages.order_acts import OrderActs
from jeweler_desk.ui.pages.order_selection import SelectionActs
from jeweler_desk.ui.pages.page import Page, bare_row
from jeweler_desk.ui.pages.parcel_acts import ParcelActs
from jeweler_desk.ui.paper_tray import PaperTray
from jeweler_desk.ui.tables.orders import order_columns
from jeweler_desk.ui.tables.table_model import TableModel
from jeweler_desk.ui.tables.table_view import DeskTable
from jeweler_desk.ui.theme import SPACE_S, SPACE_XS
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.halves import Halves
from jeweler_desk.ui.widgets.label_lines import LabelDeeds
from jeweler_desk.ui.widgets.letter_lines import LetterDeeds
from jeweler_desk.ui.widgets.no_orders import NoOrders
from jeweler_desk.ui.widgets.order_panel import OrderPanel
from jeweler_desk.ui.widgets.parcel_lines import ParcelDeeds
from jeweler_desk.ui.widgets.selection_strip import SelectionStrip
from jeweler_desk.ui.words import VIEW_NAMES, in_words, joined, sentence

_PAUSE_MS = 30
_BESIDE_MS = 60
_SHARES = (9, 4)
_NEXT_STEP = {
    FulfillmentStatus.TO_MAKE: "order.making",
    FulfillmentStatus.MAKING: "order.ready",
    FulfillmentStatus.READY: "order.pack",
    FulfillmentStatus.PARTIALLY_SHIPPED: "order.pack",
    FulfillmentStatus.PACKED: "order.ship",
}


class OrdersPage(Page):
    """The list of orders and the one at hand."""

    packing_wanted = Signal(object)
    topics = frozenset({Topic.ORDERS, Topic.SETTINGS, Topic.LETTERS})

    def __init__(
        self,
        frame: Frame,
        desk: Desk,
        tray: PaperTray,
        letter_desk: LetterDesk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "Orders", parent)
        self._desk = desk
        self._shipments = desk.shipments
        self._orders = desk.orders
        self._fulfillment = desk.fulfillment
        self._settings = desk.settings
        self._clock = desk.clock
        self._today: date = desk.settings.today()
        self._view = View.ALL
        self._is_reading = False
        self._sorts: dict[View, tuple[OrderSort, bool]] = {}
        self._chosen: OrderId | None = None
        self.acts = OrderActs(frame, desk, lambda: self.chosen, self.window)
        self.parcels = ParcelActs(frame, desk, lambda: self.chosen, self.window)
        self.model: TableModel[OrderId, OrderSummary] = TableModel(
            order_columns(lambda: self._today), desk.orders.summaries, lambda row: row.id, self
        )
        self.table = DeskTable(
            frame.look,
            self.model,
            "Orders",
            self,
            is_many=True,
            are_movable=True,
            has_own_order=True,
        )
        self.columns = ListColumns(
            frame, desk.order_lists, desk.settings, self.table, self.model, lambda: self._today
        )
        self.many = SelectionActs(
            frame,
            desk,
            lambda ids: tray.print_slips(desk.combining.packing_order(ids)),
            self.window,
        )
        self._tray = tray
        self.panel = OrderPanel(
            frame.look,
            frame.photo_of,
            parcels=ParcelDeeds(desk.shipments, self.parcels.follow, self.parcels.learn),
            labels=LabelDeeds(self.acts.labels.correct, self.acts.labels.mark),
            letters=LetterDeeds(desk.letters.of_order, letter_desk.go_on_with),
        )
        self.filter = QLineEdit()
        self.tabs: dict[View, Button] = {}
        self._pause = QTimer(self)
        self._beside = QTimer(self)
        self._build()

    def _build(self) -> None:
        frame = self.frame_
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.find_typed)
        # What is typed is answered with rows first, with the order beside them right after.
        self._beside.setSingleShot(True)
        self._beside.setInterval(_BESIDE_MS)
        self._beside.timeout.connect(self._show_at_rest)
        importing = Button("Import…", icon=frame.look.icon("import"), name="Import orders")
        importing.follow(frame.actions["import"])
        self.add_act(importing)
        group = QButtonGroup(self)
        tabs = FlowLayout(spacing=SPACE_XS)
        for view in View:
            tab = Button(VIEW_NAMES[view], "tab")
            tab.setCheckable(True)
            tab.setToolTip(frame.actions[f"view.{view}"].toolTip())
            tab.clicked.connect(frame.actions[f"view.{view}"].trigger)
            group.addButton(tab)
            tabs.addWidget(tab)
            self.tabs[view] = tab
        self.filter.setPlaceholderText("Filter this list…")
        self.filter.setAccessibleName("Filter this list")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._pause.start)
        self.model.sort_wanted.connect(self.sort_by)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self._take_next_step)
        self.body.addLayout(tabs)
        self.body.addWidget(self._halves(), 1)
        self._add_buttons()

    def _halves(self) -> Halves:
        frame = self.frame_
        self._empty = NoOrders(frame.look, frame.actions["import"])
        card = Card()
        card.body.setSpacing(SPACE_S)
        above = bare_row()
        above.addWidget(self.filter, 1)
        columns = Button("Columns", name="Choose the columns")
        columns.setMenu(self.columns.menu)
        above.addWidget(columns)
        printing = Button("Print list", name=frame.actions["orders.list"].text())
        printing.follow(frame.actions["orders.list"])
        above.addWidget(printing)
        card.body.addLayout(above)
        self.strip = SelectionStrip(frame.actions.__getitem__)
        self.table.several.connect(self.strip.count)
        card.body.addWidget(self.strip)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(holder, 1)
        return Halves(frame.look, (card, self.panel), _SHARES)

    def _add_buttons(self) -> None:
        actions = self.frame_.actions
        self.next_button = Button("Start packing", "primary")
        self.next_button.clicked.connect(self._take_next_step)
        first = bare_row()
        first.addWidget(self.next_button, 1)
        row = FlowLayout(spacing=SPACE_XS)
        self._more: dict[str, Button] = {}
        for id_, verb in (
            ("order.slip", "Print"),
            ("order.write", "Write"),
            ("order.hold", "Hold…"),
            ("order.release", "Release"),
        ):
            button = Button(verb, name=actions[id_].text(), room="small")
            button.follow(actions[id_])
            row.addWidget(button)
            self._more[id_] = button
        self.more_button = Button("More…", name="More acts with this order")
        self.more_menu = QMenu(self.more_button)
        self.more_menu.aboutToShow.connect(self._fill_more)
        self.more_button.setMenu(self.more_menu)
        first.addWidget(self.more_button)
        self.panel.buttons.addLayout(first)
        self.panel.buttons.addLayout(row)

    # ---- what is shown

    def refresh(self) -> None:
        """Read counts, list and the chosen order anew."""
        self._today = self._settings.today()
        self.columns.show()
        self._show_sort()
        counts = self._orders.counts()
        for view, tab in self.tabs.items():
            tab.say(f"{VIEW_NAMES[view]} {counts[view]}", f"{VIEW_NAMES[view]}, {counts[view]}")
        self.tabs[self._view].setChecked(True)
        self._say_heading(counts)
        self._read_list()

    def _say_heading(self, counts: Mapping[View, int]) -> None:
        names = {View.TO_MAKE: "to make", View.TO_PACK: "to pack", View.TO_SHIP: "to ship"}
        told = [f"{in_words(counts[view])} {name}" for view, name in names.items() if counts[view]]
        late = counts[View.LATE]
        told.append(f"{in_words(late)} late" if late else "none late")
        self.subtitle.setText(sentence(joined(told)))

    def show_view(self, view: View) -> None:
        """Show another view of the list."""
        self._view = view
        self.table.clearSelection()
        self._show_sort()
        self.tabs[view].setChecked(True)
        self._read_list()

    def show_order(self, order_id: OrderId) -> None:
        """Choose an order, in the present view or in all orders."""
        self._chosen = order_id
        if self.model.row_of(order_id) < 0:
            self.filter.clear()
            self._pause.stop()
            self.show_view(View.ALL)
        self._is_reading = True
        self.table.choose(order_id)
        self._is_reading = False
        self._show_chosen(order_id)

    def expect(self, order_id: OrderId) -> None:
        """Choose this order when the list is read the next time."""
        self._chosen = order_id
        self._view = View.ALL

    def _show_sort(self) -> None:
        """Mark how the present view is sorted; each keeps its own way."""
        by, falling = self._sorts.get(self._view, (None, False))
        self.table.show_sort(by, falling=falling)

    def _ids(self) -> list[OrderId]:
        sort, descending = self._sorts.get(self._view, (None, False))
        text = self.filter.text().strip() or None
        return self._orders.ids(self._view, search=text, sort=sort, descending=descending)

    def find_typed(self) -> None:
        """Show what the filter finds; the order beside it follows when the typing rests."""
        self._find_list()
        self._beside.start()

    def _show_at_rest(self) -> None:
        self._beside.stop()
        self._show_chosen(self._chosen)

    def _read_list(self) -> None:
        """Read the list anew; what was chosen in it stays chosen."""
        self._find_list()
        self._show_at_rest()

    def _find_list(self) -> None:
        text = self.filter.text().strip() or None
        ids = self._ids()
        several = self.table.selected_count
        kept = self.table.selected_ids() if 1 < several <= MOST_AT_ONCE else []
        # The order beside the list is shown once, when it is known which one that is.
        self._is_reading = True
        self.model.show_ids(ids)
        has_kept = several > 1 and self.table.selected_count == several
        self._stack.setCurrentWidget(self.table if ids else self._empty)
        if not ids:
            self._empty.say_why(self._view, text)
        if not has_kept and (self._chosen is None or not self.table.choose(self._chosen)):
            if ids:
                self.table.selectRow(0)
            self._chosen = ids[0] if ids else None
        if not has_kept and self.model.rows_of([OrderId(int(str(key))) for key in kept]):
            self.table.select_ids(kept)
        self._is_reading = False

    def _show_chosen(self, order_id: object) -> None:
        if self._is_reading:
            return
        self._chosen = OrderId(order_id) if isinstance(order_id, int) else None
        if self._chosen is None:
            self.panel.show_nothing("Choose an order to see it here.")
            self._show_buttons(None)
            return
        order = self._orders.get(self._chosen)
        stale = [sentence(each) for each in self._desk.printed_papers.sentences(order)]
        now, timezone = self._clock.now(), self._settings.timezone()
        boxes = self._desk.box_photos.of(order.id)
        papers = self._tray.lines_of(order)
        self.panel.show_order(order, self._today, now, timezone, stale, boxes, papers)
        self._show_buttons(order)

    def _show_buttons(self, order: Order | None) -> None:
        actions = self.frame_.actions
        step = self._next_step(order)
        self.next_button.setVisible(step is not None)
        if step is not None:
            self.next_button.say(actions[step].text())
            self.next_button.setToolTip(actions[step].toolTip())
        has_hold = order is not None and order.hold is not None
        self._more["order.hold"].setVisible(
            order is not None and not has_hold and bool(order.units_to_send)
        )
        self._more["order.release"].setVisible(has_hold and step != "order.release")
        self._more["order.slip"].setVisible(order is not None)
        self.more_button.setVisible(order is not None)
        self._more["order.write"].setVisible(order is not None and bool(order.email))

    def _fill_more(self) -> None:
        self.acts.fill(self.more_menu)

    @staticmethod
    def _next_step(order: Order | None) -> str | None:
        if order is None:
            return None
        if order.hold is not None:
            return "order.release"
        if order.passes_gate and any(line.units_closed for line in order.line_items):
            return "order.ship"
        return _NEXT_STEP.get(order.fulfillment_status) if order.passes_gate else None

    def sort_by(self, by: str, descending: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Sort the present view by a column; without one, the list is in its own order again."""
        if by:
            self._sorts[self._view] = OrderSort(by), descending
        else:
            self._sorts.pop(self._view, None)
        self._read_list()

    def panes(self) -> Sequence[QWidget]:
        """Return the list and the order beside it."""
        if self.model.rowCount() == 0:
            button = self._empty.button
            return (button if button.isVisibleTo(self) else self.filter,)
        return (self.table, self.panel.pane)

    # ---- what can be done

    @property
    def chosen(self) -> Order | None:
        """The order at hand."""
        self.table.come_to_rest()
        if self._beside.isActive():
            self._show_at_rest()
        return self.panel.order

    def _take_next_step(self) -> None:
        step = self._next_step(self.chosen)
        if step is not None:
            self.frame_.actions[step].trigger()

    def several(self) -> list[OrderId]:
        """Return the chosen orders where more than one is chosen, else nothing."""
        if self.table.selected_count < 2:  # noqa: PLR2004 - more than one
            return []
        return [OrderId(key) for key in self.table.selected_ids() if isinstance(key, int)]

    def marked(self) -> list[OrderId]:
        """Return the chosen orders in packing order, or the one that is shown."""
        several = self.several()
        if several:
            return self._desk.combining.packing_order(several)
        return [self.chosen.id] if self.chosen else []

    def print_slips(self) -> None:
        """Print the slips of the chosen orders."""
        if several := self.several():
            self.many.print_slips(several)
        else:
            self._tray.print_slips([self.chosen.id] if self.chosen else [])

    def print_list(self) -> None:
        """Print the list as it is shown."""
        title = title_of(self._view, self.filter.text().strip() or None)
        self._tray.print_list(lambda: self._desk.order_lists.list_job(self._ids(), title))

    def start_packing(self) -> None:
        """Take the chosen order to the bench."""
        if self.chosen is not None:
            self.packing_wanted.emit(self.chosen.id)

    def set_stage(self, stage: Stage) -> None:
        """Move the making of the chosen order on."""
        order = self.chosen
        if order is None:
            return
        said = {Stage.MAKING: "is being made", Stage.READY: "is ready to pack"}
        self.frame_.act(
            lambda: self._fulfillment.set_stage(order.id, stage),
            f"Order {order.number} {said.get(stage, 'is to make')}.",
        )

    def ship(self) -> None:
        """Ask for carrier and tracking number and hand the chosen order over."""
        if several := self.several():
            self.many.hand_over(several)
            return
        order = self.chosen
        if order is not None:
            box = self._fulfillment.box(order.id)
            stale = [self._desk.printed_papers.refusal(each) or "" for each in box]
            labels = [label for each in box for label in waiting(each.labels, each.units_to_send)]
            form = ShipOrder(
                numbers_text([each.number for each in box]),
                self.window(),
                numbers=self._shipments.numbers,
                usual_carrier=self._shipments.usual_carrier(),
                currency=self._settings.get("shop.currency"),
                stale=" ".join(each for each in stale if each),
                label=(*labels, None)[0],
                now=self._clock.now(),
                timezone=self._settings.timezone(),
            )
            form.answered.connect(lambda answer: self._ship(order, answer))
            form.open()

    def _ship(self, order: Order, answer: HandOver) -> None:
        self.frame_.act(
            lambda: self._fulfillment.ship(
                order.id,
                answer.carrier,
                answer.tracking_number,
                answer.label_cost,
                answer.wave_through,
                answer.at,
            ),
            _handed_over([order.number, *order.combined_with]),
        )

    def hold(self) -> None:
        """Ask why and put the chosen order on hold."""
        if several := self.several():
            self.many.hold(several)
            return
        order = self.chosen
        if order is not None:
            form = HoldOrder(order.number, self.window())
            form.answered.connect(lambda answer: self._hold(order, answer))
            form.open()

    def _hold(self, order: Order, answer: HoldChoice) -> None:
        self.frame_.act(
            lambda: self._orders.hold(order.id, answer.reason, answer.until),
            f"Order {order.number} is on hold.",
        )

    def release(self) -> None:
        """Let the chosen order go on."""
        order = self.chosen
        if order is not None:
            self.frame_.act(
                lambda: self._orders.release(order.id),
                f"Order {order.number} goes on.",
            )


def _handed_over(numbers: Sequence[str]) -> str:
    """Say what left; orders that shared a box left with it."""
    if len(numbers) == 1:
        return f"Order {numbers[0]} is handed over."
    return f"Orders {numbers_text(numbers)} are handed over in one box."
