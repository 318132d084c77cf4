"""What cards said to whom; needs a transaction to write."""

from __future__ import annotations

from jeweler_desk.domain.card import CardFact, CardWay
from jeweler_desk.domain.order import OrderId
from jeweler_desk.store import columns
from jeweler_desk.store.database import Store


class CardRows:
    """Keeps and reads the cards of orders."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def said_to(self, person: str, besides: OrderId) -> frozenset[str]:
        """Return every body that a person read, those of one order left out."""
        rows = self._store.rows(
            "SELECT DISTINCT body FROM card_facts WHERE person = ? AND order_id <> ?",
            [person, besides],
        )
        return frozenset(str(row["body"]) for row in rows)

    def of(self, order_id: OrderId) -> tuple[CardFact, ...]:
        """Return the cards of an order, oldest first."""
        rows = self._store.rows(
            "SELECT * FROM card_facts WHERE order_id = ? ORDER BY id", [order_id]
        )
        return tuple(
            CardFact(CardWay(row["way"]), row["body"], columns.known_instant(row["said_at"]))
            for row in rows
        )

    def add(self, order_id: OrderId, person: str, fact: CardFact) -> None:
        """Keep a card; the same words in the same way are kept once."""
        known = any(each.way is fact.way and each.body == fact.body for each in self.of(order_id))
        if not known:
            self._store.insert(
                "card_facts",
                {
                    "order_id": order_id,
                    "person": person,
                    "body": fact.body,
                    "way": fact.way,
                    "said_at": columns.instant_text(fact.at),
                },
            )
