"""The approved pictures of papers: each is looked at before it is laid down.

``python -m tests.documents.approved`` lays them all down anew.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageDraw

from jeweler_desk.documents.address_label import render_labels
from jeweler_desk.documents.customs_sheet import render_customs
from jeweler_desk.documents.gift_receipt import render_gift_receipts
from jeweler_desk.documents.label_stock import LABEL_STOCKS
from jeweler_desk.documents.packing_slip import render_packing_slips
from jeweler_desk.documents.pdf_file import Rendered
from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.documents.thank_you_card import render_cards
from jeweler_desk.domain.address_label import AddressLabel
from jeweler_desk.domain.card import CardText, ThankYouCard
from jeweler_desk.domain.customs import CustomsFacts, CustomsLine, CustomsSheet
from jeweler_desk.domain.gift_receipt import GiftReceipt
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Variation
from jeweler_desk.domain.paper_picture import PaperPicture
from jeweler_desk.domain.print_job import Sides
from jeweler_desk.domain.shipment import Letterhead, OtherUnits, PackingSlip, SlipLine

PICTURES: Final = Path(__file__).parent.parent / "data" / "papers"
SHADES: Final = 8
_SHOP: Final = Letterhead("Wren & Thistle", "12 Bellflower Road\nAsheville, NC 28801", "Hazel Wren")
_WHERE: Final = {
    "latin": ("Maren Holt", "218 Juniper Lane", "Asheville, NC 28801"),
    "east": ("佐藤 美咲", "神宮前1-2-3 メゾン青山", "東京都 渋谷区 150-0001", "김민수"),
    "right-to-left": ("נועה בן־דוד (12)", "رقم ٣، شارع النيل", "محمد الأمين", "شریف 24 Smith"),
    "south": ("आदित्य श्रीवास्तव", "সৃজনী চট্টোপাধ্যায়", "கார்த்திகேயன்", "ณัฐฐิญา ศรีสุวรรณ์", "សុភាព ចាន់ធី"),
    "near": (
        "Ольга Ковальчук",
        "Ελένη Παπαδοπούλου",
        "Գայանե Մկրտչյան",
        "ნინო ბერიძე",
        "Nguyễn Thị Hương",
    ),
}


def _gem(color: str) -> PaperPicture:
    """Draw a stone as a photo would show it, without any file."""
    picture = Image.new("RGB", (120, 120), "#eef0f4")
    ImageDraw.Draw(picture).regular_polygon((60, 60, 38), 8, fill=color, outline="#333333")
    return PaperPicture(120, 120, picture.tobytes(), is_jpeg=False)


def _slip(script: str, shop: Letterhead = _SHOP) -> PackingSlip:
    lines = (
        SlipLine(
            "Labradorite Moon Ring, sterling silver",
            1,
            (Variation("Ring size", "7"), Variation("Finish", "Polished")),
            f"{_WHERE[script][0]}\n05·10·2026 ♥",
            ("Labradorite: the flash is blue in one stone and gold in the next.",),
            _gem("#5b7fa6"),
        ),
        SlipLine("Pearl Drop Earrings", 2, (), None, (), _gem("#efe6d8")),
    )
    return PackingSlip(
        order_number="#1041",
        placed_on=date(2026, 10, 5),
        shop=shop,
        ship_to=_WHERE[script],
        lines=lines,
        already_sent=(OtherUnits("Star Studs", 1),),
        to_follow=(OtherUnits("Signet Ring", 1, date(2026, 10, 13)),),
        note="Please wrap it well.",
        thanks="Thank you for your order.",
        terms=("Returns within 30 days of delivery.",),
        care=("Polish with a soft dry cloth.",),
    )


def _slips(script: str, stock: str = "letter") -> Rendered:
    return render_packing_slips([_slip(script)], STOCKS[stock])


def _cards(stock: str, sides: Sides = Sides.ONE, message: str = "") -> Rendered:
    card = ThankYouCard(
        ("Thank you for choosing the Moon Ring.", "Please write to me."),
        "Dear Maren,",
        "Yours truly,",
        "Hazel Wren",
    )
    if message:
        card = ThankYouCard(tuple(message.splitlines()), is_gift_message=True)
    return render_cards([CardText("#1041", card)], _SHOP.name, STOCKS[stock], sides)


def _labels(script: str, stock: str) -> Rendered:
    sender = (_SHOP.name, *_SHOP.address.splitlines())
    label = AddressLabel("#1041", _WHERE[script], sender, "#1041")
    return render_labels([label], LABEL_STOCKS[stock])


def _customs() -> Rendered:
    facts = CustomsFacts(
        description="women's ring, sterling silver, set with labradorite",
        material="sterling silver",
        hs_code="711311",
        origin="US",
        net_grams=6,
    )
    line = CustomsLine("Moon Ring", 1, facts, Money(4400, "USD"))
    sheet = CustomsSheet(
        order_number="#1041",
        made_on=date(2026, 10, 5),
        sender=(_SHOP.name, *_SHOP.address.splitlines()),
        receiver=_WHERE["east"],
        phone="",
        lines=(line,),
        shipping=Money(900, "USD"),
        is_gift=True,
    )
    return render_customs([sheet], STOCKS["a4"])


def _receipt() -> Rendered:
    pieces = (OtherUnits("Labradorite Moon Ring", 1), OtherUnits("Pearl Drop Earrings", 2))
    receipt = GiftReceipt("#1041", _SHOP, pieces, date(2026, 10, 5), date(2026, 11, 9), "K7M-2QX")
    return render_gift_receipts([receipt], STOCKS["us-a2"])


APPROVED: Final[Mapping[str, Callable[[], Rendered]]] = {
    "slip-latin": lambda: _slips("latin"),
    "slip-east": lambda: _slips("east"),
    "slip-right-to-left": lambda: _slips("right-to-left"),
    "slip-south": lambda: _slips("south"),
    "slip-near": lambda: _slips("near", "a4"),
    "slip-card": lambda: _slips("latin", "us-a6"),
    "card": lambda: _cards("us-a2"),
    "card-both-sides": lambda: _cards("us-a7", Sides.SHORT_EDGE),
    "card-folded": lambda: _cards("iso-a6-folded", Sides.SHORT_EDGE, "For forty years\nof rain ♥"),
    "card-scripts": lambda: _cards("4bar", message="שלום Ana 你好\nمحمد नेहा ไทย 😀"),
    "gift-receipt": _receipt,
    "label-4x6": lambda: _labels("latin", "4x6"),
    "label-east": lambda: _labels("east", "100x150"),
    "label-right-to-left": lambda: _labels("right-to-left", "62mm"),
    "customs": _customs,
}


def picture_of(rendered: Rendered) -> Image.Image:
    """Return a paper's last page in a few shades of gray, about 90 dots to the inch at most."""
    document = pypdfium2.PdfDocument(rendered.pdf)
    page = document[len(document) - 1]
    scale = 1.25 if page.get_width() < 450 else 0.8
    picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    document.close()
    step = 255 / (SHADES - 1)
    shades: Image.Image = picture.point([round(round(x / step) * step) for x in range(256)])
    return shades


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, make in APPROVED.items():
        out = io.BytesIO()
        picture_of(make()).quantize(SHADES).save(out, "PNG", optimize=True)
        (PICTURES / f"{name}.png").write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
