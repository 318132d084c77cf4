"""A line for a tracking number that says, while one types, whose it may be and what looks wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.domain.tracking import CheckDigit
from jeweler_desk.services.tracking_numbers import TrackingNumbers
from jeweler_desk.ui.theme import NO_SPACE, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.text import Text

_MOST_SHOWN = 4
_ASK = "Scan it or paste it; empty if there is none."


class TrackingField(QWidget):
    """Shows the carriers that write such numbers as buttons, and a warning; it refuses nothing."""

    carrier_chosen = Signal(str)
    likely_carrier = Signal(str)

    def __init__(self, numbers: TrackingNumbers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = numbers
        self._carrier = ""
        self.line = QLineEdit()
        self.setFocusProxy(self.line)
        self.note = Text(_ASK, Type.SMALL, soft=True, wrap=True)
        self.warning = Text("", Type.SMALL, wrap=True)
        self.warning.set_tone(Tone.DUE)
        self.warning.hide()
        self.buttons: list[Button] = []
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, spacing=SPACE_XS)
        self._choices.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_XS)
        for part in (self.line, self.note, self._choices, self.warning):
            layout.addWidget(part)
        self.line.textChanged.connect(self._look)

    @property
    def text(self) -> str:
        """What was typed or scanned."""
        return self.line.text().strip()

    def meant_for(self, carrier: str) -> None:
        """Judge the number as this carrier's; empty means that nobody is named."""
        if carrier != self._carrier:
            self._carrier = carrier
            self._warn()

    def _look(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = []
        reading = self._numbers.read(self.text)
        shown = [each for each in reading.candidates if each.check is not CheckDigit.WRONG]
        for each in shown[:_MOST_SHOWN]:
            holds = each.check is CheckDigit.HOLDS
            said = f"{each.carrier} ✓" if holds else each.carrier
            tip = f"{each.format}: the check digit holds" if holds else f"{each.format}: may be"
            button = Button(said, room="small", name=f"Take {each.carrier} as the carrier")
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, name=each.carrier: self._choose(name))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self._choices.setVisible(bool(self.buttons))
        if not reading.number:
            said = _ASK
        elif self.buttons:
            said = "Numbers like this are written by"
        elif reading.candidates or reading.damage:
            said = ""
        else:
            said = "No carrier that the desk knows writes numbers like this. It can be kept."
        self.note.setText(said)
        self.note.setVisible(bool(said))
        self._warn()
        sure = [each.carrier for each in reading.candidates if each.check is CheckDigit.HOLDS]
        self.likely_carrier.emit(sure[0] if len(set(sure)) == 1 else "")

    def _choose(self, carrier: str) -> None:
        self.carrier_chosen.emit(carrier)
        self.line.setFocus()

    def _warn(self) -> None:
        sentence = self._numbers.warning(self.text, self._carrier or None)
        self.warning.setText(sentence or "")
        self.warning.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence or self.note.text())
