"""What a text becomes when it is set: glyphs in runs, runs in lines, and how they are set."""

from __future__ import annotations

from dataclasses import dataclass

from jeweler_desk.documents.typography.fonts import Cut, Face


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn shape; its text is what a reader copies, numbers are thousandths of an em."""

    number: int
    text: str
    advance: float
    dx: float
    dy: float
    is_outline: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Shapes that together stand for a text, from one up to but without another."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Shapes of one face in the order they are drawn.

    Where marks are stacked on letters, a reader that goes by places finds them in another order:
    ``spans`` tell what is meant. A run from right to left has none: readers turn its order around,
    within a span too.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float
    level: int
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: its cut, its size in points and the distance of its base lines."""

    cut: Cut
    size: float
    leading: float
    tracking: float = 0.0

    @property
    def drop(self) -> float:
        """How far the base line lies under the top of its line, in points."""
        return (self.leading - self.size) / 2 + self.size * 0.82


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to be drawn; the width is in points.

    ``ends_right`` says that a reader of its script expects it at the right edge of its room.
    """

    runs: tuple[Run, ...]
    style: Style
    width: float
    ends_right: bool = False

    def start(self, room: float) -> float:
        """Return how far from the left edge of its room the line begins, in points."""
        return max(0.0, room - self.width) if self.ends_right else 0.0
