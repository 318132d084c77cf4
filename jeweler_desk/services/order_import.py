"""Importing marketplace files: parse in the background, compare, take in as one step."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.order import Channel, OrderId
from jeweler_desk.domain.order_intake import progress_told
from jeweler_desk.domain.progress import Portions, Progress, done_at_once
from jeweler_desk.domain.source_label import SourceLabel
from jeweler_desk.domain.source_order import SourceFormat, SourceOrder, merge
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.shipment_import import LabelOutcome, ShipmentImport
from jeweler_desk.store.batch import Batch
from jeweler_desk.store.database import Store
from jeweler_desk.store.journal import Step
from jeweler_desk.store.order_sources import KnownOrder, OrderSources
from jeweler_desk.store.order_writing import OrderWriting

if TYPE_CHECKING:
    from jeweler_desk.imports.batch import ImportedFile, SetAside

# Portions of an import in the window: each is some hundredths of a second on its thread.
_ROWS_IN_A_PORTION: Final = 800
_COMPARED_AT_ONCE: Final = 400
_FEW_AT_ONCE: Final = 10


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


@dataclass(frozen=True, slots=True, weakref_slot=True)
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
        return done_at_once(self.preview_portions(parsed))

    def preview_portions(self, parsed: ParsedFiles) -> Portions[ImportReport]:
        """Do as `preview`, in portions for the window's thread."""
        tellings = yield from self._comparing(parsed)
        return (yield from self._previewing(parsed, tellings))

    def _previewing(
        self, parsed: ParsedFiles, tellings: Sequence[_Telling]
    ) -> Portions[ImportReport]:
        labels = [label for _, label in parsed.labels]
        outcome = yield from self._labels.previewing(labels, parsed.orders)
        return _with_labels(_counted(parsed, tellings), parsed, outcome)

    def take_in(self, parsed: ParsedFiles) -> ImportReport:
        """Take the files in as one step and one transaction; a second time nothing changes."""
        tellings = done_at_once(self._comparing(parsed))
        report = done_at_once(self._previewing(parsed, tellings))
        if report.is_news:
            self._book.read_settings()
            with self._store.step(_label(report)) as step, _no_garbage():
                outcome = LabelOutcome()
                for _ in self._writing(parsed, tellings, Batch(self._store), outcome):
                    pass
            report = _with_labels(_counted(parsed, tellings), parsed, outcome)
            report = replace(report, changes=changes_of(step.tables))
        done_at_once(self._remembering_what_was_older(tellings))
        return report

    def take_in_portions(self, parsed: ParsedFiles) -> Portions[ImportReport | None]:
        """Take the files in as one step of several transactions, each short; None when stopped.

        Stopped, or at an error, all that was written is taken back; a program that ends in the
        middle takes it back at its next start (`Store.begin_long`).
        """
        tellings = yield from self._comparing(parsed)
        report = yield from self._previewing(parsed, tellings)
        if report.is_news:
            self._book.read_settings()
            step = self._store.begin_long(_label(report))
            outcome = LabelOutcome()
            batch = Batch(self._store, _ROWS_IN_A_PORTION)
            writing = self._writing(parsed, tellings, batch, outcome)
            try:
                is_done = yield from self._in_portions(step, writing)
            except Exception:
                yield from self._store.drop_long(step)
                raise
            if not is_done:
                yield from self._store.drop_long(step)
                return None
            self._store.finish_long(step)
            report = _with_labels(_counted(parsed, tellings), parsed, outcome)
            report = replace(report, changes=changes_of(step.tables))
        yield from self._remembering_what_was_older(tellings)
        return report

    def _in_portions(self, step: Step, writing: Iterator[Progress]) -> Portions[bool]:
        """Give each portion its own transaction; False when asked to stop."""
        while True:
            with self._store.portion(step), _no_garbage():
                told = next(writing, None)
            if told is None:
                return True
            if (yield told):
                return False

    def import_files(self, paths: Sequence[Path], *, dry_run: bool = False) -> ImportReport:
        """Parse and take in (or only preview) at once."""
        parsed = parse(paths)
        return self.preview(parsed) if dry_run else self.take_in(parsed)

    def _comparing(self, parsed: ParsedFiles) -> Portions[list[_Telling]]:
        """Pair every order of the files with what is known of it and with what is new in them."""
        groups: dict[tuple[Channel, str], list[SourceOrder]] = {}
        for source in parsed.orders:
            groups.setdefault((source.channel, source.number), []).append(source)
        tellings: list[_Telling] = []
        keys = list(groups)
        for start in range(0, len(keys), _COMPARED_AT_ONCE):
            part = keys[start : start + _COMPARED_AT_ONCE]
            yield Progress(0, len(groups))
            known: dict[tuple[Channel, str], KnownOrder] = {}
            for channel in {channel for channel, _ in part}:
                numbers = [number for each, number in part if each is channel]
                found = self._sources.known(channel, numbers)
                known |= {(channel, number): order for number, order in found.items()}
            for key in part:
                telling = self._telling(known.get(key), groups[key])
                tellings.append(telling)
                if telling.known and telling.fresh:  # the order was read to compare
                    yield Progress(0, len(groups))
        return tellings

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

    def _writing(
        self,
        parsed: ParsedFiles,
        tellings: Sequence[_Telling],
        batch: Batch,
        outcome: LabelOutcome,
    ) -> Iterator[Progress]:
        """Write what is news; where it says how far it is, a transaction may end."""
        new = [each.fresh for each in tellings if each.known is None]
        known = [each for each in tellings if each.known and each.is_news]
        labels = [label for _, label in parsed.labels]
        whole = len(new) + len(known) + len(labels)
        for done in self._adding(new, batch):
            yield Progress(done, whole)
        for place, telling in enumerate(known, 1):
            if telling.known:
                self._complete(telling.known.id, telling.fresh)
            if place % _FEW_AT_ONCE == 0:
                yield Progress(len(new) + place, whole)
        for place, told in enumerate(self._labels.taking_in(labels, outcome), 1):
            if place % _FEW_AT_ONCE == 0:
                yield Progress(len(new) + len(known) + told.done, whole)

    def _adding(self, orders: Iterable[list[SourceOrder]], batch: Batch) -> Iterator[int]:
        """Add new orders, in batches: a first import has thousands."""
        writing = OrderWriting(self._store, batch)
        now = self._clock.now()
        count = 0
        for count, sources in enumerate(orders, 1):
            used = _furthest(sources)
            order_id = self._book.record(merge(used), now, writing)
            for source in sources:
                self._sources.remember(order_id, source, is_latest=source in used, new_rows=batch)
            if batch.is_full:
                batch.flush()
                yield count
        batch.flush()
        yield count

    def _complete(self, order_id: OrderId, fresh: list[SourceOrder]) -> None:
        used = self._used(order_id, fresh)
        self._book.complete(order_id, merge(used), self._clock.now())
        for source in fresh:
            if source in used:
                self._sources.retire(order_id, source.format)
            self._sources.remember(order_id, source, is_latest=source in used)

    def _remembering_what_was_older(self, tellings: Sequence[_Telling]) -> Portions[None]:
        """Note older exports as read; they changed nothing, so there is nothing to undo."""
        older = [
            (each.known.id, source)
            for each in tellings
            if each.known and not each.is_news
            for source in each.fresh
        ]
        for start in range(0, len(older), _COMPARED_AT_ONCE):
            with self._store.write():
                for order_id, source in older[start : start + _COMPARED_AT_ONCE]:
                    self._sources.remember(order_id, source, is_latest=False)
            yield Progress(start, len(older))


def _label(report: ImportReport) -> str:
    """Name the step of an import by what it brings."""
    labels = report.shipments
    count = report.new + report.changed
    what = count_text(count, "order") if count else count_text(labels.new, "parcel")
    if not count and not labels.new:
        what = count_text(labels.changed, "label")
    return f"Import {what}"


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
    with _no_garbage():
        for path in paths:
            try:
                found = read_file(path)
            except NotReadYetError as error:
                reports.append(FileReport(str(path), error.format, 0, (), refusal=str(error)))
            except UnknownFileError as error:
                reports.append(FileReport(str(path), None, 0, (), refusal=str(error)))
            else:
                labels.extend((len(reports), label) for label in found.labels)
                reports.append(_report(found))
                orders.extend(found.orders)
        parsed = ParsedFiles(tuple(reports), tuple(orders), tuple(labels))
        _spare(parsed)
    return parsed


def _spare(parsed: ParsedFiles) -> None:
    """Let Python's search for garbage pass what was just read by, as long as it is needed.

    One search through some hundred thousand values would hold the window up for half a second.
    """
    gc.freeze()
    weakref.finalize(parsed, gc.unfreeze).atexit = False


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
