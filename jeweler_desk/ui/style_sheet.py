"""The one style sheet, written from the tokens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QFont

from jeweler_desk.ui.theme import (
    ICON,
    RADIUS_CARD,
    RADIUS_CONTROL,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    TOUCH_HEIGHT,
    TOUCH_HEIGHT_LARGE,
    Colors,
    Tone,
    Type,
)


def style_sheet(colors: Colors, px: Callable[[int], int], font: Callable[[Type], QFont]) -> str:
    """Return the style sheet of one set of colors at one text size."""
    return "\n".join(
        (
            _text(colors, font),
            _grounds(colors, px),
            _buttons(colors, px),
            _fields(colors, px),
            _lists(colors, px),
            _bars(colors, px),
        )
    )


def _text(colors: Colors, font: Callable[[Type], QFont]) -> str:
    rules = [f"QLabel {{ background: transparent; color: {colors.ink}; }}"]
    for kind in Type:
        face = font(kind)
        families = ", ".join(f'"{family}"' for family in face.families())
        rules.append(
            f'QLabel[type="{kind}"] {{ font-family: {families}; font-size: {face.pixelSize()}px; }}'
        )
    rules.append(f'QLabel[soft="true"] {{ color: {colors.soft_ink}; }}')
    rules.extend(
        f'QLabel[tone="{tone}"] {{ color: {pair.ink}; }}' for tone, pair in colors.tones.items()
    )
    return "\n".join(rules)


def _grounds(colors: Colors, px: Callable[[int], int]) -> str:
    info = colors.tones[Tone.INFO]
    tones = "\n".join(
        f'QFrame#notice[tone="{tone}"] {{ background: {pair.ground};'
        f" border: 1px solid {colors.line}; border-radius: {RADIUS_CONTROL}px; }}"
        f'QFrame#notice[tone="{tone}"] QLabel {{ color: {pair.ink}; }}'
        for tone, pair in colors.tones.items()
    )
    return f"""
QMainWindow, QDialog, QWidget#pages, QWidget#page {{ background: {colors.window}; }}
QFrame#card {{
    background: {colors.surface}; border: 1px solid {colors.line};
    border-radius: {RADIUS_CARD}px;
}}
QWidget#sidebar {{ background: {colors.sunken}; }}
QFrame#hairline {{ background: {colors.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame#toast {{
    background: {colors.ink}; border-radius: {RADIUS_CARD}px;
}}
QFrame#toast QLabel {{ color: {colors.window}; }}
QFrame#toast QPushButton {{
    color: {colors.window}; background: transparent; border: 1px solid {colors.soft_ink};
}}
QFrame#toast QPushButton:focus {{ border: 2px solid {colors.window}; }}
QFrame#palette {{
    background: {colors.surface}; border: 1px solid {colors.line};
    border-radius: {RADIUS_CARD}px;
}}
QFrame#band {{ background: {info.ground}; border: none; border-radius: {RADIUS_CONTROL}px; }}
QFrame#band QLabel {{ color: {info.ink}; }}
QFrame#piece {{
    background: {colors.window}; border: 1px solid {colors.line};
    border-radius: {RADIUS_CONTROL}px; padding: 1px;
}}
QFrame#piece[chosen="true"] {{ border: 2px solid {colors.accent}; padding: 0px; }}
QFrame#quote {{
    background: {colors.window}; border: none; border-radius: {RADIUS_CONTROL}px;
    padding: {px(SPACE_XS)}px;
}}
QDialog QFrame#quote {{ background: {colors.surface}; }}
{tones}
QToolTip {{
    background: {colors.surface}; color: {colors.ink}; border: 1px solid {colors.line};
    padding: {px(SPACE_XS)}px {px(SPACE_S)}px;
}}
"""


def _buttons(colors: Colors, px: Callable[[int], int]) -> str:
    high, wide = px(SPACE_S) - 1, px(SPACE_L)
    # Large enough for gloves at any size: larger text takes half of its growth from the padding.
    touch = max(TOUCH_HEIGHT, (TOUCH_HEIGHT + px(TOUCH_HEIGHT)) // 2)
    return f"""
QPushButton {{
    background: {colors.surface}; color: {colors.ink}; border: 1px solid {colors.line};
    border-radius: {RADIUS_CONTROL}px; padding: {high}px {wide}px;
    icon-size: {px(ICON)}px;
}}
QPushButton:hover {{ background: {colors.sunken}; }}
QPushButton:pressed {{ background: {colors.line}; }}
QPushButton:focus {{
    border: 2px solid {colors.accent}; padding: {high - 1}px {wide - 1}px;
}}
QPushButton:disabled {{ color: {colors.soft_ink}; background: {colors.sunken}; }}
QPushButton[kind="primary"] {{
    background: {colors.accent}; color: {colors.on_accent}; border: 1px solid {colors.accent};
}}
QPushButton[kind="primary"]:hover {{ border-color: {colors.ink}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {colors.ink}; }}
QPushButton[kind="primary"]:disabled {{
    background: {colors.sunken}; color: {colors.soft_ink}; border: 1px solid {colors.line};
}}
QPushButton[kind="quiet"] {{
    background: transparent; color: {colors.accent}; border: 1px solid transparent;
    padding: {high}px {px(SPACE_S)}px;
}}
QPushButton[kind="quiet"]:hover {{ background: {colors.accent_soft}; }}
QPushButton[kind="quiet"]:focus {{
    border: 2px solid {colors.accent}; padding: {high - 1}px {px(SPACE_S) - 1}px;
}}
QPushButton[kind="link"] {{
    background: transparent; color: {colors.accent}; border: 1px solid transparent;
    padding: {px(SPACE_XS)}px 0px; text-align: left; min-width: 0px;
}}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border-bottom: 2px solid {colors.accent}; }}
QPushButton[room="large"] {{ min-height: {touch - 2 * high}px; }}
QPushButton[room="huge"] {{
    min-height: {px(TOUCH_HEIGHT_LARGE) - 2 * high}px; font-size: {px(SPACE_L + 2)}px;
}}
QPushButton[room="small"] {{ padding: {px(SPACE_XS)}px {px(SPACE_M)}px; }}
QPushButton[kind="tab"] {{
    background: transparent; color: {colors.soft_ink}; border: 1px solid transparent;
    padding: {px(SPACE_XS) + 2}px {px(SPACE_M) - 1}px;
}}
QPushButton[kind="tab"]:hover {{ background: {colors.sunken}; color: {colors.ink}; }}
QPushButton[kind="tab"]:checked {{
    background: {colors.accent}; color: {colors.on_accent};
}}
QPushButton[kind="tab"]:focus {{
    border: 2px solid {colors.accent}; padding: {px(SPACE_XS) + 1}px {px(SPACE_M) - 2}px;
}}
QPushButton[kind="tab"]:checked:focus {{ border: 2px solid {colors.ink}; }}
QPushButton[kind="answer"] {{ color: {colors.ink}; padding: {px(SPACE_XS) + 2}px {wide - 1}px; }}
QPushButton[kind="answer"]:checked {{
    background: {colors.accent}; color: {colors.on_accent}; border-color: {colors.accent};
}}
QPushButton[kind="answer"]:focus {{
    border: 2px solid {colors.accent}; padding: {px(SPACE_XS) + 1}px {wide - 2}px;
}}
QPushButton[kind="answer"]:checked:focus {{ border: 2px solid {colors.ink}; }}
QPushButton[kind="search"] {{
    text-align: left; color: {colors.soft_ink}; padding: {high}px {px(SPACE_M)}px;
}}
"""


def _fields(colors: Colors, px: Callable[[int], int]) -> str:
    return f"""
QLineEdit, QPlainTextEdit {{
    background: {colors.surface}; color: {colors.ink}; border: 1px solid {colors.line};
    border-radius: {RADIUS_CONTROL}px; padding: {px(SPACE_S) - 2}px {px(SPACE_M) - 2}px;
    selection-background-color: {colors.accent}; selection-color: {colors.on_accent};
    placeholder-text-color: {colors.soft_ink};
}}
QLineEdit:focus, QPlainTextEdit:focus {{
    border: 2px solid {colors.accent};
    padding: {px(SPACE_S) - 3}px {px(SPACE_M) - 3}px;
}}
QLineEdit[wrong="true"] {{ border: 2px solid {colors.tones[Tone.LATE].ink}; }}
ChoiceBox {{
    background: {colors.surface}; color: {colors.ink}; border: 1px solid {colors.line};
    border-radius: {RADIUS_CONTROL}px; padding: {px(SPACE_S) - 2}px {px(SPACE_M) - 2}px;
}}
ChoiceBox:focus {{
    border: 2px solid {colors.accent};
    padding: {px(SPACE_S) - 3}px {px(SPACE_M) - 3}px;
}}
ChoiceBox::drop-down {{ border: none; width: {px(SPACE_XL)}px; }}
ChoiceBox::down-arrow {{ image: none; }}
ChoiceBox QAbstractItemView {{
    background: {colors.surface}; color: {colors.ink}; border: 1px solid {colors.line};
    selection-background-color: {colors.accent_soft}; selection-color: {colors.ink};
}}
QSpinBox {{
    background: {colors.surface}; color: {colors.ink}; border: 1px solid {colors.line};
    border-radius: {RADIUS_CONTROL}px; padding: {px(SPACE_S) - 2}px {px(SPACE_M) - 2}px;
    padding-right: {px(SPACE_XL) + SPACE_XS}px;
    selection-background-color: {colors.accent}; selection-color: {colors.on_accent};
}}
QSpinBox:focus {{
    border: 2px solid {colors.accent}; padding: {px(SPACE_S) - 3}px {px(SPACE_M) - 3}px;
    padding-right: {px(SPACE_XL) + SPACE_XS - 1}px;
}}
QSpinBox QLineEdit, QSpinBox QLineEdit:focus {{
    background: transparent; border: none; padding: 0px;
}}
QSpinBox::up-button {{
    subcontrol-origin: border; subcontrol-position: top right; border: none;
    background: transparent; width: {px(SPACE_XL)}px; margin-right: {SPACE_XS}px;
}}
QSpinBox::down-button {{
    subcontrol-origin: border; subcontrol-position: bottom right; border: none;
    background: transparent; width: {px(SPACE_XL)}px; margin-right: {SPACE_XS}px;
}}
QSpinBox::up-arrow, QSpinBox::down-arrow {{ image: none; }}
QLineEdit:disabled, QPlainTextEdit:disabled, ChoiceBox:disabled, QSpinBox:disabled {{
    color: {colors.soft_ink}; background: {colors.sunken};
}}
QSpinBox QLineEdit:disabled {{ background: transparent; }}
"""


def _lists(colors: Colors, px: Callable[[int], int]) -> str:
    return f"""
QTableView, QListView {{
    background: {colors.surface}; color: {colors.ink}; border: none; outline: none;
    gridline-color: {colors.line};
    selection-background-color: {colors.accent_soft}; selection-color: {colors.ink};
}}
QTableView#month::item:selected {{ border: 1px solid {colors.accent}; }}
QTableView#month::item:focus {{ border: 2px solid {colors.accent}; }}
QHeaderView, QTableCornerButton::section {{ background: {colors.surface}; border: none; }}
QHeaderView::section {{
    background: {colors.surface}; color: {colors.soft_ink}; border: none;
    border-bottom: 1px solid {colors.line}; padding: {px(SPACE_S)}px {px(SPACE_S)}px;
}}
QHeaderView::section:hover {{ color: {colors.ink}; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{
    background: transparent; border: none;
}}
QProgressBar {{
    background: {colors.sunken}; border: none; border-radius: {SPACE_XS}px;
    max-height: {SPACE_S}px; min-height: {SPACE_S}px;
}}
QProgressBar::chunk {{ background: {colors.accent}; border-radius: {SPACE_XS}px; }}
"""


def _bars(colors: Colors, px: Callable[[int], int]) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: {SPACE_M}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {SPACE_M}px; margin: 0; }}
QScrollBar::handle {{
    background: {colors.line}; border-radius: {SPACE_XS}px; margin: 2px;
    min-height: {px(SPACE_XL)}px; min-width: {px(SPACE_XL)}px;
}}
QScrollBar::handle:hover {{ background: {colors.soft_ink}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenuBar {{ background: {colors.sunken}; color: {colors.soft_ink}; padding: 2px; }}
QMenuBar::item {{ background: transparent; padding: {px(SPACE_XS)}px {px(SPACE_S)}px;
    border-radius: {SPACE_XS}px; }}
QMenuBar::item:selected {{ background: {colors.surface}; color: {colors.ink}; }}
QMenu {{
    background: {colors.surface}; color: {colors.ink}; border: 1px solid {colors.line};
    padding: {px(SPACE_XS)}px;
}}
QMenu::item {{ padding: {px(SPACE_S) - 2}px {px(SPACE_L)}px; border-radius: {SPACE_XS}px; }}
QMenu::item:selected {{ background: {colors.accent_soft}; color: {colors.ink}; }}
QMenu::item:disabled {{ color: {colors.soft_ink}; }}
QMenu::separator {{ height: 1px; background: {colors.line}; margin: {px(SPACE_XS)}px; }}
QSplitter::handle {{ background: transparent; }}
"""
