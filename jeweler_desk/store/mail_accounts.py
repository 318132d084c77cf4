"""Mail accounts, further addresses, the seller's marks on letters, and how the last looks went."""

from __future__ import annotations

from datetime import datetime

from jeweler_desk.domain.mail_view import AccountShown
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.verdict import Mark, MarkKind
from jeweler_desk.store.columns import instant, instant_text, known_instant
from jeweler_desk.store.database import Store


class MailAccounts:
    """Rows that the seller decides; writing needs an open step, a look an open transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[AccountShown]:
        """Return the accounts in the order they were added."""
        rows = self._store.rows(
            "SELECT a.*, l.looked_at, l.error FROM mail_accounts a"
            " LEFT JOIN mail_looks l ON l.address = a.address ORDER BY a.id"
        )
        return [
            AccountShown(
                MailAccount(
                    row["address"],
                    row["imap_host"],
                    row["imap_port"],
                    row["user_name"],
                    bool(row["is_starttls"]),
                    row["smtp_host"],
                    row["smtp_port"],
                    row["ca_file"],
                ),
                instant(row["looked_at"]),
                row["error"],
            )
            for row in rows
        ]

    def add(self, account: MailAccount, at: datetime) -> None:
        """Keep an account."""
        self._store.insert(
            "mail_accounts",
            {
                "address": account.address,
                "imap_host": account.imap_host,
                "imap_port": account.imap_port,
                "is_starttls": int(account.is_starttls),
                "smtp_host": account.smtp_host,
                "smtp_port": account.smtp_port,
                "user_name": account.user_name,
                "ca_file": account.ca_file,
                "added_at": instant_text(at),
            },
        )

    def remove(self, address: str) -> None:
        """Let an account go; its mail stays known."""
        self._store.run("DELETE FROM mail_accounts WHERE address = ?", [address])

    def identities(self) -> list[str]:
        """Return the further addresses that are the seller's own."""
        rows = self._store.rows("SELECT address FROM mail_identities ORDER BY id")
        return [row["address"] for row in rows]

    def add_identity(self, address: str) -> None:
        """Keep a further address of the seller's own."""
        self._store.insert("mail_identities", {"address": address})

    def marks(self) -> list[Mark]:
        """Return the seller's own words on letters."""
        return [
            Mark(row["message_id"], MarkKind(row["kind"]), known_instant(row["at"]), row["note"])
            for row in self._store.rows("SELECT * FROM mail_marks ORDER BY id")
        ]

    def add_mark(self, mark: Mark) -> None:
        """Keep the seller's own word on a letter."""
        self._store.insert(
            "mail_marks",
            {
                "message_id": mark.message_id,
                "kind": mark.kind.value,
                "at": instant_text(mark.at),
                "note": mark.note,
            },
        )

    def note_look(self, address: str, at: datetime, error: str | None) -> None:
        """Remember how a look into an account went."""
        self._store.run(
            "INSERT INTO mail_looks (address, looked_at, error, error_at) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (address) DO UPDATE SET"
            " looked_at = coalesce(?2, looked_at), error = ?3, error_at = ?4",
            [
                address,
                None if error else instant_text(at),
                error,
                instant_text(at) if error else None,
            ],
        )
