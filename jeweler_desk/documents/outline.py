"""The outline of a shape as a filled path, for marks that a reader must not take for text."""

from __future__ import annotations

from typing import Any

from jeweler_desk.documents.embedded_face import number


class _Pen:
    """Hears a shape's outline and writes it as PDF has it; lengths are in em/1000."""

    def __init__(self, scale: float, x: float, y: float) -> None:
        self._scale = scale
        self._x = x
        self._y = y
        self._at = (0.0, 0.0)
        self.parts: list[str] = []

    def _told(self, *points: tuple[float, float]) -> str:
        scale = self._scale
        return " ".join(
            f"{number(self._x + x * scale)} {number(self._y + y * scale)}" for x, y in points
        )

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - a pen's own names
        self._at = point
        self.parts.append(f"{self._told(point)} m")

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._at = point
        self.parts.append(f"{self._told(point)} l")

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        (middle_x, middle_y), (x, y) = points
        begin_x, begin_y = self._at
        first = (begin_x + (middle_x - begin_x) * 2 / 3, begin_y + (middle_y - begin_y) * 2 / 3)
        second = (x + (middle_x - x) * 2 / 3, y + (middle_y - y) * 2 / 3)
        self.curveTo(first, second, (x, y))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._at = points[-1]
        self.parts.append(f"{self._told(*points)} c")

    def closePath(self) -> None:  # noqa: N802
        self.parts.append("h")


def outline(font: Any, glyph: int, scale: float, x: float, y: float) -> str:
    """Return the filled path of a shape at a point; ``scale`` is points to one unit of the font."""
    pen = _Pen(scale, x, y)
    font.draw_glyph_with_pen(glyph, pen)
    return f"{' '.join(pen.parts)} f" if pen.parts else ""
