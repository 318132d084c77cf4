"""What each mail server was seen to be and to have, and which folders the seller wants read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from jeweler_desk.domain.freshness import AccountFreshness
from jeweler_desk.domain.mail_access import Hindrance
from jeweler_desk.domain.mailbox import AccountReading, FolderChoice, ListedFolder
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.reminder import Rung
from jeweler_desk.store.columns import instant, instant_text, known_instant
from jeweler_desk.store.database import Store


class MailServerFacts:
    """Rows of facts need an open transaction, those of the seller's word an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, reading: AccountReading) -> None:
        """Keep what a look showed of the server; a look that never got so far shows nothing."""
        if not reading.listed:
            return
        slow = reading.clock_slow_by
        seconds = int(slow.total_seconds()) if slow else None
        words = " ".join(reading.capabilities)
        kept = self._store.one(
            "SELECT capabilities, clock_slow_seconds FROM mail_server_facts WHERE address = ?",
            [reading.address],
        )
        brought_mail = any(folder.copies for folder in reading.folders)
        if kept is not None and seconds is None and not brought_mail:
            seconds = kept["clock_slow_seconds"]
        if kept is None or tuple(kept) != (words, seconds):
            self._store.run(
                "INSERT OR REPLACE INTO mail_server_facts"
                " (address, capabilities, clock_slow_seconds, seen_at) VALUES (?, ?, ?, ?)",
                [reading.address, words, seconds, instant_text(reading.looked_at)],
            )
        if list(reading.listed) != self.listed(reading.address):
            self._keep_listed(reading)

    def _keep_listed(self, reading: AccountReading) -> None:
        self._store.run("DELETE FROM mail_listed_folders WHERE address = ?", [reading.address])
        self._store.run_many(
            "INSERT OR IGNORE INTO mail_listed_folders (address, folder, kind, is_read)"
            " VALUES (?, ?, ?, ?)",
            [
                (reading.address, each.name, each.kind.value if each.kind else None, each.is_read)
                for each in reading.listed
            ],
        )

    def listed(self, address: str) -> list[ListedFolder]:
        """Return an account's folders as the last look saw them, in the server's order."""
        return [
            ListedFolder(
                row["folder"],
                FolderKind(row["kind"]) if row["kind"] else None,
                bool(row["is_read"]),
            )
            for row in self._store.rows(
                "SELECT * FROM mail_listed_folders WHERE address = ? ORDER BY rowid", [address]
            )
        ]

    def capabilities(self, address: str) -> frozenset[str]:
        """Return what a server says it can do."""
        row = self._store.one(
            "SELECT capabilities FROM mail_server_facts WHERE address = ?", [address]
        )
        return frozenset(row["capabilities"].split()) if row else frozenset()

    def freshness(self) -> tuple[AccountFreshness, ...]:
        """Return each account's last good look and the trouble since."""
        return tuple(
            AccountFreshness(
                row["address"],
                instant(row["looked_at"]),
                row["error"],
                known_instant(row["added_at"]),
                timedelta(seconds=slow) if (slow := row["clock_slow_seconds"]) else None,
                Hindrance(row["kind"]) if row["kind"] else None,
            )
            for row in self._store.rows(
                "SELECT a.address, a.added_at, l.looked_at, l.error, f.clock_slow_seconds, h.kind"
                " FROM mail_accounts a LEFT JOIN mail_looks l ON l.address = a.address"
                " LEFT JOIN mail_server_facts f ON f.address = a.address"
                " LEFT JOIN mail_hindrances h ON h.address = a.address ORDER BY a.id"
            )
        )

    def choices(self, address: str) -> list[FolderChoice]:
        """Return the seller's word on an account's folders."""
        return [
            FolderChoice(row["folder"], FolderKind(row["kind"]) if row["kind"] else None)
            for row in self._store.rows(
                "SELECT folder, kind FROM mail_folder_choices WHERE address = ? ORDER BY id",
                [address],
            )
        ]

    def choose(self, address: str, choice: FolderChoice) -> None:
        """Keep the seller's word on a folder."""
        self._store.run(
            "DELETE FROM mail_folder_choices WHERE address = ? AND folder = ?",
            [address, choice.folder],
        )
        kind = choice.kind.value if choice.kind else None
        self._store.insert(
            "mail_folder_choices", {"address": address, "folder": choice.folder, "kind": kind}
        )

    def note_found_first(self, told: Iterable[tuple[str, Rung]]) -> None:
        """Keep which letters an account's first look found, and how late they were then."""
        self._store.run_many(
            "INSERT OR IGNORE INTO mail_found_first (message_id, rung) VALUES (?, ?)",
            [(message_id, rung.value) for message_id, rung in told],
        )

    def never_seen(self) -> set[str]:
        """Return the accounts that were never seen whole yet."""
        return {each.address for each in self.freshness() if each.looked_at is None}
