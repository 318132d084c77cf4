"""All that undo may touch of a desk, to compare one moment with another."""

from __future__ import annotations

from typing import Any, Final

from jeweler_desk.store.database import Store
from jeweler_desk.store.schema.journalled import JOURNALLED_TABLES

_ALL: Final = "SELECT * FROM {} ORDER BY id"

Dump = dict[str, list[tuple[Any, ...]]]


def dump(store: Store) -> Dump:
    """Every row of every table that undo may touch."""
    cursor = store.connection.cursor()
    cursor.row_factory = None
    return {table: cursor.execute(_ALL.format(table)).fetchall() for table in JOURNALLED_TABLES}
