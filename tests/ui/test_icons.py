from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from jeweler_desk.resources import resource
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.icons import _CLONES
from jeweler_desk.ui.theme import DARK, LIGHT, Mode

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_lines_in_the_color_of_the_ink(name: str, look: Appearance) -> None:
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    assert 'stroke="currentColor"' in text
    assert 'viewBox="0 0 20 20"' in text or 'viewBox="0 0 40 40"' in text
    picture = look.icon(name).pixmap(QSize(40, 40)).toImage()
    inked = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert LIGHT.ink.lower() in inked


def test_an_icon_follows_the_theme_without_being_made_anew(look: Appearance) -> None:
    icon = look.icon("mail")
    look.set_mode(Mode.DARK)
    picture = icon.pixmap(QSize(40, 40)).toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(40) for y in range(40)}
    assert DARK.ink.lower() in colors


def test_an_icon_that_is_off_is_faded(look: Appearance) -> None:
    icon = look.icon("mail")
    picture = icon.pixmap(QSize(40, 40), QIcon.Mode.Disabled).toImage()
    alphas = [picture.pixelColor(x, y).alpha() for x in range(40) for y in range(40)]
    assert 0 < max(alphas) < 200


def test_a_copy_of_an_icon_paints_the_same(look: Appearance) -> None:
    icon = look.icon("gift")
    other = QIcon(icon)
    assert icon.pixmap(20, 20).toImage() == other.pixmap(20, 20).toImage()


def test_a_copy_that_qt_changes_lives_as_long_as_it_is_shown(look: Appearance) -> None:
    icon = look.icon("gift")
    wanted = icon.pixmap(20, 20).toImage()
    masks = [QIcon(icon) for _ in range(20)]
    for each in masks:
        each.setIsMask(True)
    assert all(each.pixmap(20, 20).toImage() == wanted for each in masks)
    assert len(_CLONES) >= 20
    del masks[:], each
    last = QIcon(icon)
    last.setIsMask(True)
    assert len(_CLONES) == 1
