"""A conversation as it went: her letters and ours, as plain text, the newest at the end.

What a mail program quoted is folded; what came along is shown with care; nothing is fetched or run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.enclosure import Enclosures
from jeweler_desk.domain.quoting import Passage
from jeweler_desk.domain.web_link import safe_link
from jeweler_desk.domain.wording import count_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_M, SPACE_S, SPACE_XS, Type
from jeweler_desk.ui.widgets.attached_files import AttachedFiles
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Hairline
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.html_view import HtmlView
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import ElidedText, Text

_MOST_LINKS: Final = 3


@dataclass(frozen=True, slots=True)
class Utterance:
    """One letter: who wrote, when in words and exactly, the words, and what came along.

    ``why`` is what was decided of it; ``note`` what is still to be read.
    """

    id: str
    who: str
    when: str
    tip: str
    passages: tuple[Passage, ...]
    is_ours: bool
    why: str = ""
    note: str = ""
    enclosures: Enclosures | None = None


class ConversationView(Scroll):
    """Shows letters below each other."""

    link_wanted = Signal(str)
    save_wanted = Signal(str, int)
    earlier_wanted = Signal()
    shown_otherwise = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("The conversation", takes_focus=True, parent=parent)
        self._look = look
        self._letters: tuple[Utterance, ...] = ()
        self._key = ""
        self._unfolded: set[str] = set()
        self._formatted: set[str] = set()
        self._earlier = 0
        self._next = 0
        self._placed_at = -1
        self.fold_buttons: list[Button] = []
        self.format_buttons: list[Button] = []
        self.link_buttons: list[Button] = []
        self.files: list[AttachedFiles] = []

    def show_letters(
        self, key: str, letters: Sequence[Utterance], earlier: int = 0, at_once: int = 0
    ) -> None:
        """Show these letters and bring the newest into view; the same ones stay as they are.

        So many ``earlier`` ones are offered, ``at_once`` at a time.
        """
        fresh = tuple(letters)
        is_other = key != self._key
        if fresh == self._letters and earlier == self._earlier and not is_other:
            return
        self._earlier, self._next = earlier, min(earlier, at_once)
        if is_other:
            self._key = key
            self._unfolded.clear()
            self._formatted.clear()
        is_unmoved = self.verticalScrollBar().value() == self._placed_at
        self._letters = fresh
        self._build()
        if is_other or is_unmoved:
            QTimer.singleShot(0, self, self._show_newest)

    @property
    def has_quotes(self) -> bool:
        """Whether some words are folded, or were."""
        return any(part.is_quoted for each in self._letters for part in each.passages)

    @property
    def has_formatted(self) -> bool:
        """Whether a letter has a formatted form."""
        return any(each.enclosures and each.enclosures.html for each in self._letters)

    def toggle_quotes(self) -> None:
        """Show all that was quoted, or fold it again."""
        ids = {each.id for each in self._letters if any(part.is_quoted for part in each.passages)}
        self._unfolded = set() if self._unfolded >= ids else ids
        self._build()

    def toggle_formatted(self) -> None:
        """Show the newest letter that has a formatted form so, or as text again."""
        for each in reversed(self._letters):
            if each.enclosures and each.enclosures.html:
                self._turn_format(each.id)
                return

    def _turn_format(self, letter_id: str) -> None:
        self._formatted ^= {letter_id}
        self._build()
        self.shown_otherwise.emit()

    def _turn_fold(self, letter_id: str) -> None:
        self._unfolded ^= {letter_id}
        self._build()

    def _build(self) -> None:
        at = self.verticalScrollBar().value()
        self.fold_buttons, self.format_buttons = [], []
        self.link_buttons, self.files = [], []
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        layout.setSpacing(SPACE_M)
        if self._earlier:
            earlier = count_text(self._earlier, "earlier letter")
            told = f"{self._next} of {earlier}" if self._next < self._earlier else earlier
            button = Button(f"Show {told}", "quiet", room="small")
            button.clicked.connect(self.earlier_wanted)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for number, letter in enumerate(self._letters):
            if number and not letter.is_ours:
                layout.addWidget(Hairline())
            layout.addWidget(self._letter(letter))
        layout.addStretch(1)
        self.hold(layout)
        self.settle()
        self.verticalScrollBar().setValue(at)

    def _show_newest(self) -> None:
        """Bring the newest letter into view, from its beginning."""
        inner = self.widget()
        if inner is None:
            return
        letters = inner.findChildren(QFrame, "letter", Qt.FindChildOption.FindDirectChildrenOnly)
        if letters:
            self.verticalScrollBar().setValue(letters[-1].y())
            self._placed_at = self.verticalScrollBar().value()

    def _letter(self, letter: Utterance) -> QWidget:
        holder = QFrame()
        holder.setObjectName("letter")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(*NO_SPACE)
        inner: QVBoxLayout = layout
        if letter.is_ours:
            ground = QFrame()
            ground.setObjectName("quote")
            layout.addWidget(ground)
            inner = QVBoxLayout(ground)
            inner.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        inner.setSpacing(SPACE_S)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        head.addWidget(ElidedText(letter.who, Type.STRONG), 1)
        when = Text(letter.when, Type.SMALL, soft=True)
        when.setToolTip(letter.tip)
        head.addWidget(when)
        inner.addLayout(head)
        held = letter.enclosures
        if held is not None and held.html and letter.id in self._formatted:
            view = HtmlView(self._look, held)
            view.link_wanted.connect(self.link_wanted)
            inner.addWidget(view)
        else:
            self._add_words(inner, letter)
        if letter.note:
            inner.addWidget(Text(letter.note, Type.SMALL, soft=True, wrap=True))
        self._add_foot(inner, letter)
        return holder

    def _add_words(self, layout: QVBoxLayout, letter: Utterance) -> None:
        for part in letter.passages:
            if part.is_quoted:
                self._add_fold(layout, letter, part)
                if letter.id not in self._unfolded:
                    continue
            if not part.text.strip():
                continue
            words = Text(part.text.strip("\n"), soft=part.is_quoted, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(words)

    def _add_fold(self, layout: QVBoxLayout, letter: Utterance, part: Passage) -> None:
        is_open = letter.id in self._unfolded
        lines = count_text(max(1, part.lines), "quoted line")
        button = Button(
            f"Fold {lines}" if is_open else f"··· {lines}",
            "quiet",
            room="small",
            name=f"{'Fold' if is_open else 'Show'} {lines}",
        )
        button.clicked.connect(partial(self._turn_fold, letter.id))
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.fold_buttons.append(button)

    def _add_foot(self, layout: QVBoxLayout, letter: Utterance) -> None:
        held = letter.enclosures
        if held is not None and held.attachments:
            files = AttachedFiles(self._look, held.attachments)
            files.save_wanted.connect(partial(self.save_wanted.emit, letter.id))
            layout.addWidget(files)
            self.files.append(files)
        row = FlowLayout(spacing=SPACE_XS)
        if held is not None and held.html:
            is_on = letter.id in self._formatted
            button = Button("Show as text" if is_on else "Show as formatted", "quiet", room="small")
            button.clicked.connect(partial(self._turn_format, letter.id))
            row.addWidget(button)
            self.format_buttons.append(button)
        for url in (held.links if held is not None else ())[:_MOST_LINKS]:
            link = safe_link(url)
            if link is not None and not letter.is_ours:
                button = Button(f"Open {link.host}…", "quiet", room="small")
                button.setToolTip(url)
                button.clicked.connect(partial(self.link_wanted.emit, url))
                row.addWidget(button)
                self.link_buttons.append(button)
        if row.count():
            layout.addLayout(row)
        if letter.why:
            layout.addWidget(Text(letter.why, Type.SMALL, soft=True, wrap=True))
