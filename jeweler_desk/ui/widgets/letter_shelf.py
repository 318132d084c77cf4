"""The letters that are on their way or still to write: what each waits for, and the next act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jeweler_desk.domain.letter import Letter, LetterState
from jeweler_desk.domain.letter_wording import STATE_NAMES
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import Said

ON_THE_SHELF: Final = (
    LetterState.CAME_BACK,
    LetterState.UNCLEAR,
    LetterState.QUEUED,
    LetterState.CONNECTING,
    LetterState.HANDING_OVER,
    LetterState.HANDED_OVER,
    LetterState.DRAFT,
)
"""In the order in which they ask for her."""
_TONES: Final = {
    LetterState.CAME_BACK: Tone.LATE,
    LetterState.UNCLEAR: Tone.LATE,
    LetterState.HANDED_OVER: Tone.INFO,
    LetterState.DRAFT: Tone.NEUTRAL,
    LetterState.SEEN_IN_SENT: Tone.GOOD,
    LetterState.ELSEWHERE: Tone.GOOD,
}
_SHORT: Final = {
    LetterState.UNCLEAR: "perhaps sent",
    LetterState.HANDED_OVER: "handed over",
    LetterState.CONNECTING: "leaving",
    LetterState.HANDING_OVER: "leaving",
}
_SHORTEST: Final = {
    LetterState.UNCLEAR: "perhaps",
    LetterState.HANDED_OVER: "taken",
    LetterState.QUEUED: "outbox",
}
LETTER_VERBS: Final = {
    LetterState.DRAFT: "Write",
    LetterState.QUEUED: "Take back",
    LetterState.UNCLEAR: "Write again",
}
_TIPS: Final = {
    LetterState.UNCLEAR: "Only when you looked and it is not in Sent: it is a draft again",
}
_MOST: Final = 4


def letter_said(letter: Letter) -> Said:
    """Say a letter's state in a few words."""
    tone = _TONES.get(letter.state, Tone.DUE)
    return Said(_SHORT.get(letter.state, STATE_NAMES[letter.state]), tone)


class LetterShelf(Card):
    """Lists letters, those that need her first; it is not there while there is none."""

    def __init__(
        self, look: Appearance, act: Callable[[Letter], None], parent: QWidget | None = None
    ) -> None:
        super().__init__("Your letters", parent=parent)
        self._look = look
        self._act = act
        self.rows: list[ListRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE_S)
        self.body.addLayout(self._lines)
        self.hide()

    def show_letters(self, letters: Sequence[Letter]) -> None:
        """Show these letters; sent ones are left out."""
        shelf = [each for each in letters if each.state in ON_THE_SHELF]
        shelf.sort(key=lambda each: ON_THE_SHELF.index(each.state))
        empty_out(self._lines)
        self.rows = [self._row(each) for each in shelf[:_MOST]]
        for row in self.rows:
            add_shown(self._lines, row)
        if len(shelf) > _MOST:
            more = Text(f"and {len(shelf) - _MOST} more", Type.SMALL, soft=True)
            add_shown(self._lines, more)
        self.setVisible(bool(shelf))

    def _row(self, letter: Letter) -> ListRow:
        name = letter.to_name or letter.to_address or "No address yet"
        row = ListRow(self._look, name, letter.trouble or letter.subject)
        said = letter_said(letter)
        narrow = Said(_SHORTEST.get(letter.state, said.text), said.tone)
        row.show_state(said, letter.trouble or STATE_NAMES[letter.state], short=narrow)
        verb = LETTER_VERBS.get(letter.state)
        if verb:
            button = row.add_button(verb)
            button.setToolTip(_TIPS.get(letter.state, ""))
            button.clicked.connect(partial(self._act, letter))
        return row
