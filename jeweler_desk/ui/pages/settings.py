"""Settings: the shop, its days, its mailboxes, the look and the copies; kept on leaving a field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QSlider,
    QWidget,
)

from jeweler_desk import __version__
from jeweler_desk.domain.wording import moment_text
from jeweler_desk.services.backups import Backups
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.pages.calendar_card import CalendarCard
from jeweler_desk.ui.pages.mailboxes_part import MailboxesPart
from jeweler_desk.ui.pages.page import Page, bare_row
from jeweler_desk.ui.pages.settings_card import SettingsCard
from jeweler_desk.ui.theme import (
    LARGEST_SCALE,
    SMALLEST_SCALE,
    SPACE_L,
    TEXT_SIZE,
    THEME,
    Mode,
    Type,
)
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.setting_row import SettingRow
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.two_columns import TWO_COLUMNS_FROM, TwoColumns

_SCALE_STEP: Final = 10
_MODES: Final = {Mode.SYSTEM: "As the system", Mode.LIGHT: "Light", Mode.DARK: "Dark"}

_SHOP: Final = (
    ("shop.name", "Shop", "As it stands on your papers"),
    ("shop.signature", "Signature", "How you sign cards and letters"),
    ("shop.address", "Address", "Printed as the sender"),
    ("shop.country", "Country", "Two letters: US"),
    ("shop.currency", "Currency", "Three letters: USD"),
    ("shop.timezone", "Time zone", "Such as America/New_York; days and hours follow it"),
)
_DAYS: Final = (
    ("shop.processing_days", "Working days to ship", "1 means the next working day"),
    (
        "shop.delay_rule",
        "Law on delays",
        "US: paid orders leave within 30 days, or the buyer agrees to wait. none: no reminder",
    ),
    ("shop.cutoff", "Cut-off time", "Such as 14:00; empty if there is none"),
    ("shop.working_days", "Working days", "Such as Mon,Tue,Wed,Thu,Fri"),
    ("shop.handover_days", "Post office days", "Days on which you can hand parcels over"),
    ("shop.holidays", "Holidays", "A country or region, such as US or US-NC"),
    ("shop.closed_days", "Closed days", "Such as 2026-11-27, 2026-12-24..2027-01-02"),
    (
        "shop.stages",
        "Stages of making",
        "From the first to the last, such as to make, making, ready",
    ),
    ("shop.intended_codes", "Codes for free orders", "Orders at 0.00 with these codes are meant"),
)
_MAIL: Final = (
    ("mail.quiet_hours", "Quiet hours", "No notice pops up then, such as 21:00-08:00"),
    ("mail.sweep_at", "Evening sweep", "When you go through the letters, such as 19:00"),
)


class SettingsPage(Page):
    """Everything that can be set, in six cards."""

    mailbox_connected = Signal(str)
    topics = frozenset({Topic.SETTINGS, Topic.MAIL, Topic.BACKUPS, Topic.ORDERS})

    def __init__(
        self,
        frame: Frame,
        settings: Settings,
        correspondence: Correspondence,
        backups: Backups,
        clock: Clock,
        calendar: CalendarCard,
        more: Sequence[SettingsCard] = (),
    ) -> None:
        super().__init__(frame, "Settings")
        self.calendar = calendar
        self.more = tuple(more)
        self._settings = settings
        self._backups = backups
        self._clock = clock
        self.rows: dict[str, SettingRow] = {}
        self.modes: dict[Mode, Button] = {}
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self._scale_text = Text("", Type.SMALL, soft=True)
        self.mailboxes = MailboxesPart(frame, correspondence, clock, settings)
        self.mailboxes.connected.connect(self.mailbox_connected)
        self._backup_line = Text("", soft=True, wrap=True)
        self._build()

    def _build(self) -> None:
        self._columns = TwoColumns(
            (
                self._fields("Your shop", _SHOP),
                self._look_card(),
                self._fields("Mail", _MAIL, self.mailboxes),
                self.calendar,
                self._fields("Days and promises", _DAYS),
                self._safety_card(),
                *self.more,
            ),
            (0, 1, 0, 1, 0, 1, *(1 for _ in self.more)),
        )
        scroll = Scroll("All settings")
        scroll.hold(self._columns)
        self.body.addWidget(scroll, 1)

    def _fields(
        self, heading: str, rows: Sequence[tuple[str, str, str]], more: QWidget | None = None
    ) -> Card:
        card = Card(heading)
        for key, name, hint in rows:
            row = SettingRow(name, hint, partial(self._take, key), is_long=key == "shop.address")
            self.rows[key] = row
            card.body.addWidget(row)
        if more is not None:
            card.body.addWidget(Hairline())
            card.body.addWidget(more)
        return card

    def _look_card(self) -> Card:
        card = Card("Look")
        group = QButtonGroup(self)
        row = bare_row()
        for mode, name in _MODES.items():
            button = Button(name, "tab")
            button.setCheckable(True)
            button.clicked.connect(partial(self.wear, mode))
            group.addButton(button)
            row.addWidget(button)
            self.modes[mode] = button
        row.addStretch(1)
        card.body.addLayout(row)
        self.scale.setRange(SMALLEST_SCALE // _SCALE_STEP, LARGEST_SCALE // _SCALE_STEP)
        self.scale.setAccessibleName("Text size in percent")
        self.scale.setPageStep(1)
        self.scale.valueChanged.connect(self._resize_text)
        label = Text("Text size")
        label.setBuddy(self.scale)
        sizes = bare_row(SPACE_L)
        sizes.addWidget(label)
        sizes.addWidget(self.scale, 1)
        sizes.addWidget(self._scale_text)
        card.body.addLayout(sizes)
        self.frame_.look.changed.connect(self._show_look)
        return card

    def _safety_card(self) -> Card:
        card = Card("Safety copies")
        card.body.addWidget(self._backup_line)
        button = Button("Back up now", icon=self.frame_.look.icon("backup"))
        button.follow(self.frame_.actions["backup"])
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        restore = Button("Restore a backup…")
        restore.follow(self.frame_.actions["restore"])
        card.body.addWidget(restore, 0, Qt.AlignmentFlag.AlignLeft)
        about = Text(
            f"Jeweler Desk {__version__} · everything stays on this computer", Type.SMALL, soft=True
        )
        card.body.addWidget(about)
        return card

    # ---- what is shown

    def refresh(self) -> None:
        """Read every setting anew."""
        values = self._settings.all()
        for key, row in self.rows.items():
            row.show_value(values[key])
        for card in self.more:
            card.refresh()
        self._show_look()
        self.subtitle.setText("Every field is kept when you leave it")
        self.mailboxes.refresh()
        self.tick()

    def _show_look(self) -> None:
        look = self.frame_.look
        self.modes[look.mode].setChecked(True)
        self.scale.blockSignals(True)
        self.scale.setValue(round(look.scale / _SCALE_STEP))
        self.scale.blockSignals(False)
        self._scale_text.setText(f"{look.scale} %")
        self.calendar.refresh()

    def tick(self) -> None:
        """Say when the newest copy was made."""
        now = self._clock.now()
        at = self._backups.last_backup_at()
        timezone = self._settings.timezone()
        said = (
            f"The newest good copy is of {moment_text(at, now, timezone)}."
            if at
            else ("There is no safety copy yet.")
        )
        self._backup_line.setText(f"{said} One is made every day and when you close the desk.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the cards in one column where two would be cramped."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.frame_.look.px(TWO_COLUMNS_FROM)
        self._columns.set_count(2 if is_wide else 1)

    def panes(self) -> Sequence[QWidget]:
        """Return the first field."""
        return (self.rows["shop.name"].field,)

    # ---- what can be done

    def _take(self, key: str, text: str) -> str | None:
        try:
            changes = self._settings.set(key, text)
        except Exception as error:
            if not has_words(error):
                raise
            return str(error)
        self.frame_.bus.changed.emit(changes)
        return None

    def wear(self, mode: Mode) -> None:
        """Wear light, dark, or what the system wears, and remember it."""
        self.frame_.look.set_mode(mode)
        self._take(THEME, mode.value)

    def _resize_text(self, step: int) -> None:
        self.set_scale(step * _SCALE_STEP)

    def set_scale(self, percent: int) -> None:
        """Set the text size and remember it."""
        self.frame_.look.set_scale(percent)
        self._take(TEXT_SIZE, str(self.frame_.look.scale))

    def connect_mailbox(self) -> None:
        """Ask for a mailbox and connect it."""
        self.mailboxes.connect_one()
