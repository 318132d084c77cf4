"""The commands of mail accounts: found by the address, tried, trusted, signed in to, removed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    instant_json,
    needs_seller,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain.mail_access import (
    LoginKind,
    SignIn,
    Trial,
    Tried,
    TrustedCertificate,
    bare_fingerprint,
)
from jeweler_desk.domain.mail_access_wording import (
    TRIED,
    needs_client_id,
    nothing_found,
    password_hint,
)
from jeweler_desk.domain.mail_view import AccountShown
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.mail_connecting import MailConnecting
from jeweler_desk.services.mail_secrets import MailSecrets

_TLS_PORT = 993
_SUBMISSION_PORT = 465


@click.group()
def account() -> None:
    """Mail accounts."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed of how to reach a mailbox; what is empty is found."""

    imap: str | None
    smtp: str | None
    user: str | None
    is_starttls: bool
    ca_file: Path | None
    certificate: str | None
    client_id: str | None
    authorization_url: str | None
    token_url: str | None
    scope: str | None


@account.command("add")
@click.argument("address")
@click.option("--imap", metavar="HOST:PORT", help="The server mail is read from; else it is found.")
@click.option("--smtp", metavar="HOST:PORT", help="The server that mail is sent through.")
@click.option("--user", metavar="NAME", help="The user name, where it is not the address.")
@click.option("--starttls", is_flag=True, help="Begin in the clear and switch to TLS before login.")
@click.option("--ca-file", type=click.Path(path_type=Path), help="A further certificate to trust.")
@click.option(
    "--trust-certificate", metavar="SHA256", help="Trust this one certificate of the server."
)
@click.option("--client-id", metavar="ID", help="Sign in (OAuth2) as this registered program.")
@click.option("--client-secret-stdin", is_flag=True, help="Read its secret from standard input.")
@click.option("--authorization-url", metavar="URL", help="Where one signs in.")
@click.option("--token-url", metavar="URL", help="Where keys are handed out.")
@click.option("--scope", metavar="TEXT", help="What is asked for.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@pass_door
def add_account(
    door: Door, /, address: str, *, password_stdin: bool, client_secret_stdin: bool, **typed: Any
) -> None:
    """Add a mail account; without --imap its servers are found.

    The password goes to the system's keyring.
    """
    told = _Typed(
        is_starttls=typed.pop("starttls"), certificate=typed.pop("trust_certificate"), **typed
    )
    if told.ca_file is not None and not told.ca_file.is_file():
        raise RefusedError(f"There is no certificate file “{told.ca_file}”. Nothing was changed.")
    if told.imap is not None:
        _host_and_port(told.imap, _TLS_PORT)
    with door.writing() as desk:
        added = _account(address, told, desk.correspondence.connecting)
        if added.login is LoginKind.SIGN_IN:
            secret = password_line() if client_secret_stdin else None
            _sign_in_and_add(desk, added, secret)
            return
        if told.imap is None:
            provider = desk.correspondence.connecting.provider(added.provider)
            say(password_hint(provider.hint if provider else ""))
        password = _asked_password(password_stdin=password_stdin)
        _, is_kept = desk.correspondence.mailboxes.add(added, password)
    if not is_kept:
        say(
            "The account is kept without a password"
            + (": this computer has no keyring." if password is not None else ".")
            + " “mail fetch --password-stdin” takes it."
        )


def _account(address: str, typed: _Typed, connecting: MailConnecting) -> MailAccount:
    """Return the account as typed, the rest found."""
    if typed.imap is None:
        found = connecting.find_job(address, say, lambda: False)()
        if found is None:
            raise RefusedError(nothing_found(address))
        added = found.account()
        provider = found.provider
        sign_in = provider.sign_in if provider else None
    else:
        host, port = _host_and_port(typed.imap, _TLS_PORT)
        added = MailAccount(address, host, port, address, is_starttls=typed.is_starttls)
        sign_in = None
    if typed.smtp is not None:
        host, port = _host_and_port(typed.smtp, _SUBMISSION_PORT)
        added = _sending_at(added, host, port, is_starttls=typed.is_starttls)
    if typed.user is not None:
        added = replace(added, user_name=typed.user, smtp_user_name=None)
    if typed.ca_file is not None:
        added = replace(added, ca_file=str(typed.ca_file.absolute()))
    if typed.certificate is not None:
        added = replace(added, trusted=_trusted(added, typed.certificate))
    return _with_sign_in(added, typed, sign_in)


def _sending_at(account: MailAccount, host: str, port: int, *, is_starttls: bool) -> MailAccount:
    """Return the account sending through a server; --starttls is said of it too.

    Port 465 is TLS from the first byte whatever is said (RFC 8314).
    """
    is_starttls = is_starttls and port != _SUBMISSION_PORT
    return replace(account, smtp_host=host, smtp_port=port, smtp_is_starttls=is_starttls)


def _with_sign_in(added: MailAccount, typed: _Typed, known: SignIn | None) -> MailAccount:
    """Return the account with what signing in needs, where one signs in."""
    if typed.client_id is None:
        if added.login is LoginKind.SIGN_IN and not (known and known.client_id):
            raise RefusedError(needs_client_id(added.address))
        return added
    facts = SignIn(
        typed.client_id,
        typed.authorization_url or (known.authorization_url if known else ""),
        typed.token_url or (known.token_url if known else ""),
        typed.scope or (known.scope if known else ""),
        is_microsoft=known is not None and known.is_microsoft and typed.authorization_url is None,
    )
    if not (facts.authorization_url and facts.token_url and facts.scope):
        raise RefusedError(
            "Give --authorization-url, --token-url and --scope too; the provider’s page for"
            " developers names them. Nothing was changed."
        )
    return replace(added, login=LoginKind.SIGN_IN, sign_in=facts)


def _sign_in_and_add(desk: Desk, added: MailAccount, client_secret: str | None) -> None:
    correspondence = desk.correspondence
    say("Your browser opens the provider’s page: sign in there. Ctrl+C gives up.")
    job = correspondence.connecting.sign_in_job(added, client_secret, lambda: False)
    is_kept = job()
    correspondence.mailboxes.add(added, None)
    say(f"{added.address} is signed in." if is_kept else _NOT_KEPT)


_NOT_KEPT = "The sign-in could not be kept: this computer has no keyring."


def _trusted(
    added: MailAccount, sha256: str, *, is_smtp: bool = False
) -> tuple[TrustedCertificate, ...]:
    """Trust a certificate on the account's host: for reading, and for sending where it is one."""
    bare = bare_fingerprint(sha256)
    if bare is None:
        raise RefusedError(
            f"“{sha256}” is not a certificate’s SHA-256: 64 digits, 0 to f. Nothing was changed."
        )
    servers = [(added.imap_host, added.imap_port)]
    if added.smtp_host and added.smtp_port and (is_smtp or added.smtp_host == added.imap_host):
        servers.append((added.smtp_host, added.smtp_port))
    if is_smtp:
        servers = servers[1:]
    return tuple(TrustedCertificate(host, port, bare) for host, port in servers)


@account.command("change")
@click.argument("address")
@click.option("--imap", metavar="HOST:PORT", help="The server mail is read from.")
@click.option("--smtp", metavar="HOST:PORT", help="The server that mail is sent through.")
@click.option("--user", metavar="NAME", help="The user name, where it is not the address.")
@click.option(
    "--starttls/--tls", default=None, help="Switch to TLS before login, or begin with it."
)
@click.option("--ca-file", type=click.Path(path_type=Path), help="A further certificate to trust.")
@click.option("--password-stdin", is_flag=True, help="Read a new password from standard input.")
@pass_door
def change_account(
    door: Door,
    address: str,
    *,
    imap: str | None,
    smtp: str | None,
    user: str | None,
    starttls: bool | None,
    ca_file: Path | None,
    password_stdin: bool,
) -> None:
    """Change how a mailbox is reached, or its password; what is not named stays.

    The mail read stays. An empty --ca-file or --smtp takes it away.
    """
    with door.writing() as desk:
        mailboxes = desk.correspondence.mailboxes
        changed = mailboxes.account(address)
        if imap is not None:
            host, port = _host_and_port(imap, _TLS_PORT)
            changed = replace(changed, imap_host=host, imap_port=port)
        if smtp:
            host, port = _host_and_port(smtp, _SUBMISSION_PORT)
            is_starttls = changed.smtp_is_starttls if starttls is None else starttls
            changed = _sending_at(changed, host, port, is_starttls=is_starttls)
        elif smtp is not None:
            changed = replace(changed, smtp_host=None, smtp_port=None, smtp_is_starttls=False)
        if starttls is not None:
            changed = replace(changed, is_starttls=starttls)
            if changed.smtp_host and changed.smtp_port:
                changed = _sending_at(
                    changed, changed.smtp_host, changed.smtp_port, is_starttls=starttls
                )
        if user is not None:
            changed = replace(changed, user_name=user or changed.address, smtp_user_name=None)
        if ca_file is not None:
            changed = replace(changed, ca_file=_certificate_file(ca_file))
        password = password_line() or None if password_stdin else None
        if password is not None and changed.login is LoginKind.SIGN_IN:
            raise RefusedError(
                f"{changed.address} is signed in to; it has no password. Nothing was changed."
            )
        mailboxes.change(changed, password)
        is_kept = password is None or mailboxes.has_password(changed.address)
    say(f"{changed.address} is changed.")
    if not is_kept:
        say("This computer has no keyring: “mail fetch --password-stdin” takes the password.")


def _certificate_file(path: Path) -> str | None:
    """Return a further certificate file as it is kept; an empty name takes it away."""
    if str(path) in {"", "."}:
        return None
    if not path.is_file():
        raise RefusedError(f"There is no certificate file “{path}”. Nothing was changed.")
    return str(path.absolute())


@account.command("test")
@click.argument("address")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@as_json_option
@pass_door
def test_account(door: Door, address: str, *, password_stdin: bool, as_json: bool) -> None:
    """Try both logins of an account; nothing is read, changed or sent."""
    password = password_line() if password_stdin else None
    with door.reading() as desk:
        found = desk.correspondence.mailboxes.account(address)
        tried = desk.correspondence.connecting.try_job(found, password)()
    if as_json:
        print_json(_tried_json(tried))
    else:
        _say_trial("reading", tried.reading)
        if tried.sending is not None:
            _say_trial("sending", tried.sending)
    if not tried.is_good:
        needs_seller()


def _say_trial(kind: str, trial: Trial) -> None:
    words = TRIED[kind, trial.trouble is None]
    click.echo(words if trial.trouble is None else f"{words} {trial.trouble}.")


def _tried_json(tried: Tried) -> dict[str, Any]:
    return {
        "reading": _trial_json(tried.reading),
        "sending": _trial_json(tried.sending) if tried.sending else None,
        "sent_folder": tried.seen.sent_folder,
    }


def _trial_json(trial: Trial) -> dict[str, Any]:
    shown = trial.certificate
    return {
        "ok": trial.trouble is None,
        "error": trial.trouble,
        "certificate": shown.sha256 if shown and shown.sha256 else None,
    }


@account.command("trust")
@click.argument("address")
@click.argument("sha256")
@click.option("--smtp", "is_smtp", is_flag=True, help="Of the server for sending, and only there.")
@pass_door
def trust_certificate(door: Door, address: str, sha256: str, *, is_smtp: bool) -> None:
    """Trust one certificate of an account's host; any other one there is refused."""
    with door.writing() as desk:
        mailboxes = desk.correspondence.mailboxes
        found = mailboxes.account(address)
        if is_smtp and not found.smtp_host:
            raise RefusedError(f"{found.address} has no server for sending. Nothing was changed.")
        for each in _trusted(found, sha256, is_smtp=is_smtp):
            mailboxes.trust(each)
            say(f"The certificate of {each.host}:{each.port} is trusted from now on.")


@account.command("sign-in")
@click.argument("address")
@pass_door
def sign_in(door: Door, address: str) -> None:
    """Sign in again at the account's provider, in your browser."""
    with door.writing() as desk:
        correspondence = desk.correspondence
        found = correspondence.mailboxes.account(address)
        job = correspondence.connecting.sign_in_job(found, None, lambda: False)
        say("Your browser opens the provider’s page: sign in there. Ctrl+C gives up.")
        is_kept = job()
    say(f"{found.address} is signed in." if is_kept else _NOT_KEPT)


def asked_passwords(secrets: MailSecrets, accounts: Iterable[MailAccount]) -> None:
    """Ask for the passwords nobody keeps, where someone sits before the terminal."""
    if not sys.stdin.isatty():
        return
    for each in accounts:
        if each.login is LoginKind.PASSWORD:
            given = click.prompt(
                f"Password of {each.address}", hide_input=True, default="", show_default=False
            )
            if given:
                secrets.use_until_closed(each.address, str(given))


def given_passwords(secrets: MailSecrets, accounts: Iterable[MailAccount]) -> None:
    """Take passwords from standard input for accounts without one, a line each, in their order.

    A single line serves further accounts at the same servers, and never those of another host:
    a password is shown to nobody but whom it is for.
    """
    line, place = "", ("", "")
    for each in accounts:
        if each.login is not LoginKind.PASSWORD:
            continue
        given = password_line()
        here = (each.imap_host, each.smtp_host or "")
        if given:
            line, place = given, here
        if line and here == place:
            secrets.use_until_closed(each.address, line)


def password_line() -> str:
    """Return the password from standard input, without its line end."""
    return sys.stdin.readline().rstrip("\r\n")


def _asked_password(*, password_stdin: bool) -> str | None:
    if password_stdin:
        return password_line() or None
    if sys.stdin.isatty():
        return (
            str(click.prompt("Password", hide_input=True, default="", show_default=False)) or None
        )
    return None


def _host_and_port(text: str, default_port: int) -> tuple[str, int]:
    """Read ``HOST:PORT``. Raises `RefusedError` for anything else."""
    host, colon, port = text.rpartition(":")
    if not colon:
        host, port = text, str(default_port)
    host = host.strip("[]")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) <= 65535:  # noqa: PLR2004 - the highest port
        raise RefusedError(f"“{text}” is not a server such as imap.example.com:993.")
    return host, int(port)


@account.command("list")
@as_json_option
@pass_door
def list_accounts(door: Door, *, as_json: bool) -> None:
    """List the mail accounts."""
    with door.reading() as desk:
        rows = [
            (each, desk.correspondence.mailboxes.has_password(each.account.address))
            for each in desk.correspondence.accounts()
        ]
    if as_json:
        print_json([_account_json(each, has_password=known) for each, known in rows])
        return
    for each, known in rows:
        is_sign_in = each.account.login is LoginKind.SIGN_IN
        kept = _KEPT[is_sign_in, known]
        click.echo(f"{each.account.address} · {each.account.imap_host} · {kept}")


_KEPT = {
    (False, True): "password in the keyring",
    (False, False): "no password kept",
    (True, True): "signed in, its key in the keyring",
    (True, False): "not signed in",
}


def _account_json(shown: AccountShown, *, has_password: bool) -> dict[str, Any]:
    account = shown.account
    smtp = f"{account.smtp_host}:{account.smtp_port}" if account.smtp_host else None
    return {
        "address": account.address,
        "imap": f"{account.imap_host}:{account.imap_port}",
        "smtp": smtp,
        "user": account.user_name,
        "starttls": account.is_starttls,
        "ca_file": account.ca_file,
        "has_password": has_password,
        "looked_at": instant_json(shown.looked_at),
        "error": shown.error,
    }


@account.command("remove")
@click.argument("address")
@pass_door
def remove_account(door: Door, address: str) -> None:
    """Remove a mail account and its password; the mail read stays."""
    with door.writing() as desk:
        desk.correspondence.mailboxes.remove(address)
    say(f"{address} is removed; its mail stays in the desk.")
