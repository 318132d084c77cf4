"""Takes readings of folders in: many messages in few statements, each copy once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeVar

from jeweler_desk.domain.mailbox import Extent, Flags, FolderReading, ReceivedMessage, SeenCopy
from jeweler_desk.domain.message import Copy, FolderKind
from jeweler_desk.domain.uid_set import uid_set
from jeweler_desk.store.columns import instant_text
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.mail_facts import facts_text

T = TypeVar("T")
AT_ONCE: Final = 500
_RENUMBERED_AT_ONCE: Final = 2000
_RANKS: Final = {Extent.HEAD: 0, Extent.BEGIN: 1, Extent.WHOLE: 2}
_FACTS: Final = ("from_name", "from_address", "subject", "facts", "text")
_WITHOUT_WORDS: Final = "INSERT OR REPLACE INTO mail_unopened (message_id, extent) VALUES (?, ?)"


@dataclass(slots=True)
class Tally:
    """Rows of messages by what happened to a copy of theirs."""

    read: int = 0
    new: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    arrived: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    worded: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Kept:
    """What is kept of a message: of copies that differ the earliest received speaks for all."""

    row_id: int
    at: str
    fingerprint: str
    rank: int


class FolderIntake:
    """Takes one reading of one folder in; needs an open transaction.

    ``is_last``: no other portion of the same reading follows.
    """

    def __init__(
        self, store: Store, reading: FolderReading, tally: Tally, *, is_last: bool = True
    ) -> None:
        self._store = store
        self._reading = reading
        self._tally = tally
        self._is_last = is_last
        self._place = self._place_id()
        self._messages = self._kept_messages()
        self._present = self._lying_somewhere(each.row_id for each in self._messages.values())
        self._known = self._known_copies()
        self._new_copies: list[tuple[int, str, int, str, int, str]] = []

    def run(self) -> None:
        """Take every copy, then notice which known ones are gone."""
        reading = self._reading
        self._tally.read += len(reading.copies)
        rows = self._take_messages()
        for copy in reading.copies:
            if copy.received is None:
                self._note_flags(copy)
            else:
                self._take(copy, rows[copy.received.message.message_id])
        self._store.run_many(
            "INSERT INTO mail_copies (place_id, uid, message_id, flags, is_present, signature)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            self._new_copies,
        )
        self._notice_missing()
        if reading.uid_validity is not None and self._is_last:
            count_copies(self._store, self._place, reading)

    # ---- the folder

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
        place = int(found["id"])
        if reading.uid_validity is not None and reading.last_uid is None:
            return place
        if found["uid_validity"] != reading.uid_validity:
            while take_numbers(self._store, reading):
                pass
        if not self._is_last:
            # What changed since an earlier look is told with the last portion only; until then the
            # numbers that lie here are counted when they are asked for.
            cells["last_uid"] = self._farthest(found)
            if found["uid_validity"] == reading.uid_validity:
                del cells["modseq"]
            self._store.run("DELETE FROM mail_place_counts WHERE place_id = ?", [place])
        self._store.update("mail_places", place, cells)
        return place

    def _farthest(self, place: Row) -> int | None:
        """Return how far a folder is read with a portion of old and new numbers."""
        last, known = self._reading.last_uid, place["last_uid"]
        if place["uid_validity"] != self._reading.uid_validity or known is None or last is None:
            return last
        return max(last, int(known))

    # ---- messages

    def _kept_messages(self) -> dict[str, _Kept]:
        ids = [
            copy.received.message.message_id
            for copy in self._reading.copies
            if copy.received is not None
        ]
        found: dict[str, _Kept] = {}
        for block, marks in _blocks(list(dict.fromkeys(ids))):
            for row in self._store.rows(
                "SELECT m.id, m.message_id, m.received_at, m.fingerprint, u.extent"
                " FROM mail_messages m LEFT JOIN mail_unopened u ON u.message_id = m.id"
                f" WHERE m.message_id IN ({marks})",
                block,
            ):
                rank = _RANKS[Extent(row["extent"] or Extent.WHOLE)]
                found[row["message_id"]] = _Kept(
                    row["id"], row["received_at"], row["fingerprint"], rank
                )
        return found

    def _take_messages(self) -> dict[str, int]:
        """Keep the messages; returns their rows by Message-ID."""
        last = self._store.one("SELECT max(id) AS id FROM mail_messages")
        next_id = int((last["id"] if last else 0) or 0) + 1
        added: dict[int, tuple[str | int | None, ...]] = {}
        unopened: dict[int, str] = {}
        for copy in self._reading.copies:
            received = copy.received
            if received is None:
                continue
            message_id = received.message.message_id
            kept = self._messages.get(message_id)
            if kept is not None and kept.row_id in added:
                self._flush(added, unopened)
            if kept is not None:
                self._renew(kept, received)
                continue
            rank = _RANKS[received.extent]
            at = instant_text(received.message.received_at) or ""
            self._messages[message_id] = _Kept(next_id, at, received.fingerprint, rank)
            added[next_id] = (next_id, message_id, *_cells(received), at, received.fingerprint)
            if received.extent is not Extent.WHOLE:
                unopened[next_id] = received.extent.value
            self._tally.new.add(next_id)
            next_id += 1
        self._flush(added, unopened)
        return {message_id: kept.row_id for message_id, kept in self._messages.items()}

    def _flush(
        self, added: dict[int, tuple[str | int | None, ...]], unopened: dict[int, str]
    ) -> None:
        names = ", ".join(("id", "message_id", *_FACTS, "person", "received_at", "fingerprint"))
        marks = ", ".join("?" * 10)
        self._store.run_many(
            f"INSERT INTO mail_messages ({names}) VALUES ({marks})", list(added.values())
        )
        self._store.run_many(_WITHOUT_WORDS, list(unopened.items()))
        added.clear()
        unopened.clear()

    def _renew(self, kept: _Kept, received: ReceivedMessage) -> None:
        """Let a copy speak that came earlier, or of which more was read."""
        at = instant_text(received.message.received_at) or ""
        rank = _RANKS[received.extent]
        is_earlier = (at, received.fingerprint) < (kept.at, kept.fingerprint)
        speaks = rank > kept.rank or (is_earlier and rank == kept.rank)
        if not (is_earlier or speaks):
            return
        cells: dict[str, str | int | None] = {}
        if is_earlier:
            kept.at, kept.fingerprint = at, received.fingerprint
            cells |= {"received_at": at, "fingerprint": received.fingerprint}
        if speaks:
            cells |= dict(zip(_FACTS, _cells(received), strict=False))
            self._note_extent(kept.row_id, received.extent)
            kept.rank = rank
        self._store.update("mail_messages", kept.row_id, cells)
        (self._tally.changed if is_earlier else self._tally.worded).add(kept.row_id)

    def _note_extent(self, row_id: int, extent: Extent) -> None:
        if extent is Extent.WHOLE:
            self._store.run("DELETE FROM mail_unopened WHERE message_id = ?", [row_id])
        else:
            self._store.run(_WITHOUT_WORDS, [row_id, extent.value])

    # ---- copies

    def _known_copies(self) -> dict[str, Row]:
        """Return the copies known here that the reading speaks of; all, of a whole reading."""
        if self._reading.is_whole:
            rows = self._store.rows("SELECT * FROM mail_copies WHERE place_id = ?", [self._place])
            return {row["uid"]: row for row in rows}
        uids = [*(copy.uid for copy in self._reading.copies), *self._reading.missing]
        found: dict[str, Row] = {}
        for block, marks in _blocks(uids):
            for row in self._store.rows(
                f"SELECT * FROM mail_copies WHERE place_id = ? AND uid IN ({marks})",
                [self._place, *block],
            ):
                found[row["uid"]] = row
        return found

    def _lying_somewhere(self, messages: Iterable[int]) -> set[int]:
        return lying_somewhere(self._store, messages)

    def _take(self, copy: SeenCopy, message: int) -> None:
        known = self._known.get(copy.uid)
        if known is not None and known["message_id"] != message:
            self._put_away(known)
            known = None
        is_present = int(not copy.flags.is_expunged)
        letters = letters_of(copy.flags)
        if known is not None:
            cells: dict[str, str | int] = {"flags": letters, "is_present": is_present}
            self._change(known, cells | {"signature": copy.signature})
            return
        if is_present and message not in self._present:
            self._tally.arrived.add(message)
        if is_present:
            self._present.add(message)
        self._new_copies.append(
            (self._place, copy.uid, message, letters, is_present, copy.signature)
        )

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
            self._change(known, {"flags": letters_of(copy.flags), "is_present": is_present})

    def _notice_missing(self) -> None:
        reading = self._reading
        seen = {copy.uid for copy in reading.copies}
        missing = (self._known.keys() - seen) if reading.is_whole else set(reading.missing) - seen
        for uid in missing:
            known = self._known.get(uid)
            if known is not None and known["is_present"]:
                self._store.update("mail_copies", known["id"], {"is_present": 0})
                self._tally.lost.add(known["message_id"])


def count_copies(store: Store, place: int, reading: FolderReading) -> None:
    """Write down which numbers lie in a folder: what the next look starts from."""
    rows = store.ids(
        "SELECT CAST(uid AS INTEGER) FROM mail_copies"
        " WHERE place_id = ? AND is_present = 1 AND uid NOT LIKE 'renumbered %'",
        [place],
    )
    counted = store.one("SELECT message_count FROM mail_place_counts WHERE place_id = ?", [place])
    exists = reading.exists
    if reading.last_uid is None and counted is not None:
        exists = counted["message_count"]
    store.run(
        "INSERT OR REPLACE INTO mail_place_counts (place_id, uid_set, message_count)"
        " VALUES (?, ?, ?)",
        [place, uid_set(rows), exists],
    )


# ---- a folder numbered anew


def take_numbers(store: Store, reading: FolderReading) -> bool:
    """Take their numbers from some copies of a folder that was numbered anew.

    They still lie there until the folder is read to its end: a look that breaks in between loses
    nothing. True while more are left; needs an open transaction.
    """
    place = store.one(
        "SELECT id, uid_validity FROM mail_places WHERE origin = ? AND folder = ?",
        [reading.origin, reading.folder],
    )
    if place is None or reading.uid_validity is None or reading.last_uid is None:
        return False
    if place["uid_validity"] == reading.uid_validity:
        return False
    rows = store.ids(
        "SELECT id FROM mail_copies WHERE place_id = ? AND is_present = 1"
        " AND uid NOT LIKE 'renumbered %' LIMIT ?",
        [place["id"], _RENUMBERED_AT_ONCE],
    )
    store.run_many(
        "UPDATE mail_copies SET uid = 'renumbered ' || id WHERE id = ?", [[each] for each in rows]
    )
    return len(rows) == _RENUMBERED_AT_ONCE


def forget_renumbered(store: Store, origin: str, tally: Tally) -> bool:
    """Keep one copy of each message found again under its new number; the others are gone.

    Only for an account whose folders were all read to their end. True while more are left; needs
    an open transaction.
    """
    rows = store.rows(
        "SELECT c.id, c.message_id, EXISTS (SELECT 1 FROM mail_copies n"
        " WHERE n.message_id = c.message_id AND n.place_id = c.place_id AND n.is_present = 1"
        " AND n.uid NOT LIKE 'renumbered %') AS is_again"
        " FROM mail_copies c WHERE c.place_id IN (SELECT id FROM mail_places WHERE origin = ?)"
        " AND c.uid BETWEEN 'renumbered ' AND 'renumbered ~' LIMIT ?",
        [origin, AT_ONCE],
    )
    store.run_many(
        "DELETE FROM mail_copies WHERE id = ?", [[row["id"]] for row in rows if row["is_again"]]
    )
    for row in rows:
        if not row["is_again"]:
            store.update("mail_copies", row["id"], {"uid": f"gone {row['id']}", "is_present": 0})
            tally.lost.add(row["message_id"])
    return len(rows) == AT_ONCE


def lying_somewhere(store: Store, messages: Iterable[int]) -> set[int]:
    """Return those of some messages (by row) of which a copy lies in a folder."""
    found: set[int] = set()
    for block, marks in _blocks(list(messages)):
        found.update(
            store.ids(
                "SELECT DISTINCT message_id FROM mail_copies"
                f" WHERE is_present = 1 AND message_id IN ({marks})",
                block,
            )
        )
    return found


def _blocks(values: Sequence[T]) -> Iterator[tuple[Sequence[T], str]]:
    for start in range(0, len(values), AT_ONCE):
        block = values[start : start + AT_ONCE]
        yield block, ",".join("?" * len(block))


def _cells(received: ReceivedMessage) -> tuple[str | None, ...]:
    """Return the cells of `_FACTS`, and last the name by which the sender is shown at first."""
    message = received.message
    sender = message.sender
    return (
        sender.name if sender else None,
        sender.address if sender else None,
        message.subject,
        facts_text(message),
        received.text,
        (sender.name or sender.address) if sender else None,
    )


_LABELS: Final = {FolderKind.INBOX: "I", FolderKind.SENT: "S"}
_BY_LABEL: Final = {letter: kind for kind, letter in _LABELS.items()}


def letters_of(flags: Flags) -> str:
    """Write flags as letters."""
    pairs = ((flags.is_answered, "R"), (flags.is_draft, "D"), (flags.is_junk, "J"))
    label = _LABELS.get(flags.label, "") if flags.label else ""
    return "".join(letter for is_set, letter in pairs if is_set) + label


def shown_in(letters: AbstractSet[str] | str, kind: FolderKind) -> FolderKind:
    """Return the kind of folder that a copy is shown in: Gmail's labels stand for folders."""
    return next((_BY_LABEL[each] for each in letters if each in _BY_LABEL), kind)


@cache
def copy_of(kind: str, letters: str, is_present: int) -> Copy:
    """Return a copy as it is kept; equal ones are one object, which keeps the rules fast."""
    shown = shown_in(letters, FolderKind(kind))
    return Copy(shown, bool(is_present), "R" in letters, "D" in letters, "J" in letters)
