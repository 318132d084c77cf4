"""Policies: versions added, the one an order keeps, its window and what it suggests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import Condition, LineItemId, Order, Receipt
from jeweler_desk.domain.policy import (
    NewPolicy,
    PolicyError,
    PolicyKind,
    PolicyVersion,
    Suggestion,
    Window,
    WindowState,
    checked,
    in_force_on,
    suggestion,
    version_of,
    window_of,
)
from jeweler_desk.domain.policy_wording import (
    POLICY_NAMES,
    suggestion_told,
    version_heading,
    window_told,
)
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.refunds import Refunds
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.policies import PolicyRows

_ON_SLIPS: Final = (PolicyKind.RETURNS, PolicyKind.EXCHANGES, PolicyKind.REPAIRS)


@dataclass(frozen=True, slots=True)
class Terms:
    """The clause that an order keeps, and whether its window runs today."""

    version: PolicyVersion
    window: Window
    today: date

    @property
    def heading(self) -> str:
        """Which version it is."""
        return version_heading(self.version, self.today)

    @property
    def clause(self) -> str:
        """Its words, as they were written."""
        return self.version.said.text

    @property
    def told(self) -> str:
        """Whether the window runs, in a sentence."""
        return window_told(self.window, self.today)

    @property
    def is_over(self) -> bool:
        """Whether the window has ended: a warning, never a lock."""
        return self.window.state is WindowState.OVER


@dataclass(frozen=True, slots=True)
class RefundSuggestion:
    """What goes back for the pieces that are here again; no amount where the policy is silent."""

    units: Mapping[LineItemId, int]
    amount: Money | None
    told: str


class Policies:
    """What the shop promises, by version."""

    def __init__(
        self, store: Store, rows: PolicyRows, refunds: Refunds, settings: Settings, clock: Clock
    ) -> None:
        self._store = store
        self._rows = rows
        self._refunds = refunds
        self._settings = settings
        self._clock = clock

    def all(self) -> list[PolicyVersion]:
        """Return every version, by kind, the oldest first."""
        return self._rows.all()

    def in_force(self, kind: PolicyKind, day: date | None = None) -> PolicyVersion | None:
        """Return the version in force on a day, today unless one is named."""
        return in_force_on(self._rows.all(), kind, day or self._settings.today())

    def version(self, kind: PolicyKind, number: int) -> PolicyVersion:
        """Return a version by its number. Raises `PolicyError` when there is none."""
        for each in self._rows.all():
            if each.kind is kind and each.version == number:
                return each
        raise PolicyError(f"{POLICY_NAMES[kind]} has no version {number}.")

    def add(self, new: NewPolicy) -> tuple[PolicyVersion, Changes]:
        """Add the next version of a kind. What orders keep already is not changed by it."""
        versions = self._rows.all()
        new = checked(new, versions, self._settings.today())
        number = 1 + max((each.version for each in versions if each.kind is new.kind), default=0)
        named = f"{POLICY_NAMES[new.kind].lower()}, version {number}"
        with self._store.step(f"Add the policy on {named}") as step:
            self._rows.add(new, number, self._clock.now())
        return self.version(new.kind, number), changes_of(step.tables)

    def of(self, order: Order, kind: PolicyKind = PolicyKind.RETURNS) -> PolicyVersion | None:
        """Return the version of a kind that an order keeps."""
        return version_of(self._rows.all(), kind, order)

    def terms(
        self,
        order: Order,
        kind: PolicyKind = PolicyKind.RETURNS,
        units: Mapping[LineItemId, int] | None = None,
    ) -> Terms | None:
        """Return the clause for pieces of an order; None where no such policy was in force."""
        version = self.of(order, kind)
        if version is None:
            return None
        today = self._settings.today()
        pieces = [line_id for line_id, count in (units or {}).items() if count]
        window = window_of(
            version, order, today, lambda at: self._settings.local(at).date(), pieces
        )
        return Terms(version, window, today)

    def suggestion(
        self, order: Order, units: Mapping[LineItemId, int], condition: Condition
    ) -> Suggestion:
        """Return what the returns policy suggests to give back for pieces in that condition."""
        value = self._refunds.value_of(order, units)
        return suggestion(self.of(order), condition, value)

    def refund_suggestion(self, order: Order) -> RefundSuggestion | None:
        """Return what the pieces that came back suggest; None where none did.

        Their conditions say how much; of an exchange only the difference goes back.
        """
        here = [each for each in order.returns if not each.closed_at and each.receipts]
        if not here:
            return None
        back: dict[Condition, dict[LineItemId, int]] = {}
        together: dict[LineItemId, int] = {}
        told: list[str] = []
        amounts: list[Money] = []
        for each in here:
            for receipt in each.receipts:
                _count(together, receipt)
                if each.replacement is None:
                    _count(back.setdefault(receipt.condition, {}), receipt)
            if each.replacement is not None and each.difference is not None:
                amounts.append(max(each.difference * -1, Money.zero(order.total.currency)))
                told.append(f"Order {each.replacement} goes out instead.")
        found = [self.suggestion(order, units, condition) for condition, units in back.items()]
        amounts += [each.amount for each in found if each.amount is not None]
        is_known = all(each.amount is not None for each in found)
        total = total_of(amounts, order.total.currency) if is_known else None
        told += [suggestion_told(each) for each in found]
        return RefundSuggestion(together, total, " ".join(told))

    def slip_lines(self, order: Order) -> tuple[str, ...]:
        """Return the short forms that an order's slip prints."""
        versions = self._rows.all()
        found = (version_of(versions, kind, order) for kind in _ON_SLIPS)
        return tuple(each.said.short_form for each in found if each and each.said.short_form)


def _count(units: dict[LineItemId, int], receipt: Receipt) -> None:
    units[receipt.line_item_id] = units.get(receipt.line_item_id, 0) + receipt.units
