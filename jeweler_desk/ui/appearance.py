"""Dresses the application in the tokens: light or dark, at the chosen text size."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from jeweler_desk.resources import resource
from jeweler_desk.ui.icons import LineIconEngine
from jeweler_desk.ui.style_sheet import style_sheet
from jeweler_desk.ui.theme import (
    DARK,
    FACES,
    LARGEST_SCALE,
    LIGHT,
    SMALLEST_SCALE,
    Colors,
    Mode,
    Pair,
    Tone,
    Type,
    palette_of,
)

_FACE_FILES: Final = (
    ("fontpkg_inter", "Inter[opsz,wght].ttf"),
    ("fontpkg_cormorant_garamond", "CormorantGaramond[wght].ttf"),
)
_SCRIPTS: Final = "manimgx_fonts"
_EAST_ASIAN_FILE: Final = "fonts/DroidSansFallback.ttf"
_EAST_ASIAN: Final = "Droid Sans Fallback"
_EMOJI: Final = "Noto Emoji"
_WEIGHT: Final = QFont.Tag("wght")
_LINING_FIGURES: Final = QFont.Tag("lnum")
_EVEN_FIGURES: Final = QFont.Tag("tnum")
_HALF_LIGHT: Final = 0.5


class Appearance(QObject):
    """Dresses the whole application, and again whenever the mode or the text size changes."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = Mode.SYSTEM, scale: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        self._scale = _within_limits(scale)
        self._fonts: dict[Type, QFont] = {}
        self._mixed: dict[str, QColor] = {}
        self._started_dark = app.palette().window().color().lightnessF() < _HALF_LIGHT
        _load_fonts()
        app.setStyle("Fusion")
        self._ask_system()
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def mode(self) -> Mode:
        """What was chosen: system, light or dark."""
        return self._mode

    @property
    def scale(self) -> int:
        """The text size in percent."""
        return self._scale

    @property
    def is_dark(self) -> bool:
        """Whether the dark colors are worn now."""
        if self._mode is not Mode.SYSTEM:
            return self._mode is Mode.DARK
        scheme = self._app.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            return self._started_dark
        return scheme is Qt.ColorScheme.Dark

    @property
    def colors(self) -> Colors:
        """The color tokens worn now."""
        return DARK if self.is_dark else LIGHT

    def set_mode(self, mode: Mode) -> None:
        """Wear light, dark, or what the system wears."""
        if mode is not self._mode:
            self._mode = mode
            self._ask_system()
            self._dress()

    def set_scale(self, percent: int) -> None:
        """Set the text size, 80 to 200 percent."""
        percent = _within_limits(percent)
        if percent != self._scale:
            self._scale = percent
            self._dress()

    def px(self, at_100: int) -> int:
        """Return a length in pixels that grows with the text size."""
        return round(at_100 * self._scale / 100)

    def font(self, kind: Type) -> QFont:
        """Return the font of a kind of text at the present size."""
        made = self._fonts.get(kind)
        if made is None:
            face = FACES[kind]
            system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
            made = QFont([face.family, system, _EAST_ASIAN, _EMOJI])
            made.setPixelSize(self.px(face.size))
            shape(made, kind)
            self._fonts[kind] = made
        return QFont(made)

    def color(self, token: str) -> QColor:
        """Return a plain token (``ink``, ``line`` …) as a color."""
        mixed = self._mixed.get(token)
        if mixed is None:
            mixed = self._mixed[token] = QColor(getattr(self.colors, token))
        return QColor(mixed)

    def ink(self, tone: Tone) -> QColor:
        """Return the ink of a tone."""
        return QColor(self.colors.tones[tone].ink)

    def ground(self, tone: Tone) -> QColor:
        """Return the ground of a tone."""
        return QColor(self.colors.tones[tone].ground)

    def tint(self, number: int) -> Pair:
        """Return one of the quiet grounds for pictures, by any whole number."""
        return self.colors.tints[number % len(self.colors.tints)]

    def icon(self, name: str, color: str = "ink") -> QIcon:
        """Return a line icon that is always painted in the present color of that token."""
        return QIcon(LineIconEngine(name, lambda: self.color(color)))

    def _ask_system(self) -> None:
        hints = self._app.styleHints()
        wanted = {
            Mode.SYSTEM: Qt.ColorScheme.Unknown,
            Mode.LIGHT: Qt.ColorScheme.Light,
            Mode.DARK: Qt.ColorScheme.Dark,
        }
        hints.setColorScheme(wanted[self._mode])

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._mode is Mode.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        self._fonts.clear()
        self._mixed.clear()
        self._app.setPalette(palette_of(self.colors))
        self._app.setFont(self.font(Type.BODY))
        self._app.setStyleSheet(style_sheet(self.colors, self.px, self.font))
        self.changed.emit()


def shape(font: QFont, kind: Type) -> None:
    """Give a font the weight and the figures of a kind of text.

    Both faces are variable fonts of which Qt knows only the thinnest or the regular instance, so
    the weight is set on the font's own axis; `QFont.setWeight` would only smear the letters.
    """
    font.setVariableAxis(_WEIGHT, float(FACES[kind].weight))
    font.setFeature(_EVEN_FIGURES if kind is Type.TIMER else _LINING_FIGURES, 1)


def _load_fonts() -> None:
    """Make our faces known, and those for names in other scripts than the system may have."""
    for package, name in _FACE_FILES:
        QFontDatabase.addApplicationFont(str(_folder_of(package) / "files" / name))
    for file in _folder_of(_SCRIPTS).glob("*].ttf"):
        QFontDatabase.addApplicationFont(str(file))
    QFontDatabase.addApplicationFont(str(resource(_EAST_ASIAN_FILE)))


def _folder_of(package: str) -> Path:
    """Return where an installed part lies, without importing it."""
    spec = find_spec(package)
    found = spec.submodule_search_locations if spec else None
    return Path(found[0]) if found else Path()


def _within_limits(percent: int) -> int:
    return max(SMALLEST_SCALE, min(LARGEST_SCALE, percent))
