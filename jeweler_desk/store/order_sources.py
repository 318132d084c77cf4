"""Which file told what of an order: how a second import of the same row is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jeweler_desk.domain.order import Channel, OrderId
from jeweler_desk.domain.source_order import SourceFormat, SourceOrder
from jeweler_desk.store.batch import NewRows
from jeweler_desk.store.database import Store
from jeweler_desk.store.source_records import record, record_text

_AT_ONCE = 400
_TWO_FILE_FORMATS = frozenset({SourceFormat.ETSY_ORDERS, SourceFormat.ETSY_ITEMS})


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """An order that is there already, and the digests of the rows it was read from."""

    id: OrderId
    digests: frozenset[str]


class OrderSources:
    """Remembers the digests of all rows ever read, and the latest record of two-file formats."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, channel: Channel, numbers: Iterable[str]) -> dict[str, KnownOrder]:
        """Return the orders of a channel that are there already, by number."""
        wanted = list(numbers)
        found: dict[str, tuple[OrderId, set[str]]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            block = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(block))
            for row in self._store.rows(
                "SELECT orders.id, number, digest FROM orders LEFT JOIN order_sources"
                f" ON order_id = orders.id WHERE channel = ? AND number IN ({marks})",
                [channel, *block],
            ):
                _, digests = found.setdefault(row["number"], (OrderId(row["id"]), set()))
                if row["digest"]:
                    digests.add(row["digest"])
        return {
            number: KnownOrder(order_id, frozenset(digests))
            for number, (order_id, digests) in found.items()
        }

    def latest(self, order_id: OrderId, channel: Channel, number: str) -> list[SourceOrder]:
        """Return what the files read so far said of a two-file order, the latest of each format."""
        rows = self._store.rows(
            "SELECT * FROM order_sources WHERE order_id = ? AND is_latest = 1"
            " AND record IS NOT NULL ORDER BY id",
            [order_id],
        )
        return [
            SourceOrder(
                format=SourceFormat(row["format"]),
                channel=channel,
                number=number,
                order=record(row["record"]),
                digest=row["digest"],
            )
            for row in rows
        ]

    def retire(self, order_id: OrderId, source_format: SourceFormat) -> None:
        """Note that the record kept of a format is no longer the latest."""
        self._store.run(
            "UPDATE order_sources SET is_latest = 0"
            " WHERE order_id = ? AND format = ? AND is_latest = 1",
            [order_id, source_format],
        )

    def remember(
        self,
        order_id: OrderId,
        source: SourceOrder,
        *,
        is_latest: bool,
        new_rows: NewRows | None = None,
    ) -> None:
        """Keep a source's digest and, of the latest of a two-file format, its record."""
        keeps_record = is_latest and source.format in _TWO_FILE_FORMATS
        (new_rows or self._store).insert(
            "order_sources",
            {
                "order_id": order_id,
                "format": source.format,
                "digest": source.digest,
                "is_latest": int(is_latest),
                "record": record_text(source.order) if keeps_record else None,
            },
        )
