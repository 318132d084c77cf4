"""Papers in words: kinds, printers, and measures in millimeters and inches."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.print_job import PrintChoice, Sides
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.any_paper import NAMES
from jeweler_desk.services.paper_stocks import SheetShape

NO_PRINTER: Final = "No printer: save as a PDF"
SIDES: Final = (
    (Sides.ONE, "One side"),
    (Sides.LONG_EDGE, "Both sides, turned on the long edge"),
    (Sides.SHORT_EDGE, "Both sides, turned on the short edge"),
)
_EIGHTHS: Final = ("", "⅛", "¼", "⅜", "½", "⅝", "¾", "⅞")
_POINTS_A_MILLIMETER: Final = 72 / 25.4


def kind_text(kind: str) -> str:
    """Name a kind of paper as a heading does: ``Packing slips``."""
    return f"{NAMES[kind].capitalize()}s"


def millimeters_text(points: float) -> str:
    """Write a length: ``215.9 mm``."""
    return f"{points / _POINTS_A_MILLIMETER:.1f}".removesuffix(".0") + " mm"


def inches_text(points: float) -> str:
    """Write a length in inches, by eighths where it has them: ``8½ in``."""
    inches = points / 72
    eighths = round(inches * 8)
    if abs(inches * 8 - eighths) < 0.01:  # noqa: PLR2004 - a rounded cell is no other size
        whole, rest = divmod(eighths, 8)
        return f"{whole or ''}{_EIGHTHS[rest]} in" if eighths else "0 in"
    return f"{inches:.2f}".rstrip("0").rstrip(".") + " in"


def size_text(points: float) -> str:
    """Write a length in both measures: ``215.9 mm · 8½ in``."""
    return f"{millimeters_text(points)} · {inches_text(points)}"


def sheet_text(sheet: SheetShape) -> str:
    """Say how a stock is cut, and how near to its edges ink may come."""
    inset = f"{millimeters_text(sheet.inset)} ({inches_text(sheet.inset)})"
    if not sheet.is_sheet_of_labels:
        fold = " It is folded at the dashed line." if sheet.folds else ""
        return f"What is printed stays {inset} from the edges.{fold}"
    first, rows = sheet.labels[0], len(sheet.labels) // sheet.columns
    return (
        f"{sheet.columns} labels across and {rows} down, each {millimeters_text(first.width)} ×"
        f" {millimeters_text(first.height)} ({inches_text(first.width)} ×"
        f" {inches_text(first.height)}). The first lies {millimeters_text(first.x)} from the left"
        f" and {millimeters_text(first.y)} from the top; print stays {inset} inside each."
    )


def choice_text(choice: PrintChoice, stock_title: str) -> str:
    """Say in one line how a kind of paper is printed."""
    printer = choice.printer.replace("_", " ") or "saved as a PDF"
    told = [printer, stock_title.partition(" (")[0]]
    if choice.copies > 1:
        told.append(count_text(choice.copies, "copy", "copies"))
    if choice.sides is not Sides.ONE:
        told.append("both sides")
    return " · ".join(told)
