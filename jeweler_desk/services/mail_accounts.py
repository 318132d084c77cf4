"""The seller's mailboxes and addresses; passwords stay in the system's keyring."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from jeweler_desk.domain.mail_access import TrustedCertificate, bare_fingerprint
from jeweler_desk.domain.mail_view import AccountShown, LastLook
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import canonical_address, is_address
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.mail_judge import MailJudge
from jeweler_desk.services.mail_secrets import MailSecrets
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_accounts import MailAccounts as AccountRows

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class Mailboxes:
    """Adds and removes accounts and further addresses; every act is one step."""

    def __init__(
        self,
        store: Store,
        rows: AccountRows,
        judge: MailJudge,
        secrets: MailSecrets,
        clock: Clock,
    ) -> None:
        self._store = store
        self._rows = rows
        self._judge = judge
        self.secrets = secrets
        self._clock = clock

    def all(self) -> list[AccountShown]:
        """Return the accounts and how their last looks went."""
        return self._rows.all()

    def has_password(self, address: str) -> bool:
        """Tell whether the keyring holds what an account's login needs."""
        found = self._found(address)
        return found is not None and self.secrets.is_in_keyring(found)

    def needs_asking(self) -> list[MailAccount]:
        """Return the accounts whose password or sign-in must be asked for before a look."""
        accounts = [each.account for each in self._rows.all()]
        return [each for each in accounts if not self.secrets.is_known(each)]

    def add(self, account: MailAccount, password: str | None) -> tuple[Changes, bool]:
        """Add an account; tells also whether its password is kept in the keyring.

        Without a keyring the password is held until the desk is closed. Raises `RefusedError` for
        an address that is none, one that is there already, or control characters in what would be
        sent to a server.
        """
        self.check_new(account, password)
        is_kept = password is not None and self.secrets.keep(account.address, password)
        with self._store.step(f"Add the mailbox {account.address}") as step:
            self._rows.add(account, self._clock.now())
            self._judge.renew()
        return changes_of(step.tables), is_kept

    def check_new(self, account: MailAccount, password: str | None) -> None:
        """Raise a `RefusedError` where `add` would, before anything is kept."""
        _check(account, password)
        if self._found(account.address) is not None:
            raise RefusedError(
                f"The account {account.address} is there already. Nothing was changed."
            )

    def change(self, account: MailAccount, password: str | None = None) -> Changes:
        """Change how the account of an address is reached; None leaves its password as it is.

        What was read stays. Raises `RefusedError` as `add` does, or for an unknown address.
        """
        _check(account, password)
        found = self.account(account.address)
        if password is not None:
            self.secrets.keep(found.address, password)
        with self._store.step(f"Change the mailbox {found.address}") as step:
            self._rows.change(replace(account, address=found.address), self._clock.now())
        return changes_of(step.tables)

    def trust(self, certificate: TrustedCertificate) -> Changes:
        """Trust one certificate for one host and port; another one there is refused again."""
        sha256 = bare_fingerprint(certificate.sha256)
        if sha256 is None:
            raise RefusedError(f"“{certificate.sha256}” is not a SHA-256: 64 digits, 0 to f.")
        kept = replace(certificate, sha256=sha256)
        with self._store.step(f"Trust the certificate of {kept.host}:{kept.port}") as step:
            self._rows.trust(kept, self._clock.now())
        return changes_of(step.tables)

    def remove(self, address: str) -> Changes:
        """Remove an account and its password; its mail stays. Raises `RefusedError`."""
        changes = self.take_off(address)
        self.secrets.let_go(address)
        return changes

    def take_off(self, address: str) -> Changes:
        """Remove an account alone: what the keyring holds of it must be let go then."""
        found = self.account(address)
        with self._store.step(f"Remove the mailbox {found.address}") as step:
            self._rows.remove(found.address)
            self._judge.renew()
        return changes_of(step.tables)

    def _found(self, address: str) -> MailAccount | None:
        accounts = (each.account for each in self._rows.all())
        return next((each for each in accounts if _same(each.address, address)), None)

    def account(self, address: str) -> MailAccount:
        """Return an account by its address. Raises `RefusedError`."""
        found = self._found(address)
        if found is None:
            raise RefusedError(f"There is no account {address}. Nothing was changed.")
        return found

    def add_identity(self, address: str) -> Changes:
        """Add a further address of the seller's own; all known messages are judged anew at once."""
        _check_address(address)
        if any(_same(each, address) for each in self._rows.identities()):
            return frozenset()
        with self._store.step(f"Add your address {address}") as step:
            self._rows.add_identity(address)
            self._judge.renew()
        return changes_of(step.tables)

    def added_identities(self) -> list[str]:
        """Return the further addresses the seller added herself."""
        return self._rows.identities()

    def remove_identity(self, address: str) -> Changes:
        """Take back a further address; all messages are judged anew. Raises `RefusedError`."""
        found = next((each for each in self._rows.identities() if _same(each, address)), None)
        if found is None:
            raise RefusedError(
                f"{address} is none of the addresses you added. Nothing was changed."
            )
        with self._store.step(f"Remove your address {found}") as step:
            self._rows.remove_identity(found)
            self._judge.renew()
        return changes_of(step.tables)

    def identities(self) -> list[str]:
        """Return every address that is the seller's: accounts, added ones, those seen in Sent."""
        declared = [each.account.address for each in self._rows.all()] + self._rows.identities()
        known = {canonical_address(each) for each in declared}
        seen = sorted(self._judge.ours().addresses - known)
        return list(dict.fromkeys([*declared, *seen]))

    def last_look(self) -> LastLook:
        """Return when all accounts were last seen whole, and what hinders the first that is not."""
        accounts = self._rows.all()
        looks = [each.looked_at for each in accounts]
        seen = [each for each in looks if each is not None]
        error = next(
            (f"{each.account.address}: {each.error}" for each in accounts if each.error), None
        )
        return LastLook(min(seen) if seen and len(seen) == len(looks) else None, error)


def _check(account: MailAccount, password: str | None) -> None:
    """Refuse what could not be sent to a server as it stands."""
    _check_address(account.address)
    sign_in = account.sign_in
    of_sign_in = (sign_in.client_id, sign_in.scope) if sign_in else ()
    sent = (account.user_name, account.smtp_user_name or "", account.sent_folder or "")
    hosts = (account.imap_host, account.smtp_host or "")
    for text in (*hosts, *sent, *of_sign_in, password or ""):
        if _CONTROL.search(text):
            raise RefusedError("A server's name, a user's name and a password are one line each.")
    for host in hosts:
        if any(each.isspace() for each in host):
            raise RefusedError(f"“{host}” cannot be the name of a server.")


def _check_address(address: str) -> None:
    if not is_address(address) or _CONTROL.search(address):
        raise RefusedError(f"“{address}” is not an address such as hello@example.com.")


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
