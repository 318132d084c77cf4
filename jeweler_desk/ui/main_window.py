"""The window: sidebar, pages, search, notices; it wires them and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.change_bus import ChangeBus
from jeweler_desk.ui.jobs import InlineJobs, JobRunner
from jeweler_desk.ui.kept_shape import KeptShape
from jeweler_desk.ui.menus import Menu
from jeweler_desk.ui.notices import Notices
from jeweler_desk.ui.theme import (
    NO_SPACE,
    SPACE_M,
    SPACE_XL,
    SPACE_XS,
    WINDOW_SMALLEST,
    Tone,
)
from jeweler_desk.ui.widgets.sidebar import Place, Sidebar

if TYPE_CHECKING:  # the frame is seen before any of them is loaded
    from jeweler_desk.domain.order import OrderId
    from jeweler_desk.services.changes import Changes
    from jeweler_desk.services.desk import Desk
    from jeweler_desk.ui.actions import Actions
    from jeweler_desk.ui.chores import Chores
    from jeweler_desk.ui.deeds import Deeds
    from jeweler_desk.ui.frame import Frame
    from jeweler_desk.ui.furniture import Furniture
    from jeweler_desk.ui.pages.bench import BenchPage
    from jeweler_desk.ui.pages.listings import ListingsPage
    from jeweler_desk.ui.pages.mail import MailPage
    from jeweler_desk.ui.pages.making import MakingPage
    from jeweler_desk.ui.pages.orders import OrdersPage
    from jeweler_desk.ui.pages.page import Page
    from jeweler_desk.ui.pages.settings import SettingsPage
    from jeweler_desk.ui.pages.supplies import SuppliesPage
    from jeweler_desk.ui.pages.sweep import SweepPage
    from jeweler_desk.ui.pages.today import TodayPage
    from jeweler_desk.ui.paper_tray import PaperTray
    from jeweler_desk.ui.search_palette import SearchPalette

_NARROW_BELOW = 1180
_PROGRAM: Final = "Jeweler Desk"
P = TypeVar("P", bound="Page")


class MainWindow(QMainWindow):
    """The one window of the desk. ``demo_note`` is shown as a banner over a sample shop.

    Without a desk it is only the frame, named ``shop``; `furnish` does the rest.
    """

    closed = Signal()
    painted = Signal()
    """The window was seen for the first time."""

    desk: Desk
    deeds: Deeds
    actions_: Actions
    frame_: Frame
    tray: PaperTray
    chores: Chores

    def __init__(
        self,
        desk: Desk | None,
        look: Appearance,
        jobs: JobRunner | InlineJobs,
        *,
        demo_note: str = "",
        shop: str = "",
        open_outside: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        kept: KeptShape | None = None,
    ) -> None:
        super().__init__()
        self._kept = kept or KeptShape()
        self.look = look
        self.jobs = jobs
        self.bus = ChangeBus(self)
        self._root = QWidget()
        self.notices = Notices(look, self._root)
        self.sidebar = Sidebar(look)
        self._open_outside = open_outside
        self._was_painted = False
        self._is_closing = False
        self._furniture: Furniture | None = None
        self._pages: dict[Place, Page] = {}
        self._palette: SearchPalette | None = None
        self._set_out(demo_note)
        self._fitted_for = look.scale
        look.changed.connect(self._fit_again)
        self._name_shop(shop)
        if desk is not None:
            self.furnish(desk)

    def furnish(self, desk: Desk) -> None:
        """Put the pages of a desk into the frame, and everything that keeps them going."""
        from jeweler_desk.ui.furniture import Furniture  # noqa: PLC0415 - the frame is seen first
        from jeweler_desk.ui.page_maker import PageMaker  # noqa: PLC0415 - likewise

        self.desk = desk
        furniture = Furniture(self, self.bus, self.jobs, self.notices, self._open_outside)
        self.deeds = furniture.deeds
        self.actions_ = furniture.actions
        self.frame_ = furniture.frame
        self.tray = furniture.tray
        self.chores = furniture.chores
        self.letter_desk = furniture.letter_desk
        self._furniture = furniture
        self._maker = PageMaker(
            desk,
            furniture.frame,
            furniture.tray,
            furniture.letter_desk,
            pack=self.pack,
            answer=self._answer,
            read_connected=furniture.chores.read_connected,
        )
        furniture.fill(self._menus)
        self.addActions(list(self.actions_.all().values()))
        self._connect()
        self._name_shop(desk.settings.get("shop.name"))
        self.show_state()
        self.go(Place.TODAY)
        self.stack.removeWidget(self._unfurnished)
        self._unfurnished.deleteLater()

    @property
    def is_furnished(self) -> bool:
        """Whether the window has its desk."""
        return self._furniture is not None

    # ---- the pages, each built when it is first needed: a start pays only for Today

    @property
    def today(self) -> TodayPage:
        """The page of what is due."""
        return self._page(Place.TODAY, self._maker.today)

    @property
    def orders(self) -> OrdersPage:
        """The page of the orders."""
        return self._page(Place.ORDERS, self._maker.orders)

    @property
    def bench(self) -> BenchPage:
        """The page of the parcel at hand."""
        return self._page(Place.BENCH, self._maker.bench)

    @property
    def making(self) -> MakingPage:
        """The page of the pieces that are being made."""
        return self._page(Place.MAKING, self._maker.making)

    @property
    def mail(self) -> MailPage:
        """The page of the letters."""
        return self._page(Place.MAIL, self._maker.mail)

    @property
    def sweep(self) -> SweepPage:
        """The page of the evening sweep."""
        return self._page(Place.SWEEP, self._maker.sweep)

    @property
    def listings(self) -> ListingsPage:
        """The page of what the shop shows."""
        return self._page(Place.LISTINGS, self._maker.listings)

    @property
    def supplies(self) -> SuppliesPage:
        """The page of the supplies."""
        return self._page(Place.SUPPLIES, self._maker.supplies)

    @property
    def settings(self) -> SettingsPage:
        """The page of the settings."""
        return self._page(Place.SETTINGS, self._maker.settings)

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
            self._kept.follow(place.value, page)
            self.stack.addWidget(page)
            return page
        return cast(P, found)

    @Slot(str)
    def _give_secret(self, address: str) -> None:
        self.settings.mailboxes.give_secret(address)

    def _set_out(self, demo_note: str) -> None:
        self.setMinimumSize(*WINDOW_SMALLEST)
        self._kept.restore(self)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self._unfurnished = QWidget()
        self._unfurnished.setObjectName("page")
        self._unfurnished.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stack.addWidget(self._unfurnished)
        banners = QVBoxLayout()
        banners.setContentsMargins(SPACE_XL + SPACE_XS, SPACE_M, SPACE_XL + SPACE_XS, 0)
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
        self._menus = {menu: self.menuBar().addMenu(menu.value) for menu in Menu}
        self.sidebar.show_place(Place.TODAY)
        # Else the sidebar would have the focus for the moment until the first page takes it.
        self._unfurnished.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._unfurnished.setFocus()
        if demo_note:
            self.notices.warn("demo", demo_note, Tone.DUE)

    def _name_shop(self, name: str) -> None:
        self.setWindowTitle(name or _PROGRAM)
        self.sidebar.show_shop(name)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self._choose)
        self.notices.undo_wanted.connect(self.deeds.undo)
        self.bus.changed.connect(self._hear)
        self.chores.done.connect(self.show_state)
        self.chores.secret_wanted.connect(self._give_secret)
        self.chores.ticking.ticked.connect(self._tick)

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
        if kind == "listing":
            self.go(Place.LISTINGS)
            self.listings.show_listing(name)
            return
        if kind == "supply":
            self.deeds.show_supply(name)
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
    def show_state(self) -> None:
        """Bring badges, status lines, the shop's name and Undo up to the moment."""
        if self._furniture is not None:
            self._furniture.show_state(self.sidebar)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window is seen for the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep only the sidebar's icons where the window is narrow."""
        super().resizeEvent(event)
        self.sidebar.be_narrow(self.width() < self.look.px(_NARROW_BELOW))

    @Slot()
    def _fit_again(self) -> None:
        """Larger text needs more room: what depends on the width is decided anew."""
        if self._fitted_for == self.look.scale:
            return
        self._fitted_for = self.look.scale
        for part in (self, *self._pages.values()):
            QApplication.sendEvent(part, QResizeEvent(part.size(), part.size()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being written, stop the chores and wait for what is at work."""
        if self._is_closing:
            event.ignore()  # a second press, while the first one waits for a letter to leave
            return
        self._is_closing = True
        self._kept.keep(self)
        if self._furniture is not None:
            self.letter_desk.keep()
            self.chores.stop()
        self.jobs.shut_down()
        if self._furniture is not None:
            self.tray.queue.close()
        super().closeEvent(event)
        self._is_closing = False
        self.closed.emit()
