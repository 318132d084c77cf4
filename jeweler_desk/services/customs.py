"""Customs: the facts of each kind of piece, and the papers of a parcel abroad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

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
from jeweler_desk.domain.customs_notes import notes_for
from jeweler_desk.domain.money import total_of
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


COLUMNS: Final = (
    "order", "to_country", "description", "material", "units", "hs_code", "origin", "net_grams",
    "value", "currency",
)  # fmt: skip
"""The heads of the table: weight and value are those of all units of a row."""


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
        sheets, warnings = self.sheets(order_ids)
        for each in sheets:
            warnings += [PrintWarning(each.order_number, what) for what in missing_facts(each)]
        warnings += missing_characters((each.order_number, each.texts) for each in sheets)

        def work() -> Printed:
            from jeweler_desk.documents.customs_sheet import (  # noqa: PLC0415 - brings reportlab
                render_customs,
            )

            return Printed.of(render_customs(sheets, paper), warnings)

        return work

    def sheets(self, order_ids: Sequence[OrderId]) -> tuple[list[CustomsSheet], list[PrintWarning]]:
        """Return what customs are told of these orders, and which stay in the shop's country.

        Raises `RefusedError` when none goes abroad.
        """
        country = self._settings.get("shop.country").strip()
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
        return sheets, warnings

    def table(self, order_ids: Sequence[OrderId]) -> str:
        """Return what customs are told of these orders as CSV, a row for each line of a parcel.

        Raises `RefusedError` when none goes abroad.
        """
        from jeweler_desk.documents.safe_csv import safe_csv  # noqa: PLC0415 - only for a table

        sheets, _left_out = self.sheets(order_ids)
        return safe_csv(
            COLUMNS,
            (
                (
                    sheet.order_number,
                    sheet.country,
                    line.description,
                    line.facts.material,
                    str(line.units),
                    line.facts.hs_code,
                    line.facts.origin,
                    "" if line.net_grams is None else str(line.net_grams),
                    line.value.amount,
                    line.value.currency,
                )
                for sheet in sheets
                for line in sheet.lines
            ),
        )

    def pieces_abroad(self, order: Order) -> tuple[LineItem, ...]:
        """Return the pieces of which customs ask: none where the order stays at home."""
        if order.address.is_empty or self._at_home(order, self._settings.get("shop.country")):
            return ()
        return tuple(line for line, _units in with_units(order))

    def of_line(self, line: LineItem) -> CustomsFacts:
        """Return the facts of a line's piece, found by its SKU or its title."""
        return self._facts_of(line)

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
        code = self._layouts.country_code(cell)
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
            notes_for(code, total_of(paid.values(), order.total.currency), today),
            code or cell or "",
        )

    def _facts_of(self, line: LineItem) -> CustomsFacts:
        for name in (line.sku, line.title):
            found = self._rows.of(_key(name or ""))
            if found is not None:
                return found
        return NO_FACTS


def _key(piece: str) -> str:
    return " ".join(piece.split()).casefold()
