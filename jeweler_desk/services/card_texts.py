"""The words of cards: of one order, and of a batch in which nobody reads the same twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import View

if TYPE_CHECKING:
    from jeweler_desk.domain.card import CardText
    from jeweler_desk.services.card_facts import CardFacts

_MOST_EARLIER: Final = 200


class CustomersOrders(Protocol):
    """What the words of cards ask of the orders."""

    def get(self, order_id: OrderId) -> Order:
        """Return one order whole."""
        ...

    def list(
        self, view: View, *, search: str | None = None, limit: int | None = None
    ) -> Sequence[OrderSummary]:
        """Return the rows of a view."""
        ...


class SignatureSetting(Protocol):
    """What the words of cards ask of the settings."""

    def get(self, key: str) -> str | None:
        """Return what counts for a key; empty or None when nothing does."""
        ...


class CardTexts:
    """Composes cards from an order, its customer's orders before it, and what was said before."""

    def __init__(
        self, orders: CustomersOrders, settings: SignatureSetting, cards: CardFacts | None
    ) -> None:
        self._orders = orders
        self._settings = settings
        self._cards = cards

    def of(self, order: Order, said_beside: Collection[str] = ()) -> CardText:
        """Return the card of an order, or why there is none.

        ``said_beside`` are bodies that the same person reads on other cards of a batch.
        """
        from jeweler_desk.domain.card import card_of  # noqa: PLC0415 - the window starts without it

        signature = (self._settings.get("shop.signature") or "").strip()
        said, own = frozenset(said_beside), None
        if self._cards is not None:
            said |= self._cards.said_to(order)
            own = self._cards.own(order)
        return card_of(order, signature, self._earlier(order), said, own)

    def of_batch(self, orders: Sequence[Order]) -> list[CardText]:
        """Return the cards of orders that are printed together, in their order."""
        from jeweler_desk.domain.card import person_of  # noqa: PLC0415 - see above

        read: dict[str, set[str]] = {}
        found = []
        for order in orders:
            said = read.setdefault(person_of(order), set())
            told = self.of(order, said)
            if told.card is not None:
                said.add(told.card.words)
            found.append(told)
        return found

    def _earlier(self, order: Order) -> list[Order]:
        """Return the same customer's orders before this one, oldest first."""
        if not order.customer:
            return []
        name = order.customer.casefold().split()
        rows = self._orders.list(View.ALL, search=order.customer, limit=_MOST_EARLIER)
        same = [
            self._orders.get(row.id)
            for row in rows
            if row.id != order.id and (row.customer or "").casefold().split() == name
        ]
        before = [each for each in same if _when(each) < _when(order) and _is_one(each, order)]
        return sorted(before, key=_when)


def _when(order: Order) -> tuple[str, str, int]:
    """Return what orders of one customer are sorted by: the day, the instant if known, the id."""
    instant = order.placed_at.isoformat() if order.placed_at else ""
    return (order.placed_on.isoformat(), instant, int(order.id))


def _is_one(first: Order, second: Order) -> bool:
    """Whether two orders of one name are one person's: the same e-mail address, where known."""
    if first.email and second.email:
        return first.email.casefold() == second.email.casefold()
    return True
