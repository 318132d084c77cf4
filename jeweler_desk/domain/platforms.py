"""Reads mail of the platforms in the table: who relays a person's words, who is noise.

A relay is not a robot: Etsy, eBay, forms look automatic and carry what a person wrote. Only what
the table names as noise is closed; a sender it does not know goes on to the general rules
(facts/mail.md sections 0.4 and 2.2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from jeweler_desk.domain.carrier_mail import from_carrier
from jeweler_desk.domain.form_mail import from_form_service, from_own_site, from_site_builder
from jeweler_desk.domain.marketplace_mail import from_amazon, from_ebay, from_etsy, from_shopify
from jeweler_desk.domain.message import Correspondent, Notice, domain_of
from jeweler_desk.domain.notice_mail import NoticeMail
from jeweler_desk.domain.receipt_mail import from_receipts
from jeweler_desk.domain.sender_table import Platform, Reader, SenderTable
from jeweler_desk.domain.senders import EBAY_ALIAS, is_full_name
from jeweler_desk.domain.social_mail import from_social

_MARKETPLACES: Final[dict[str, Callable[[NoticeMail, Platform], Notice | None]]] = {
    "etsy": from_etsy,
    "ebay": from_ebay,
    "amazon": from_amazon,
}
_READERS: Final[dict[Reader, Callable[[NoticeMail, Platform], Notice | None]]] = {
    Reader.MARKETPLACE: lambda mail, platform: _MARKETPLACES[platform.key](mail, platform),
    Reader.SHOP_FORM: lambda mail, _: from_shopify(mail),
    Reader.SITE: from_site_builder,
    Reader.SOCIAL: from_social,
    Reader.RECEIPT: from_receipts,
    Reader.CARRIER: from_carrier,
    Reader.FORM: from_form_service,
}


_PEOPLE_TOO: Final = frozenset({Reader.RECEIPT, Reader.SHOP_FORM})
"""What else they send is noise; a person among them shows by her address."""


def read_notice(
    table: SenderTable,
    sender: Correspondent | None,
    reply_to: tuple[Correspondent, ...],
    subject: str,
    text: str,
) -> Notice | None:
    """Return what the table makes of a sender and her first words; None when it knows nothing."""
    if sender is None:
        return None
    mail = NoticeMail(sender, reply_to, subject, text)
    platform = _platform(table, mail)
    if platform is not None and platform.reads in _PEOPLE_TOO and is_full_name(mail.address):
        return None  # somebody who works there
    if platform is not None:
        return _READERS[platform.reads](mail, platform)
    return from_own_site(mail, table.by_key["forms"])


def is_of_platform(
    table: SenderTable, sender: Correspondent, reply_to: tuple[Correspondent, ...]
) -> bool:
    """Tell whether the table reads the words of such a sender's mail."""
    mail = NoticeMail(sender, reply_to, "", "")
    if _platform(table, mail) is not None:
        return True
    return from_own_site(mail, table.by_key["forms"]) is not None


def _platform(table: SenderTable, mail: NoticeMail) -> Platform | None:
    platform = table.of(domain_of(mail.address))
    if platform is None and mail.alias(EBAY_ALIAS):
        return table.by_key["ebay"]
    return platform
