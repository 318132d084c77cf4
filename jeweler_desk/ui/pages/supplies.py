"""Supplies: what lies on the shelf, what one parcel takes of it, and what is to be ordered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.supply import NewSupply, Supply, SupplyId
from jeweler_desk.domain.wording import count_text, moment_text, supply_moved
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.supplies import Supplies
from jeweler_desk.ui.dialogs.supply_form import SupplyForm, UnitsForm
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.page import Page, bare_row
from jeweler_desk.ui.tables.supplies import SupplySort, kit_words, sort_key, supply_columns
from jeweler_desk.ui.tables.supplies import supply_said as said_of
from jeweler_desk.ui.tables.table_model import TableModel
from jeweler_desk.ui.tables.table_view import DeskTable
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_S, SPACE_XS, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import in_words, joined, sentence

_FOLDER = "papers"


@dataclass(frozen=True, slots=True)
class _Printed:
    """A reorder list that was written into the folder."""

    path: Path
    pages: int


class SuppliesPage(Page):
    """The list of supplies and the one at hand."""

    topics = frozenset({Topic.SUPPLIES, Topic.SETTINGS})

    def __init__(
        self,
        frame: Frame,
        supplies: Supplies,
        settings: Settings,
        folder: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "Supplies", parent)
        self._supplies = supplies
        self._settings = settings
        self._folder = folder
        self._known: dict[SupplyId, Supply] = {}
        self._sort: tuple[SupplySort, bool] = (SupplySort.NAME, False)
        self._chosen: SupplyId | None = None
        self.model: TableModel[SupplyId, Supply] = TableModel(
            supply_columns(), self._rows, lambda row: row.id, self
        )
        self.table = DeskTable(frame.look, self.model, "Supplies", self)
        self._build()

    # ---- set out

    def _build(self) -> None:
        frame = self.frame_
        for id_, verb in (("supply.copy", "Copy list"), ("supply.print", "Print reorder list")):
            button = Button(verb, name=frame.actions[id_].text())
            button.follow(frame.actions[id_])
            self.add_act(button)
        self.model.sort_wanted.connect(self._sort_by)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.change())
        add = Button("Add a supply…", "primary")
        add.follow(frame.actions["supply.add"])
        self._empty = EmptyState(
            frame.look,
            "supplies",
            "Your boxes, tape and cards will be here",
            "Say what lies on the shelf and what one parcel takes of it: packing counts it down,"
            " and you are reminded once before it runs out.",
            add,
        )
        card = Card()
        card.body.setSpacing(SPACE_S)
        more = Button("Add a supply…", name=frame.actions["supply.add"].text())
        more.follow(frame.actions["supply.add"])
        card.body.addWidget(self.table, 1)
        card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(SPACE_L)
        halves.setContentsMargins(*NO_SPACE)
        halves.addWidget(card)
        halves.addWidget(self._detail())
        halves.setStretchFactor(0, 9)
        halves.setStretchFactor(1, 4)
        halves.setSizes([900, 400])
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(halves)
        self._stack.addWidget(self._empty)
        self._halves = halves
        self.body.addWidget(holder, 1)

    def _detail(self) -> Card:
        actions = self.frame_.actions
        card = Card()
        self._scroll = Scroll("The chosen supply", takes_focus=True)
        card.body.addWidget(self._scroll, 1)
        self.next_button = Button("Count…", "primary")
        self.next_button.clicked.connect(self._take_next_step)
        card.body.addWidget(self.next_button)
        rows = (
            (("supply.count", "Count…"), ("supply.receive", "Came in…"), ("supply.use", "Used…")),
            (("supply.change", "Change…"), ("supply.remove", "Remove")),
        )
        self.buttons: dict[str, Button] = {}
        for each in rows:
            row = bare_row()
            for id_, verb in each:
                button = Button(verb, name=actions[id_].text(), room="small")
                button.follow(actions[id_])
                row.addWidget(button)
                self.buttons[id_] = button
            row.addStretch(1)
            card.body.addLayout(row)
        return card

    # ---- what is shown

    def refresh(self) -> None:
        """Read the list and the chosen supply anew."""
        self._known = {each.id: each for each in self._supplies.all()}
        by, descending = self._sort
        ordered = sorted(self._known.values(), key=lambda each: sort_key(each, by))
        ids = [each.id for each in (reversed(ordered) if descending else ordered)]
        self.model.show_ids(ids)
        self._stack.setCurrentWidget(self._halves if ids else self._empty)
        low = sum(each.is_low for each in self._known.values())
        told = f"{in_words(low)} low" if low else "nothing is low"
        kinds = count_text(len(ids), "kind")
        self.subtitle.setText(joined([kinds, told]) if ids else "Nothing is counted yet")
        has_list = any(each.is_low and not each.ordered_at for each in self._known.values())
        for id_ in ("supply.copy", "supply.print"):
            self.frame_.actions[id_].setEnabled(has_list)
        if self._chosen is None or not self.table.choose(self._chosen):
            self._chosen = ids[0] if ids else None
            if ids:
                self.table.selectRow(0)
        self._show_chosen(self._chosen)

    def show_supply(self, name: str) -> None:
        """Choose the supply of that name, if it is still there."""
        found = next((each for each in self._supplies.all() if each.name == name), None)
        if found is not None:
            self._chosen = found.id
            self.refresh()

    @property
    def chosen(self) -> Supply | None:
        """The supply at hand."""
        return self._known.get(self._chosen) if self._chosen is not None else None

    def _rows(self, ids: Sequence[SupplyId]) -> list[Supply]:
        return [self._known[each] for each in ids if each in self._known]

    def _sort_by(self, by: str, descending: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._sort = SupplySort(by), descending
        self.refresh()

    def _show_chosen(self, supply_id: object) -> None:
        self._chosen = SupplyId(supply_id) if isinstance(supply_id, int) else None
        supply = self.chosen
        for id_ in ("count", "receive", "use", "change", "remove"):
            self.frame_.actions[f"supply.{id_}"].setEnabled(supply is not None)
        ordering = supply is not None and supply.is_low and supply.ordered_at is None
        self.frame_.actions["supply.ordered"].setEnabled(ordering)
        self.next_button.setVisible(supply is not None)
        self.next_button.say("More is ordered" if ordering else "Count…")
        self.buttons["supply.count"].setVisible(ordering)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        layout.setSpacing(SPACE_S)
        if supply is None:
            layout.addWidget(Text("Choose a supply to see it here.", soft=True, wrap=True))
        else:
            self._fill(layout, supply)
        layout.addStretch(1)
        self._scroll.hold(layout)

    def _fill(self, layout: QVBoxLayout, supply: Supply) -> None:
        layout.addWidget(Text(supply.name, Type.HEADING, wrap=True))
        chips = FlowLayout()
        state = said_of(supply)
        if state is not None:
            chips.addWidget(StatusChip(self.frame_.look, state.text, state.tone))
        chips.addWidget(StatusChip(self.frame_.look, f"{supply.stock} left"))
        layout.addLayout(chips)
        facts = (
            ("Place", supply.place or "not said"),
            ("The kit takes", kit_words(supply) or "nothing of it"),
            ("Supplier", supply.supplier or "not said"),
            ("One pack", count_text(supply.pack_size, "unit")),
            ("Reorder at", _point_words(supply)),
        )
        for name, words in facts:
            layout.addWidget(Hairline())
            layout.addWidget(Text(name, Type.SMALL, soft=True))
            layout.addWidget(Text(words, wrap=True))
        moves = self._supplies.moves(supply.id)
        if moves:
            now, zone = self.frame_.now(), self._settings.timezone()
            layout.addWidget(Hairline())
            layout.addWidget(Text("What happened", Type.SMALL, soft=True))
            box = QVBoxLayout()
            box.setSpacing(SPACE_XS)
            for move in moves:
                words = f"{moment_text(move.at, now, zone)}   {supply_moved(move)}"
                box.addWidget(Text(words, Type.SMALL, soft=True, wrap=True))
            layout.addLayout(box)

    def panes(self) -> Sequence[QWidget]:
        """Return the list and the supply beside it."""
        return (self.table, self._scroll) if self._known else (self._empty,)

    # ---- what can be done

    def _take_next_step(self) -> None:
        supply = self.chosen
        if supply is None:
            return
        ordering = supply.is_low and supply.ordered_at is None
        self.frame_.actions["supply.ordered" if ordering else "supply.count"].trigger()

    def add(self) -> None:
        """Ask for a new supply."""
        form = SupplyForm(None, self.window())
        form.answered.connect(self._add)
        form.open()

    def _add(self, new: NewSupply) -> None:
        def add() -> Changes:
            self._chosen, changes = self._supplies.add(new)
            return changes

        self.frame_.act(add, f"{new.name} is in the list.")

    def change(self) -> None:
        """Ask what is to be said of the chosen supply."""
        supply = self.chosen
        if supply is not None:
            form = SupplyForm(supply, self.window())
            form.answered.connect(
                lambda new: self.frame_.act(
                    lambda: self._supplies.change(supply.id, new), f"{new.name} is up to date."
                )
            )
            form.open()

    def count(self) -> None:
        """Ask how many are on the shelf."""
        self._ask(
            "Count {}", "Counted", "On the shelf", self._supplies.count, "{} of {} are there."
        )

    def receive(self) -> None:
        """Ask how many came in."""
        self._ask("{} came in", "Put on the shelf", "Units", self._supplies.receive, "{} {} more.")

    def use(self) -> None:
        """Ask how many were taken for anything but a parcel."""
        self._ask("{}: used", "Take off", "Units", self._supplies.use, "{} {} taken off the shelf.")

    def _ask(
        self,
        heading: str,
        verb: str,
        label: str,
        act: Callable[[SupplyId, int], Changes],
        said: str,
    ) -> None:
        supply = self.chosen
        if supply is None:
            return
        start = {"Count {}": supply.stock, "{} came in": supply.pack_size}.get(heading, 1)
        form = UnitsForm(heading.format(supply.name), verb, label, start, self.window())
        form.answered.connect(
            lambda units: self.frame_.act(
                lambda: act(supply.id, units), sentence(said.format(units, supply.name))
            )
        )
        form.open()

    def mark_ordered(self) -> None:
        """Note that more of the chosen supply is ordered."""
        supply = self.chosen
        if supply is not None:
            self.frame_.act(
                lambda: self._supplies.mark_ordered(supply.id),
                f"More of {supply.name} is ordered.",
            )

    def remove(self) -> None:
        """Take the chosen supply out of the list; Undo brings it back."""
        supply = self.chosen
        if supply is not None:
            self.frame_.act(
                lambda: self._supplies.retire(supply.id), f"{supply.name} is out of the list."
            )

    def copy_list(self) -> None:
        """Put the reorder list on the clipboard."""
        try:
            text = self._supplies.reorder_text()
        except RefusedError as refused:
            self.frame_.notices.tell(str(refused))
            return
        QGuiApplication.clipboard().setText(text)
        self.frame_.notices.tell("The reorder list is copied: paste it where you order.")

    def print_list(self) -> None:
        """Make the reorder list as a PDF and open it."""
        try:
            make = self._supplies.reorder_job()
        except RefusedError as refused:
            self.frame_.notices.tell(str(refused))
            return
        path = self._path()

        def work() -> _Printed:
            pdf, pages = make()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pdf)
            return _Printed(path, pages)

        self.frame_.work("reorder", work, self._tell_printed, "The list was not printed.")

    def _tell_printed(self, printed: object) -> None:
        if isinstance(printed, _Printed):
            self.frame_.notices.tell(f"The reorder list is saved as {printed.path.name}.")
            self.frame_.open_outside(QUrl.fromLocalFile(str(printed.path)))

    def _path(self) -> Path:
        folder = self._folder
        if folder is None:
            place = QStandardPaths.StandardLocation.TempLocation
            folder = Path(QStandardPaths.writableLocation(place))
        return folder / _FOLDER / f"reorder-list-{self.frame_.now():%Y-%m-%d-%H%M%S}.pdf"


def _point_words(supply: Supply) -> str:
    if supply.reorder_point is None:
        return "never reminded"
    packs = supply.packs_to_order
    return joined([str(supply.reorder_point), f"{count_text(packs, 'pack')} now" if packs else ""])
