"""Many new rows at once: gathered with their ids, then written table by table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

from jeweler_desk.store.database import Store

_ROWS_AT_ONCE: Final = 40_000
# Below this the rows are written one by one: setting the triggers aside costs more.
_FEW: Final = 100


class NewRows(Protocol):
    """Takes new rows: the store itself, or a batch that writes them later."""

    def insert(self, table: str, record: Mapping[str, Any]) -> int:
        """Add one row and return its id."""
        ...


class Batch:
    """Gathers new rows inside one step; `flush` writes what was not written yet.

    A parent is to be added before its children, as in every order.
    """

    def __init__(self, store: Store, rows_at_once: int = _ROWS_AT_ONCE) -> None:
        self._store = store
        self._rows_at_once = rows_at_once
        self._next_ids: dict[str, int] = {}
        self._names: dict[str, list[str]] = {}
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._count = 0

    def insert(self, table: str, record: Mapping[str, Any]) -> int:
        """Keep one row for later and return the id that it will have."""
        names = self._names.get(table)
        if names is None:
            names = self._names[table] = list(record)
            self._rows[table] = []
            self._next_ids.setdefault(table, self._store.next_id(table))
        elif names != list(record):
            raise ValueError(f"All rows of {table} in a batch have the same cells.")
        row_id = self._next_ids[table]
        self._next_ids[table] = row_id + 1
        self._rows[table].append((row_id, *record.values()))
        self._count += 1
        return row_id

    @property
    def is_full(self) -> bool:
        """Whether it is time to write."""
        return self._count >= self._rows_at_once

    def flush(self) -> None:
        """Write what was gathered, the table that was used first coming first."""
        for table, rows in self._rows.items():
            names = ["id", *self._names[table]]
            if len(rows) < _FEW:
                for row in rows:
                    self._store.insert(table, dict(zip(names, row, strict=True)))
            else:
                self._store.insert_many(table, names, rows)
        self._names.clear()
        self._rows.clear()
        self._count = 0
