"""The words for how a mailbox is reached, and for what hinders it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jeweler_desk.domain.mail_access import CertificateFault, ShownCertificate, fingerprint_text

_FAULTS: Final = {
    CertificateFault.SELF_SIGNED: "it is signed by itself",
    CertificateFault.UNKNOWN_ISSUER: "its issuer is not known to this computer",
    CertificateFault.OTHER_NAME: "it is made out to another name",
    CertificateFault.EXPIRED: "it has expired",
    CertificateFault.NOT_YET_VALID: "it is not valid yet",
    CertificateFault.CHANGED: "it is not the one you trusted",
    CertificateFault.OTHER: "it does not verify",
}


def faults_text(faults: Sequence[CertificateFault]) -> str:
    """Return why a certificate is refused: “it is signed by itself and it has expired”."""
    return " and ".join(_FAULTS[each] for each in faults)


def refused_certificate(certificate: ShownCertificate) -> str:
    """Return the sentence part for a certificate that does not verify, with its fingerprint."""
    server = f"{certificate.host}:{certificate.port}"
    why = faults_text(certificate.faults) or _FAULTS[CertificateFault.OTHER]
    shown = f" Its SHA-256 is {fingerprint_text(certificate.sha256)}" if certificate.sha256 else ""
    return f"the certificate of {server} is not trusted: {why}; no password was sent.{shown}"
