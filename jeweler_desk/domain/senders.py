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

from jeweler_desk.domain.message import (
    Correspondent,
    MailChannel,
    Notice,
    NoticeKind,
    domain_of,
    local_part,
)

URGENT: Final = re.compile(
    r"\b(?:expire[sd]?|expiring|expiry|expiration|action (?:is )?(?:required|needed)|requires? (?:your )?action"
    r"|ship by|dispatch by|payment (?:has )?(?:failed|was declined|declined|overdue|problem)|failed payment"
    r"|suspended|suspension|last notice|final notice|final reminder|last reminder|delivery (?:has )?failed"
    r"|failed delivery|past due|overdue|renewal failed|will be (?:closed|deactivated|deleted|terminated|suspended)"
    r"|chargeback|dispute|läuft ab|abgelaufen|letzte mahnung|mahnung|zahlung fehlgeschlagen|gesperrt)\b",
    re.IGNORECASE,
)
"""What a machine's subject says when it must not be dropped in silence."""

_MACHINE_LOCAL: Final = re.compile(
    r"(?:no|do|not|dont)?[-_.]?(?:not[-_.]?)?reply.*|.*(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|autoreply|auto[-_.]reply).*"
    r"|notifications?|notify|notifier|alerts?|mailer|auto|automated|auto-confirm|automail|robot|bot|system"
    r"|tracking(?:updates?)?|shipment-tracking|bounces?|news|newsletter|updates?|postmaster|mailer-daemon"
    r"|ne-?pas-?repondre|nicht-?antworten|keine-?antwort|noresponder",
)
_OFFICE_LOCAL: Final = frozenset(
    {
        "billing", "renewals", "domains", "security", "alert", "notice", "notices", "hostmaster",
        "registrar", "accounts", "account", "service", "statements", "invoices", "customs",
    }
)  # fmt: skip


@lru_cache(maxsize=65536)
def is_machine_address(address: str) -> bool:
    """Tell whether an address says of itself that nobody reads it."""
    local = local_part(address).partition("+")[0]
    return _MACHINE_LOCAL.fullmatch(local) is not None and local != "reply"


def is_office_address(address: str) -> bool:
    """Tell whether an address belongs to a company's desk rather than to a person."""
    return local_part(address) in _OFFICE_LOCAL


def _of(domain: str, *owners: str) -> bool:
    return any(domain == owner or domain.endswith("." + owner) for owner in owners)


def _brand(domain: str, brand: str) -> bool:
    """Tell whether a domain is ``brand`` under any country's ending, with or without parts before."""
    return re.search(rf"(?:^|\.){brand}\.(?:[a-z]{{2,4}}|com?\.[a-z]{{2}})$", domain) is not None


_EBAY_ALIAS: Final = re.compile(r"members\.ebay\.[a-z]{2,4}(?:\.[a-z]{2})?")
_AMAZON_ALIAS: Final = re.compile(r"marketplace\.amazon\.[a-z]{2,4}(?:\.[a-z]{2})?")


@lru_cache(maxsize=65536)
def is_relay_alias(address: str) -> bool:
    """Tell whether an address stands for one buyer at a marketplace, so that mail to it reaches her."""
    domain = domain_of(address)
    if _EBAY_ALIAS.fullmatch(domain):
        return True
    return _AMAZON_ALIAS.fullmatch(domain) is not None and not is_machine_address(address)


@lru_cache(maxsize=65536)
def channel_of_address(address: str) -> MailChannel:
    """Return the way a letter to this address takes."""
    domain = domain_of(address)
    if _EBAY_ALIAS.fullmatch(domain):
        return MailChannel.EBAY
    if _AMAZON_ALIAS.fullmatch(domain):
        return MailChannel.AMAZON
    if _of(domain, "etsy.com"):
        return MailChannel.ETSY
    return MailChannel.EMAIL


def _named(patterns: tuple[re.Pattern[str], ...], *texts: str) -> str | None:
    """Return the person that the first matching pattern names ("" where it names none)."""
    for text in texts:
        for pattern in patterns:
            found = pattern.search(text)
            if found:
                return (found.groupdict().get("name") or "").strip(" .,!:\"“”'")
    return None


def _patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE | re.MULTILINE) for text in texts)


_ETSY_HELP: Final = _patterns(
    r"^(?:re:\s*)?(?P<name>[^\n]{1,80}?) needs help with an order", r"^(?:re:\s*)?help request\b"
)
_ETSY_MESSAGE: Final = _patterns(
    r"etsy conversation with (?P<name>[^\n]{1,80}?)\s*(?:\(.*)?$",
    r"(?:new|a|received a) message from (?P<name>[^\n]{1,80}?)(?: on etsy|\s*$)",
    r"^(?P<name>[^\n]{1,80}?) (?:sent you a message|has sent you a message|messaged you)",
    r"^(?:re:\s*)?(?:new )?etsy (?:message|conversation)",
    r"^you(?:'ve|’ve| have)\b.{0,20}\bmessages?\b",
)
_ETSY_REPLIED: Final = _patterns(
    r"^you (?:have )?(?:replied to|answered|sent a (?:message|reply) to) (?P<name>[^\n]{1,80}?)(?: on etsy|\s*$)"
)
_SALE: Final = _patterns(
    r"\b(?:you )?(?:made|have made) (?:a|the) sale\b", r"\byour item (?:has )?sold\b", r"\bitem sold\b",
    r"\bsold, (?:dispatch|ship) now\b", r"\b(?:you have |you've got |you received )?a? ?new order\b",
    r"\border #?\S+ placed\b", r"\bnew sale\b", r"\bship (?:it )?by\b", r"\bdispatch by\b",
    r"\byou(?:'ve| have) sold\b", r"\bneue bestellung\b",
)  # fmt: skip
_TROUBLE: Final = _patterns(
    r"\b(?:dispute|claim|chargeback|case (?:was |has been )?opened|opened a case|a-to-z|return request"
    r"|requested a (?:return|refund|cancellation)|cancellation request|unauthori[sz]ed"
    r"|account (?:is |has been )?limited|reversal)\b"
)
_ACCOUNT_NOISE: Final = _patterns(
    r"\b(?:verification|security|sign-?in|log-?in|confirmation) code\b", r"\b(?:reset|changed?) your password\b",
    r"\bpassword (?:was |has been )?(?:reset|changed)\b", r"\bnew (?:sign-?in|log-?in|device)\b",
    r"\bverify your (?:email|e-mail)\b", r"\bstaff (?:account|member|invitation)\b", r"\breview\b",
    r"\bnewsletter\b", r"\bfavorited\b", r"\bweekly (?:summary|report)\b", r"\bdeposit\b",
)  # fmt: skip


def _etsy(mail: _Mail) -> Notice | None:
    channel = MailChannel.ETSY
    helped = _named(_ETSY_HELP, mail.subject)
    if helped is not None:
        order = re.search(r"order #?\s*(\d+)", mail.subject, re.IGNORECASE)
        case = order[1] if order else helped.casefold()
        why = "a buyer asks for help with an order on Etsy"
        thread = f"etsy help {case}"
        return Notice(NoticeKind.MESSAGE, channel, why, helped, thread=thread)
    replied = _named(_ETSY_REPLIED, mail.subject)
    if replied is not None:
        why = "Etsy says that you answered there"
        return Notice(
            NoticeKind.REPLIED, channel, why, replied, thread=f"etsy {replied.casefold()}"
        )
    local = local_part(mail.address)
    if local == "transaction" or _named(_SALE, mail.subject) is not None:
        return Notice(NoticeKind.ACTION, channel, "a sale on Etsy, with its dispatch date")
    person = _named(_ETSY_MESSAGE, mail.subject)
    if person is None and local == "conversations":
        person = _named(_ETSY_MESSAGE, mail.text) or ""
    if person is not None:
        why = "a message on Etsy; answer it there"
        thread = f"etsy {person.casefold()}" if person else ""
        return Notice(NoticeKind.MESSAGE, channel, why, person, thread=thread)
    return _platform(mail, channel, "Etsy")


def _platform(mail: _Mail, channel: MailChannel, brand: str) -> Notice | None:
    """What every platform sends beside messages: sales, trouble, account noise; else None."""
    if _named(_TROUBLE, mail.subject) is not None:
        return Notice(NoticeKind.ACTION, channel, f"{brand} reports a dispute or a request")
    if _named(_SALE, mail.subject) is not None:
        return Notice(NoticeKind.ACTION, channel, f"an order from {brand}")
    if URGENT.search(mail.subject):
        return Notice(NoticeKind.ACTION, channel, f"{brand} names a deadline")
    if _named(_ACCOUNT_NOISE, mail.subject) is not None:
        return Notice(NoticeKind.NOISE, channel, f"a notice from {brand} about the account")
    return None


_EBAY_NOISE: Final = _patterns(
    r"\bwatch ?list\b", r"\bwatching\b", r"\boutbid\b", r"\brecommend", r"\bdeals?\b", r"\blisting (?:is )?live\b",
    r"\byou('ve| have) listed\b", r"\bfeedback\b", r"\binvoice\b", r"\bbeobacht", r"\bcoupon\b", r"\boffers? for you\b",
)  # fmt: skip
_EBAY_MESSAGE: Final = _patterns(
    r"^(?:re:\s*)?(?:[^\n:]{0,40}:\s*)?(?P<name>\S{1,60}) (?:has )?sent (?:you )?a (?:message|question)",
    r"(?:question|message) from (?:ebay member )?(?P<name>\S{1,60})",
)
_VIA: Final = re.compile(
    r"\s*(?:\(?(?:via|through|über|sur|on)\s+(?:ebay|amazon|etsy|instagram|facebook|messenger|[\w .-]*form[\w .-]*)\)?"
    r"|-\s*(?:ebay|amazon) (?:marketplace|member).*)\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def person_name(name: str) -> str:
    """Return a display name without what a relay hangs on it: ``Ann via eBay`` is Ann."""
    return _VIA.sub("", name).strip(" \"'")


def _ebay(mail: _Mail) -> Notice | None:
    channel = MailChannel.EBAY
    alias = mail.alias(_EBAY_ALIAS)
    if alias:
        name = person_name(mail.name)
        name = "" if name.casefold() in {"ebay", "ebay member"} else name
        name = name or _named(_EBAY_MESSAGE, mail.subject) or ""
        why = "a buyer's message through eBay"
        return Notice(NoticeKind.MESSAGE, channel, why, name, alias, f"ebay {alias.casefold()}")
    if _named(_EBAY_NOISE, mail.subject) is not None:
        return Notice(NoticeKind.NOISE, channel, "a notice from eBay")
    person = _named(_EBAY_MESSAGE, mail.subject)
    if person is not None:
        why = "a buyer's message on eBay; answer it there"
        return Notice(NoticeKind.MESSAGE, channel, why, person, thread=f"ebay {person.casefold()}")
    return _platform(mail, channel, "eBay")


_NOT_PASSED_ON: Final = re.compile(
    r"(?:message|e-?mail|reply|response|letter)\b.{0,60}\b(?:could not|couldn['’]t|cannot|can['’]t|was not|wasn['’]t"
    r"|has not been|not)\b.{0,20}\b(?:delivered|sent|forwarded|processed|accepted)|undeliverable|not approved"
    r"|unapproved|not (?:an )?(?:authori[sz]ed|registered) (?:sender|address|e-?mail)|rejected",
    re.IGNORECASE | re.DOTALL,
)


def _amazon(mail: _Mail) -> Notice | None:
    channel = MailChannel.AMAZON
    alias = mail.alias(_AMAZON_ALIAS)
    is_buyer = alias != "" and not is_machine_address(alias)
    said = mail.subject if is_buyer else f"{mail.subject}\n{mail.text[:2000]}"
    if _NOT_PASSED_ON.search(said) and (not is_buyer or "your" in mail.subject.casefold()):
        return Notice(NoticeKind.REJECTION, channel, "Amazon did not pass your answer on")
    if is_buyer:
        why = "a buyer's message through Amazon"
        name = person_name(mail.name)
        name = "" if name.casefold().startswith("amazon") else name
        return Notice(NoticeKind.MESSAGE, channel, why, name, alias, f"amazon {alias.casefold()}")
    return _platform(mail, channel, "Amazon")


_SHOPIFY_FORM: Final = re.compile(
    r"^\s*(?:\[[^\]]*\]\s*)?new (?:customer )?message (?:on|from|via)\b", re.IGNORECASE
)


def _shopify(mail: _Mail) -> Notice:
    channel = MailChannel.SHOPIFY
    found = _platform(mail, channel, "Shopify")
    if found is not None and not _SHOPIFY_FORM.match(mail.subject):
        return found
    why = "the contact form of your Shopify shop"
    return Notice(NoticeKind.FORM, channel, why)


def is_shopify_form(subject: str) -> bool:
    """Tell whether a subject is that of Shopify's contact form, which older shops send themselves."""
    return _SHOPIFY_FORM.match(subject) is not None


_FORM_SUBJECT: Final = re.compile(
    r"\b(?:form|submission|submitted|response|responded|entry|inquiry|enquiry|message|contact|kontakt|anfrage)\b",
    re.IGNORECASE,
)
_FORM_SERVICES: Final = (
    "wix.com", "wixforms.com", "wix-forms.com", "typeform.com", "typeform.io", "jotform.com",
    "formresponse.com", "tally.so", "formspree.io", "formsubmit.co", "getform.io", "web3forms.com",
    "formsubmission.io", "netlify.com", "usebasin.com", "123formbuilder.com", "cognitoforms.com",
)  # fmt: skip
_FORM_ADDRESSES: Final = (
    "form-submission@squarespace.info", "form-submission@squarespace.com",
    "forms-receipts-noreply@google.com", "forms-noreply@google.com",
)  # fmt: skip
_WORDPRESS: Final = frozenset({"wordpress", "woocommerce", "wpforms", "www-data", "apache"})
_WORDPRESS_NOISE: Final = _patterns(
    r"\bupdated to wordpress\b", r"\bpassword changed\b", r"\bpassword reset\b", r"\bnew user registration\b",
    r"\bplugins? (?:was|were|has|have|update)", r"\bplease moderate\b", r"\blogin details\b", r"\badmin email\b",
    r"\bwordpress \d", r"\bautomatic updates?\b",
)  # fmt: skip


def _form(mail: _Mail) -> Notice | None:
    channel = MailChannel.FORM
    why = "a contact form"
    if mail.address.casefold() in _FORM_ADDRESSES:
        return Notice(NoticeKind.FORM, channel, why, is_certain=True)
    if _of(domain_of(mail.address), *_FORM_SERVICES):
        is_certain = _FORM_SUBJECT.search(mail.subject) is not None
        return Notice(NoticeKind.FORM, channel, why, is_certain=is_certain)
    if local_part(mail.address) in _WORDPRESS:
        if _named(_SALE, mail.subject) is not None:
            return Notice(
                NoticeKind.ACTION, MailChannel.EMAIL, "an order from your shop's own site"
            )
        if _named(_WORDPRESS_NOISE, mail.subject) is not None:
            return Notice(NoticeKind.NOISE, MailChannel.EMAIL, "your site's own housekeeping")
        return Notice(NoticeKind.FORM, channel, "your site's contact form", is_certain=True)
    return None


_SOCIAL_MESSAGE: Final = _patterns(
    r"^(?P<name>[^\n]{1,80}?) (?:has )?(?:sent (?:you|your page) (?:a|an|\d+) .{0,20}?(?:messages?|photo|video)|messaged (?:you|your)"
    r"|wants to send you a message|replied to your (?:story|message))",
    r"(?:new |unread |a )(?:direct )?messages? (?:request )?from (?P<name>[^\n]{1,80}?)\s*$",
    r"(?:new |unread )(?:direct )?messages?\b", r"\bmessage request",
)  # fmt: skip


def _social(mail: _Mail, channel: MailChannel, brand: str, noisy: frozenset[str]) -> Notice:
    if local_part(mail.address) not in noisy:
        person = _named(_SOCIAL_MESSAGE, mail.subject)
        if person is None:
            person = _named(_SOCIAL_MESSAGE[:2], mail.text[:600])
        if person is not None:
            shown = person_name(mail.name)
            person = person or ("" if brand.casefold() in shown.casefold() else shown)
            why = f"a message on {brand}; answer it there"
            thread = f"{channel} {person.casefold()}" if person else ""
            return Notice(NoticeKind.MESSAGE, channel, why, person, thread=thread)
    return Notice(NoticeKind.NOISE, channel, f"a notice from {brand}")


def _instagram(mail: _Mail) -> Notice:
    return _social(
        mail, MailChannel.INSTAGRAM, "Instagram", frozenset({"security", "posts-recaps"})
    )


def _facebook(mail: _Mail) -> Notice:
    return _social(mail, MailChannel.FACEBOOK, "Facebook", frozenset({"security"}))


_BUYER_NOTE: Final = re.compile(
    r"(?:^|\n)[ \t*]*(?:a )?(?:note|message|instructions?|special instructions|mitteilung|nachricht)"
    r"(?:\s+(?:from|to|by|of|von)\s+[^\n:]{1,60})?[ \t*]*:[ \t*]*\n?[ \t]*(?P<note>[^\n]{2,})"
    r"|\b(?:the )?(?:buyer|customer)(?: has)? (?:left|sent|included|added) (?:a|this|the following) (?:note|message)\b"
    r"[^\n]{0,5}\n?[ \t]*(?P<note2>[^\n]{2,})",
    re.IGNORECASE,
)
_NO_NOTE: Final = re.compile(
    r"^\W*(?:none|n/?a|no note|-+|not provided|(?:the )?(?:buyer|customer) (?:has ?n[o']t|did ?n[o']t).*)\W*\w*\W*$",
    re.IGNORECASE,
)
_PAYER: Final = re.compile(
    r"\b(?:payment|money)\b[^\n]{0,40}?\bfrom (?P<name>[^\n(<,.]{2,60}?)\s*(?:[(<](?P<address>[^\s()<>]+@[^\s()<>]+)[)>])?\s*(?:$|[,.\n])",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip


def _receipt(mail: _Mail, channel: MailChannel, brand: str) -> Notice:
    subject = mail.subject
    if _named(_TROUBLE, subject) is not None or URGENT.search(subject):
        return Notice(NoticeKind.ACTION, channel, f"{brand} reports a dispute or a deadline")
    found = _BUYER_NOTE.search(mail.text)
    note = (found["note"] or found["note2"] or "") if found else ""
    if note and not _NO_NOTE.match(note):
        payer = _PAYER.search(f"{subject}\n{mail.text}")
        name = payer["name"].strip() if payer else ""
        address = (payer["address"] or "") if payer else ""
        why = f"a buyer's note on a receipt from {brand}"
        return Notice(NoticeKind.NOTE, channel, why, name, address)
    return Notice(NoticeKind.NOISE, channel, f"a receipt or notice from {brand}")


_CARRIERS: Final = (
    "usps.com", "usps.gov", "ups.com", "fedex.com", "dhl.com", "dhl.de", "dhlparcel.nl", "royalmail.com",
    "parcelforce.com", "canadapost.ca", "canadapost-postescanada.ca", "auspost.com.au", "postnl.nl",
    "laposte.fr", "colissimo.fr", "chronopost.fr", "dpd.com", "dpd.de", "dpd.co.uk", "hermesworld.com",
    "myhermes.de", "evri.com", "gls-group.eu", "gls-group.com", "ontrac.com", "pirateship.com",
    "goshippo.com", "shippo.com", "stamps.com", "post.at", "posti.fi", "correos.es", "poste.it",
    "bpost.be", "post.ch", "postnord.com", "postnord.se", "anpost.ie", "inpost.pl", "nzpost.co.nz",
)  # fmt: skip
_PARCEL_TROUBLE: Final = re.compile(
    r"\b(?:exception|delay(?:ed)?|attempt(?:ed)?|(?:could not|couldn['’]t|cannot|unable to) (?:be )?deliver(?:ed)?"
    r"|undeliverable|not delivered|return(?:ed|ing)? to sender|insufficient address|incorrect address|wrong address"
    r"|address (?:problem|issue|correction|query)|customs|on hold|held|lost|damaged|missing|action (?:required|needed)"
    r"|delivery failed|failed delivery|unclaimed|duty|duties|seized|refused|problem|zugestellt werden|verzögert)\b",
    re.IGNORECASE,
)
_PARCEL_NEWS: Final = re.compile(
    r"\b(?:deliver(?:ed|y)|out for delivery|on (?:its|the) way|in transit|shipped|shipment|tracking|label|picked up"
    r"|parcel|package|paket|sendung|zugestellt|colis|receipt|arriv(?:ed|ing|es))\b",
    re.IGNORECASE,
)


def _carrier(mail: _Mail) -> Notice | None:
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


class _Mail:
    """What the table looks at: one sender, one subject, the first words."""

    __slots__ = ("address", "name", "reply_to", "subject", "text")

    def __init__(
        self, sender: Correspondent, reply_to: tuple[Correspondent, ...], subject: str, text: str
    ) -> None:
        self.name = sender.name
        self.address = sender.address
        self.reply_to = reply_to
        self.subject = subject.strip()
        self.text = text

    def alias(self, pattern: re.Pattern[str]) -> str:
        """Return the marketplace address that stands for the buyer, or nothing."""
        for each in (*(one.address for one in self.reply_to), self.address):
            if pattern.fullmatch(domain_of(each)) and not is_machine_address(each):
                return each
        return self.address if pattern.fullmatch(domain_of(self.address)) else ""


def _paypal(mail: _Mail) -> Notice:
    return _receipt(mail, MailChannel.PAYPAL, "PayPal")


def _stripe(mail: _Mail) -> Notice:
    return _receipt(mail, MailChannel.EMAIL, "Stripe")


def _square(mail: _Mail) -> Notice:
    return _receipt(mail, MailChannel.EMAIL, "Square")


_BY_DOMAIN: Final[dict[str, Callable[[_Mail], Notice | None]]] = {
    "etsy.com": _etsy,
    "shopify.com": _shopify,
    "shopifyemail.com": _shopify,
    "instagram.com": _instagram,
    "facebookmail.com": _facebook,
    "stripe.com": _stripe,
    "squareup.com": _square,
    **dict.fromkeys(_CARRIERS, _carrier),
}
_BY_BRAND: Final[dict[str, Callable[[_Mail], Notice | None]]] = {
    "ebay": _ebay,
    "amazon": _amazon,
    "paypal": _paypal,
}


def read_notice(
    sender: Correspondent | None, reply_to: tuple[Correspondent, ...], subject: str, text: str
) -> Notice | None:
    """Return what the table makes of a sender and her first words; None when it knows nothing."""
    if sender is None:
        return None
    mail = _Mail(sender, reply_to, subject, text)
    domain = domain_of(sender.address)
    for brand, read in _BY_BRAND.items():
        if _brand(domain, brand):
            return read(mail)
    if mail.alias(_EBAY_ALIAS):
        return _ebay(mail)
    parts = domain.split(".")
    for start in range(len(parts) - 1):
        reader = _BY_DOMAIN.get(".".join(parts[start:]))
        if reader:
            return reader(mail)
    return _form(mail)
