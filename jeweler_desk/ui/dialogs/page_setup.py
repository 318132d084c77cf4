"""How a kind of paper is printed: printer, stock, copies, and what the test page measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.print_job import PrintChoice, Printer, PrinterDrift, Sides
from jeweler_desk.domain.printer_drift import (
    bar_of_scale,
    checked_drift,
    drift_text,
    read_millimeters,
    scale_of_bar,
)
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.paper_stocks import SheetShape, StockChoice
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.paper_words import NO_PRINTER, SIDES, kind_text, sheet_text
from jeweler_desk.ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Hairline
from jeweler_desk.ui.widgets.choice_box import ChoiceBox
from jeweler_desk.ui.widgets.count_box import CountBox
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.sheet_drawing import SheetDrawing
from jeweler_desk.ui.widgets.text import Text

_WIDE, _HIGH, _SIDE_WIDE = 940, 700, 400
_MOST_COPIES: Final = 20
_OWN_EXAMPLE: Final = "80 × 120 mm"
_ABOUT: Final = (
    "Print the test page, lay it on a sheet of this stock and measure. What you enter here moves"
    " everything that this printer prints on it."
)


@dataclass(frozen=True, slots=True)
class SetupOffer:
    """What can be set up for a kind of paper, and what counts now.

    ``add_size`` keeps a size of her own as it is typed, or raises `RefusedError`.
    """

    kind: str
    stocks: tuple[StockChoice, ...]
    choice: PrintChoice
    sheet_of: Callable[[str], SheetShape]
    drift_of: Callable[[str, str], PrinterDrift]
    add_size: Callable[[str], StockChoice]
    remove_size: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SetupAnswer:
    """What she set up: to be remembered for the kind, the drift for its printer and stock."""

    kind: str
    choice: PrintChoice
    drift: PrinterDrift


class PageSetup(QDialog):
    """Asks how a kind of paper is printed; ``answered`` carries it when it is kept.

    ``test_wanted`` asks for the test page as it stands, on paper or, where False, as a file.
    """

    answered = Signal(object)
    test_wanted = Signal(object, bool)

    def __init__(self, frame: Frame, offer: SetupOffer, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._offer = offer
        self.setWindowTitle(f"Page setup: {kind_text(offer.kind).lower()}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.drawing = SheetDrawing(frame.look)
        self.printer = ChoiceBox()
        self.stock = ChoiceBox()
        self.own = QLineEdit()
        self.add_own = Button("Add", room="small", name="Add a size of your own")
        self.remove_own = Button("Remove this size", "quiet", room="small")
        self.copies = CountBox()
        self.sides = ChoiceBox()
        self.right, self.up = QLineEdit(), QLineEdit()
        self.bar_across, self.bar_upright = QLineEdit(), QLineEdit()
        self.about_sheet = Text("", Type.SMALL, soft=True, wrap=True)
        self.counted = Text("", Type.SMALL, soft=True, wrap=True)
        self.problem = Text("", wrap=True)
        self.print_test = Button("Print test page", room="small")
        self.save_test = Button("Save test page", room="small")
        self.keep = Button("Keep", "primary")
        self.cancel = Button("Cancel")
        self._lay_out()
        self._fill()
        self._connect()
        self._change_stock()

    # How it looks

    def _lay_out(self) -> None:
        look = self._frame.look
        room = self.screen().availableGeometry()
        wide, high = look.px(_WIDE), look.px(_HIGH)
        self.resize(min(wide, room.width() - SPACE_XL), min(high, room.height() - SPACE_XL))
        left = QVBoxLayout()
        left.setSpacing(SPACE_S)
        left.addWidget(self.drawing, 1)
        left.addWidget(self.about_sheet)
        holder = Scroll("How it is printed")
        holder.setMinimumWidth(look.px(_SIDE_WIDE))
        holder.setMaximumWidth(look.px(_SIDE_WIDE))
        holder.hold(self._side())
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.keep)
        self.keep.setDefault(True)
        right = QVBoxLayout()
        right.setSpacing(SPACE_M)
        right.addWidget(holder, 1)
        right.addWidget(self.problem)
        right.addLayout(buttons)
        self.problem.set_tone(Tone.LATE)
        self.problem.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        whole.setSpacing(SPACE_XL)
        whole.addLayout(left, 1)
        whole.addLayout(right)

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, SPACE_M, 0)
        side.setSpacing(SPACE_M)
        side.addWidget(Text(kind_text(self._offer.kind), Type.HEADING, wrap=True))
        side.addLayout(
            _grid(
                ("Printer", self.printer),
                ("Stock", self.stock),
                ("Own size", self._own_part()),
                ("Copies", self.copies),
                ("Sides", self.sides),
            )
        )
        side.addWidget(Hairline())
        side.addWidget(Text("Where the printer is off", Type.STRONG))
        side.addWidget(Text(_ABOUT, Type.SMALL, soft=True, wrap=True))
        tests = QHBoxLayout()
        tests.setSpacing(SPACE_S)
        tests.addWidget(self.print_test)
        tests.addWidget(self.save_test)
        tests.addStretch(1)
        side.addLayout(tests)
        side.addLayout(
            _grid(
                ("Move right, mm", self.right),
                ("Move up, mm", self.up),
                ("Bar across measures, mm", self.bar_across),
                ("Upright bar measures, mm", self.bar_upright),
            )
        )
        side.addWidget(self.counted)
        side.addStretch(1)
        return side

    def _own_part(self) -> QWidget:
        """Return where a size of her own is typed, and the one chosen taken away."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.own, 1)
        row.addWidget(self.add_own)
        column.addLayout(row)
        column.addWidget(self.remove_own, 0, Qt.AlignmentFlag.AlignLeft)
        self.own.setPlaceholderText(_OWN_EXAMPLE)
        self.own.setAccessibleName("Own size, width by height")
        return part

    def _fill(self) -> None:
        offer = self._offer
        for each in offer.stocks:
            self.stock.addItem(each.title, each.name)
        self._own_names = {each.name for each in offer.stocks if each.is_own}
        self.stock.setCurrentIndex(max(0, self.stock.findData(offer.choice.stock)))
        self.copies.setRange(1, _MOST_COPIES)
        self.copies.setValue(offer.choice.copies)
        for sides, words in SIDES:
            self.sides.addItem(words, sides.value)
        self.sides.setCurrentIndex(max(0, self.sides.findData(offer.choice.sides.value)))
        for field in (self.right, self.up):
            field.setPlaceholderText("0")
        self.show_printers(())

    def show_printers(self, printers: Sequence[Printer]) -> None:
        """Offer the system's printers; the one remembered is chosen."""
        last = self._offer.choice.printer
        self.printer.blockSignals(True)
        self.printer.clear()
        for each in printers:
            words = f"{each.title} – {each.trouble}" if each.trouble else each.title
            self.printer.addItem(words, each.name)
        if last and self.printer.findData(last) < 0:
            gone = f"{last} – not there now" if printers else last
            self.printer.addItem(gone.replace("_", " "), last)
        self.printer.addItem(NO_PRINTER, "")
        self.printer.setCurrentIndex(max(0, self.printer.findData(last)))
        self.printer.blockSignals(False)
        self._change_printer()

    def _connect(self) -> None:
        self.stock.currentIndexChanged.connect(self._change_stock)
        self.own.textChanged.connect(self.problem.hide)
        self.add_own.clicked.connect(self._add_own)
        self.remove_own.clicked.connect(self._remove_own)
        self.printer.currentIndexChanged.connect(self._change_printer)
        for field in (self.right, self.up, self.bar_across, self.bar_upright):
            field.textChanged.connect(self._draw_drift)
            field.editingFinished.connect(self._check)
        self.print_test.clicked.connect(lambda: self._test(on_paper=True))
        self.save_test.clicked.connect(lambda: self._test(on_paper=False))
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)

    # What it does

    @property
    def _sheet(self) -> SheetShape:
        return self._offer.sheet_of(self.stock.currentData())

    def _change_stock(self) -> None:
        sheet = self._sheet
        self.stock.setToolTip(self.stock.currentText())
        self.remove_own.setVisible(self.stock.currentData() in self._own_names)
        self.drawing.show_sheet(sheet)
        self.drawing.show_start(1)
        self.about_sheet.setText(sheet_text(sheet))
        for field in (self.bar_across, self.bar_upright):
            field.setPlaceholderText(str(sheet.bar))
        self._show_kept_drift()

    def _add_own(self) -> bool:
        """Keep the size that is typed, and choose it; False where it cannot be."""
        try:
            stock = self._offer.add_size(self.own.text())
        except RefusedError as refused:
            self.problem.setText(str(refused))
            self.problem.show()
            return False
        self.own.clear()
        if self.stock.findData(stock.name) < 0:
            self._own_names.add(stock.name)
            self.stock.addItem(stock.title, stock.name)
        self.stock.setCurrentIndex(self.stock.findData(stock.name))
        return True

    def _remove_own(self) -> None:
        """Offer the chosen size no more; the first stock is chosen in its place."""
        name = self.stock.currentData()
        self._offer.remove_size(name)
        self._own_names.discard(name)
        self.stock.removeItem(self.stock.currentIndex())
        self.stock.setCurrentIndex(0)
        self._change_stock()

    def _change_printer(self) -> None:
        self.printer.setToolTip(self.printer.currentText())
        self.print_test.setEnabled(bool(self.printer.currentData()))
        self._show_kept_drift()

    def _show_kept_drift(self) -> None:
        """Show what was measured for this printer and stock before."""
        drift = self._offer.drift_of(self.printer.currentData() or "", self.stock.currentData())
        bar = self._sheet.bar
        cells = (
            (self.right, f"{drift.dx:g}" if drift.dx else ""),
            (self.up, f"{drift.dy:g}" if drift.dy else ""),
            (self.bar_across, bar_of_scale(drift.sx, bar)),
            (self.bar_upright, bar_of_scale(drift.sy, bar)),
        )
        for field, text in cells:
            field.blockSignals(True)
            field.setText(text)
            field.blockSignals(False)
        self._draw_drift()

    def _drift(self) -> PrinterDrift:
        bar = self._sheet.bar
        return checked_drift(
            PrinterDrift(
                read_millimeters("Move right", self.right.text()),
                read_millimeters("Move up", self.up.text()),
                scale_of_bar("Bar across", self.bar_across.text(), bar),
                scale_of_bar("Upright bar", self.bar_upright.text(), bar),
            )
        )

    def _draw_drift(self) -> None:
        """Move the drawing while she types; half a number moves nothing yet."""
        try:
            drift = self._drift()
        except RefusedError:
            return
        self.problem.hide()
        self.drawing.show_drift(drift)
        told = drift_text(drift)
        bar = self._sheet.bar
        self.counted.setText(
            f"Printed {told}. The dashes show it four times as far."
            if told
            else f"The bars of the test page are {bar} mm long where the printer is right."
        )

    def _check(self) -> bool:
        try:
            self._drift()
        except RefusedError as refused:
            self.problem.setText(str(refused))
            self.problem.show()
            return False
        return True

    def value(self) -> SetupAnswer:
        """Return what stands in the fields. Raises `DriftError` with a sentence."""
        choice = PrintChoice(
            self.printer.currentData() or "",
            self.stock.currentData(),
            self.copies.value(),
            Sides(self.sides.currentData()),
        )
        return SetupAnswer(self._offer.kind, choice, self._drift())

    def _test(self, *, on_paper: bool) -> None:
        if self._check():
            self.test_wanted.emit(self.value(), on_paper)

    def _keep(self) -> None:
        if self.own.text().strip() and not self._add_own():
            return
        if self._check():
            self.answered.emit(self.value())
            self.accept()


def _grid(*fields: tuple[str, QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_L)
    grid.setVerticalSpacing(SPACE_S)
    grid.setColumnStretch(1, 1)
    grid.setContentsMargins(0, SPACE_XS, 0, 0)
    for row, (label, field) in enumerate(fields):
        name = Text(label, soft=True)
        name.setBuddy(field)
        field.setAccessibleName(label)
        grid.addWidget(name, row, 0)
        grid.addWidget(field, row, 1)
    return grid
