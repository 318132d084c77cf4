"""Mail from Etsy, eBay, Amazon and Shopify: messages of persons, sales, and noise."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.message import MailChannel, Notice, NoticeKind
from jeweler_desk.domain.notice_mail import SALE, NoticeMail, beside_messages, named
from jeweler_desk.domain.sender_table import Platform
from jeweler_desk.domain.senders import (
    AMAZON_ALIAS,
    EBAY_ALIAS,
    is_machine_address,
    is_shopify_form,
    person_name,
)

_ORDER: Final = re.compile(
    r"(?:order|bestellung|commande|pedido|ordine|bestelling)\s*(?:n[°ºro.]*)?\s*#?\s*(\d+)",
    re.IGNORECASE,
)


def from_etsy(mail: NoticeMail, platform: Platform) -> Notice | None:
    """Return what Etsy sends; a message holds no words of the buyer, only her name.

    From the senders that pass messages on, everything that is not known as something else is one.
    """
    channel = MailChannel.ETSY
    helped = platform.found("help", mail.subject)
    if helped is not None:
        order = _ORDER.search(mail.subject)
        case = order[1] if order else helped.casefold()
        why = "a buyer asks for help with an order on Etsy"
        thread = f"etsy help {case}"
        return Notice(NoticeKind.MESSAGE, channel, why, helped, thread=thread)
    replied = platform.found("replied", mail.subject)
    if replied is not None:
        why = "Etsy says that you answered there"
        return Notice(
            NoticeKind.REPLIED, channel, why, replied, thread=f"etsy {replied.casefold()}"
        )
    if platform.sends("sale", mail.address) or named(SALE, mail.subject) is not None:
        return Notice(NoticeKind.ACTION, channel, "a sale on Etsy, with its dispatch date")
    person = platform.found("message", mail.subject)
    if person is None:
        beside = beside_messages(mail, channel, "Etsy")
        if beside is None and platform.says("noise", mail.subject):
            beside = Notice(NoticeKind.NOISE, channel, "a notice from Etsy")
        if beside is not None or not platform.sends("message", mail.address):
            return beside
        person = platform.found("message", mail.text) or mail.name_before_via()
    why = "a message on Etsy; answer it there"
    thread = f"etsy {person.casefold()}" if person else ""
    return Notice(NoticeKind.MESSAGE, channel, why, person, thread=thread)


def from_ebay(mail: NoticeMail, platform: Platform) -> Notice | None:
    """Return what eBay sends; a buyer stands behind an alias of her own."""
    channel = MailChannel.EBAY
    alias = mail.alias(EBAY_ALIAS)
    if alias:
        name = person_name(mail.name)
        name = "" if platform.says("no_name", name) else name
        name = name or platform.found("message", mail.subject) or ""
        why = "a buyer's message through eBay"
        return Notice(NoticeKind.MESSAGE, channel, why, name, alias, f"ebay {alias.casefold()}")
    if platform.says("noise", mail.subject):
        return Notice(NoticeKind.NOISE, channel, "a notice from eBay")
    person = platform.found("message", mail.subject)
    if person is not None:
        why = "a buyer's message on eBay; answer it there"
        return Notice(NoticeKind.MESSAGE, channel, why, person, thread=f"ebay {person.casefold()}")
    return beside_messages(mail, channel, "eBay")


def from_amazon(mail: NoticeMail, platform: Platform) -> Notice | None:
    """Return what Amazon sends; answers from an address it does not know are rejected."""
    channel = MailChannel.AMAZON
    alias = mail.alias(AMAZON_ALIAS)
    is_buyer = alias != "" and not is_machine_address(alias)
    said = mail.subject if is_buyer else f"{mail.subject}\n{mail.text[:2000]}"
    if platform.says("rejection", said) and (
        not is_buyer or platform.says("about_yours", mail.subject)
    ):
        return Notice(NoticeKind.REJECTION, channel, "Amazon did not pass your answer on")
    if is_buyer:
        why = "a buyer's message through Amazon"
        name = person_name(mail.name)
        name = "" if platform.says("no_name", name) else name
        return Notice(NoticeKind.MESSAGE, channel, why, name, alias, f"amazon {alias.casefold()}")
    return beside_messages(mail, channel, "Amazon")


def from_shopify(mail: NoticeMail) -> Notice:
    """Return what Shopify sends: its contact form shares a sender with codes and notices."""
    channel = MailChannel.SHOPIFY
    found = beside_messages(mail, channel, "Shopify")
    if found is not None and not is_shopify_form(mail.subject):
        return found
    why = "the contact form of your Shopify shop"
    return Notice(NoticeKind.FORM, channel, why)
