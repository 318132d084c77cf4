"""Templates of letters: a closed set of named fields in braces, filled with facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.refusal import RefusedError


class LetterField(StrEnum):
    """Every field that a template may name."""

    FIRST_NAME = "first_name"
    ORDER = "order"
    PIECE = "piece"
    SHIP_BY = "ship_by"
    WAS_SHIP_BY = "was_ship_by"
    SENT_ON = "sent_on"
    CARRIER = "carrier"
    TRACKING = "tracking"
    TRACKING_LINK = "tracking_link"
    TOTAL = "total"
    AMOUNT = "amount"
    ASKED_ON = "asked_on"
    SETTLED_ON = "settled_on"
    CODE = "code"
    CODE_END = "code_end"
    ANSWER_BY = "answer_by"
    PROMISE_ON = "promise_on"
    SHOP = "shop"
    SIGNATURE = "signature"


class LetterTemplateError(RefusedError):
    """A template that cannot be kept as it stands."""


STAYS_OPEN: Final = frozenset(
    {LetterField.FIRST_NAME, LetterField.SIGNATURE, LetterField.PROMISE_ON}
)
"""Fields that a letter waits for: without a fact they stay open instead of dropping a sentence."""

_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_ANY_BRACE: Final = re.compile(r"[{}]")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[ ]+")
_OPEN: Final = re.compile(r"\{[^{}\n]*\}|\bDear\s*(?:…|\.\.\.)?\s*(?=,|$)", re.MULTILINE)
_FIELDS: Final = {field.value: field for field in LetterField}
LONGEST_TEMPLATE: Final = 20_000


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A letter's words before the facts; ``name`` tells which."""

    name: str
    subject: str
    body: str

    @property
    def text(self) -> str:
        """The template as one text: its subject's line, a blank one, the body."""
        return f"Subject: {self.subject}\n\n{self.body}\n"


def parse_template(name: str, text: str) -> LetterTemplate:
    """Read what `LetterTemplate.text` wrote. Raises `LetterTemplateError`."""
    head, _, body = text.replace("\r\n", "\n").partition("\n\n")
    label, colon, subject = head.partition(":")
    if label != "Subject" or not colon or "\n" in head:
        raise LetterTemplateError(
            "A template begins with its subject: “Subject: …”, then a blank line."
        )
    return checked_template(name, subject, body)


def checked_template(name: str, subject: str, body: str) -> LetterTemplate:
    """Return a template that can be kept.

    Raises `LetterTemplateError` with the line of an unknown field or a brace that stands alone.
    """
    name, subject, body = " ".join(name.split()), " ".join(subject.split()), body.strip()
    if not name or not subject or not body:
        raise LetterTemplateError(
            "A template needs a name, a subject and words. Nothing was changed."
        )
    if len(body) + len(subject) > LONGEST_TEMPLATE:
        raise LetterTemplateError("The template is too long. Nothing was changed.")
    for number, line in enumerate([subject, *body.split("\n")]):
        where = f"line {number}" if number else "the subject"
        for found in _BRACES.finditer(line):
            if found[1] not in _FIELDS:
                raise LetterTemplateError(
                    f"“{{{found[1]}}}” in {where} is no field. The fields are"
                    f" {', '.join(_FIELDS)}. Nothing was changed."
                )
        if _ANY_BRACE.search(_BRACES.sub("", line)):
            raise LetterTemplateError(
                f"A brace in {where} belongs to no field. Nothing was changed."
            )
    return LetterTemplate(name, subject, body)


def filled(template: LetterTemplate, facts: Mapping[LetterField, str]) -> tuple[str, str]:
    """Return subject and body with the facts in their fields.

    A sentence with a field that has no fact is left out, a paragraph without sentences too; the
    fields of `STAYS_OPEN` stay in their braces, so that the letter cannot leave without them.
    """
    paragraphs = []
    for paragraph in template.body.split("\n\n"):
        lines = [_filled_line(line, facts) for line in paragraph.split("\n")]
        kept = "\n".join(line for line in lines if line)
        if kept:
            paragraphs.append(kept)
    subject = _BRACES.sub(lambda found: facts.get(LetterField(found[1]), ""), template.subject)
    return " ".join(subject.split()), "\n\n".join(paragraphs)


def _filled_line(line: str, facts: Mapping[LetterField, str]) -> str:
    return " ".join(
        _BRACES.sub(lambda found: facts.get(LetterField(found[1])) or found[0], sentence)
        for sentence in _SENTENCE_END.split(line)
        if all(
            facts.get(LetterField(found)) or LetterField(found) in STAYS_OPEN
            for found in _BRACES.findall(sentence)
        )
    )


def open_fields(text: str) -> tuple[str, ...]:
    """Return what is still open in a letter: fields in braces, a salutation without a name."""
    return tuple(found[0].strip() or found[0] for found in _OPEN.finditer(text))
