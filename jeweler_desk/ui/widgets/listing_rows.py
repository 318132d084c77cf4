"""Rows to write measures and stones into; one more at a press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.domain.listing import GemstoneNote, Measurement
from jeweler_desk.domain.listing_wording import NONE_SEEN
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, SPACE_XS
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.tick_box import TickBox

_UNITS: Final = {"ring size": "US", "chain length": "in", "inner length": "in"}
_USUAL_UNIT: Final = "mm"
_MEASURED: Final = (("measure", "thickness"), ("value", "2.5"), ("unit", "mm"))


class MeasureRows(QWidget):
    """Measures with value and unit; those that a kind of piece needs stand there already."""

    def __init__(self, told: Sequence[Measurement], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_XS)
        self._grid.setVerticalSpacing(SPACE_XS)
        for column, share in enumerate((4, 3, 2)):
            self._grid.setColumnStretch(column, share)
        self.more = Button("Another measure", "quiet", room="small")
        self.more.clicked.connect(lambda: self._add(Measurement("", "", "")).setFocus())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*NO_SPACE)
        whole.setSpacing(SPACE_XS)
        whole.addLayout(self._grid)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        whole.addLayout(row)
        for each in told:
            self._add(each)

    def need(self, names: Sequence[str]) -> None:
        """Offer a row for each measure that is needed; empty rows of another kind go."""
        for fields in [each for each in self.rows if not each[1].text().strip()]:
            self.rows.remove(fields)
            for field in fields:
                self._grid.removeWidget(field)
                field.deleteLater()
        given = {fields[0].text().strip().casefold() for fields in self.rows}
        for name in names:
            if name not in given:
                self._add(Measurement(name, "", _UNITS.get(name, _USUAL_UNIT)))

    def _add(self, told: Measurement) -> QLineEdit:
        fields = (QLineEdit(told.name), QLineEdit(told.value), QLineEdit(told.unit))
        number = len(self.rows) + 1
        line = self._grid.rowCount()
        for column, (field, (what, example)) in enumerate(zip(fields, _MEASURED, strict=True)):
            field.setAccessibleName(f"Measure {number}: {what}")
            field.setPlaceholderText(example)
            self._grid.addWidget(field, line, column)
        self.rows.append(fields)
        return fields[0]

    @property
    def value(self) -> tuple[Measurement, ...]:
        """The measures with a value; a row without one is not given yet."""
        told = (tuple(field.text().strip() for field in fields) for fields in self.rows)
        return tuple(Measurement(name, value, unit) for name, value, unit in told if value)


@dataclass(frozen=True, slots=True)
class _Stone:
    """The fields of one stone."""

    name: QLineEdit
    is_natural: TickBox
    variation: QLineEdit


class StoneRows(QWidget):
    """Stones; of a natural one, how it varies, in her own words."""

    def __init__(self, told: Sequence[GemstoneNote], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[_Stone] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE_S)
        self.more = Button("Another stone", "quiet", room="small")
        self.more.clicked.connect(lambda: self._add(GemstoneNote("")).setFocus())
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_SPACE)
        column.setSpacing(SPACE_XS)
        column.addLayout(self._column)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        column.addLayout(row)
        for each in told:
            self._add(each)
        if not told:
            self.more.say("A stone")

    def _add(self, told: GemstoneNote) -> QLineEdit:
        number = len(self.rows) + 1
        stone = _Stone(QLineEdit(told.stone), TickBox("natural"), QLineEdit(told.variation))
        stone.name.setPlaceholderText("moonstone")
        stone.name.setAccessibleName(f"Stone {number}")
        stone.is_natural.setAccessibleName(f"Stone {number} is natural")
        stone.is_natural.setChecked(told.is_natural)
        stone.variation.setPlaceholderText("how it varies from piece to piece")
        stone.variation.setAccessibleName(f"Stone {number}: how it varies")
        none = Button(NONE_SEEN.capitalize(), room="small", name=f"Stone {number}: {NONE_SEEN}")
        none.clicked.connect(partial(stone.variation.setText, NONE_SEEN))
        for part in (stone.variation, none):
            part.setEnabled(told.is_natural)
            stone.is_natural.toggled.connect(part.setEnabled)
        above, below = QHBoxLayout(), QHBoxLayout()
        for row in (above, below):
            row.setSpacing(SPACE_S)
            self._column.addLayout(row)
        above.addWidget(stone.name, 1)
        above.addWidget(stone.is_natural)
        below.addWidget(stone.variation, 1)
        below.addWidget(none)
        self.rows.append(stone)
        self.more.say("Another stone")
        return stone.name

    @property
    def value(self) -> tuple[GemstoneNote, ...]:
        """The stones that have a name; a made one needs no variation."""
        return tuple(
            GemstoneNote(
                stone.name.text(),
                stone.is_natural.isChecked(),
                stone.variation.text() if stone.is_natural.isChecked() else "",
            )
            for stone in self.rows
            if stone.name.text().strip()
        )
