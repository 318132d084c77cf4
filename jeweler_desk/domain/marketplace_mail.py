"""Mail from Etsy, eBay, Amazon and Shopify: messages of persons, sales, and noise."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.message import MailChannel, Notice, NoticeKind, local_part
from jeweler_desk.domain.notice_mail import SALE, NoticeMail, beside_messages, named, patterns
from jeweler_desk.domain.senders import (
    AMAZON_ALIAS,
    EBAY_ALIAS,
    is_machine_address,
    is_shopify_form,
    person_name,
)

_ETSY_HELP: Final = patterns(
    r"^(?:re:\s*)?(?P<name>[^\n]{1,80}?) needs help with an order", r"^(?:re:\s*)?help request\b"
)
_ETSY_MESSAGE: Final = patterns(
    r"etsy conversation with (?P<name>[^\n]{1,80}?)\s*(?:\(.*)?$",
    r"(?:new|a|received a) message from (?P<name>[^\n]{1,80}?)(?: on etsy|\s*$)",
    r"^(?P<name>[^\n]{1,80}?) (?:sent you a message|has sent you a message|messaged you)",
    r"^(?:re:\s*)?(?:new )?etsy (?:message|conversation)",
    r"^you(?:'ve|’ve| have)\b.{0,20}\bmessages?\b",
)
_ETSY_REPLIED: Final = patterns(
    r"^you (?:have )?(?:replied to|answered|sent a (?:message"
    r"|reply) to) (?P<name>[^\n]{1,80}?)(?: on etsy|\s*$)"
)


def from_etsy(mail: NoticeMail) -> Notice | None:
    """Return what Etsy sends; a message holds no words of the buyer, only her name."""
    channel = MailChannel.ETSY
    helped = named(_ETSY_HELP, mail.subject)
    if helped is not None:
        order = re.search(r"order #?\s*(\d+)", mail.subject, re.IGNORECASE)
        case = order[1] if order else helped.casefold()
        why = "a buyer asks for help with an order on Etsy"
        thread = f"etsy help {case}"
        return Notice(NoticeKind.MESSAGE, channel, why, helped, thread=thread)
    replied = named(_ETSY_REPLIED, mail.subject)
    if replied is not None:
        why = "Etsy says that you answered there"
        return Notice(
            NoticeKind.REPLIED, channel, why, replied, thread=f"etsy {replied.casefold()}"
        )
    local = local_part(mail.address)
    if local == "transaction" or named(SALE, mail.subject) is not None:
        return Notice(NoticeKind.ACTION, channel, "a sale on Etsy, with its dispatch date")
    person = named(_ETSY_MESSAGE, mail.subject)
    if person is None and local == "conversations":
        person = named(_ETSY_MESSAGE, mail.text) or ""
    if person is not None:
        why = "a message on Etsy; answer it there"
        thread = f"etsy {person.casefold()}" if person else ""
        return Notice(NoticeKind.MESSAGE, channel, why, person, thread=thread)
    return beside_messages(mail, channel, "Etsy")


_EBAY_NOISE: Final = patterns(
    r"\bwatch ?list\b",
    r"\bwatching\b",
    r"\boutbid\b",
    r"\brecommend",
    r"\bdeals?\b",
    r"\blisting (?:is )?live\b",
    r"\byou('ve| have) listed\b",
    r"\bfeedback\b",
    r"\binvoice\b",
    r"\bbeobacht",
    r"\bcoupon\b",
    r"\boffers? for you\b",
)  # fmt: skip
_EBAY_MESSAGE: Final = patterns(
    r"^(?:re:\s*)?(?:[^\n:]{0,40}:\s*)?(?P<name>\S{1,60}) (?:has )?sent (?:you )?a (?:message"
    r"|question)",
    r"(?:question|message) from (?:ebay member )?(?P<name>\S{1,60})",
)


def from_ebay(mail: NoticeMail) -> Notice | None:
    """Return what eBay sends; a buyer stands behind an alias of her own."""
    channel = MailChannel.EBAY
    alias = mail.alias(EBAY_ALIAS)
    if alias:
        name = person_name(mail.name)
        name = "" if name.casefold() in {"ebay", "ebay member"} else name
        name = name or named(_EBAY_MESSAGE, mail.subject) or ""
        why = "a buyer's message through eBay"
        return Notice(NoticeKind.MESSAGE, channel, why, name, alias, f"ebay {alias.casefold()}")
    if named(_EBAY_NOISE, mail.subject) is not None:
        return Notice(NoticeKind.NOISE, channel, "a notice from eBay")
    person = named(_EBAY_MESSAGE, mail.subject)
    if person is not None:
        why = "a buyer's message on eBay; answer it there"
        return Notice(NoticeKind.MESSAGE, channel, why, person, thread=f"ebay {person.casefold()}")
    return beside_messages(mail, channel, "eBay")


_NOT_PASSED_ON: Final = re.compile(
    r"(?:message|e-?mail|reply|response|letter)\b.{0,60}\b(?:could not|couldn['’]t|cannot"
    r"|can['’]t|was not|wasn['’]t"
    r"|has not been|not)\b.{0,20}\b(?:delivered|sent|forwarded|processed|accepted)"
    r"|undeliverable|not approved"
    r"|unapproved|not (?:an )?(?:authori[sz]ed|registered) (?:sender|address|e-?mail)|rejected",
    re.IGNORECASE | re.DOTALL,
)


def from_amazon(mail: NoticeMail) -> Notice | None:
    """Return what Amazon sends; answers from an address it does not know are rejected."""
    channel = MailChannel.AMAZON
    alias = mail.alias(AMAZON_ALIAS)
    is_buyer = alias != "" and not is_machine_address(alias)
    said = mail.subject if is_buyer else f"{mail.subject}\n{mail.text[:2000]}"
    if _NOT_PASSED_ON.search(said) and (not is_buyer or "your" in mail.subject.casefold()):
        return Notice(NoticeKind.REJECTION, channel, "Amazon did not pass your answer on")
    if is_buyer:
        why = "a buyer's message through Amazon"
        name = person_name(mail.name)
        name = "" if name.casefold().startswith("amazon") else name
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
