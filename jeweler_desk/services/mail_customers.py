"""The customers' addresses of the order book, read whole only when they must be."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.message import canonical_address
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_ties import MailTies
from jeweler_desk.store.orders import Orders

_MOST_NEW: Final = 500
"""Above so many addresses at once (an import) all are read."""


class KnownCustomers:
    """Remembers them between judgings: a hundred thousand orders take a tenth of a second."""

    def __init__(self, store: Store, orders: Orders) -> None:
        self._store = store
        self._orders = orders
        self._ties = MailTies(store)
        self._known: frozenset[str] = frozenset()
        self._key: object = None

    def addresses(self) -> frozenset[str]:
        """Return the canonical addresses of all customers.

        What changed since the last judging is noted on the file; what was judged is in what is
        remembered, unless it was taken back or another program wrote.
        """
        key = self._store.others_stamp
        new = self._new() if key == self._key else None
        if new is None:
            new = frozenset(map(canonical_address, self._orders.customer_emails()))
            self._known = frozenset()
        if not new <= self._known:
            self._known |= new
        self._key = key
        return self._known

    def _new(self) -> frozenset[str] | None:
        """Return the addresses of orders that came since; None when all must be read."""
        said = self._ties.addresses(_MOST_NEW)
        if said is None:
            return None
        bought = [address for address, what in said if what == "bought"]
        if not all(map(self._orders.knows_customer, bought)):
            return None
        return frozenset(map(canonical_address, bought))
