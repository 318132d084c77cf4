"""Messages as received: every copy in every folder, taken in once, never forgotten."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from jeweler_desk.domain.mailbox import Flags, FolderReading, KnownFolder, ReceivedMessage, SeenCopy
from jeweler_desk.domain.message import Copy, FolderKind, Message
from jeweler_desk.store.columns import instant_text
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.mail_facts import facts_text, message_of


@dataclass(frozen=True, slots=True)
class MailTaken:
    """What readings brought, as whole numbers."""

    read: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    gone: int = 0

    @property
    def is_nothing_new(self) -> bool:
        """Whether everything is as it was."""
        return not (self.new or self.changed or self.moved or self.gone)


@dataclass(slots=True)
class _Tally:
    """Rows of messages by what happened to a copy of theirs."""

    read: int = 0
    new: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    arrived: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)


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
        """Return what earlier looks into an account left behind."""
        uids: defaultdict[int, list[int]] = defaultdict(list)
        for row in self._store.rows(
            "SELECT c.place_id, c.uid FROM mail_copies c JOIN mail_places p ON p.id = c.place_id"
            " WHERE p.origin = ? AND c.is_present = 1",
            [origin],
        ):
            uids[row["place_id"]].append(int(row["uid"]))
        return [
            KnownFolder(
                row["folder"],
                FolderKind(row["kind"]),
                row["uid_validity"],
                row["last_uid"],
                row["modseq"],
                tuple(sorted(uids[row["id"]])),
            )
            for row in self._store.rows("SELECT * FROM mail_places WHERE origin = ?", [origin])
        ]

    def all(self) -> list[Message]:
        """Return every message known, with the whereabouts of its copies."""
        copies = self._copies()
        in_inbox = (Copy(FolderKind.INBOX),)
        return [
            message_of(row, copies.get(row["id"], in_inbox))
            for row in self._store.rows(
                "SELECT id, message_id, received_at, from_name, from_address, subject, facts"
                " FROM mail_messages ORDER BY received_at, message_id"
            )
        ]

    def _copies(self) -> dict[int, tuple[Copy, ...]]:
        """Return each message's copies; equal sets are one object, which keeps the rules fast."""
        made: dict[tuple[str, str, int], Copy] = {}
        sets: dict[tuple[Copy, ...], tuple[Copy, ...]] = {}
        found: dict[int, tuple[Copy, ...]] = {}
        for row in self._store.rows(
            "SELECT c.message_id, p.kind, c.flags, c.is_present FROM mail_copies c"
            " JOIN mail_places p ON p.id = c.place_id ORDER BY c.message_id, p.kind, c.flags"
        ):
            message_id, kind, flags, is_present = row
            copy = made.get((kind, flags, is_present))
            if copy is None:
                copy = Copy(
                    FolderKind(kind), bool(is_present), "R" in flags, "D" in flags, "J" in flags
                )
                made[kind, flags, is_present] = copy
            copies = (*found.get(message_id, ()), copy)
            found[message_id] = sets.setdefault(copies, copies)
        return found

    def take_in(self, readings: list[FolderReading]) -> MailTaken:
        """Keep what readings brought and say what was new, changed, moved or gone."""
        tally = _Tally()
        for reading in readings:
            _Intake(self._store, reading, tally).run()
        touched = tally.lost | tally.arrived
        present = self._with_present_copy(touched)
        return MailTaken(
            read=tally.read,
            new=len(tally.new),
            changed=len(tally.changed - tally.new),
            moved=len(touched & present - tally.new),
            gone=len(tally.lost - present),
        )

    def _with_present_copy(self, rows: set[int]) -> set[int]:
        return {
            row_id
            for row_id in rows
            if self._store.one(
                "SELECT 1 FROM mail_copies WHERE message_id = ? AND is_present = 1", [row_id]
            )
        }


class _Intake:
    """Takes one reading of one folder in."""

    def __init__(self, store: Store, reading: FolderReading, tally: _Tally) -> None:
        self._store = store
        self._reading = reading
        self._tally = tally
        self._place = self._place_id()
        self._known: dict[str, Row] = {
            row["uid"]: row
            for row in store.rows("SELECT * FROM mail_copies WHERE place_id = ?", [self._place])
        }

    def run(self) -> None:
        """Take every copy, then notice which known ones are gone."""
        self._tally.read += len(self._reading.copies)
        for copy in self._reading.copies:
            if copy.received is None:
                self._note_flags(copy)
            else:
                self._take(copy, self._message_row(copy.received))
        self._notice_missing()
        self._forget_renumbered()

    def _place_id(self) -> int:
        reading = self._reading
        cells = {
            "kind": reading.kind.value,
            "uid_validity": reading.uid_validity,
            "last_uid": reading.last_uid,
            "modseq": reading.modseq,
        }
        found = self._store.one(
            "SELECT * FROM mail_places WHERE origin = ? AND folder = ?",
            [reading.origin, reading.folder],
        )
        if found is None:
            names = {"origin": reading.origin, "folder": reading.folder}
            return self._store.insert("mail_places", names | cells)
        if found["uid_validity"] != reading.uid_validity:
            self._store.run(
                "UPDATE mail_copies SET uid = 'renumbered ' || id, is_present = 0"
                " WHERE place_id = ? AND is_present = 1",
                [found["id"]],
            )
        self._store.update("mail_places", found["id"], cells)
        return int(found["id"])

    def _message_row(self, received: ReceivedMessage) -> int:
        """Return a message's row. Of copies that differ the earliest received speaks for all."""
        message = received.message
        at = instant_text(message.received_at) or ""
        found = self._store.one(
            "SELECT id, received_at, fingerprint FROM mail_messages WHERE message_id = ?",
            [message.message_id],
        )
        sender = message.sender
        cells = {
            "received_at": at,
            "fingerprint": received.fingerprint,
            "from_name": sender.name if sender else None,
            "from_address": sender.address if sender else None,
            "subject": message.subject,
            "facts": facts_text(message),
            "text": received.text,
        }
        if found is None:
            cells["message_id"] = message.message_id
            cells["person"] = (sender.name or sender.address) if sender else None
            row_id = self._store.insert("mail_messages", cells)
            self._tally.new.add(row_id)
            return row_id
        row_id = int(found["id"])
        if (at, received.fingerprint) < (found["received_at"], found["fingerprint"]):
            self._store.update("mail_messages", row_id, cells)
            self._tally.changed.add(row_id)
        return row_id

    def _take(self, copy: SeenCopy, message: int) -> None:
        known = self._known.get(copy.uid)
        if known is not None and known["message_id"] != message:
            self._put_away(known)
            known = None
        is_present = int(not copy.flags.is_expunged)
        cells: dict[str, str | int] = {
            "flags": _letters(copy.flags),
            "is_present": is_present,
            "signature": copy.signature,
        }
        if known is not None:
            self._change(known, cells)
            return
        if is_present and not self._lies_elsewhere(message):
            self._tally.arrived.add(message)
        ids = {"place_id": self._place, "uid": copy.uid, "message_id": message}
        self._store.insert("mail_copies", ids | cells)

    def _lies_elsewhere(self, message: int) -> bool:
        found = self._store.one(
            "SELECT 1 FROM mail_copies WHERE message_id = ? AND is_present = 1", [message]
        )
        return found is not None

    def _put_away(self, known: Row) -> None:
        """Another message took this one's place: its copy is gone, its name free."""
        cells = {"uid": f"gone {known['id']}", "is_present": 0}
        self._store.update("mail_copies", known["id"], cells)
        self._tally.lost.add(known["message_id"])

    def _change(self, known: Row, cells: dict[str, str | int]) -> None:
        if all(known[name] == value for name, value in cells.items()):
            return
        self._store.update("mail_copies", known["id"], cells)
        message = int(known["message_id"])
        if known["is_present"] != cells["is_present"]:
            (self._tally.arrived if cells["is_present"] else self._tally.lost).add(message)
        elif known["flags"] != cells["flags"]:
            self._tally.changed.add(message)

    def _note_flags(self, copy: SeenCopy) -> None:
        known = self._known.get(copy.uid)
        if known is not None:
            is_present = int(not copy.flags.is_expunged)
            self._change(known, {"flags": _letters(copy.flags), "is_present": is_present})

    def _notice_missing(self) -> None:
        reading = self._reading
        seen = {copy.uid for copy in reading.copies}
        missing = (self._known.keys() - seen) if reading.is_whole else set(reading.missing) - seen
        for uid in missing:
            known = self._known.get(uid)
            if known is not None and known["is_present"]:
                self._store.update("mail_copies", known["id"], {"is_present": 0})
                self._tally.lost.add(known["message_id"])

    def _forget_renumbered(self) -> None:
        """Keep one copy of a message found again under its new number."""
        renumbered = [row for uid, row in self._known.items() if uid.startswith("renumbered ")]
        for row in renumbered:
            again = self._store.one(
                "SELECT 1 FROM mail_copies"
                " WHERE place_id = ? AND message_id = ? AND is_present = 1",
                [self._place, row["message_id"]],
            )
            if again:
                self._store.run("DELETE FROM mail_copies WHERE id = ?", [row["id"]])
                self._tally.arrived.discard(row["message_id"])
            else:
                self._put_away(row)


def _letters(flags: Flags) -> str:
    pairs = ((flags.is_answered, "R"), (flags.is_draft, "D"), (flags.is_junk, "J"))
    return "".join(letter for is_set, letter in pairs if is_set)
