"""One letter and one SMTP server: up to its words, and then the words."""

from __future__ import annotations

import re
import smtplib
from typing import Final

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.outgoing import Envelope, Outcome, Result, answer_in_words
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.outgoing_mail import ascii_address
from jeweler_desk.mail.smtp_connection import hang_up, in_words, log_in, open_smtp

_DOT: Final = re.compile(rb"^\.", re.MULTILINE)
_GO_ON: Final = 354
_TAKEN: Final = 250
_FOR_GOOD: Final = 500
_FOR_NOW: Final = 400


class SmtpDelivery:
    """A connection that has taken sender and recipient and waits for the letter."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def hand_over(self, raw: str) -> Result:
        """Give the letter's words. Once they began to leave, silence means that nobody knows."""
        try:
            return self._hand_over(raw)
        finally:
            hang_up(self._smtp)

    def _hand_over(self, raw: str) -> Result:
        try:
            code, reply = self._smtp.docmd("DATA")
        except (OSError, smtplib.SMTPException):
            return Result(Outcome.NOT_NOW, "the server closed the connection")
        if code != _GO_ON:
            return _refused(code, reply)
        try:
            words = _DOT.sub(b"..", raw.encode("ascii"))
            self._smtp.send(words + (b"" if words.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, reply = self._smtp.getreply()
        except (OSError, smtplib.SMTPException):
            return Result(Outcome.UNCLEAR, "the connection broke before the server answered")
        if code == _TAKEN:
            return Result(Outcome.HANDED_OVER)
        if code < _FOR_NOW:
            return Result(Outcome.UNCLEAR, answer_in_words(code, reply))
        return _refused(code, reply)

    def give_up(self) -> None:
        """Close the connection; the letter is not sent."""
        hang_up(self._smtp)


def begin(
    account: MailAccount, secret: str, envelope: Envelope, timeout: float
) -> tuple[SmtpDelivery | None, Result]:
    """Connect over verified TLS, log in, name sender and recipient. ``timeout`` is in seconds."""
    try:
        sender, recipient = ascii_address(envelope.sender), ascii_address(envelope.recipient)
    except RefusedError as refused:
        return None, Result(Outcome.NEVER, str(refused))
    smtp: smtplib.SMTP | None = None
    try:
        smtp = open_smtp(account, timeout)
        log_in(smtp, account, secret)
        result = _name(smtp, sender, recipient)
    except RefusedError as refused:
        result = Result(Outcome.NEVER, str(refused))
    except smtplib.SMTPAuthenticationError as error:
        outcome = Outcome.NEVER if error.smtp_code >= _FOR_GOOD else Outcome.NOT_NOW
        result = Result(outcome, in_words(error, account))
    except smtplib.SMTPNotSupportedError as error:
        result = Result(Outcome.NEVER, in_words(error, account))
    except (OSError, smtplib.SMTPException) as error:
        result = Result(Outcome.NOT_NOW, in_words(error, account))
    if smtp is not None and result.outcome is Outcome.READY:
        return SmtpDelivery(smtp), result
    if smtp is not None:
        hang_up(smtp)
    return None, result


def _name(smtp: smtplib.SMTP, sender: str, recipient: str) -> Result:
    smtp.ehlo_or_helo_if_needed()
    for command in (f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>"):
        code, reply = smtp.docmd(command)
        if code not in {_TAKEN, 251}:
            return _refused(code, reply)
    return Result(Outcome.READY)


def _refused(code: int, reply: bytes) -> Result:
    outcome = Outcome.NEVER if code >= _FOR_GOOD else Outcome.NOT_NOW
    return Result(outcome, f"the server said: {answer_in_words(code, reply)}")
