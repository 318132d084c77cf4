"""The proof on a card: letters answered within 24 hours, month by month, and every exception."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.mail_proof import LateLetter, Proof, ProofMonth
from jeweler_desk.domain.measure_wording import answered_share, month_name, percent
from jeweler_desk.domain.wording import count_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.text import ElidedText
from jeweler_desk.ui.widgets.week_chart import Bar, WeekChart
from jeweler_desk.ui.words import Said, joined, sentence

MOST_LATE: Final = 3
"""So many exceptions stand on the card where not more of them are asked for."""


class ReplyProofCard(Card):
    """Hidden until a letter asked.

    ``letter_wanted`` tells which exception was pressed; ``more_wanted`` asks for further ones.
    """

    letter_wanted = Signal(str)
    more_wanted = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("Letters answered", parent=parent)
        self._look = look
        self.chart = WeekChart(look, "Answered within 24 hours, by month")
        # One line: words that wrap would let the page squeeze the rows beside them.
        self.told = ElidedText("", Type.BODY)
        # They belong to the card from the start, and go with it.
        self.body.addWidget(self.told)
        self.body.addWidget(self.chart)
        self.rows: list[ListRow] = []
        self.more: Button | None = None
        self.hide()

    def show_proof(
        self, proof: Proof, *, most_late: int = MOST_LATE, has_more: bool = False
    ) -> None:
        """Show the last months and the newest exceptions.

        ``has_more`` offers to show more of them.
        """
        self.setVisible(bool(proof.together.letters))
        self.clear()
        self.note.setText(_beside(proof))
        self.told = ElidedText(sentence(answered_share(proof.together)), Type.BODY)
        self.chart = WeekChart(self._look, self.chart.accessibleName())
        self.chart.show_bars([_bar(month) for month in proof.months])
        self.body.addWidget(self.told)
        self.body.addWidget(self.chart)
        self.rows, self.more = [], None
        if proof.late_count > most_late and has_more:
            self.more = Button("", "quiet", room="small")
            self.more.clicked.connect(self.more_wanted)
            self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        elif proof.late_count > most_late:
            told = f"and {proof.late_count - most_late} more that took longer"
            self.body.addWidget(ElidedText(told, Type.SMALL, soft=True))
        self.add_late(proof.late[:most_late], proof.late_count)

    def add_late(self, late: Sequence[LateLetter], count: int) -> None:
        """Show more of the exceptions, of so many in all."""
        place = self.body.indexOf(self.chart) + 1 + len(self.rows)
        rows = [self._row(each) for each in late]
        for number, row in enumerate(rows):
            self.body.insertWidget(place + number, row)
        self.rows += rows
        left = count - len(self.rows)
        if self.more is not None:
            self.more.say(f"Show more ({left} took longer than a day)")
            self.more.setVisible(left > 0)

    def _row(self, late: LateLetter) -> ListRow:
        row = ListRow(self._look, late.person or "an unknown sender", late.subject or "no subject")
        took = f"{late.hours:g} h"
        still = late.answered_at is None
        row.show_state(
            Said(f"waits {took}" if still else f"took {took}", Tone.LATE if still else Tone.DUE),
            joined([f"{late.working_hours:g} h of them on working days"]),
        )
        row.add_button("Read").clicked.connect(partial(self.letter_wanted.emit, late.message_id))
        return row


def _bar(month: ProofMonth) -> Bar:
    share = month.answered.share
    told = f"{month_name(month.month)}: {answered_share(month.answered)}"
    value = percent(share) if share is not None else "–"
    return Bar(month_name(month.month).partition(" ")[0], value, share, told)


def _beside(proof: Proof) -> str:
    told = []
    if proof.running:
        told.append(f"{count_text(proof.running, 'letter')} still in time")
    if proof.untimed:
        told.append(f"{proof.untimed} answered, not known when")
    return joined(told)
