"""Loads the table of platforms from `resources/`, once, with the first message that is read."""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from jeweler_desk.domain.sender_table import SenderTable, sender_table_from
from jeweler_desk.resources import resource

_RESOURCE: Final = "mail_senders.json"


@cache
def sender_table() -> SenderTable:
    """Return the table; the file is read at the first call only."""
    return sender_table_from(json.loads(resource(_RESOURCE).read_text(encoding="utf-8")))
