"""A look at papers before they are printed: the pages, what to know, printer, stock, copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.print_job import PrintChoice, Printer, Sides
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.paper_stocks import SheetShape, StockChoice
from jeweler_desk.services.paper_view import PaperView
from jeweler_desk.services.papers import Printed
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.paper_words import NO_PRINTER, SIDES
from jeweler_desk.ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.choice_box import ChoiceBox
from jeweler_desk.ui.widgets.count_box import CountBox
from jeweler_desk.ui.widgets.page_view import PageView
from jeweler_desk.ui.widgets.rows import empty_out
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.sheet_drawing import SheetDrawing
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tick_box import TickBox

_WIDE, _HIGH, _SIDE_WIDE = 1000, 700, 340
_MOST_COPIES: Final = 20
_DRAWING_HIGH: Final = 260

Make = Callable[[PrintChoice, int, bool | None], Callable[[], Printed]]
"""Returns the work that makes the papers on a stock from a starting position, with prices or not.

Whether with prices is None for papers that never have any.
"""


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """One kind of paper that can be made: how, on which stocks, and what was chosen last."""

    kind: str
    name: str
    make: Make
    stocks: tuple[StockChoice, ...]
    choice: PrintChoice
    sheet_of: Callable[[str], SheetShape]
    prices: bool | None = None


@dataclass(frozen=True, slots=True)
class PrintAnswer:
    """What she decided: these papers on that page, to a printer or, where it is empty, a file."""

    kind: str
    printed: Printed
    choice: PrintChoice
    stock: StockChoice


class PrintPapers(QDialog):
    """Shows papers; ``answered`` carries what she decided when she prints or saves them.

    ``setup_wanted`` asks for the page setup of a kind of paper.
    """

    answered = Signal(object)
    setup_wanted = Signal(str)

    def __init__(
        self,
        frame: Frame,
        title: str,
        offers: Sequence[PaperOffer],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._frame = frame
        self._offers = {each.kind: each for each in offers}
        self._offer = offers[0]
        self._stocks: dict[str, StockChoice] = {}
        self._printers: tuple[Printer, ...] = ()
        self._printed: Printed | None = None
        self._view: PaperView | None = None
        self._is_outrun = False
        self.setWindowTitle(title)
        self.setModal(True)
        self.page = PageView(frame.look)
        self.where = Text("", Type.SMALL, soft=True)
        self.kind = ChoiceBox()
        self.printer = ChoiceBox()
        self.stock = ChoiceBox()
        self.measures = Text("", Type.SMALL, soft=True, wrap=True)
        self.copies = CountBox()
        self.sides = ChoiceBox()
        self.start = CountBox()
        self.prices = TickBox("With prices (never on a gift’s slip)")
        self.drawing = SheetDrawing(frame.look)
        self.setup_button = Button("Page setup…", "quiet", room="small")
        self.told = QVBoxLayout()
        self.problem = Text("", wrap=True)
        self.print_button = Button("Print", "primary")
        self.save_button = Button("Save as PDF")
        self._lay_out(title)
        for each in offers:
            self.kind.addItem(each.name, each.kind)
        self.copies.setRange(1, _MOST_COPIES)
        self.start.setMinimum(1)
        for sides, words in SIDES:
            self.sides.addItem(words, sides.value)
        self._take(offers[0])
        self.kind.currentIndexChanged.connect(self._change_kind)
        for changed in (
            self.stock.currentIndexChanged,
            self.sides.currentIndexChanged,
            self.start.valueChanged,
            self.prices.toggled,
        ):
            changed.connect(self.make_papers)
        self.drawing.chosen.connect(self.start.setValue)
        self.setup_button.clicked.connect(lambda: self.setup_wanted.emit(self._offer.kind))
        self.printer.currentIndexChanged.connect(self._change_printer)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.page.turned.connect(self._say_where)
        self.make_papers()

    # How it looks

    def _lay_out(self, title: str) -> None:
        look = self._frame.look
        room = self.screen().availableGeometry()
        wide, high = look.px(_WIDE), look.px(_HIGH)
        self.resize(min(wide, room.width() - SPACE_XL), min(high, room.height() - SPACE_XL))
        left = QVBoxLayout()
        left.addWidget(self.page, 1)
        left.addLayout(self._turners())
        holder = Scroll("How it is printed")
        holder.setMinimumWidth(look.px(_SIDE_WIDE))
        holder.setMaximumWidth(look.px(_SIDE_WIDE) + SPACE_XL)
        holder.hold(self._side(title))
        right = QVBoxLayout()
        right.setSpacing(SPACE_M)
        right.addWidget(holder, 1)
        right.addLayout(self._buttons())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        whole.setSpacing(SPACE_L)
        whole.addLayout(left, 1)
        whole.addLayout(right)

    def _turners(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("Back", "Page back", lambda: self.page.turn(-1)),
            ("On", "Page on", lambda: self.page.turn(1)),
            ("Whole page", "Show the whole page", self.page.fit),
            ("True size", "Show the page as large as it is", lambda: self.page.set_zoom(1.0)),
            ("Smaller", "Show the page smaller", lambda: self.page.zoom_by(0.8)),
            ("Larger", "Show the page larger", lambda: self.page.zoom_by(1.25)),
        )
        for words, name, act in acts:
            button = Button(words, room="small", name=name)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.where)
        return row

    def _side(self, title: str) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_S)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("Paper", self.kind),
            ("Printer", self.printer),
            ("Stock", self.stock),
            ("", self.measures),
            ("First label", self.start),
            ("Copies", self.copies),
            ("Sides", self.sides),
        )
        grid.setColumnStretch(1, 1)
        for label, field in fields:
            row = grid.rowCount()
            name = Text(label, soft=True)
            if label:
                name.setBuddy(field)
                field.setAccessibleName(label)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
            if field is self.start:
                self._start_label = name
                grid.addWidget(self.drawing, row + 1, 0, 1, 2)
        grid.addWidget(self.prices, grid.rowCount(), 1)
        grid.addWidget(self.setup_button, grid.rowCount(), 1, Qt.AlignmentFlag.AlignRight)
        self.drawing.setFixedHeight(self._frame.look.px(_DRAWING_HIGH))
        self.problem.set_tone(Tone.LATE)
        self.problem.hide()
        self.told.setSpacing(SPACE_S)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, SPACE_S, 0)
        side.setSpacing(SPACE_M)
        side.addWidget(Text(title, Type.HEADING, wrap=True))
        side.addLayout(grid)
        side.addWidget(self.problem)
        side.addLayout(self.told)
        side.addStretch(1)
        return side

    def _buttons(self) -> QVBoxLayout:
        close = Button("Close")
        close.clicked.connect(self.reject)
        column = QVBoxLayout()
        column.setSpacing(SPACE_S)
        below = QHBoxLayout()
        below.setSpacing(SPACE_S)
        below.addWidget(close)
        below.addWidget(self.save_button, 1)
        column.addWidget(self.print_button)
        column.addLayout(below)
        self.print_button.setDefault(True)
        return column

    def offer_stocks(self, stocks: Sequence[StockChoice]) -> None:
        """Offer these stocks of the paper shown and make it anew; the one chosen stays chosen."""
        self._offer = replace(self._offer, stocks=tuple(stocks))
        self._offers[self._offer.kind] = self._offer
        self._show_stocks(self.choice.stock)
        self.make_papers()

    def _show_stocks(self, chosen: str) -> None:
        stocks = self._offer.stocks
        self._stocks = {each.name: each for each in stocks}
        self.stock.blockSignals(True)
        self.stock.clear()
        for each in stocks:
            self.stock.addItem(each.title, each.name)
        self.stock.setCurrentIndex(max(0, self.stock.findData(chosen)))
        self.stock.blockSignals(False)

    def _take(self, offer: PaperOffer) -> None:
        """Show the stocks of a kind of paper and what was chosen for it last."""
        self._offer = offer
        self._show_stocks(offer.choice.stock)
        self.copies.setValue(offer.choice.copies)
        self.sides.blockSignals(True)
        self.sides.setCurrentIndex(max(0, self.sides.findData(offer.choice.sides.value)))
        self.sides.blockSignals(False)
        self.prices.setVisible(offer.prices is not None)
        self.prices.blockSignals(True)
        self.prices.setChecked(bool(offer.prices))
        self.prices.blockSignals(False)
        self._offer_printers()

    def _change_kind(self) -> None:
        self._take(self._offers[self.kind.currentData()])
        self.make_papers()

    def show_printers(self, printers: Sequence[Printer]) -> None:
        """Offer the system's printers; the one chosen last, else the usual one, is chosen."""
        self._printers = tuple(printers)
        before = self.choice.printer
        self._offer_printers()
        if self.choice.printer != before:
            self.make_papers()

    def _offer_printers(self) -> None:
        last = self._offer.choice.printer
        self.printer.blockSignals(True)
        self.printer.clear()
        for each in self._printers:
            words = f"{each.title} – {each.trouble}" if each.trouble else each.title
            self.printer.addItem(words, each.name)
        if last and self.printer.findData(last) < 0 and not self._printers:
            self.printer.addItem(last, last)
        self.printer.addItem(NO_PRINTER, "")
        self.printer.setCurrentIndex(max(0, self.printer.findData(last) if last else 0))
        self.printer.blockSignals(False)
        self._name_verb()

    # What it does

    @property
    def choice(self) -> PrintChoice:
        """What stands in the fields."""
        return PrintChoice(
            self.printer.currentData() or "",
            self.stock.currentData() or "",
            self.copies.value(),
            Sides(self.sides.currentData()),
        )

    def make_papers(self) -> None:
        """Make the papers anew for the stock and position chosen, beside the window."""
        stock = self._stocks[self.choice.stock]
        self.measures.setText(stock.title.partition(" (")[2].rstrip(")"))
        self.start.setMaximum(stock.labels)
        for part in (self.start, self._start_label, self.drawing):
            part.setVisible(stock.labels > 1)
        self.drawing.show_sheet(self._offer.sheet_of(stock.name))
        self.drawing.show_start(self.start.value())
        try:
            prices = None if self._offer.prices is None else self.prices.isChecked()
            work = self._offer.make(self.choice, self.start.value(), prices)
        except Exception as error:
            if not _is_ours(error):
                raise
            self._complain(str(error))
            return
        # Nothing is printed from papers that are not those asked for last.
        self.print_button.setEnabled(False)
        self.save_button.setEnabled(False)
        self._is_outrun = not self._frame.jobs.start("print.look", work, self._show, self._failed)

    def _show(self, printed: object) -> None:
        if self._is_outrun:
            self.make_papers()
            return
        if not isinstance(printed, Printed):
            return
        self.problem.hide()
        self._printed = printed
        self.drawing.show_start(self.start.value(), len(printed.orders))
        if self._view is not None:
            self._view.close()
        self._view = PaperView(printed.pdf)
        self.page.show_paper(self._view)
        self.print_button.setEnabled(True)
        self.save_button.setEnabled(True)
        empty_out(self.told)
        for warning in printed.warnings:
            what = f"{warning.order}: {warning.what}" if warning.order else warning.what
            line = Text(what, Type.SMALL, wrap=True)
            line.set_tone(Tone.DUE)
            self.told.addWidget(line)
        self._say_where()

    def _failed(self, error: Exception) -> None:
        if self._is_outrun:
            self.make_papers()
            return
        self._complain(str(error) if _is_ours(error) else "The papers could not be made.")

    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
        self.print_button.setEnabled(False)
        self.save_button.setEnabled(False)

    def _say_where(self) -> None:
        if self._printed is not None:
            papers = count_text(len(self._printed.leaves), "paper")
            self.where.setText(f"Page {self.page.page + 1} of {self.page.pages} · {papers}")

    def _change_printer(self) -> None:
        """Make the papers anew: what was measured of a printer is allowed for on them."""
        self._name_verb()
        self.make_papers()

    def _name_verb(self) -> None:
        self.printer.setToolTip(self.printer.currentText())
        self.print_button.setVisible(bool(self.choice.printer))
        self.save_button.become("plain" if self.choice.printer else "primary")

    def _print(self) -> None:
        self._answer(self.choice)

    def _save(self) -> None:
        chosen = self.choice
        self._answer(PrintChoice("", chosen.stock, chosen.copies, chosen.sides))

    def _answer(self, choice: PrintChoice) -> None:
        if self._printed is not None:
            self.answered.emit(
                PrintAnswer(self._offer.kind, self._printed, choice, self._stocks[choice.stock])
            )
            self.accept()


def _is_ours(error: Exception) -> bool:
    return type(error).__module__.startswith("jeweler_desk.")
