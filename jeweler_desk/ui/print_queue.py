"""Batches on their way through printers: turn by turn, with progress, a stop and a way on."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from jeweler_desk.domain.print_job import PrintRun, SpoolState
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.printing import Printing
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.theme import Tone

TURN_MS: Final = 500
_ENDED: Final = "The program ended while a paper was handed over."
_SILENT: Final = "The printer does not answer."


class PrintQueue(QObject):
    """Drives the batches, one at a time for each printer; she says whether a stopped one goes on.

    Closing the window loses nothing: the paper that is being handed over then is asked about when
    the desk is opened again, the others have not begun.
    """

    def __init__(self, frame: Frame, printing: Printing, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        self._printing = printing
        self._running: dict[int, str] = {}
        self._stopping: set[int] = set()
        self._told: dict[int, str] = {}
        self._ended: dict[int, PrintRun] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self.turn)

    @property
    def running(self) -> tuple[int, ...]:
        """The batches on their way, the oldest first."""
        return tuple(self._running)

    def begin(self, run_id: int) -> None:
        """Let a batch go to its printer."""
        self._frame.notices.withdraw(_key(run_id))
        self._told.pop(run_id, None)
        self._running.setdefault(run_id, self._printing.kept(run_id).order.printer)
        self._timer.start()
        self.turn()

    def offer_unfinished(self) -> None:
        """Ask about batches that an earlier day left: go on, or give up."""
        for kept in self._printing.unfinished():
            if kept.id not in self._running:
                self._stopped(kept.id, kept.run)

    def turn(self) -> None:
        """Take one turn with the first batch of every printer."""
        if not self._running:
            self._timer.stop()
            return
        first = {printer: run_id for run_id, printer in reversed(self._running.items())}
        for run_id in first.values():
            self._turn(run_id)

    def _turn(self, run_id: int) -> None:
        name = _turn_name(run_id)
        if self._frame.jobs.is_running(name):
            return
        try:
            work = self._printing.go_on_job(run_id)
        except RefusedError:
            self._leave(run_id)
            return

        def keeping() -> PrintRun:
            run = self._ended[run_id] = work()
            return run

        self._frame.jobs.start(
            name, keeping, partial(self._turned, run_id), partial(self._failed, run_id)
        )

    def close(self) -> None:
        """Keep what the last turns brought while the window closed; no job is at work any more."""
        self._timer.stop()
        for run_id, run in self._ended.items():
            self._printing.apply(run_id, run)
        self._ended.clear()

    def _turned(self, run_id: int, run: object) -> None:
        self._ended.pop(run_id, None)
        if not isinstance(run, PrintRun):
            return
        self._frame.bus.changed.emit(self._printing.apply(run_id, run))
        notices = self._frame.notices
        if run_id in self._stopping and not run.is_over:
            self._take_back(run_id)
        elif run.next_leaf is None:
            self._forget(run_id)
            notices.tell(f"{count_text(run.done, 'paper')} printed.")
        elif run.state is SpoolState.STOPPED or run.is_over:
            self._leave(run_id)
        elif len(run.leaves) > 1:
            self._show_progress(run_id, run)

    def _show_progress(self, run_id: int, run: PrintRun) -> None:
        """Say how many papers are out, anew only when there is more to say."""
        title = self._printing.kept(run_id).order.title.lower()
        told = f"Printing: {run.done} of {count_text(len(run.leaves), title)} out."
        if self._told.get(run_id) != told:
            self._told[run_id] = told
            stop = partial(self.give_up, run_id)
            self._frame.notices.offer(_key(run_id), told, Tone.INFO, "Stop", stop)

    def _failed(self, run_id: int, error: Exception) -> None:
        """Let a batch rest whose printing system does not answer; she says when it goes on."""
        self._running.pop(run_id, None)
        self._told.pop(run_id, None)
        if run_id in self._stopping:
            self._take_back(run_id)
            return
        why = str(error) if has_words(error) else _SILENT
        self._stopped(run_id, self._printing.run(run_id), why)

    def _leave(self, run_id: int) -> None:
        self._running.pop(run_id, None)
        self._told.pop(run_id, None)
        run = self._printing.run(run_id)
        if not run.is_over:
            self._stopped(run_id, run)

    def _forget(self, run_id: int) -> None:
        self._running.pop(run_id, None)
        self._told.pop(run_id, None)
        self._stopping.discard(run_id)
        self._frame.notices.withdraw(_key(run_id))

    def _stopped(self, run_id: int, run: PrintRun, why: str = "") -> None:
        leaf = run.next_leaf
        title = self._printing.kept(run_id).order.title.lower()
        orders = ", ".join(leaf.orders) if leaf else ""
        where = f"the {title} of {orders}" if orders else f"the {title}"
        done = f"{run.done} of {count_text(len(run.leaves), 'paper')} out."
        why = _sentence(why or run.told)
        notices = self._frame.notices
        if run.is_doubtful:
            told = f"{done} {why or _ENDED} Look whether {where} is out."
            banner = notices.warn(_key(run_id), told, Tone.DUE)
            banner.offer("It is out", partial(self._settle, run_id, is_printed=True))
            banner.offer("It is not", partial(self._settle, run_id, is_printed=False))
            return
        told = " ".join(part for part in (f"Printing stopped before {where}.", done, why) if part)
        banner = notices.warn(_key(run_id), told, Tone.LATE)
        banner.offer("Give up", partial(self.give_up, run_id))
        banner.offer("Go on", partial(self.begin, run_id))

    def _settle(self, run_id: int, *, is_printed: bool) -> None:
        self._frame.bus.changed.emit(self._printing.settle(run_id, is_printed=is_printed))
        self.begin(run_id)

    def give_up(self, run_id: int) -> None:
        """Print nothing more of a batch; what is out stays a fact."""
        self._stopping.add(run_id)
        # A paper that is being handed over this moment is taken back once it has a name.
        if not self._frame.jobs.is_running(_turn_name(run_id)):
            self._take_back(run_id)

    def _take_back(self, run_id: int) -> None:
        self._forget(run_id)
        work = self._printing.give_up_job(run_id)
        self._frame.work(f"print.stop.{run_id}", work, partial(self._given_up, run_id), _SILENT)

    def _given_up(self, run_id: int, run: object) -> None:
        if isinstance(run, PrintRun):
            self._frame.bus.changed.emit(self._printing.apply(run_id, run))
            left = len(run.leaves) - run.done
            self._frame.notices.tell(f"Stopped; {count_text(left, 'paper')} not printed.")


def _sentence(words: str) -> str:
    """Return a printer's words as a sentence: ``paper jam`` is ``Paper jam.``."""
    told = words.strip()
    return told and f"{told[0].upper()}{told[1:].rstrip('.')}."


def _key(run_id: int) -> str:
    return f"print.run.{run_id}"


def _turn_name(run_id: int) -> str:
    return f"print.turn.{run_id}"
