"""A face inside one PDF file: only the shapes drawn, and what each of them says when copied."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any, Final

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from jeweler_desk.documents.typography.fonts import Face
from jeweler_desk.documents.typography.line import Run

_DROPPED: Final = (
    "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "DSIG", "name", "post", "OS/2", "STAT", "gasp", "meta",
    "vhea", "vmtx", "VORG", "cmap", "kern", "MATH", "hdmx", "VDMX", "LTSH", "FFTM",
)  # fmt: skip
_SYMBOLIC: Final = 4
_MOST_PER_BLOCK: Final = 100  # the most entries one bfchar block of a CMap may hold
_CMAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL: Final = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def number(value: float) -> str:
    """Write a number as PDF has it: at most three decimals, no exponent, no trailing zeros."""
    rounded = round(value, 3)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:.3f}".rstrip("0")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run as one TJ array draws it, raised so far in em/1000.

    ``opens`` begins a span and says its text; ``closes`` ends the span that is open.
    """

    rise: float
    shown: str
    opens: str | None = None
    closes: bool = False


@dataclass(slots=True)
class _Piece:
    """A piece being collected."""

    rise: float
    opens: str | None
    closes: bool = False
    parts: list[str] = field(default_factory=list)

    @property
    def done(self) -> Piece:
        shown = "".join(self.parts).replace("><", "")
        return Piece(self.rise, shown, self.opens, self.closes)


class EmbeddedFace:
    """The codes of one face in one file: a code for every pair of a shape and its text.

    Shapes of one look but another meaning (a no-break blank and a blank, Å and the ångström sign)
    get codes of their own, so that copying and searching give back exactly what was written.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.name = name
        self._face = face
        self._codes: dict[tuple[int, str], int] = {}
        self._shown: dict[Run, tuple[Piece, ...]] = {}

    def shown(self, run: Run) -> tuple[Piece, ...]:
        """Return the pieces of a run, each as one TJ array draws it."""
        known = self._shown.get(run)
        if known is None:
            known = self._shown[run] = self._pieces(run)
        return known

    def _pieces(self, run: Run) -> tuple[Piece, ...]:
        spoken = {span.start: span.text for span in run.spans}
        ends = {span.end for span in run.spans}
        pieces: list[_Piece] = []
        owed = 0.0  # how far the pen must still move right, in em/1000
        for index, glyph in enumerate(run.glyphs):
            if glyph.is_outline:
                continue
            code = self._codes.setdefault((glyph.number, glyph.text), len(self._codes) + 1)
            if index in ends:
                pieces[-1].closes = True
            opens = spoken.get(index)
            if opens is not None or index in ends or not pieces or pieces[-1].rise != glyph.dy:
                pieces.append(_Piece(glyph.dy, opens))
            owed += glyph.dx
            move = round(owed)
            if move:
                pieces[-1].parts.append(str(-move))
                owed -= move
            pieces[-1].parts.append(f"<{code:04X}>")
            owed += glyph.advance - self._advance(glyph.number) - glyph.dx
        if round(owed) and pieces:
            pieces[-1].parts.append(str(-round(owed)))
        if len(run.glyphs) in ends:
            pieces[-1].closes = True
        return tuple(each.done for each in pieces)

    def _advance(self, glyph: int) -> float:
        return float(self._face.font.get_glyph_h_advance(glyph) * self._face.per_em)

    def add_to(self, document: Any) -> Any:
        """Write the face into the file and return the reference to its font dictionary."""
        subset, new_numbers = self._subset()
        base_name = f"{_subset_tag(self.name)}+{self._face.name}"
        program = document.Reference(_stream(subset, Length1=len(subset)))
        glyphs = b"\0\0" + b"".join(
            struct.pack(">H", new_numbers[glyph]) for glyph, _text in self._codes
        )
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(base_name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(self._descriptor(base_name, program)),
                "W": self._widths(),
                "CIDToGIDMap": document.Reference(_stream(glyphs)),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(base_name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(_stream(self._to_unicode().encode())),
            }
        )
        return document.Reference(font)

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        request: Any = hb.SubsetInput()
        request.glyph_set.update({glyph for glyph, _text in self._codes})
        request.drop_table_tag_set.update(
            int.from_bytes(tag.ljust(4).encode(), "big") for tag in _DROPPED
        )
        request.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        for tag, value in self._face.axes.items():
            request.pin_axis_location(self._face.face, tag, value)
        plan: Any = hb.SubsetPlan(self._face.face, request)
        program = bytes(plan.execute().blob.data)
        return program, dict(plan.old_to_new_glyph_mapping)

    def _descriptor(self, base_name: str, program: Any) -> Any:
        extents = self._face.font.get_font_extents("ltr")
        scale = self._face.per_em
        box = struct.unpack(">4h", bytes(self._face.face.reference_table("head").data)[36:44])
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(base_name),
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([round(edge * scale) for edge in box]),
                "ItalicAngle": -12 if "Italic" in self._face.name else 0,
                "Ascent": round(extents.ascender * scale),
                "Descent": round(extents.descender * scale),
                "CapHeight": 700,
                "StemV": 80,
                "FontFile2": program,
            }
        )

    def _widths(self) -> str:
        widths = " ".join(number(self._advance(glyph)) for glyph, _text in self._codes)
        return f"[1 [{widths}]]"

    def _to_unicode(self) -> str:
        said = [(code, text) for (_glyph, text), code in self._codes.items()]
        blocks: list[str] = []
        for start in range(0, len(said), _MOST_PER_BLOCK):
            block = said[start : start + _MOST_PER_BLOCK]
            rows = "".join(
                f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for code, text in block
            )
            blocks.append(f"{len(block)} beginbfchar\n{rows}endbfchar\n")
        return _CMAP_HEAD + "".join(blocks) + _CMAP_TAIL


def _stream(content: bytes, **entries: int) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content, [pdfdoc.PDFZCompress])


def _subset_tag(name: str) -> str:
    """Return six capitals that differ for each face of a file, as subset names must."""
    return name.translate(str.maketrans("0123456789", "ABCDEFGHIJ"))[1:].rjust(6, "J")
