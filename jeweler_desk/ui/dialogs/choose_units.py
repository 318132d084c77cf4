"""Choosing how many of which pieces an act is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.domain.order import Condition, LineItem, LineItemId, Order
from jeweler_desk.services.policies import Terms
from jeweler_desk.services.returns import CONDITION_NAMES
from jeweler_desk.ui.dialogs.form import Form, FormError, field_grid
from jeweler_desk.ui.in_turns import InTurns
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, SPACE_XS
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.clause import Clause
from jeweler_desk.ui.widgets.count_box import CountBox
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import joined, piece_details

_LONGEST_TITLE: Final = 24
_AT_ONCE: Final = 8
_IN_A_TURN: Final = 4


class UnitsForm(Form):
    """A form with one count for each piece; pieces of which none can be chosen are left out.

    The first pieces stand there at once; the others of a long order follow a few at a time.
    """

    counted = Signal()
    """Another count was chosen; told once, however many counts it changed."""

    def __init__(
        self,
        heading: str,
        verb: str,
        order: Order,
        most: Mapping[LineItemId, int],
        parent: QWidget,
        chosen: Mapping[LineItemId, int] | None = None,
    ) -> None:
        super().__init__(heading, verb, parent)
        self.counts: dict[LineItemId, CountBox] = {}
        self._is_counting = False
        self._most = {
            line.id: most[line.id] for line in order.line_items if most.get(line.id, 0) > 0
        }
        self._units = {
            line_id: min(units, self._most[line_id])
            for line_id, units in (chosen or {}).items()
            if line_id in self._most
        }
        lines = [line for line in order.line_items if line.id in self._most]
        for line in lines[:_AT_ONCE]:
            self._add_count(line)
        self._turns = InTurns(self)
        if lines[_AT_ONCE:]:
            self._add_later(lines[_AT_ONCE:])
        if len(lines) > 1:
            self._grid.addLayout(self._at_once(), self._grid.rowCount(), 1)

    def _add_count(self, line: LineItem, into: QGridLayout | None = None) -> None:
        most = self._most[line.id]
        box = CountBox(0, most, self._units.get(line.id, 0))
        box.setSuffix(f" of {most}")
        name = _short(line.title)
        whole = line.title if name != line.title else ""
        self.add_field(name, box, joined([whole, piece_details(line)]), into=into)
        box.setAccessibleName(line.title)
        box.valueChanged.connect(partial(self._hear, line.id))
        self.counts[line.id] = box

    def _add_later(self, lines: Sequence[LineItem]) -> None:
        """Keep a place for the pieces that follow; each few of them are set out by themselves."""
        box = next(iter(self.counts.values()))
        self.expect_more(len(lines) * 2 * (box.sizeHint().height() + SPACE_S))
        names = self.fontMetrics()
        wide = max(names.horizontalAdvance(_short(line.title)) for line in lines)
        self._grid.setColumnMinimumWidth(0, wide)
        place = QVBoxLayout()
        place.setSpacing(self._grid.verticalSpacing())
        self._grid.addLayout(place, self._grid.rowCount(), 0, 1, 2)
        starts = range(0, len(lines), _IN_A_TURN)
        parts = (partial(self._add_few, place, lines[at : at + _IN_A_TURN]) for at in starts)
        self._turns.begin((add() for add in parts), 0)

    def _add_few(self, place: QVBoxLayout, lines: Sequence[LineItem]) -> None:
        few = QWidget()
        grid = field_grid()
        grid.setContentsMargins(*NO_SPACE)
        few.setLayout(grid)
        grid.setColumnMinimumWidth(0, self._grid.cellRect(1, 0).width())
        with self.growing():
            for line in lines:
                self._add_count(line, grid)
            place.addWidget(few)
        # They come later than the fields below them, and are walked through before them.
        walk = list(self.counts.values())[-len(lines) - 1 :]
        for before, after in pairwise(walk):
            self.setTabOrder(before, after)

    def _hear(self, line_id: LineItemId, units: int) -> None:
        self._units[line_id] = units
        if not self._is_counting:
            self.counted.emit()

    def _at_once(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_XS)
        for words, is_all in (("All pieces", True), ("None", False)):
            button = Button(words, room="small")
            button.clicked.connect(partial(self._count_all, is_all=is_all))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _count_all(self, *, is_all: bool) -> None:
        self._is_counting = True
        self._units = dict(self._most) if is_all else {}
        for box in self.counts.values():
            box.setValue(box.maximum() if is_all else 0)
        self._is_counting = False
        self.counted.emit()

    @property
    def units(self) -> dict[LineItemId, int]:
        """The pieces that were chosen, in the order of the order."""
        return {each: self._units[each] for each in self._most if self._units.get(each)}

    def chosen_units(self) -> dict[LineItemId, int]:
        """Return the pieces. Raises `FormError` when none was chosen."""
        if not self.units:
            raise FormError("Choose at least one piece.")
        return self.units


@dataclass(frozen=True, slots=True)
class PartChoice:
    """The pieces of one parcel, and a line for its slip."""

    units: Mapping[LineItemId, int]
    note: str | None


class PackPart(UnitsForm):
    """Asks what goes into this parcel; the rest follows later."""

    def __init__(self, order: Order, parent: QWidget) -> None:
        most = {line.id: line.units_to_send for line in order.line_items}
        number = order.number
        super().__init__(f"Pack a part of order {number}", "Close this parcel", order, most, parent)
        self.note = QLineEdit()
        self.add_field(
            "Note on its slip", self.note, "The slip says what is inside and what follows."
        )

    def value(self) -> PartChoice:
        """Return the pieces and the note."""
        return PartChoice(self.chosen_units(), self.note.text().strip() or None)


@dataclass(frozen=True, slots=True)
class ReturnChoice:
    """The pieces that are to come back, and why."""

    units: Mapping[LineItemId, int]
    reason: str


class ReturnPieces(UnitsForm):
    """Asks what comes back and why."""

    def __init__(
        self,
        order: Order,
        most: Mapping[LineItemId, int],
        parent: QWidget,
        terms: Callable[[Mapping[LineItemId, int]], Terms | None] | None = None,
    ) -> None:
        number = order.number
        super().__init__(f"Pieces of order {number} come back", "Expect them", order, most, parent)
        self.reason = ChoiceField(("too small", "too large", "not as pictured", "broken"))
        self.add_field("Reason", self.reason, field=self.reason.line)
        self.clause = Clause(self)
        self.clause.setVisible(terms is not None)
        self._terms = terms
        if terms is not None:
            self.parts.addWidget(self.clause)
            self.counted.connect(self._quote)
            self._quote()

    def _quote(self) -> None:
        """Quote the clause for the pieces that are chosen; a window that is over only warns."""
        if self._terms is not None:
            self.clause.show_terms(self._terms(self.units))

    def value(self) -> ReturnChoice:
        """Return the pieces and the reason."""
        units = self.chosen_units()
        if not self.reason.text:
            raise FormError("Write in a few words why they come back.")
        return ReturnChoice(units, self.reason.text)


@dataclass(frozen=True, slots=True)
class ReceiptChoice:
    """The pieces that are here again, and how they look."""

    units: Mapping[LineItemId, int]
    condition: Condition


class ReceivePieces(UnitsForm):
    """Asks what came back and how; the refund is an act of its own."""

    def __init__(
        self,
        order: Order,
        missing: Mapping[LineItemId, int],
        parent: QWidget,
        suggest: Callable[[Mapping[LineItemId, int], Condition], str] | None = None,
    ) -> None:
        number = order.number
        heading = f"Pieces of order {number} are back"
        super().__init__(heading, "They are here", order, missing, parent, chosen=missing)
        self.condition = OneOf(list(CONDITION_NAMES.items()), Condition.AS_SENT)
        self.add_field("They came", self.condition, field=self.condition.buttons[0])
        self.condition.buttons[0].setAccessibleName(CONDITION_NAMES[Condition.AS_SENT])
        self.suggested = Text("", wrap=True, parent=self)
        self.suggested.setVisible(suggest is not None)
        self._suggest = suggest
        if suggest is not None:
            self.parts.addWidget(self.suggested)
            self.counted.connect(self._tell)
            for button in self.condition.buttons:
                button.clicked.connect(self._tell)
            self._tell()

    def _tell(self) -> None:
        """Say what the policy suggests for that condition."""
        if self._suggest is not None:
            condition = self.condition.value or Condition.AS_SENT
            self.suggested.setText(self._suggest(self.units, condition))

    def value(self) -> ReceiptChoice:
        """Return the pieces and their condition."""
        return ReceiptChoice(self.chosen_units(), self.condition.value or Condition.AS_SENT)


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rstrip()}…"
