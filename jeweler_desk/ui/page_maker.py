"""Builds each page of the window when it is first needed: a start pays only for Today."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jeweler_desk.domain.order import OrderId
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.letter_desk import LetterDesk
from jeweler_desk.ui.paper_tray import PaperTray

if TYPE_CHECKING:
    from jeweler_desk.ui.pages.bench import BenchPage
    from jeweler_desk.ui.pages.listings import ListingsPage
    from jeweler_desk.ui.pages.mail import MailPage
    from jeweler_desk.ui.pages.making import MakingPage
    from jeweler_desk.ui.pages.orders import OrdersPage
    from jeweler_desk.ui.pages.settings import SettingsPage
    from jeweler_desk.ui.pages.supplies import SuppliesPage
    from jeweler_desk.ui.pages.sweep import SweepPage
    from jeweler_desk.ui.pages.today import TodayPage


class PageMaker:
    """Gives each page the services it asks for; ``pack`` and ``answer`` lead to another page."""

    def __init__(
        self,
        desk: Desk,
        frame: Frame,
        tray: PaperTray,
        letter_desk: LetterDesk,
        *,
        pack: Callable[[OrderId], None],
        answer: Callable[[str], None],
        read_connected: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._frame = frame
        self._tray = tray
        self._letter_desk = letter_desk
        self._pack = pack
        self._answer = answer
        self._read_connected = read_connected

    def today(self) -> TodayPage:
        """Build the page of what is due."""
        from jeweler_desk.ui.pages.today import TodayPage  # noqa: PLC0415 - the frame is seen first

        desk = self._desk
        page = TodayPage(
            self._frame,
            desk.today,
            desk.orders,
            desk.fulfillment,
            desk.correspondence,
            desk.settings,
            desk.clock,
            desk.measures,
        )
        page.packing_wanted.connect(self._pack)
        page.answer_wanted.connect(self._answer)
        return page

    def orders(self) -> OrdersPage:
        """Build the page of the orders."""
        from jeweler_desk.ui.pages.orders import OrdersPage  # noqa: PLC0415 - not at the start

        page = OrdersPage(self._frame, self._desk, self._tray, self._letter_desk)
        page.packing_wanted.connect(self._pack)
        return page

    def making(self) -> MakingPage:
        """Build the page of the pieces that are being made."""
        from jeweler_desk.ui.pages.making import MakingPage  # noqa: PLC0415 - not at the start

        return MakingPage(self._frame, self._desk.making, self._desk.settings, self._tray)

    def bench(self) -> BenchPage:
        """Build the page of the parcel at hand."""
        from jeweler_desk.ui.pages.bench import BenchFacts, BenchPage  # noqa: PLC0415 - not at the start

        desk = self._desk
        return BenchPage(
            self._frame,
            desk.orders,
            desk.fulfillment,
            desk.settings,
            self._tray,
            desk.papers,
            desk.supplies,
            BenchFacts(
                desk.measures,
                desk.printed_papers,
                desk.box_photos,
                desk.camera,
                desk.combining,
                desk.batches,
                desk.listings,
            ),
        )

    def mail(self) -> MailPage:
        """Build the page of the letters."""
        from jeweler_desk.ui.pages.mail import MailPage  # noqa: PLC0415 - not at the start

        desk = self._desk
        return MailPage(self._frame, desk, self._letter_desk)

    def sweep(self) -> SweepPage:
        """Build the page of the evening sweep."""
        from jeweler_desk.ui.pages.sweep import SweepPage  # noqa: PLC0415 - not at the start

        return SweepPage(self._frame, self._desk, self._letter_desk)

    def listings(self) -> ListingsPage:
        """Build the page of what the shop shows."""
        from jeweler_desk.ui.pages.listings import ListingsPage  # noqa: PLC0415 - not at the start

        page = ListingsPage(self._frame, self._desk.listings, self._desk.settings)
        page.customs_wanted.connect(self._tray.write_customs)
        return page

    def supplies(self) -> SuppliesPage:
        """Build the page of the supplies."""
        from jeweler_desk.ui.pages.supplies import SuppliesPage  # noqa: PLC0415 - not at the start

        desk = self._desk
        return SuppliesPage(self._frame, desk.supplies, desk.settings, desk.folder)

    def settings(self) -> SettingsPage:
        """Build the page of the settings."""
        from jeweler_desk.ui.pages.settings_parts import (  # noqa: PLC0415 - not at the start
            settings_page,
        )

        page = settings_page(self._frame, self._desk, self._tray)
        page.mailbox_connected.connect(self._read_connected)
        return page
