"""“Is something wrong?”: what several customers wrote of within an hour."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.resources import resource
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.mail_judge import MailJudge
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_words import MailWordRows

if TYPE_CHECKING:
    from jeweler_desk.domain.mail_alarm import MailAlarm, TroubleWords
    from jeweler_desk.store.mail_alarms import RecentLetters

LOOKED_BACK: Final = timedelta(hours=48)
"""How long an alarm stands that nobody looked into."""
_RESOURCE: Final = "mail_trouble.json"


class MailTrouble:
    """Raises alarms and takes her word that one was looked into."""

    def __init__(self, store: Store, judge: MailJudge, clock: Clock) -> None:
        self._store = store
        self._rows = MailWordRows(store)
        self._judge = judge
        self._clock = clock

    @cached_property
    def _letters(self) -> RecentLetters:
        from jeweler_desk.store.mail_alarms import RecentLetters  # noqa: PLC0415 - start needs none

        return RecentLetters(self._store)

    @cached_property
    def _words(self) -> TroubleWords:
        """The words of trouble, read when the first two letters are looked at."""
        from jeweler_desk.domain.mail_alarm import TroubleWords  # noqa: PLC0415 - start needs none

        return TroubleWords(json.loads(resource(_RESOURCE).read_text(encoding="utf-8")))

    def alarms(self, now: datetime | None = None) -> list[MailAlarm]:
        """Return what several customers wrote of in the last two days, and nobody looked into."""
        now = now or self._clock.now()
        letters = self._letters.since(now - LOOKED_BACK, now, self._judge.current())
        if len({each.who for each in letters}) < 2:  # noqa: PLR2004 - one is no smoke
            return []
        from jeweler_desk.domain.mail_alarm import alarms  # noqa: PLC0415 - a start needs none

        return alarms(letters, self._words, self._rows.dismissed())

    def dismiss(self, key: str, why: str) -> Changes:
        """Note that an alarm was looked into, and what it was. Raises `RefusedError`."""
        found = next((each for each in self.alarms() if each.key == key), None)
        if found is None:
            raise RefusedError(f"There is no alarm “{key}”. Nothing was changed.")
        why = " ".join(why.split())
        if not why:
            raise RefusedError("Say in a word what it was. Nothing was changed.")
        with self._store.step(f"Looked into: {found.title}") as step:
            self._rows.dismiss(key, why, self._clock.now())
        return changes_of(step.tables)
