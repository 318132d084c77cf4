"""Verified TLS: what a server must show before it is told anything, and why it is refused."""

from __future__ import annotations

import hashlib
import hmac
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

from jeweler_desk.domain.mail_access import (
    CertificateFault,
    ShownCertificate,
    UntrustedCertificateError,
)
from jeweler_desk.domain.mail_access_wording import refused_certificate
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError

_BY_CODE: Final = {
    9: CertificateFault.NOT_YET_VALID,
    10: CertificateFault.EXPIRED,
    18: CertificateFault.SELF_SIGNED,
    19: CertificateFault.UNKNOWN_ISSUER,
    20: CertificateFault.UNKNOWN_ISSUER,
    21: CertificateFault.UNKNOWN_ISSUER,
    62: CertificateFault.OTHER_NAME,
    64: CertificateFault.OTHER_NAME,
}
"""OpenSSL's X509_V_ERR numbers."""

_ORDER: Final = tuple(CertificateFault)

Connect = Callable[[ssl.SSLContext], None]
"""Goes through the handshake with a context and hangs up; sends nothing secret."""
C = TypeVar("C")


class InjectedBytesError(OSError):
    """The server spoke where it had to be silent: before the connection was encrypted."""


class TrustedTls(ssl.SSLContext):
    """A client's context, TLS 1.2 or newer; with a pin exactly one certificate is taken.

    Nothing may lie in the socket before the handshake: what was sent unencrypted by someone in
    between would else be taken for the server's word.
    """

    pin: str | None = None
    seen: bytes | None = None
    before: Callable[[], bool] | None = None
    """Asked right before the handshake: has the server said more than it should have?"""

    def wrap_socket(self, sock: socket.socket, *args: Any, **named: Any) -> ssl.SSLSocket:
        """Shake hands, then look at the certificate before a byte of ours is sent."""
        if (self.before is not None and self.before()) or _has_waiting_bytes(sock):
            sock.close()
            raise InjectedBytesError("bytes before the handshake")
        wrapped = super().wrap_socket(sock, *args, **named)
        self.seen = wrapped.getpeercert(binary_form=True)
        if self.pin is not None and not hmac.compare_digest(fingerprint(self.seen), self.pin):
            wrapped.close()
            raise ssl.SSLCertVerificationError(1, "another certificate than the one trusted")
        return wrapped


def fingerprint(certificate: bytes | None) -> str:
    """Return a certificate's SHA-256 in hexadecimal."""
    return hashlib.sha256(certificate or b"").hexdigest()


def _has_waiting_bytes(sock: socket.socket) -> bool:
    timeout = sock.gettimeout()
    sock.settimeout(0)
    try:
        return bool(sock.recv(1, socket.MSG_PEEK))
    except (BlockingIOError, InterruptedError):
        return False
    finally:
        sock.settimeout(timeout)


def _strict() -> TrustedTls:
    context = TrustedTls(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _unverified() -> TrustedTls:
    """Return a context that takes any certificate: only to compare it with a pin, or to show it."""
    context = _strict()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def context_for(account: MailAccount, host: str, port: int) -> TrustedTls:
    """Return the context for one of an account's servers.

    Verified against the computer's own authorities and the account's further certificate file; or,
    where the seller trusted one certificate for this host and port, against exactly that one.
    Raises `RefusedError` for a certificate file that cannot be used.
    """
    pin = account.trusted_at(host, port)
    if pin is not None:
        context = _unverified()
        context.pin = pin
        return context
    return verified_context(account.ca_file)


def verified_context(ca_file: str | None = None) -> TrustedTls:
    """Return a context that verifies against the computer's authorities and a further file."""
    context = _strict()
    context.load_default_certs()
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise RefusedError(
                f"the certificate file “{ca_file}” cannot be used; no password was sent"
            ) from error
    return context


def verified(
    account: MailAccount,
    server: tuple[str, int],
    connect: Callable[[ssl.SSLContext], C],
    hang_up: Callable[[C], None],
) -> C:
    """Connect to a server that shows a certificate to be trusted.

    Raises `UntrustedCertificateError` with the certificate, and what ``connect`` raises: it goes
    up to the handshake, again as often as there are questions to ask of a refused certificate.
    """
    host, port = server
    try:
        return connect(context_for(account, host, port))
    except ssl.SSLCertVerificationError as error:
        raise _refusal(
            error, account, host, port, lambda context: hang_up(connect(context))
        ) from None


def _refusal(
    error: ssl.SSLCertVerificationError, account: MailAccount, host: str, port: int, again: Connect
) -> UntrustedCertificateError:
    """Return why a certificate was refused, with all its faults and its fingerprint."""
    shown = _look_at(error, account, host, port, again)
    return UntrustedCertificateError(refused_certificate(shown), shown)


def _look_at(
    error: ssl.SSLCertVerificationError, account: MailAccount, host: str, port: int, again: Connect
) -> ShownCertificate:
    first = _BY_CODE.get(getattr(error, "verify_code", 0), CertificateFault.OTHER)
    looking = _unverified()
    with suppress(OSError, RefusedError):
        again(looking)
    if looking.seen is None:
        return ShownCertificate(host, port, "", (first,))
    if account.trusted_at(host, port) is not None:
        first = CertificateFault.CHANGED
    faults = {first, *_further_faults(looking.seen, again)}
    if len(faults) > 1:
        faults.discard(CertificateFault.OTHER)
    if CertificateFault.SELF_SIGNED in faults:
        faults.discard(CertificateFault.UNKNOWN_ISSUER)
    return _described(looking.seen, host, port, tuple(each for each in _ORDER if each in faults))


def _further_faults(certificate: bytes, again: Connect) -> set[CertificateFault]:
    """Ask OpenSSL the questions one by one, since it stops at the first fault it meets."""
    by_itself, by_name, by_issuer = _strict(), _strict(), _strict()
    for context in (by_itself, by_name):
        context.load_verify_locations(cadata=certificate)
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    by_itself.check_hostname = by_issuer.check_hostname = False
    by_issuer.load_default_certs()
    faults: set[CertificateFault] = set()
    for context in (by_itself, by_name, by_issuer):
        try:
            again(context)
        except ssl.SSLCertVerificationError as error:
            faults.add(_BY_CODE.get(error.verify_code, CertificateFault.OTHER))
        except (OSError, RefusedError):
            continue
    return faults


def _described(
    certificate: bytes, host: str, port: int, faults: tuple[CertificateFault, ...]
) -> ShownCertificate:
    from cryptography import x509  # noqa: PLC0415 - slow to load; only a refusal needs it

    sha256 = fingerprint(certificate)
    try:
        read = x509.load_der_x509_certificate(certificate)
        issued_to, issued_by = read.subject.rfc4514_string(), read.issuer.rfc4514_string()
        valid_from, valid_until = read.not_valid_before_utc, read.not_valid_after_utc
    except ValueError:
        return ShownCertificate(host, port, sha256, faults)
    return ShownCertificate(
        host, port, sha256, faults, issued_to, issued_by, valid_from, valid_until
    )
