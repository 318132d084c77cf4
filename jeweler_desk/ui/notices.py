"""What the window says: a banner that stays, a toast that offers Undo; never a box in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_M, SPACE_S, SPACE_XL, Tone
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import Text

TOAST_MS: Final = 10_000
_TOAST_WIDEST: Final = 640


class _Banner(QFrame):
    """One sentence across the page, with at most one act and a way to put it away."""

    closed = Signal()

    def __init__(self, look: Appearance, text: str, tone: Tone, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("tone", tone.value)
        self.text = Text(text, wrap=True)
        self.layout_ = QHBoxLayout(self)
        self.layout_.setContentsMargins(SPACE_L, SPACE_S, SPACE_S, SPACE_S)
        self.layout_.setSpacing(SPACE_M)
        self.layout_.addWidget(self.text, 1)
        self.close_button = Button(
            "", "quiet", room="small", icon=look.icon("close"), name="Put this notice away"
        )
        self.close_button.setToolTip("Put this notice away")
        self.layout_.addWidget(self.close_button)
        self.close_button.clicked.connect(self.closed)

    def offer(self, verb: str, act: Callable[[], None]) -> None:
        """Put a button before the way out; pressing it also puts the notice away."""
        button = Button(verb, room="small")
        button.clicked.connect(act)
        button.clicked.connect(self.closed)
        self.layout_.insertWidget(1, button)


class Notices(QWidget):
    """The stack of banners above a page, and the toast at the bottom of the window."""

    undo_wanted = Signal()

    def __init__(self, look: Appearance, over: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._over = over
        self._banners: dict[str, _Banner] = {}
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(*NO_SPACE)
        self._stack.setSpacing(SPACE_S)
        self.toast = QFrame(over)
        self.toast.setObjectName("toast")
        self._words = Text("", wrap=False)
        self.undo_button = Button("Undo", room="small")
        self.undo_button.clicked.connect(self._undo)
        row = QHBoxLayout(self.toast)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_S, SPACE_S)
        row.setSpacing(SPACE_L)
        row.addWidget(self._words, 1)
        row.addWidget(self.undo_button)
        self.toast.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.toast.hide)
        over.installEventFilter(self)

    @property
    def last_words(self) -> str:
        """What the toast says, or said last."""
        return self._words.text()

    def banners(self) -> dict[str, str]:
        """Return the sentences that stand above the page, by key."""
        return {key: banner.text.text() for key, banner in self._banners.items()}

    def tell(self, text: str) -> None:
        """Say that something was done."""
        self._show_toast(text, can_undo=False)

    def offer_undo(self, text: str) -> None:
        """Say what was done, with Undo beside it."""
        self._show_toast(text, can_undo=True)

    def warn(self, key: str, text: str, tone: Tone = Tone.LATE) -> _Banner:
        """Put a sentence above the page until it is put away; one per key."""
        self.withdraw(key)
        banner = _Banner(self._look, text, tone, self)
        banner.closed.connect(lambda: self.withdraw(key))
        self._banners[key] = banner
        self._stack.addWidget(banner)
        banner.show()
        self._announce(text)
        return banner

    def offer(self, key: str, text: str, tone: Tone, verb: str, act: Callable[[], None]) -> None:
        """Put a sentence above the page with the act that answers it."""
        self.warn(key, text, tone).offer(verb, act)

    def withdraw(self, key: str) -> None:
        """Take a banner away."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._stack.removeWidget(banner)
            banner.hide()
            banner.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the toast at the bottom when the window changes its size."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self._place_toast()
            QTimer.singleShot(0, self, self._place_toast)  # once all else has its place
        return super().eventFilter(watched, event)

    def _show_toast(self, text: str, *, can_undo: bool) -> None:
        self._words.setText(text)
        self.undo_button.setVisible(can_undo)
        self.toast.show()
        self.toast.raise_()
        self._place_toast()
        QTimer.singleShot(0, self, self._place_toast)  # what the act changes is laid out by then
        self._timer.start()
        self._announce(text)

    def _place_toast(self) -> None:
        if not self.toast.isVisible():
            return
        widest = min(self._over.width() - 2 * SPACE_XL, self._look.px(_TOAST_WIDEST))
        self._words.setWordWrap(False)
        wanted = self.toast.sizeHint()
        if wanted.width() > widest:
            self._words.setWordWrap(True)
            wanted = QSize(widest, self.toast.heightForWidth(widest))
        x = (self._over.width() - wanted.width()) // 2
        y = self._over.height() - wanted.height() - SPACE_XL
        self.toast.setGeometry(self._clear_of_buttons(QRect(QPoint(x, y), wanted)))

    def _clear_of_buttons(self, lowest: QRect) -> QRect:
        """Return where the toast lies on no button, as low as can be; else the lowest place."""
        buttons = [
            QRect(each.mapTo(self._over, QPoint(0, 0)), each.size())
            for each in self._over.findChildren(QAbstractButton)
            if not self.toast.isAncestorOf(each) and not each.visibleRegion().isEmpty()
        ]
        for up in range(0, lowest.top() // 2, SPACE_S):
            place = lowest.translated(0, -up)
            if not any(place.intersects(each) for each in buttons):
                return place
        return lowest

    def _undo(self) -> None:
        self.toast.hide()
        self.undo_wanted.emit()

    def _announce(self, text: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
