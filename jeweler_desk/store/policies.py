"""Policies: their versions, each with the words and the window it was written with."""

from __future__ import annotations

from datetime import date, datetime

from jeweler_desk.domain.policy import (
    CountedFrom,
    NewPolicy,
    PolicyKind,
    PolicyVersion,
    kept_text,
)
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store


class PolicyRows:
    """Reads and adds versions; adding needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[PolicyVersion]:
        """Return every version, by kind and age, the oldest first."""
        rows = self._store.rows("SELECT * FROM policy_versions ORDER BY kind, version")
        return [_version(row) for row in rows]

    def kept_on(self, day: date, stamp: str | None = None) -> str | None:
        """Return the versions that an order placed on that day keeps."""
        versions = self.all()
        return kept_text(versions, day, stamp) if versions else stamp

    def add(self, new: NewPolicy, version: int, at: datetime) -> None:
        """Add a version."""
        record = {
            "kind": new.kind,
            "version": version,
            "in_force_from": columns.day_text(new.in_force_from),
            "text": new.text,
            "short_form": new.short_form,
            "window_days": new.window_days,
            "counted_from": new.counted_from,
            "worn_percent": new.worn_percent,
            "damaged_percent": new.damaged_percent,
            "added_at": columns.instant_text(at),
        }
        self._store.insert("policy_versions", record)


def _version(row: Row) -> PolicyVersion:
    said = NewPolicy(
        kind=PolicyKind(row["kind"]),
        text=row["text"],
        in_force_from=date.fromisoformat(row["in_force_from"]),
        short_form=row["short_form"],
        window_days=row["window_days"],
        counted_from=CountedFrom(row["counted_from"]) if row["counted_from"] else None,
        worn_percent=row["worn_percent"],
        damaged_percent=row["damaged_percent"],
    )
    return PolicyVersion(row["version"], said, columns.known_instant(row["added_at"]))
