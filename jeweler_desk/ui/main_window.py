"""The window: sidebar, pages, search, notices; it wires them and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.piece_photos import PiecePhotos
from jeweler_desk.ui.actions import ACTIONS, Actions, Menu
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.change_bus import ChangeBus
from jeweler_desk.ui.chores import Chores
from jeweler_desk.ui.deeds import Deeds, calls_of
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.jobs import InlineJobs, JobRunner
from jeweler_desk.ui.notices import Notices
from jeweler_desk.ui.pages.bench import BenchPage
from jeweler_desk.ui.pages.mail import MailPage
from jeweler_desk.ui.pages.orders import OrdersPage
from jeweler_desk.ui.pages.page import Page
from jeweler_desk.ui.pages.settings import SettingsPage, mail_line
from jeweler_desk.ui.pages.today import TodayPage
from jeweler_desk.ui.paper_tray import PaperTray
from jeweler_desk.ui.search_palette import SearchPalette
from jeweler_desk.ui.theme import (
    NO_SPACE,
    SPACE_M,
    SPACE_XL,
    WINDOW_SIZE,
    WINDOW_SMALLEST,
    Tone,
)
from jeweler_desk.ui.widgets.sidebar import Badge, Place, Sidebar
from jeweler_desk.ui.words import backup_line

_NARROW_BELOW = 1180


class MainWindow(QMainWindow):
    """The one window of the desk. ``demo_note`` is shown as a banner over a sample shop."""

    def __init__(
        self,
        desk: Desk,
        look: Appearance,
        jobs: JobRunner | InlineJobs,
        *,
        demo_note: str = "",
        open_outside: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.look = look
        self.jobs = jobs
        self.bus = ChangeBus(self)
        self._root = QWidget()
        self.notices = Notices(look, self._root)
        self.deeds = Deeds(self)
        self.actions_ = Actions(look, self)
        self.frame_ = Frame(
            look,
            self.bus,
            jobs,
            self.notices,
            self.actions_,
            desk.clock.now,
            PiecePhotos(desk.folder).of,
            open_outside,
        )
        self.tray = PaperTray(self.frame_, desk.papers, desk.folder)
        self.chores = Chores(desk, self.frame_, self)
        self._make_pages()
        self.sidebar = Sidebar(look)
        self.palette_ = SearchPalette(look, desk.search.find, self.actions_, self._root)
        self.actions_.bind(calls_of(self.deeds, self))
        self._set_out(demo_note)
        self._connect()
        self.go(Place.TODAY)
        self.show_state()

    def _make_pages(self) -> None:
        desk, frame = self.desk, self.frame_
        self.today = TodayPage(
            frame,
            desk.today,
            desk.orders,
            desk.fulfillment,
            desk.correspondence,
            desk.settings,
            desk.clock,
        )
        self.orders = OrdersPage(frame, desk.orders, desk.fulfillment, desk.settings, desk.clock)
        self.bench = BenchPage(
            frame, desk.orders, desk.fulfillment, desk.settings, self.tray, desk.papers
        )
        self.mail = MailPage(frame, desk.correspondence, desk.orders, desk.settings, desk.clock)
        self.settings = SettingsPage(
            frame, desk.settings, desk.correspondence, desk.backups, desk.clock
        )
        self.pages: dict[Place, Page] = {
            Place.TODAY: self.today,
            Place.ORDERS: self.orders,
            Place.BENCH: self.bench,
            Place.MAIL: self.mail,
            Place.SETTINGS: self.settings,
        }

    def _set_out(self, demo_note: str) -> None:
        self.setWindowTitle(self.desk.settings.get("shop.name") or "Jeweler Desk")
        self.setMinimumSize(*WINDOW_SMALLEST)
        self.resize(*WINDOW_SIZE)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        for page in self.pages.values():
            self.stack.addWidget(page)
        banners = QVBoxLayout()
        banners.setContentsMargins(SPACE_XL, SPACE_M, SPACE_XL, 0)
        banners.addWidget(self.notices)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(banners)
        column.addWidget(self.stack, 1)
        layout = QHBoxLayout(self._root)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addLayout(column, 1)
        self.setCentralWidget(self._root)
        self._fill_menus()
        if demo_note:
            self.notices.warn("demo", demo_note, Tone.DUE)

    def _fill_menus(self) -> None:
        for menu in Menu:
            shown = self.menuBar().addMenu(menu.value)
            for spec in ACTIONS:
                if spec.menu is menu:
                    shown.addAction(self.actions_[spec.id])
        self.addActions(list(self.actions_.all().values()))

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self._choose)
        self.palette_.link_chosen.connect(self.open_link)
        self.notices.undo_wanted.connect(self.deeds.undo)
        self.today.packing_wanted.connect(self.pack)
        self.today.answer_wanted.connect(self._answer)
        self.orders.packing_wanted.connect(self.pack)
        self.bus.changed.connect(self._hear)
        self.chores.done.connect(self.show_state)
        self.chores.ticking.ticked.connect(self._tick)
        self.chores.ticking.day_changed.connect(self._new_day)
        self.settings.mailbox_connected.connect(self.chores.use_password)
        for page in self.pages.values():
            page.link_opened.connect(self.open_link)

    # ---- going about

    @property
    def place(self) -> Place:
        """The page that is shown."""
        return next(
            place for place, page in self.pages.items() if page is self.stack.currentWidget()
        )

    def go(self, place: Place) -> None:
        """Show a page and put its keys in force."""
        self.sidebar.show_place(place)
        self.actions_.enter(place)
        self.stack.setCurrentWidget(self.pages[place])
        self.pages[place].focus_first()

    @Slot(Place)
    def _choose(self, place: Place) -> None:
        self.go(place)

    @Slot(object)
    def pack(self, order_id: OrderId) -> None:
        """Take an order to the bench."""
        self.bench.take(order_id)
        self.go(Place.BENCH)

    def _answer(self, message_id: str) -> None:
        self.go(Place.MAIL)
        self.mail.show_message(message_id)

    @Slot(str)
    def open_link(self, link: str) -> None:
        """Show what a link names: ``order:NUMBER`` or ``mail:MESSAGE-ID``."""
        kind, _, name = link.partition(":")
        if kind == "mail":
            self._answer(name)
            return
        try:
            order = self.desk.orders.find(name)
        except RefusedError as refused:
            self.notices.warn("act", str(refused))
            return
        self.go(Place.ORDERS)
        self.orders.show_order(order.id)

    @Slot(list)
    def come_forward(self, files: list[Path]) -> None:
        """Be seen again, and look at files that were handed over."""
        self.show()
        self.raise_()
        self.activateWindow()
        if files:
            form = self.deeds.import_dialog()
            form.open()
            form.look_at(files)

    def leave(self) -> None:
        """Close the window."""
        self.close()

    def widget(self) -> QWidget:
        """Return the window, for dialogs to stand on."""
        return self

    def next_pane(self, step: int) -> None:
        """Move the focus to the next part of the window: the sidebar, then the page's parts."""
        panes: list[QWidget] = [self.sidebar, *self.pages[self.place].panes()]
        focused = QApplication.focusWidget()
        here = next(
            (
                number
                for number, pane in enumerate(panes)
                if focused is not None and (pane is focused or pane.isAncestorOf(focused))
            ),
            0,
        )
        goal = panes[(here + step) % len(panes)]
        if goal is self.sidebar:
            self.sidebar.focus_current()
        else:
            goal.setFocus()

    # ---- what stands around the pages

    @Slot(object)
    def _hear(self, _changes: Changes) -> None:
        self.show_state()

    @Slot()
    def _tick(self) -> None:
        self.pages[self.place].tick()
        self.show_state()

    @Slot()
    def _new_day(self) -> None:
        self.bus.changed.emit(frozenset(Topic))

    @Slot()
    def show_state(self) -> None:
        """Bring badges, status lines, the shop's name and Undo up to the moment."""
        desk, now = self.desk, self.desk.clock.now()
        counts = desk.orders.counts()
        self.sidebar.show_shop(desk.settings.get("shop.name"))
        to_do = counts[View.TO_MAKE] + counts[View.TO_PACK] + counts[View.TO_SHIP]
        late = counts[View.LATE]
        tone = Tone.LATE if late else Tone.NEUTRAL
        self.sidebar.show_badge(Place.ORDERS, Badge(to_do, tone, "to do"))
        self.sidebar.show_badge(Place.BENCH, Badge(counts[View.TO_PACK], Tone.DUE, "to pack"))
        waiting = desk.correspondence.waiting(now)
        is_late = any(email.due_at and email.due_at <= now for email in waiting)
        mail_tone = Tone.LATE if is_late else Tone.DUE
        self.sidebar.show_badge(Place.MAIL, Badge(len(waiting), mail_tone, "waiting"))
        look = desk.correspondence.last_look()
        timezone = desk.settings.timezone()
        self.sidebar.show_lines(
            [
                mail_line(look.at, look.error, now),
                backup_line(desk.backups.last_backup_at(), now, timezone),
            ]
        )
        self.deeds.name_undo()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep only the sidebar's icons where the window is narrow."""
        super().resizeEvent(event)
        self.sidebar.be_narrow(self.width() < self.look.px(_NARROW_BELOW))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the chores and wait for what is at work."""
        self.chores.stop()
        self.jobs.shut_down()
        super().closeEvent(event)
