"""What a marketplace file said of an order, as JSON, for its partner file to complete."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from jeweler_desk.domain.order import NewOrder


def record_text(order: NewOrder) -> str:
    """Write an order as its source told it; cells that say nothing are left out."""
    return json.dumps(_plain(order), ensure_ascii=False, separators=(",", ":"))


def record(text: str) -> NewOrder:
    """Read what `record_text` wrote."""
    value: NewOrder = _typed(NewOrder, json.loads(text))
    return value


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        cells = {each.name: getattr(value, each.name) for each in fields(value)}
        defaults = {each.name: each.default for each in fields(value)}
        return {name: _plain(cell) for name, cell in cells.items() if cell != defaults[name]}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(hint: Any, value: Any) -> Any:
    """Build a value of the hinted type from its plain form."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (inner,) = (each for each in arguments if each is not type(None))
        return None if value is None else _typed(inner, value)
    if origin is tuple:
        return tuple(_typed(arguments[0], each) for each in value)
    if isinstance(hint, NewType):
        return hint(value)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = _hints(hint)
        return hint(**{name: _typed(hints[name], cell) for name, cell in value.items()})
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return hint(value) if isinstance(hint, type) and issubclass(hint, Enum) else value
