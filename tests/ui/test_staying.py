"""Closing the window, the tray icon, a quiet start: never a program that nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.reminder import Notice, Rung
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.starting import Starting
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.close_or_stay import CloseOrStay
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.reminding_card import RemindingCard
from jeweler_desk.ui.staying import CLOSING, Staying
from jeweler_desk.ui.tray_icon import TrayIcon
from jeweler_desk.ui.widgets.sidebar import Place
from tests.post import Post

# What the platform without a screen says of itself.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", "does not support raise")
ACCOUNT = MailAccount("hello@juniper.test", "imap.juniper.test", 993, "hello@juniper.test")


class Tray:
    """Whether the system has a place for icons just now."""

    def __init__(self) -> None:
        self.is_there = True

    def __call__(self) -> bool:
        return self.is_there


class HerClick(QCloseEvent):
    """The closing button of the frame, which only a person presses."""

    def spontaneous(self) -> bool:
        return True


class Memory:
    """An entry of a system that keeps it, or refuses to."""

    def __init__(self) -> None:
        self.kept: list[str] | None = None

    def command(self) -> str | None:
        return " ".join(self.kept) if self.kept else None

    def write(self, command: object) -> None:
        assert isinstance(command, tuple)
        self.kept = [str(each) for each in command]

    def remove(self) -> None:
        self.kept = None


@pytest.fixture
def staying(window: MainWindow) -> Iterator[Staying]:
    found = Staying.of(window)
    assert found is not None
    yield found
    window.show()
    found.leave()


def with_tray(window: MainWindow, staying: Staying, look: Appearance) -> Tray:
    """Let the window believe that it stands on Windows, with a tray."""
    tray = Tray()
    staying.tray = TrayIcon(look, window, platform="win32", is_available=tray)
    staying.tray.look_again()
    return tray


def test_without_a_word_closing_is_the_end(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()


def test_on_linux_no_tray_is_believed_in(look: Appearance, window: MainWindow) -> None:
    icon = TrayIcon(look, window, platform="linux", is_available=lambda: True)
    icon.look_again()
    assert not icon.is_there
    assert not icon.notify("title", "text")
    assert not QSystemTrayIcon.isSystemTrayAvailable()


def test_where_no_tray_is_the_window_is_minimized_and_seen_in_the_task_bar(
    window: MainWindow, staying: Staying, desk: Desk
) -> None:
    desk.settings.set(CLOSING, "stay")
    window.close()
    assert window.isVisible()
    assert window.isMinimized()
    staying.come_forward()
    assert not window.isMinimized()


def test_in_a_tray_that_is_there_it_hides_and_comes_back_by_the_icon(
    window: MainWindow, staying: Staying, desk: Desk, look: Appearance
) -> None:
    tray = with_tray(window, staying, look)
    desk.settings.set(CLOSING, "stay")
    window.close()
    assert not window.isVisible()
    staying.look_again()
    assert not window.isVisible()
    tray.is_there = False
    staying.look_again()
    assert window.isVisible()
    assert window.isMinimized()


def test_closing_for_good_closes_whatever_the_button_means(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    desk.settings.set(CLOSING, "stay")
    with qtbot.waitSignal(window.closed):
        window.actions_["quit"].trigger()


def test_a_computer_that_shuts_down_is_not_held_up(
    window: MainWindow, staying: Staying, qtbot: QtBot, desk: Desk
) -> None:
    desk.settings.set(CLOSING, "stay")
    staying.let_go()
    with qtbot.waitSignal(window.closed):
        window.close()


@pytest.mark.parametrize(("choice", "wanted"), [(0, "stay"), (1, "quit")])
def test_her_first_closing_asks_once_what_it_means(
    window: MainWindow, staying: Staying, desk: Desk, choice: int, wanted: str
) -> None:
    del staying
    desk.correspondence.mailboxes.add(ACCOUNT, "secret words")
    QApplication.sendEvent(window, HerClick())
    (form,) = window.findChildren(CloseOrStay)
    form.choice.buttons[choice].click()
    form.verb.click()
    assert desk.settings.get(CLOSING) == wanted
    assert window.isMinimized() is (wanted == "stay")


def test_the_icon_tells_the_truth_of_the_letters(
    window: MainWindow, staying: Staying, look: Appearance, post: Post
) -> None:
    with_tray(window, staying, look)
    staying.look_again()
    assert staying.tray.words == "Jeweler Desk: 2 letters wait, 1 late"
    for each in ("anna@c.test", "bo@c.test"):
        post.desk.correspondence.mark_answered(each, "by phone")
    staying.look_again()
    assert staying.tray.words == "Jeweler Desk: every letter is answered"


def test_a_notice_shows_at_the_icon_and_leads_to_its_page(
    window: MainWindow, staying: Staying, look: Appearance
) -> None:
    with_tray(window, staying, look)
    notice = Notice("Time for the evening sweep", "1 late", (("sweep:day", Rung.SWEEP),))
    staying.show_notice(notice)
    window.hide()
    staying.open_page("go.sweep")
    assert window.isVisible()
    assert window.place is Place.SWEEP


def test_a_quiet_start_opens_out_of_the_way(
    window: MainWindow, staying: Staying, look: Appearance
) -> None:
    staying.begin_quietly()
    assert window.isMinimized()
    staying.come_forward()
    with_tray(window, staying, look)
    staying.begin_quietly()
    assert not window.isVisible()


def test_both_switches_stand_in_the_settings_and_are_off(window: MainWindow, desk: Desk) -> None:
    memory = Memory()
    card = RemindingCard(
        window.frame_, desk.settings, Starting(memory, ["desk", "--quiet"]), window
    )
    card.refresh()
    assert not card.start.isChecked()
    assert not card.stay.isChecked()
    started = []
    for _ in range(2):
        card.start.click()
        started.append(memory.kept)
    assert started == [["desk", "--quiet"], None]
    card.stay.click()
    assert desk.settings.get(CLOSING) == "stay"
    card.stay.click()
    assert desk.settings.get(CLOSING) == "quit"


def test_where_no_program_may_add_itself_the_card_says_so(window: MainWindow, desk: Desk) -> None:
    card = RemindingCard(window.frame_, desk.settings, Starting(None, []), window)
    card.refresh()
    assert not card.start.isEnabled()


def test_the_settings_have_the_card(window: MainWindow) -> None:
    window.go(Place.SETTINGS)
    assert any(isinstance(card, RemindingCard) for card in window.settings.more)
