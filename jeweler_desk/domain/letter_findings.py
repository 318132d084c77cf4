"""What a letter's words show while they are typed: of its tone, and against the records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FindingKind(StrEnum):
    """What was found. The first group is of tone: advice; the second of truth: a lock."""

    NO_SALUTATION = "no_salutation"
    NO_THANKS = "no_thanks"
    NO_VALEDICTION = "no_valediction"
    NO_SIGNATURE = "no_signature"
    BLAME = "blame"
    SHOUTING = "shouting"
    SLANG = "slang"
    PROMISE_WITHOUT_DAY = "promise_without_day"
    AMOUNT = "amount"
    DAY = "day"
    WEEKDAY = "weekday"
    NAME = "name"
    ORDER = "order"
    TRACKING = "tracking"
    CODE = "code"
    ADDRESS = "address"
    NOT_REFUNDED = "not_refunded"
    NOT_SHIPPED = "not_shipped"
    NOT_ASKED = "not_asked"
    NOT_VOIDED = "not_voided"


OF_TRUTH: Final = frozenset(
    {
        FindingKind.AMOUNT,
        FindingKind.DAY,
        FindingKind.WEEKDAY,
        FindingKind.NAME,
        FindingKind.ORDER,
        FindingKind.TRACKING,
        FindingKind.CODE,
        FindingKind.ADDRESS,
        FindingKind.NOT_REFUNDED,
        FindingKind.NOT_SHIPPED,
        FindingKind.NOT_ASKED,
        FindingKind.NOT_VOIDED,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the words it is about, where they begin in the body, and what is known.

    Without words it is about the letter as a whole.
    ``at`` is -1 for what is missing or stands outside the body.
    """

    kind: FindingKind
    found: str = ""
    known: str = ""
    at: int = -1

    @property
    def is_of_truth(self) -> bool:
        """Whether it locks the letter until she says that it is right."""
        return self.kind in OF_TRUTH

    @property
    def key(self) -> str:
        """What her word is kept under; other words of the same kind are another finding."""
        return f"{self.kind.value}:{' '.join(self.found.casefold().split())}"
