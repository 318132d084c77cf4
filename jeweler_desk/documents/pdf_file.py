"""One PDF file: pages of exact size, lines of text, hairlines; the same values, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from jeweler_desk.documents.embedded_face import EmbeddedFace, Piece, number
from jeweler_desk.documents.outline import outline
from jeweler_desk.documents.typography.fonts import Face
from jeweler_desk.documents.typography.line import Line
from jeweler_desk.domain.paper_picture import PaperPicture
from jeweler_desk.domain.print_job import Leaf

Ink = str
BLACK: Final[Ink] = "0 g 0 G"
SOFT: Final[Ink] = "0.36 g 0.36 G"
HAIRLINE: Final[Ink] = "0.72 g 0.72 G"
GARNET: Final[Ink] = "0.478 0.18 0.231 rg 0.478 0.18 0.231 RG"


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself; a gift's title must not say more than its paper."""

    title: str
    author: str
    subject: str
    language: str = "en-US"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file and the papers in it; it unpacks to its bytes and the number of its pages."""

    pdf: bytes
    pages: int
    leaves: tuple[Leaf, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        yield self.pdf
        yield self.pages


class PdfFile:
    """Collects pages and their faces; positions are in points from the lower left corner."""

    def __init__(self) -> None:
        self._faces: dict[Face, EmbeddedFace] = {}
        self._pictures: dict[PaperPicture, str] = {}
        self._pages: list[tuple[float, float, str]] = []
        self._begun: list[tuple[int, tuple[str, ...]]] = []

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    def text(self, line: Line, x: float, y: float, ink: Ink = BLACK) -> str:
        """Return the drawing of a line whose base line starts at a point."""
        if not line.runs:
            return ""
        style = line.style
        size = number(style.size)
        parts = [f"{ink} BT {number(x)} {number(y)} Td"]
        if style.tracking:
            parts.append(f"{number(style.tracking * style.size / 1000)} Tc")
        current: Face | None = None
        raised = 0.0
        for run in line.runs:
            face = self._face(run.face)
            if run.face is not current:
                current = run.face
                parts.append(f"/{face.name} {size} Tf")
            for piece in face.shown(run):
                begin, end = _span(piece)
                parts.extend(begin)
                if piece.rise != raised:
                    raised = piece.rise
                    parts.append(f"{number(raised * style.size / 1000)} Ts")
                parts.append(f"[{piece.shown}] TJ")
                parts.extend(end)
        if raised:
            parts.append("0 Ts")
        if style.tracking:
            parts.append("0 Tc")
        parts.append("ET")
        drawn = " ".join(parts).replace("] TJ [", "")
        return drawn + _outlines(line, x, y) if any(run.level % 2 for run in line.runs) else drawn

    def picture(self, picture: PaperPicture, x: float, y: float, width: float) -> str:
        """Return the drawing of a picture whose lower left corner is at a point.

        However often it is drawn, the file holds it once.
        """
        name = self._pictures.setdefault(picture, f"P{len(self._pictures) + 1}")
        height = width * picture.height / picture.width
        return f"q {number(width)} 0 0 {number(height)} {number(x)} {number(y)} cm /{name} Do Q"

    def add_page(self, width: float, height: float, drawings: Sequence[str]) -> None:
        """Add a page whose box is exactly that large."""
        self._pages.append((width, height, "\n".join(drawings)))

    def begin(self, *orders: str) -> None:
        """Say that the next page begins a paper of these orders."""
        self._begun.append((self.pages, orders))

    def rendered(self, about: About) -> Rendered:
        """Return the finished file with the papers that were begun in it."""
        ends = [first for first, _orders in self._begun[1:]] + [self.pages]
        leaves = tuple(
            Leaf(orders, first, end - first)
            for (first, orders), end in zip(self._begun, ends, strict=True)
        )
        return Rendered(self.finished(about), self.pages, leaves)

    def finished(self, about: About) -> bytes:
        """Return the file: faces embedded as subsets, print scaling off, no date of its making."""
        document: Any = pdfdoc.PDFDocument(compression=1, invariant=1, lang=about.language)
        document.setTitle(about.title)
        document.setAuthor(about.author)
        document.setSubject(about.subject)
        document.setCreator("Jeweler Desk")
        # Viewers else shrink a page to 96 % “to fit”.
        wishes = pdfdoc.ViewerPreferencesPDFDictionary()
        wishes["PrintScaling"] = "None"
        wishes["DisplayDocTitle"] = "true"
        document.Catalog.ViewerPreferences = wishes
        fonts = pdfdoc.PDFDictionary({})
        held = {"Font": document.Reference(fonts)}
        if self._pictures:
            held["XObject"] = pdfdoc.PDFDictionary(
                {name: _picture(each, document) for each, name in self._pictures.items()}
            )
        resources = document.Reference(pdfdoc.PDFDictionary(held))
        for width, height, drawing in self._pages:
            page = pdfdoc.PDFPage()
            page.MediaBox = pdfdoc.PDFArray([0, 0, round(width, 4), round(height, 4)])
            page.Resources = resources
            page.Contents = pdfdoc.PDFStream(
                content=drawing.encode("ascii"), filters=[pdfdoc.PDFZCompress]
            )
            document.addPage(page)
        for face in self._faces.values():
            fonts[face.name] = face.add_to(document)
        return bytes(document.GetPDFData(None))

    def _face(self, face: Face) -> EmbeddedFace:
        known = self._faces.get(face)
        if known is None:
            known = self._faces[face] = EmbeddedFace(face, f"F{len(self._faces) + 1}")
        return known


def _outlines(line: Line, x: float, y: float) -> str:
    """Draw the shapes of a line that are no text of their own, each where it stands."""
    scale = line.style.size / 1000
    found: list[str] = []
    for run in line.runs:
        for glyph in run.glyphs:
            if glyph.is_outline:
                at_x, at_y = x + glyph.dx * scale, y + glyph.dy * scale
                unit = run.face.per_em * scale
                found.append(outline(run.face.font, glyph.number, unit, at_x, at_y))
            x += glyph.advance * scale + line.style.tracking * scale
    return " " + " ".join(found) if found else ""


def _span(piece: Piece) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what begins and what ends a span whose shapes stand for a text."""
    begin: tuple[str, ...] = ()
    if piece.opens is not None:
        told = piece.opens.encode("utf-16-be", "surrogatepass").hex().upper()
        begin = (f"/Span <</ActualText <FEFF{told}>>> BDC",)
    return begin, ("EMC",) if piece.closes else ()


def _picture(picture: PaperPicture, document: Any) -> Any:
    """Write a picture into the file and return the reference to it."""
    entries: dict[str, Any] = {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": pdfdoc.PDFName("DeviceRGB"),
        "BitsPerComponent": 8,
    }
    if picture.is_jpeg:
        entries["Filter"] = pdfdoc.PDFName("DCTDecode")
    if picture.mask is not None:
        gray = {**entries, "ColorSpace": pdfdoc.PDFName("DeviceGray")}
        entries["SMask"] = document.Reference(
            pdfdoc.PDFStream(pdfdoc.PDFDictionary(gray), picture.mask, [pdfdoc.PDFZCompress])
        )
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), picture.data, [pdfdoc.PDFZCompress])
    return document.Reference(stream)


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Return what lets only the inside of a frame with round corners be drawn, up to a ``Q``."""
    bend = radius * 0.4477  # how far the handles of a quarter circle stay from its corner
    right, top = x + width, y + height
    corners = (
        (right - radius, y, right - bend, y, right, y + bend, right, y + radius),
        (right, top - radius, right, top - bend, right - bend, top, right - radius, top),
        (x + radius, top, x + bend, top, x, top - bend, x, top - radius),
        (x, y + radius, x, y + bend, x + bend, y, x + radius, y),
    )
    parts = [f"{number(x + radius)} {number(y)} m"]
    for line_x, line_y, *curve in corners:
        parts.append(f"{number(line_x)} {number(line_y)} l")
        parts.append(" ".join(map(number, curve)) + " c")
    return " ".join([*parts, "h W n"])


def rule(x: float, y: float, width: float, thickness: float = 0.5, ink: Ink = HAIRLINE) -> str:
    """Return a horizontal line as a filled bar, which every printer draws at its full weight."""
    return f"{ink} {number(x)} {number(y - thickness / 2)} {number(width)} {number(thickness)} re f"


def bar(x: float, y: float, width: float, height: float, ink: Ink) -> str:
    """Return a filled bar whose lower left corner is at a point."""
    return f"{ink} {number(x)} {number(y)} {number(width)} {number(height)} re f"


def box(x: float, y: float, side: float, thickness: float = 0.8) -> str:
    """Return an empty box to tick, its lower left corner at a point."""
    return (
        f"{BLACK} {number(thickness)} w {number(x)} {number(y)} {number(side)} {number(side)} re S"
    )


def path(points: Sequence[Sequence[tuple[float, float]]], thickness: float, ink: Ink) -> str:
    """Return open lines through points, with round ends and corners."""
    strokes = [f"{ink} {number(thickness)} w 1 J 1 j"]
    for line in points:
        moves = [f"{number(x)} {number(y)}" for x, y in line]
        strokes.append(f"{moves[0]} m " + " ".join(f"{move} l" for move in moves[1:]) + " S")
    return " ".join(strokes)
