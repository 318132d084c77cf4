"""Puts the page of the settings together: every card with the services it uses."""

from __future__ import annotations

from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.bench_card import BenchCard
from jeweler_desk.ui.pages.calendar_card import CalendarCard
from jeweler_desk.ui.pages.papers_card import PapersCard
from jeweler_desk.ui.pages.policies_card import PoliciesCard
from jeweler_desk.ui.pages.printers_card import PrintersCard
from jeweler_desk.ui.pages.reminding_card import RemindingCard
from jeweler_desk.ui.pages.settings import SettingsPage
from jeweler_desk.ui.paper_tray import PaperTray


def settings_page(frame: Frame, desk: Desk, tray: PaperTray) -> SettingsPage:
    """Build the page."""
    calendar = CalendarCard(frame, desk.shop_calendar, desk.promises)
    return SettingsPage(
        frame,
        desk.settings,
        desk.correspondence,
        desk.backups,
        desk.clock,
        calendar,
        (
            RemindingCard(frame, desk.settings, desk.starting),
            PoliciesCard(frame, desk.policies, desk.settings),
            PrintersCard(frame, desk.printing, tray.setup),
            PapersCard(frame, desk.paper_pictures, desk.settings),
            BenchCard(frame, desk.settings),
        ),
    )
