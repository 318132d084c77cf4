"""Messages as an answer of ours needs them: one at a time, by id, and what came after a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from jeweler_desk.domain.message import Copy, FolderKind, Message
from jeweler_desk.domain.order import OrderId
from jeweler_desk.store.columns import instant, instant_text
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_facts import message_of

_CELLS = "id, message_id, received_at, from_name, from_address, subject, facts"
_IN_INBOX = (Copy(FolderKind.INBOX),)


class AnsweredMail:
    """Questions about received messages; nothing is written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def message(self, message_id: str) -> Message | None:
        """Return one message's facts."""
        row = self._store.one(
            f"SELECT {_CELLS} FROM mail_messages WHERE message_id = ?", [message_id]
        )
        return message_of(row, _IN_INBOX) if row else None

    def text(self, message_id: str) -> str:
        """Return one message's words."""
        row = self._store.one("SELECT text FROM mail_messages WHERE message_id = ?", [message_id])
        return str(row["text"]) if row else ""

    def orders_of(self, address: str) -> list[tuple[OrderId, str]]:
        """Return the orders placed with an e-mail address, and their numbers."""
        rows = self._store.rows(
            "SELECT id, number FROM orders WHERE customer_email = ? COLLATE NOCASE ORDER BY id",
            [address],
        )
        return [(OrderId(row["id"]), row["number"]) for row in rows]

    def origins(self, message_id: str) -> list[str]:
        """Return the accounts in whose folders a message lies."""
        rows = self._store.rows(
            "SELECT DISTINCT p.origin FROM mail_messages m"
            " JOIN mail_copies c ON c.message_id = m.id JOIN mail_places p ON p.id = c.place_id"
            " WHERE m.message_id = ?",
            [message_id],
        )
        return [row["origin"] for row in rows]

    def seen_in_sent_at(self, message_id: str) -> datetime | None:
        """Return when a letter of ours, seen in Sent or All Mail, was received; None if unseen."""
        row = self._store.one(
            "SELECT m.received_at FROM mail_messages m JOIN mail_copies c ON c.message_id = m.id"
            " JOIN mail_places p ON p.id = c.place_id"
            " WHERE m.message_id = ? AND p.kind IN ('sent', 'archive') LIMIT 1",
            [message_id],
        )
        return instant(row["received_at"]) if row else None

    def in_sent_since(self, since: datetime) -> Sequence[Message]:
        """Return what lies in Sent and came there since an instant: a server may rename letters."""
        rows = self._store.rows(
            f"SELECT DISTINCT m.{_CELLS.replace(', ', ', m.')} FROM mail_messages m"
            " JOIN mail_copies c ON c.message_id = m.id JOIN mail_places p ON p.id = c.place_id"
            " WHERE p.kind IN ('sent', 'archive') AND m.received_at >= ? ORDER BY m.received_at",
            [instant_text(since)],
        )
        return [message_of(row, _IN_INBOX) for row in rows]

    def reports_since(self, since: datetime) -> Sequence[Message]:
        """Return the machines' reports and marketplaces' rejections received since an instant."""
        rows = self._store.rows(
            f"SELECT {_CELLS} FROM mail_messages WHERE received_at >= ?"
            " AND (facts LIKE '%\"report\":%' OR facts LIKE '%\"rejection\"%')"
            " ORDER BY received_at",
            [instant_text(since)],
        )
        return [message_of(row, _IN_INBOX) for row in rows]
