"""What customs ask of each kind of piece, by its SKU or title."""

from __future__ import annotations

from dataclasses import asdict

from jeweler_desk.domain.customs import CustomsFacts
from jeweler_desk.store.database import Row, Store


class CustomsRows:
    """Reads and writes the facts; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, piece: str) -> CustomsFacts | None:
        """Return the facts of a piece; None where nothing was entered."""
        row = self._store.one("SELECT * FROM customs_facts WHERE piece = ?", [piece])
        return _facts(row) if row else None

    def all(self) -> list[tuple[str, CustomsFacts]]:
        """Return every piece with its facts."""
        rows = self._store.rows("SELECT * FROM customs_facts ORDER BY piece")
        return [(row["piece"], _facts(row)) for row in rows]

    def keep(self, piece: str, facts: CustomsFacts) -> None:
        """Enter or change the facts of a piece."""
        row = self._store.one("SELECT id FROM customs_facts WHERE piece = ?", [piece])
        if row is None:
            self._store.insert("customs_facts", {"piece": piece, **asdict(facts)})
        else:
            self._store.update("customs_facts", row["id"], asdict(facts))


def _facts(row: Row) -> CustomsFacts:
    return CustomsFacts(
        row["description"], row["material"], row["hs_code"], row["origin"], row["net_grams"]
    )
