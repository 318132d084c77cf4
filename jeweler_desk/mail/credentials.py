"""Passwords in the system's keyring, and nowhere else; a silent one is not waited for long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.mail_access import KeyringSilentError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "Jeweler Desk"
_SECONDS: Final = 20.0
"""So long a question waits: a keyring may ask its owner to unlock it, and she may be away."""

_SILENT: Final = (
    "this computer’s keyring gives no answer; if it asks you to unlock it, answer there. It will"
    " be asked again"
)

_BROKEN: Final = "this computer’s keyring could not be asked ({why}). It will be asked again"


@dataclass(slots=True)
class _Question:
    """What the keyring is asked, and what came of it."""

    ask: Callable[[KeyringBackend], str | bool | None]
    answer: str | bool | None = None
    error: Exception | None = None
    is_answered: bool = False


class KeyringCredentials:
    """The system's keyring; where there is none, nothing is kept and nothing is found.

    Each question is put by a thread of its own that nobody has to wait for: one that a keyring
    never answers holds neither a job nor the closing of the desk. Until it is answered after all,
    every further one is refused at once.
    """

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._news = threading.Condition()
        self._asked: _Question | None = None
        self._is_silent = False

    def password(self, address: str) -> str | None:
        """Return the password of an account, or None. Raises `KeyringSilentError`."""
        found = self._ask(lambda keyring: keyring.get_password(SERVICE, address))
        return found if isinstance(found, str) else None

    def keep(self, address: str, password: str) -> bool:
        """Keep a password; False where no keyring that is safe takes it, or answers."""

        def ask(keyring: KeyringBackend) -> bool:
            keyring.set_password(SERVICE, address, password)
            return True

        try:
            return self._ask(ask) is True
        except KeyringSilentError:
            return False

    def forget(self, address: str) -> None:
        """Let a password go, if one is kept. Raises `KeyringSilentError`."""
        self._ask(lambda keyring: keyring.delete_password(SERVICE, address))

    def give_up(self) -> None:
        """Wait no longer for the question that is being asked; who waits is told so."""
        with self._news:
            self._is_silent = self._asked is not None
            self._news.notify_all()

    def _ask(self, ask: Callable[[KeyringBackend], str | bool | None]) -> str | bool | None:
        question = _Question(ask)
        with self._news:
            self._news.wait_for(lambda: self._asked is None or self._is_silent, self._seconds)
            if self._asked is not None:
                raise KeyringSilentError(_SILENT)
            self._asked = question
            thread = threading.Thread(
                target=self._put, args=(question,), name="keyring", daemon=True
            )
            thread.start()
            self._news.wait_for(lambda: question.is_answered or self._is_silent, self._seconds)
            if not question.is_answered:
                self._is_silent = True
                self._news.notify_all()
                raise KeyringSilentError(_SILENT)
        if question.error is not None:
            why = type(question.error).__name__
            raise KeyringSilentError(_BROKEN.format(why=why)) from question.error
        return question.answer

    def _put(self, question: _Question) -> None:
        try:
            question.answer = _answer(question.ask)
        except Exception as error:  # noqa: BLE001 - handed to who asked
            question.error = error
        with self._news:
            question.is_answered = True
            self._asked, self._is_silent = None, False
            self._news.notify_all()


def _answer(ask: Callable[[KeyringBackend], str | bool | None]) -> str | bool | None:
    keyring = _safe_keyring()
    if keyring is None:
        return None
    from keyring.errors import KeyringError  # noqa: PLC0415 - loaded by now

    try:
        return ask(keyring)
    except KeyringError:
        return None


def _safe_keyring() -> KeyringBackend | None:
    """Return the system's keyring, unless it would write passwords into a plain file."""
    import keyring  # noqa: PLC0415 - slow to load, and most starts need none

    backend = keyring.get_keyring()
    is_plain = "plaintext" in type(backend).__name__.casefold()
    return backend if backend.priority > 0 and not is_plain else None
