"""The window: sidebar, pages, search, notices; it wires them and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

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
from jeweler_desk.ui.pages.page import Page
from jeweler_desk.ui.pages.today import TodayPage
from jeweler_desk.ui.paper_tray import PaperTray
from jeweler_desk.ui.theme import (
    NO_SPACE,
    SPACE_M,
    SPACE_XL,
    WINDOW_SIZE,
    WINDOW_SMALLEST,
    Tone,
)
from jeweler_desk.ui.widgets.sidebar import Badge, Place, Sidebar
from jeweler_desk.ui.words import backup_line, mail_line

if TYPE_CHECKING:
    from jeweler_desk.ui.pages.bench import BenchPage
    from jeweler_desk.ui.pages.mail import MailPage
    from jeweler_desk.ui.pages.making import MakingPage
    from jeweler_desk.ui.pages.orders import OrdersPage
    from jeweler_desk.ui.pages.settings import SettingsPage
    from jeweler_desk.ui.pages.supplies import SuppliesPage
    from jeweler_desk.ui.search_palette import SearchPalette

_NARROW_BELOW = 1180
P = TypeVar("P", bound=Page)


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
        self.tray = PaperTray(self.frame_, desk.papers, desk.folder, desk.work_tickets)
        self.chores = Chores(desk, self.frame_, self)
        self._pages: dict[Place, Page] = {}
        self.sidebar = Sidebar(look)
        self._palette: SearchPalette | None = None
        self.actions_.bind(calls_of(self.deeds, self))
        self._set_out(demo_note)
        self._connect()
        self.go(Place.TODAY)
        self.show_state()

    # ---- the pages, each built when it is first needed: a start pays only for Today

    @property
    def today(self) -> TodayPage:
        """The page of what is due."""
        return self._page(Place.TODAY, self._make_today)

    @property
    def orders(self) -> OrdersPage:
        """The page of the orders."""
        return self._page(Place.ORDERS, self._make_orders)

    @property
    def bench(self) -> BenchPage:
        """The page of the parcel at hand."""
        return self._page(Place.BENCH, self._make_bench)

    @property
    def making(self) -> MakingPage:
        """The page of the pieces that are being made."""
        return self._page(Place.MAKING, self._make_making)

    @property
    def mail(self) -> MailPage:
        """The page of the letters."""
        return self._page(Place.MAIL, self._make_mail)

    @property
    def supplies(self) -> SuppliesPage:
        """The page of the supplies."""
        return self._page(Place.SUPPLIES, self._make_supplies)

    @property
    def settings(self) -> SettingsPage:
        """The page of the settings."""
        return self._page(Place.SETTINGS, self._make_settings)

    def page(self, place: Place) -> Page:
        """Return a page: each stands under its place's name."""
        found: Page = getattr(self, place.value)
        return found

    def _page(self, place: Place, make: Callable[[], P]) -> P:
        found = self._pages.get(place)
        if found is None:
            page = make()
            page.link_opened.connect(self.open_link)
            self._pages[place] = page
            self.stack.addWidget(page)
            return page
        return cast(P, found)

    def _make_today(self) -> TodayPage:
        desk = self.desk
        page = TodayPage(
            self.frame_,
            desk.today,
            desk.orders,
            desk.fulfillment,
            desk.correspondence,
            desk.settings,
            desk.clock,
            desk.measures,
        )
        page.packing_wanted.connect(self.pack)
        page.answer_wanted.connect(self._answer)
        return page

    def _make_orders(self) -> OrdersPage:
        from jeweler_desk.ui.pages.orders import OrdersPage  # noqa: PLC0415 - not at the start

        page = OrdersPage(self.frame_, self.desk, self.tray)
        page.packing_wanted.connect(self.pack)
        return page

    def _make_making(self) -> MakingPage:
        from jeweler_desk.ui.pages.making import MakingPage  # noqa: PLC0415 - not at the start

        return MakingPage(self.frame_, self.desk.making, self.desk.settings, self.tray)

    def _make_bench(self) -> BenchPage:
        from jeweler_desk.ui.pages.bench import BenchFacts, BenchPage  # noqa: PLC0415 - not at the start

        desk = self.desk
        return BenchPage(
            self.frame_,
            desk.orders,
            desk.fulfillment,
            desk.settings,
            self.tray,
            desk.papers,
            desk.supplies,
            BenchFacts(desk.measures, desk.printed_papers, desk.box_photos),
        )

    def _make_mail(self) -> MailPage:
        from jeweler_desk.ui.pages.mail import MailPage  # noqa: PLC0415 - not at the start

        desk = self.desk
        return MailPage(self.frame_, desk.correspondence, desk.orders, desk.settings, desk.clock)

    def _make_supplies(self) -> SuppliesPage:
        from jeweler_desk.ui.pages.supplies import SuppliesPage  # noqa: PLC0415 - not at the start

        desk = self.desk
        return SuppliesPage(self.frame_, desk.supplies, desk.settings, desk.folder)

    def _make_settings(self) -> SettingsPage:
        from jeweler_desk.ui.pages.calendar_card import (  # noqa: PLC0415 - likewise
            CalendarCard,
        )
        from jeweler_desk.ui.pages.settings import SettingsPage  # noqa: PLC0415 - not at the start

        desk = self.desk
        calendar = CalendarCard(self.frame_, desk.shop_calendar, desk.promises)
        page = SettingsPage(
            self.frame_, desk.settings, desk.correspondence, desk.backups, desk.clock, calendar
        )
        page.mailbox_connected.connect(self.chores.use_password)
        return page

    def _set_out(self, demo_note: str) -> None:
        self.setWindowTitle(self.desk.settings.get("shop.name") or "Jeweler Desk")
        self.setMinimumSize(*WINDOW_SMALLEST)
        self.resize(*WINDOW_SIZE)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
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
        self.notices.undo_wanted.connect(self.deeds.undo)
        self.bus.changed.connect(self._hear)
        self.chores.done.connect(self.show_state)
        self.chores.ticking.ticked.connect(self._tick)
        self.chores.ticking.day_changed.connect(self._new_day)

    @property
    def palette_(self) -> SearchPalette:
        """The search over everything."""
        if self._palette is None:
            from jeweler_desk.ui.search_palette import (  # noqa: PLC0415 - not at the start
                SearchPalette,
            )

            find = self.desk.search.find
            self._palette = SearchPalette(self.look, find, self.actions_, self._root)
            self._palette.link_chosen.connect(self.open_link)
        return self._palette

    # ---- going about

    @property
    def place(self) -> Place:
        """The page that is shown."""
        shown = self.stack.currentWidget()
        return next(place for place, page in self._pages.items() if page is shown)

    def go(self, place: Place) -> None:
        """Show a page and put its keys in force."""
        self.sidebar.show_place(place)
        self.actions_.enter(place)
        page = self.page(place)
        self.stack.setCurrentWidget(page)
        page.focus_first()

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
        if kind == "making":
            self.go(Place.MAKING)
            self.making.show_piece(name)
            return
        if kind == "supply":
            self.go(Place.SUPPLIES)
            self.supplies.show_supply(name)
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
        panes: list[QWidget] = [self.sidebar, *self.page(self.place).panes()]
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
        self.page(self.place).tick()
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
        to_make = Badge(counts[View.TO_MAKE], Tone.NEUTRAL, "to make")
        self.sidebar.show_badge(Place.MAKING, to_make)
        self.sidebar.show_badge(Place.BENCH, Badge(counts[View.TO_PACK], Tone.DUE, "to pack"))
        waiting = desk.correspondence.waiting(now)
        is_late = any(email.due_at and email.due_at <= now for email in waiting)
        mail_tone = Tone.LATE if is_late else Tone.DUE
        self.sidebar.show_badge(Place.MAIL, Badge(len(waiting), mail_tone, "waiting"))
        low = len(desk.supplies.notices())
        self.sidebar.show_badge(Place.SUPPLIES, Badge(low, Tone.DUE, "to order"))
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
