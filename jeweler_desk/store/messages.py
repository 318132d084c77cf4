"""Messages as received: every copy in every folder, taken in once, never forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.mail_portions import Portion
from jeweler_desk.domain.mailbox import FolderReading, KnownFolder, ReceivedMessage, WantedLetter
from jeweler_desk.domain.message import Copy, FolderKind, Message
from jeweler_desk.domain.uid_set import uid_set
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.mail_facts import facts_text, message_of
from jeweler_desk.store.mail_intake import (
    AT_ONCE,
    FolderIntake,
    Tally,
    copy_of,
    forget_renumbered,
    lying_somewhere,
    take_numbers,
)

_MOST_WANTED: Final = 200


_CopySets = dict[tuple[Copy, ...], tuple[Copy, ...]]


@dataclass(frozen=True, slots=True)
class MailTaken:
    """What readings brought, as whole numbers."""

    read: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    gone: int = 0
    worded: int = 0

    @property
    def is_nothing_new(self) -> bool:
        """Whether everything is as it was."""
        return not (self.new or self.changed or self.moved or self.gone)

    @property
    def asks_for_judging(self) -> bool:
        """Whether something came that a clock may depend on, words of a known letter too."""
        return bool(self.worded) or not self.is_nothing_new


class Messages:
    """Takes readings in and gives messages back; writing needs an open transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def signatures(self, origin: str, folder: str) -> dict[str, str]:
        """Return the copies known to lie in a folder, with their signatures."""
        rows = self._store.rows(
            "SELECT uid, signature FROM mail_copies WHERE is_present = 1 AND place_id ="
            " (SELECT id FROM mail_places WHERE origin = ? AND folder = ?)",
            [origin, folder],
        )
        return {row["uid"]: row["signature"] for row in rows}

    def known_folders(self, origin: str) -> list[KnownFolder]:
        """Return what earlier looks into an account left behind, and the seller's word on it."""
        wanted = self._wanted(origin)
        choices = {
            row["folder"]: row["kind"]
            for row in self._store.rows(
                "SELECT folder, kind FROM mail_folder_choices WHERE address = ?", [origin]
            )
        }
        found: list[KnownFolder] = []
        for row in self._store.rows(
            "SELECT p.*, c.uid_set, c.message_count FROM mail_places p"
            " LEFT JOIN mail_place_counts c ON c.place_id = p.id WHERE p.origin = ?",
            [origin],
        ):
            folder = row["folder"]
            is_told, chosen = folder in choices, choices.pop(folder, None)
            found.append(
                KnownFolder(
                    folder,
                    FolderKind(chosen or row["kind"]),
                    row["uid_validity"],
                    row["last_uid"],
                    row["modseq"],
                    self._uid_set(row),
                    row["message_count"],
                    tuple(wanted.get(row["id"], ())),
                    is_chosen=chosen is not None,
                    is_left=is_told and chosen is None,
                )
            )
        for folder, kind in choices.items():
            chosen_kind = FolderKind(kind or FolderKind.ARCHIVE)
            found.append(
                KnownFolder(
                    folder, chosen_kind, None, None, None,
                    is_chosen=kind is not None, is_left=kind is None,
                )
            )  # fmt: skip
        return found

    def _uid_set(self, place: Row) -> str:
        """Return the numbers that lie in a folder; of a desk from before they were counted, now."""
        if place["uid_set"] is not None:
            return str(place["uid_set"])
        return uid_set(
            self._store.ids(
                "SELECT CAST(uid AS INTEGER) FROM mail_copies"
                " WHERE place_id = ? AND is_present = 1 AND uid NOT LIKE 'renumbered %'",
                [place["id"]],
            )
        )

    def _wanted(self, origin: str) -> dict[int, list[WantedLetter]]:
        """Return by folder the letters that wait the longest, and whether their words were read."""
        keys = [
            row["key"]
            for state in ("waiting", "soft")
            for row in self._store.rows(
                "SELECT key FROM mail_conversations WHERE clock = ? ORDER BY due_at LIMIT ?",
                [state, _MOST_WANTED],
            )
        ]
        marks = ",".join("?" * len(keys))
        found: dict[int, list[WantedLetter]] = {}
        for row in self._store.rows(
            "SELECT c.place_id, c.uid, m.message_id, u.extent"
            " FROM mail_messages m"
            " CROSS JOIN mail_copies c ON c.message_id = m.id AND c.is_present = 1"
            " CROSS JOIN mail_places p ON p.id = c.place_id AND p.origin = ?"
            " LEFT JOIN mail_unopened u ON u.message_id = m.id"
            f" WHERE m.conversation IN ({marks}) AND m.direction = 'in'",
            [origin, *keys],
        ):
            if row["uid"].isdigit():
                letter = WantedLetter(int(row["uid"]), row["message_id"], row["extent"] == "head")
                found.setdefault(row["place_id"], []).append(letter)
        return found

    def place_of(self, message_id: str) -> tuple[str, str, int, int] | None:
        """Return where a copy of a message lies on a server: account, folder, validity, number.

        None where it was read from a file, or lies nowhere any more, or was read whole.
        """
        row = self._store.one(
            "SELECT p.origin, p.folder, p.uid_validity, c.uid FROM mail_messages m"
            " JOIN mail_unopened u ON u.message_id = m.id"
            " JOIN mail_copies c ON c.message_id = m.id AND c.is_present = 1"
            " AND c.uid NOT LIKE 'renumbered %'"
            " JOIN mail_places p ON p.id = c.place_id AND p.uid_validity IS NOT NULL"
            " WHERE m.message_id = ? ORDER BY p.kind = 'junk', c.id LIMIT 1",
            [message_id],
        )
        if row is None or not row["uid"].isdigit():
            return None
        return row["origin"], row["folder"], row["uid_validity"], int(row["uid"])

    def whereabouts(self, message_id: str) -> list[tuple[str, str, int | None, str]]:
        """Return where copies of a message lie: origin, folder, validity (files: None), number."""
        rows = self._store.rows(
            "SELECT p.origin, p.folder, p.uid_validity, c.uid FROM mail_messages m"
            " JOIN mail_copies c ON c.message_id = m.id AND c.is_present = 1"
            " AND c.uid NOT LIKE 'renumbered %'"
            " JOIN mail_places p ON p.id = c.place_id"
            " WHERE m.message_id = ? ORDER BY p.uid_validity IS NULL DESC, p.kind = 'junk', c.id",
            [message_id],
        )
        return [(row["origin"], row["folder"], row["uid_validity"], row["uid"]) for row in rows]

    def unopened(self, message_ids: Sequence[str]) -> set[str]:
        """Return those of some messages whose words were not read, or not to their end."""
        marks = ",".join("?" * len(message_ids))
        rows = self._store.rows(
            "SELECT m.message_id FROM mail_unopened u JOIN mail_messages m ON m.id = u.message_id"
            f" WHERE m.message_id IN ({marks})",
            message_ids,
        )
        return {row["message_id"] for row in rows}

    def open(self, message_id: str, received: ReceivedMessage) -> bool:
        """Keep a message's whole words; False for an unknown one. Needs an open transaction."""
        row = self._store.one("SELECT id FROM mail_messages WHERE message_id = ?", [message_id])
        if row is None:
            return False
        cells = {"facts": facts_text(received.message), "text": received.text}
        self._store.update("mail_messages", row["id"], cells)
        self._store.run("DELETE FROM mail_unopened WHERE message_id = ?", [row["id"]])
        return True

    def all(self) -> list[Message]:
        """Return every message known, with the whereabouts of its copies."""
        copies = self._copies({})
        in_inbox = (Copy(FolderKind.INBOX),)
        return [
            message_of(row, copies.get(row["id"], in_inbox))
            for row in self._store.rows(
                "SELECT id, message_id, received_at, from_name, from_address, subject, facts"
                " FROM mail_messages ORDER BY received_at, message_id"
            )
        ]

    def blocks(self, size: int) -> Iterator[dict[int, Message]]:
        """Yield every message by its row, the first rows first; what comes meanwhile is left out.

        Each block is read when it is asked for.
        """
        last = self._store.one("SELECT max(id) AS id FROM mail_messages")
        end, start = int((last["id"] if last else 0) or 0), 0
        sets: _CopySets = {}
        in_inbox = (Copy(FolderKind.INBOX),)
        while start < end:
            rows = self._store.rows(
                "SELECT id, message_id, received_at, from_name, from_address, subject, facts"
                " FROM mail_messages WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
                [start, end, size],
            )
            if not rows:
                return
            copies = self._copies(sets, (start, rows[-1]["id"]))
            start = rows[-1]["id"]
            yield {row["id"]: message_of(row, copies.get(row["id"], in_inbox)) for row in rows}

    def _copies(
        self, sets: _CopySets, between: tuple[int, int] | None = None
    ) -> dict[int, tuple[Copy, ...]]:
        """Return each message's copies; equal sets are one object, which keeps the rules fast."""
        found: dict[int, tuple[Copy, ...]] = {}
        among = "" if between is None else " WHERE c.message_id > ? AND c.message_id <= ?"
        for row in self._store.rows(
            "SELECT c.message_id, p.kind, c.flags, c.is_present FROM mail_copies c"
            f" JOIN mail_places p ON p.id = c.place_id{among}"
            " ORDER BY c.message_id, p.kind, c.flags",
            between or (),
        ):
            message_id, kind, flags, is_present = row
            copies = (*found.get(message_id, ()), copy_of(kind, flags, is_present))
            found[message_id] = sets.setdefault(copies, copies)
        return found

    def take_in(self, readings: list[FolderReading]) -> MailTaken:
        """Keep what readings brought and say what was new, changed, moved or gone."""
        taking = self.taking()
        for reading in readings:
            taking.add(Portion(reading, is_last=True))
        for origin in {reading.origin for reading in readings}:
            while taking.forget_renumbered(origin):
                pass
        return taking.taken()

    def taking(self) -> Taking:
        """Begin to take in what one look brought, portion by portion."""
        return Taking(self._store)

    def lying_at(self, origin: str, message_ids: Sequence[str]) -> set[str]:
        """Return those of some messages of which a copy lies in a folder of an account."""
        found: set[str] = set()
        for start in range(0, len(message_ids), AT_ONCE):
            block = message_ids[start : start + AT_ONCE]
            marks = ",".join("?" * len(block))
            rows = self._store.rows(
                "SELECT DISTINCT m.message_id FROM mail_messages m"
                " JOIN mail_copies c ON c.message_id = m.id AND c.is_present = 1"
                " JOIN mail_places p ON p.id = c.place_id AND p.origin = ?"
                f" WHERE m.message_id IN ({marks})",
                [origin, *block],
            )
            found.update(row["message_id"] for row in rows)
        return found


class Taking:
    """One look being taken in; each act needs an open transaction, and any may be the last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tally = Tally()

    def take_numbers(self, reading: FolderReading) -> bool:
        """Make room where a folder was numbered anew; True while more is to be done."""
        return take_numbers(self._store, reading)

    def add(self, portion: Portion) -> None:
        """Keep what a portion brought."""
        FolderIntake(self._store, portion.reading, self._tally, is_last=portion.is_last).run()

    def forget_renumbered(self, origin: str) -> bool:
        """Let go of old numbers once all folders were read; True while more is to be done."""
        return forget_renumbered(self._store, origin, self._tally)

    def taken(self) -> MailTaken:
        """Say what was new, changed, moved or gone."""
        tally = self._tally
        touched = tally.lost | (tally.arrived - tally.new)
        present = lying_somewhere(self._store, touched)
        return MailTaken(
            read=tally.read,
            new=len(tally.new),
            changed=len(tally.changed - tally.new),
            moved=len(touched & present - tally.new),
            gone=len(tally.lost - present),
            worded=len(tally.worded),
        )
