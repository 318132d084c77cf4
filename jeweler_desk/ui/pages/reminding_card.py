"""Reminding in the settings: starting with the computer, and what closing the window means."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jeweler_desk.services.settings import Settings
from jeweler_desk.services.starting import Starting
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.pages.settings_card import SettingsCard
from jeweler_desk.ui.staying import CLOSING
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tick_box import TickBox

_ABOUT = (
    "A letter is told of when it has waited 20 and 24 hours, then only in the digest of a working"
    " morning and in the evening sweep; never in the quiet hours, and at most three times a day."
)
_NOT_HERE = (
    "This system lets no program add itself; its own settings can start the desk with “--quiet”."
)


class RemindingCard(SettingsCard):
    """Two switches; both are off until she turns them on."""

    def __init__(
        self, frame: Frame, settings: Settings, starting: Starting, parent: QWidget | None = None
    ) -> None:
        super().__init__("Reminding", parent=parent)
        self._frame = frame
        self._settings = settings
        self._starting = starting
        self.start = TickBox("Start with the computer, out of the way")
        self.stay = TickBox("Remind on when the window is closed")
        self._note = Text(_NOT_HERE, Type.SMALL, soft=True, wrap=True)
        self.body.addWidget(Text(_ABOUT, Type.SMALL, soft=True, wrap=True))
        for part in (self.start, self._note, self.stay):
            self.body.addWidget(part)
        self.start.clicked.connect(self._switch)
        self.stay.clicked.connect(self._keep)

    def refresh(self) -> None:
        """Ask the system and the settings anew."""
        self.start.setChecked(self._starting.is_on)
        self.start.setEnabled(self._starting.is_possible)
        self._note.setVisible(not self._starting.is_possible)
        self.stay.setChecked(self._settings.get(CLOSING) == "stay")

    def _switch(self) -> None:
        on = self.start.isChecked()
        try:
            self._starting.switch(on=on)
        except Exception as error:
            if not has_words(error):
                raise
            self._frame.notices.warn("act", str(error))
        else:
            said = "The desk starts with the computer." if on else "It starts no more by itself."
            self._frame.notices.tell(said)
        self.refresh()

    def _keep(self) -> None:
        wanted = "stay" if self.stay.isChecked() else "quit"
        self._frame.bus.changed.emit(self._settings.set(CLOSING, wanted))
