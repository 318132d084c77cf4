"""How findings in a letter, and its states, are said to her."""

from __future__ import annotations

from datetime import date
from typing import Final

from jeweler_desk.domain.letter import LetterKind, LetterState
from jeweler_desk.domain.letter_findings import Finding, FindingKind
from jeweler_desk.domain.wording import letter_day

STATE_NAMES: Final = {
    LetterState.DRAFT: "draft",
    LetterState.QUEUED: "in the outbox",
    LetterState.CONNECTING: "on its way to the server",
    LetterState.HANDING_OVER: "on its way to the server",
    LetterState.UNCLEAR: "perhaps sent: look in Sent",
    LetterState.HANDED_OVER: "handed over, not yet seen in Sent",
    LetterState.SEEN_IN_SENT: "sent",
    LetterState.CAME_BACK: "came back",
    LetterState.ELSEWHERE: "given another way",
}
KIND_NAMES: Final = {
    LetterKind.ANSWER: "An answer, begun",
    LetterKind.SHIPPING: "The parcel is on its way",
    LetterKind.THANKS: "Thank you",
    LetterKind.DELAY: "A new day, a first short delay",
    LetterKind.DELAY_CONSENT: "A new day that needs a yes",
    LetterKind.DELAY_OPEN: "A delay without a new day",
    LetterKind.CORRECTION: "It has not left after all",
    LetterKind.REFUND_ASKED: "The refund is asked for",
    LetterKind.REFUND_SETTLED: "The refund has arrived",
    LetterKind.VOID: "The charge was voided",
    LetterKind.RING_SIZE: "Which ring size?",
    LetterKind.HOLDING: "I will answer by a day",
    LetterKind.APOLOGY: "I am sorry",
}
_MISSING: Final = {
    FindingKind.NO_SALUTATION: "It greets nobody: begin with “Dear …,”.",
    FindingKind.NO_THANKS: "It says no thanks: one sentence is enough.",
    FindingKind.NO_VALEDICTION: "It takes no leave: end with “Yours truly,”.",
    FindingKind.NO_SIGNATURE: "Your name is missing under it.",
}


def template_title(name: str) -> str:
    """Return a template's name as a person says it; her own as she gave it."""
    kinds = {each.value: each for each in LetterKind}
    return KIND_NAMES[kinds[name]] if name in kinds else name


def finding_text(finding: Finding) -> str:
    """Say what was found in one sentence, and what to do or what the records know."""
    if finding.kind in _MISSING:
        return _MISSING[finding.kind]
    known = finding.known
    if finding.kind in {FindingKind.DAY, FindingKind.WEEKDAY}:
        known = letter_day(date.fromisoformat(known)) if known else ""
    elif finding.kind is FindingKind.NAME:
        known = known.title()
    elif finding.kind in _HAPPENED:
        told = f"“{finding.found}”" if finding.found else "The letter tells of it"
        return f"{told}: {_HAPPENED[finding.kind][known]}"
    with_known, without = _SAID[finding.kind]
    return (with_known if known else without or with_known).format(found=finding.found, known=known)


_SAID: Final = {
    FindingKind.BLAME: ("", "“{found}” sounds like blame: say what you will do instead."),
    FindingKind.SHOUTING: ("", "“{found}” is loud: plain letters are enough."),
    FindingKind.SLANG: ("", "“{found}” is a word among friends: choose a calmer one."),
    FindingKind.PROMISE_WITHOUT_DAY: (
        "",
        "“{found}” promises without a day: name one you can keep.",
    ),
    FindingKind.AMOUNT: ("“{found}” is no amount of this order; near it is {known}.", ""),
    FindingKind.DAY: ("“{found}” is no day of this order; near it is {known}.", ""),
    FindingKind.WEEKDAY: ("“{found}”: that day is {known}.", "“{found}” is no day."),
    FindingKind.NAME: ("The letter greets “{found}”; the records know {known}.", ""),
    FindingKind.ORDER: ("“{found}” is another order’s number; this is {known}.", ""),
    FindingKind.TRACKING: (
        "“{found}” is no tracking number of this order; it travels as {known}.",
        "“{found}” is no tracking number of this order: none is known.",
    ),
    FindingKind.CODE: (
        "No code “{found}” is known here; the record has {known}.",
        "No code “{found}” is known here.",
    ),
    FindingKind.ADDRESS: ("It goes to {found}; the records know {known}.", ""),
}
_HAPPENED: Final = {
    FindingKind.NOT_REFUNDED: {
        "": "no refund of this order is known.",
        "granted": "the refund is not asked for yet.",
        "asked": "the bank was asked, and the money has not arrived: say “asked your bank on …”.",
        "failed": "the refund failed and is still owed.",
    },
    FindingKind.NOT_ASKED: {
        "": "no refund of this order was asked for.",
        "granted": "the refund is granted, but not asked for yet.",
        "failed": "the refund failed; ask for it again first.",
    },
    FindingKind.NOT_VOIDED: {
        "": "no charge of this order was voided.",
        "held": "the charge is still held, not voided.",
        "expired": "the charge expired by itself; nothing was voided.",
        "taken": "the money was taken: what comes back is a refund, nothing was voided.",
    },
    FindingKind.NOT_SHIPPED: {"": "no parcel of this order has left."},
}
"""What is known instead, by the last step of it."""
