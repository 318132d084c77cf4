"""Two orders become one parcel, from the queue to the carrier, without one touch of the mouse."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jeweler_desk.domain.order import FulfillmentStatus, Gift, Stage
from jeweler_desk.services.camera_folder import CAMERA_SETTING
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.card_words import CardWords
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.sidebar import Place
from tests.builders import BUYER, a_line, an_order
from tests.fakes import FixedClock
from tests.ui.conftest import Shop

_OF_A_MOUSE = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class MouseCount(QObject):
    """Counts what only a mouse or a finger does."""

    def __init__(self) -> None:
        super().__init__()
        self.touches = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.touches += event.type() in _OF_A_MOUSE
        return False


@pytest.fixture
def mouse(qapp: QApplication) -> Iterator[MouseCount]:
    count = MouseCount()
    qapp.installEventFilter(count)
    yield count
    qapp.removeEventFilter(count)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the focus is."""
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    if QApplication.activeModalWidget() is None and not window.isActiveWindow():
        window.activateWindow()  # as a desktop does when a dialog closes
        QApplication.processEvents()
    focused: QWidget | None = QApplication.focusWidget()
    assert focused is not None, "the focus is never lost"
    QTest.keyClick(focused, key, modifier)
    QApplication.processEvents()


def take_photo(path: Path, at: datetime) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path))
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_a_whole_parcel_by_keyboard_alone(
    window: MainWindow,
    desk: Desk,
    shop: Shop,
    clock: FixedClock,
    tmp_path: Path,
    mouse: MouseCount,
) -> None:
    camera = tmp_path / "camera"
    camera.mkdir()
    desk.settings.set(CAMERA_SETTING, str(camera))
    studs, _ = desk.orders.add(
        an_order(
            a_line("Fern Studs"),
            number="#2097",
            customer="Rosalind Achterberg",
            email="rosalind@example.com",
            gift=Gift.NO,
            address=replace(BUYER, address1="3 LIGHTHOUSE ROAD"),
        )
    )
    desk.fulfillment.set_stage(studs, Stage.READY)
    window.go(Place.TODAY)

    press(Qt.Key.Key_3, _CTRL)
    bench = window.bench
    assert bench.title.text() == "#2089 · Rosalind Achterberg"
    press(Qt.Key.Key_B)
    assert bench.title.text() == "#2089 and #2097 · Rosalind Achterberg"
    press(Qt.Key.Key_T)
    assert not bench.timer.is_running
    press(Qt.Key.Key_T)
    press(Qt.Key.Key_P)
    press(Qt.Key.Key_C)
    assert window.findChildren(CardWords)
    press(Qt.Key.Key_Return)
    assert not window.findChildren(CardWords)

    take_photo(camera / "IMG_1.png", clock.now() + timedelta(seconds=30))
    bench.photos.look()
    bench.photos.look()
    press(Qt.Key.Key_K)
    assert [len(desk.box_photos.of(each)) for each in (shop.ring, studs)] == [1, 1]

    bench.focus_first()
    for place, row in enumerate(bench.checklist.rows()):
        if place:
            press(Qt.Key.Key_Tab)
        if not row.isChecked():  # the written card has ticked itself
            press(Qt.Key.Key_Space)
    assert all(row.isChecked() for row in bench.checklist.rows())
    press(Qt.Key.Key_Return)
    packed = [desk.orders.get(each).fulfillment_status for each in (shop.ring, studs)]
    assert packed == [FulfillmentStatus.PACKED] * 2

    press(Qt.Key.Key_2, _CTRL)
    window.orders.show_order(shop.ring)
    press(Qt.Key.Key_S, _CTRL | _SHIFT)
    form = next(each for each in window.findChildren(ShipOrder) if each.isVisible())
    form.tracking.setFocus()
    QTest.keyClicks(form.tracking, "9400111206206400104193")
    press(Qt.Key.Key_Return)
    parcels = [desk.orders.get(each).shipments[0] for each in (shop.ring, studs)]
    assert {each.tracking_number for each in parcels} == {"9400111206206400104193"}
    told = [entry.what for entry in desk.orders.get(studs).timeline]
    for what in ("packing slip printed", "photo of the open box: IMG_1.png"):
        assert what in told
    press(Qt.Key.Key_Z, _CTRL)
    assert desk.orders.get(studs).fulfillment_status is FulfillmentStatus.PACKED
    assert mouse.touches == 0
