"""Batches on their way through printers: turn by turn, with progress, a stop and a way on."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from jeweler_desk.domain.print_job import PrintRun, SpoolState
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.printing import Printing
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import number_text

TURN_MS: Final = 500


class PrintQueue(QObject):
    """Drives the batches; after a crash or a jam she says whether one goes on."""

    def __init__(self, frame: Frame, printing: Printing, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        self._printing = printing
        self._running: list[int] = []
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self.turn)

    def begin(self, run_id: int) -> None:
        """Let a batch go to its printer."""
        self._frame.notices.withdraw(_key(run_id))
        if run_id not in self._running:
            self._running.append(run_id)
        self._timer.start()
        self.turn()

    def offer_unfinished(self) -> None:
        """Ask about batches that an earlier day left: go on, or give up."""
        for kept in self._printing.unfinished():
            if kept.id not in self._running:
                self._stopped(kept.id, kept.run)

    def turn(self) -> None:
        """Take one turn with the batch whose turn it is."""
        if not self._running:
            self._timer.stop()
            return
        run_id = self._running[0]
        name = f"print.run.{run_id}"
        if self._frame.jobs.is_running(name):
            return
        try:
            work = self._printing.go_on_job(run_id)
        except RefusedError:
            self._leave(run_id)
            return
        self._frame.work(name, work, partial(self._turned, run_id), "The printer does not answer.")

    def _turned(self, run_id: int, run: object) -> None:
        if not isinstance(run, PrintRun):
            return
        self._frame.bus.changed.emit(self._printing.apply(run_id, run))
        notices = self._frame.notices
        if run.next_leaf is None:
            self._running.remove(run_id)
            notices.withdraw(_key(run_id))
            notices.tell(f"{count_text(run.done, 'paper')} printed.")
        elif run.state is SpoolState.STOPPED or run.is_over:
            self._leave(run_id)
        elif len(run.leaves) > 1:
            told = f"Printing: {run.done} of {count_text(len(run.leaves), 'paper')} out."
            notices.offer(_key(run_id), told, Tone.INFO, "Stop", partial(self.give_up, run_id))

    def _leave(self, run_id: int) -> None:
        if run_id in self._running:
            self._running.remove(run_id)
        run = self._printing.run(run_id)
        if not run.is_over:
            self._stopped(run_id, run)

    def _stopped(self, run_id: int, run: PrintRun) -> None:
        leaf = run.next_leaf
        where = ", ".join(number_text(each) for each in leaf.orders) if leaf else ""
        done = f"{run.done} of {count_text(len(run.leaves), 'paper')} out."
        notices = self._frame.notices
        if run.is_doubtful:
            told = f"{done} Look whether the paper of {where} is out: the program ended just then."
            banner = notices.warn(_key(run_id), told, Tone.DUE)
            banner.offer("It is out", partial(self._settle, run_id, is_printed=True))
            banner.offer("It is not", partial(self._settle, run_id, is_printed=False))
            return
        why = f" {run.told}" if run.told else ""
        told = f"Printing stopped before {where}. {done}{why}"
        banner = notices.warn(_key(run_id), told, Tone.LATE)
        banner.offer("Give up", partial(self.give_up, run_id))
        banner.offer("Go on", partial(self.begin, run_id))

    def _settle(self, run_id: int, *, is_printed: bool) -> None:
        self._frame.bus.changed.emit(self._printing.settle(run_id, is_printed=is_printed))
        self.begin(run_id)

    def give_up(self, run_id: int) -> None:
        """Print nothing more of a batch; what is out stays a fact."""
        if run_id in self._running:
            self._running.remove(run_id)
        name = f"print.stop.{run_id}"
        work = self._printing.give_up_job(run_id)
        self._frame.work(
            name, work, partial(self._given_up, run_id), "The printer does not answer."
        )

    def _given_up(self, run_id: int, run: object) -> None:
        if isinstance(run, PrintRun):
            self._frame.bus.changed.emit(self._printing.apply(run_id, run))
            left = len(run.leaves) - run.done
            self._frame.notices.tell(f"Stopped; {count_text(left, 'paper')} not printed.")


def _key(run_id: int) -> str:
    return f"print.run.{run_id}"
