"""Customs: the facts of each kind of piece, and the papers of a parcel abroad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from jeweler_desk.domain.customs import (
    NO_FACTS,
    CustomsFacts,
    CustomsSheet,
    HsCode,
    checked_facts,
    missing_facts,
    suggested_codes,
    with_units,
)
from jeweler_desk.domain.order import LineItem, Order, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.customs_sheets import CustomsSheets, piece_key
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
        sheets: CustomsSheets,
    ) -> None:
        self._store = store
        self._rows = rows
        self._orders = orders
        self._settings = settings
        self._sheets = sheets

    def facts(self, piece: str) -> CustomsFacts:
        """Return what was entered for a piece, by its SKU or title."""
        return self._rows.of(piece_key(piece)) or NO_FACTS

    def all(self) -> list[tuple[str, CustomsFacts]]:
        """Return every piece with facts, by SKU or title in small letters."""
        return self._rows.all()

    def set_facts(self, piece: str, facts: CustomsFacts) -> Changes:
        """Enter what customs ask of a piece, by its SKU or title. Raises `CustomsError`."""
        if not piece_key(piece):
            raise RefusedError("Name the piece by its SKU or title. Nothing was changed.")
        with self._store.step(f"Customs facts of {piece.strip()}") as step:
            self._rows.keep(piece_key(piece), checked_facts(facts))
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
        warnings: list[PrintWarning] = []
        sheets: list[CustomsSheet] = []
        for order_id in dict.fromkeys(order_ids):
            order = self._orders.get(order_id)
            refusal = print_refusal(order)
            sheet = None if refusal else self._sheets.of(order)
            if sheet is None:
                why = refusal or _at_home(order)
                warnings.append(PrintWarning(order.number, f"{why} It is left out."))
            else:
                sheets.append(sheet)
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
        if order.address.is_empty or self._sheets.is_at_home(order):
            return ()
        return tuple(line for line, _units in with_units(order))

    def of_line(self, line: LineItem) -> CustomsFacts:
        """Return the facts of a line's piece, found by its SKU or its title."""
        return self._sheets.facts_of(line)


def _at_home(order: Order) -> str:
    return f"Order {order.number} stays in the shop's country and needs no customs papers."
