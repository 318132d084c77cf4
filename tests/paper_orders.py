"""Orders as papers see them, with sensible defaults, and what a reader sees of a PDF."""

from __future__ import annotations

import io
from datetime import date
from typing import Any, Final

import pypdf
import pypdfium2

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Channel,
    FulfillmentStatus,
    Gift,
    LineItem,
    LineItemId,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
)
from jeweler_desk.domain.shipment import Letterhead

SHOP: Final = Letterhead(
    name="Wren & Thistle",
    address="12 Bellflower Road\nAsheville, NC 28801",
    signature="Hazel Wren",
)
MAREN: Final = PostalAddress(
    name="Maren Holt",
    address1="218 Juniper Lane",
    address2="Apt 4",
    city="Asheville",
    region="NC",
    postcode="28801",
    country="US",
    phone="+1 919 555 0143",
)


def a_piece(title: str = "Moon Ring", quantity: int = 1, **cells: Any) -> LineItem:
    """Return a line item, 44.00 dollars a piece."""
    known = {"unit_price": Money(4400, "USD")}
    return LineItem(title, quantity, **(known | cells))


def a_paper_order(*pieces: LineItem, **cells: Any) -> Order:
    """Return a paid order, ready to pack, no gift; cells of `Order` replace the defaults."""
    lines = tuple(
        LineItem(
            **{
                **{name: getattr(piece, name) for name in piece.__slots__},
                "id": LineItemId(index + 1),
            }
        )
        for index, piece in enumerate(pieces or (a_piece(),))
    )
    known: dict[str, Any] = {
        "id": OrderId(1),
        "channel": Channel.SHOPIFY,
        "number": "#1041",
        "customer": "Maren Holt",
        "placed_on": date(2026, 10, 5),
        "total": Money(4400, "USD"),
        "payment_status": PaymentStatus.PAID,
        "fulfillment_status": FulfillmentStatus.READY,
        "order_status": OrderStatus.OPEN,
        "gift": Gift.NO,
        "units_to_send": sum(line.units_to_send for line in lines),
        "passes_gate": True,
        "address": MAREN,
        "line_items": lines,
    }
    return Order(**(known | cells))


def text_of(pdf: bytes) -> str:
    """Return what a reader copies out of a PDF."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def words_of(pdf: bytes) -> str:
    """Return the text of a PDF with every blank and line end as one blank."""
    return " ".join(text_of(pdf).split())


def ink_of(pdf: bytes, page: int = 0) -> int:
    """Return how many pixels of a page at 72 dpi are dark."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(grayscale=True).to_pil()
    dark = sum(picture.histogram()[:128])
    document.close()
    return int(dark)


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Return the names of all fonts of a PDF, and whether their program is inside."""
    found: dict[str, bool] = {}
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for reference in resources["/Font"].values():
            descendant = reference.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            found[str(descendant["/BaseFont"])] = "/FontFile2" in descriptor
    return found
