"""One paper of a batch as a file of its own, so that a printer's error never repeats another."""

from __future__ import annotations

from typing import Any

from jeweler_desk.documents.pdfium import TURN
from jeweler_desk.documents.saved_file import saved_file
from jeweler_desk.domain.print_job import Leaf


def leaf_file(pdf: bytes, leaf: Leaf) -> bytes:
    """Return the pages of one paper; a batch of one paper is that file itself, byte for byte."""
    import pypdfium2  # noqa: PLC0415 - the window starts without it

    with TURN:
        whole: Any = pypdfium2.PdfDocument(pdf)
        try:
            if len(whole) == leaf.pages:
                return pdf
            part: Any = pypdfium2.PdfDocument.new()
            try:
                wanted = list(range(leaf.first_page, leaf.first_page + leaf.pages))
                part.import_pages(whole, wanted)
                return saved_file(part)
            finally:
                part.close()
        finally:
            whole.close()
