"""How a printer's drift is measured on the test page: what is typed, and what may be believed."""

from __future__ import annotations

import math
from typing import Final

from jeweler_desk.domain.print_job import PrinterDrift
from jeweler_desk.domain.refusal import RefusedError

MOST_MILLIMETERS: Final = 10.0
MOST_SCALE: Final = 0.05
"""A printer that is off by more than ten millimeters or five percent was measured wrongly."""


class DriftError(RefusedError):
    """A measure that cannot be believed; the sentence says what is expected."""


def read_millimeters(what: str, text: str) -> float:
    """Return a measure as it was typed, in millimeters; empty is 0. Raises `DriftError`."""
    typed = text.strip().casefold().removesuffix("mm").strip().replace("−", "-")
    typed = typed.replace(",", ".")
    if not typed:
        return 0.0
    try:
        value = float(typed)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise DriftError(f"{what}: “{text.strip()}” is no measure in millimeters such as 1.5.")
    return value


def scale_of_bar(what: str, text: str, length: int) -> float:
    """Return the scale that makes a bar as long as it should be, from what it measures.

    ``length`` is what it should measure, in millimeters; an empty text is a bar that is right.
    Raises `DriftError`.
    """
    if not text.strip():
        return 1.0
    measured = read_millimeters(what, text)
    if measured <= 0 or abs(length / measured - 1) > MOST_SCALE:
        least, most = length / (1 + MOST_SCALE), length / (1 - MOST_SCALE)
        raise DriftError(
            f"{what}: a bar of {length} mm measures between {least:.1f} and {most:.1f} mm on a"
            f" printer that is in order; “{text.strip()}” is not. Was the page printed at full"
            " size, not fitted?"
        )
    return length / measured


def bar_of_scale(scale: float, length: int) -> str:
    """Return what a bar measured for a scale that was kept, as it is typed; empty where right."""
    return "" if scale == 1.0 else f"{length / scale:.2f}".rstrip("0").rstrip(".")


def checked_drift(drift: PrinterDrift) -> PrinterDrift:
    """Return a drift that may be believed. Raises `DriftError`."""
    for what, millimeters in (("To the right", drift.dx), ("Up", drift.dy)):
        if not abs(millimeters) <= MOST_MILLIMETERS:
            raise DriftError(
                f"{what}: a printer is at most {MOST_MILLIMETERS:g} mm off, not"
                f" {millimeters:g} mm. Measure the test page again."
            )
    for scale in (drift.sx, drift.sy):
        if not abs(scale - 1) <= MOST_SCALE + 1e-9:
            raise DriftError(
                f"A printer is at most {MOST_SCALE * 100:g} % too large or small."
                " Measure the bars of the test page again."
            )
    return drift


def drift_text(drift: PrinterDrift) -> str:
    """Say by how much a printer's drift is allowed for; empty where it has none."""
    told = []
    if drift.dx:
        told.append(f"{abs(drift.dx):g} mm {'right' if drift.dx > 0 else 'left'}")
    if drift.dy:
        told.append(f"{abs(drift.dy):g} mm {'up' if drift.dy > 0 else 'down'}")
    scales = [f"{each * 100:.1f} %" for each in (drift.sx, drift.sy)]
    if (drift.sx, drift.sy) != (1.0, 1.0):
        told.append(f"{scales[0]} wide, {scales[1]} high")
    return ", ".join(told)
