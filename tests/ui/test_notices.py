from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.notices import TOAST_MS, Notices
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.widgets.button import Button


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    return over


@pytest.fixture
def notices(over: QWidget, look: Appearance) -> Notices:
    notices = Notices(look, over)
    QVBoxLayout(over).addWidget(notices)
    over.show()
    return notices


def test_an_act_is_told_with_undo_beside_it(notices: Notices, over: QWidget, qtbot: QtBot) -> None:
    notices.offer_undo("Order #2089 is packed.")
    assert notices.toast.isVisible()
    assert notices.last_words == "Order #2089 is packed."
    assert over.rect().contains(notices.toast.geometry())
    with qtbot.waitSignal(notices.undo_wanted):
        qtbot.mouseClick(notices.undo_button, Qt.MouseButton.LeftButton)
    assert not notices.toast.isVisible()


def test_a_toast_stays_ten_seconds() -> None:
    assert TOAST_MS == 10_000


def test_what_cannot_be_undone_offers_no_undo(notices: Notices) -> None:
    notices.tell("Mail is read.")
    assert notices.toast.isVisible()
    assert not notices.undo_button.isVisible()


def test_a_long_toast_is_wrapped_and_stays_within_the_window(
    notices: Notices, over: QWidget
) -> None:
    notices.tell("A very long sentence about papers and parcels. " * 6)
    assert notices.toast.width() <= over.width()
    over.resize(420, 500)
    assert over.rect().contains(notices.toast.geometry())
    notices.tell("Short.")
    assert notices.toast.width() < 300


def test_a_warning_stays_until_it_is_put_away(notices: Notices, qtbot: QtBot) -> None:
    notices.warn("mail", "Mail could not be read.")
    notices.warn("mail", "Mail could not be read; the next try is at noon.", Tone.DUE)
    assert notices.banners() == {"mail": "Mail could not be read; the next try is at noon."}
    (closing,) = [
        button
        for button in notices.findChildren(Button)
        if button.isVisibleTo(notices) and button.accessibleName() == "Put this notice away"
    ]
    qtbot.mouseClick(closing, Qt.MouseButton.LeftButton)
    assert notices.banners() == {}
    notices.withdraw("mail")


def test_a_notice_with_an_act_goes_once_it_is_done(notices: Notices, qtbot: QtBot) -> None:
    done: list[bool] = []
    notices.offer("reminder", "Two emails wait.", Tone.LATE, "Show", lambda: done.append(True))
    (show,) = [each for each in notices.findChildren(Button) if each.text() == "Show"]
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert notices.banners() == {}


def test_a_toast_lies_on_no_button_where_there_is_room_above(
    notices: Notices, over: QWidget
) -> None:
    over.resize(600, 400)
    button = Button("Answer")
    button.setParent(over)
    button.setGeometry(0, 340, 600, 44)
    button.show()
    notices.tell("Mail is read.")
    toast = notices.toast.geometry()
    assert not toast.intersects(button.geometry())
    assert button.y() - toast.bottom() < 24
    button.hide()
    notices.tell("Mail is read.")
    assert notices.toast.geometry().bottom() > 340
