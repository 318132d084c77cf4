"""Instants that have been, as a form takes them: now, 15:05, yesterday 17:30, 2026-11-27 14:05."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.typed_moment import read_instant
from jeweler_desk.ui.dialogs.form import FormError

PAST_HINT: Final = "now, a time such as 14:05, or a day: yesterday 14:05, 2026-11-27."


def read_past(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Read what was typed; nothing is None, a day alone its 00:00, anything else is told."""
    text = text.strip()
    if not text or text.casefold() == "now":
        return now if text else None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError:
        found = read_instant(text, now, zone.key, is_past=True)
    if found is None:
        raise FormError(f"“{text}” is not a day such as 2026-11-27 or a time such as 14:05.")
    has_clock = any(each in text.casefold() for each in (":", "am", "pm", "noon"))
    return found if has_clock else datetime.combine(found.astimezone(zone).date(), time(), zone)
