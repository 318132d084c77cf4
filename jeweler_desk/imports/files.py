"""The door for files: bytes in, orders and set-aside rows out, or one sentence why not."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from jeweler_desk.domain.source_order import SourceFormat
from jeweler_desk.imports import etsy, pirateship, shopify
from jeweler_desk.imports.batch import ImportedFile, OrderReader, gather, heading
from jeweler_desk.imports.csv_rows import decode, physical_lines, records
from jeweler_desk.imports.sniff import FORMAT_NAMES, sniff

_READERS: Final[Mapping[SourceFormat, OrderReader]] = {
    SourceFormat.ETSY_ORDERS: etsy.ORDERS_FILE,
    SourceFormat.ETSY_ITEMS: etsy.ITEMS_FILE,
    SourceFormat.SHOPIFY_ORDERS: shopify.ORDERS_FILE,
}
_ZIP: Final = b"PK\x03\x04"


class UnknownFileError(ValueError):
    """A file that is no known export, or cannot be opened; the text is a full sentence."""


class NotReadYetError(UnknownFileError):
    """A file that is recognised but not read yet; ``format`` says which it is."""

    def __init__(self, sentence: str, format_: SourceFormat) -> None:
        super().__init__(sentence)
        self.format = format_


def read_file(path: Path | str) -> ImportedFile:
    """Read one file of a marketplace; bad rows are set aside, never raised.

    Raises UnknownFileError, or NotReadYetError for a known format that has no reader yet.
    """
    name = Path(path).name
    return read_bytes(_content(Path(path), name), str(path))


def read_bytes(content: bytes, file: str) -> ImportedFile:
    """Read the bytes of one file; ``file`` is its name as given."""
    name = Path(file).name
    if content.startswith(_ZIP):
        raise UnknownFileError(
            f"“{name}” is a spreadsheet or an archive, not a CSV file. "
            "Please choose the CSV file as the marketplace gave it; nothing was taken."
        )
    decoded = decode(content)
    lines = physical_lines(decoded.text)
    sniffed = sniff(lines)
    if sniffed is None:
        raise UnknownFileError(
            f"“{name}” has headings that Jeweler Desk does not know, so nothing of it was taken. "
            "It reads the orders and order items files of Etsy, the orders file of Shopify and the"
            " shipments file of Pirate Ship."
        )
    reader = _READERS.get(sniffed.format)
    is_labels = sniffed.format is SourceFormat.PIRATESHIP_SHIPMENTS
    if reader is None and not is_labels:
        raise NotReadYetError(
            f"“{name}” is {FORMAT_NAMES[sniffed.format]} ({sniffed.format}), which is not read yet."
            " Nothing of it was taken; please keep the file.",
            sniffed.format,
        )
    if sniffed.missing:
        columns = ", ".join(f"“{heading(column)}”" for column in sniffed.missing)
        raise UnknownFileError(
            f"“{name}” looks like {FORMAT_NAMES[sniffed.format]}, but these columns are missing: "
            f"{columns}. Nothing was taken; please download the file again."
        )
    found = records(
        lines,
        after_line=sniffed.header_line,
        delimiter=sniffed.delimiter,
        width=sniffed.width,
    )
    if reader is None:
        rows, labels, set_aside = pirateship.read_labels(found, sniffed)
        return ImportedFile(file, sniffed.format, rows, set_aside, (), decoded.warnings, labels)
    with _collector_at_rest():
        rows, orders, set_aside = gather(found, sniffed, reader)
    return ImportedFile(file, sniffed.format, rows, set_aside, orders, decoded.warnings)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let the cycle collector rest: the rows of a file make no cycles, so it only costs time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _content(path: Path, name: str) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnknownFileError(f"There is no file “{name}”.") from None
    except IsADirectoryError:
        raise UnknownFileError(f"“{name}” is a folder; please name the files in it.") from None
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise UnknownFileError(f"“{name}” could not be read: {reason}.") from error
    if not content.strip():
        raise UnknownFileError(f"“{name}” is empty; please download it again.")
    return content
