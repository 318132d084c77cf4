"""Pages moved and enlarged against a printer's drift; their boxes stay as they are."""

from __future__ import annotations

from typing import Any

from jeweler_desk.documents.label_stock import NO_DRIFT, Drift
from jeweler_desk.documents.pdfium import TURN
from jeweler_desk.documents.saved_file import saved_file


def moved_pages(pdf: bytes, drift: Drift) -> bytes:
    """Return the file with every page's drawing moved; without a drift, that file itself."""
    if drift == NO_DRIFT:
        return pdf
    import pypdfium2  # noqa: PLC0415 - the window starts without it
    from pypdfium2 import raw  # noqa: PLC0415 - likewise

    with TURN:
        document: Any = pypdfium2.PdfDocument(pdf)
        try:
            for page in document:
                width, height = page.get_size()
                matrix = raw.FS_MATRIX(drift.sx, 0, 0, drift.sy, drift.dx, drift.dy)
                raw.FPDFPage_TransFormWithClip(page.raw, matrix, raw.FS_RECTF(0, height, width, 0))
                page.close()
            return saved_file(document)
        finally:
            document.close()
