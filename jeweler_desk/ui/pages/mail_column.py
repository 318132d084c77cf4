"""The column of letters: its views, a line to search in, the lists, and how fresh all this is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QLineEdit,
    QListView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.tables.letter_pages import Fetch, LetterPages
from jeweler_desk.ui.tables.letters import LetterDelegate, LetterList, LetterRow
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.text import Text


class MailTab(StrEnum):
    """What the column shows."""

    WAITING = "waiting"
    ALL = "all"
    ASIDE = "aside"
    PROOF = "proof"


TAB_NAMES: Final = {
    MailTab.WAITING: "Waiting",
    MailTab.ALL: "All",
    MailTab.ASIDE: "Set aside",
    MailTab.PROOF: "Proof",
}
TAB_TIPS: Final = {
    MailTab.WAITING: "Who waits, the most urgent first (Ctrl+Shift+W)",
    MailTab.ALL: "Every letter known, the newest first (Ctrl+Shift+A)",
    MailTab.ASIDE: "What asked nothing, each with the reason (Ctrl+Shift+S)",
    MailTab.PROOF: "How many were answered within a day, by month (Ctrl+Shift+P)",
}
_PAUSE_MS: Final = 60
_LAID_AT_ONCE: Final = 500
_NARROWEST: Final = 236


class _Letters(QListView):
    """A list whose rows become higher where it becomes narrow."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows anew at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class MailColumn(QWidget):
    """``chosen`` carries a Message-ID, ``typed`` says that the words to search for changed."""

    chosen = Signal(str)
    tab_wanted = Signal(str)
    typed = Signal()

    def __init__(
        self, look: Appearance, fetch: Fetch, below: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.letters = LetterList(self)
        self.pages = LetterPages(fetch, self)
        self.list = self._list_of(self.letters, "Letters that wait, the most urgent first")
        self.long_list = self._list_of(self.pages, "Letters, the newest first")
        self.long_list.setUniformItemSizes(True)
        self.long_list.setLayoutMode(QListView.LayoutMode.Batched)
        self.long_list.setBatchSize(_LAID_AT_ONCE)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Search this mail…")
        self.filter.setAccessibleName("Search this mail")
        self.filter.setClearButtonEnabled(True)
        self.nothing = Text("", soft=True, wrap=True)
        self.fresh = Text("", Type.SMALL, soft=True, wrap=True)
        self.tabs: dict[MailTab, Button] = {}
        self.tab = MailTab.WAITING
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.typed)
        self.filter.textChanged.connect(self._pause.start)
        self._build(below)

    def _list_of(self, model: LetterList | LetterPages, name: str) -> QListView:
        view = _Letters()
        view.setAccessibleName(name)
        view.setModel(model)
        view.setItemDelegate(LetterDelegate(self._look, view))
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setTabKeyNavigation(False)
        view.selectionModel().currentChanged.connect(partial(self._tell, model))
        self._look.changed.connect(view.doItemsLayout)
        return view

    def _fit(self) -> None:
        self.setMinimumWidth(self._look.px(_NARROWEST))

    def _build(self, below: QWidget) -> None:
        self._look.changed.connect(self._fit)
        self._fit()
        card = Card()
        group = QButtonGroup(self)
        tabs = FlowLayout(spacing=SPACE_XS)
        for tab, name in TAB_NAMES.items():
            button = Button(name, "tab")
            button.setCheckable(True)
            button.setToolTip(TAB_TIPS[tab])
            button.clicked.connect(partial(self.tab_wanted.emit, tab.value))
            group.addButton(button)
            tabs.addWidget(button)
            self.tabs[tab] = button
        self.tabs[self.tab].setChecked(True)
        card.body.addLayout(tabs)
        card.body.addWidget(self.filter)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.long_list)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(SPACE_S, SPACE_L, SPACE_S, SPACE_L)
        column.addWidget(self.nothing)
        column.addStretch(1)
        self._stack.addWidget(empty)
        card.body.addWidget(holder, 1)
        card.body.addWidget(self.fresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_L)
        layout.addWidget(card, 1)
        layout.addWidget(below)

    @property
    def pane(self) -> QWidget:
        """The part that takes the focus."""
        return self.long_list if self._is_long else self.list

    @property
    def _is_long(self) -> bool:
        return self.tab in {MailTab.ALL, MailTab.ASIDE}

    @property
    def _model(self) -> LetterList | LetterPages:
        return self.pages if self._is_long else self.letters

    def show_tab(self, tab: MailTab, counts: Mapping[MailTab, int]) -> None:
        """Mark a view, and how many letters each has where that is known."""
        self.tab = tab
        self.tabs[tab].setChecked(True)
        for each, name in TAB_NAMES.items():
            count = counts.get(each, 0)
            self.tabs[each].say(f"{name} {count}" if count else name)
        self.filter.setVisible(self._is_long)

    def show_list(self, nothing: str) -> None:
        """Show the list of the view, or what to say where it is empty."""
        is_empty = self._model.rowCount() == 0
        self.nothing.setText(nothing)
        self._stack.setCurrentIndex(2 if is_empty else int(self._is_long))

    def say_fresh(self, words: str, tone: Tone | None, tip: str = "") -> None:
        """Say as of when the mail is known; ``tip`` tells all of it."""
        self.fresh.setText(words)
        self.fresh.setToolTip(tip)
        self.fresh.setAccessibleDescription(tip)
        self.fresh.set_tone(tone)

    def row_of(self, message_id: str) -> int:
        """Return where a letter stands in the view, -1 if it does not."""
        return self._model.place_of(message_id)

    def first(self) -> str:
        """Return the id of the first letter of the view, empty without one."""
        return self._model.first()

    def mark(self, message_id: str) -> None:
        """Let the list stand at a letter."""
        model, view = self._model, self.pane
        place = model.place_of(message_id)
        if not isinstance(view, QListView):
            return
        index = model.index(place)
        chosen = view.selectionModel()
        if place < 0:
            chosen.clear()
        elif not chosen.isSelected(index) or view.currentIndex() != index:
            chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _tell(
        self, model: LetterList | LetterPages, current: QModelIndex, _previous: QModelIndex
    ) -> None:
        row: LetterRow | None = model.row(current.row())
        if model is self._model and row is not None and row.message_id:
            self.chosen.emit(row.message_id)
