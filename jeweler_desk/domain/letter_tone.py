"""The tone of a letter: Dear, thanks, no blame, no shouting, Yours truly, her name (care.md 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jeweler_desk.domain.letter_findings import Finding, FindingKind
from jeweler_desk.domain.named_days import days_in

_SHORTENED: Final = (
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Mon",
    "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun", "Mr", "Mrs", "Ms", "Dr",
    "No", "St",
)  # fmt: skip
_AFTER_SHORTENED: Final = "|".join(rf"(?<=\b{each})" for each in _SHORTENED)
SENTENCE: Final = re.compile(
    rf"[^.!?\n]+(?:(?:[.!?](?!\s|$)|(?:{_AFTER_SHORTENED})\.(?=\s))[^.!?\n]*)*[.!?]*"
)
"""A sentence; “Oct. 9” and “Mr. Berg” do not end one."""
_SHOUTED: Final = re.compile(r"\b[A-Z]{2,}(?:['’][A-Z]+)?(?:[ ,]+[A-Z]{2,}(?:['’][A-Z]+)?)+\b")
_SHOUTED_WORD: Final = re.compile(r"\b[A-Z]{5,}\b")
_WORD: Final = re.compile(r"[A-Z]+")
_MARKS: Final = re.compile(r"!{2,}|[?!]*!\?[?!]*|[?!]*\?![?!]*|\?{2,}")
_SPAN: Final = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a|an)\s+(?:business\s+|working\s+)?"
    r"(?:hours?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_FEWEST_SHOUTED: Final = 6


@dataclass(frozen=True)
class LetterWords:
    """The lists of `resources/letter_words.json`."""

    lists: Mapping[str, Sequence[str]]

    @cached_property
    def blame(self) -> re.Pattern[str]:
        """Words that blame the reader."""
        return self._any_of("blame")

    @cached_property
    def slang(self) -> re.Pattern[str]:
        """Words of a best friend."""
        return self._any_of("slang")

    @cached_property
    def thanks(self) -> re.Pattern[str]:
        """Words of thanks."""
        return self._any_of("thanks")

    @cached_property
    def promises(self) -> re.Pattern[str]:
        """Words that promise."""
        return self._any_of("promises")

    @cached_property
    def when(self) -> re.Pattern[str]:
        """Words that name a time."""
        return self._any_of("when")

    @cached_property
    def of_the_record(self) -> re.Pattern[str]:
        """Words of a sentence whose days stand in the records."""
        return self._any_of("of_the_record")

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Words that everybody writes in capitals."""
        return frozenset(self.lists["acronyms"])

    @cached_property
    def salutation(self) -> re.Pattern[str]:
        """A first line that greets."""
        words = "|".join(re.escape(each) for each in self.lists["salutations"])
        return re.compile(rf"\s*(?:{words})\b[^\n]*", re.IGNORECASE)

    @cached_property
    def valediction(self) -> re.Pattern[str]:
        """A line that takes leave, and what follows it."""
        words = "|".join(re.escape(each) for each in self.lists["valedictions"])
        return re.compile(rf"^\s*(?:{words})\s*[,.!]?\s*$", re.IGNORECASE | re.MULTILINE)

    def _any_of(self, name: str) -> re.Pattern[str]:
        words = "|".join(
            re.escape(each).replace("'", "['’]").replace("\\ ", r"\s+")
            for each in sorted(self.lists[name], key=len, reverse=True)
        )
        return re.compile(rf"(?<![\w'’-])(?:{words})(?![\w'’-]|\.\w)", re.IGNORECASE)


def tone_findings(body: str, words: LetterWords, known_capitals: str = "") -> list[Finding]:
    """Return what a warm letter would say otherwise. ``known_capitals`` are no shouting."""
    findings = []
    if not words.salutation.match(body):
        findings.append(Finding(FindingKind.NO_SALUTATION))
    if not words.thanks.search(body):
        findings.append(Finding(FindingKind.NO_THANKS))
    leave = list(words.valediction.finditer(body))
    if not leave:
        findings.append(Finding(FindingKind.NO_VALEDICTION))
    elif not body[leave[-1].end() :].strip():
        findings.append(Finding(FindingKind.NO_SIGNATURE))
    for kind, pattern in ((FindingKind.BLAME, words.blame), (FindingKind.SLANG, words.slang)):
        findings += [Finding(kind, found[0], at=found.start()) for found in pattern.finditer(body)]
    findings += _shouting(body, known_capitals, words.acronyms)
    findings += _promises_without_day(body, words)
    return findings


def _shouting(body: str, known: str, acronyms: AbstractSet[str]) -> list[Finding]:
    spans = [
        found
        for found in _SHOUTED.finditer(body)
        if sum(each.isalpha() for each in found[0]) >= _FEWEST_SHOUTED
    ]
    covered = [(each.start(), each.end()) for each in spans]
    spans += [
        found
        for found in _SHOUTED_WORD.finditer(body)
        if not any(start <= found.start() < end for start, end in covered)
    ]
    spans = [
        each
        for each in spans
        if each[0] not in known and not set(_WORD.findall(each[0])) <= acronyms
    ]
    spans += list(_MARKS.finditer(body))
    return [Finding(FindingKind.SHOUTING, each[0], at=each.start()) for each in spans]


def _promises_without_day(body: str, words: LetterWords) -> list[Finding]:
    findings = []
    for sentence in SENTENCE.finditer(body):
        found = words.promises.search(sentence[0])
        if found is None:
            continue
        has_day = (
            words.when.search(sentence[0]) or _SPAN.search(sentence[0]) or days_in(sentence[0])
        )
        if not has_day and "{" not in sentence[0]:
            at = sentence.start() + found.start()
            findings.append(Finding(FindingKind.PROMISE_WITHOUT_DAY, found[0], at=at))
    return findings
