"""What all pages share: a heading, the search, and reading anew only when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import ElidedText

_SEARCH: Final = "Search orders, people, mail…     Ctrl+K"
_SEARCH_SHORT: Final = "Search…     Ctrl+K"
_SEARCH_NAME: Final = "Search orders, people and mail"
_WIDE: Final = 840


class Page(QWidget):
    """One page of the window. ``topics`` are what it shows; a change of them makes it stale."""

    link_opened = Signal(str)
    topics: Changes = frozenset(Topic)

    def __init__(self, frame: Frame, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame_ = frame
        self._is_stale = True
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedText(title, Type.TITLE)
        self.subtitle = ElidedText("", soft=True)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(SPACE_S)
        self.search_button = Button(
            _SEARCH, "search", icon=frame.look.icon("search", "soft_ink"), name=_SEARCH_NAME
        )
        self.search_button.follow(frame.actions["search"])
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_L)
        self._set_out()
        frame.bus.changed.connect(self._hear)

    def _set_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(SPACE_M)
        head.addLayout(words, 1)
        head.addLayout(self._acts)
        head.addWidget(self.search_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL + SPACE_XS, SPACE_L, SPACE_XL + SPACE_XS, SPACE_XL)
        layout.setSpacing(SPACE_L)
        layout.addLayout(head)
        layout.addLayout(self.body, 1)

    def add_act(self, button: Button) -> None:
        """Put a button beside the search."""
        self._acts.addWidget(button)

    def refresh(self) -> None:
        """Read and show everything anew."""
        raise NotImplementedError

    def await_news(self) -> None:
        """Be shown as it was: a change that is told right after has it read once, not twice."""
        self._is_stale = False

    def tick(self) -> None:
        """Bring what depends on the time up to date, every half minute while it is shown."""

    def panes(self) -> Sequence[QWidget]:
        """Return the parts that F6 walks through."""
        return ()

    def focus_first(self) -> None:
        """Put the focus where the work begins."""
        panes = self.panes()
        if panes:
            panes[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the heading readable where the room is narrow."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.frame_.look.px(_WIDE)
        self.search_button.say(_SEARCH if is_wide else _SEARCH_SHORT, _SEARCH_NAME)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if not changes & self.topics:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew when something changed while it was not looked at."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.refresh()


def bare_row(spacing: int = SPACE_S) -> QHBoxLayout:
    """Return a row without margins."""
    row = QHBoxLayout()
    row.setContentsMargins(*NO_SPACE)
    row.setSpacing(spacing)
    return row
