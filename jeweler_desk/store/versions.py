"""Which migrations a desk has had, told without the library that applies them."""

from __future__ import annotations

from typing import Final

from jeweler_desk.store.sqlite_library import sqlite3

APPLICATION_ID: Final = 0x4A44534B
"""The four letters JDSK in the file's header: how a desk is told from any other database."""

MIGRATION_SET: Final = "jeweler_desk"
KNOWN: Final = (
    "m001_initial",
    "m002_parcels",
    "m003_listings",
    "m004_policies",
    "m005_mail_reading",
    "m006_mail_access",
    "m007_mail_deciding",
    "m008_letters",
    "m009_orders_page",
    "m010_printing",
    "m011_customs",
    "m012_reminding",
    "m013_paper",
    "m014_paper_facts",
    "m015_mail_judging",
    "m016_mail_trouble",
    "m017_mail_lists",
)
"""The names in `migrations`, in their order."""


def applied(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the migrations that a file has had; none for a new file."""
    if not connection.execute("PRAGMA table_info(_sqlite_migrations)").fetchone():
        return ()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid",
        [MIGRATION_SET],
    )
    return tuple(str(row[0]) for row in rows)


def is_of_today(connection: sqlite3.Connection) -> bool:
    """Whether a file has had every migration."""
    return set(KNOWN) <= set(applied(connection))
