"""Backups as values: what kinds there are, which are kept, how one is told in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Final

DAYS_KEPT: Final = 14
WEEKS_KEPT: Final = 8
BEFORE_MIGRATION_KEPT: Final = timedelta(days=90)
# A clock that was wrong for a while must not hide how old the last backup really is.
_MOST_AHEAD: Final = timedelta(hours=24)


class BackupKind(StrEnum):
    """Why a backup was made; only those that make themselves are ever rotated out."""

    ON_DEMAND = "on_demand"
    DAILY = "daily"
    CLOSING = "closing"
    BEFORE_MIGRATION = "before_migration"


_ROTATED: Final = frozenset({BackupKind.DAILY, BackupKind.CLOSING})


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy of the desk; ``orders`` is None where only the file's name is known."""

    file: Path
    made_at: datetime
    kind: BackupKind
    orders: int | None = None


def superfluous(backups: Collection[Backup], now: datetime, zone: tzinfo) -> list[Backup]:
    """Return the backups that rotation lets go of, oldest first.

    Kept are: those on demand, always; those before a migration, 90 days; of the others the newest
    of each of the 14 latest days and of each of the 8 latest weeks that have one, by the shop's
    own days, and today's first too, so that an evening gone wrong does not cost the morning. Days
    without a backup do not count, so a long holiday costs none of them; neither do those that a
    wrong clock dated ahead, so they push no real one out.
    """
    rotated = sorted(
        (each for each in backups if each.kind in _ROTATED and not _is_ahead(each, now)),
        key=lambda each: each.made_at,
    )
    days = {each.made_at.astimezone(zone).date(): each for each in rotated}
    weeks = {day.isocalendar()[:2]: each for day, each in days.items()}
    kept = {days[day].file for day in sorted(days)[-DAYS_KEPT:]}
    kept |= {weeks[week].file for week in sorted(weeks)[-WEEKS_KEPT:]}
    today = now.astimezone(zone).date()
    of_today = [each.file for each in rotated if each.made_at.astimezone(zone).date() == today]
    kept |= set(of_today[:1])
    aged = [
        each
        for each in backups
        if each.kind is BackupKind.BEFORE_MIGRATION and now - each.made_at > BEFORE_MIGRATION_KEPT
    ]
    gone = [each for each in rotated if each.file not in kept]
    return sorted([*gone, *aged], key=lambda each: each.made_at)


def latest(backups: Iterable[Backup], now: datetime) -> Backup | None:
    """Return the newest backup; one more than a day in the future is a wrong clock's, left out."""
    return max(
        (each for each in backups if not _is_ahead(each, now)),
        key=lambda each: each.made_at,
        default=None,
    )


def _is_ahead(backup: Backup, now: datetime) -> bool:
    return backup.made_at - now > _MOST_AHEAD


def age_text(span: timedelta) -> str:
    """Write how long ago: ``just now``, ``3 minutes ago``, ``1 hour ago``, ``12 days ago``."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    hours, days = minutes // 60, minutes // (24 * 60)
    if not hours:
        return _ago(minutes, "minute")
    return _ago(days, "day") if days >= 2 else _ago(hours, "hour")  # noqa: PLR2004 - two days


def _ago(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"


def restorable_text(backup: Backup, now: datetime) -> str:
    """Write what a backup is good for: ``restorable, 12,340 orders, 3 minutes ago``."""
    age = age_text(now - backup.made_at)
    if backup.orders is None:
        return f"restorable, {age}"
    noun = "order" if backup.orders == 1 else "orders"
    return f"restorable, {backup.orders:,} {noun}, {age}"
