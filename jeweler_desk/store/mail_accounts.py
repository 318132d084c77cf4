"""Mail accounts, further addresses, the seller's marks on letters, and how the last looks went."""

from __future__ import annotations

from datetime import datetime

from jeweler_desk.domain.mail_access import LoginKind, SignIn, TrustedCertificate
from jeweler_desk.domain.mail_view import AccountShown
from jeweler_desk.domain.mailbox import AccountReading, MailAccount
from jeweler_desk.domain.verdict import Mark, MarkKind
from jeweler_desk.store.columns import instant, instant_text, known_instant
from jeweler_desk.store.database import Row, Store


class MailAccounts:
    """Rows that the seller decides; writing needs an open step, a look an open transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[AccountShown]:
        """Return the accounts in the order they were added."""
        trusted = self.trusted()
        rows = self._store.rows(
            "SELECT a.*, l.looked_at, l.error, x.login, x.smtp_is_starttls, x.smtp_user_name,"
            " x.sent_folder, x.provider, x.client_id, x.authorization_url, x.token_url, x.scope,"
            " x.is_microsoft FROM mail_accounts a"
            " LEFT JOIN mail_account_access x ON x.address = a.address"
            " LEFT JOIN mail_looks l ON l.address = a.address ORDER BY a.id"
        )
        return [
            AccountShown(_account(row, trusted), instant(row["looked_at"]), row["error"])
            for row in rows
        ]

    def add(self, account: MailAccount, at: datetime) -> None:
        """Keep an account, how it is reached, and the certificates trusted for it."""
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
        self._add_access(account, at)

    def change(self, account: MailAccount, at: datetime) -> None:
        """Keep an account's new facts under its address; what was read of it stays."""
        self._store.run(
            "UPDATE mail_accounts SET imap_host = ?, imap_port = ?, is_starttls = ?, smtp_host = ?,"
            " smtp_port = ?, user_name = ?, ca_file = ? WHERE address = ?",
            [
                account.imap_host,
                account.imap_port,
                int(account.is_starttls),
                account.smtp_host,
                account.smtp_port,
                account.user_name,
                account.ca_file,
                account.address,
            ],
        )
        self._store.run("DELETE FROM mail_account_access WHERE address = ?", [account.address])
        self._add_access(account, at)

    def _add_access(self, account: MailAccount, at: datetime) -> None:
        sign_in = account.sign_in
        self._store.insert(
            "mail_account_access",
            {
                "address": account.address,
                "login": account.login.value,
                "smtp_is_starttls": int(account.smtp_is_starttls),
                "smtp_user_name": account.smtp_user_name,
                "sent_folder": account.sent_folder,
                "provider": account.provider,
                "client_id": sign_in.client_id if sign_in else None,
                "authorization_url": sign_in.authorization_url if sign_in else None,
                "token_url": sign_in.token_url if sign_in else None,
                "scope": sign_in.scope if sign_in else None,
                "is_microsoft": int(sign_in is not None and sign_in.is_microsoft),
            },
        )
        for each in account.trusted:
            self.trust(each, at)

    def trusted(self) -> tuple[TrustedCertificate, ...]:
        """Return the certificates the seller trusts, each for one host and port."""
        rows = self._store.rows("SELECT * FROM mail_trusted_certificates ORDER BY id")
        return tuple(TrustedCertificate(row["host"], row["port"], row["sha256"]) for row in rows)

    def trust(self, certificate: TrustedCertificate, at: datetime) -> None:
        """Trust one certificate for its host and port, instead of any trusted there before."""
        if certificate in self.trusted():
            return
        self._store.run(
            "DELETE FROM mail_trusted_certificates WHERE host = ? AND port = ?",
            [certificate.host, certificate.port],
        )
        self._store.insert(
            "mail_trusted_certificates",
            {
                "host": certificate.host,
                "port": certificate.port,
                "sha256": certificate.sha256,
                "trusted_at": instant_text(at),
            },
        )

    def remove(self, address: str) -> None:
        """Let an account go with the certificates that only it needs; its mail stays known."""
        self._store.run("DELETE FROM mail_accounts WHERE address = ?", [address])
        self._store.run("DELETE FROM mail_account_access WHERE address = ?", [address])
        self._store.run(
            "DELETE FROM mail_trusted_certificates WHERE NOT EXISTS (SELECT 1 FROM mail_accounts a"
            " WHERE (a.imap_host, a.imap_port) = (host, port)"
            " OR (a.smtp_host, a.smtp_port) = (host, port))"
        )

    def identities(self) -> list[str]:
        """Return the further addresses that are the seller's own."""
        rows = self._store.rows("SELECT address FROM mail_identities ORDER BY id")
        return [row["address"] for row in rows]

    def add_identity(self, address: str) -> None:
        """Keep a further address of the seller's own."""
        self._store.insert("mail_identities", {"address": address})

    def remove_identity(self, address: str) -> None:
        """Let a further address go."""
        self._store.run("DELETE FROM mail_identities WHERE address = ?", [address])

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

    def note_look(self, reading: AccountReading) -> None:
        """Remember how a look into an account went."""
        at, error = instant_text(reading.looked_at), reading.error
        self._store.run(
            "INSERT INTO mail_looks (address, looked_at, error, error_at) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (address) DO UPDATE SET"
            " looked_at = coalesce(?2, looked_at), error = ?3, error_at = ?4",
            [reading.address, None if error else at, error, at if error else None],
        )
        kind = reading.hindrance
        if error and kind is not None:
            self._store.run(
                "INSERT OR REPLACE INTO mail_hindrances (address, kind) VALUES (?, ?)",
                [reading.address, kind.value],
            )
        else:
            self._store.run("DELETE FROM mail_hindrances WHERE address = ?", [reading.address])


def _account(row: Row, trusted: tuple[TrustedCertificate, ...]) -> MailAccount:
    servers = {(row["imap_host"], row["imap_port"]), (row["smtp_host"], row["smtp_port"])}
    return MailAccount(
        row["address"],
        row["imap_host"],
        row["imap_port"],
        row["user_name"],
        bool(row["is_starttls"]),
        row["smtp_host"],
        row["smtp_port"],
        row["ca_file"],
        smtp_is_starttls=bool(row["smtp_is_starttls"]),
        smtp_user_name=row["smtp_user_name"],
        login=LoginKind(row["login"] or LoginKind.PASSWORD),
        sign_in=_sign_in(row),
        sent_folder=row["sent_folder"],
        provider=row["provider"],
        trusted=tuple(each for each in trusted if (each.host, each.port) in servers),
    )


def _sign_in(row: Row) -> SignIn | None:
    if row["client_id"] is None:
        return None
    return SignIn(
        row["client_id"],
        row["authorization_url"],
        row["token_url"],
        row["scope"],
        is_microsoft=bool(row["is_microsoft"]),
    )
