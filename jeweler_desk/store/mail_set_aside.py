"""Messages that could not be read: kept as long as they lie where they were found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from jeweler_desk.domain.mailbox import FolderReading, SetAside, UnreadableMessage
from jeweler_desk.store.columns import instant, instant_text, known_instant
from jeweler_desk.store.database import Store

_MOST_TRIED: Final = 50
"""So many of a folder are tried again in a look, the newest first."""


class MailSetAside:
    """`note` needs an open transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[UnreadableMessage]:
        """Return every one that lies there still, the one found last first."""
        return [
            UnreadableMessage(
                row["id"],
                row["origin"],
                row["folder"],
                row["file"],
                row["reason"],
                instant(row["came_at"]),
                known_instant(row["seen_at"]),
            )
            for row in self._store.rows("SELECT * FROM mail_set_aside ORDER BY id DESC")
        ]

    def to_try(self, origin: str) -> dict[str, tuple[int, ...]]:
        """Return by folder the numbers on a server that are worth another try."""
        found: dict[str, list[int]] = {}
        for row in self._store.rows(
            "SELECT s.folder, s.uid FROM mail_set_aside s JOIN mail_places p"
            " ON p.origin = s.origin AND p.folder = s.folder"
            " AND p.uid_validity = s.uid_validity WHERE s.origin = ? ORDER BY s.id DESC",
            [origin],
        ):
            found.setdefault(row["folder"], []).append(int(row["uid"]))
        return {folder: tuple(sorted(uids[:_MOST_TRIED])) for folder, uids in found.items()}

    def note(self, reading: FolderReading, at: datetime) -> list[SetAside]:
        """Keep what a reading could not read, let go what it could or what is gone; tell new ones.

        A folder of files is read whole: what is not set aside any more was read, or is gone.
        """
        place = [reading.origin, reading.folder]
        known = {
            row["uid"]: row["id"]
            for row in self._store.rows(
                "SELECT id, uid, uid_validity FROM mail_set_aside"
                " WHERE origin = ? AND folder = ? AND uid_validity IS ?",
                [*place, reading.uid_validity],
            )
        }
        aside = {each.uid or each.file: each for each in reading.set_aside}
        if reading.is_whole:
            left = known.keys() - aside.keys()
        else:
            seen = {*reading.missing, *(copy.uid for copy in reading.copies)}
            left = known.keys() & (seen - aside.keys())
        self._forget(known[uid] for uid in left)
        if reading.uid_validity is not None:
            self._store.run(
                "DELETE FROM mail_set_aside"
                " WHERE origin = ? AND folder = ? AND uid_validity IS NOT ?",
                [*place, reading.uid_validity],
            )
        fresh = {uid: each for uid, each in aside.items() if uid not in known}
        self._store.run_many(
            "INSERT INTO mail_set_aside"
            " (origin, folder, uid_validity, uid, file, reason, came_at, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *place, reading.uid_validity, uid, each.file, each.reason,
                    instant_text(each.at) if each.at else None, instant_text(at),
                )
                for uid, each in fresh.items()
            ],
        )  # fmt: skip
        return list(fresh.values())

    def _forget(self, ids: Iterable[int]) -> None:
        self._store.run_many("DELETE FROM mail_set_aside WHERE id = ?", [(each,) for each in ids])
