"""An address as lines on paper: the country's usual order, every word of the buyer's kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.address import PostalAddress

_FIELD: Final = re.compile(r"%([NOACSZ])")
_EAST_ASIAN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_USUAL: Final = "%N%n%O%n%A%n%C, %S %Z"


@dataclass(frozen=True, slots=True)
class AddressLayout:
    """The order of lines of one country.

    ``native`` and ``latin`` are patterns of libaddressinput: ``%N`` name, ``%O`` company, ``%A``
    street lines, ``%C`` city, ``%S`` region, ``%Z`` postcode, ``%n`` line end. ``country`` is how
    its name is printed; None prints the buyer's own cell.
    """

    native: str = _USUAL
    latin: str = _USUAL
    country: str | None = None


def address_lines(address: PostalAddress, layout: AddressLayout) -> tuple[str, ...]:
    """Return the lines of an address, country last, without the phone number.

    Whatever the country's pattern has no place for (the city in Japan's, the postcode in that of
    many) gets one: no word that the buyer wrote is dropped, changed or put in capitals.
    """
    spoken = f"{address.address1 or ''}{address.city or ''}{address.region or ''}"
    pattern = layout.native if _EAST_ASIAN.search(spoken) else layout.latin
    cells = {
        "N": address.name,
        "O": address.company,
        "C": address.city,
        "S": address.region,
        "Z": address.postcode,
    }
    present = {field: " ".join(cell.split()) for field, cell in cells.items() if cell}
    street = [
        line.strip()
        for cell in (address.address1, address.address2)
        if cell
        for line in cell.splitlines()
        if line.strip()
    ]
    lines: list[str] = []
    for line in _complete(pattern, present).split("%n"):
        before, has_street, after = line.partition("%A")
        lines.append(_filled(before, present))
        if has_street:
            lines += [*street, _filled(after, present)]
    country = layout.country or address.country
    return tuple(line for line in [*lines, country or ""] if line)


def sender_lines(name: str, address: str) -> tuple[str, ...]:
    """Return the lines of the shop's own address beneath its name.

    One that begins with the name again, as many write it, does not say it twice.
    """
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    if lines and lines[0].casefold() == " ".join(name.split()).casefold():
        lines = lines[1:]
    return tuple(lines)


def _complete(pattern: str, present: dict[str, str]) -> str:
    """Give every cell that is there a place in the pattern."""
    pattern = re.sub(r"%[DX]", "", pattern).replace("%O%n%N%n%A", "%N%n%O%n%A")
    is_native = pattern.rstrip().endswith("%N")
    if "C" in present and "%C" not in pattern:
        if "%S" in pattern:
            pattern = pattern.replace("%S", "%S %C" if is_native else "%C, %S")
        elif "%Z" in pattern:
            pattern = pattern.replace("%Z", "%C %Z")
        else:
            pattern = pattern.replace("%A", "%A%n%C")
    if "Z" in present and "%Z" not in pattern:
        pattern = pattern.replace("%C", "%C %Z") if "%C" in pattern else pattern + "%n%Z"
    if "S" in present and "%S" not in pattern and present["S"] != present.get("C"):
        pattern = pattern.replace("%C", "%C, %S") if "%C" in pattern else pattern + "%n%S"
    return pattern


def _filled(pattern: str, present: dict[str, str]) -> str:
    """Fill one line; a separator stands only between two cells that are there.

    Words of the pattern itself (``SE-``, ``SINGAPORE``, ``〒``) are left out: what the buyer wrote
    holds them already, or the country's line does.
    """
    text = ""
    separator = ""
    for index, piece in enumerate(_FIELD.split(pattern)):
        if index % 2 == 0:
            separator += "".join(each for each in piece if each in " ,-/")
            continue
        cell = present.get(piece)
        if cell:
            text += (separator or " ") + cell if text else cell
            separator = ""
    return text
