"""An order by hand from a JSON file, in the form that ``order --json`` gives."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money, MoneyError, total_of
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    Charge,
    Gift,
    LineItem,
    NewOrder,
    PaymentStatus,
    Refund,
    RefundState,
    Stage,
    Variation,
)
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.stages import Stages

_KNOWN_YEARS: Final = range(1970, 2200)
_MOST_UNITS: Final = 999_999
_LARGEST_TOTAL: Final = 10**15
_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
_HELD: Final[Mapping[PaymentStatus | None, AuthorizationState]] = {
    PaymentStatus.AUTHORIZED: AuthorizationState.HELD,
    PaymentStatus.VOIDED: AuthorizationState.VOIDED,
    PaymentStatus.EXPIRED: AuthorizationState.EXPIRED,
}
Known = TypeVar("Known")


class OrderFileError(RefusedError):
    """The file is no order in the known form; the sentence names the field."""


def read_order_file(
    path: Path, *, currency: str, today: date, timezone: str, stages: Stages
) -> NewOrder:
    """Read an order by hand; what is left out is unknown, the total is added up from the lines."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise OrderFileError(f"“{path}” cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise OrderFileError(f"“{path}” is not a JSON file. Nothing was changed.") from error
    if not isinstance(document, dict):
        raise OrderFileError(f"“{path}” holds no order. Nothing was changed.")
    currency = _currency_of(document) or currency
    try:
        Money.zero(currency)
    except MoneyError as error:
        raise _out_of_form("currency", "a code such as USD") from error
    return _Reader(document, currency, stages).order(today, ZoneInfo(timezone))


def _currency_of(document: dict[str, Any]) -> str | None:
    """Find the currency the file itself speaks of."""
    lines = document.get("line_items")
    first = lines[0] if isinstance(lines, list) and lines and isinstance(lines[0], dict) else {}
    for money in (document.get("total"), first.get("unit_price")):
        if isinstance(money, dict) and isinstance(money.get("currency"), str):
            return str(money["currency"])
    code = document.get("currency")
    return code if isinstance(code, str) else None


class _Reader:
    """Takes one JSON document apart, naming the field that is out of form."""

    def __init__(self, document: dict[str, Any], currency: str, stages: Stages) -> None:
        self._document = document
        self._currency = currency
        self._stages = stages

    def order(self, today: date, zone: ZoneInfo) -> NewOrder:
        lines = tuple(self._line(each) for each in self._list(self._document, "line_items"))
        if not lines:
            raise OrderFileError("An order needs at least one line item. Nothing was changed.")
        shipping = self._money(self._document, "shipping")
        total = self._money(self._document, "total") or self._sum(lines, shipping)
        placed_at = self._instant(self._document, "placed_at")
        address = self._address("address")
        gift_message = self._text(self._document, "gift_message")
        parcels = self._list(self._document, "shipments")
        parcel = parcels[-1] if parcels else {}
        return NewOrder(
            channel=self._word(self._document, "channel", Channel) or Channel.MANUAL,
            number=(self._text(self._document, "number") or "").strip(),
            currency=self._currency,
            placed_on=self._day("placed_on")
            or (placed_at.astimezone(zone).date() if placed_at else today),
            placed_at=placed_at,
            total=total,
            customer=self._text(self._document, "customer") or self._buyer_at(address),
            email=self._text(self._document, "email"),
            phone=self._text(self._document, "phone"),
            subtotal=self._money(self._document, "subtotal"),
            discount=self._money(self._document, "discount"),
            discount_code=self._text(self._document, "discount_code"),
            shipping=shipping,
            tax=self._money(self._document, "tax"),
            marketplace_tax=self._money(self._document, "marketplace_tax"),
            free_reason=self._text(self._document, "free_reason"),
            gift=self._word(self._document, "gift", Gift)
            or (Gift.YES if gift_message else Gift.UNKNOWN),
            gift_message=gift_message,
            notes=self._text(self._document, "notes"),
            note_attributes=self._pairs(self._document, "note_attributes"),
            address=address or PostalAddress(),
            billing_address=self._address("billing_address"),
            line_items=lines,
            charges=tuple(
                self._charge(index, each)
                for index, each in enumerate(self._list(self._document, "payments"), start=1)
            ),
            authorizations=self._authorizations(total),
            refunds=tuple(self._refund(each) for each in self._list(self._document, "refunds")),
            shipped_at=self._instant(parcel, "shipped_at"),
            carrier=self._text(parcel, "carrier"),
            tracking_number=self._text(parcel, "tracking_number"),
        )

    def _sum(self, lines: tuple[LineItem, ...], shipping: Money | None) -> Money:
        """Add up lines, shipping and tax, less discounts."""
        parts = [line.unit_price * line.quantity for line in lines if line.unit_price]
        parts += [line.discount * -1 for line in lines if line.discount]
        parts += [each for each in (shipping, self._money(self._document, "tax")) if each]
        discount = self._money(self._document, "discount")
        parts += [discount * -1] if discount else []
        total = total_of(parts, self._currency)
        if total.minor_units < 0:
            raise OrderFileError("The discounts are larger than the goods. Nothing was changed.")
        if total.minor_units > _LARGEST_TOTAL:
            raise OrderFileError("The total is too large to be an amount. Nothing was changed.")
        return total

    def _line(self, cells: dict[str, Any]) -> LineItem:
        title = self._text(cells, "title")
        if title is None:
            raise OrderFileError("A line item has no title. Nothing was changed.")
        quantity = self._count(cells, "quantity", otherwise=1)
        shipped = self._count(cells, "units_shipped", otherwise=0)
        canceled = self._count(cells, "units_canceled", otherwise=0)
        if quantity < 1 or shipped + canceled > quantity:
            raise _out_of_form("quantity", "1 or more, and not less than what was sent or canceled")
        stage = self._stages.called(self._text(cells, "stage") or Stage.TO_MAKE)
        return LineItem(
            title=title,
            quantity=quantity,
            unit_price=self._money(cells, "unit_price"),
            discount=self._money(cells, "discount"),
            sku=self._text(cells, "sku"),
            variations=self._pairs(cells, "variations"),
            personalization=self._text(cells, "personalization"),
            stage=stage.stage,
            stage_name=stage.name if stage.stage is Stage.MAKING else None,
            units_packed=shipped,
            units_shipped=shipped,
            units_canceled=canceled,
        )

    def _authorizations(self, total: Money) -> tuple[Authorization, ...]:
        """Read money that was only held out of the status, where no payment is given."""
        status = self._word(self._document, "payment_status", PaymentStatus)
        if status not in _HELD or self._document.get("payments") or not total:
            return ()
        return (Authorization(total, _HELD[status], "manual"),)

    def _charge(self, index: int, cells: dict[str, Any]) -> Charge:
        amount = self._money(cells, "amount")
        if amount is None:
            raise _out_of_form("payments", "given with an amount each")
        return Charge(
            amount=amount,
            captured_at=self._instant(cells, "captured_at"),
            source=self._text(cells, "source") or "manual",
            id=self._text(cells, "id") or f"manual-{index}",
        )

    def _refund(self, cells: dict[str, Any]) -> Refund:
        amount = self._money(cells, "amount")
        if amount is None:
            raise _out_of_form("refunds", "given with an amount each")
        return Refund(
            amount=amount,
            state=self._word(cells, "state", RefundState) or RefundState.SETTLED,
            at=self._instant(cells, "at"),
            reason=self._text(cells, "reason"),
            source="manual",
        )

    def _text(self, cells: dict[str, Any], name: str) -> str | None:
        value = cells.get(name)
        if value is not None and not isinstance(value, str):
            raise _out_of_form(name, "a text")
        if value and _HALF_CHARACTER.search(value):
            raise _out_of_form(name, "a text of whole characters")
        return value or None

    def _count(self, cells: dict[str, Any], name: str, *, otherwise: int) -> int:
        value = cells.get(name)
        if value is None:
            return otherwise
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_UNITS:
            raise _out_of_form(name, f"a whole number, {_MOST_UNITS} at most")
        return value

    def _money(self, cells: dict[str, Any], name: str) -> Money | None:
        value = cells.get(name)
        if value is None:
            return None
        form = 'money such as {"amount": "44.00", "currency": "USD"}'
        if isinstance(value, dict) and isinstance(value.get("amount"), str):
            currency = value.get("currency", self._currency)
            if currency != self._currency:
                raise OrderFileError(
                    f"“{name}” is in {currency} and the order in {self._currency}."
                    " Nothing was changed."
                )
            try:
                money = Money.parse(value["amount"], self._currency)
            except MoneyError as error:
                raise _out_of_form(name, form) from error
            if money.minor_units >= 0:
                return money
        raise _out_of_form(name, form)

    def _instant(self, cells: dict[str, Any], name: str) -> datetime | None:
        text = self._text(cells, name)
        if text is None:
            return None
        return _parsed(name, "an instant with its zone, such as 2026-10-05T22:30:00Z", text, _zoned)

    def _day(self, name: str) -> date | None:
        text = self._text(self._document, name)
        if text is None:
            return None
        return _parsed(name, "a day such as 2026-10-05", text, _known_day)

    def _word(self, cells: dict[str, Any], name: str, kind: Callable[[str], Known]) -> Known | None:
        text = self._text(cells, name)
        return None if text is None else _parsed(name, "a known word", text, kind)

    def _list(self, cells: dict[str, Any], name: str) -> list[dict[str, Any]]:
        value = cells.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise _out_of_form(name, "a list")
        return value

    def _pairs(self, cells: dict[str, Any], name: str) -> tuple[Variation, ...]:
        return tuple(
            Variation(self._text(each, "name"), self._text(each, "value") or "")
            for each in self._list(cells, name)
        )

    def _buyer_at(self, address: PostalAddress | None) -> str | None:
        """Return the name on the address as the buyer's, unless a gift goes to somebody else."""
        is_gift = self._document.get("gift") == Gift.YES or bool(self._document.get("gift_message"))
        return address.name if address is not None and not is_gift else None

    def _address(self, name: str) -> PostalAddress | None:
        value = self._document.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise _out_of_form(name, "an address")
        cells = {each.name: self._text(value, each.name) for each in fields(PostalAddress)}
        return PostalAddress(**cells)


def _zoned(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.year not in _KNOWN_YEARS:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _known_day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in _KNOWN_YEARS:
        raise ValueError(text)
    return day


def _parsed(name: str, form: str, text: str, parse: Callable[[str], Known]) -> Known:
    try:
        return parse(text)
    except ValueError as error:
        raise _out_of_form(name, form) from error


def _out_of_form(name: str, form: str) -> OrderFileError:
    return OrderFileError(f"“{name}” must be {form}. Nothing was changed.")
