from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import (
    DARK,
    FACES,
    LIGHT,
    Colors,
    Mode,
    Tone,
    Type,
    contrast,
    palette_of,
)

UI = Path(__file__).resolve().parents[2] / "jeweler_desk" / "ui"
READABLE = 4.5
MODULES = sorted(UI.rglob("*.py"))
COLOR = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b(?!\w)|Qt\.GlobalColor\.(?!transparent)\w+")
PIXELS = re.compile(r"\d+px|setPixelSize\(\d|setPointSize")


def pairs(colors: Colors) -> dict[str, tuple[str, str]]:
    grounds = {"window": colors.window, "surface": colors.surface, "sunken": colors.sunken}
    said = {f"ink on {name}": (colors.ink, ground) for name, ground in grounds.items()}
    said |= {f"soft ink on {name}": (colors.soft_ink, ground) for name, ground in grounds.items()}
    said |= {f"accent on {name}": (colors.accent, ground) for name, ground in grounds.items()}
    said |= {
        "the primary button": (colors.on_accent, colors.accent),
        "a chosen row": (colors.ink, colors.accent_soft),
        "a chosen row, softly": (colors.soft_ink, colors.accent_soft),
        "a toast": (colors.window, colors.ink),
    }
    said |= {f"{tone} chip": (pair.ink, pair.ground) for tone, pair in colors.tones.items()}
    said |= {f"{tone} on a card": (pair.ink, colors.surface) for tone, pair in colors.tones.items()}
    said |= {f"picture {n}": (pair.ink, pair.ground) for n, pair in enumerate(colors.tints)}
    return said


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_colors_can_be_read(colors: Colors) -> None:
    faint = {
        name: round(contrast(ink, ground), 2)
        for name, (ink, ground) in pairs(colors).items()
        if contrast(ink, ground) < READABLE
    }
    assert faint == {}


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_off_can_still_be_read(colors: Colors) -> None:
    palette = palette_of(colors)
    group, role = palette.ColorGroup.Disabled, palette.ColorRole
    ink = palette.color(group, role.WindowText).name()
    assert contrast(ink, palette.color(group, role.Window).name()) >= READABLE


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(UI)))
def test_only_the_theme_names_a_color_or_a_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name != "theme.py":
        assert COLOR.findall(text) == []
    sizes = PIXELS.findall(text)
    hairlines = {"0px", "1px", "2px"}
    assert set(sizes) <= (hairlines if path.name == "style_sheet.py" else set())


def test_dark_is_worn_at_once_by_every_part(window: MainWindow, look: Appearance) -> None:
    look.set_mode(Mode.DARK)
    picture = window.grab().toImage()
    spots = [(5, picture.height() - 5), (picture.width() - 5, picture.height() // 2)]
    for spot in spots:
        assert picture.pixelColor(*spot).name() in {
            QColor(color).name() for color in (DARK.window, DARK.sunken, DARK.surface)
        }
    assert look.is_dark
    look.set_mode(Mode.LIGHT)
    assert window.grab().toImage().pixelColor(*spots[1]).name() == QColor(LIGHT.window).name()


def test_the_system_decides_when_asked_to(look: Appearance) -> None:
    look.set_mode(Mode.DARK)
    look.set_mode(Mode.SYSTEM)
    scheme = QApplication.styleHints().colorScheme()
    if scheme is Qt.ColorScheme.Unknown:  # a system that says nothing keeps what it began with
        assert look.colors is LIGHT
    else:
        assert look.is_dark is (scheme is Qt.ColorScheme.Dark)
    assert look.mode is Mode.SYSTEM


def test_a_change_of_the_system_is_followed(look: Appearance) -> None:
    look.set_mode(Mode.SYSTEM)
    changes: list[bool] = []
    look.changed.connect(lambda: changes.append(True))
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert changes == [True]
    look.set_mode(Mode.LIGHT)
    changes.clear()
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert changes == []


def test_the_text_grows_and_shrinks_within_limits(look: Appearance) -> None:
    usual = look.font(Type.BODY).pixelSize()
    look.set_scale(200)
    assert look.font(Type.BODY).pixelSize() == 2 * usual
    assert QApplication.font().pixelSize() == 2 * usual
    look.set_scale(500)
    assert look.scale == 200
    look.set_scale(1)
    assert look.scale == 80


def test_the_bench_is_readable_at_arms_length() -> None:
    assert FACES[Type.BENCH].size >= 28
    assert FACES[Type.BENCH_TITLE].size >= 28


def test_every_tone_has_its_colors() -> None:
    for colors in (LIGHT, DARK):
        assert set(colors.tones) == set(Tone)
