"""Checking the desk against itself: the file, every order's states, units, sums and the search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from jeweler_desk.domain import wording
from jeweler_desk.domain.backup import Backup, age_text
from jeweler_desk.services.backups import Backups
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.photo_folder import PhotoFolder
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.checking import Checking as Checks
from jeweler_desk.store.checking import WrongUnits
from jeweler_desk.store.database import Store
from jeweler_desk.store.errors import KnownStoreError
from jeweler_desk.store.order_reading import OrderReading
from jeweler_desk.store.order_sweep import Difference, KeptOrder, OrderSweep
from jeweler_desk.store.order_writing import OrderWriting
from jeweler_desk.store.photos import PhotoRows
from jeweler_desk.store.settings import SettingRows

_MOST_SUMS_TOLD: Final = 20
_COLUMN_NAMES: Final = {
    "payment_status": "payment status",
    "fulfillment_status": "state of the goods",
    "order_status": "order status",
    "units_to_send": "units to send",
    "ship_by": "ship-by day",
    "passes_gate": "gate to packing",
    "is_held": "hold",
    "hold_reason": "reason of the hold",
    "hold_until": "last day of the hold",
    "waiting_since": "wait for the buyer’s answer",
}

_FLAGS: Final = {"passes_gate": ("closed", "open"), "is_held": ("none", "set")}


class Severity(StrEnum):
    """Whether a finding is a fault or only worth knowing."""

    FAILED = "failed"
    INFORMATION = "information"


class Subject(StrEnum):
    """What a finding is about."""

    INTEGRITY = "integrity"
    FOREIGN_KEYS = "foreign_keys"
    STATES = "states"
    UNITS = "units"
    SUMS = "sums"
    SEARCH = "search"
    PHOTOS = "photos"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found; ``order`` is an order's number or None."""

    subject: Subject
    severity: Severity
    what: str
    order: str | None = None


class Checking:
    """Compares what the desk keeps with what follows from its facts."""

    def __init__(self, store: Store, backups: Backups, clock: Clock) -> None:
        self._store = store
        self._backups = backups
        self._clock = clock

    def check_job(self) -> Callable[[], list[Finding]]:
        """Return the work of a check, for a worker; it reads the file beside its owner."""
        path, clock = self._store.path, self._clock
        age = _age(self._backups.last(), clock.now())
        if path is None:
            return lambda: [*_findings(self._store, clock), age]

        def work() -> list[Finding]:
            with closing(Store(path, now=clock.now, read_only=True)) as reading:
                return [*_findings(reading, clock), age]

        return work

    def check(self) -> list[Finding]:
        """Check at once."""
        return self.check_job()()


def is_sound(findings: Sequence[Finding]) -> bool:
    """Whether nothing failed."""
    return all(each.severity is not Severity.FAILED for each in findings)


def _findings(store: Store, clock: Clock) -> Iterator[Finding]:
    """Look at everything at one instant; a file too damaged to go on with ends the look."""
    checks = Checks(store)
    with checks.snapshot():
        broken = False
        try:
            for fault in checks.broken_pages():
                broken = True
                yield _failed(Subject.INTEGRITY, f"The file is damaged: {fault}.")
            for lost in checks.lost_rows():
                yield _failed(Subject.FOREIGN_KEYS, f"Rows that belong nowhere: {lost}.")
            yield from _wrong_units(checks.wrong_units())
            for name, stock, told in checks.wrong_stocks():
                text = f"Of “{name}” {stock} are kept; what was moved says {told}."
                yield _failed(Subject.UNITS, text)
            yield from _wrong_states(store, clock)
            yield from _stale_search(checks)
            yield from _wrong_money(checks)
            yield from _unusual_sums(checks)
            yield from _changed_photos(store)
        except KnownStoreError as error:
            if not broken:
                yield _failed(Subject.INTEGRITY, str(error))


def _stale_search(checks: Checks) -> Iterator[Finding]:
    """Look whether the search knows every word; the look needs room for a copy of the file."""
    try:
        found = checks.stale_indexes()
    except KnownStoreError as error:
        text = f"The search was not checked. {error}"
        yield Finding(Subject.SEARCH, Severity.INFORMATION, text)
        return
    for subject in found:
        text = f"The search does not find every word of the {subject}."
        yield _failed(Subject.SEARCH, text)


def _failed(subject: Subject, what: str, order: str | None = None) -> Finding:
    return Finding(subject, Severity.FAILED, what, order)


def _wrong_units(found: Sequence[WrongUnits]) -> Iterator[Finding]:
    for each in found:
        pairs = (
            ("packed", each.packed),
            ("shipped", each.shipped),
            ("canceled", each.canceled),
            ("returned", each.returned),
        )
        for name, (kept, told) in pairs:
            if kept != told:
                yield _failed(
                    Subject.UNITS,
                    f"“{each.title}” keeps {kept} {name}; its facts say {told}.",
                    each.number,
                )


def _wrong_states(store: Store, clock: Clock) -> Iterator[Finding]:
    book = OrderBook(
        OrderReading(store), OrderWriting(store), Settings(store, SettingRows(store), clock)
    )
    book.read_settings()
    for kept in OrderSweep(store).orders():
        try:
            differences = _differences(book, kept)
        except ValueError as error:
            yield _failed(
                Subject.STATES, f"A cell holds what the desk cannot read: {error}.", kept.number
            )
            continue
        for each in differences:
            kept_as, follows = (_worded(each.column, text) for text in (each.kept, each.follows))
            yield _failed(
                Subject.STATES,
                f"The {_COLUMN_NAMES[each.column]} is kept as {kept_as}; the facts say {follows}.",
                kept.number,
            )


def _worded(column: str, cell: str) -> str:
    """Write a state's cell in words."""
    if column in _FLAGS:
        no, yes = _FLAGS[column]
        return yes if cell == "1" else no
    return cell.replace("_", " ") if column.endswith("_status") else cell


def _differences(book: OrderBook, kept: KeptOrder) -> list[Difference]:
    facts = kept.facts()
    return kept.differences(*book.what_follows(facts, facts.hold))


def _wrong_money(checks: Checks) -> Iterator[Finding]:
    for each in checks.wrong_refunds():
        yield _failed(
            Subject.SUMS,
            f"A refund of {wording.money_text(each.total)} has parts that add up to"
            f" {wording.money_text(each.expected)}.",
            each.number,
        )
    for each in checks.overdrawn():
        yield _failed(
            Subject.SUMS,
            f"Refunds of {wording.money_text(each.total)} stand against charges of"
            f" {wording.money_text(each.expected)}.",
            each.number,
        )


def _changed_photos(store: Store) -> Iterator[Finding]:
    """Hold every photo that is kept against its digest; a desk in memory has no folder."""
    if store.path is None:
        return
    folder = PhotoFolder(store.path.parent)
    for photo in PhotoRows(store).all():
        trouble = folder.trouble(photo.digest, photo.file_name, photo.name)
        if trouble is not None:
            yield _failed(Subject.PHOTOS, f"{trouble} It belongs to {photo.of}.", photo.order)


def _unusual_sums(checks: Checks) -> Iterator[Finding]:
    found = checks.unusual_sums()
    for each in found[:_MOST_SUMS_TOLD]:
        yield Finding(
            Subject.SUMS,
            Severity.INFORMATION,
            f"The total is {wording.money_text(each.total)}; its parts add up to"
            f" {wording.money_text(each.expected)}.",
            each.number,
        )
    more = len(found) - _MOST_SUMS_TOLD
    if more > 0:
        text = f"In {wording.count_text(more, 'more order')} the parts add up to another total."
        yield Finding(Subject.SUMS, Severity.INFORMATION, text)


def _age(last: Backup | None, now: datetime) -> Finding:
    if last is None:
        what = "There is no backup yet; “jeweler-desk backup” makes one."
    else:
        what = f"The last backup was made {age_text(now - last.made_at)}."
    return Finding(Subject.BACKUP, Severity.INFORMATION, what)
