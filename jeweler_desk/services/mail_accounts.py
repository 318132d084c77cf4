"""The seller's mailboxes and addresses; passwords stay in the system's keyring."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.mail_view import AccountShown, LastLook
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import canonical_address, is_address
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.mail_judge import MailJudge
from jeweler_desk.services.ports import CredentialStore
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
        credentials: CredentialStore,
        clock: Clock,
    ) -> None:
        self._store = store
        self._rows = rows
        self._judge = judge
        self._credentials = credentials
        self._clock = clock

    def all(self) -> list[AccountShown]:
        """Return the accounts and how their last looks went."""
        return self._rows.all()

    def has_password(self, address: str) -> bool:
        """Tell whether the keyring holds an account's password."""
        return self._credentials.password(address) is not None

    def add(self, account: MailAccount, password: str | None) -> tuple[Changes, bool]:
        """Add an account; tells also whether its password is kept in the keyring.

        Raises `RefusedError` for an address that is none, one that is there already, or control
        characters in what would be sent to a server.
        """
        _check_address(account.address)
        for text in (account.imap_host, account.user_name, account.smtp_host or "", password or ""):
            if _CONTROL.search(text):
                raise RefusedError(
                    "A server's name, a user's name and a password are one line each."
                )
        if any(_same(each.account.address, account.address) for each in self._rows.all()):
            raise RefusedError(
                f"The account {account.address} is there already. Nothing was changed."
            )
        is_kept = password is not None and self._credentials.keep(account.address, password)
        with self._store.step(f"Add the mailbox {account.address}") as step:
            self._rows.add(account, self._clock.now())
            self._judge.renew()
        return changes_of(step.tables), is_kept

    def remove(self, address: str) -> Changes:
        """Remove an account and its password; its mail stays. Raises `RefusedError`."""
        found = next(
            (each.account for each in self._rows.all() if _same(each.account.address, address)),
            None,
        )
        if found is None:
            raise RefusedError(f"There is no account {address}. Nothing was changed.")
        with self._store.step(f"Remove the mailbox {found.address}") as step:
            self._rows.remove(found.address)
            self._judge.renew()
        self._credentials.forget(found.address)
        return changes_of(step.tables)

    def add_identity(self, address: str) -> Changes:
        """Add a further address of the seller's own; all known messages are judged anew at once."""
        _check_address(address)
        if any(_same(each, address) for each in self._rows.identities()):
            return frozenset()
        with self._store.step(f"Add your address {address}") as step:
            self._rows.add_identity(address)
            self._judge.renew()
        return changes_of(step.tables)

    def identities(self) -> list[str]:
        """Return every address that is the seller's: accounts, added ones, those seen in Sent."""
        declared = [each.account.address for each in self._rows.all()] + self._rows.identities()
        known = {canonical_address(each) for each in declared}
        seen = sorted(self._judge.judged().ours.addresses - known)
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


def _check_address(address: str) -> None:
    if not is_address(address) or _CONTROL.search(address):
        raise RefusedError(f"“{address}” is not an address such as hello@example.com.")


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
