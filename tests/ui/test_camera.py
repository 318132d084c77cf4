"""The camera's folder at the bench: what arrives is offered, and one key keeps it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from jeweler_desk.services.camera_folder import CAMERA_SETTING
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.bench import BenchPage
from jeweler_desk.ui.widgets.sidebar import Place
from tests.fakes import FixedClock
from tests.ui.conftest import Shop


@pytest.fixture
def folder(tmp_path: Path, desk: Desk) -> Path:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    desk.settings.set(CAMERA_SETTING, str(folder))
    return folder


@pytest.fixture
def bench(window: MainWindow, shop: Shop, folder: Path) -> BenchPage:
    lay(folder / "before.png", datetime.fromisoformat("2026-10-04T12:00:00Z"))
    window.go(Place.BENCH)
    window.bench.take(shop.ring)
    return window.bench


def lay(path: Path, at: datetime, color: Qt.GlobalColor = Qt.GlobalColor.darkRed) -> None:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(color)
    assert image.save(str(path))
    os.utime(path, (at.timestamp(), at.timestamp()))


def look(bench: BenchPage) -> None:
    """Look twice: a file counts once it grows no more."""
    bench.photos.look()
    bench.photos.look()


def test_what_arrives_after_the_start_is_kept_by_one_key(
    bench: BenchPage, window: MainWindow, folder: Path, clock: FixedClock, qtbot: QtBot, shop: Shop
) -> None:
    look(bench)
    assert bench.camera.names == []
    assert not window.actions_["bench.camera"].isEnabled()
    lay(folder / "IMG_1.png", clock.now() + timedelta(seconds=20))
    lay(folder / "IMG_2.png", clock.now() + timedelta(seconds=40), Qt.GlobalColor.darkBlue)
    look(bench)
    assert bench.camera.names == ["IMG_2.png", "IMG_1.png"]
    qtbot.keyClick(window, Qt.Key.Key_K)
    assert [each.photo.name for each in shop.desk.box_photos.of(shop.ring)] == ["IMG_2.png"]
    assert bench.box.told == ["IMG_2.png"]
    assert bench.camera.names == ["IMG_1.png"]
    qtbot.keyClick(window, Qt.Key.Key_K)
    assert bench.box.told == ["IMG_2.png", "IMG_1.png"]
    look(bench)
    assert bench.camera.names == []
    assert (folder / "IMG_2.png").is_file(), "the camera keeps its own"


def test_the_next_parcel_is_offered_only_its_own(
    bench: BenchPage, window: MainWindow, folder: Path, clock: FixedClock
) -> None:
    look(bench)
    lay(folder / "IMG_1.png", clock.now())
    look(bench)
    clock.goes_on(minutes=4)
    bench.skip()
    look(bench)
    assert bench.camera.names == []
    assert not window.actions_["bench.camera"].isEnabled()


def test_a_camera_whose_clock_is_wrong_is_understood(bench: BenchPage, folder: Path) -> None:
    look(bench)
    lay(folder / "IMG_1.png", datetime.fromisoformat("2001-01-01T00:00:00Z"))
    look(bench)
    assert bench.camera.names == ["IMG_1.png"]


def test_a_file_that_still_grows_waits(bench: BenchPage, folder: Path, clock: FixedClock) -> None:
    look(bench)
    lay(folder / "IMG_1.png", clock.now())
    bench.photos.look()
    assert bench.camera.names == []
    bench.photos.look()
    assert bench.camera.names == ["IMG_1.png"]


def test_a_folder_that_is_gone_is_told_in_a_sentence(bench: BenchPage, folder: Path) -> None:
    (folder / "before.png").unlink()
    folder.rmdir()
    look(bench)
    assert bench.camera.trouble.isVisibleTo(bench)
    assert "is not there" in bench.camera.trouble.text()
    folder.mkdir()
    look(bench)
    assert not bench.camera.trouble.isVisibleTo(bench)


def test_what_is_no_photo_is_refused_in_words(
    bench: BenchPage, window: MainWindow, folder: Path
) -> None:
    look(bench)
    (folder / "IMG_9.jpg").write_bytes(b"not a photo at all")
    look(bench)
    window.actions_["bench.camera"].trigger()
    assert bench.box.told == []
    told = window.notices.banners()
    assert any("no JPEG, PNG or WebP photo" in each for each in told.values())


def test_nobody_looks_while_the_bench_is_not_looked_at(
    bench: BenchPage, window: MainWindow
) -> None:
    assert bench.photos._watch.isActive()
    window.go(Place.TODAY)
    assert not bench.photos._watch.isActive()


def test_a_photo_of_a_shared_box_is_kept_with_every_order_in_it(
    bench: BenchPage, folder: Path, clock: FixedClock, desk: Desk, shop: Shop
) -> None:
    look(bench)
    bench.photos.share([shop.ring, shop.gift])
    lay(folder / "IMG_1.png", clock.now())
    bench.photos.add_files([folder / "IMG_1.png"])
    assert [len(desk.box_photos.of(each)) for each in (shop.ring, shop.gift)] == [1, 1]
