"""The columns of the orders list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from jeweler_desk.domain.order import Gift, OrderSummary
from jeweler_desk.domain.order_view import OrderSort
from jeweler_desk.domain.wording import CHANNEL_NAMES, day_text, money_text
from jeweler_desk.ui.tables.table_model import Column
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import MONEY_SAID, goods_said, joined, long_day, number_text


def order_columns(today: Callable[[], date]) -> tuple[Column[OrderSummary], ...]:
    """Return the columns; ``today`` tells the shop's present day."""

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

    return (
        Column(
            "Order",
            lambda row: number_text(row.number),
            usual="#4012000319",
            sort=OrderSort.NUMBER,
            tip=lambda row: f"{CHANNEL_NAMES[row.channel]}, {long_day(row.placed_on)}",
        ),
        Column(
            "Buyer",
            lambda row: row.customer or "no name given",
            usual="Rosalind Achterberg",
            second=_pieces,
            sort=OrderSort.CUSTOMER,
        ),
        Column("Pieces", _pieces, sort=OrderSort.PIECES, is_wide_only=True),
        Column(
            "Money",
            lambda row: MONEY_SAID[row.payment_status].text,
            usual="unpaid",
            tone=lambda row: MONEY_SAID[row.payment_status].tone,
            tip=lambda row: money_text(row.total),
            is_spare=True,
            sort=OrderSort.PAYMENT_STATUS,
        ),
        Column(
            "Goods",
            lambda row: goods_said(row).text,
            usual="returned",
            tone=lambda row: goods_said(row).tone,
            tip=lambda row: row.hold.reason if row.hold else goods_said(row).text,
            is_spare=True,
            sort=OrderSort.FULFILLMENT_STATUS,
        ),
        Column(
            "Ship by",
            ship_by,
            usual="Mon 23 Nov",
            tone=ship_by_tone,
            tip=ship_by_tip,
            sort=OrderSort.SHIP_BY,
        ),
    )


def _pieces(row: OrderSummary) -> str:
    return joined([row.pieces or "pieces not known yet", "gift" if row.gift is Gift.YES else ""])
