"""The schema's history: released functions are never edited, new ones are added below.

Each name stands in `versions.KNOWN` too; a file of each released schema in tests/data/databases.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database, Migrations

from jeweler_desk.store.schema import (
    customs,
    letters,
    listings,
    mail,
    mail_access,
    mail_deciding,
    mail_judging,
    mail_lists,
    mail_reading,
    mail_trouble,
    orders,
    orders_page,
    paper,
    paper_facts,
    parcels,
    policies,
    printing,
    reminding,
)
from jeweler_desk.store.versions import MIGRATION_SET

migrations = Migrations(MIGRATION_SET)


def _run(db: Database, statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement)


@migrations()
def m001_initial(db: Database) -> None:
    """Make the tables of orders, the journal, search and mail."""
    _run(db, orders.ORDER_TABLES.split(";"))
    _run(db, orders.SEARCH_TABLES)
    mail.create_mail_tables(db)


@migrations()
def m002_parcels(db: Database) -> None:
    """Make the tables of labels bought, scans and what an order waits for."""
    _run(db, parcels.STATEMENTS)


@migrations()
def m003_listings(db: Database) -> None:
    """Make the tables of listings, their versions and what a buyer was shown."""
    _run(db, listings.STATEMENTS)


@migrations()
def m004_policies(db: Database) -> None:
    """Make the tables of policies by version."""
    _run(db, policies.STATEMENTS)


@migrations()
def m005_mail_reading(db: Database) -> None:
    """Make the tables of what a mailbox was seen to hold."""
    _run(db, mail_reading.STATEMENTS)


@migrations()
def m006_mail_access(db: Database) -> None:
    """Make the tables of how an account is reached."""
    _run(db, mail_access.STATEMENTS)


@migrations()
def m007_mail_deciding(db: Database) -> None:
    """Make the tables of rules of her own for addresses."""
    _run(db, mail_deciding.STATEMENTS)


@migrations()
def m008_letters(db: Database) -> None:
    """Make the tables of letters from draft to seen in Sent."""
    _run(db, letters.STATEMENTS)


@migrations()
def m009_orders_page(db: Database) -> None:
    """Make the indexes that the list of orders walks."""
    _run(db, orders_page.STATEMENTS)


@migrations()
def m010_printing(db: Database) -> None:
    """Make the tables of printers' choices, batches on their way and copies that came out."""
    _run(db, printing.STATEMENTS)


@migrations()
def m011_customs(db: Database) -> None:
    """Make the table of what customs ask of each kind of piece."""
    _run(db, customs.STATEMENTS)


@migrations()
def m012_reminding(db: Database) -> None:
    """Make the tables of what popped up, what was put off, the clock's memory and the sweep."""
    _run(db, reminding.STATEMENTS)


@migrations()
def m013_paper(db: Database) -> None:
    """Make the table of cards: whose words went to whom."""
    _run(db, paper.STATEMENTS)


@migrations()
def m014_paper_facts(db: Database) -> None:
    """Make the table of addresses as she wrote them in Latin letters."""
    _run(db, paper_facts.STATEMENTS)


@migrations()
def m015_mail_judging(db: Database) -> None:
    """Make the tables by which a small change of mail is judged among a few messages."""
    _run(db, mail_judging.STATEMENTS)


@migrations()
def m016_mail_trouble(db: Database) -> None:
    """Make the tables of messages that could not be read, and of what kind a trouble was."""
    _run(db, mail_trouble.STATEMENTS)


@migrations()
def m017_mail_lists(db: Database) -> None:
    """Make the indexes that the long lists of mail walk."""
    _run(db, mail_lists.STATEMENTS)
