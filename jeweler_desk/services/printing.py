"""Printing: a batch goes to the printer paper by paper; each that came out is a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.print_job import (
    MaybePrintedError,
    PrintChoice,
    Printer,
    PrinterDrift,
    PrintOrder,
    PrintRun,
)
from jeweler_desk.domain.printed_copy import PrintedCopy
from jeweler_desk.domain.printer_drift import checked_drift
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, Topic
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.papers import Printed
from jeweler_desk.services.ports import Spooler
from jeweler_desk.services.printed_papers import PrintedPapers
from jeweler_desk.store.database import Store
from jeweler_desk.store.print_runs import CopyFact, KeptRun, PrintRunRows
from jeweler_desk.store.prints import PrintRows

FOLDER: Final = "papers"
_DOUBT: Final = (
    "The program ended while a paper was handed to the printer. Look whether it is out, and say so."
)
_USUAL: Final = PrintChoice()
_STRAIGHT: Final = PrinterDrift()


class Printing:
    """Sends papers to printers. Only one paper of a batch is with the spooler at a time.

    So a batch that a printer's error, a crash or a closed window interrupts goes on at the paper
    that is not out yet, and none comes out twice.
    """

    def __init__(
        self,
        store: Store,
        rows: PrintRunRows,
        prints: PrintRows,
        printed: PrintedPapers,
        spooler: Spooler,
        clock: Clock,
        folder: Path | None,
    ) -> None:
        self._store = store
        self._rows = rows
        self._prints = prints
        self._printed = printed
        self._spooler = spooler
        self._clock = clock
        self._folder = folder

    def printers_job(self) -> Callable[[], tuple[Printer, ...]]:
        """Return the work that asks the system for its printers; it may raise `RefusedError`."""
        return self._spooler.printers

    def choice(self, kind: str) -> PrintChoice:
        """Return printer, stock and copies as they were chosen last for a kind of paper."""
        return self._rows.choice(kind) or _USUAL

    def keep_choice(self, kind: str, choice: PrintChoice) -> None:
        """Remember printer, stock and copies for a kind of paper."""
        with self._store.write():
            self._rows.keep_choice(kind, choice)

    def drift(self, printer: str, stock: str) -> PrinterDrift:
        """Return how far a printer is off with a stock."""
        return self._rows.drift(printer, stock) or _STRAIGHT

    def keep_drift(self, printer: str, stock: str, drift: PrinterDrift) -> None:
        """Remember how far a printer is off with a stock. Raises `DriftError`."""
        checked_drift(drift)
        with self._store.write():
            self._rows.keep_drift(printer, stock, drift)

    def asks_to_measure(self, printer: str, stock: str) -> bool:
        """Whether a printer was never measured with a stock; it is asked only once."""
        if not printer or self._rows.drift(printer, stock) is not None:
            return False
        self.keep_drift(printer, stock, _STRAIGHT)
        return True

    def begin(
        self,
        kind: str,
        orders: Iterable[Order],
        printed: Printed,
        order: PrintOrder,
    ) -> int:
        """Keep a batch whose papers go to a printer one by one; return its number.

        What the papers say was taken when they were made, else it is now: an order that changes
        after that makes them out of date. Raises `RefusedError` when the file cannot be kept.
        """
        pdf = printed.pdf
        digest = sha256(pdf).hexdigest()
        name = f"{kind}-{digest[:16]}.pdf"
        self._keep(name, pdf)
        facts = self.facts(kind, orders, prices=printed.has_prices) | dict(printed.facts)
        with self._store.write():
            return self._rows.begin(
                kind, order, printed.leaves, facts, (name, digest), self._clock.now()
            )

    def facts(
        self, kind: str, orders: Iterable[Order], *, prices: bool
    ) -> dict[str, Mapping[str, Any]]:
        """Return what papers of a kind say if they are made now, by order number.

        Nothing is kept of kinds that cannot go out of date.
        """
        if kind not in set(PaperKind):
            return {}
        paper = PaperKind(kind)
        return {each.number: self._printed.fact(each, paper, prices=prices) for each in orders}

    def run(self, run_id: int) -> PrintRun:
        """Return where a batch stands. Raises `RefusedError` for an unknown one."""
        return self._kept(run_id).run

    def kept(self, run_id: int) -> KeptRun:
        """Return a batch whole."""
        return self._kept(run_id)

    def unfinished(self) -> list[KeptRun]:
        """Return the batches that are not over, oldest first; after a crash too."""
        return self._rows.open()

    def go_on_job(self, run_id: int) -> Callable[[], PrintRun]:
        """Return the work of one turn: give the next paper to the printer, or look how it does.

        That a paper is handed over is kept before it is. The work touches no store; hand what it
        returns to `apply`. Raises `RefusedError` while it is not known whether a paper is out:
        see `settle`.
        """
        kept, spooler, folder = self._kept(run_id), self._spooler, self._folder
        if kept.run.is_doubtful:
            raise RefusedError(_DOUBT)
        run = kept.run
        if run.job is not None:
            return lambda: run.seen(spooler.state(run.job or ""))
        leaf = run.next_leaf
        if leaf is None or run.is_over:
            return lambda: run
        handing = run.handing_over()
        with self._store.write():
            self._rows.write(run_id, handing)

        def work() -> PrintRun:
            from jeweler_desk.documents.leaf_file import leaf_file  # noqa: PLC0415 - when printing

            try:
                job = spooler.send(leaf_file(_read(folder, kept), leaf), kept.order)
            except MaybePrintedError as unsure:
                return handing.in_doubt(str(unsure))
            except RefusedError as refused:
                return handing.stopped(str(refused))
            return handing.sent(job)

        return work

    def settle(self, run_id: int, *, is_printed: bool) -> Changes:
        """Say whether the paper is out that was handed over when the program ended."""
        return self.apply(run_id, self._kept(run_id).run.settled(is_printed=is_printed))

    def apply(self, run_id: int, run: PrintRun) -> Changes:
        """Keep where a batch stands after a turn; the papers that came out are facts from now."""
        kept = self._kept(run_id)
        if run == kept.run:
            return NOTHING_CHANGED
        now = self._clock.now()
        out = kept.run.leaves[kept.run.done : run.done]
        with self._store.write():
            self._rows.write(run_id, run)
            for number in (each for leaf in out for each in leaf.orders):
                fact = kept.facts.get(number)
                if fact is not None:
                    print_id = self._prints.add_fact(dict(fact), now)
                    self._rows.add_copies(print_id, kept)
        return frozenset((Topic.ORDERS,)) if out else NOTHING_CHANGED

    def give_up_job(self, run_id: int) -> Callable[[], PrintRun]:
        """Return the work that takes a batch back: what has not come out is not printed."""
        run, spooler = self._kept(run_id).run, self._spooler

        def work() -> PrintRun:
            if run.job is None or run.is_doubtful:
                return run.given_up()
            spooler.cancel(run.job)
            seen = run.seen(spooler.state(run.job))
            return seen if seen.done > run.done and seen.is_over else seen.given_up()

        return work

    def copies(self, order_id: OrderId) -> list[CopyFact]:
        """Return every print of an order's papers: when, which copy, from which file."""
        return self._rows.copies(order_id)

    def prints(self, order: Order) -> list[PrintedCopy]:
        """Return every print of an order's papers, and whether it still says what is true."""
        has_more = bool(order.units_to_send)
        return [
            PrintedCopy(
                each.kind,
                each.printed_at,
                each.copy,
                each.printer,
                has_more
                and each.is_at_hand
                and not self._printed.is_true(order, PaperKind(each.kind), each.digest),
                each.digest,
                each.file_hash,
            )
            for each in self._rows.copies(order.id)
        ]

    def _kept(self, run_id: int) -> KeptRun:
        kept = self._rows.get(run_id)
        if kept is None:
            raise RefusedError(f"There is no print run {run_id}. Nothing was printed.")
        return kept

    def _keep(self, name: str, pdf: bytes) -> None:
        if self._folder is None:
            raise RefusedError("A desk in memory keeps no papers. Nothing was printed.")
        folder = self._folder / FOLDER
        part = folder / f"{name}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Never half a file under its name: a batch that goes on reads it again.
            part.write_bytes(pdf)
            part.replace(folder / name)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise RefusedError(
                f"The paper cannot be kept in the desk's folder: {error.strerror}."
                " Nothing was printed."
            ) from error


def moved(printed: Printed, drift: PrinterDrift) -> Printed:
    """Return papers that allow for a printer's drift: every page moved and enlarged by it."""
    if drift == _STRAIGHT:
        return printed
    from jeweler_desk.documents.label_stock import Drift  # noqa: PLC0415 - when printing
    from jeweler_desk.documents.moved_pages import moved_pages  # noqa: PLC0415 - likewise

    millimeter = 72 / 25.4
    by = Drift(drift.dx * millimeter, drift.dy * millimeter, drift.sx, drift.sy)
    return replace(printed, pdf=moved_pages(printed.pdf, by))


def _read(folder: Path | None, kept: KeptRun) -> bytes:
    try:
        pdf = ((folder or Path()) / FOLDER / kept.file_name).read_bytes()
    except OSError as error:
        raise RefusedError(
            f"The paper's file {kept.file_name} is gone; make the papers anew."
        ) from error
    if sha256(pdf).hexdigest() != kept.file_hash:
        raise RefusedError(f"The paper's file {kept.file_name} was changed; make the papers anew.")
    return pdf
