"""What hinders a look or a letter: one sentence each, and whether waiting mends it."""

from __future__ import annotations

import smtplib
import socket
import ssl

import pytest
from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError

from jeweler_desk.domain.mail_access import Hindrance, LoginKind
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail import imap_connection, smtp_connection

ACCOUNT = MailAccount(
    "me@shop.test", "imap.shop.test", 993, "me@shop.test", smtp_host="smtp.shop.test", smtp_port=465
)
SIGNED_IN = MailAccount(
    "me@shop.test", "imap.shop.test", 993, "me@shop.test", login=LoginKind.SIGN_IN
)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LoginError("[AUTHENTICATIONFAILED] no"), "refused the user name or password of me@"),
        (LoginError("[UNAVAILABLE] later"), "can let nobody in at this moment"),
        (LoginError("[LIMIT] too many"), "can let nobody in at this moment"),
        (CapabilityError("no STARTTLS"), "offers no STARTTLS"),
        (ssl.SSLError("bad"), "no safe connection"),
        (socket.gaierror(), "the server imap.shop.test was not found"),
        (TimeoutError(), "did not answer in time"),
        (IMAPClientError("* BYE too busy"), "takes no connections at this moment"),
        (ConnectionRefusedError(111, "Connection refused"), "be reached: Connection refused"),
        (IMAPClientError("odd"), "could not be read"),
    ],
)
def test_what_hinders_a_look_is_one_sentence(error: Exception, words: str) -> None:
    assert words in imap_connection.in_words(error, ACCOUNT)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "refused the user name or password"),
        (smtplib.SMTPAuthenticationError(454, b"later"), "can let nobody in at this moment"),
        (smtplib.SMTPNotSupportedError("none"), "no safe way to log in"),
        (smtplib.SMTPServerDisconnected("gone"), "closed the connection"),
        (smtplib.SMTPDataError(451, b"x"), "could not be read"),
        (TimeoutError(), "did not answer in time"),
        (OSError(113, "No route to host"), "be reached: No route to host"),
    ],
)
def test_what_hinders_a_letter_is_one_sentence(error: Exception, words: str) -> None:
    assert words in smtp_connection.in_words(error, ACCOUNT)


def test_only_a_refused_login_is_no_matter_of_waiting() -> None:
    kind = imap_connection.kind_of_trouble
    assert kind(LoginError("[AUTHENTICATIONFAILED] no")) is Hindrance.LOGIN
    assert kind(LoginError("[UNAVAILABLE] the directory is down")) is Hindrance.OTHER
    assert kind(TimeoutError()) is Hindrance.OTHER
    told = imap_connection.in_words(LoginError("NO"), SIGNED_IN)
    assert told.endswith("did not take the sign-in of me@shop.test; sign in again")
