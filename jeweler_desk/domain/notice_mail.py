"""What the table of platforms looks at, and what every platform sends beside messages."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.message import (
    Correspondent,
    MailChannel,
    Notice,
    NoticeKind,
    domain_of,
)
from jeweler_desk.domain.senders import URGENT, is_machine_address, person_name


class NoticeMail:
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

    def name_before_via(self) -> str:
        """Return the person in ``Ann via Etsy``; nothing where no relay hangs on the name."""
        name = person_name(self.name)
        return name if name != self.name else ""

    def alias(self, pattern: re.Pattern[str]) -> str:
        """Return the marketplace address that stands for the buyer, or nothing."""
        for each in (*(one.address for one in self.reply_to), self.address):
            if pattern.fullmatch(domain_of(each)) and not is_machine_address(each):
                return each
        return self.address if pattern.fullmatch(domain_of(self.address)) else ""


def named(patterns: tuple[re.Pattern[str], ...], *texts: str) -> str | None:
    """Return the person that the first matching pattern names ("" where it names none)."""
    for text in texts:
        for pattern in patterns:
            found = pattern.search(text)
            if found:
                return (found.groupdict().get("name") or "").strip(" .,!:\"“”'")
    return None


def patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    """Compile patterns that look at each line, whatever the case."""
    return tuple(re.compile(text, re.IGNORECASE | re.MULTILINE) for text in texts)


SALE: Final = patterns(
    r"\b(?:you )?(?:made|have made) (?:a|the) sale\b",
    r"\byour item (?:has )?sold\b",
    r"\bitem sold\b",
    r"\bsold, (?:dispatch|ship) now\b",
    r"\b(?:you have |you've got |you received )?a? ?new order\b",
    r"\border #?\S+ placed\b",
    r"\bnew sale\b",
    r"\bship (?:it )?by\b",
    r"\bdispatch by\b",
    r"\byou(?:'ve| have) sold\b",
    r"\bneue bestellung\b",
    r"\b(?:einen )?verkauf(?:t)?\b.{0,20}\b(?:gemacht|abgeschlossen|erzielt)\b",
    r"\b(?:artikel|produkt)\b.{0,20}\bverkauft\b",
    r"^verkauft\b|\bjetzt (?:versenden|verschicken)\b",
    r"\bvous avez vendu\b|^vendu\b",
    r"\bnouvelle (?:commande|vente)\b",
    r"\bvous avez (?:réalisé|fait) une vente\b",
    r"\b(?:nuevo pedido|nueva venta|has (?:hecho|realizado) una venta|has vendido)\b",
    r"\b(?:nuovo ordine|nuova vendita|hai (?:fatto|effettuato) una vendita|hai venduto)\b",
    r"\b(?:nieuwe bestelling|je hebt (?:iets|een artikel) verkocht)\b",
    r"\b(?:novo pedido|nova encomenda|nowe zamówienie|ny beställning|ny ordre|uusi tilaus)\b",
)  # fmt: skip
TROUBLE: Final = patterns(
    r"\b(?:disputed?|claim|chargeback|case (?:was |has been )?opened|opened a case|a-to-z"
    r"|return request"
    r"|(?:requested|wants) (?:a (?:return|refund|cancellation)|to (?:cancel|return))"
    r"|cancellation request|unauthori[sz]ed"
    r"|account (?:is |has been )?limited|reversal)\b",
    r"\b(?:fall (?:wurde )?(?:eröffnet|geöffnet)|einen fall eröffnet|käuferschutz|rückbuchung"
    r"|rückgabeanfrage|stornierungsanfrage|reklamation)\b",
    r"\b(?:litige|réclamation|contestation|demande de (?:retour|remboursement|annulation))\b",
    r"\b(?:disputa|reclamación|contracargo|solicitud de (?:devolución|reembolso|cancelación))\b",
    r"\b(?:contestazione|controversia|reclamo|richiesta di (?:reso|rimborso|annullamento))\b",
    r"\b(?:geschil|terugboeking|retourverzoek|annuleringsverzoek)\b",
)
_ACCOUNT_NOISE: Final = patterns(
    r"\b(?:verification|security|sign-?in|log-?in|confirmation) code\b",
    r"\b(?:reset|changed?) your password\b",
    r"\bpassword (?:was |has been )?(?:reset|changed)\b",
    r"\bnew (?:sign-?in|log-?in|device)\b",
    r"\bverify your (?:email|e-mail)\b",
    r"\bstaff (?:account|member|invitation)\b",
    r"\breview\b",
    r"\bnewsletter\b",
    r"\bfavorited\b",
    r"\bweekly (?:summary|report)\b",
    r"\bdeposit\b",
)  # fmt: skip


def beside_messages(mail: NoticeMail, channel: MailChannel, brand: str) -> Notice | None:
    """Return what every platform sends beside messages: sales, trouble, noise; else None."""
    if named(TROUBLE, mail.subject) is not None:
        return Notice(NoticeKind.ACTION, channel, f"{brand} reports a dispute or a request")
    if named(SALE, mail.subject) is not None:
        return Notice(NoticeKind.ACTION, channel, f"an order from {brand}")
    if URGENT.search(mail.subject):
        return Notice(NoticeKind.ACTION, channel, f"{brand} names a deadline")
    if named(_ACCOUNT_NOISE, mail.subject) is not None:
        return Notice(NoticeKind.NOISE, channel, f"a notice from {brand} about the account")
    return None
