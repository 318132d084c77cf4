"""Importing marketplace files: parse in the background, compare, take in as one step."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jeweler_desk.domain.order import Channel, OrderId
from jeweler_desk.domain.order_intake import progress_told
from jeweler_desk.domain.source_label import SourceLabel
from jeweler_desk.domain.source_order import SourceFormat, SourceOrder, merge
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.shipment_import import LabelOutcome, ShipmentImport
from jeweler_desk.store.batch import Batch
from jeweler_desk.store.database import Store
from jeweler_desk.store.order_sources import KnownOrder, OrderSources
from jeweler_desk.store.order_writing import OrderWriting

if TYPE_CHECKING:
    from jeweler_desk.imports.batch import ImportedFile, SetAside


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file gave; ``format`` is None and ``refusal`` says why when it was not taken."""

    file: str
    format: SourceFormat | None
    rows: int
    set_aside: tuple[SetAside, ...]
    warnings: tuple[str, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: orders counted once each, whatever the number of files."""

    files: tuple[FileReport, ...]
    new: int
    changed: int
    same: int
    changes: Changes = NOTHING_CHANGED
    shipments: LabelOutcome = field(default_factory=LabelOutcome)

    @property
    def is_known(self) -> bool:
        """Whether at least one file was taken."""
        return any(each.refusal is None for each in self.files)

    @property
    def needs_seller(self) -> bool:
        """Whether rows were set aside, a file was refused, or a label contradicts what is here."""
        has_conflicts = bool(self.shipments.conflicts)
        return has_conflicts or any(each.refusal or each.set_aside for each in self.files)

    @property
    def is_news(self) -> bool:
        """Whether anything is new or changed."""
        return bool(self.new or self.changed or self.shipments.writes)


@dataclass(frozen=True, slots=True)
class ParsedFiles:
    """Files as parsed, before the desk's own orders are looked at."""

    reports: tuple[FileReport, ...]
    orders: tuple[SourceOrder, ...]
    labels: tuple[tuple[int, SourceLabel], ...] = ()
    """Each with the place of its file among the reports."""


class OrderImport:
    """Takes orders in from files of known formats, and the labels of their parcels."""

    def __init__(
        self,
        store: Store,
        sources: OrderSources,
        book: OrderBook,
        labels: ShipmentImport,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sources = sources
        self._book = book
        self._labels = labels
        self._clock = clock

    @staticmethod
    def parse_job(paths: Sequence[Path]) -> Callable[[], ParsedFiles]:
        """Return the work of parsing, which may run in the background."""
        wanted = tuple(paths)
        return lambda: parse(wanted)

    def preview(self, parsed: ParsedFiles) -> ImportReport:
        """Say what taking the files in would do; nothing is written."""
        return self._previewed(parsed, self._compared(parsed))

    def _previewed(self, parsed: ParsedFiles, tellings: Sequence[_Telling]) -> ImportReport:
        outcome = self._labels.preview([label for _, label in parsed.labels], parsed.orders)
        return _with_labels(_counted(parsed, tellings), parsed, outcome)

    def take_in(self, parsed: ParsedFiles) -> ImportReport:
        """Take the files in as one step; a second time nothing changes."""
        tellings = self._compared(parsed)
        report = self._previewed(parsed, tellings)
        if report.is_news:
            labels = report.shipments
            count = report.new + report.changed
            what = count_text(count, "order") if count else count_text(labels.new, "parcel")
            if not count and not labels.new:
                what = count_text(labels.changed, "label")
            self._book.read_settings()
            with self._store.step(f"Import {what}") as step:
                with _no_garbage():
                    self._add([telling.fresh for telling in tellings if telling.known is None])
                for telling in tellings:
                    if telling.known and telling.is_news:
                        self._complete(telling.known.id, telling.fresh)
                outcome = self._labels.take_in([label for _, label in parsed.labels])
            report = _with_labels(_counted(parsed, tellings), parsed, outcome)
            report = replace(report, changes=changes_of(step.tables))
        self._remember_what_was_older(tellings)
        return report

    def import_files(self, paths: Sequence[Path], *, dry_run: bool = False) -> ImportReport:
        """Parse and take in (or only preview) at once."""
        parsed = parse(paths)
        return self.preview(parsed) if dry_run else self.take_in(parsed)

    def _compared(self, parsed: ParsedFiles) -> list[_Telling]:
        """Pair every order of the files with what is known of it and with what is new in them."""
        groups: dict[tuple[Channel, str], list[SourceOrder]] = {}
        for source in parsed.orders:
            groups.setdefault((source.channel, source.number), []).append(source)
        known: dict[tuple[Channel, str], KnownOrder] = {}
        for channel in {channel for channel, _ in groups}:
            numbers = [number for each, number in groups if each is channel]
            found = self._sources.known(channel, numbers)
            known |= {(channel, number): order for number, order in found.items()}
        return [self._telling(known.get(key), sources) for key, sources in groups.items()]

    def _telling(self, known: KnownOrder | None, sources: list[SourceOrder]) -> _Telling:
        by_digest = {(source.format, source.digest): source for source in sources}
        if known is None:
            return _Telling(None, list(by_digest.values()), is_news=True)
        fresh = [each for each in by_digest.values() if each.digest not in known.digests]
        return _Telling(known, fresh, is_news=bool(fresh) and self._is_news(known.id, fresh))

    def _is_news(self, order_id: OrderId, fresh: list[SourceOrder]) -> bool:
        """Whether the sources tell anything that was not told before, or by a later export."""
        used = self._used(order_id, fresh)
        return any(source in used for source in fresh) and self._book.is_news(order_id, merge(used))

    def _used(self, order_id: OrderId, fresh: list[SourceOrder]) -> list[SourceOrder]:
        """Return the sources that make up a known order now: of each format the furthest."""
        kept = self._sources.latest(order_id, fresh[0].channel, fresh[0].number)
        return _furthest([*kept, *fresh])

    def _add(self, orders: Iterable[list[SourceOrder]]) -> None:
        """Add new orders, in batches: a first import has thousands."""
        batch = Batch(self._store)
        writing = OrderWriting(self._store, batch)
        now = self._clock.now()
        for sources in orders:
            used = _furthest(sources)
            order_id = self._book.record(merge(used), now, writing)
            for source in sources:
                self._sources.remember(order_id, source, is_latest=source in used, new_rows=batch)
            if batch.is_full:
                batch.flush()
        batch.flush()

    def _complete(self, order_id: OrderId, fresh: list[SourceOrder]) -> None:
        used = self._used(order_id, fresh)
        self._book.complete(order_id, merge(used), self._clock.now())
        for source in fresh:
            if source in used:
                self._sources.retire(order_id, source.format)
            self._sources.remember(order_id, source, is_latest=source in used)

    def _remember_what_was_older(self, tellings: Sequence[_Telling]) -> None:
        """Note older exports as read; they changed nothing, so there is nothing to undo."""
        older = [
            (each.known.id, source)
            for each in tellings
            if each.known and not each.is_news
            for source in each.fresh
        ]
        if older:
            with self._store.write():
                for order_id, source in older:
                    self._sources.remember(order_id, source, is_latest=False)


@dataclass(frozen=True, slots=True)
class _Telling:
    """One order of the files: what is known of it, and the sources that were never read before."""

    known: KnownOrder | None
    fresh: list[SourceOrder]
    is_news: bool


def _counted(parsed: ParsedFiles, tellings: Sequence[_Telling]) -> ImportReport:
    new = sum(telling.known is None for telling in tellings)
    changed = sum(telling.known is not None and telling.is_news for telling in tellings)
    return ImportReport(parsed.reports, new, changed, len(tellings) - new - changed)


def _with_labels(report: ImportReport, parsed: ParsedFiles, outcome: LabelOutcome) -> ImportReport:
    """Put what came of the labels beside the orders: counts, rows set aside, warnings by file."""
    files = list(report.files)
    if outcome.unplaced:
        from jeweler_desk.imports.batch import SetAside  # noqa: PLC0415 - only with a file's labels

        places = {id(label): place for place, label in parsed.labels}
        for label, reason in outcome.unplaced:
            place = places[id(label)]
            aside = (*files[place].set_aside, SetAside(label.line, reason, label.text))
            ordered = tuple(sorted(aside, key=lambda row: row.line))
            files[place] = replace(files[place], set_aside=ordered)
    return replace(report, files=tuple(files), shipments=outcome)


def _furthest(sources: Sequence[SourceOrder]) -> list[SourceOrder]:
    """Return of each format the source that tells most; of equals the one that came last."""
    found: dict[SourceFormat, SourceOrder] = {}
    for source in sources:
        other = found.get(source.format)
        if other is None or not _is_behind(source, other):
            found[source.format] = source
    return list(found.values())


def _is_behind(source: SourceOrder, other: SourceOrder) -> bool:
    return progress_told(source.order).is_behind(progress_told(other.order))


def parse(paths: Sequence[Path]) -> ParsedFiles:
    """Parse files; one that is unknown is reported with its sentence and the others are taken."""
    from jeweler_desk.imports.files import (  # noqa: PLC0415 - the window starts without it
        NotReadYetError,
        UnknownFileError,
        read_file,
    )

    reports: list[FileReport] = []
    orders: list[SourceOrder] = []
    labels: list[tuple[int, SourceLabel]] = []
    for path in paths:
        try:
            with _no_garbage():
                found = read_file(path)
        except NotReadYetError as error:
            reports.append(FileReport(str(path), error.format, 0, (), refusal=str(error)))
        except UnknownFileError as error:
            reports.append(FileReport(str(path), None, 0, (), refusal=str(error)))
        else:
            labels.extend((len(reports), label) for label in found.labels)
            reports.append(_report(found))
            orders.extend(found.orders)
    return ParsedFiles(tuple(reports), tuple(orders), tuple(labels))


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Let Python look for no garbage meanwhile: thousands of orders stay, and none is a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _report(found: ImportedFile) -> FileReport:
    return FileReport(found.file, found.format, found.rows, found.set_aside, found.warnings)
