"""Backups on disk: making verified ones, finding them again by their names, rotating them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final

from jeweler_desk.domain.backup import Backup, BackupKind, superfluous
from jeweler_desk.store import columns
from jeweler_desk.store.copying import (
    BACKUPS_FOLDER,
    STAMP,
    UNFINISHED,
    claim_name,
    copy_desk,
    open_read_only,
    stamp,
)
from jeweler_desk.store.database import Store
from jeweler_desk.store.errors import known_store_errors

_NAME: Final = re.compile(
    r"(?P<what>desk|before-migration)-(?P<stamp>\d{4}-\d\d-\d\dT\d{6}Z)"
    r"(?:-(?P<kind>daily|closing))?(?:-\d+)?\.db"
)
_UNFINISHED_FOR: Final = timedelta(days=1)


def backups_folder(desk_file: Path) -> Path:
    """Return where a desk keeps its own backups."""
    return desk_file.parent / BACKUPS_FOLDER


def back_up(desk_file: Path, folder: Path, kind: BackupKind, at: datetime) -> Backup:
    """Write a verified copy of a live desk into a folder; no file there is ever overwritten.

    May run in a worker: it opens a connection of its own, for reading. Raises `KnownStoreError`
    when no good copy could be made; then nothing of it is left behind.
    """
    ending = f"-{kind.value}.db" if kind in {BackupKind.DAILY, BackupKind.CLOSING} else ".db"
    with known_store_errors(), closing(open_read_only(desk_file)) as source:
        target = claim_name(folder, f"desk-{stamp(at)}", ending)
        held = copy_desk(source, target)
    return Backup(target, at.replace(microsecond=0), kind, held.orders)


def backups_in(folder: Path) -> list[Backup]:
    """Return the backups of a folder, told from their names, oldest first."""
    if not folder.is_dir():
        return []
    found = [backup for each in folder.iterdir() if (backup := _told_by_name(each))]
    return sorted(found, key=lambda each: (each.made_at, each.file))


def _told_by_name(file: Path) -> Backup | None:
    match = _NAME.fullmatch(file.name)
    if match is None:
        return None
    if match["what"] == "before-migration":
        kind = BackupKind.BEFORE_MIGRATION
    else:
        kind = BackupKind(match["kind"] or BackupKind.ON_DEMAND)
    try:
        made_at = datetime.strptime(match["stamp"], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(file, made_at, kind)


def rotate(folder: Path, now: datetime, zone: tzinfo) -> list[Backup]:
    """Remove what need not be kept any longer, and return it; call only after a good backup.

    A file that cannot be removed now is tried again after the next backup.
    """
    gone = superfluous(backups_in(folder), now, zone)
    for each in gone:
        with suppress(OSError):
            each.file.unlink(missing_ok=True)
    for left in folder.glob(f"*{UNFINISHED}"):
        begun = _told_by_name(left.with_name(left.name.removesuffix(UNFINISHED)))
        if begun and now - begun.made_at > _UNFINISHED_FOR:
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return gone


class BackupRows:
    """What the desk itself noted of its backups: where, when, how many orders."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, backup: Backup) -> None:
        """Note a backup that passed; outside undo."""
        with self._store.write():
            self._store.insert(
                "backups_made",
                {
                    "file": str(backup.file),
                    "made_at": columns.instant_text(backup.made_at),
                    "kind": backup.kind,
                    "ok": 1,
                    "orders": backup.orders or 0,
                },
            )

    def noted(self) -> Sequence[Backup]:
        """Return every backup that was noted, oldest first."""
        return [
            Backup(
                Path(row["file"]),
                columns.known_instant(row["made_at"]),
                BackupKind(row["kind"]),
                row["orders"],
            )
            for row in self._store.rows("SELECT * FROM backups_made WHERE ok = 1 ORDER BY id")
        ]
