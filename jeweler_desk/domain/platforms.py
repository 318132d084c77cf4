"""The table of platforms a home jeweler hears from: who relays a person's words, who is noise.

A relay is not a robot: Etsy, eBay, forms look automatic and carry what a person wrote. Only what
stands here as noise is closed; a sender the table does not know goes on to the general rules
(facts/mail.md sections 0.4 and 2.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from jeweler_desk.domain.carrier_mail import CARRIERS, from_carrier
from jeweler_desk.domain.form_mail import from_form
from jeweler_desk.domain.marketplace_mail import from_amazon, from_ebay, from_etsy, from_shopify
from jeweler_desk.domain.message import Correspondent, Notice, domain_of
from jeweler_desk.domain.notice_mail import NoticeMail
from jeweler_desk.domain.receipt_mail import from_paypal, from_square, from_stripe
from jeweler_desk.domain.senders import EBAY_ALIAS
from jeweler_desk.domain.social_mail import from_facebook, from_instagram


def _brand(domain: str, brand: str) -> bool:
    """Tell whether a domain is ``brand`` under any country's ending, parts before or not."""
    return re.search(rf"(?:^|\.){brand}\.(?:[a-z]{{2,4}}|com?\.[a-z]{{2}})$", domain) is not None


_BY_DOMAIN: Final[dict[str, Callable[[NoticeMail], Notice | None]]] = {
    "etsy.com": from_etsy,
    "shopify.com": from_shopify,
    "shopifyemail.com": from_shopify,
    "instagram.com": from_instagram,
    "facebookmail.com": from_facebook,
    "metamail.com": from_facebook,
    "stripe.com": from_stripe,
    "squareup.com": from_square,
    **dict.fromkeys(CARRIERS, from_carrier),
}
_BY_BRAND: Final[dict[str, Callable[[NoticeMail], Notice | None]]] = {
    "ebay": from_ebay,
    "amazon": from_amazon,
    "paypal": from_paypal,
}


def read_notice(
    sender: Correspondent | None, reply_to: tuple[Correspondent, ...], subject: str, text: str
) -> Notice | None:
    """Return what the table makes of a sender and her first words; None when it knows nothing."""
    if sender is None:
        return None
    mail = NoticeMail(sender, reply_to, subject, text)
    read = _reader(domain_of(sender.address))
    if read is None and mail.alias(EBAY_ALIAS):
        read = from_ebay
    return (read or from_form)(mail)


def is_of_platform(sender: Correspondent, reply_to: tuple[Correspondent, ...]) -> bool:
    """Tell whether the table reads the words of such a sender's mail."""
    if _reader(domain_of(sender.address)) is not None:
        return True
    mail = NoticeMail(sender, reply_to, "", "")
    return bool(mail.alias(EBAY_ALIAS)) or from_form(mail) is not None


@lru_cache(maxsize=4096)
def _reader(domain: str) -> Callable[[NoticeMail], Notice | None] | None:
    """Return what reads the mail of a domain, forms apart; None for one not in the table."""
    for brand, read in _BY_BRAND.items():
        if _brand(domain, brand):
            return read
    parts = domain.split(".")
    for start in range(len(parts) - 1):
        reader = _BY_DOMAIN.get(".".join(parts[start:]))
        if reader:
            return reader
    return None
