"""The seller's own word on mail: rules for addresses, links, overrulings, and days to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from jeweler_desk.domain.her_word import AddressLink, AddressRule, HerWord, LetterDay, Overruling
from jeweler_desk.domain.message import canonical_address
from jeweler_desk.store.columns import instant_text, known_instant
from jeweler_desk.store.database import Store

_DAY_TABLES: Final = {"mail_promises": "promised_on", "mail_follow_ups": "follow_on"}


@dataclass(frozen=True, slots=True)
class KeptDay:
    """A day that hangs on a conversation, with the row it stands in."""

    id: int
    day: LetterDay


@dataclass(frozen=True, slots=True)
class Snooze:
    """Until when no notice tells of a letter, and since when."""

    message_id: str
    until: datetime
    at: datetime


class MailWordRows:
    """Rows that the seller decides; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def word(self) -> HerWord:
        """Return what outweighs the rules."""
        return HerWord(
            frozenset(canonical_address(each.address) for each in self.rules()),
            tuple((each.address, each.other) for each in self.links()),
            {each.message_id: each.is_question for each in self.overrulings()},
        )

    def rules(self) -> list[AddressRule]:
        """Return the addresses that are no customers, by name."""
        return [
            AddressRule(row["address"], row["why"], known_instant(row["at"]))
            for row in self._store.rows("SELECT * FROM mail_address_rules ORDER BY address")
        ]

    def add_rule(self, rule: AddressRule) -> None:
        """Keep a rule; one for the same address is replaced."""
        self.remove_rule(rule.address)
        cells = {"address": rule.address, "why": rule.why, "at": instant_text(rule.at)}
        self._store.insert("mail_address_rules", cells)

    def remove_rule(self, address: str) -> None:
        """Let a rule go."""
        self._store.run("DELETE FROM mail_address_rules WHERE address = ?", [address])

    def links(self) -> list[AddressLink]:
        """Return the second addresses of persons."""
        return [
            AddressLink(row["address"], row["other"], known_instant(row["at"]))
            for row in self._store.rows("SELECT * FROM mail_address_links ORDER BY id")
        ]

    def add_link(self, link: AddressLink) -> None:
        """Keep that two addresses are one person's."""
        cells = {"address": link.address, "other": link.other, "at": instant_text(link.at)}
        self._store.insert("mail_address_links", cells)

    def remove_links(self, address: str) -> None:
        """Let an address stand by itself again."""
        self._store.run(
            "DELETE FROM mail_address_links WHERE address = ?1 OR other = ?1", [address]
        )

    def sender_of(self, message_id: str) -> str | None:
        """Return the address in a message's From."""
        row = self._store.one(
            "SELECT from_address FROM mail_messages WHERE message_id = ?", [message_id]
        )
        return row["from_address"] if row else None

    def overrulings(self) -> list[Overruling]:
        """Return the decisions that were turned about."""
        return [
            Overruling(
                row["message_id"], bool(row["is_question"]), row["why"], known_instant(row["at"])
            )
            for row in self._store.rows("SELECT * FROM mail_overrulings ORDER BY id")
        ]

    def overrule(self, overruling: Overruling) -> None:
        """Keep an overruling; the last word on a message counts."""
        self.withdraw(overruling.message_id)
        cells = {
            "message_id": overruling.message_id,
            "is_question": int(overruling.is_question),
            "why": overruling.why,
            "at": instant_text(overruling.at),
        }
        self._store.insert("mail_overrulings", cells)

    def withdraw(self, message_id: str) -> None:
        """Let the rules decide on a message again."""
        self._store.run("DELETE FROM mail_overrulings WHERE message_id = ?", [message_id])

    def snoozes(self) -> list[Snooze]:
        """Return the snoozes, the oldest first."""
        return [
            Snooze(row["message_id"], known_instant(row["until"]), known_instant(row["at"]))
            for row in self._store.rows("SELECT * FROM mail_snoozes ORDER BY id")
        ]

    def snooze(self, snooze: Snooze) -> None:
        """Keep a snooze; a later one replaces it."""
        self.wake(snooze.message_id)
        cells = {
            "message_id": snooze.message_id,
            "until": instant_text(snooze.until),
            "at": instant_text(snooze.at),
        }
        self._store.insert("mail_snoozes", cells)

    def wake(self, message_id: str) -> None:
        """End a snooze."""
        self._store.run("DELETE FROM mail_snoozes WHERE message_id = ?", [message_id])

    def promises(self) -> list[KeptDay]:
        """Return what holding letters promised."""
        return self._days("mail_promises")

    def follow_ups(self) -> list[KeptDay]:
        """Return the days on which to ask again."""
        return self._days("mail_follow_ups")

    def _days(self, table: str) -> list[KeptDay]:
        column = _DAY_TABLES[table]
        return [
            KeptDay(
                row["id"],
                LetterDay(
                    row["message_id"],
                    date.fromisoformat(row[column]),
                    row["note"],
                    known_instant(row["at"]),
                ),
            )
            for row in self._store.rows(f"SELECT * FROM {table} ORDER BY id")
        ]

    def add_promise(self, day: LetterDay) -> None:
        """Keep what a holding letter promised."""
        self._add_day("mail_promises", day)

    def add_follow_up(self, day: LetterDay) -> None:
        """Keep the day on which to ask again; one for the same letter is replaced."""
        self._store.run("DELETE FROM mail_follow_ups WHERE message_id = ?", [day.message_id])
        self._add_day("mail_follow_ups", day)

    def _add_day(self, table: str, day: LetterDay) -> None:
        cells = {
            "message_id": day.message_id,
            _DAY_TABLES[table]: day.on.isoformat(),
            "note": day.note,
            "at": instant_text(day.at),
        }
        self._store.insert(table, cells)

    def remove_promise(self, row_id: int) -> None:
        """Let a promise go: it was kept, or is no more."""
        self._store.run("DELETE FROM mail_promises WHERE id = ?", [row_id])

    def remove_follow_up(self, row_id: int) -> None:
        """Let a follow-up go."""
        self._store.run("DELETE FROM mail_follow_ups WHERE id = ?", [row_id])

    def dismissed(self) -> list[tuple[str, datetime]]:
        """Return the alarms she looked into, and when."""
        rows = self._store.rows("SELECT key, at FROM mail_alarms_dismissed ORDER BY id")
        return [(row["key"], known_instant(row["at"])) for row in rows]

    def dismiss(self, key: str, why: str, at: datetime) -> None:
        """Keep that an alarm was looked into."""
        cells = {"key": key, "why": why, "at": instant_text(at)}
        self._store.insert("mail_alarms_dismissed", cells)
