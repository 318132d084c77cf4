"""Her word on letters holds at once, while what follows from it is judged beside the window."""

from __future__ import annotations

from collections.abc import Iterable

from jeweler_desk.domain.verdict import ClockState, ConversationClock, Mark
from jeweler_desk.store.mail_accounts import MailAccounts
from jeweler_desk.store.mail_verdicts import Verdicts

_OPEN = frozenset({ClockState.WAITING, ClockState.SOFT})


class SaidMeanwhile:
    """Knows of which letters she spoke since mail was last judged.

    Her word stops the hours of a conversation unless a letter came after it; nothing else is
    foreseen here.
    """

    def __init__(self, accounts: MailAccounts, verdicts: Verdicts) -> None:
        self._accounts = accounts
        self._verdicts = verdicts
        self._ids: set[str] = set()

    def note(self, message_id: str) -> None:
        """Remember that she spoke of a letter."""
        self._ids.add(message_id)

    def forget(self) -> None:
        """All that she said is judged."""
        self._ids.clear()

    def over(self, clocks: Iterable[ConversationClock]) -> list[ConversationClock]:
        """Return clocks as they were judged, those that her word stopped since as answered."""
        stopped = self._stopped()
        return [stopped.get(each.key, each) for each in clocks]

    def answered(self) -> list[ConversationClock]:
        """Return the conversations that her word answered since mail was judged."""
        return list(self._stopped().values())

    def _stopped(self) -> dict[str, ConversationClock]:
        if not self._ids:
            return {}
        found: dict[str, ConversationClock] = {}
        # A word that was taken back stands there no more.
        for mark in self._accounts.marks():
            clock = self._clock_of(mark) if mark.message_id in self._ids else None
            if clock is not None and clock.clock in _OPEN:
                found[clock.key] = _answered(clock, mark)
        return found

    def _clock_of(self, mark: Mark) -> ConversationClock | None:
        """Return the clock that a word stops; None where a letter came after it."""
        key = self._verdicts.conversation_key(mark.message_id)
        newest = self._verdicts.newest_arrival(key) if key else None
        if key is None or newest is None or mark.at < newest:
            return None
        return self._verdicts.clock(key)


def _answered(clock: ConversationClock, mark: Mark) -> ConversationClock:
    return clock._replace(
        clock=ClockState.ANSWERED,
        reason=mark.words,
        waiting_since=None,
        due_at=None,
        answered_at=mark.at,
    )
