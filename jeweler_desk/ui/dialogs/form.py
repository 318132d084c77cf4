"""What all forms share: labels that belong to their fields, one sentence of trouble, buttons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.ui.frame import has_words
from jeweler_desk.ui.theme import (
    NO_SPACE,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.count_box import CountBox
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import Text

_WIDTH_IN_LETTERS = 58
_LEAVING = "Nothing is done yet. Esc once more leaves what you typed behind."
_CLOSING = "Nothing is done yet. Closing once more leaves what you typed behind."


class FormError(RefusedError):
    """What was typed cannot be taken; the sentence says what to change."""


class Form(QDialog):
    """A small form beside the window; ``answered`` carries its value when the verb is pressed."""

    answered = Signal(object)

    def __init__(self, heading: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS)
        self._fields: list[QWidget] = []
        self.problem = Text("", wrap=True)
        self.problem.set_tone(Tone.LATE)
        self.problem.hide()
        self.verb = Button(verb, "primary")
        self.verb.setDefault(True)
        self.cancel = Button("Cancel")
        self._grid = field_grid()
        self._more_to_come = 0
        self.parts = QVBoxLayout()
        self.parts.setSpacing(SPACE_M)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.verb)
        layout = self._whole = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        layout.setSpacing(SPACE_M)
        layout.addWidget(Text(heading, Type.HEADING, wrap=True))
        layout.addLayout(self._grid)
        layout.addLayout(self.parts, 1)
        layout.addWidget(self.problem)
        layout.addSpacing(SPACE_XS)
        layout.addLayout(buttons)
        self._scroll: Scroll | None = None
        self._before: list[object] = []
        self._warned_of: list[object] | None = None
        self.verb.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.reject)

    def add_field(
        self,
        label: str,
        part: QWidget,
        hint: str = "",
        *,
        field: QWidget | None = None,
        into: QGridLayout | None = None,
    ) -> None:
        """Put a field with its label and a quiet hint; ``field`` is what is typed into."""
        grid = into or self._grid
        row = grid.rowCount()
        field = field or part
        name = Text(label, soft=True)
        name.setBuddy(field)
        field.setAccessibleName(label)
        self._fields.append(field)
        top = Qt.AlignmentFlag.AlignTop if field is not part else Qt.AlignmentFlag.AlignVCenter
        name.setContentsMargins(0, SPACE_S if field is not part else 0, 0, 0)
        grid.addWidget(name, row, 0, top)
        grid.addWidget(part, row, 1)
        if hint:
            field.setAccessibleDescription(hint)
            grid.addWidget(Text(hint, Type.SMALL, soft=True, wrap=True), row + 1, 1)

    def expect_more(self, height: int) -> None:
        """Have room for fields that come when the form is shown: so high they will be."""
        self._more_to_come = height

    @contextmanager
    def growing(self) -> Iterator[None]:
        """Add fields that nobody typed into yet: leaving the form need not ask for them."""
        is_untouched = self._typed() == self._before
        yield
        if is_untouched:
            self._before = self._typed()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as what wraps needs, and begin in the first field that is empty."""
        super().showEvent(event)
        if event.spontaneous():
            return
        self._fit(self.minimumWidth())
        for each in self._fields:
            if isinstance(each, QLineEdit):
                each.setCursorPosition(0)
        for field in [each for each in self._fields if _is_empty(each)][:1]:
            field.setFocus()
        self._before = self._typed()

    def event(self, event: QEvent) -> bool:
        """Grow with what comes to be said, so that nothing above it is squeezed."""
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible() and not self._scroll:
            least = self._whole.totalHeightForWidth(self.width())
            if least > self.height():
                self.resize(self.width(), least)
        return is_done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask once before Esc leaves what was typed; a second Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape and self._is_asking_first():
            self.complain(_LEAVING)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask as Esc does when the form's own window is closed."""
        if self.isVisible() and self._is_asking_first():
            self.complain(_CLOSING)
            event.ignore()
        else:
            super().closeEvent(event)

    def _is_asking_first(self) -> bool:
        """Whether something was typed that nobody was asked about yet."""
        typed = self._typed()
        is_new = typed not in (self._before, self._warned_of)
        self._warned_of = typed
        return is_new

    def _typed(self) -> list[object]:
        """Return what stands in every field, and what is ticked or chosen."""
        found: list[object] = []
        for each in self.findChildren(QWidget):
            if isinstance(each, QLineEdit):
                found.append(each.text())
            elif isinstance(each, QPlainTextEdit):
                found.append(each.toPlainText())
            elif isinstance(each, QAbstractButton) and each.isCheckable():
                found.append(each.isChecked())
        return found

    def _fit(self, width: int) -> None:
        """Be as high as what wraps needs; where the screen is lower, the fields scroll."""
        wanted = self._whole.totalHeightForWidth(width)
        room = self.screen().availableGeometry().height() - 2 * SPACE_XL
        if wanted + self._more_to_come > room and self._scroll is None:
            self._scroll = Scroll(self.windowTitle())
            inside = QVBoxLayout()
            inside.setContentsMargins(*NO_SPACE)
            inside.setSpacing(SPACE_M)
            place = self._whole.indexOf(self._grid)
            for part in (self._grid, self.parts):
                self._whole.removeItem(part)
                part.setParent(None)
                inside.addLayout(part)
            self._scroll.hold(inside)
            self._whole.insertWidget(place, self._scroll, 1)
            self._whole.activate()
            self.resize(width + SPACE_L, room)
        else:
            self.resize(width, min(wanted, room))

    def value(self) -> object:
        """Return what was typed as a value. Raises an error of ours with a sentence."""
        raise NotImplementedError

    def submit(self) -> None:
        """Give the value back and close, or say what must change and stay."""
        try:
            value = self.value()
        except Exception as error:
            if not has_words(error):
                raise
            self.complain(str(error))
            return
        self.answered.emit(value)
        self.accept()

    def complain(self, sentence: str) -> None:
        """Say what must change."""
        self.problem.setText(sentence)
        self.problem.show()


def field_grid() -> QGridLayout:
    """Return a grid of labels and their fields."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_M)
    grid.setVerticalSpacing(SPACE_S)
    grid.setColumnStretch(1, 1)
    return grid


def _is_empty(field: QWidget) -> bool:
    """Whether nothing was typed into a field yet, or nothing counted."""
    if isinstance(field, CountBox):
        return field.value() == 0
    return isinstance(field, QLineEdit) and not field.text()
