"""What can be done with several chosen orders: print, hold, hand over, each as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.changes import Changes
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.order_batches import (
    DONE_NAMES,
    DRY_LIST_FROM,
    BatchAct,
    BatchDone,
    DryLine,
    refused_told,
)
from jeweler_desk.ui.dialogs.dry_list import DryList
from jeweler_desk.ui.dialogs.hold_order import HoldChoice, HoldOrder
from jeweler_desk.ui.dialogs.ship_order import HandOver, HandOverMany
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.theme import Tone

_VERBS: Final = {
    BatchAct.PRINT: ("Print {} slips", "Print"),
    BatchAct.HOLD: ("Hold {}", "Put on hold"),
    BatchAct.HAND_OVER: ("Hand over {}", "Handed over"),
}

Ids = Sequence[OrderId]


class SelectionActs:
    """Asks what an act with several orders needs; before more than 20 comes the dry list."""

    def __init__(
        self,
        frame: Frame,
        desk: Desk,
        print_slips: Callable[[Ids], None],
        window: Callable[[], QWidget],
    ) -> None:
        self._frame = frame
        self._batches = desk.batches
        self._clock = desk.clock
        self._settings = desk.settings
        self._print_slips = print_slips
        self._window = window

    def print_slips(self, ids: Ids) -> None:
        """Print the slips of these orders as one file."""
        self._look(BatchAct.PRINT, ids, self._print_slips)

    def hold(self, ids: Ids) -> None:
        """Ask why once, and put these orders on hold."""

        def ask(able: Ids) -> None:
            form = HoldOrder("", self._window(), several=count_text(len(able), "order"))
            form.answered.connect(partial(self._hold, able))
            form.open()

        self._look(BatchAct.HOLD, ids, ask)

    def _hold(self, ids: Ids, answer: HoldChoice) -> None:
        self._do(BatchAct.HOLD, lambda: self._batches.hold(ids, answer.reason, answer.until))

    def hand_over(self, ids: Ids) -> None:
        """Ask for the carrier once, and hand these parcels over."""

        def ask(able: Ids) -> None:
            form = HandOverMany(
                count_text(len(able), "parcel"),
                self._window(),
                now=self._clock.now(),
                timezone=self._settings.timezone(),
            )
            form.answered.connect(partial(self._ship, able))
            form.open()

        self._look(BatchAct.HAND_OVER, ids, ask)

    def _ship(self, ids: Ids, answer: HandOver) -> None:
        self._do(
            BatchAct.HAND_OVER, lambda: self._batches.hand_over(ids, answer.carrier, answer.at)
        )

    def _look(self, act: BatchAct, ids: Ids, go_on: Callable[[Ids], None]) -> None:
        """Show the dry list before more than 20; else go on with what can be done."""
        try:
            lines = self._batches.dry_list(act, ids)
        except RefusedError as refused:
            self._frame.notices.warn("act", str(refused))
            return
        able = [line.order_id for line in lines if line.refusal is None]
        if len(lines) > DRY_LIST_FROM:
            heading, verb = _VERBS[act]
            said = heading.format(len(lines) if act is BatchAct.PRINT else _orders(lines))
            form = DryList(said, verb if act is BatchAct.PRINT else "Go on", lines, self._window())
            form.answered.connect(go_on)
            form.open()
            return
        refused_lines = [line for line in lines if line.refusal is not None]
        self._tell_refused(refused_lines, is_all=not able)
        if able:
            go_on(able)

    def _tell_refused(self, refused: Sequence[DryLine], *, is_all: bool) -> None:
        if not refused:
            self._frame.notices.withdraw("batch")
            return
        begin = "Nothing was changed." if is_all else f"{_orders(refused)} left as they are:"
        self._frame.notices.warn("batch", f"{begin} {refused_told(refused)}", Tone.DUE)

    def _do(self, act: BatchAct, deed: Callable[[], BatchDone]) -> None:
        said: list[str] = []

        def done() -> Changes:
            result = deed()
            said.append(f"{_orders(result.done)} {DONE_NAMES[act]}.")
            return result.changes

        if self._frame.act(done, "Done."):
            self._frame.notices.offer_undo(said[0])


def _orders(lines: Sequence[DryLine]) -> str:
    return count_text(len(lines), "order")
