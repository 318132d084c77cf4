"""What was printed of an order, and its address in Latin letters, beside the order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from jeweler_desk.domain.order import Order
from jeweler_desk.domain.printed_copy import PrintedCopy, copy_details, copy_text
from jeweler_desk.domain.wording import count_text
from jeweler_desk.ui.theme import SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Hairline
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import apart, joined, sentence


@dataclass(frozen=True, slots=True)
class PaperLines:
    """The prints of an order, oldest first, and its address in Latin letters.

    ``is_asked`` says that the buyer's own address is in other letters; ``write`` asks for the
    Latin ones.
    """

    prints: tuple[PrintedCopy, ...] = ()
    latin: tuple[str, ...] = ()
    is_asked: bool = False
    write: Callable[[], None] | None = None
    customs: tuple[CustomsLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomsLine:
    """A piece that goes abroad: what customs ask of it and is not known, and how to write it."""

    title: str
    lacking: tuple[str, ...]
    write: Callable[[], None]


NO_PAPERS: Final = PaperLines()
_MANY: Final = 12


def add_paper_lines(
    layout: QVBoxLayout, order: Order, papers: PaperLines, now: datetime, timezone: str
) -> None:
    """Add what was printed, the newest first, and the Latin lines with their button."""
    if papers.customs:
        _add_customs(layout, papers.customs)
    if papers.is_asked or papers.latin:
        _add_latin(layout, order, papers)
    if not papers.prints:
        return
    layout.addWidget(Hairline())
    layout.addWidget(Text("Papers", Type.SMALL, soft=True))
    box = QVBoxLayout()
    box.setSpacing(SPACE_XS)
    for each in reversed(papers.prints):
        line = Text(sentence(copy_text(each, now, timezone)).rstrip("."), Type.SMALL, wrap=True)
        line.set_tone(Tone.LATE if each.is_out_of_date else None)
        box.addWidget(line)
        details = sentence(copy_details(each)).rstrip(".")
        box.addWidget(Text(details, Type.SMALL, soft=True, wrap=True))
    layout.addLayout(box)


def _add_customs(layout: QVBoxLayout, lines: tuple[CustomsLine, ...]) -> None:
    layout.addWidget(Hairline())
    layout.addWidget(Text("Customs", Type.SMALL, soft=True))
    # In a long order what is known already makes room for what is still to write.
    asked = [line for line in lines if line.lacking] if len(lines) > _MANY else list(lines)
    for line in asked[:_MANY]:
        lacks = f"{', '.join(line.lacking)} not known" if line.lacking else "all is known"
        words = Text(f"{apart(line.title)}: {lacks}", Type.SMALL, wrap=True)
        words.set_tone(Tone.DUE if line.lacking else None)
        button = Button("Write…", room="small", name=f"Write the customs facts of {line.title}")
        button.clicked.connect(line.write)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(row)
    left, known = len(asked[_MANY:]), len(lines) - len(asked)
    told = [
        f"{count_text(left, 'more piece')} to write after these" if left else "",
        f"all is known of {count_text(known, 'piece')}" if known else "",
    ]
    if any(told):
        layout.addWidget(Text(sentence(joined(told)), Type.SMALL, soft=True, wrap=True))


def _add_latin(layout: QVBoxLayout, order: Order, papers: PaperLines) -> None:
    layout.addWidget(Hairline())
    layout.addWidget(Text("In Latin letters, for the label", Type.SMALL, soft=True))
    if papers.latin:
        words = Text("\n".join(papers.latin), wrap=True)
    else:
        words = Text("Not written yet; some carriers ask for it.", Type.SMALL, wrap=True)
        words.set_tone(Tone.DUE)
    layout.addWidget(words)
    if papers.write is not None:
        verb = "Change…" if papers.latin else "Write…"
        button = Button(verb, room="small", name=f"{verb} the Latin address of {order.number}")
        button.clicked.connect(papers.write)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
