"""The words for how a mailbox is reached, and for what hinders it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jeweler_desk.domain.mail_access import CertificateFault, ShownCertificate, fingerprint_text
from jeweler_desk.domain.mail_finding import FoundBy, FoundMailbox

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


_ITS: Final = " Its SHA-256 is "


def without_fingerprint(text: str) -> str:
    """Return a refusal without the 32 pairs that only the trusting of a certificate needs."""
    return text.partition(_ITS)[0].removesuffix(".")


def refused_certificate(certificate: ShownCertificate) -> str:
    """Return the sentence part for a certificate that does not verify, with its fingerprint."""
    server = f"{certificate.host}:{certificate.port}"
    why = faults_text(certificate.faults) or _FAULTS[CertificateFault.OTHER]
    shown = f"{_ITS}{fingerprint_text(certificate.sha256)}" if certificate.sha256 else ""
    return f"the certificate of {server} is not trusted: {why}; no password was sent.{shown}"


_HINTS: Final = {
    "gmail": (
        "Google takes no ordinary passwords from mail programs. Switch on 2-Step Verification, make"
        " an app password for “Jeweler Desk”, and paste its 16 letters here."
    ),
    "microsoft": (
        "Microsoft takes no passwords from mail programs, app passwords neither: you sign in on"
        " Microsoft’s own page in your browser, and the desk gets a key for mail alone."
    ),
    "icloud": (
        "Apple wants an app-specific password here: at account.apple.com, under Sign-In and"
        " Security, make one for “Jeweler Desk”. Two-factor authentication must be on."
    ),
    "yahoo": (
        "Yahoo wants an app password here: in Account security, choose Generate app password, name"
        " it “Jeweler Desk”, and paste it."
    ),
    "aol": (
        "AOL wants an app password here: in Account security, choose Generate app password, name it"
        " “Jeweler Desk”, and paste it."
    ),
    "fastmail": (
        "Fastmail wants an app password here: Settings, Privacy & Security, Manage app passwords."
        " The Basic plan has no IMAP; any other plan has."
    ),
    "switch-imap-on": (
        "Other programs are let in only when you have said so: switch IMAP on in the settings of"
        " your mailbox on the web. Some plans charge for it."
    ),
    "proton": (
        "Proton’s letters are read through Proton Mail Bridge, which must be running on this"
        " computer. The password is the one Bridge shows, not your Proton password. Bridge signs"
        " its own certificate; it is shown here once, and you say that you trust it."
    ),
    "zoho": (
        "Switch IMAP access on in Zoho’s mail settings; the free plan has none. With two-factor"
        " sign-in, Zoho wants an app-specific password here."
    ),
    "mailbox-password": (
        "The password is the mailbox’s own, which you set where you made the address, not the one"
        " of your account at the host."
    ),
    "password": "The password is the one with which you read your letters on the web.",
}
_OWN_HOST: Final = (
    "The password is the mailbox’s own. Many providers want an app password here instead."
)


def password_hint(hint: str) -> str:
    """Return what a provider wants as a password, and where it is made."""
    return _HINTS.get(hint, _OWN_HOST)


def has_hint(hint: str) -> bool:
    """Tell whether there are words for the key of a hint."""
    return hint in _HINTS


def found_text(found: FoundMailbox) -> str:
    """Return where an address's servers are and who told: “Found at Fastmail: …”."""
    name = found.provider.name if found.provider else found.name
    servers = _server_text(found.imap.host, found.imap.port)
    if found.smtp is not None:
        servers += f" for reading, {_server_text(found.smtp.host, found.smtp.port)} for sending"
    return f"Found at {name}: {servers}." if name else f"{_FOUND_BY[found.by]}: {servers}."


_FOUND_BY: Final = {
    FoundBy.PROVIDER: "Found in the desk’s own list",
    FoundBy.MX: "Found by who takes in the domain’s mail",
    FoundBy.AUTOCONFIG: "Found on the domain’s own page for mail programs",
    FoundBy.ISPDB: "Found in Thunderbird’s public list",
    FoundBy.SRV: "Found in the domain’s records",
    FoundBy.GUESS: "Tried the usual names, and these answered",
}


def _server_text(host: str, port: int) -> str:
    return f"{host}:{port}"


def step_text(by: FoundBy, domain: str) -> str:
    """Return what is being done to find a domain's servers."""
    return _STEPS[by].format(domain=domain)


_STEPS: Final = {
    FoundBy.PROVIDER: "Looking for {domain} in the desk’s own list of providers …",
    FoundBy.MX: "Asking who takes in the mail of {domain} …",
    FoundBy.AUTOCONFIG: "Asking {domain} itself for its page for mail programs …",
    FoundBy.ISPDB: "Asking Thunderbird’s public list about {domain} …",
    FoundBy.SRV: "Reading the records of {domain} …",
    FoundBy.GUESS: "Trying the usual names, such as imap.{domain} …",
}


TRIED: Final = {
    ("reading", True): "Reading works.",
    ("sending", True): "Sending works.",
    ("reading", False): "Reading does not work:",
    ("sending", False): "Sending does not work:",
}
"""How a login went, by what it is for and whether it works."""


def nothing_found(address: str) -> str:
    """Return what to do where no servers were found."""
    domain = address.rpartition("@")[2]
    return (
        f"No mail servers were found for {domain}. Nothing was changed; your provider’s help page"
        " names them: look for IMAP and SMTP."
    )


def needs_client_id(address: str) -> str:
    """Return why an address cannot be connected with a password, and what one can do."""
    return (
        f"{address} cannot be read with a password: its provider lets in only programs that are"
        " registered there, and you sign in with your browser. Register a program of your own"
        " (free) and give its client id. Nothing was changed."
    )
