"""What comes out of a file: the orders it tells, and the rows set aside with their reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Channel, NewOrder
from jeweler_desk.domain.source_label import SourceLabel
from jeweler_desk.domain.source_order import SourceFormat, SourceOrder
from jeweler_desk.imports.csv_rows import Record
from jeweler_desk.imports.day_cells import DayCellError, parse_day, parse_instant
from jeweler_desk.imports.money_cells import MoneyCellError, currency_code, parse_money
from jeweler_desk.imports.sniff import Sniffed

_MOST_DIGITS: Final = 6
_CAPITALS: Final = frozenset({"id", "sku"})


@dataclass(frozen=True, slots=True)
class SetAside:
    """One record that was not taken: its first physical line, why, and its original text."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file as read: its name as given, its format, what it tells and what was set aside.

    ``rows`` counts the data records, set-aside ones included. ``warnings`` are full sentences.
    """

    file: str
    format: SourceFormat
    rows: int
    set_aside: tuple[SetAside, ...]
    orders: tuple[SourceOrder, ...]
    warnings: tuple[str, ...] = ()
    labels: tuple[SourceLabel, ...] = ()


class RowFaultError(ValueError):
    """Why an order's records cannot be taken; ``line`` names the record at fault."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One record whose cells are asked for by their canonical heading."""

    record: Record
    cells: Sequence[str]
    columns: Mapping[str, int]

    @property
    def line(self) -> int:
        """The first physical line of the record."""
        return self.record.line

    def raw(self, column: str) -> str:
        """Give a cell exactly as it stands; a column the file has not is blank."""
        index = self.columns.get(column)
        return "" if index is None else self.cells[index]

    def key(self, column: str) -> str:
        """Give a cell without the blanks around it."""
        return self.raw(column).strip()

    def text(self, column: str) -> str | None:
        """Give a cell unchanged, a blank one as None."""
        cell = self.raw(column)
        return cell if cell and not cell.isspace() else None

    def texts(self, columns: Sequence[str]) -> list[str | None]:
        """Give several cells at once, unchanged, blank ones as None."""
        cells, index = self.cells, self.columns
        found = [cells[index[column]] if column in index else "" for column in columns]
        return [cell if cell and not cell.isspace() else None for cell in found]

    def fault(self, reason: str) -> RowFaultError:
        """Make the error that sets this record's order aside."""
        return RowFaultError(reason, self.line)

    def currency(self) -> str:
        """Give the currency of the record."""
        try:
            return currency_code(self.raw("currency"))
        except MoneyCellError as error:
            raise self.fault(f"{error}.") from error

    def money(self, column: str, currency: str, *, may_be_negative: bool = False) -> Money | None:
        """Read a money cell; a blank one is None."""
        try:
            amount = parse_money(self.raw(column), currency)
        except MoneyCellError as error:
            raise self.fault(f"{heading(column)}: {error}.") from error
        if amount is not None and amount.minor_units < 0 and not may_be_negative:
            raise self.fault(f"{heading(column)}: “{self.key(column)}” is negative.")
        return amount

    def needed_money(self, column: str, currency: str) -> Money:
        """Read a money cell that must not be blank."""
        amount = self.money(column, currency)
        if amount is None:
            raise self.fault(f"{heading(column)} is missing.")
        return amount

    def day(self, column: str) -> date | None:
        """Read a day; a blank one is None."""
        try:
            return parse_day(self.raw(column))
        except DayCellError as error:
            raise self.fault(f"{heading(column)}: {error}.") from error

    def instant(self, column: str) -> tuple[datetime, date] | None:
        """Read an instant: UTC, and the day as written there; a blank one is None."""
        try:
            return parse_instant(self.raw(column))
        except DayCellError as error:
            raise self.fault(f"{heading(column)}: {error}.") from error

    def quantity(self, column: str) -> int:
        """Read a whole number of pieces, zero included."""
        cell = self.key(column)
        if not cell:
            raise self.fault(f"{heading(column)} is missing.")
        if not (cell.isascii() and cell.isdigit() and len(cell) <= _MOST_DIGITS):
            raise self.fault(f"{heading(column)}: “{cell}” is not a number of pieces.")
        return int(cell)


@dataclass(frozen=True, slots=True)
class OrderReader:
    """How one format becomes orders: its channel, the column of the order number, the builder.

    ``build`` takes all records of one order and raises RowFaultError where it must be set aside.
    """

    channel: Channel
    key_column: str
    build: Callable[[Sequence[Row]], NewOrder]


def gather(
    records: Iterable[Record], sniffed: Sniffed, reader: OrderReader
) -> tuple[int, tuple[SourceOrder, ...], tuple[SetAside, ...]]:
    """Group records by order, build each order, and set whole orders with a bad record aside.

    Gives the number of records, the orders by first appearance, and what was set aside by line.
    """
    rows = 0
    groups: dict[str, list[Record]] = {}
    key_place = sniffed.columns[reader.key_column]
    broken: list[Record] = []
    aside: list[SetAside] = []
    for record in records:
        rows += 1
        if not record.is_whole:
            broken.append(record)
            continue
        number = record.cells[key_place].strip()
        if number:
            groups.setdefault(number, []).append(record)
        else:
            reason = f"{heading(reader.key_column)} is missing."
            aside.append(SetAside(record.line, reason, record.text))
    half = _set_broken_aside(broken, groups, sniffed.width, aside)
    named = sorted(sniffed.columns.items())
    tags = [f"{name}\x1f" for name, _ in named]
    places = [place for _, place in named]
    orders = []
    for number in list(groups):
        group = groups.pop(number)  # a large file's records are let go one order at a time
        try:
            if number in half:
                raise half[number]
            rows_of_order = [Row(record, record.cells, sniffed.columns) for record in group]
            order = reader.build(rows_of_order)
        except RowFaultError as fault:
            aside.extend(_whole_order_aside(number, group, fault))
            continue
        digest = _digest(group, tags, places)
        orders.append(SourceOrder(sniffed.format, reader.channel, number, order, digest))
    return rows, tuple(orders), tuple(sorted(aside, key=lambda item: item.line))


def heading(column: str) -> str:
    """Write a canonical heading as the marketplaces do."""
    words = (word.upper() if word in _CAPITALS else word.capitalize() for word in column.split())
    return " ".join(words)


def _set_broken_aside(
    broken: Iterable[Record],
    groups: Mapping[str, Sequence[Record]],
    width: int,
    aside: list[SetAside],
) -> dict[str, RowFaultError]:
    """Set records with a wrong number of cells aside, and name the orders they belong to."""
    half: dict[str, RowFaultError] = {}
    for record in broken:
        reason = f"The row has {len(record.cells)} cells where the headings are {width}."
        aside.append(SetAside(record.line, reason, record.text))
        for cell in record.cells:
            if cell.strip() in groups:
                half.setdefault(cell.strip(), RowFaultError(reason, record.line))
    return half


def _whole_order_aside(
    number: str, group: Sequence[Record], fault: RowFaultError
) -> Iterable[SetAside]:
    """Set every record of an order aside, so that no half order is taken."""
    for record in group:
        reason = fault.reason
        if record.line != fault.line:
            reason = f"Order {number} was left out because of line {fault.line}: {fault.reason}"
        yield SetAside(record.line, reason, record.text)


def _digest(group: Sequence[Record], tags: Sequence[str], places: Sequence[int]) -> str:
    """Hash the filled cells under their canonical headings; order and blanks do not count."""
    digest = hashlib.sha256()
    for record in group:
        cells = map(record.cells.__getitem__, places)
        filled = [tag + cell for tag, cell in zip(tags, cells, strict=True) if cell]
        digest.update("\x1e".join(filled).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1d")
    return digest.hexdigest()
