"""What an act changed, as topics that pages listen to."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Topic(StrEnum):
    """A subject whose change makes pages read anew."""

    ORDERS = "orders"
    MAIL = "mail"
    SETTINGS = "settings"
    BACKUPS = "backups"
    SUPPLIES = "supplies"
    LISTINGS = "listings"
    LETTERS = "letters"


Changes = frozenset[Topic]
NOTHING_CHANGED: Final[Changes] = frozenset()
_SETTINGS_TABLE: Final = "settings"
_MAIL_PREFIX: Final = "mail_"
_SUPPLY_PREFIX: Final = "suppl"
_LISTING_PREFIX: Final = "listing"
_LETTER_PREFIX: Final = "letter_"


def topic_of(table: str) -> Topic:
    """Return the topic of a journalled table."""
    if table == _SETTINGS_TABLE:
        return Topic.SETTINGS
    if table.startswith(_SUPPLY_PREFIX):
        return Topic.SUPPLIES
    if table.startswith(_LISTING_PREFIX):
        return Topic.LISTINGS
    if table.startswith(_LETTER_PREFIX):
        return Topic.LETTERS
    return Topic.MAIL if table.startswith(_MAIL_PREFIX) else Topic.ORDERS


def changes_of(tables: Iterable[str]) -> Changes:
    """Return the topics of the tables that a step touched."""
    return frozenset(topic_of(table) for table in tables)
