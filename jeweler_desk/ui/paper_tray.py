"""Printing for now: a PDF in the desk's folder ``papers``, opened with the system's viewer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, QUrl

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.papers import Papers, Printed, PrintWarning
from jeweler_desk.services.work_tickets import WorkTickets
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import number_text

_FOLDER: Final = "papers"
_MOST_WARNINGS: Final = 3
_TICKETS: Final = "tickets"
_NAMES: Final[Mapping[str, str]] = {
    PaperKind.PACKING_SLIPS: "packing slip",
    PaperKind.CARDS: "card",
    _TICKETS: "work ticket",
}


@dataclass(frozen=True, slots=True)
class _Laid:
    """A paper that was written into the folder."""

    printed: Printed
    path: Path


class PaperTray:
    """Makes papers beside the window and lays them into the desk's folder."""

    def __init__(
        self, frame: Frame, papers: Papers, folder: Path | None, tickets: WorkTickets
    ) -> None:
        self._frame = frame
        self._tickets = tickets
        self._papers = papers
        self._folder = folder

    def print_slips(self, order_ids: Sequence[OrderId]) -> None:
        """Make the packing slips of these orders."""
        self._print(PaperKind.PACKING_SLIPS, order_ids, self._papers.packing_slips_job)

    def print_cards(self, order_ids: Sequence[OrderId]) -> None:
        """Make the thank-you cards of these orders."""
        self._print(PaperKind.CARDS, order_ids, self._papers.cards_job)

    def print_tickets(self, order_ids: Sequence[OrderId]) -> None:
        """Make the work tickets of these orders."""
        self._print(_TICKETS, order_ids, self._tickets.job)

    def print_both(self, order_ids: Sequence[OrderId]) -> None:
        """Make slips and cards of these orders."""
        self.print_slips(order_ids)
        self.print_cards(order_ids)

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

    def _print(
        self,
        kind: str,
        order_ids: Sequence[OrderId],
        job: Callable[[Sequence[OrderId]], Callable[[], Printed]],
    ) -> None:
        notices = self._frame.notices
        key = f"print.{kind}"
        if not order_ids:
            notices.tell("There is nothing to print: no order is ready to pack.")
            return
        try:
            make = job(order_ids)
        except RefusedError as refused:
            notices.warn(key, str(refused))
            return
        path = self._path(kind)

        def work() -> _Laid:
            printed = make()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(printed.pdf)
            return _Laid(printed, path)

        def done(laid: object) -> None:
            if isinstance(laid, _Laid):
                self._tell(kind, order_ids, laid)

        self._frame.work(key, work, done, f"The {_NAMES[kind]} was not printed.")

    def _tell(self, kind: str, order_ids: Sequence[OrderId], laid: _Laid) -> None:
        frame, printed = self._frame, laid.printed
        if kind != _TICKETS:
            changes = self._papers.record_printed(order_ids, printed, PaperKind(kind))
            frame.bus.changed.emit(changes)
        said = count_text(len(printed.orders), _NAMES[kind])
        frame.notices.tell(f"{said} saved as {laid.path.name} and opened.")
        if printed.warnings:
            words = _warning_words(printed.warnings)
            frame.notices.warn(f"print.{kind}", f"Before you use it: {words}", Tone.DUE)
        frame.open_outside(QUrl.fromLocalFile(str(laid.path)))

    def _path(self, kind: str) -> Path:
        folder = self._folder
        if folder is None:
            place = QStandardPaths.StandardLocation.TempLocation
            folder = Path(QStandardPaths.writableLocation(place))
        return folder / _FOLDER / f"{kind}-{self._frame.now():%Y-%m-%d-%H%M%S}.pdf"


def _warning_words(warnings: Sequence[PrintWarning]) -> str:
    told = [
        f"{number_text(each.order)}: {each.what}" if each.order else each.what
        for each in warnings[:_MOST_WARNINGS]
    ]
    if len(warnings) > _MOST_WARNINGS:
        told.append(f"And {len(warnings) - _MOST_WARNINGS} more.")
    return " ".join(told)
