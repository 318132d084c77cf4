"""The tokens of the look: colors, kinds of text, spacing; no other module names one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtGui import QColor, QPalette

SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24
NO_SPACE: Final = (0, 0, 0, 0)
RADIUS_CONTROL: Final = 8
RADIUS_CARD: Final = 12
HAIRLINE: Final = 1
FOCUS_LINE: Final = 2
ICON: Final = 20
TOUCH_HEIGHT: Final = 52
TOUCH_HEIGHT_LARGE: Final = 68
ROW_HEIGHT: Final = 52
AVATAR: Final = 36
PICTURE: Final = 44
PICTURE_LARGE: Final = 64
PICTURE_BENCH: Final = 184
PICTURE_LOW: Final = 128
PICTURE_TILE: Final = 74
PICTURE_SHOWN: Final = 232
CHECK_BOX: Final = 30
PAPER: Final = "#FFFFFF"
"""A sheet of paper is white in either mode."""
COLUMN_STEP: Final = 16
SIDEBAR_WIDTH: Final = 200
SIDEBAR_NARROW: Final = 64
WINDOW_SIZE: Final = (1440, 900)
WINDOW_SMALLEST: Final = (1024, 700)

THEME: Final = "window.theme"
TEXT_SIZE: Final = "window.text_size"
SMALLEST_SCALE: Final = 80
USUAL_SCALE: Final = 100
LARGEST_SCALE: Final = 200

_SANS: Final = "Inter"
_SERIF: Final = "Cormorant Garamond"


class Mode(StrEnum):
    """Which of the two sets of colors is worn."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a state means, before it is given a color."""

    GOOD = "good"
    DUE = "due"
    LATE = "late"
    INFO = "info"
    NEUTRAL = "neutral"
    ACCENT = "accent"


class Type(StrEnum):
    """The kinds of text there are."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    CHIP = "chip"
    BENCH_TITLE = "bench_title"
    BENCH = "bench"
    BENCH_SMALL = "bench_small"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Face:
    """One kind of text at 100 %: its family, height in pixels and weight (100 to 900)."""

    family: str
    size: int
    weight: int = 400


FACES: Final = {
    Type.TITLE: Face(_SERIF, 33, 500),
    Type.HEADING: Face(_SERIF, 26, 500),
    Type.SUBHEADING: Face(_SERIF, 22, 600),
    Type.BODY: Face(_SANS, 14),
    Type.STRONG: Face(_SANS, 14, 600),
    Type.SMALL: Face(_SANS, 13),
    Type.CHIP: Face(_SANS, 12, 500),
    Type.BENCH_TITLE: Face(_SERIF, 38, 500),
    Type.BENCH: Face(_SANS, 28),
    Type.BENCH_SMALL: Face(_SANS, 18),
    Type.TIMER: Face(_SANS, 60, 300),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Ink and the ground it stands on, both as ``#RRGGBB``."""

    ink: str
    ground: str


@dataclass(frozen=True, slots=True)
class Colors:
    """One set of the color tokens."""

    window: str
    surface: str
    sunken: str
    line: str
    ink: str
    soft_ink: str
    accent: str
    on_accent: str
    accent_soft: str
    tones: dict[Tone, Pair]
    tints: tuple[Pair, ...]


LIGHT: Final = Colors(
    window="#F6F2EC",
    surface="#FFFFFF",
    sunken="#EFE9E0",
    line="#E2DACE",
    ink="#27221D",
    soft_ink="#6A6057",
    accent="#7A2E3B",
    on_accent="#FFFFFF",
    accent_soft="#F5E7E7",
    tones={
        Tone.GOOD: Pair("#2B6650", "#E2F0E9"),
        Tone.DUE: Pair("#855600", "#FCF0D6"),
        Tone.LATE: Pair("#A11E22", "#FBE4E2"),
        Tone.INFO: Pair("#2C4B7C", "#E4EBF5"),
        Tone.NEUTRAL: Pair("#5C534A", "#EFE9E0"),
        Tone.ACCENT: Pair("#7A2E3B", "#F5E7E7"),
    },
    tints=(
        Pair("#6B5B3F", "#E9DAC6"),
        Pair("#3F6655", "#D3DFD6"),
        Pair("#46607F", "#D6DFE9"),
        Pair("#625280", "#DCD3E3"),
        Pair("#7F4A50", "#EBD5D3"),
    ),
)

DARK: Final = Colors(
    window="#1B1917",
    surface="#262320",
    sunken="#151412",
    line="#3B3630",
    ink="#F1EBE3",
    soft_ink="#B0A698",
    accent="#E09AA4",
    on_accent="#2A1115",
    accent_soft="#3A2529",
    tones={
        Tone.GOOD: Pair("#8FD3B6", "#1E3229"),
        Tone.DUE: Pair("#F0C36B", "#3A2E16"),
        Tone.LATE: Pair("#F59A94", "#43211F"),
        Tone.INFO: Pair("#A6C1EE", "#212E44"),
        Tone.NEUTRAL: Pair("#CFC5B8", "#332F2A"),
        Tone.ACCENT: Pair("#E09AA4", "#3A2529"),
    },
    tints=(
        Pair("#E0C9A2", "#40382B"),
        Pair("#A5CDB8", "#2A3831"),
        Pair("#AFC5E2", "#2B3541"),
        Pair("#C9B8E4", "#383142"),
        Pair("#E6B4B4", "#422E2E"),
    ),
)


def palette_of(colors: Colors) -> QPalette:
    """Return Qt's palette for a set of tokens, so that Fusion's own parts agree with ours."""
    palette = QPalette()
    role = QPalette.ColorRole
    every = {
        role.Window: colors.window,
        role.WindowText: colors.ink,
        role.Base: colors.surface,
        role.AlternateBase: colors.sunken,
        role.Text: colors.ink,
        role.PlaceholderText: colors.soft_ink,
        role.Button: colors.surface,
        role.ButtonText: colors.ink,
        role.BrightText: colors.on_accent,
        role.ToolTipBase: colors.surface,
        role.ToolTipText: colors.ink,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.on_accent,
        role.Accent: colors.accent,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Light: colors.surface,
        role.Midlight: colors.line,
        role.Mid: colors.line,
        role.Dark: colors.soft_ink,
        role.Shadow: colors.line,
    }
    for each, color in every.items():
        palette.setColor(each, QColor(color))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.soft_ink))
    return palette


def contrast(one: str, other: str) -> float:
    """Return the contrast of two ``#RRGGBB`` colors, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    knee = 0.04045
    linear = [part / 12.92 if part <= knee else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
