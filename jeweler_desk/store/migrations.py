"""The schema's history: released functions are never edited, new ones are added below."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from jeweler_desk.store.mail_schema import create_mail_tables
from jeweler_desk.store.schema import ORDER_TABLES, SEARCH_TABLES

APPLICATION_ID = 0x4A44534B
"""The four letters JDSK in the file's header: how a desk is told from any other database."""

migrations = Migrations("jeweler_desk")


@migrations()
def m001_initial(db: Database) -> None:
    """Make the tables of orders, the journal, search and mail."""
    for statement in ORDER_TABLES.split(";"):
        db.execute(statement)
    for statement in SEARCH_TABLES:
        db.execute(statement)
    create_mail_tables(db)
