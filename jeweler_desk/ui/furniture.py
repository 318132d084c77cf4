"""What fills the window's frame once a desk is open: actions, chores, papers, what waits where."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QMenu

from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.actions import ACTIONS, Actions
from jeweler_desk.ui.change_bus import ChangeBus
from jeweler_desk.ui.chores import Chores
from jeweler_desk.ui.crossings import Crossings
from jeweler_desk.ui.deeds import Deeds, Host, calls_of
from jeweler_desk.ui.file_drop import FileDrop
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.jobs import Jobs
from jeweler_desk.ui.letter_desk import LetterDesk
from jeweler_desk.ui.menus import Menu
from jeweler_desk.ui.notices import Notices
from jeweler_desk.ui.paper_tray import PaperTray
from jeweler_desk.ui.staying import Staying
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.tray_icon import TrayIcon
from jeweler_desk.ui.widgets.sidebar import Badge, Place, Sidebar
from jeweler_desk.ui.words import backup_line, mail_line


class Furniture:
    """The parts of a window that stand on its desk; the window is their ``host``."""

    def __init__(
        self,
        host: Host,
        bus: ChangeBus,
        jobs: Jobs,
        notices: Notices,
        open_outside: Callable[[QUrl], bool],
    ) -> None:
        desk, window = host.desk, host.widget()
        self._desk = desk
        self.deeds = Deeds(host)
        self.actions = Actions(host.look, window)
        self.frame = Frame(
            host.look,
            bus,
            jobs,
            notices,
            self.actions,
            desk.clock.now,
            desk.listings.photo_of,
            open_outside,
        )
        self.tray = PaperTray(self.frame, desk, window)
        self.chores = Chores(desk, self.frame, window)
        self.letter_desk = LetterDesk(desk, self.frame, self.chores.posting, window)
        self.staying = Staying(host.widget(), desk, self.frame, TrayIcon(host.look, window))
        self.staying.follow(self.chores)
        self.crossings = Crossings(desk.supplies, self.frame, self.deeds.show_supply, window)
        self.drop = FileDrop(window, self.deeds.import_files)
        self.actions.bind(calls_of(self.deeds, host) | {"quit": self.staying.leave})

    def fill(self, menus: Mapping[Menu, QMenu]) -> None:
        """Put every action into its menu."""
        for spec in ACTIONS:
            menus[spec.menu].addAction(self.actions[spec.id])

    def show_state(self, sidebar: Sidebar) -> None:
        """Bring badges, status lines, the shop's name and Undo up to the moment."""
        desk, now = self._desk, self._desk.clock.now()
        counts = desk.orders.counts()
        sidebar.show_shop(desk.settings.get("shop.name"))
        to_do = counts[View.TO_MAKE] + counts[View.TO_PACK] + counts[View.TO_SHIP]
        late = counts[View.LATE]
        tone = Tone.LATE if late else Tone.NEUTRAL
        sidebar.show_badge(Place.ORDERS, Badge(to_do, tone, "to do"))
        to_make = Badge(counts[View.TO_MAKE], Tone.NEUTRAL, "to make")
        sidebar.show_badge(Place.MAKING, to_make)
        sidebar.show_badge(Place.BENCH, Badge(counts[View.TO_PACK], Tone.DUE, "to pack"))
        waiting = desk.correspondence.waiting(now)
        is_late = any(email.due_at and email.due_at <= now for email in waiting)
        mail_tone = Tone.LATE if is_late else Tone.DUE
        sidebar.show_badge(Place.MAIL, Badge(len(waiting), mail_tone, "waiting"))
        low = len(desk.supplies.notices())
        sidebar.show_badge(Place.SUPPLIES, Badge(low, Tone.DUE, "to order"))
        look = desk.correspondence.last_look()
        timezone = desk.settings.timezone()
        sidebar.show_lines(
            [
                mail_line(look.at, look.error, now),
                backup_line(desk.backups.last_backup_at(), now, timezone),
            ]
        )
        self.deeds.name_undo()
