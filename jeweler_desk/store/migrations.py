"""The schema's history: released functions are never edited, new ones are added below.

Each name stands in `versions.KNOWN` too.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from jeweler_desk.store.mail_schema import create_mail_tables
from jeweler_desk.store.schema import ORDER_TABLES, SEARCH_TABLES
from jeweler_desk.store.versions import MIGRATION_SET

migrations = Migrations(MIGRATION_SET)


@migrations()
def m001_initial(db: Database) -> None:
    """Make the tables of orders, the journal, search and mail."""
    for statement in ORDER_TABLES.split(";"):
        db.execute(statement)
    for statement in SEARCH_TABLES:
        db.execute(statement)
    create_mail_tables(db)
