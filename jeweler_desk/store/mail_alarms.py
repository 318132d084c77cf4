"""Customers' letters of the last days, as the alarm looks at them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from jeweler_desk.domain.mail_alarm import Smoke
from jeweler_desk.domain.message import canonical_address, subject_stem
from jeweler_desk.domain.own_words import own_text
from jeweler_desk.domain.verdict import Decision, Direction, Judgement
from jeweler_desk.store.columns import instant_text, known_instant
from jeweler_desk.store.database import Store

_HUMAN: Final = frozenset({Decision.START, Decision.KEEP, Decision.SOFT})


class RecentLetters:
    """Asks for customers' letters; nothing is written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def since(self, since: datetime, now: datetime, judgement: Judgement | None) -> list[Smoke]:
        """Return the letters of persons received in a span, with their own words only.

        ``judgement`` is used instead of what is kept, where that is no longer true.
        """
        found: list[Smoke] = []
        for row in self._store.rows(
            "SELECT message_id, received_at, subject, text, direction, decision, person,"
            " person_address FROM mail_messages WHERE received_at BETWEEN ? AND ?"
            " ORDER BY received_at, message_id",
            [instant_text(since), instant_text(now)],
        ):
            verdict = judgement.verdicts.get(row["message_id"]) if judgement else None
            direction = verdict.direction if verdict else Direction(row["direction"])
            decision = verdict.decision if verdict else Decision(row["decision"])
            if direction is not Direction.IN or decision not in _HUMAN:
                continue
            address = (verdict.address if verdict else row["person_address"]) or ""
            person = (verdict.person if verdict else row["person"]) or ""
            who = canonical_address(address) if address else person.casefold()
            if who:
                subject = row["subject"]
                # The subject of an answer is a quote: it says what somebody else began.
                is_own = subject_stem(subject) == " ".join(subject.casefold().split())
                found.append(
                    Smoke(
                        row["message_id"],
                        who,
                        person or address,
                        subject if is_own else "",
                        known_instant(row["received_at"]),
                        own_text(row["text"]),
                    )
                )
        return found
