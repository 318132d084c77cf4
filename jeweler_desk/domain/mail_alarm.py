"""Early smoke: several customers who write of the same trouble, code or charge within an hour."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

TOGETHER_WITHIN: Final = timedelta(hours=1)
_ALARMING: Final = 2
"""So many customers who write of the same are an alarm."""
_MOST_SIGNS: Final = 4000
_MOST_REMEMBERED: Final = 2000


@dataclass(frozen=True, slots=True)
class Smoke:
    """One letter as the alarm looks at it: who wrote, when, and her own words.

    ``who`` tells people apart, whatever address or name they write under.
    """

    message_id: str
    who: str
    person: str
    subject: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class MailAlarm:
    """What several customers wrote of, and their letters, the oldest first."""

    key: str
    title: str
    letters: tuple[Smoke, ...]

    @property
    def people(self) -> int:
        """How many customers wrote."""
        return len({each.who for each in self.letters})


@dataclass(frozen=True, slots=True)
class _Topic:
    key: str
    title: str
    words: tuple[re.Pattern[str], ...]


class TroubleWords:
    """The words of trouble, by topic; what looks like a usual question is left out."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        self._topics = tuple(
            _Topic(each["key"], each["title"], _compiled(each["words"])) for each in cells["topics"]
        )
        self._left_out = _compiled(cells["left_out"])
        self._code = re.compile(cells["codes"]["form"])
        self._near_code = _compiled(cells["codes"]["near"])
        self._amount = re.compile(cells["amounts"]["form"], re.IGNORECASE)
        self._near_amount = _compiled(cells["amounts"]["near"])
        # The same letters are looked at in each look round.
        self._told: dict[str, Sequence[tuple[str, str]]] = {}

    def told_by(self, letter: Smoke) -> Sequence[tuple[str, str]]:
        """Return what a letter tells of: key and title."""
        text = f"{letter.subject}\n{letter.words}"[:_MOST_SIGNS]
        told = self._told.get(text)
        if told is None:
            if len(self._told) >= _MOST_REMEMBERED:
                self._told.clear()
            told = self._told[text] = tuple(self._told_in(text))
        return told

    def _told_in(self, text: str) -> Iterator[tuple[str, str]]:
        for sentence in re.split(r"(?<=[.!?。！？])\s+|\n{2,}", text):
            if not _finds(self._left_out, sentence):
                for topic in self._topics:
                    if _finds(topic.words, sentence):
                        yield topic.key, topic.title
        if _finds(self._near_code, text):
            for code in set(self._code.findall(text)) - _WORDS_IN_CAPITALS:
                yield f"code {code}", f"the code {code}"
        if _finds(self._near_amount, text):
            for amount in {_plain(each) for each in self._amount.findall(text)}:
                yield f"amount {amount}", f"the amount {amount}"


def alarms(
    letters: Iterable[Smoke], words: TroubleWords, dismissed: Iterable[tuple[str, datetime]]
) -> list[MailAlarm]:
    """Return what several customers wrote of within an hour, what most wrote of first.

    After she looked into an alarm only letters that came later raise it again.
    """
    silent_until: dict[str, datetime] = {}
    for key, at in dismissed:
        silent_until[key] = max(at, silent_until.get(key, at))
    found: defaultdict[str, dict[str, Smoke]] = defaultdict(dict)
    titles: dict[str, str] = {}
    for letter in letters:
        for key, title in words.told_by(letter):
            if key not in silent_until or letter.at > silent_until[key]:
                titles[key] = title
                found[key][letter.message_id] = letter
    raised = []
    for key, told in found.items():
        ordered = sorted(told.values(), key=lambda each: (each.at, each.message_id))
        together = _together(ordered)
        if together:
            raised.append(MailAlarm(key, titles[key], together))
    return sorted(_without_doubles(raised), key=lambda each: (-each.people, each.key))


def _together(letters: Sequence[Smoke]) -> tuple[Smoke, ...]:
    """Return the letters from the first hour in which enough customers wrote, on to the last."""
    for start, first in enumerate(letters):
        hour = [each for each in letters[start:] if each.at - first.at <= TOGETHER_WITHIN]
        if len({each.who for each in hour}) >= _ALARMING:
            return tuple(letters[start:])
    return ()


def _without_doubles(raised: list[MailAlarm]) -> list[MailAlarm]:
    """Leave out a code or an amount whose letters another alarm shows already."""
    shown = [
        {each.message_id for each in alarm.letters} for alarm in raised if " " not in alarm.key
    ]
    return [
        alarm
        for alarm in raised
        if " " not in alarm.key
        or not any({each.message_id for each in alarm.letters} <= others for others in shown)
    ]


_WORDS_IN_CAPITALS: Final = frozenset(
    {"HELLO", "PLEASE", "THANK", "THANKS", "CODE", "PROMO", "ORDER", "RING", "HELP", "FREE", "SALE",
     "COUPON", "DISCOUNT", "VOUCHER", "GUTSCHEIN", "RABATT", "PAYPAL", "ETSY", "EBAY", "WITH",
     "THIS", "THAT", "YOUR", "FROM", "NAME", "EMAIL", "MESSAGE", "DOES", "WORK", "HTTP", "HTTPS"}
)  # fmt: skip


def _plain(amount: str) -> str:
    return re.sub(r"\s", "", amount).upper()


def _compiled(texts: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


def _finds(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    return any(each.search(text) for each in patterns)
