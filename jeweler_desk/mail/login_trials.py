"""Trying a login for reading and one for sending; nothing is read, changed or sent."""

from __future__ import annotations

import smtplib
from typing import Any

from imapclient.exceptions import IMAPClientError

from jeweler_desk.domain.mail_access import ImapTried, UntrustedCertificateError
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail import imap_connection, smtp_connection
from jeweler_desk.mail.imap_folders import ServerFolder, folders_to_read


def try_imap(account: MailAccount, secret: str, timeout: float) -> ImapTried:
    """Log in and list the folders. Raises `RefusedError` in words, also about a certificate."""
    try:
        client = imap_connection.open_imap(account, timeout)
        try:
            imap_connection.log_in(client, account, secret)
            listed = [
                ServerFolder(tuple(map(_text, attributes)), _text(delimiter or b""), _text(name))
                for attributes, delimiter, name in client.list_folders()
            ]
        finally:
            imap_connection.hang_up(client)
    except UntrustedCertificateError:
        raise
    except (OSError, RefusedError, IMAPClientError, ValueError) as error:
        raise RefusedError(imap_connection.in_words(error, account)) from None
    sent = [each.name for each in folders_to_read(listed) if each.kind is FolderKind.SENT]
    return ImapTried(tuple(each.name for each in listed), sent[0] if sent else None)


def try_smtp(account: MailAccount, secret: str, timeout: float) -> None:
    """Log in and leave. Raises `RefusedError` in words, also about a certificate."""
    try:
        smtp = smtp_connection.open_smtp(account, timeout)
        try:
            smtp_connection.log_in(smtp, account, secret)
        finally:
            smtp_connection.hang_up(smtp)
    except UntrustedCertificateError:
        raise
    except (OSError, RefusedError, smtplib.SMTPException, ValueError) as error:
        raise RefusedError(smtp_connection.in_words(error, account)) from None


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
