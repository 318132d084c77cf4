"""What the seller was told, when a notice popped up, and what the clock showed; outside undo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from jeweler_desk.domain.reminder import Notice, Rung
from jeweler_desk.store import columns
from jeweler_desk.store.database import Store

Mark = tuple[str, Rung]
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """The highest instant that the clock ever showed, and the zone in force then."""

    highest: datetime
    zone: str


class Notices:
    """Remembers shown notices, so that none comes twice, not after a restart either."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def told(self) -> dict[Mark, datetime]:
        """Return what was told and when; of what was late when its account was new, long ago."""
        found = dict.fromkeys(
            (
                (row["message_id"], Rung(row["rung"]))
                for row in self._store.rows("SELECT message_id, rung FROM mail_found_first")
            ),
            _LONG_AGO,
        )
        for row in self._store.rows("SELECT message_id, rung, shown_at FROM notices"):
            found[row["message_id"], Rung(row["rung"])] = columns.known_instant(row["shown_at"])
        return found

    def put_off(self) -> dict[Mark, datetime]:
        """Return what was put off, and until when."""
        return {
            (row["message_id"], Rung(row["rung"])): columns.known_instant(row["until"])
            for row in self._store.rows("SELECT message_id, rung, until FROM reminder_put_off")
        }

    def shown_since(self, moment: datetime) -> list[datetime]:
        """Return when notices popped up since an instant."""
        rows = self._store.rows(
            "SELECT shown_at FROM reminder_pop_ups WHERE shown_at >= ?",
            [columns.instant_text(moment)],
        )
        return [columns.known_instant(row["shown_at"]) for row in rows]

    def remember(self, notice: Notice, shown_at: datetime) -> None:
        """Note that a notice was told, and that it popped up if it could."""
        at = columns.instant_text(shown_at)
        with self._store.write():
            self._store.run_many(
                "INSERT INTO notices (message_id, rung, shown_at) VALUES (?, ?, ?)"
                " ON CONFLICT (message_id, rung) DO UPDATE SET shown_at = excluded.shown_at",
                [(each, rung.value, at) for each, rung in notice.told],
            )
            self._store.run_many(
                "DELETE FROM reminder_put_off WHERE message_id = ? AND rung = ?",
                [(each, rung.value) for each, rung in notice.told],
            )
            if notice.pops_up:
                self._store.insert(
                    "reminder_pop_ups",
                    {"shown_at": at, "title": notice.title, "text": notice.text},
                )

    def remember_later(self, marks: Iterable[Mark], until: datetime) -> None:
        """Note that these are to be told again."""
        with self._store.write():
            self._store.run_many(
                "INSERT OR REPLACE INTO reminder_put_off (message_id, rung, until)"
                " VALUES (?, ?, ?)",
                [(each, rung.value, columns.instant_text(until)) for each, rung in marks],
            )

    def clock_seen(self) -> ClockSeen | None:
        """Return what is remembered of the clock."""
        row = self._store.one("SELECT highest, zone FROM reminder_clock")
        return ClockSeen(columns.known_instant(row["highest"]), row["zone"]) if row else None

    def remember_clock(self, seen: ClockSeen) -> None:
        """Remember the clock."""
        with self._store.write():
            self._store.run(
                "INSERT OR REPLACE INTO reminder_clock (id, highest, zone) VALUES (1, ?, ?)",
                [columns.instant_text(seen.highest), seen.zone],
            )
