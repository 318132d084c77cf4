"""Mail from carriers: trouble with a parcel, or news that asks nothing."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.message import MailChannel, Notice, NoticeKind
from jeweler_desk.domain.notice_mail import NoticeMail
from jeweler_desk.domain.senders import URGENT, is_machine_address

CARRIERS: Final = (
    "usps.com", "usps.gov", "ups.com", "fedex.com", "dhl.com", "dhl.de", "dhlparcel.nl",
    "royalmail.com",
    "parcelforce.com", "canadapost.ca", "canadapost-postescanada.ca", "auspost.com.au", "postnl.nl",
    "laposte.fr", "colissimo.fr", "chronopost.fr", "dpd.com", "dpd.de", "dpd.co.uk",
    "hermesworld.com",
    "myhermes.de", "evri.com", "gls-group.eu", "gls-group.com", "ontrac.com", "pirateship.com",
    "goshippo.com", "shippo.com", "stamps.com", "post.at", "posti.fi", "correos.es", "poste.it",
    "bpost.be", "post.ch", "postnord.com", "postnord.se", "anpost.ie", "inpost.pl", "nzpost.co.nz",
)  # fmt: skip
_PARCEL_TROUBLE: Final = re.compile(
    r"\b(?:exception|delay(?:ed)?|attempt(?:ed)?|(?:could not|couldn['’]t|cannot"
    r"|unable to) (?:be )?deliver(?:ed)?"
    r"|undeliverable|not delivered|return(?:ed|ing)? to sender|insufficient address"
    r"|incorrect address|wrong address"
    r"|address (?:problem|issue|correction|query)|customs|on hold|held|lost|damaged|missing"
    r"|action (?:required|needed)"
    r"|delivery failed|failed delivery|unclaimed|duty|duties|seized|refused|problem"
    r"|zugestellt werden|verzögert)\b",
    re.IGNORECASE,
)
_PARCEL_NEWS: Final = re.compile(
    r"\b(?:deliver(?:ed|y)|out for delivery|on (?:its|the) way|in transit|shipped|shipment"
    r"|tracking|label|picked up"
    r"|parcel|package|paket|sendung|zugestellt|colis|receipt|arriv(?:ed|ing|es))\b",
    re.IGNORECASE,
)


def from_carrier(mail: NoticeMail) -> Notice | None:
    """Return what a carrier sends: trouble, news of a parcel, or None for a person there."""
    said = f"{mail.subject}\n{mail.text[:1500]}"
    is_machine = is_machine_address(mail.address)
    if _PARCEL_TROUBLE.search(mail.subject) or URGENT.search(mail.subject):
        return Notice(
            NoticeKind.ACTION, MailChannel.EMAIL, "a carrier reports trouble with a parcel"
        )
    if not _PARCEL_NEWS.search(mail.subject) and not is_machine:
        return None
    if not re.search(
        r"\bdelivered\b|zugestellt", mail.subject, re.IGNORECASE
    ) and _PARCEL_TROUBLE.search(said):
        return Notice(
            NoticeKind.ACTION, MailChannel.EMAIL, "a carrier reports trouble with a parcel"
        )
    return Notice(NoticeKind.NOISE, MailChannel.EMAIL, "a carrier's news of a parcel")
