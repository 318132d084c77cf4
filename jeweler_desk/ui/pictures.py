"""Pictures of every page, in light and dark, for a look without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import WINDOW_SIZE, Mode
from jeweler_desk.ui.widgets.sidebar import Place

# What is measured after the first look moves the cards once more.
_TURNS: Final = 8
_SUFFIX: Final = {Mode.LIGHT: "", Mode.DARK: "-dark"}


def save_pictures(
    window: MainWindow, folder: Path, size: tuple[int, int] = WINDOW_SIZE
) -> list[Path]:
    """Write a PNG of every page in both modes into a folder; the window is left as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    before, mode = window.place, window.look.mode
    window.resize(*size)
    window.show()
    paths = []
    for each, suffix in _SUFFIX.items():
        window.look.set_mode(each)
        for place in Place:
            window.go(place)
            for _ in range(_TURNS):
                QApplication.processEvents()
            path = folder / f"{place}{suffix}.png"
            window.grab().save(str(path))
            paths.append(path)
    window.look.set_mode(mode)
    window.go(before)
    return paths
