"""Policies in words: their names, their windows and what they suggest."""

from __future__ import annotations

from datetime import date
from typing import Final

from jeweler_desk.domain.order import Condition
from jeweler_desk.domain.policy import (
    CountedFrom,
    PolicyKind,
    PolicyVersion,
    Suggestion,
    Window,
    WindowState,
)
from jeweler_desk.domain.wording import count_text, day_text, money_text

POLICY_NAMES: Final = {
    PolicyKind.FABRICATION_TIME: "Fabrication time",
    PolicyKind.SHIP_TIME: "Ship time",
    PolicyKind.RETURNS: "Returns",
    PolicyKind.EXCHANGES: "Exchanges",
    PolicyKind.REPAIRS: "Repairs",
    PolicyKind.CUSTOM_WORK: "Custom work",
}
EVENT_NAMES: Final = {
    CountedFrom.DELIVERED: "its delivery",
    CountedFrom.SHIPPED: "its hand-over",
    CountedFrom.BOUGHT: "the day it was bought",
}
CONDITIONS: Final = {
    Condition.AS_SENT: "As sent",
    Condition.WORN: "Worn",
    Condition.DAMAGED: "Damaged",
    Condition.WRONG_PIECE: "The wrong piece",
}


def version_heading(version: PolicyVersion, today: date) -> str:
    """Name a version: ``Returns, version 2, in force since Mon 5 Oct``."""
    since = day_text(version.said.in_force_from, today)
    verb = "in force from" if version.said.in_force_from > today else "in force since"
    return f"{POLICY_NAMES[version.kind]}, version {version.version}, {verb} {since}"


def window_rule(version: PolicyVersion) -> str:
    """Say a version's window: ``30 days from its delivery``; nothing where it has none."""
    said = version.said
    if said.window_days is None or said.counted_from is None:
        return ""
    return f"{count_text(said.window_days, 'day')} from {EVENT_NAMES[said.counted_from]}"


def window_told(window: Window, today: date) -> str:
    """Say whether a window runs. One that is over warns, and leaves the choice to her."""
    if window.state is WindowState.NONE or window.counted_from is None:
        return "This policy sets no window."
    event = EVENT_NAMES[window.counted_from]
    days = count_text(window.days, "day")
    if window.counted_on is None or window.last_day is None:
        return f"The window of {days} has not begun: {event} is not noted yet."
    counted = f"{days} from {event}, {day_text(window.counted_on, today)}"
    last = day_text(window.last_day, today)
    if window.state is WindowState.RUNS:
        left = (window.last_day - today).days
        rest = f"{count_text(left, 'day')} left" if left else "the last day"
        return f"The window runs through {last}, {rest}: {counted}."
    ago = count_text((today - window.last_day).days, "day")
    return f"The window ended {ago} ago, on {last}: {counted}. You may still take it back."


def suggestion_told(found: Suggestion) -> str:
    """Say what a condition suggests to give back."""
    name, value = CONDITIONS[found.condition], money_text(found.value)
    if found.condition is Condition.WRONG_PIECE:
        return f"{name}: nothing goes back before the right one is here."
    if found.amount is None:
        return f"{name}: the policy says nothing of it; the pieces were sold for {value}."
    if found.percent == 100:  # noqa: PLR2004 - all of it
        return f"{name}: all of it, {value}."
    return f"{name}: {found.percent} % of {value} is {money_text(found.amount)}."
