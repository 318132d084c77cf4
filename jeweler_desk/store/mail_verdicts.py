"""What the clock made of messages, kept in columns so that lists are cheap."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from jeweler_desk.domain.mail_proof import Span
from jeweler_desk.domain.mail_view import (
    ConversationEntry,
    ListedMessage,
    MailView,
    MessageFound,
)
from jeweler_desk.domain.message import FolderKind, MailChannel
from jeweler_desk.domain.verdict import (
    ClockState,
    ConversationClock,
    Decision,
    Direction,
    Judgement,
    Verdict,
    Wait,
    WaitEnd,
)
from jeweler_desk.store.columns import instant, instant_text, known_instant
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.search import match_expression

T = TypeVar("T")
_AT_ONCE: Final = 500
_JUDGING_ALL: Final = "SELECT 1 FROM mail_circle WHERE json_array_length(facts, '$.basis') = 0"
_GIVEN: Final = "(SELECT value FROM json_each(?))"
_VERDICT_CELLS: Final = (
    "decision", "reason", "clock", "channel", "direction", "folder", "person", "person_address",
    "conversation",
)  # fmt: skip
_CLOCK_CELLS: Final = (
    "key", "clock", "message_id", "subject", "channel", "reason", "person", "address",
    "waiting_since", "due_at", "answered_at",
)  # fmt: skip
_WAIT_CELLS: Final = (
    "message_id", "started_at", "person", "subject", "channel", "ended_at", "end", "words",
)  # fmt: skip

_ENDS: Final[dict[str | None, WaitEnd | None]] = {
    None: None,
    **{each.value: each for each in WaitEnd},
}

_LISTED: Final = (
    "message_id, folder, from_address, subject, received_at, decision, reason, channel, person,"
    " clock"
)
_JUDGED: Final = "reason <> ''"
"""Every decision has a reason: without one it was not made yet."""

_VIEWS: Final = {
    MailView.ALL: "1",
    MailView.ASIDE: "direction = 'in' AND decision IN ('ignore', 'action')",
}


class Verdicts:
    """Keeps one judgement and answers from it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._remembered: dict[str, tuple[object, list[Any]]] = {}

    def _once(self, what: str, key: object, read: Callable[[], list[T]]) -> list[T]:
        """Return what was read before, as long as nothing was written since.

        One look at a page asks several times who waits.
        """
        stamp = self._store.stamp
        kept = self._remembered.get(what)
        if stamp is not None and kept is not None and kept[0] == (stamp, key):
            return list(kept[1])
        found = read()
        if stamp is not None:
            self._remembered[what] = ((stamp, key), found)
        return list(found)

    def is_stale(self) -> bool:
        """Whether something the clock depends on changed since the last judging."""
        row = self._store.one(
            "SELECT is_stale OR EXISTS (SELECT 1 FROM mail_unjudged)"
            " OR EXISTS (SELECT 1 FROM mail_unjudged_addresses)"
            f" OR EXISTS ({_JUDGING_ALL}) AS is_stale FROM mail_state"
        )
        return bool(row and row["is_stale"])

    def asks_for_all(self) -> bool:
        """Whether what changed may touch every message."""
        row = self._store.one(
            f"SELECT is_stale OR EXISTS ({_JUDGING_ALL}) AS is_stale FROM mail_state"
        )
        return row is None or bool(row["is_stale"])

    def is_shaken(self) -> bool:
        """Whether something that every message hangs on changed since it was last taken note of."""
        row = self._store.one("SELECT is_stale FROM mail_state")
        return row is None or bool(row["is_stale"])

    def settle(self) -> None:
        """Take note of what every message hangs on; needs an open transaction."""
        self._store.run("UPDATE mail_state SET is_stale = 0 WHERE is_stale <> 0")

    def is_more_than(self, count: int) -> bool:
        """Whether more messages than so many are known."""
        found = self._store.one("SELECT 1 FROM mail_messages LIMIT 1 OFFSET ?", [count])
        return found is not None

    def forget(self) -> None:
        """Have all judged anew at the next question; needs an open transaction."""
        self._store.run("UPDATE mail_state SET is_stale = 1")

    def keep(self, judgement: Judgement) -> None:
        """Write what differs from what is kept; needs an open transaction."""
        self._keep_verdicts(judgement)
        self._keep_clocks(judgement.conversations)
        self._keep_waits(judgement.waits)
        self._store.run("UPDATE mail_state SET is_stale = 0")

    def keep_some(self, judgement: Judgement) -> None:
        """Write what differs for the messages judged; needs an open transaction.

        No conversation may reach beyond them, neither as it is kept nor as it is judged.
        """
        ids = json.dumps(list(judgement.verdicts))
        self._keep_verdicts(judgement, f" WHERE message_id IN {_GIVEN}", [ids])
        self._keep_clocks(judgement.conversations, f" WHERE key IN {_GIVEN}", [ids])
        self._keep_waits(judgement.waits, f" WHERE message_id IN {_GIVEN}", [ids])

    # ---- a judging of all, kept in parts

    def keep_rows(self, judgement: Judgement, after: int, until: int) -> None:
        """Write what differs for the messages in a span of rows; needs an open transaction."""
        self._keep_verdicts(judgement, " WHERE id > ? AND id <= ?", [after, until])

    def keep_clocks(self, clocks: Sequence[ConversationClock]) -> None:
        """Write what differs of some conversations; needs an open transaction."""
        keys = json.dumps([each.key for each in clocks])
        self._keep_clocks(clocks, f" WHERE key IN {_GIVEN}", [keys])

    def conversation_keys(self) -> list[str]:
        """Return the keys of all conversations kept."""
        return [row["key"] for row in self._store.rows("SELECT key FROM mail_conversations")]

    def forget_clocks(self, keys: Sequence[str]) -> None:
        """Let conversations go that are none any more; needs an open transaction."""
        self._store.run_many(
            "DELETE FROM mail_conversations WHERE key = ?", [[each] for each in keys]
        )

    def waiting_ids(self) -> list[str]:
        """Return the messages that a wait is kept of."""
        rows = self._store.rows("SELECT DISTINCT message_id FROM mail_waits")
        return [row["message_id"] for row in rows]

    def keep_waits(self, message_ids: Sequence[str], waits: Sequence[Wait]) -> None:
        """Write what differs of the waits of some messages; needs an open transaction."""
        ids = json.dumps(list(message_ids))
        self._keep_waits(waits, f" WHERE message_id IN {_GIVEN}", [ids])

    def _keep_verdicts(
        self, judgement: Judgement, among: str = "", values: Sequence[str | int] = ()
    ) -> None:
        names = ", ".join(_VERDICT_CELLS)
        changed: list[list[str | int | None]] = []
        named: list[tuple[str | None, int]] = []
        for row in self._store.rows(
            f"SELECT id, message_id, {names} FROM mail_messages{among}", values
        ):
            verdict = judgement.verdicts.get(row["message_id"])
            if verdict is not None:
                cells = _verdict_cells(verdict)
                if tuple(row)[2:] != cells:
                    changed.append([*cells, row["id"]])
                    if row["person"] != verdict.person:
                        named.append((verdict.person, row["id"]))
        # The name is searched for: setting it, even to what it is, writes the search index anew.
        unnamed = [place for place, name in enumerate(_VERDICT_CELLS) if name != "person"]
        pairs = ", ".join(f"{_VERDICT_CELLS[place]} = ?" for place in unnamed)
        self._store.run_many(
            f"UPDATE mail_messages SET {pairs} WHERE id = ?",
            [[*(cells[place] for place in unnamed), cells[-1]] for cells in changed],
        )
        self._store.run_many("UPDATE mail_messages SET person = ? WHERE id = ?", named)

    def _keep_clocks(
        self, clocks: Sequence[ConversationClock], among: str = "", values: Sequence[str] = ()
    ) -> None:
        names = ", ".join(_CLOCK_CELLS)
        kept = {
            row["key"]: tuple(row)
            for row in self._store.rows(f"SELECT {names} FROM mail_conversations{among}", values)
        }
        wanted = {clock.key: _clock_cells(clock) for clock in clocks}
        gone = [[key] for key, cells in kept.items() if wanted.get(key) != cells]
        added = [cells for key, cells in wanted.items() if kept.get(key) != cells]
        self._store.run_many("DELETE FROM mail_conversations WHERE key = ?", gone)
        marks = ", ".join("?" * len(_CLOCK_CELLS))
        self._store.run_many(f"INSERT INTO mail_conversations ({names}) VALUES ({marks})", added)

    def _keep_waits(
        self, waits: Sequence[Wait], among: str = "", values: Sequence[str] = ()
    ) -> None:
        names = ", ".join(_WAIT_CELLS)
        wanted = {_wait_cells(each) for each in waits}
        kept: set[tuple[str | None, ...]] = set()
        gone: list[list[int]] = []
        for row in self._store.rows(f"SELECT id, {names} FROM mail_waits{among}", values):
            cells = tuple(row)[1:]
            if cells in wanted and cells not in kept:
                kept.add(cells)
            else:
                gone.append([row["id"]])
        self._store.run_many("DELETE FROM mail_waits WHERE id = ?", gone)
        marks = ", ".join("?" * len(_WAIT_CELLS))
        added = sorted(wanted - kept, key=str)
        self._store.run_many(f"INSERT INTO mail_waits ({names}) VALUES ({marks})", added)

    def wait_spans(self, since: datetime) -> list[Span]:
        """Return how long the letters waited that began to from an instant on, the oldest first.

        A year has thousands: as plain numbers, without their words.
        """
        return self._once("spans", since, partial(self._wait_spans, since))

    def _wait_spans(self, since: datetime) -> list[Span]:
        return [
            Span(place, started, ended, _ENDS[end])
            for place, started, ended, end in self._store.rows(
                "SELECT id, CAST(strftime('%s', started_at) AS INTEGER),"
                " CAST(strftime('%s', ended_at) AS INTEGER), \"end\" FROM mail_waits"
                " WHERE started_at >= ? ORDER BY started_at, message_id",
                [instant_text(since)],
            )
        ]

    def waits_in(self, places: Sequence[int]) -> list[Wait]:
        """Return the waits in these places, in their order."""
        found = {
            row["id"]: Wait(
                row["message_id"],
                known_instant(row["started_at"]),
                row["person"],
                row["subject"],
                MailChannel(row["channel"]),
                instant(row["ended_at"]),
                _ENDS[row["end"]],
                row["words"],
            )
            for row in self._store.rows(
                f"SELECT * FROM mail_waits WHERE id IN {_GIVEN}", [json.dumps(list(places))]
            )
        }
        return [found[place] for place in places]

    def waiting(self) -> list[ConversationClock]:
        """Return the conversations that wait or are soft."""
        return self._once("waiting", None, partial(self._clocks, "clock IN ('waiting', 'soft')"))

    def answered(self, limit: int) -> list[ConversationClock]:
        """Return the conversations answered last, the newest first."""
        return self._clocks("answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT ?", limit)

    def clock(self, key: str) -> ConversationClock | None:
        """Return one conversation's clock."""
        return next(iter(self._clocks("key = ?", key)), None)

    def _clocks(self, where: str, *values: str | int) -> list[ConversationClock]:
        rows = self._store.rows(f"SELECT * FROM mail_conversations WHERE {where}", values)
        return [_clock(row) for row in rows]

    def listed(self) -> list[ListedMessage]:
        """Return every message known, the newest first."""
        return [
            _listed(row)
            for row in self._store.rows(
                f"SELECT {_LISTED} FROM mail_messages ORDER BY received_at DESC, message_id"
            )
        ]

    def ids(self, view: MailView, text: str = "") -> list[str]:
        """Return the ids of a view's messages that have these words, the newest first."""
        where, values = _VIEWS[view], list[str]()
        if text.strip():
            expression = match_expression(text)
            if expression is None:
                return []
            where += " AND id IN (SELECT rowid FROM search_messages WHERE search_messages MATCH ?)"
            values.append(expression)
        # All in one text, which is read twice as fast as row after row; without a LIMIT SQLite may
        # leave out the order of what stands in parentheses.
        found = self._store.one(
            "SELECT json_group_array(message_id) AS ids FROM"
            f" (SELECT message_id FROM mail_messages WHERE {where} AND {_JUDGED}"
            " ORDER BY received_at DESC, message_id LIMIT -1)",
            values,
        )
        ids: list[str] = json.loads(found["ids"]) if found else []
        return ids

    def rows(self, message_ids: Sequence[str]) -> list[ListedMessage]:
        """Return these messages as rows of a list, in any order."""
        marks = ",".join("?" * len(message_ids))
        return [
            _listed(row)
            for row in self._store.rows(
                f"SELECT {_LISTED} FROM mail_messages WHERE message_id IN ({marks})", message_ids
            )
        ]

    def conversation_key(self, message_id: str) -> str | None:
        """Return the conversation that a message belongs to, or None."""
        row = self._store.one(
            "SELECT conversation FROM mail_messages WHERE message_id = ?", [message_id]
        )
        return row["conversation"] if row else None

    def newest_arrival(self, key: str) -> datetime | None:
        """Return when the last letter to us of a conversation came."""
        row = self._store.one(
            "SELECT max(received_at) AS at FROM mail_messages"
            " WHERE conversation = ? AND direction = 'in'",
            [key],
        )
        return instant(row["at"]) if row else None

    def has(self, message_id: str) -> bool:
        """Tell whether a message is known."""
        found = self._store.one("SELECT 1 FROM mail_messages WHERE message_id = ?", [message_id])
        return found is not None

    def has_any(self) -> bool:
        """Tell whether any message is known."""
        return self._store.one("SELECT 1 FROM mail_messages LIMIT 1") is not None

    def entries(self, message_ids: Sequence[str]) -> list[ConversationEntry]:
        """Return messages as they are read, the oldest first."""
        found: list[Row] = []
        for start in range(0, len(message_ids), _AT_ONCE):
            block = message_ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(block))
            found += self._store.rows(
                f"SELECT * FROM mail_messages WHERE message_id IN ({marks})", block
            )
        found.sort(key=lambda row: (row["received_at"], row["message_id"]))
        return [
            ConversationEntry(
                row["message_id"],
                Direction(row["direction"]),
                row["person"],
                known_instant(row["received_at"]),
                row["subject"],
                row["text"],
                Decision(row["decision"]),
                row["reason"],
            )
            for row in found
        ]

    def in_conversation(self, key: str) -> list[str]:
        """Return the ids of a conversation's messages."""
        rows = self._store.rows(
            "SELECT message_id FROM mail_messages WHERE conversation = ?", [key]
        )
        return [row["message_id"] for row in rows]

    def search(self, text: str, limit: int) -> list[MessageFound]:
        """Return messages in which every word of the text begins a word, the newest first."""
        expression = match_expression(text)
        if expression is None:
            return []
        rows = self._store.rows(
            "SELECT message_id, person, subject, received_at FROM mail_messages WHERE id IN"
            " (SELECT rowid FROM search_messages WHERE search_messages MATCH ?)"
            " ORDER BY received_at DESC LIMIT ?",
            [expression, limit],
        )
        return [
            MessageFound(
                row["message_id"],
                row["person"] or "",
                row["subject"],
                known_instant(row["received_at"]),
            )
            for row in rows
        ]


def _listed(row: Row) -> ListedMessage:
    return ListedMessage(
        row["message_id"],
        FolderKind(row["folder"]),
        row["from_address"],
        row["subject"],
        known_instant(row["received_at"]),
        Decision(row["decision"]),
        row["reason"],
        MailChannel(row["channel"]),
        row["person"],
        ClockState(row["clock"]),
    )


def _verdict_cells(verdict: Verdict) -> tuple[str | None, ...]:
    return (
        verdict.decision.value,
        verdict.reason,
        verdict.clock.value,
        verdict.channel.value,
        verdict.direction.value,
        verdict.folder.value,
        verdict.person,
        verdict.address,
        verdict.conversation,
    )


def _wait_cells(wait: Wait) -> tuple[str | None, ...]:
    return (
        wait.message_id,
        instant_text(wait.started_at),
        wait.person,
        wait.subject,
        wait.channel.value,
        instant_text(wait.ended_at),
        wait.end.value if wait.end else None,
        wait.words,
    )


def _clock_cells(clock: ConversationClock) -> tuple[str | None, ...]:
    return (
        clock.key,
        clock.clock.value,
        clock.message_id,
        clock.subject,
        clock.channel.value,
        clock.reason,
        clock.person,
        clock.address,
        instant_text(clock.waiting_since),
        instant_text(clock.due_at),
        instant_text(clock.answered_at),
    )


def _clock(row: Row) -> ConversationClock:
    return ConversationClock(
        row["key"],
        ClockState(row["clock"]),
        row["message_id"],
        row["subject"],
        MailChannel(row["channel"]),
        row["reason"],
        row["person"],
        row["address"],
        instant(row["waiting_since"]),
        instant(row["due_at"]),
        instant(row["answered_at"]),
    )
