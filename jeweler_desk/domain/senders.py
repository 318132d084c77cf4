"""What an address tells of its sender: a machine, a company's desk, a marketplace's alias."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from jeweler_desk.domain.message import MailChannel, domain_of, local_part

URGENT: Final = re.compile(
    r"\b(?:expire[sd]?|expiring|expiry|expiration|action (?:is )?(?:required|needed)"
    r"|requires? (?:your )?action"
    r"|ship by|dispatch by|payment (?:has )?(?:failed|was declined|declined|overdue|problem)"
    r"|failed payment"
    r"|suspended|suspension|last notice|final notice|final reminder|last reminder"
    r"|delivery (?:has )?failed"
    r"|failed delivery|past due|overdue|renewal failed|will be (?:closed|deactivated|deleted"
    r"|terminated|suspended)"
    r"|security alert|chargeback|dispute|läuft ab|abgelaufen|letzte mahnung|mahnung"
    r"|zahlung fehlgeschlagen"
    r"|gesperrt|gekündigt|handlungsbedarf|letzte erinnerung|zahlungserinnerung|überfällig"
    r"|expirera|expiré|dernier (?:rappel|avis)|paiement (?:refusé|échoué|en retard)"
    r"|action requise|échéance|suspendue?|impayée?|caduca|vence|vencid[oa]|último aviso"
    r"|pago (?:rechazado|fallido|vencido)|acción (?:requerida|necesaria)|suspendid[oa]"
    r"|scade|scadenza|scadut[oa]|ultimo avviso|sollecito|pagamento"
    r" (?:rifiutato|fallito|non riuscito)|azione richiesta|sospes[oa]|verloopt|verlopen"
    r"|laatste (?:herinnering|waarschuwing)"
    r"|betaling (?:mislukt|geweigerd)|actie vereist|opgeschort|expira"
    r"|pagamento recusado|ação necessária|löper ut|betalning misslyckades|sista påminnelsen?"
    r"|udløber|betalingen mislykkedes|wygasa|płatność odrzucona)\b",
    re.IGNORECASE,
)
"""What a machine's subject says when it must not be dropped in silence."""

_MACHINE_LOCAL: Final = re.compile(
    r"(?:no|do|not|dont)?[-_.]?(?:not[-_.]?)?reply.*|.*(?:no[-_.]?reply|do[-_.]?not[-_.]?reply"
    r"|autoreply|auto[-_.]reply).*"
    r"|form-submission|notifications?|notify|notifier|alerts?|mailer|auto|automated|auto-confirm"
    r"|automail|robot"
    r"|bot|system"
    r"|tracking(?:updates?)?|shipment-tracking|bounces?|news|newsletter|updates?|postmaster"
    r"|mailer-daemon"
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


_SERVICE_DESKS: Final = frozenset(
    {
        "support", "info", "help", "helpdesk", "hello", "team", "contact", "kontakt", "admin",
        "customer-service", "customerservice", "customercare", "care", "kundenservice", "mail",
    }
)  # fmt: skip


def is_service_desk(address: str) -> bool:
    """Tell whether an address is a company's first desk, where people sit as well."""
    return local_part(address) in _SERVICE_DESKS


def is_office_address(address: str) -> bool:
    """Tell whether an address belongs to a company's desk rather than to a person."""
    return local_part(address) in _OFFICE_LOCAL


_FULL_NAME: Final = re.compile(r"[^\W\d_]{2,}\.[^\W\d_]{2,}")
_DESK_WORDS: Final = re.compile(
    r"\b(?:service|support|member|customer|team|mail|help|news|info|account|payment|seller"
    r"|merchant|order|notice|alert|receipt|billing|shop|store|legal|risk)\w*",
    re.IGNORECASE,
)


def is_full_name(address: str) -> bool:
    """Tell whether an address is a person's by its form: ``jo.kim@…``, no desk and no machine."""
    local = local_part(address)
    return (
        _FULL_NAME.fullmatch(local) is not None
        and _DESK_WORDS.search(local) is None
        and not is_machine_address(address)
    )


EBAY_ALIAS: Final = re.compile(r"members\.ebay\.[a-z]{2,4}(?:\.[a-z]{2})?")
AMAZON_ALIAS: Final = re.compile(r"marketplace\.amazon\.[a-z]{2,4}(?:\.[a-z]{2})?")


@lru_cache(maxsize=65536)
def is_relay_alias(address: str) -> bool:
    """Tell whether an address stands for one buyer at a marketplace, and reaches her."""
    domain = domain_of(address)
    if EBAY_ALIAS.fullmatch(domain):
        return True
    return AMAZON_ALIAS.fullmatch(domain) is not None and not is_machine_address(address)


@lru_cache(maxsize=65536)
def channel_of_address(address: str) -> MailChannel:
    """Return the way a letter to this address takes."""
    domain = domain_of(address)
    if EBAY_ALIAS.fullmatch(domain):
        return MailChannel.EBAY
    if AMAZON_ALIAS.fullmatch(domain):
        return MailChannel.AMAZON
    if domain == "etsy.com" or domain.endswith(".etsy.com"):
        return MailChannel.ETSY
    return MailChannel.EMAIL


_VIA: Final = re.compile(
    r"\s*(?:\(?(?:via|through|über|sur|on)\s+(?:ebay|amazon|etsy|instagram|facebook|messenger"
    r"|[\w .-]*form[\w .-]*)\)?"
    r"|-\s*(?:ebay|amazon) (?:marketplace|member).*)\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def person_name(name: str) -> str:
    """Return a display name without what a relay hangs on it: ``Ann via eBay`` is Ann."""
    return _VIA.sub("", name).strip(" \"'")


_SHOPIFY_FORM: Final = re.compile(
    r"^\s*(?:\[[^\]]*\]\s*)?new (?:customer )?message (?:on|from|via)\b", re.IGNORECASE
)


def is_shopify_form(subject: str) -> bool:
    """Tell whether a subject is that of Shopify's form, which older shops send themselves."""
    return _SHOPIFY_FORM.match(subject) is not None
