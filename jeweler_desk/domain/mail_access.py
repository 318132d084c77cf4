"""How a mailbox is reached: by password or by signing in, and which certificates are trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jeweler_desk.domain.refusal import RefusedError


class LoginKind(StrEnum):
    """What a server takes as proof: a password, or a token from signing in (OAuth2)."""

    PASSWORD = "password"  # noqa: S105 - a kind, no password
    SIGN_IN = "sign-in"


class Hindrance(StrEnum):
    """Why a mailbox could not be looked at: what waiting may mend, and what it cannot."""

    LOGIN = "login"  # the server refused the password or the sign-in
    SECRET = "secret"  # noqa: S105 - a kind: none is known on this computer
    CERTIFICATE = "certificate"  # she can trust it, or wait for a better one
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where and as which program one signs in; tokens are never part of it.

    ``is_microsoft`` means that Microsoft's own library does the talking.
    """

    client_id: str
    authorization_url: str
    token_url: str
    scope: str
    is_microsoft: bool = False


@dataclass(frozen=True, slots=True)
class TrustedCertificate:
    """A certificate the seller trusts for one host and port, by its SHA-256 in hexadecimal."""

    host: str
    port: int
    sha256: str


class CertificateFault(StrEnum):
    """Why a certificate does not verify."""

    SELF_SIGNED = "self-signed"
    UNKNOWN_ISSUER = "unknown-issuer"
    OTHER_NAME = "other-name"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    CHANGED = "changed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ShownCertificate:
    """A certificate that was refused, as it can be shown to the seller."""

    host: str
    port: int
    sha256: str
    faults: tuple[CertificateFault, ...]
    issued_to: str = ""
    issued_by: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None


class UntrustedCertificateError(RefusedError):
    """A server's certificate does not verify; nothing secret was sent."""

    def __init__(self, sentence: str, certificate: ShownCertificate) -> None:
        super().__init__(sentence)
        self.certificate = certificate


class SignInNeededError(RefusedError):
    """The account must be signed in to (again)."""


class PasswordNeededError(RefusedError):
    """The account's password is not known."""


class KeyringSilentError(RefusedError):
    """The system's keyring does not answer."""


def hindrance_of(refused: RefusedError) -> Hindrance:
    """Return of what kind a refusal is that came before a server was told anything."""
    if isinstance(refused, UntrustedCertificateError):
        return Hindrance.CERTIFICATE
    is_unknown = isinstance(refused, (SignInNeededError, PasswordNeededError))
    return Hindrance.SECRET if is_unknown else Hindrance.OTHER


def fingerprint_text(sha256: str) -> str:
    """Return a fingerprint as it is read aloud: pairs with colons."""
    return ":".join(sha256[at : at + 2] for at in range(0, len(sha256), 2)).upper()


def bare_fingerprint(text: str) -> str | None:
    """Return 64 lower hexadecimal digits, or None when the text is no SHA-256."""
    bare = text.strip().casefold().removeprefix("sha256:").replace(":", "").replace(" ", "")
    is_hex = all(each in "0123456789abcdef" for each in bare)
    return bare if len(bare) == 64 and is_hex else None  # noqa: PLR2004 - 256 bits


@dataclass(frozen=True, slots=True)
class Tokens:
    """What signing in brought: a token for now, and one for the keyring that renews it."""

    access: str
    expires_at: datetime
    refresh: str | None


@dataclass(frozen=True, slots=True)
class ImapTried:
    """What a login for reading saw: the folders, and the one that holds sent mail."""

    folders: tuple[str, ...] = ()
    sent_folder: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """How one login went: None where it works; else a sentence, and a certificate to be shown."""

    trouble: str | None = None
    certificate: ShownCertificate | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """How the logins for reading and for sending went; ``sending`` is None without a server."""

    reading: Trial
    sending: Trial | None
    seen: ImapTried = ImapTried()

    @property
    def is_good(self) -> bool:
        """Whether everything that was tried works."""
        return self.reading.trouble is None and not (self.sending and self.sending.trouble)

    @property
    def certificates(self) -> tuple[ShownCertificate, ...]:
        """The certificates that were refused and can be shown."""
        trials = [each for each in (self.reading, self.sending) if each is not None]
        return tuple(
            each.certificate
            for each in trials
            if each.certificate is not None and each.certificate.sha256
        )
