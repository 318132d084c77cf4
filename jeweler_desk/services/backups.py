"""Backups: making verified copies, knowing how old the last is, putting one back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jeweler_desk.domain.backup import Backup, BackupKind, latest, restorable_text
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.backup import BackupRows, back_up, backups_folder, backups_in, rotate
from jeweler_desk.store.desk_lock import own_folder
from jeweler_desk.store.restoring import look_into, restore


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back; ``replaced`` is the folder that keeps what stood there before."""

    file: Path
    orders: int
    replaced: Path | None


class Backups:
    """The copies of one desk. ``desk_file`` is None for a desk in memory, which has none."""

    def __init__(
        self, rows: BackupRows, settings: Settings, clock: Clock, desk_file: Path | None
    ) -> None:
        self._rows = rows
        self._settings = settings
        self._clock = clock
        self._desk_file = desk_file
        self.to_put_back: Path | None = None
        """The backup that takes the desk's place as soon as the desk is closed."""

    def back_up_job(
        self, kind: BackupKind = BackupKind.ON_DEMAND, folder: Path | None = None
    ) -> Callable[[], Backup]:
        """Return the work of making one backup, for a worker; its result goes to `record`.

        Without a folder it stands among the desk's own. Those that make themselves are rotated
        after a good one. The work raises `RefusedError` when no good copy could be made.
        """
        desk_file = self._desk_file
        if desk_file is None:
            raise RefusedError("This desk is only in memory: there is no file to copy.")
        now, zone = self._clock.now(), ZoneInfo(self._settings.timezone())
        target = backups_folder(desk_file) if folder is None else folder.absolute()

        def work() -> Backup:
            made = back_up(desk_file, target, kind, now)
            if kind is not BackupKind.ON_DEMAND:
                rotate(target, now, zone)
            return made

        return work

    def record(self, made: Backup) -> Changes:
        """Note a backup that was made; outside undo."""
        self._rows.note(made)
        return frozenset({Topic.BACKUPS})

    def back_up(
        self, kind: BackupKind = BackupKind.ON_DEMAND, folder: Path | None = None
    ) -> Backup:
        """Make and note a backup at once."""
        made = self.back_up_job(kind, folder)()
        self.record(made)
        return made

    def back_up_at_closing(self) -> Backup | None:
        """Make the backup of the day's end; a desk in memory has none."""
        return self.back_up(BackupKind.CLOSING) if self._desk_file else None

    def kept(self) -> list[Backup]:
        """Return the backups that are there to be restored, newest first."""
        noted = {each.file: each for each in self._rows.noted()}
        here = backups_in(backups_folder(self._desk_file)) if self._desk_file else []
        own = {each.file for each in here}
        found = [noted.get(each.file, each) for each in here]
        found += [each for file, each in noted.items() if file not in own and file.is_file()]
        return sorted(found, key=lambda each: each.made_at, reverse=True)

    def last(self) -> Backup | None:
        """Return the newest backup that passed, wherever it was put; None when there is none."""
        here = backups_in(backups_folder(self._desk_file)) if self._desk_file else []
        # Those noted first: of two of one instant they know more.
        return latest([*self._rows.noted(), *here], self._clock.now())

    def last_backup_at(self) -> datetime | None:
        """Return when the newest backup that passed was made."""
        found = self.last()
        return found.made_at if found else None

    def is_daily_due(self, now: datetime) -> bool:
        """Whether the shop's day of that instant has no backup yet."""
        if self._desk_file is None:
            return False
        day = self._settings.local(now).date()
        return all(
            self._settings.local(each.made_at).date() != day
            for each in [*self._rows.noted(), *backups_in(backups_folder(self._desk_file))]
        )

    def said(self, backup: Backup) -> str:
        """Say what a backup is good for: ``restorable, 12,340 orders, 3 minutes ago``."""
        return restorable_text(backup, self._clock.now())

    def put_back_when_closed(self, file: Path) -> None:
        """Have a backup that was looked into put back by who opened the desk, once it closed."""
        if self._desk_file is None:
            raise RefusedError("This desk is only in memory: no backup can take its place.")
        self.to_put_back = file

    @staticmethod
    def look_into(file: Path) -> int:
        """Check a backup and return how many orders it holds, before it is put back.

        Raises `RefusedError` when it is not fit to be restored.
        """
        return look_into(file).orders


def restore_desk(desk_file: Path, file: Path, clock: Clock, *, is_owner: bool = False) -> Restored:
    """Put a backup in the desk's place; what stood there before is kept.

    The desk must be closed. ``is_owner`` tells that the caller holds its lock already. Raises
    `RefusedError`, nothing being changed, when the file is no sound backup or the desk is open.
    """
    orders = look_into(file).orders
    with nullcontext() if is_owner else closing(own_folder(desk_file.parent)):
        replaced = restore(file, desk_file, clock.now())
    return Restored(file, orders, replaced)
