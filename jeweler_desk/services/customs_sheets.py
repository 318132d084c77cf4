"""What customs are told of an order's parcel as it stands today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jeweler_desk.domain.address_lines import address_lines, sender_lines
from jeweler_desk.domain.customs import (
    NO_FACTS,
    CustomsFacts,
    CustomsLine,
    CustomsSheet,
    declared_line,
    goods_value,
    with_units,
)
from jeweler_desk.domain.customs_notes import notes_for
from jeweler_desk.domain.money import total_of
from jeweler_desk.domain.order import Gift, LineItem, Order
from jeweler_desk.services.address_layouts import AddressLayouts
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.customs import CustomsRows
from jeweler_desk.store.latin_addresses import LatinAddressRows


class CustomsSheets:
    """Puts together an order, the facts of its pieces, and what its country asks for."""

    def __init__(self, rows: CustomsRows, latin: LatinAddressRows, settings: Settings) -> None:
        self._rows = rows
        self._latin = latin
        self._settings = settings
        self._layouts = AddressLayouts()

    def is_at_home(self, order: Order) -> bool:
        """Whether an order stays in the shop's own country, as far as that is known."""
        cell = order.address.country
        code = self._layouts.country_code(cell)
        home = self._layouts.country_code(self._settings.get("shop.country"))
        return not cell or (bool(code) and code == home)

    def facts_of(self, line: LineItem) -> CustomsFacts:
        """Return the facts of a line's piece, found by its SKU or its title."""
        for name in (line.sku, line.title):
            found = self._rows.of(piece_key(name or ""))
            if found is not None:
                return found
        return NO_FACTS

    def of(self, order: Order) -> CustomsSheet | None:
        """Return what customs are told today; None of an order that stays at home or is sent."""
        lines_units = with_units(order)
        if not lines_units or self.is_at_home(order):
            return None
        paid = goods_value(order)
        lines = tuple(
            declared_line(line, units, self.facts_of(line), paid[line.id])
            for line, units in lines_units
        )
        shop = self._settings.get("shop.name").strip()
        sender = (shop, *sender_lines(shop, self._settings.get("shop.address")))
        cell = order.address.country
        code, today = self._layouts.country_code(cell), self._settings.today()
        home = self._layouts.country_code(self._settings.get("shop.country"))
        value = total_of((line.value for line in lines), order.total.currency)
        layout = replace(self._layouts.layout_of(cell), country=None)
        receiver = address_lines(replace(order.address, country=None), layout)
        return CustomsSheet(
            order.number,
            today,
            tuple(line for line in sender if line),
            (*receiver, *self._latin.of(order), self._layouts.english_name(cell).upper()),
            order.address.phone or "",
            lines,
            order.shipping,
            order.gift is Gift.YES,
            (*notes_for(code, value, today, home), *_free(lines)),
            code or cell or "",
        )


def _free(lines: Sequence[CustomsLine]) -> tuple[str, ...]:
    """Say of which pieces the value is no payment."""
    names = ", ".join(f"“{each.title}”" for each in lines if each.is_free)
    return (f"Given free: {names}. The value is its price, for customs only.",) if names else ()


def piece_key(piece: str) -> str:
    """Return what a piece's facts are kept by: its SKU or title, in small letters."""
    return " ".join(piece.split()).casefold()
