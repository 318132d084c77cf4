"""Hands letters to mail servers, as the services see it; the code loads with the first letter."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.outgoing import Envelope, Outgoing, Result

if TYPE_CHECKING:
    from jeweler_desk.mail.smtp_delivery import SmtpDelivery

TIMEOUT_SECONDS: Final = 60


class SmtpSender:
    """Sends by SMTP and lays the copy into Sent by IMAP."""

    def __init__(self, timeout: float = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout

    def write_down(self, letter: Outgoing) -> str:
        """Return a letter's bytes, ASCII all through. Raises `RefusedError`."""
        from jeweler_desk.mail.outgoing_mail import written  # noqa: PLC0415 - rarely needed

        return written(letter)

    def begin(
        self, account: MailAccount, secret: str, envelope: Envelope
    ) -> tuple[SmtpDelivery | None, Result]:
        """Connect, log in, name sender and recipient; no word of the letter is given away yet."""
        from jeweler_desk.mail.smtp_delivery import begin  # noqa: PLC0415 - rarely needed

        return begin(account, secret, envelope, self._timeout)

    def keep_copy(
        self, account: MailAccount, secret: str, raw: str, message_id: str, at: datetime
    ) -> str | None:
        """Lay a copy into Sent unless it is there; return what hindered it, in words."""
        from jeweler_desk.mail.sent_copy import keep_copy  # noqa: PLC0415 - rarely needed

        return keep_copy(account, secret, raw, message_id, at, self._timeout)
