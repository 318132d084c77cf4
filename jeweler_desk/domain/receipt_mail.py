"""Receipts of PayPal, Stripe and Square: a buyer's note in them, a dispute, or noise."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.message import Notice, NoticeKind
from jeweler_desk.domain.notice_mail import TROUBLE, NoticeMail, named
from jeweler_desk.domain.sender_table import Platform
from jeweler_desk.domain.senders import URGENT

_PAYER: Final = re.compile(
    r"^(?P<payer>[^\n(<,.:]{2,60}?) (?:(?:has )?(?:sent|paid) you\b|hat (?:ihnen|dir)\b)"
    r"|\b(?:payment|money)\b[^\n]{0,40}?\bfrom (?P<name>[^\n(<,.]{2,60}?)"
    r"\s*(?:[(<](?P<address>[^\s()<>]+@[^\s()<>]+)[)>])?\s*(?:$|[,.\n])",
    re.IGNORECASE | re.MULTILINE,
)


def from_receipts(mail: NoticeMail, platform: Platform) -> Notice:
    """Return what a payment service sends."""
    subject, channel = mail.subject, platform.channel
    if named(TROUBLE, subject) is not None or URGENT.search(subject):
        return Notice(
            NoticeKind.ACTION, channel, f"{platform.name} reports a dispute or a deadline"
        )
    note = platform.found("note", mail.text)
    if note and not platform.says("no_note", note):
        payer = _PAYER.search(f"{subject}\n{mail.text}")
        name = (payer["name"] or payer["payer"] or "").strip() if payer else ""
        address = (payer["address"] or "") if payer else ""
        why = f"a buyer's note on a receipt from {platform.name}"
        return Notice(NoticeKind.NOTE, channel, why, name, address)
    return Notice(NoticeKind.NOISE, channel, f"a receipt or notice from {platform.name}")
