"""Address labels of orders, on label printers' stocks or on sheets from any position."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.address_label import AddressLabel, address_label, beyond_latin
from jeweler_desk.domain.address_lines import sender_lines
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.print_job import Leaf
from jeweler_desk.domain.printer_drift import MOST_MILLIMETERS, MOST_SCALE
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.address_layouts import AddressLayouts
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.papers import (
    PaperOrders,
    PaperSettings,
    Printed,
    PrintWarning,
    missing_characters,
    print_refusal,
)
from jeweler_desk.store.database import Store
from jeweler_desk.store.latin_addresses import LatinAddressRows

if TYPE_CHECKING:
    from jeweler_desk.documents.label_stock import Drift, LabelStock


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """Where printing begins on a sheet (its first free label, from 1), and the printer's drift.

    The drift is in millimeters to the right and up, and the scale of what is printed.
    """

    start: int = 1
    dx: float = 0.0
    dy: float = 0.0
    sx: float = 1.0
    sy: float = 1.0


USUAL_PLACE: Final = LabelPlace()


class AddressLabels:
    """Makes address labels. The job reads what it needs first and then runs anywhere."""

    def __init__(
        self,
        store: Store,
        latin: LatinAddressRows,
        orders: PaperOrders,
        settings: PaperSettings,
    ) -> None:
        self._store = store
        self._latin = latin
        self._orders = orders
        self._settings = settings
        self._layouts = AddressLayouts()

    def latin(self, order: Order) -> tuple[str, ...]:
        """Return an order's address in Latin letters; none where it was written for another one."""
        return self._latin.of(order)

    def lines(self, order: Order) -> tuple[str, ...]:
        """Return what a label of an order says of where it goes, line by line."""
        return self._label(order, self._country()).lines

    def set_latin(self, order_id: OrderId, lines: Sequence[str]) -> Changes:
        """Write an order's address in Latin letters, beneath the buyer's own; none takes it away.

        Raises `RefusedError` for letters that are not Latin.
        """
        order = self._orders.get(order_id)
        kept = tuple(" ".join(line.split()) for line in lines if line.strip())
        strange = next((each for line in kept for each in line if beyond_latin(each)), None)
        if strange is not None:
            raise RefusedError(
                f"“{strange}” is no Latin letter; carriers ask for these lines in Latin letters."
                " Nothing was changed."
            )
        with self._store.step(f"Order {order.number}: the address in Latin letters") as step:
            self._latin.keep(order, kept)
        return changes_of(step.tables)

    def job(
        self,
        order_ids: Sequence[OrderId],
        stock: str | None = None,
        place: LabelPlace = USUAL_PLACE,
    ) -> Callable[[], Printed]:
        """Return the work that makes the labels of these orders, in this order.

        Raises `RefusedError` when none of them may be printed, the stock is unknown, or the sheet
        has no such position.
        """
        from jeweler_desk.documents import label_stock  # noqa: PLC0415 - the window starts without

        country = self._country()
        paper = label_stock.label_stock_named(stock) if stock else label_stock.usual_label(country)
        drift = _drift(place, paper)
        warnings: list[PrintWarning] = []
        labels: list[AddressLabel] = []
        for order_id in dict.fromkeys(order_ids):
            order = self._orders.get(order_id)
            refusal = print_refusal(order) or _no_address(order)
            if refusal:
                warnings.append(PrintWarning(order.number, f"{refusal} It is left out."))
            else:
                labels.append(self._label(order, country))
        labels, left_out = _that_fit(labels, paper)
        warnings += left_out
        if not labels:
            told = " ".join(each.what for each in warnings)
            raise RefusedError(f"Nothing was printed. {told}".strip())
        warnings += [
            PrintWarning(one.order_number, what) for one in labels for what in one.warnings
        ]
        warnings += missing_characters((one.order_number, one.texts) for one in labels)

        def work() -> Printed:
            from jeweler_desk.documents.address_label import (  # noqa: PLC0415 - brings reportlab
                render_labels,
            )

            made = render_labels(labels, paper, place.start, drift)
            return Printed(
                made.pdf,
                made.pages,
                tuple(each.order_number for each in labels),
                tuple(warnings),
                made.leaves,
            )

        return work

    def test_page(self, stock: str | None = None, place: LabelPlace = USUAL_PLACE) -> Printed:
        """Return a page of rulers and outlines that shows how far a printer is off with a stock.

        Any stock has one: labels, sheets and cards.
        """
        from jeweler_desk.documents.ruler_page import render_ruler_page  # noqa: PLC0415 - see above

        paper = self._any_stock(stock)
        pdf = render_ruler_page(paper, _drift(place, paper))
        return Printed(pdf, 1, (), (), (Leaf((), 0, 1),))

    def stock_name(self, stock: str | None) -> str:
        """Return the name of any stock as it is kept; of the usual label's where None is given.

        Raises `UnknownStockError`.
        """
        return self._any_stock(stock).name

    def _any_stock(self, stock: str | None) -> LabelStock:
        from jeweler_desk.documents import label_stock, sheet  # noqa: PLC0415 - see above

        plain = sheet.STOCKS.get((stock or "").strip().casefold())
        if plain is not None:
            return label_stock.LabelStock(plain, plain.width, plain.height)
        if stock:
            return label_stock.label_stock_named(stock)
        return label_stock.usual_label(self._country())

    def _country(self) -> str:
        return (self._settings.get("shop.country") or "").strip()

    def _label(self, order: Order, country: str) -> AddressLabel:
        shop = (self._settings.get("shop.name") or "").strip()
        lines = sender_lines(shop, self._settings.get("shop.address") or "")
        sender = (shop, *lines) if shop else lines
        layouts, cell = self._layouts, order.address.country
        home = layouts.country_code(country)
        is_abroad = bool(cell) and (home is None or layouts.country_code(cell) != home)
        abroad = layouts.english_name(cell) if is_abroad else None
        layout, latin = layouts.layout_of(cell), self.latin(order)
        return address_label(order.number, order.address, layout, sender, abroad, latin)


def _that_fit(
    labels: Sequence[AddressLabel], paper: LabelStock
) -> tuple[list[AddressLabel], list[PrintWarning]]:
    """Part labels that fit their stock from those whose lines would stand on the next label."""
    from jeweler_desk.documents.address_label import too_long  # noqa: PLC0415 - see above

    kept: list[AddressLabel] = []
    warnings: list[PrintWarning] = []
    for label in labels:
        lost = too_long(label, paper)
        if lost:
            what = (
                f"The address of order {label.order_number} is too long by"
                f" {count_text(lost, 'line')} for {paper.name}; take a larger label."
                " It is left out."
            )
            warnings.append(PrintWarning(label.order_number, what))
        else:
            kept.append(label)
    return kept, warnings


def _no_address(order: Order) -> str | None:
    return f"Order {order.number} has no address." if order.address.is_empty else None


def _drift(place: LabelPlace, paper: LabelStock) -> Drift:
    from jeweler_desk.documents.label_stock import Drift as Drifted  # noqa: PLC0415 - see above

    if not 1 <= place.start <= paper.count:
        raise RefusedError(
            f"A page of {paper.name} has {count_text(paper.count, 'label')}; there is no position"
            f" {place.start}. Nothing was printed."
        )
    if max(abs(place.dx), abs(place.dy)) > MOST_MILLIMETERS or any(
        abs(scale - 1) > MOST_SCALE + 1e-9 for scale in (place.sx, place.sy)
    ):
        raise RefusedError(
            "A printer is at most 10 mm off and 5 % too large or small; measure the test page"
            " again. Nothing was printed."
        )
    millimeter = 72 / 25.4
    return Drifted(place.dx * millimeter, place.dy * millimeter, place.sx, place.sy)
