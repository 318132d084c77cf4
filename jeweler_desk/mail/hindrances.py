"""What hinders a connection to a mail server: one sentence for every protocol, and its kind."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.mail_access import Hindrance, LoginKind
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.certificates import InjectedBytesError

Words = tuple[tuple[type[Exception], str], ...]
"""Sentences by the kind of error, the closest kind first."""

_UNREADABLE: Final = "{server} gave an answer that could not be read; it will be tried again"
_NOT_NOW: Final = "{server} can let nobody in at this moment; it will be tried again"
_REFUSED: Final = "{server} refused the user name or password of {address}"
_SIGN_IN_REFUSED: Final = "{server} did not take the sign-in of {address}; sign in again"
_ANYWHERE: Final[Words] = (
    (InjectedBytesError, "{server} spoke before the connection was safe; no password was sent"),
    (ssl.SSLError, "no safe connection to {server} could be made; no password was sent"),
    (socket.gaierror, "the server {host} was not found; is this computer online?"),
    (TimeoutError, "{server} did not answer in time; it will be tried again"),
)


@dataclass(frozen=True, slots=True)
class Protocol:
    """What a protocol says in its own way.

    ``login``: the error of a login that was not taken; ``is_for_now`` tells whether the server
    could not look at it, which says nothing of the password; ``own``: its other errors.
    """

    login: type[Exception]
    is_for_now: Callable[[Exception], bool]
    own: Words

    def kind_of(self, error: Exception) -> Hindrance:
        """Tell a refused login from all that waiting may mend."""
        is_login = isinstance(error, self.login) and not self.is_for_now(error)
        return Hindrance.LOGIN if is_login else Hindrance.OTHER

    def in_words(
        self, error: Exception, account: MailAccount, host: str | None, port: int | None
    ) -> str:
        """Say what hinders, in one sentence; never what was sent."""
        if isinstance(error, RefusedError):
            return str(error)
        words = self._words(error, account)
        if words is not None:
            return words.format(server=f"{host}:{port}", host=host, address=account.address)
        why = getattr(error, "strerror", None) or type(error).__name__
        return f"{host}:{port} could not be reached: {why}"

    def _words(self, error: Exception, account: MailAccount) -> str | None:
        if isinstance(error, self.login):
            if self.is_for_now(error):
                return _NOT_NOW
            return _SIGN_IN_REFUSED if account.login is LoginKind.SIGN_IN else _REFUSED
        for kind, words in (*_ANYWHERE, *self.own):
            if isinstance(error, kind):
                return words
        if "* BYE" in str(error):
            return "{server} takes no connections at this moment; it will be tried again"
        return None if isinstance(error, OSError) else _UNREADABLE
