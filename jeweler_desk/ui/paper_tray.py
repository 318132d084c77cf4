"""Papers by one key: to the printer chosen for their kind, else a PDF that is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.address_label import beyond_latin
from jeweler_desk.domain.address_lines import AddressLayout, address_lines
from jeweler_desk.domain.customs import lacking_facts
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.print_job import PrintChoice, PrintOrder
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.any_paper import NAMES, TICKETS, paper_job
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.own_sizes import own_sizes
from jeweler_desk.services.papers import Printed, PrintWarning
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.paper_setup import PaperSetup
from jeweler_desk.ui.paper_words import kind_text
from jeweler_desk.ui.print_queue import PrintQueue
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.widgets.paper_lines import CustomsLine, PaperLines

if TYPE_CHECKING:
    from jeweler_desk.services.paper_stocks import StockChoice
    from jeweler_desk.ui.dialogs.print_papers import PaperOffer, PrintAnswer, PrintPapers

_FOLDER: Final = "papers"
_MOST_WARNINGS: Final = 3


@dataclass(frozen=True, slots=True)
class _Laid:
    """A paper that was written into the folder."""

    printed: Printed
    path: Path


class PaperTray:
    """Makes papers beside the window; looks at them first, prints them, or lays them in a file."""

    def __init__(self, frame: Frame, desk: Desk, window: QWidget) -> None:
        self._frame = frame
        self._desk = desk
        self._papers = desk.papers
        self._window = window
        self.queue = PrintQueue(frame, desk.printing, window)
        self.setup = PaperSetup(frame, desk, self.queue, self._path, window)
        self.looking: PrintPapers | None = None

    def print_slips(self, order_ids: Sequence[OrderId]) -> None:
        """Make the packing slips of these orders."""
        self._print(PaperKind.PACKING_SLIPS, order_ids)

    def print_cards(self, order_ids: Sequence[OrderId]) -> None:
        """Make the thank-you cards of these orders."""
        self._print(PaperKind.CARDS, order_ids)

    def print_labels(self, order_ids: Sequence[OrderId]) -> None:
        """Make the address labels of these orders."""
        self._print(PaperKind.LABELS, order_ids)

    def print_customs(self, order_ids: Sequence[OrderId]) -> None:
        """Make the customs papers of these orders."""
        self._print(PaperKind.CUSTOMS, order_ids)

    def print_tickets(self, order_ids: Sequence[OrderId]) -> None:
        """Make the work tickets of these orders."""
        self._print(TICKETS, order_ids)

    def print_both(self, order_ids: Sequence[OrderId]) -> None:
        """Make slips and cards of these orders."""
        self.print_slips(order_ids)
        self.print_cards(order_ids)

    def look(self, order_ids: Sequence[OrderId], kind: str = PaperKind.PACKING_SLIPS) -> None:
        """Show papers before they are printed, with paper, printer, stock and copies to choose."""
        if not order_ids:
            self._frame.notices.tell("There is nothing to print: no order is chosen.")
            return
        from jeweler_desk.ui.dialogs.print_papers import PrintPapers  # noqa: PLC0415 - when printing

        kinds = [kind, *(each for each in NAMES if each != kind)]
        offers = [self._offer(each, order_ids) for each in kinds]
        papers = PrintPapers(
            self._frame, f"Print for {count_text(len(order_ids), 'order')}", offers, self._window
        )
        papers.answered.connect(partial(self._answered, order_ids))
        papers.setup_wanted.connect(partial(self._set_up, papers))
        self.looking = papers
        papers.open()
        printers = self._desk.printing.printers_job()
        self._frame.jobs.start("print.printers", printers, self._show_printers, self._no_printers)

    def _offer(self, kind: str, order_ids: Sequence[OrderId]) -> PaperOffer:
        from jeweler_desk.services.paper_stocks import (  # noqa: PLC0415 - when printing
            sheet_shape,
            stock_choices,
        )
        from jeweler_desk.ui.dialogs.print_papers import PaperOffer  # noqa: PLC0415 - likewise

        choice, stock = self.setup.choice(kind)

        def make(chosen: PrintChoice, start: int, prices: bool | None) -> Callable[[], Printed]:  # noqa: FBT001 - of a callable type
            return self._job(kind, order_ids, chosen, start, prices=prices)

        choice = replace(choice, stock=stock.name)
        sheet_of = partial(sheet_shape, kind)
        stocks = stock_choices(kind, own_sizes(self._desk.settings))
        prices = self._papers.usually_prices if kind == PaperKind.PACKING_SLIPS else None
        return PaperOffer(kind, kind_text(kind), make, stocks, choice, sheet_of, prices)

    def _set_up(self, papers: PrintPapers, kind: str) -> None:
        """Open the page setup over a look; sizes added or taken away there count in it."""
        from jeweler_desk.services.paper_stocks import stock_choices  # noqa: PLC0415 - see above

        def closed() -> None:
            papers.offer_stocks(stock_choices(kind, own_sizes(self._desk.settings)))

        self.setup.open(kind, papers, closed)

    def _show_printers(self, printers: object) -> None:
        if self.looking is not None and isinstance(printers, tuple):
            self.looking.show_printers(printers)

    def _no_printers(self, _error: Exception) -> None:
        """Leave the file as the only way out; a computer without printers is no fault."""
        self._show_printers(())

    def _answered(self, order_ids: Sequence[OrderId], answer: PrintAnswer) -> None:
        self.looking = None
        self._desk.printing.keep_choice(answer.kind, answer.choice)
        if answer.choice.printer:
            self._send(answer.kind, order_ids, answer.printed, answer.choice)
        else:
            self._lay(answer.kind, order_ids, answer.printed)

    def lines_of(self, order: Order) -> PaperLines:
        """Return what stands of an order's papers beside it."""
        desk = self._desk
        address = order.address
        latin = desk.address_labels.latin(order)
        is_asked = any(
            beyond_latin(each) for cell in astuple(address) if cell for each in str(cell)
        )
        write = partial(self._write_latin, order)
        customs = tuple(
            CustomsLine(
                line.title,
                lacking_facts(desk.customs.of_line(line)),
                partial(self.write_customs, line.sku or line.title, line.title),
            )
            for line in desk.customs.pieces_abroad(order)
        )
        return PaperLines(tuple(desk.printing.prints(order)), latin, is_asked, write, customs)

    def write_customs(self, piece: str, title: str) -> None:
        """Ask what customs want to know of a piece, by its SKU or title."""
        from jeweler_desk.ui.dialogs.customs_form import (  # noqa: PLC0415 - when it is asked for
            CustomsForm,
        )

        customs = self._desk.customs
        form = CustomsForm(
            title,
            customs.facts(piece),
            lambda facts: customs.suggestions(title, facts),
            self._window,
        )
        form.answered.connect(
            lambda facts: self._frame.act(
                lambda: customs.set_facts(piece, facts), f"Customs facts of {title} are kept."
            )
        )
        form.open()

    def _write_latin(self, order: Order) -> None:
        from jeweler_desk.ui.dialogs.latin_address import (  # noqa: PLC0415 - when it is asked for
            LatinAddress,
        )

        labels = self._desk.address_labels
        own = address_lines(order.address, AddressLayout())
        form = LatinAddress(own, labels.latin(order), self._window)
        form.answered.connect(
            lambda lines: self._frame.act(
                lambda: labels.set_latin(order.id, lines), "The address in Latin letters is kept."
            )
        )
        form.open()

    def print_list(self, job: Callable[[], Callable[[], tuple[bytes, int]]]) -> None:
        """Make a list of orders as a PDF and open it; ``job`` may refuse."""
        try:
            make = job()
        except RefusedError as refused:
            self._frame.notices.warn("print.list", str(refused), Tone.DUE)
            return
        path = self._path("order-list")

        def work() -> Path:
            pdf, _ = make()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pdf)
            return path

        def done(_path: object) -> None:
            self._frame.notices.tell(f"The list is saved as {path.name} and opened.")
            self._frame.open_outside(QUrl.fromLocalFile(str(path)))

        self._frame.work("print.list", work, done, "The list was not printed.")

    def _print(self, kind: str, order_ids: Sequence[OrderId]) -> None:
        notices = self._frame.notices
        key = f"print.{kind}"
        if not order_ids:
            notices.tell("There is nothing to print: no order is ready to pack.")
            return
        choice = self._desk.printing.choice(kind)
        try:
            make = self._job(kind, order_ids, choice, 1)
        except RefusedError as refused:
            notices.warn(key, str(refused))
            return

        def done(printed: object) -> None:
            if not isinstance(printed, Printed):
                return
            if choice.printer:
                self._send(kind, order_ids, printed, choice)
            else:
                self._lay(kind, order_ids, printed)

        self._frame.work(key, make, done, f"The {NAMES[kind]} was not printed.")

    def _job(
        self,
        kind: str,
        order_ids: Sequence[OrderId],
        choice: PrintChoice,
        start: int,
        *,
        prices: bool | None = None,
    ) -> Callable[[], Printed]:
        """Return the work that makes papers of a kind; raises `RefusedError`."""
        there = replace(choice, stock=self.setup.stock(kind, choice.stock).name)
        return paper_job(self._desk, kind, order_ids, there, start, prices=prices)

    def _send(
        self, kind: str, order_ids: Sequence[OrderId], printed: Printed, choice: PrintChoice
    ) -> None:
        """Give papers to the printer, one by one; what comes out is told by the queue."""
        desk, frame = self._desk, self._frame
        stock = self.setup.stock(kind, choice.stock)
        title = NAMES[kind].capitalize()
        order = PrintOrder(
            choice.printer, stock.width, stock.height, title, choice.copies, choice.sides
        )
        orders = [desk.orders.get(each) for each in dict.fromkeys(order_ids)]
        try:
            run_id = desk.printing.begin(kind, orders, printed, order)
        except RefusedError as refused:
            frame.notices.warn(f"print.{kind}", str(refused))
            return
        told = self._papers.record_sent(order_ids, printed, NAMES[kind], choice.printer)
        frame.bus.changed.emit(told)
        self._warn(kind, printed)
        self.queue.begin(run_id)
        self._offer_measuring(kind, choice.printer, stock)

    def _offer_measuring(self, kind: str, printer: str, stock: StockChoice) -> None:
        """Offer the ruler page, once for a printer and a stock; the papers do not wait for it."""
        if not self._desk.printing.asks_to_measure(printer, stock.name):
            return
        title, on = printer.replace("_", " "), stock.title.partition(" (")[0]
        told = (
            f"{title} was never measured with {on}. A test page with rulers shows whether it"
            " prints a little off."
        )
        key, show = f"print.measure.{kind}", partial(self.setup.open, kind)
        self._frame.notices.offer(key, told, Tone.INFO, "Test page…", show)

    def _lay(self, kind: str, order_ids: Sequence[OrderId], printed: Printed) -> None:
        """Lay papers into the desk's folder and open them."""
        path = self._path(kind)

        def work() -> _Laid:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(printed.pdf)
            return _Laid(printed, path)

        def done(laid: object) -> None:
            if isinstance(laid, _Laid):
                self._tell(kind, order_ids, laid)

        self._frame.work(f"lay.{kind}", work, done, f"The {NAMES[kind]} was not printed.")

    def _tell(self, kind: str, order_ids: Sequence[OrderId], laid: _Laid) -> None:
        frame, printed = self._frame, laid.printed
        if kind in set(PaperKind):
            changes = self._papers.record_printed(order_ids, printed, PaperKind(kind))
            frame.bus.changed.emit(changes)
        said = count_text(len(printed.orders), NAMES[kind])
        frame.notices.tell(f"{said} saved as {laid.path.name} and opened.")
        self._warn(kind, printed)
        frame.open_outside(QUrl.fromLocalFile(str(laid.path)))

    def _warn(self, kind: str, printed: Printed) -> None:
        if printed.warnings:
            words = _warning_words(printed.warnings)
            self._frame.notices.warn(f"print.{kind}", f"Before you use it: {words}", Tone.DUE)

    def _path(self, kind: str) -> Path:
        folder = self._desk.folder
        if folder is None:
            place = QStandardPaths.StandardLocation.TempLocation
            folder = Path(QStandardPaths.writableLocation(place))
        return folder / _FOLDER / f"{kind}-{self._frame.now():%Y-%m-%d-%H%M%S}.pdf"


def _warning_words(warnings: Sequence[PrintWarning]) -> str:
    told = [
        f"{each.order}: {each.what}" if each.order else each.what
        for each in warnings[:_MOST_WARNINGS]
    ]
    if len(warnings) > _MOST_WARNINGS:
        told.append(f"And {len(warnings) - _MOST_WARNINGS} more.")
    return " ".join(told)
