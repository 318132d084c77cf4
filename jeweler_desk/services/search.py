"""One search over orders, people and mail."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from jeweler_desk.domain import wording
from jeweler_desk.domain.gift_receipt import reference_of
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.gift_receipts import GiftReceipts
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.orders import Orders as OrderRows


class HitKind(StrEnum):
    """What a search found."""

    ORDER = "order"
    PERSON = "person"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One line of the answer; ``link`` as in the agenda, or ``person:WORDS`` to search on."""

    kind: HitKind
    title: str
    detail: str
    link: str


class Search:
    """Answers while the seller types."""

    def __init__(
        self,
        rows: OrderRows,
        correspondence: Correspondence,
        settings: Settings,
        receipts: GiftReceipts | None = None,
    ) -> None:
        self._receipts = receipts
        self._rows = rows
        self._correspondence = correspondence
        self._settings = settings

    def find(self, text: str, limit: int = 20) -> list[SearchHit]:
        """Return orders, people and mail in which every word begins a word; orders first."""
        today = self._settings.today()
        orders = self._rows.search(text, today, limit)
        hits = [
            SearchHit(
                HitKind.ORDER,
                f"{order.number} · {order.customer or 'nobody named'}",
                f"{order.pieces} · {wording.day_text(order.placed_on, today)}",
                f"order:{order.number}",
            )
            for order in orders
        ]
        gift = self._receipts.find(text) if self._receipts else None
        if gift is not None and gift.number not in {order.number for order in orders}:
            told = f"gift receipt {reference_of(gift.id)}"
            who = gift.customer or "nobody named"
            title, link = f"{gift.number} · {who}", f"order:{gift.number}"
            hits.insert(0, SearchHit(HitKind.ORDER, title, told, link))
        words = _folded(text).split()
        named = (
            order.customer
            for order in orders
            if order.customer and any(word in _folded(order.customer) for word in words)
        )
        people: dict[str, int] = {}
        for name in named:
            people[name] = people.get(name, 0) + 1
        hits += [
            SearchHit(HitKind.PERSON, name, wording.count_text(count, "order"), f"person:{name}")
            for name, count in islice(people.items(), limit)
        ]
        hits += [
            SearchHit(HitKind.MAIL, mail.person, mail.subject, f"mail:{mail.message_id}")
            for mail in self._correspondence.search(text, limit)
        ]
        return hits


def _folded(text: str) -> str:
    """Set case and diacritics aside, as the full-text index does."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))
