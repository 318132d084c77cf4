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
    QVBoxLayout,
    QWidget,
)

from jeweler_desk import __version__
from jeweler_desk.domain.wording import moment_text
from jeweler_desk.services.backups import Backups
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.dialogs.connect_mailbox import ConnectMailbox, MailboxChoice
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.pages.calendar_card import CalendarCard
from jeweler_desk.ui.pages.page import Page, bare_row
from jeweler_desk.ui.pages.settings_card import SettingsCard
from jeweler_desk.ui.theme import (
    LARGEST_SCALE,
    SMALLEST_SCALE,
    SPACE_L,
    SPACE_S,
    TEXT_SIZE,
    THEME,
    Mode,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.setting_row import SettingRow
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.two_columns import TWO_COLUMNS_FROM, TwoColumns
from jeweler_desk.ui.words import Said, ago, joined

_SCALE_STEP: Final = 10
_MODES: Final = {Mode.SYSTEM: "As the system", Mode.LIGHT: "Light", Mode.DARK: "Dark"}

_NO_KEYRING: Final = (
    "This computer has no keyring, so the password is kept only until you close the desk."
)
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
        self._correspondence = correspondence
        self._backups = backups
        self._clock = clock
        self.rows: dict[str, SettingRow] = {}
        self.modes: dict[Mode, Button] = {}
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self._scale_text = Text("", Type.SMALL, soft=True)
        self._accounts = QVBoxLayout()
        self._backup_line = Text("", soft=True, wrap=True)
        self._build()

    def _build(self) -> None:
        self._columns = TwoColumns(
            (
                self._fields("Your shop", _SHOP),
                self._look_card(),
                self._fields("Mail", _MAIL, self._mail_part()),
                self.calendar,
                self._fields("Days and promises", _DAYS),
                self._safety_card(),
                *self.more,
            )
        )
        scroll = Scroll("All settings")
        scroll.hold(self._columns)
        self.body.addWidget(scroll, 1)

    def _fields(
        self, heading: str, rows: Sequence[tuple[str, str, str]], more: QVBoxLayout | None = None
    ) -> Card:
        card = Card(heading)
        for key, name, hint in rows:
            row = SettingRow(name, hint, partial(self._take, key), is_long=key == "shop.address")
            self.rows[key] = row
            card.body.addWidget(row)
        if more is not None:
            card.body.addWidget(Hairline())
            card.body.addLayout(more)
        return card

    def _mail_part(self) -> QVBoxLayout:
        self._accounts.setSpacing(SPACE_S)
        buttons = bare_row()
        for id_, verb in (("mail.connect", "Connect a mailbox…"), ("fetch", "Read mail now")):
            button = Button(verb)
            button.follow(self.frame_.actions[id_])
            buttons.addWidget(button)
        buttons.addStretch(1)
        part = QVBoxLayout()
        part.addWidget(Text("Mailboxes", Type.STRONG))
        part.addLayout(self._accounts)
        part.addLayout(buttons)
        return part

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
        self._show_accounts()
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

    def _show_accounts(self) -> None:
        empty_out(self._accounts)
        accounts = self._correspondence.accounts()
        now = self._clock.now()
        for each in accounts:
            account = each.account
            looked = f"read {ago(each.looked_at, now)}" if each.looked_at else "not read yet"
            row = ListRow(self.frame_.look, account.address, joined([account.imap_host, looked]))
            if each.error:
                row.show_state(Said("trouble", Tone.LATE), each.error)
            button = row.add_button("Disconnect")
            button.clicked.connect(partial(self._disconnect, account.address))
            add_shown(self._accounts, row)
        if not accounts:
            words = "No mailbox is connected: the desk knows only letters you gave it as files."
            add_shown(self._accounts, Text(words, Type.SMALL, soft=True, wrap=True))

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
        form = ConnectMailbox(self.window())
        form.answered.connect(self._connect)
        form.open()

    def _connect(self, choice: MailboxChoice) -> None:
        kept: list[bool] = []

        def connect() -> Changes:
            changes, is_kept = self._correspondence.mailboxes.add(
                choice.account, choice.password or None
            )
            kept.append(is_kept)
            return changes

        if not self.frame_.act(connect, f"{choice.account.address} is connected."):
            return
        if not kept[0]:
            self.frame_.notices.warn("keyring", _NO_KEYRING, Tone.DUE)
        self.mailbox_connected.emit(choice.password if not kept[0] else "")

    def _disconnect(self, address: str) -> None:
        self.frame_.act(
            lambda: self._correspondence.mailboxes.remove(address),
            f"{address} is disconnected. Its letters stay here.",
        )
