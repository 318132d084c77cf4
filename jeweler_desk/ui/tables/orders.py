"""The columns of the orders list, and which of them are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from jeweler_desk.domain.order import Gift
from jeweler_desk.domain.order_listing import HEADINGS
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import SORT_OF, USUAL_COLUMNS, OrderColumn
from jeweler_desk.domain.wording import CHANNEL_NAMES, day_text, long_day, money_text
from jeweler_desk.ui.tables.table_model import Column
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import MONEY_SAID, goods_said, joined


def order_columns(
    today: Callable[[], date], shown: Sequence[OrderColumn] = USUAL_COLUMNS
) -> tuple[Column[OrderSummary], ...]:
    """Return the chosen columns; ``today`` tells the shop's present day."""
    columns = _columns(today, has_pieces=OrderColumn.PIECES in shown)
    return tuple(columns[each] for each in shown)


def _columns(
    today: Callable[[], date], *, has_pieces: bool
) -> Mapping[OrderColumn, Column[OrderSummary]]:
    def ship_by(row: OrderSummary) -> str:
        if row.ship_by is None or not row.units_to_send:
            return "–"
        return day_text(row.ship_by, today())

    def ship_by_tone(row: OrderSummary) -> Tone | None:
        if row.ship_by is None or not row.units_to_send or row.ship_by > today():
            return None
        return Tone.LATE if row.ship_by < today() else Tone.DUE

    def ship_by_tip(row: OrderSummary) -> str:
        if row.ship_by is None:
            return "No day is promised until the order is paid"
        return f"Promised for {long_day(row.ship_by)} {row.ship_by.year}"

    columns: tuple[Column[OrderSummary], ...] = (
        Column(
            HEADINGS[OrderColumn.ORDER],
            lambda row: row.number,
            usual="4012000888",
            sort=SORT_OF[OrderColumn.ORDER],
            tip=lambda row: f"{CHANNEL_NAMES[row.channel]}, {long_day(row.placed_on)}",
        ),
        Column(
            HEADINGS[OrderColumn.BUYER],
            lambda row: row.customer or "no name given",
            usual="Rosalind Achterberg",
            second=_pieces if has_pieces else None,
            sort=SORT_OF[OrderColumn.BUYER],
        ),
        Column(
            HEADINGS[OrderColumn.PIECES],
            _pieces,
            sort=SORT_OF[OrderColumn.PIECES],
            is_wide_only=True,
        ),
        Column(
            HEADINGS[OrderColumn.MONEY],
            lambda row: MONEY_SAID[row.payment_status].text,
            usual="unpaid",
            tone=lambda row: MONEY_SAID[row.payment_status].tone,
            tip=lambda row: money_text(row.total),
            is_spare=True,
            sort=SORT_OF[OrderColumn.MONEY],
        ),
        Column(
            HEADINGS[OrderColumn.GOODS],
            lambda row: goods_said(row).text,
            usual="part shipped",
            tone=lambda row: goods_said(row).tone,
            tip=lambda row: row.hold.reason if row.hold else goods_said(row).text,
            is_spare=True,
            sort=SORT_OF[OrderColumn.GOODS],
        ),
        Column(
            HEADINGS[OrderColumn.SHIP_BY],
            ship_by,
            usual="Mon 23 Nov",
            tone=ship_by_tone,
            tip=ship_by_tip,
            sort=SORT_OF[OrderColumn.SHIP_BY],
        ),
        Column(
            HEADINGS[OrderColumn.PLACED],
            lambda row: day_text(row.placed_on, today()),
            usual="Mon 23 Nov",
            tip=lambda row: f"{long_day(row.placed_on)} {row.placed_on.year}",
            sort=SORT_OF[OrderColumn.PLACED],
        ),
        Column(
            HEADINGS[OrderColumn.TOTAL],
            lambda row: money_text(row.total),
            usual="1,234.00 USD",
            sort=SORT_OF[OrderColumn.TOTAL],
        ),
        Column(
            HEADINGS[OrderColumn.CHANNEL],
            lambda row: CHANNEL_NAMES[row.channel],
            usual="WooCommerce",
            sort=SORT_OF[OrderColumn.CHANNEL],
        ),
        Column(
            HEADINGS[OrderColumn.TO_SEND],
            lambda row: str(row.units_to_send or "–"),
            usual="100 to send",
            sort=SORT_OF[OrderColumn.TO_SEND],
        ),
    )
    return dict(zip(OrderColumn, columns, strict=True))


def _pieces(row: OrderSummary) -> str:
    return joined([row.pieces or "pieces not known yet", "gift" if row.gift is Gift.YES else ""])
