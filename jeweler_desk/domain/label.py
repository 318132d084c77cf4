"""A shipping label: bought before the parcel leaves, and its money asked back when none does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money

REFUND_DAYS: Final = 28
"""How long after its purchase the money of an unused label can be asked back (orders.md 4)."""

LABEL_STALE: Final = "label out of date, buy another: the address changed"
_OURS: Final = "desk"


class LabelStep(StrEnum):
    """What the seller noted of a label that no parcel travels under."""

    NOT_USED = "not_used"
    ASKED = "asked"
    REFUNDED = "refunded"
    GIVEN_UP = "given_up"


class LabelState(StrEnum):
    """Where a label stands; all but ``used``, ``waiting`` and ``unneeded`` are told by her."""

    USED = "used"
    WAITING = "waiting"
    UNNEEDED = "unneeded"
    ASKED = "asked"
    REFUNDED = "refunded"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Label:
    """A label that was bought; ``shipment_id`` is the parcel that left under it.

    ``address`` is where it says the parcel goes; ``noted_at`` counts where nobody knows when it
    was bought.
    """

    noted_at: datetime
    bought_at: datetime | None = None
    carrier: str | None = None
    service: str | None = None
    tracking_number: str | None = None
    cost: Money | None = None
    address: PostalAddress | None = None
    shipment_id: int | None = None
    source: str = _OURS
    step: LabelStep | None = None
    step_at: datetime | None = None
    step_why: str | None = None
    id: int = 0

    @property
    def name(self) -> str:
        """Carrier, service and number, as far as they are known."""
        told = (self.carrier, self.service, self.tracking_number)
        return " ".join(part for part in told if part)

    def state(self, units_to_send: int) -> LabelState:
        """Return where it stands, given how many units of its order are still to send.

        Nothing left to send, or her own word that it is not used, makes its money a task.
        """
        if self.shipment_id is not None:
            return LabelState.USED
        if self.step in _TOLD:
            return _TOLD[self.step]
        if self.step is LabelStep.NOT_USED or not units_to_send:
            return LabelState.UNNEEDED
        return LabelState.WAITING

    def refund_by(self, timezone: str) -> date:
        """Return the last day on which its money can be asked back, as the shop's zone has it."""
        bought_on = (self.bought_at or self.noted_at).astimezone(ZoneInfo(timezone)).date()
        return bought_on + timedelta(days=REFUND_DAYS)


_TOLD: Final = {
    LabelStep.ASKED: LabelState.ASKED,
    LabelStep.REFUNDED: LabelState.REFUNDED,
    LabelStep.GIVEN_UP: LabelState.GIVEN_UP,
}
_NEXT: Final = {
    LabelState.WAITING: frozenset({LabelStep.NOT_USED, LabelStep.ASKED, LabelStep.REFUNDED}),
    LabelState.UNNEEDED: frozenset({LabelStep.ASKED, LabelStep.REFUNDED, LabelStep.GIVEN_UP}),
    LabelState.ASKED: frozenset({LabelStep.REFUNDED, LabelStep.GIVEN_UP}),
    LabelState.GIVEN_UP: frozenset({LabelStep.ASKED, LabelStep.REFUNDED}),
    LabelState.REFUNDED: frozenset[LabelStep](),
    LabelState.USED: frozenset[LabelStep](),
}


def may_go(state: LabelState, step: LabelStep) -> bool:
    """Whether a label may take that step from where it stands."""
    return step in _NEXT[state]


def waiting(labels: tuple[Label, ...], units_to_send: int) -> tuple[Label, ...]:
    """Return the labels under which a parcel may still leave, the one bought first leading."""
    return tuple(each for each in labels if each.state(units_to_send) is LabelState.WAITING)


def goes_elsewhere(label: Label, address: PostalAddress) -> bool:
    """Whether the order's address changed since its label was noted here.

    A label shop writes addresses in its own way, so a label from a file is not compared.
    """
    return label.source == _OURS and label.address is not None and label.address != address
