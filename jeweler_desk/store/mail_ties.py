"""What changed since mail was judged, and which messages hang together, by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from jeweler_desk.domain.message import Copy, FolderKind, Message
from jeweler_desk.domain.ours import Ours
from jeweler_desk.domain.ours_kept import Change, OursKept
from jeweler_desk.domain.verdict import Mark, MarkKind
from jeweler_desk.store.columns import known_instant
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_facts import message_of
from jeweler_desk.store.mail_intake import copy_of

_AT_ONCE: Final = 400


class MailTies:
    """Rows that follow from others; writing needs an open transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ---- what changed

    def is_waiting(self) -> bool:
        """Whether anything changed since the last judging of what hangs on it."""
        return (
            self._store.one(
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM mail_unjudged)"
                " OR EXISTS (SELECT 1 FROM mail_unjudged_addresses)"
            )
            is not None
        )

    def changed(self, limit: int) -> dict[int, set[Change]] | None:
        """Return what happened to which messages (by row); None when it is more than the limit."""
        rows = self._store.rows("SELECT message, what FROM mail_unjudged LIMIT ?", [4 * limit + 1])
        found: dict[int, set[Change]] = {}
        for row in rows:
            found.setdefault(row["message"], set()).add(Change(row["what"]))
        return None if len(found) > limit or len(rows) > 4 * limit else found

    def addresses(self, limit: int) -> list[tuple[str, str]] | None:
        """Return the addresses that something was said of, and what; None above the limit."""
        rows = self._store.rows(
            "SELECT address, what FROM mail_unjudged_addresses LIMIT ?", [limit + 1]
        )
        return None if len(rows) > limit else [(row["address"], row["what"]) for row in rows]

    def settle(self) -> None:
        """Take all changes as judged."""
        self._store.run("DELETE FROM mail_unjudged")
        self._store.run("DELETE FROM mail_unjudged_addresses")

    # ---- what hangs together

    def meeting(self, ties: Iterable[int], limit: int) -> set[int]:
        """Return the messages (by row) that have one of these ties; of more than a limit, some."""
        found: set[int] = set()
        for block, marks in _blocks(sorted(ties)):
            found.update(
                self._store.ids(
                    f"SELECT DISTINCT message FROM mail_ties WHERE tie IN ({marks}) LIMIT ?",
                    [*block, limit + 1],
                )
            )
            if len(found) > limit:
                break
        return found

    def of(self, rows: Iterable[int]) -> set[int]:
        """Return the ties kept of some messages (by row)."""
        found: set[int] = set()
        for block, marks in _blocks(sorted(rows)):
            found.update(
                self._store.ids(f"SELECT tie FROM mail_ties WHERE message IN ({marks})", block)
            )
        return found

    def keep(self, ties: Mapping[int, Iterable[int]], *, is_all: bool) -> None:
        """Keep the ties of some messages (by row), or of all."""
        kept: set[tuple[int, int]] = set()
        if is_all:
            kept = _pairs(self._store.rows("SELECT tie, message FROM mail_ties"))
        else:
            for block, marks in _blocks(sorted(ties)):
                kept |= _pairs(
                    self._store.rows(
                        f"SELECT tie, message FROM mail_ties WHERE message IN ({marks})", block
                    )
                )
        wanted = {(each, row) for row, own in ties.items() for each in own}
        self._store.run_many(
            "DELETE FROM mail_ties WHERE tie = ? AND message = ?", sorted(kept - wanted)
        )
        self._store.run_many(
            "INSERT INTO mail_ties (tie, message) VALUES (?, ?)", sorted(wanted - kept)
        )

    # ---- who we are

    def circle(self, basis: Sequence[str]) -> OursKept | None:
        """Return who we were found to be; None when that was on another basis, or never."""
        facts = self._circle()
        return _ours_kept(facts) if facts.get("basis") == list(basis) else None

    def last_circle(self) -> OursKept | None:
        """Return who we were last found to be, on whatever basis; None when never."""
        facts = self._circle()
        return _ours_kept(facts) if facts else None

    def is_on(self, basis: Sequence[str]) -> bool:
        """Whether the last judging of all stood on this basis, or there was none."""
        facts = self._circle()
        return not facts or facts["basis"] == list(basis)

    def _circle(self) -> dict[str, Any]:
        row = self._store.one("SELECT facts FROM mail_circle")
        facts: dict[str, Any] = json.loads(row["facts"]) if row else {}
        return facts

    def begin_anew(self) -> None:
        """Have it on the file that a judging of all is under way: a break leads to another."""
        self.keep_circle(self.last_circle() or _NOBODY, ())
        self.settle()

    def keep_circle(self, kept: OursKept, basis: Sequence[str]) -> None:
        """Keep who we are, and what else the judging stood on."""
        facts = {
            "basis": list(basis),
            "addresses": sorted(kept.ours.addresses),
            "domains": sorted(kept.ours.domains),
            "candidates": sorted(kept.candidates),
            "excluded": sorted(kept.excluded),
            "written": sorted(kept.written),
            "names": sorted(kept.names),
        }
        self._store.run(
            "INSERT INTO mail_circle (id, facts) VALUES (1, ?)"
            " ON CONFLICT (id) DO UPDATE SET facts = excluded.facts",
            [json.dumps(facts, ensure_ascii=False)],
        )

    # ---- messages

    def rows_by_id(self) -> dict[str, int]:
        """Return every message's row by its Message-ID."""
        return {
            row["message_id"]: row["id"]
            for row in self._store.rows("SELECT id, message_id FROM mail_messages")
        }

    def messages(self, rows: Iterable[int]) -> dict[int, Message]:
        """Return some messages by row, in the order in which all are judged."""
        copies = self._copies(rows)
        in_inbox = (Copy(FolderKind.INBOX),)
        found = [
            row
            for block, marks in _blocks(sorted(rows))
            for row in self._store.rows(
                "SELECT id, message_id, received_at, from_name, from_address, subject, facts"
                f" FROM mail_messages WHERE id IN ({marks})",
                block,
            )
        ]
        found.sort(key=lambda row: (row["received_at"], row["message_id"]))
        return {row["id"]: message_of(row, copies.get(row["id"], in_inbox)) for row in found}

    def _copies(self, rows: Iterable[int]) -> dict[int, tuple[Copy, ...]]:
        found: dict[int, tuple[Copy, ...]] = {}
        for block, marks in _blocks(sorted(rows)):
            for row in self._store.rows(
                "SELECT c.message_id, p.kind, c.flags, c.is_present FROM mail_copies c"
                " JOIN mail_places p ON p.id = c.place_id"
                f" WHERE c.message_id IN ({marks}) ORDER BY c.message_id, p.kind, c.flags",
                block,
            ):
                message, kind, flags, is_present = row
                copy = copy_of(kind, flags, is_present)
                found[message] = (*found.get(message, ()), copy)
        return found

    def marks(self, message_ids: Sequence[str]) -> list[Mark]:
        """Return what the seller said of some letters, in the order in which she did."""
        rows = [
            row
            for block, marks in _blocks(message_ids)
            for row in self._store.rows(
                f"SELECT * FROM mail_marks WHERE message_id IN ({marks})", block
            )
        ]
        rows.sort(key=lambda row: row["id"])
        return [
            Mark(row["message_id"], MarkKind(row["kind"]), known_instant(row["at"]), row["note"])
            for row in rows
        ]


_NOBODY: Final = OursKept(Ours(frozenset()), frozenset(), frozenset(), frozenset(), frozenset())


def _ours_kept(facts: Mapping[str, Any]) -> OursKept:
    return OursKept(
        Ours(frozenset(facts["addresses"]), frozenset(facts["domains"])),
        frozenset(facts["candidates"]),
        frozenset(facts["excluded"]),
        frozenset((writer, to) for writer, to in facts["written"]),
        frozenset(facts["names"]),
    )


def _pairs(rows: Iterable[Any]) -> set[tuple[int, int]]:
    return {(row[0], row[1]) for row in rows}


def _blocks(values: Sequence[Any]) -> Iterator[tuple[Sequence[Any], str]]:
    for start in range(0, len(values), _AT_ONCE):
        block = values[start : start + _AT_ONCE]
        yield block, ",".join("?" * len(block))
