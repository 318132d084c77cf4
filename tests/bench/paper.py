"""Packing slips as PDF pages, beside the bare canvas, platypus and Typst."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from jeweler_desk.documents.packing_slip import render_packing_slips
from jeweler_desk.documents.sheet import Stock, stock_named
from jeweler_desk.domain.order import Variation
from jeweler_desk.domain.shipment import Letterhead, PackingSlip, SlipLine
from jeweler_desk.services.paper_view import PaperView
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, Unit, Verdict, in_turns, lap, not_measured
from tests.bench.shops import buyer, piece

_LINES = 5
_OF_THE_CANVAS = 0.55
_FACE = "NotoSans"
_SIZE = 10
_LEADING = 15
_MARGIN = 60
_PREVIEW_SCALE = 1.5
_PREVIEW_SECONDS = 0.05
_PREVIEWS = 5
_SHOP = Letterhead("Juniper & Tide", "12 Mill Pond Lane\nCamden, ME 04843", "Yours truly, Ada")
_TYPST = """
#set page("us-letter", margin: 60pt)
#set text(font: "Noto Sans", size: 10pt)
#for slip in json("slips.json") {
  for words in slip.head { parbreak(); words }
  table(columns: (30pt, 1fr), ..slip.table.flatten())
  for words in slip.foot { parbreak(); words }
  pagebreak(weak: true)
}
"""
# Typst remembers what it has set, so every turn is a process of its own and tells its own time.
_TYPST_CHILD = """
import sys, time, typst
began = time.perf_counter()
typst.compile(sys.argv[1], font_paths=[sys.argv[2]])
print(time.perf_counter() - began)
"""


@dataclass(frozen=True, slots=True)
class Words:
    """What a slip says: paragraphs, a table of quantity and piece, paragraphs."""

    head: list[str]
    table: list[tuple[str, str]]
    foot: list[str]

    def texts(self) -> list[str]:
        cells = (text for row in self.table for cell in row for text in cell.splitlines())
        return [*self.head, *cells, *self.foot]


def slips(ground: Ground) -> Iterator[Line]:
    """Lay out slips of one page and five lines each."""
    ordered = [slip(number) for number in range(ground.sizes.slips)]
    pages = len(ordered)
    words = [said(each) for each in ordered]
    stock = stock_named("letter")
    face = _face()
    pdfmetrics.registerFont(TTFont(_FACE, face))

    def speed(work: Callable[[], object]) -> Callable[[], float]:
        return lambda: pages / lap(work)

    def ours() -> None:
        _pdf, made = render_packing_slips(ordered, stock)
        if made != pages:
            raise AssertionError(f"{pages} slips became {made} pages")

    work = f"{pages} packing slips, one page, {_LINES} lines"
    sides = [speed(ours), speed(lambda: on_canvas(words)), speed(lambda: by_platypus(words))]
    typst = _typst(words, face, ground.folder)
    if typst:
        sides.append(lambda: pages / typst())
    mine, canvas, platypus, *rest = in_turns(ground.sizes.turns, *sides, unit=Unit.PAGES_PER_SECOND)
    yield Comparison(work, mine, "bare reportlab canvas", canvas).at_least(_OF_THE_CANVAS)
    yield Comparison(work, mine, "reportlab platypus", platypus).at_least(1)
    for peer in rest:
        yield Comparison(work, mine, "Typst", peer).at_least(1)
    if not typst:
        yield not_measured(work, "Typst is not installed")
    yield from _preview(ordered[0], ground.sizes.turns)
    yield from _sizes(stock)


def _preview(one: PackingSlip, turns: int) -> Iterator[Line]:
    """Make one slip and show its page, as the window does; beside showing a page alone."""
    stock = stock_named("letter")
    known = render_packing_slips([one], stock).pdf

    def shown(pdf: bytes) -> None:
        view = PaperView(pdf)
        view.picture(0, _PREVIEW_SCALE)
        view.close()

    mine, bare = in_turns(
        turns * _PREVIEWS,
        lambda: lap(lambda: shown(render_packing_slips([one], stock).pdf)),
        lambda: lap(lambda: shown(known)),
    )
    yield Comparison("one slip, made and shown", mine, "its page shown alone", bare).within(
        50, _PREVIEW_SECONDS
    )


def _sizes(stock: Stock) -> Iterator[Line]:
    """Say how large the file of one slip is."""
    eastern = replace(slip(1), ship_to=("佐藤 美咲", "神宮前1-2-3", "東京都 渋谷区"))
    for name, one, most in (("Latin", slip(1), 60), ("Han and Kana", eastern, 150)):
        size = len(render_packing_slips([one], stock).pdf) / 1000
        verdict = Verdict.MET if size <= most else Verdict.MISSED
        told, target = f"{size:.1f} kB", f"≤ {most} kB"
        yield Line(f"one slip in {name}", told, "", "", None, target, verdict)


def slip(number: int) -> PackingSlip:
    """Return a slip as orders give them: five pieces, one of them engraved, a note now and then."""
    lines = tuple(
        SlipLine(
            piece(number * _LINES + at),
            1 + (number + at) % 3 // 2,
            (Variation("Length", f"{14 + at} inch"), Variation("Finish", "Polished")),
            "forever & a day" if at == 1 else None,
        )
        for at in range(_LINES)
    )
    name = buyer(number)
    return PackingSlip(
        order_number=f"#{1000 + number}",
        placed_on=date(2026, 1, 1) + timedelta(days=number % 300),
        shop=_SHOP,
        ship_to=(name, f"{number % 180 + 1} Lindenallee", "50674 Köln", "GERMANY"),
        lines=lines,
        note="Please wrap it well, it goes to my sister." if number % 4 == 0 else None,
        thanks="Thank you for your order.",
    )


def said(slip: PackingSlip) -> Words:
    """Return the words of a slip, each text as the line that it fills on our paper."""
    head = [slip.shop.name, *slip.shop.address.splitlines(), "Ship to", *slip.ship_to, "Order"]
    head += [slip.order_number, f"Placed {slip.placed_on:%A %d %B %Y}", "In this parcel"]
    table = []
    for line in slip.lines:
        texts = [line.title, " · ".join(f"{each.name}: {each.value}" for each in line.variations)]
        texts += ["Personalization", line.personalization] if line.personalization else []
        table.append((f"{line.quantity} ×", "\n".join(texts)))
    note = ["Note", slip.note] if slip.note else []
    return Words(head, table, [*note, slip.thanks, slip.shop.signature])


def on_canvas(pages: Sequence[Words]) -> bytes:
    """Draw the words where they come, in one size of one embedded face."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=LETTER)
    top = LETTER[1] - _MARGIN
    for page in pages:
        canvas.setFont(_FACE, _SIZE)
        for row, text in enumerate(page.texts()):
            canvas.drawString(_MARGIN, top - row * _LEADING, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def by_platypus(pages: Sequence[Words]) -> bytes:
    """Set the words as paragraphs and a table, as reportlab's guide shows it."""
    target = io.BytesIO()
    style = ParagraphStyle("plain", fontName=_FACE, fontSize=_SIZE, leading=_LEADING)

    def set_(text: str) -> Paragraph:
        return Paragraph(escape(text).replace("\n", "<br/>"), style)

    story: list[object] = []
    for page in pages:
        rows = [[set_(cell) for cell in row] for row in page.table]
        story += [*map(set_, page.head), Table(rows, colWidths=(30, 460))]
        story += [*map(set_, page.foot), PageBreak()]
    SimpleDocTemplate(target, pagesize=LETTER).build(story)
    return target.getvalue()


def _face() -> Path:
    return Path(str(files("fontpkg_noto_sans"))) / "files" / "NotoSans[wdth,wght].ttf"


def _typst(pages: Sequence[Words], face: Path, folder: Path) -> Callable[[], float] | None:
    """Return the seconds Typst takes, by its Python package or its program; None without."""
    source = folder / "slips.typ"
    source.write_text(_TYPST, encoding="utf-8")
    told = json.dumps([asdict(page) for page in pages])
    (folder / "slips.json").write_text(told, encoding="utf-8")
    fonts = str(face.parent)
    if importlib.util.find_spec("typst"):
        child = [sys.executable, "-c", _TYPST_CHILD, str(source), fonts]
        return lambda: float(subprocess.run(child, check=True, capture_output=True).stdout)
    program = shutil.which("typst")
    if program is None:
        return None
    command = [program, "compile", "--font-path", fonts, str(source), str(folder / "slips.pdf")]
    return lambda: lap(lambda: subprocess.run(command, check=True, capture_output=True))
