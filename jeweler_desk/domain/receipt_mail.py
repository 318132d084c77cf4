"""Receipts of PayPal, Stripe and Square: a buyer's note in them, a dispute, or noise."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.message import MailChannel, Notice, NoticeKind
from jeweler_desk.domain.notice_mail import TROUBLE, NoticeMail, named
from jeweler_desk.domain.senders import URGENT

_BUYER_NOTE: Final = re.compile(
    r"(?:^|\n)[ \t*]*(?:(?:a|special|buyer|customer|the (?:buyer|customer))(?:['’]s)?[ \t]+)*"
    r"(?:note|message|instructions?|mitteilung|nachricht)"
    r"(?:[ \t]+(?:from|to|by|of|von)[ \t]+[^\n:]{1,60})?[ \t*]*:[ \t*]*\n?[ \t]*(?P<note>[^\n]{2,})"
    r"|\b(?:left|sent|included|added|wrote)(?: you)? (?:a|this|the following) (?:note|message)\b"
    r"[^\n]{0,5}\n?[ \t]*(?P<note2>[^\n]{2,})",
    re.IGNORECASE,
)
_NO_NOTE: Final = re.compile(
    r"^\W*(?:none|n/?a|no note|-+|not provided|(?:the )?(?:buyer|customer) (?:has ?n[o']t"
    r"|did ?n[o']t).*)\W*\w*\W*$|\b(?:automat|do not reply|don['’]t reply|paypal|this e-?mail)",
    re.IGNORECASE,
)
_PAYER: Final = re.compile(
    r"^(?P<payer>[^\n(<,.:]{2,60}?) (?:has )?(?:sent|paid) you\b|\b(?:payment"
    r"|money)\b[^\n]{0,40}?\bfrom (?P<name>[^\n(<,.]{2,60}?)"
    r"\s*(?:[(<](?P<address>[^\s()<>]+@[^\s()<>]+)[)>])?\s*(?:$|[,.\n])",
    re.IGNORECASE | re.MULTILINE,
)


def _receipt(mail: NoticeMail, channel: MailChannel, brand: str) -> Notice:
    subject = mail.subject
    if named(TROUBLE, subject) is not None or URGENT.search(subject):
        return Notice(NoticeKind.ACTION, channel, f"{brand} reports a dispute or a deadline")
    found = _BUYER_NOTE.search(mail.text)
    note = (found["note"] or found["note2"] or "") if found else ""
    if note and not _NO_NOTE.search(note):
        payer = _PAYER.search(f"{subject}\n{mail.text}")
        name = (payer["name"] or payer["payer"] or "").strip() if payer else ""
        address = (payer["address"] or "") if payer else ""
        why = f"a buyer's note on a receipt from {brand}"
        return Notice(NoticeKind.NOTE, channel, why, name, address)
    return Notice(NoticeKind.NOISE, channel, f"a receipt or notice from {brand}")


def from_paypal(mail: NoticeMail) -> Notice:
    """Return what PayPal sends."""
    return _receipt(mail, MailChannel.PAYPAL, "PayPal")


def from_stripe(mail: NoticeMail) -> Notice:
    """Return what Stripe sends."""
    return _receipt(mail, MailChannel.EMAIL, "Stripe")


def from_square(mail: NoticeMail) -> Notice:
    """Return what Square sends."""
    return _receipt(mail, MailChannel.EMAIL, "Square")
