"""A size of paper that no shop's shelf has a name for: as it is typed, named and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.refusal import RefusedError

LEAST_MILLIMETERS: Final = 25.0
MOST_MILLIMETERS: Final = 450.0
MOST_SIZES: Final = 20
_INCH: Final = 25.4
_SIDE: Final = r"(\d{1,4}(?:[.,]\d{1,4})?)"
_UNIT: Final = r"(mm|cm|in|inch|inches|\"|”|″)"
_SIZE: Final = re.compile(rf"{_SIDE}\s*{_UNIT}?\s*[x×*]\s*{_SIDE}\s*{_UNIT}", re.IGNORECASE)
_APART: Final = re.compile(r"\s*(?:,\s+|;|(?<=[a-z”″\"]),)\s*", re.IGNORECASE)


class OwnSizeError(RefusedError):
    """A size that cannot be; the sentence shows how one is written, or its limits."""


@dataclass(frozen=True, slots=True)
class OwnSize:
    """A page's width and height, in millimeters or, where ``is_inches``, in inches."""

    width: float
    height: float
    is_inches: bool = False

    @property
    def name(self) -> str:
        """The word of the command line and of what is kept: ``80x120mm``, ``3.5x2in``."""
        return f"{self.width:g}x{self.height:g}{'in' if self.is_inches else 'mm'}"

    @property
    def millimeters(self) -> tuple[float, float]:
        """Width and height in millimeters."""
        unit = _INCH if self.is_inches else 1.0
        return self.width * unit, self.height * unit


def is_own_size(text: str) -> bool:
    """Whether a text is written like a size rather than like a stock's name."""
    return _SIZE.fullmatch(text.strip()) is not None


def read_own_size(text: str) -> OwnSize:
    """Read ``80 × 120 mm``, ``8 x 12 cm`` or ``3,5 x 2 in``. Raises `OwnSizeError`."""
    typed = text.strip()
    found = _SIZE.fullmatch(typed)
    if found is None:
        raise OwnSizeError(
            f"“{typed}” is no size such as 80 × 120 mm or 3.5 × 2 in: width, height and mm or in."
        )
    wide, first, high, unit = found.groups()
    word = unit.casefold()
    if first and first.casefold() != word:
        raise OwnSizeError(f"“{typed}” has two units; write both sides in mm or both in inches.")
    is_inches = word not in {"mm", "cm"}
    width, height = (
        round(float(each.replace(",", ".")) * (10 if word == "cm" else 1), 3 if is_inches else 2)
        for each in (wide, high)
    )
    size = OwnSize(width, height, is_inches)
    if not all(LEAST_MILLIMETERS <= each <= MOST_MILLIMETERS for each in size.millimeters):
        raise OwnSizeError(
            f"“{typed}” cannot be a stock: each side is from {LEAST_MILLIMETERS:g} to"
            f" {MOST_MILLIMETERS:g} mm (0.985 to 17.716 in)."
        )
    return size


def read_own_sizes(text: str) -> tuple[OwnSize, ...]:
    """Read ``80x120mm, 3.5x2in``; each stands once. Raises `OwnSizeError`."""
    sizes = tuple(dict.fromkeys(read_own_size(part) for part in _APART.split(text) if part.strip()))
    if len(sizes) > MOST_SIZES:
        raise OwnSizeError(f"At most {MOST_SIZES} sizes of your own are kept; take one away first.")
    return sizes


def own_sizes_text(sizes: tuple[OwnSize, ...]) -> str:
    """Write sizes as they are kept."""
    return ", ".join(each.name for each in sizes)
