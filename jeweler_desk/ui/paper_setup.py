"""Page setup at work: its form over the window, what is kept, the test page it asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.print_job import PrintChoice, PrintOrder
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.address_labels import LabelPlace
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.own_sizes import add_own_size, own_sizes, remove_own_size
from jeweler_desk.services.papers import Printed
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.paper_words import kind_text
from jeweler_desk.ui.print_queue import PrintQueue

if TYPE_CHECKING:
    from jeweler_desk.services.paper_stocks import StockChoice
    from jeweler_desk.ui.dialogs.page_setup import PageSetup, SetupAnswer

_TEST: Final = "test-page"
Closed = Callable[[], None]


class PaperSetup:
    """Opens page setups and keeps what they answer; ``open_one`` is the form that is shown."""

    def __init__(
        self,
        frame: Frame,
        desk: Desk,
        queue: PrintQueue,
        path_of: Callable[[str], Path],
        window: QWidget,
    ) -> None:
        self._frame = frame
        self._desk = desk
        self._queue = queue
        self._path_of = path_of
        self._window = window
        self.open_one: PageSetup | None = None

    def choice(self, kind: str) -> tuple[PrintChoice, StockChoice]:
        """Return how a kind of paper is printed, and its stock."""
        choice = self._desk.printing.choice(kind)
        return choice, self.stock(kind, choice.stock)

    def stock(self, kind: str, name: str) -> StockChoice:
        """Return a stock of a kind of paper; the usual one where that is not one of its stocks."""
        from jeweler_desk.services.paper_stocks import (  # noqa: PLC0415 - when printing
            stock_choices,
            usual_stock,
        )

        own = own_sizes(self._desk.settings)
        stocks = {each.name: each for each in stock_choices(kind, own)}
        return stocks.get(name) or usual_stock(kind, self._desk.settings.get("shop.country"))

    def open(self, kind: str, over: QWidget | None = None, closed: Closed | None = None) -> None:
        """Show the page setup of a kind of paper; ``closed`` is called once it is gone."""
        from jeweler_desk.services.paper_stocks import (  # noqa: PLC0415 - when printing
            sheet_shape,
            stock_choices,
        )
        from jeweler_desk.ui.dialogs.page_setup import (  # noqa: PLC0415 - likewise
            PageSetup,
            SetupOffer,
        )

        printing = self._desk.printing
        choice, stock = self.choice(kind)
        offer = SetupOffer(
            kind,
            stock_choices(kind, own_sizes(self._desk.settings)),
            PrintChoice(choice.printer, stock.name, choice.copies, choice.sides),
            partial(sheet_shape, kind),
            printing.drift,
            partial(self._add_size, kind),
            self._remove_size,
        )
        form = PageSetup(self._frame, offer, over or self._window)
        form.answered.connect(self._keep)
        form.test_wanted.connect(self.make_test_page)
        form.finished.connect(partial(self._closed, closed))
        self.open_one = form
        form.open()
        self._frame.jobs.start(
            "print.setup", printing.printers_job(), self._show_printers, self._no_printers
        )

    def _add_size(self, kind: str, text: str) -> StockChoice:
        """Keep a size of her own. Raises `RefusedError`; then nothing is kept."""
        from jeweler_desk.services.paper_stocks import own_choice  # noqa: PLC0415 - when printing

        stock = own_choice(kind, text)
        self._frame.bus.changed.emit(add_own_size(self._desk.settings, stock.name))
        return stock

    def _remove_size(self, name: str) -> None:
        self._frame.bus.changed.emit(remove_own_size(self._desk.settings, name))

    def _closed(self, closed: Closed | None, _result: int) -> None:
        self.open_one = None
        if closed is not None:
            closed()

    def _show_printers(self, printers: object) -> None:
        if self.open_one is not None and isinstance(printers, tuple):
            self.open_one.show_printers(printers)

    def _no_printers(self, _error: Exception) -> None:
        self._show_printers(())

    def _keep(self, answer: SetupAnswer) -> None:
        printing = self._desk.printing
        printing.keep_choice(answer.kind, answer.choice)
        printing.keep_drift(answer.choice.printer, answer.choice.stock, answer.drift)
        self._frame.notices.tell(f"{kind_text(answer.kind)} are printed so from now on.")
        self._frame.bus.changed.emit(frozenset((Topic.SETTINGS,)))

    def make_test_page(self, answer: SetupAnswer, on_paper: bool) -> None:  # noqa: FBT001 - a slot
        """Print the rulers of a stock, or save them as a file and open it."""
        drift = answer.drift
        place = LabelPlace(1, drift.dx, drift.dy, drift.sx, drift.sy)
        choice = answer.choice
        make = self._desk.address_labels.test_page

        def done(printed: object) -> None:
            if not isinstance(printed, Printed):
                return
            if on_paper:
                self._print(answer, printed)
            else:
                self._save(printed)

        trouble = "The test page was not made."
        self._frame.work("print.test", lambda: make(choice.stock, place), done, trouble)

    def _print(self, answer: SetupAnswer, printed: Printed) -> None:
        stock = self.stock(answer.kind, answer.choice.stock)
        order = PrintOrder(answer.choice.printer, stock.width, stock.height, "Test page")
        try:
            run_id = self._desk.printing.begin(_TEST, (), printed, order)
        except RefusedError as refused:
            self._frame.notices.warn("print.test", str(refused))
            return
        self._queue.begin(run_id)

    def _save(self, printed: Printed) -> None:
        path = self._path_of(_TEST)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(printed.pdf)
        except OSError as error:
            told = f"The test page cannot be saved: {error.strerror}."
            self._frame.notices.warn("print.test", told)
            return
        self._frame.notices.tell(f"Test page saved as {path.name} and opened.")
        self._frame.open_outside(QUrl.fromLocalFile(str(path)))
