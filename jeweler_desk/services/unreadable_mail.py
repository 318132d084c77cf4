"""Messages that could not be read: listed until they can be, or lie there no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from jeweler_desk.domain.mailbox import FolderReading, KnownFolder, SetAside, UnreadableMessage
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_set_aside import MailSetAside


class UnreadableMail:
    """Knows what was set aside; what was found since the last question is told once."""

    def __init__(self, store: Store) -> None:
        self._rows = MailSetAside(store)
        self._news: list[SetAside] = []

    def all(self) -> list[UnreadableMessage]:
        """Return what could not be read and lies there still, the one found last first."""
        return self._rows.all()

    def news(self) -> list[SetAside]:
        """Return what was set aside since this was asked last."""
        news, self._news = self._news, []
        return news

    def to_try(self, origin: str, known: Sequence[KnownFolder]) -> list[KnownFolder]:
        """Let a look try again what could not be read before."""
        aside = self._rows.to_try(origin)
        return [replace(each, set_aside=aside.get(each.folder, ())) for each in known]

    def note(self, readings: Iterable[FolderReading], at: datetime) -> tuple[SetAside, ...]:
        """Keep what readings could not read; tells what is new. Needs an open transaction."""
        found = [each for reading in readings for each in self._rows.note(reading, at)]
        self._news += found
        return tuple(found)
