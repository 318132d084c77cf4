"""What the evening sweep asks of the stored mail, and what she answered to its questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from jeweler_desk.domain.evening_sweep import LaterLetter
from jeweler_desk.domain.message import FolderKind, canonical_address
from jeweler_desk.store.columns import instant_text
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_facts import message_of
from jeweler_desk.store.mail_intake import shown_in


@dataclass(frozen=True, slots=True)
class Waiter:
    """A person who waits: in which conversation, since when, by which addresses she is reached."""

    message_id: str
    since: datetime
    addresses: Collection[str]


class SweepRows:
    """Reads for the sweep; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def set_aside(self, message_ids: Collection[str]) -> set[str]:
        """Return those of some letters that lie in no inbox and no junk folder any more."""
        marks = ",".join("?" * len(message_ids))
        seen: set[str] = set()
        kept: set[str] = set()
        for row in self._store.rows(
            "SELECT m.message_id, p.kind, c.flags, c.is_present FROM mail_messages m"
            " JOIN mail_copies c ON c.message_id = m.id JOIN mail_places p ON p.id = c.place_id"
            f" WHERE m.message_id IN ({marks})",
            list(message_ids),
        ):
            seen.add(row["message_id"])
            kind = shown_in(row["flags"], FolderKind(row["kind"]))
            if row["is_present"] and kind in {FolderKind.INBOX, FolderKind.JUNK}:
                kept.add(row["message_id"])
        return seen - kept

    def later_letters(self, waiters: Collection[Waiter]) -> Mapping[str, list[LaterLetter]]:
        """Return our letters to persons who wait, sent since, that belong to no answer of theirs.

        What a machine of ours sent is left out.
        """
        if not waiters:
            return {}
        from jeweler_desk.domain.nature import (  # noqa: PLC0415 - a start needs no rules
            OWN_ROBOT_SIGNS,
        )

        earliest = min(each.since for each in waiters)
        found: defaultdict[str, list[LaterLetter]] = defaultdict(list)
        for row in self._store.rows(
            "SELECT id, message_id, received_at, from_name, from_address, subject, facts"
            " FROM mail_messages WHERE direction = 'out' AND decision = 'keep'"
            " AND folder <> 'drafts' AND received_at > ? ORDER BY received_at, message_id",
            [instant_text(earliest)],
        ):
            letter = message_of(row, ())
            if letter.report is not None or OWN_ROBOT_SIGNS & letter.signs:
                continue
            reached = {
                canonical_address(each.address)
                for each in (*letter.to, *letter.cc, *letter.bcc)
                if each.address
            }
            told = LaterLetter(letter.message_id, letter.subject, letter.received_at)
            for waiter in waiters:
                if letter.received_at > waiter.since and reached & set(waiter.addresses):
                    found[waiter.message_id].append(told)
        return found

    def answers(self) -> set[tuple[str, str]]:
        """Return what she said waits still: a letter, and which of ours was not its answer.

        The second is empty where the question was whether it was set aside.
        """
        rows = self._store.rows("SELECT message_id, letter_id FROM mail_sweep_answers")
        return {(row["message_id"], row["letter_id"]) for row in rows}

    def keep_answer(self, message_id: str, letter_id: str, at: datetime) -> None:
        """Keep that a letter still waits."""
        cells = {"message_id": message_id, "letter_id": letter_id, "at": instant_text(at)}
        self._store.insert("mail_sweep_answers", cells)
