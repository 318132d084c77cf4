"""One row of the evening sweep: who wrote what, how long it has, its act, and the other ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.widgets.avatar import Avatar
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.list_row import ListRow

Way = tuple[str, Callable[[], object]]


class SweepRow(ListRow):
    """A row with one act; what else can be done with it stands in a menu beside."""

    def __init__(self, look: Appearance, who: str, detail: str) -> None:
        super().__init__(look, who, detail, Avatar(look, who))
        self.ways: QMenu | None = None
        self.more: Button | None = None

    def offer(self, verb: str, act: Callable[[], object], ways: Sequence[Way] = ()) -> Button:
        """Put the act at the end, and a button that opens the other ways."""
        button = self.add_button(verb)
        button.clicked.connect(_Doing(act))
        if ways:
            self.ways = QMenu(self)
            for words, other in ways:
                self.ways.addAction(words).triggered.connect(_Doing(other))
            self.more = Button("Else…", "quiet", name=f"Else: {self.title.text()}")
            self.more.setToolTip("What else can be done with it")
            self.more.clicked.connect(self._open_ways)
            self._row.addWidget(self.more)
        return button

    def _open_ways(self) -> None:
        if self.ways is not None and self.more is not None:
            self.ways.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


class _Doing:
    """A click that does one thing, whatever Qt tells of it."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act

    def __call__(self, *_told: object) -> None:
        self._act()
