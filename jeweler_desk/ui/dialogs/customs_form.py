"""What customs ask of a piece: codes to choose from, words read along while she writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.domain.customs import (
    ADVICE,
    LOOKED_UP_ON,
    CustomsFacts,
    HsCode,
    checked_facts,
    description_findings,
)
from jeweler_desk.domain.wording import month_text
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import Text

_MOST_CODES: Final = 3
_FINE: Final = "Customs can read this."

Suggest = Callable[[CustomsFacts], tuple[HsCode, ...]]


class CustomsForm(Form):
    """Asks what a piece is to customs. A code that its words speak for is taken by a click."""

    def __init__(self, piece: str, facts: CustomsFacts, suggest: Suggest, parent: QWidget) -> None:
        super().__init__(f"Customs: {piece}", "Keep", parent)
        self._suggest = suggest
        self.what = QLineEdit(facts.description)
        self.what.setPlaceholderText("Ring, sterling silver, set with garnet")
        self.material = QLineEdit(facts.material)
        self.code = QLineEdit(facts.hs_code)
        self.origin = QLineEdit(facts.origin)
        self.grams = QLineEdit("" if facts.net_grams is None else str(facts.net_grams))
        self.read = Text("", Type.SMALL, wrap=True)
        self.offered: list[Button] = []
        self._codes = QVBoxLayout()
        self._codes.setSpacing(SPACE_S)
        self._codes.setContentsMargins(*NO_SPACE)
        self.add_field("What it is", self.what)
        self._below(self.read)
        self.add_field("Material", self.material, "Such as sterling silver.")
        self.add_field("HS code", self.code, "Six digits; these fit the words. You decide.")
        codes = QWidget()
        codes.setLayout(self._codes)
        self._below(codes)
        self.add_field("Made in", self.origin, "The country in two letters, such as US.")
        self.add_field("Weight, grams", self.grams, "One piece without its box.")
        dated = f"Codes as of {month_text(LOOKED_UP_ON)}. {ADVICE}."
        self.parts.addWidget(Text(dated, Type.SMALL, soft=True, wrap=True))
        for field in (self.what, self.material):
            field.textChanged.connect(self._read_along)
        self._read_along()

    def _below(self, part: QWidget) -> None:
        self._grid.addWidget(part, self._grid.rowCount(), 1)

    def _read_along(self) -> None:
        text = self.what.text().strip()
        found = description_findings(text) if text else ()
        self.read.setText(" ".join(found) or (_FINE if text else "Say what it is, of what."))
        self.read.set_tone(Tone.DUE if found else Tone.GOOD if text else None)
        empty_out(self._codes)
        self.offered = []
        for each in self._suggest(CustomsFacts(text, self.material.text()))[:_MOST_CODES]:
            button = Button(each.shown, room="small", name=f"Take the HS code {each.shown}")
            button.clicked.connect(partial(self.code.setText, each.shown))
            self.offered.append(button)
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(*NO_SPACE)
            row.setSpacing(SPACE_S)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(each.words, Type.SMALL, soft=True, wrap=True), 1)
            add_shown(self._codes, line)

    def value(self) -> CustomsFacts:
        """Return the facts. Raises with the sentence of what is out of form."""
        grams = self.grams.text().strip().casefold().removesuffix("g").strip()
        if grams and not (grams.isascii() and grams.isdigit()):
            raise FormError(f"The weight: “{grams}” is no whole number of grams.")
        return checked_facts(
            CustomsFacts(
                self.what.text(),
                self.material.text(),
                self.code.text(),
                self.origin.text(),
                int(grams) if grams else None,
            )
        )
