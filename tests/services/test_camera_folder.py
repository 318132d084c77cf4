from __future__ import annotations

import os
from pathlib import Path

import pytest

from jeweler_desk.domain.shop_settings import SettingError
from jeweler_desk.services.camera_folder import CAMERA_SETTING, looked
from jeweler_desk.services.desk import Desk


def lay(path: Path, second: int, data: bytes = b"photo") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (second, second))


def test_the_newest_photo_comes_first_also_from_a_cameras_own_folders(tmp_path: Path) -> None:
    lay(tmp_path / "a.jpg", 100)
    lay(tmp_path / "100CANON" / "b.JPG", 300)
    lay(tmp_path / "c.webp", 200)
    for name in ("notes.txt", ".hidden.jpg", ".trash/d.jpg"):
        lay(tmp_path / name, 400)
    look = looked(tmp_path)
    assert [each.path.name for each in look.photos] == ["b.JPG", "c.webp", "a.jpg"]
    assert look.trouble is None


def test_an_empty_folder_is_no_trouble(tmp_path: Path) -> None:
    assert looked(tmp_path).photos == ()
    assert looked(tmp_path).trouble is None


def test_a_folder_that_is_not_there_or_no_folder_is_told(tmp_path: Path) -> None:
    assert "is not there" in (looked(tmp_path / "card").trouble or "")
    lay(tmp_path / "file", 1)
    assert "is a file, not a camera folder" in (looked(tmp_path / "file").trouble or "")


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "cannot be read" in (looked(loop).trouble or "")


def test_photos_that_cannot_be_kept_are_named(tmp_path: Path) -> None:
    lay(tmp_path / "IMG_1.HEIC", 1)
    assert "let the camera take JPEG" in (looked(tmp_path).trouble or "")
    lay(tmp_path / "IMG_2.jpg", 2)
    assert looked(tmp_path).trouble is None


def test_the_setting_wants_a_whole_path(desk: Desk, tmp_path: Path) -> None:
    known = [desk.camera.is_set]
    with pytest.raises(SettingError, match="not a whole path"):
        desk.settings.set(CAMERA_SETTING, "photos")
    desk.settings.set(CAMERA_SETTING, str(tmp_path))
    known.append(desk.camera.is_set)
    assert known == [False, True]
    assert desk.camera.look_job()().trouble is None
