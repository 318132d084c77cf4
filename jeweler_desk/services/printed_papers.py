"""Printed papers: each print is kept, and one that is out of date stops the hand-over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from jeweler_desk.domain.label import LABEL_STALE, goes_elsewhere, waiting
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.paper_facts import (
    PaperKind,
    StalePaper,
    digest_of,
    says_the_same,
    stale_papers,
    told_customs,
)
from jeweler_desk.domain.slip_prices import told_prices
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.customs_sheets import CustomsSheets
from jeweler_desk.store.database import Store
from jeweler_desk.store.latin_addresses import LatinAddressRows
from jeweler_desk.store.prints import PrintRows


class PrintedPapers:
    """Knows which papers lie on the bench, and which of them are wrong by now."""

    def __init__(
        self,
        store: Store,
        rows: PrintRows,
        clock: Clock,
        sheets: CustomsSheets,
        latin: LatinAddressRows,
    ) -> None:
        self._store = store
        self._rows = rows
        self._clock = clock
        self._sheets = sheets
        self._latin = latin

    def says(self, order: Order, kind: PaperKind, *, prices: bool = True) -> str:
        """Return the digest of what a paper of an order would say if it were made now.

        A slip made without ``prices`` says none; it is compared by all else.
        """
        return digest_of(order, kind, self._beside(order, kind, prices=prices))

    def _beside(self, order: Order, kind: PaperKind, *, prices: bool) -> object:
        if kind is PaperKind.PACKING_SLIPS and prices:
            return told_prices(order)
        if kind is PaperKind.LABELS:
            return self._latin.of(order)
        sheet = self._sheets.of(order) if kind is PaperKind.CUSTOMS else None
        return told_customs(sheet) if sheet is not None else None

    def fact(self, order: Order, kind: PaperKind, *, prices: bool = False) -> dict[str, Any]:
        """Return what a paper made now says, to be kept when it has come out."""
        told = prices and not order.has_prices_hidden
        return self._rows.fact(order, kind, self.says(order, kind, prices=told))

    def is_true(self, order: Order, kind: PaperKind, digest: str) -> bool:
        """Whether a paper that was printed still says what is true."""
        return says_the_same(digest, self.says(order, kind))

    def note(
        self,
        orders: Iterable[Order],
        kind: PaperKind,
        file_hash: str = "",
        *,
        prices: bool = False,
        made: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Keep that this paper of these orders was printed; undo does not unprint it.

        ``file_hash`` is that of the file it was made as; ``prices`` says whether it has them.
        ``made`` is what the papers said when they were made, by order number; else it is now's.
        """
        now = self._clock.now()
        with self._store.write():
            for order in orders:
                known = (made or {}).get(order.number)
                fact = dict(known) if known else self.fact(order, kind, prices=prices)
                print_id = self._rows.add_fact(fact, now)
                if file_hash:
                    self._rows.add_file(print_id, file_hash)

    def stale(self, order: Order) -> tuple[StalePaper, ...]:
        """Return the papers of an order that are out of date."""
        prints = self._rows.at_hand(order.id) if order.units_to_send else ()
        return stale_papers(order, prints, partial(self.says, order))

    def sentences(self, order: Order) -> tuple[str, ...]:
        """Say which papers and which label of the parcel at hand are out of date."""
        labels = waiting(order.labels, order.units_to_send)
        told = [LABEL_STALE for each in labels if goes_elsewhere(each, order.address)]
        return (*(each.sentence for each in self.stale(order)), *told[:1])

    def refusal(self, order: Order) -> str | None:
        """Return why the parcel may not leave with the papers in it, or None."""
        told = "; ".join(self.sentences(order))
        if not told:
            return None
        return (
            f"Order {order.number}: {told}. Print it anew, or say why the parcel may go as it is."
        )
