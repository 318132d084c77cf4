"""Policies by version: which one an order keeps, whether its window runs, what it suggests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Condition, LineItemId, Order, Shipment
from jeweler_desk.domain.refusal import RefusedError

_MOST_DAYS: Final = 3650
_WHOLE: Final = 100


class PolicyError(RefusedError):
    """A policy that cannot be; the sentence says why."""


class PolicyKind(StrEnum):
    """What a policy is about (the words of the command line)."""

    FABRICATION_TIME = "fabrication-time"
    SHIP_TIME = "ship-time"
    RETURNS = "returns"
    EXCHANGES = "exchanges"
    REPAIRS = "repairs"
    CUSTOM_WORK = "custom-work"


class CountedFrom(StrEnum):
    """The event from which a window is counted."""

    DELIVERED = "delivered"
    SHIPPED = "shipped"
    BOUGHT = "bought"


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """A version as the seller writes it.

    ``window_days`` are counted from ``counted_from``, its last day included. The percents say how
    much of a piece's price goes back when it comes worn or damaged; None says nothing of it.
    """

    kind: PolicyKind
    text: str
    in_force_from: date
    short_form: str | None = None
    window_days: int | None = None
    counted_from: CountedFrom | None = None
    worn_percent: int | None = None
    damaged_percent: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A version that stands; it is never changed, only followed by another."""

    version: int
    said: NewPolicy
    added_at: datetime

    @property
    def kind(self) -> PolicyKind:
        """What it is about."""
        return self.said.kind


def checked(new: NewPolicy, versions: Sequence[PolicyVersion], today: date) -> NewPolicy:
    """Return a version with its words tidied. Raises `PolicyError` where it cannot be.

    What orders keep never changes: a version begins after the one before it, and no earlier than
    today unless it is the first of its kind.
    """
    text = new.text.strip()
    if not text:
        raise PolicyError("A policy needs its words. Nothing was changed.")
    if (new.window_days is None) != (new.counted_from is None):
        raise PolicyError(
            "A window needs its days and the event they are counted from: delivered, shipped or"
            " bought. Nothing was changed."
        )
    if new.window_days is not None and not 0 <= new.window_days <= _MOST_DAYS:
        raise PolicyError(
            f"A window has between 0 and {_MOST_DAYS} days, not {new.window_days}."
            " Nothing was changed."
        )
    for percent in (new.worn_percent, new.damaged_percent):
        if percent is not None and not 0 <= percent <= _WHOLE:
            raise PolicyError(f"{percent} % of a price cannot go back. Nothing was changed.")
    same = [each for each in versions if each.kind is new.kind]
    last = max((each.said.in_force_from for each in same), default=None)
    if last is not None and new.in_force_from <= last:
        raise PolicyError(
            f"The version before it is in force from {last.isoformat()}: a new one begins later."
            " Nothing was changed."
        )
    if last is not None and new.in_force_from < today:
        raise PolicyError(
            "Orders placed before today keep the version that was in force then: let the new one"
            f" begin on {today.isoformat()} or later. Nothing was changed."
        )
    return NewPolicy(
        kind=new.kind,
        text=text,
        in_force_from=new.in_force_from,
        short_form=" ".join((new.short_form or "").split()) or None,
        window_days=new.window_days,
        counted_from=new.counted_from,
        worn_percent=new.worn_percent,
        damaged_percent=new.damaged_percent,
    )


def in_force_on(
    versions: Iterable[PolicyVersion], kind: PolicyKind, day: date
) -> PolicyVersion | None:
    """Return the version of a kind that was in force on a day, None before the first."""
    begun = [each for each in versions if each.kind is kind and each.said.in_force_from <= day]
    return max(begun, key=lambda each: each.said.in_force_from, default=None)


def kept_text(versions: Sequence[PolicyVersion], day: date, stamp: str | None = None) -> str | None:
    """Return what an order of that day keeps, as its row has it: ``returns 2, repairs 1``.

    What its row names already stands; a kind whose first policy was written later is added.
    """
    named = kept_versions(stamp)
    found: dict[PolicyKind, int] = {}
    for kind in PolicyKind:
        in_force = in_force_on(versions, kind, day)
        version = named.get(kind) or (in_force.version if in_force else None)
        if version is not None:
            found[kind] = version
    return ", ".join(f"{kind.value} {version}" for kind, version in found.items()) or None


def kept_versions(stamp: str | None) -> Mapping[PolicyKind, int]:
    """Read what an order's row keeps; what was written by something else is left out."""
    found: dict[PolicyKind, int] = {}
    for part in (stamp or "").split(","):
        kind, _, version = part.strip().rpartition(" ")
        if kind in set(PolicyKind) and version.isascii() and version.isdigit():
            found[PolicyKind(kind)] = int(version)
    return found


def version_of(
    versions: Sequence[PolicyVersion], kind: PolicyKind, order: Order
) -> PolicyVersion | None:
    """Return the version of a kind that an order keeps."""
    number = kept_versions(order.policy_version).get(kind)
    named = [each for each in versions if each.kind is kind and each.version == number]
    return named[0] if named else in_force_on(versions, kind, order.placed_on)


# ---- the window


class WindowState(StrEnum):
    """Whether a window runs; it warns and never locks."""

    NONE = "none"
    RUNS = "runs"
    OVER = "over"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class Window:
    """A version's window for pieces of an order: from which day, through which day."""

    state: WindowState
    days: int = 0
    counted_from: CountedFrom | None = None
    counted_on: date | None = None
    last_day: date | None = None


def window_of(
    version: PolicyVersion,
    order: Order,
    today: date,
    local: Callable[[datetime], date],
    pieces: Iterable[LineItemId] = (),
) -> Window:
    """Return the window for these pieces (none named means all); ``local`` gives the shop's day."""
    days, event = version.said.window_days, version.said.counted_from
    if days is None or event is None:
        return Window(WindowState.NONE)
    began = _began(event, order, local, frozenset(pieces))
    if began is None:
        return Window(WindowState.NOT_BEGUN, days, event)
    last = began + timedelta(days=days)
    state = WindowState.RUNS if today <= last else WindowState.OVER
    return Window(state, days, event, began, last)


def _began(
    event: CountedFrom,
    order: Order,
    local: Callable[[datetime], date],
    pieces: frozenset[LineItemId],
) -> date | None:
    """Return the day of an event; of several parcels the last one counts, in the buyer's favor."""
    if event is CountedFrom.BOUGHT:
        return order.placed_on
    parcels = [each for each in order.shipments if _holds(each, pieces)]
    is_delivery = event is CountedFrom.DELIVERED
    moments = [each.delivered_at if is_delivery else each.shipped_at for each in parcels]
    known = [each for each in moments if each is not None]
    if not known or len(known) < len(moments):
        return None
    return local(max(known))


def _holds(parcel: Shipment, pieces: frozenset[LineItemId]) -> bool:
    return not pieces or not parcel.units or any(each in pieces for each, _ in parcel.units)


# ---- what goes back


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a condition suggests to give back: ``percent`` of ``value``; None says nothing."""

    condition: Condition
    value: Money
    percent: int | None

    @property
    def amount(self) -> Money | None:
        """The amount, rounded half up to the cent."""
        return None if self.percent is None else self.value.percent(Decimal(self.percent))


def suggestion(version: PolicyVersion | None, condition: Condition, value: Money) -> Suggestion:
    """Return what a policy suggests for pieces of that value that came back in that condition.

    As sent, all of it. Worn and damaged as the policy says. The wrong piece: nothing before the
    right one is here.
    """
    said = version.said if version else None
    percents = {
        Condition.AS_SENT: _WHOLE,
        Condition.WORN: said.worn_percent if said else None,
        Condition.DAMAGED: said.damaged_percent if said else None,
        Condition.WRONG_PIECE: 0,
    }
    return Suggestion(condition, value, percents[condition])
