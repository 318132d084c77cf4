"""Loads what papers are made with ahead of the first of them."""

from __future__ import annotations


def load_papers() -> None:
    """Load faces, shaping and the writers of pages; for a worker: no store is touched."""
    from babel.core import Locale  # noqa: PLC0415 - this is what loads ahead

    from jeweler_desk.documents import (  # noqa: F401, PLC0415 - likewise
        address_label,
        customs_sheet,
        packing_slip,
        page_picture,
        thank_you_card,
    )

    Locale("en").territories  # noqa: B018 - asking loads them
