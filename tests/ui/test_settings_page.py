from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.connect_mailbox import ConnectMailbox
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.settings import SettingsPage
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.setting_row import Lines
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.ui.conftest import FakeKeyring, FakeMailbox


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.go(Place.SETTINGS)
    return window.settings


def field(page: SettingsPage, key: str) -> QLineEdit:
    found = page.rows[key].field
    assert isinstance(found, QLineEdit)
    return found


def write(page: SettingsPage, key: str, text: str, qtbot: QtBot) -> None:
    line = field(page, key)
    line.setFocus()
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Tab)


def words(page: SettingsPage) -> list[str]:
    return [label.text() for label in page.findChildren(Text) if label.isVisibleTo(page)]


def connect(window: MainWindow) -> None:
    window.actions_["mail.connect"].trigger()
    form = next(each for each in window.findChildren(ConnectMailbox) if each.isVisible())
    form.address.setText("hello@juniper.test")
    form.host.setText("imap.juniper.test")
    form.password.setText("secret words")
    form.by_hand.click()
    form.submit()


def test_every_field_shows_what_counts(page: SettingsPage) -> None:
    assert field(page, "shop.name").text() == "Juniper & Tide"
    assert field(page, "shop.working_days").text() == "Mon,Tue,Wed,Thu,Fri"
    assert field(page, "mail.quiet_hours").text() == "21:00-08:00"
    assert page.rows["shop.address"].text == "18 Cobble Lane\nPortland, ME 04101"


def test_a_field_is_kept_when_it_is_left(
    page: SettingsPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    write(page, "shop.name", "Moss & Moon", qtbot)
    assert desk.settings.get("shop.name") == "Moss & Moon"
    assert window.sidebar.findChildren(Text)[0].text() == "Moss & Moon"
    window.actions_["undo"].trigger()
    assert field(page, "shop.name").text() == "Juniper & Tide"


def test_the_address_is_kept_when_it_is_left(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    lines = page.rows["shop.address"].field
    assert isinstance(lines, Lines)
    lines.setFocus()
    lines.setPlainText("1 New Lane\nBoston, MA 02108")
    qtbot.keyClick(lines, Qt.Key.Key_Tab)
    assert desk.settings.get("shop.address") == "1 New Lane\nBoston, MA 02108"


def test_what_cannot_be_kept_stays_with_a_sentence(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    write(page, "shop.cutoff", "noonish", qtbot)
    assert desk.settings.get("shop.cutoff") == ""
    assert field(page, "shop.cutoff").text() == "noonish"
    row = page.rows["shop.cutoff"]
    assert row.note.text() == "“noonish” is not a time of day such as 14:00."
    assert field(page, "shop.cutoff").property("wrong") == "true"
    write(page, "shop.cutoff", "14:00", qtbot)
    assert desk.settings.get("shop.cutoff") == "14:00"
    assert row.note.text() == "Such as 14:00; empty if there is none"


def test_what_is_being_typed_is_not_overwritten(page: SettingsPage, qtbot: QtBot) -> None:
    line = field(page, "shop.signature")
    line.setFocus()
    qtbot.keyClicks(line, " of the Tide")
    page.refresh()
    assert line.text() == "Aileen of the Tide"


def test_light_dark_and_system_are_worn_at_once_and_remembered(
    page: SettingsPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.modes[Mode.DARK], Qt.MouseButton.LeftButton)
    assert window.look.is_dark
    assert desk.settings.get("window.theme") == "dark"
    modes = []
    for _ in range(3):
        window.actions_["look.theme"].trigger()
        modes.append(window.look.mode)
    assert modes == [Mode.SYSTEM, Mode.LIGHT, Mode.DARK]
    assert window.notices.last_words == "Colors: dark."


def test_the_text_size_is_set_by_slider_and_by_key(
    page: SettingsPage, desk: Desk, window: MainWindow
) -> None:
    page.scale.setValue(13)
    assert window.look.scale == 130
    assert desk.settings.get("window.text_size") == "130"
    assert "130 %" in words(page)
    window.actions_["look.larger"].trigger()
    window.actions_["look.larger"].trigger()
    assert window.look.scale == 150
    window.actions_["look.smaller"].trigger()
    assert window.look.scale == 140
    page.refresh()
    assert page.scale.value() == 14
    window.actions_["look.normal"].trigger()
    assert window.look.scale == 100


def mailbox_rows(page: SettingsPage) -> list[ListRow]:
    rows = [each for each in page.findChildren(ListRow) if each.isVisibleTo(page)]
    return [each for each in rows if "@" in each.title.text()]


def test_a_mailbox_is_connected_and_read_at_once(
    page: SettingsPage, window: MainWindow, mailbox: FakeMailbox, keyring: FakeKeyring
) -> None:
    assert any(each.startswith("No mailbox is connected") for each in words(page))
    connect(window)
    assert keyring.kept == {"hello@juniper.test": "secret words"}
    assert mailbox.passwords == ["secret words"]
    assert window.notices.last_words == "Mail is read."
    (row,) = mailbox_rows(page)
    assert row.title.text() == "hello@juniper.test"
    assert row.detail.text() == "imap.juniper.test · read just now"
    assert window.sidebar.lines()[0] == "Mail read just now"


def test_without_a_keyring_the_password_lasts_until_closing(
    page: SettingsPage, window: MainWindow, mailbox: FakeMailbox, keyring: FakeKeyring
) -> None:
    del page
    keyring.is_there = False
    connect(window)
    assert keyring.kept == {}
    assert "kept only until you close the desk" in window.notices.banners()["keyring"]
    window.actions_["fetch"].trigger()
    assert mailbox.passwords == ["secret words", "secret words"]


def test_the_same_mailbox_twice_is_refused(page: SettingsPage, window: MainWindow) -> None:
    del page
    connect(window)
    connect(window)
    told = window.notices.banners()["act"]
    assert told == "The account hello@juniper.test is there already. Nothing was changed."


def test_trouble_of_a_mailbox_is_told_and_goes_when_it_is_over(
    page: SettingsPage, window: MainWindow, mailbox: FakeMailbox
) -> None:
    mailbox.error = "the server could not be reached"
    connect(window)
    told = window.notices.banners()["fetch"]
    assert "the server could not be reached" in told
    assert "Everything read before is here." in told
    (row,) = mailbox_rows(page)
    assert row.chip is not None
    assert row.chip.text == "trouble"
    mailbox.error = None
    window.actions_["fetch"].trigger()
    assert window.notices.banners() == {}


def test_a_mailbox_is_disconnected_and_the_act_can_be_undone(
    page: SettingsPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    connect(window)
    button = next(
        each for each in page.findChildren(Button) if each.accessibleName().startswith("Disconnect")
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.correspondence.accounts() == []
    window.actions_["undo"].trigger()
    assert len(desk.correspondence.accounts()) == 1


def test_the_newest_copy_is_told(page: SettingsPage) -> None:
    assert any(each.startswith("There is no safety copy yet.") for each in words(page))
