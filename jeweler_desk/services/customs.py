"""Customs: the facts of each kind of piece, and the papers of a parcel abroad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jeweler_desk.domain.address_lines import address_lines
from jeweler_desk.domain.customs import (
    NO_FACTS,
    CustomsFacts,
    CustomsLine,
    CustomsSheet,
    HsCode,
    checked_facts,
    goods_value,
    missing_facts,
    share_of,
    suggested_codes,
    with_units,
)
from jeweler_desk.domain.order import Gift, LineItem, Order, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.address_layouts import AddressLayouts
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.papers import (
    PaperOrders,
    Printed,
    PrintWarning,
    missing_characters,
    print_refusal,
)
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.customs import CustomsRows
from jeweler_desk.store.database import Store

if TYPE_CHECKING:
    from datetime import date


class Customs:
    """Knows what customs ask of each piece, and makes the papers. A job runs anywhere."""

    def __init__(
        self,
        store: Store,
        rows: CustomsRows,
        orders: PaperOrders,
        settings: Settings,
    ) -> None:
        self._store = store
        self._rows = rows
        self._orders = orders
        self._settings = settings
        self._layouts = AddressLayouts()

    def facts(self, piece: str) -> CustomsFacts:
        """Return what was entered for a piece, by its SKU or title."""
        return self._rows.of(_key(piece)) or NO_FACTS

    def all(self) -> list[tuple[str, CustomsFacts]]:
        """Return every piece with facts, by SKU or title in small letters."""
        return self._rows.all()

    def set_facts(self, piece: str, facts: CustomsFacts) -> Changes:
        """Enter what customs ask of a piece, by its SKU or title. Raises `CustomsError`."""
        if not _key(piece):
            raise RefusedError("Name the piece by its SKU or title. Nothing was changed.")
        with self._store.step(f"Customs facts of {piece.strip()}") as step:
            self._rows.keep(_key(piece), checked_facts(facts))
        return changes_of(step.tables)

    def suggestions(self, piece: str, facts: CustomsFacts = NO_FACTS) -> tuple[HsCode, ...]:
        """Return HS codes that a piece's words speak for; she confirms one."""
        return suggested_codes((piece, facts.description, facts.material))

    def job(self, order_ids: Sequence[OrderId], stock: str | None = None) -> Callable[[], Printed]:
        """Return the work that makes the customs papers of these orders.

        Orders that stay in the shop's own country are left out. Raises `RefusedError` when none
        goes abroad, or the stock is unknown.
        """
        from jeweler_desk.documents import sheet  # noqa: PLC0415 - the window starts without it

        country = self._settings.get("shop.country").strip()
        paper = sheet.stock_named(stock) if stock else sheet.usual_sheet(country)
        today = self._settings.today()
        warnings: list[PrintWarning] = []
        sheets: list[CustomsSheet] = []
        for order_id in dict.fromkeys(order_ids):
            order = self._orders.get(order_id)
            refusal = print_refusal(order) or self._at_home(order, country)
            if refusal:
                warnings.append(PrintWarning(order.number, f"{refusal} It is left out."))
            else:
                sheets.append(self._sheet(order, today))
        if not sheets:
            told = " ".join(each.what for each in warnings)
            raise RefusedError(f"Nothing was printed. {told}".strip())
        for each in sheets:
            warnings += [PrintWarning(each.order_number, what) for what in missing_facts(each)]
        warnings += missing_characters((each.order_number, each.texts) for each in sheets)

        def work() -> Printed:
            from jeweler_desk.documents.customs_sheet import (  # noqa: PLC0415 - brings reportlab
                render_customs,
            )

            return Printed.of(render_customs(sheets, paper), warnings)

        return work

    def _at_home(self, order: Order, country: str) -> str | None:
        cell = order.address.country
        code = self._layouts.country_code(cell)
        if not cell or (code and code == self._layouts.country_code(country)):
            return f"Order {order.number} stays in the shop's country and needs no customs papers."
        return None

    def _sheet(self, order: Order, today: date) -> CustomsSheet:
        paid = goods_value(order)
        lines = tuple(
            CustomsLine(
                line.title, units, self._facts_of(line), share_of(line, units, paid[line.id])
            )
            for line, units in with_units(order)
        )
        shop = self._settings.get("shop.name").strip()
        sender = (shop, *self._settings.get("shop.address").splitlines())
        cell = order.address.country
        layout = replace(self._layouts.layout_of(cell), country=None)
        receiver = address_lines(replace(order.address, country=None), layout)
        return CustomsSheet(
            order.number,
            today,
            tuple(line.strip() for line in sender if line.strip()),
            (*receiver, self._layouts.english_name(cell).upper()),
            order.address.phone or "",
            lines,
            order.shipping,
            order.gift is Gift.YES,
        )

    def _facts_of(self, line: LineItem) -> CustomsFacts:
        for name in (line.sku, line.title):
            found = self._rows.of(_key(name or ""))
            if found is not None:
                return found
        return NO_FACTS


def _key(piece: str) -> str:
    return " ".join(piece.split()).casefold()
