"""Which emails the seller was told of, and when a notice was shown; facts outside undo."""

from __future__ import annotations

from datetime import datetime

from jeweler_desk.domain.reminder import Notice, Rung
from jeweler_desk.store import columns
from jeweler_desk.store.database import Store


class Notices:
    """Remembers shown notices, so that none comes twice, not after a restart either."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def told(self) -> list[tuple[str, Rung]]:
        """Return every email and rung that was told, or was late when its account was new."""
        rows = self._store.rows(
            "SELECT message_id, rung FROM notices"
            " UNION SELECT message_id, rung FROM mail_found_first"
        )
        return [(row["message_id"], Rung(row["rung"])) for row in rows]

    def shown_since(self, moment: datetime) -> list[datetime]:
        """Return when notices were shown since an instant, each grouped notice once."""
        rows = self._store.rows(
            "SELECT DISTINCT shown_at FROM notices WHERE shown_at >= ?",
            [columns.instant_text(moment)],
        )
        return [columns.known_instant(row["shown_at"]) for row in rows]

    def remember(self, notice: Notice, shown_at: datetime) -> None:
        """Note that a notice was shown."""
        with self._store.write():
            self._store.run_many(
                "INSERT OR IGNORE INTO notices (message_id, rung, shown_at) VALUES (?, ?, ?)",
                [(each, rung, columns.instant_text(shown_at)) for each, rung in notice.told],
            )
