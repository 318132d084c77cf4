"""Whole files as the marketplaces give them come out right to the cent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.order import Channel, Gift, NewOrder, Variation
from jeweler_desk.domain.source_order import SourceFormat, SourceOrder, merge
from jeweler_desk.imports.files import read_file
from tests.imports.expected_orders import ETSY, SHOPIFY, Expected
from tests.imports.rows_of import DATA


def orders_of(*names: str) -> dict[str, NewOrder]:
    sources: dict[str, list[SourceOrder]] = {}
    for name in names:
        for source in read_file(DATA / name).orders:
            sources.setdefault(source.number, []).append(source)
    return {number: merge(found) for number, found in sources.items()}


def told(order: NewOrder) -> Expected:
    return Expected(
        order.total.amount,
        order.marketplace_tax.amount if order.marketplace_tax else None,
        tuple(charge.amount.amount for charge in order.charges),
        tuple(refund.amount.amount for refund in order.refunds),
        tuple(
            (line.quantity, line.title, line.unit_price.amount)
            for line in order.line_items
            if line.unit_price
        ),
        order.is_shipped,
        order.placed_on,
    )


@pytest.mark.parametrize("number", ETSY)
def test_etsy_orders_come_out_to_the_cent(number: str) -> None:
    orders = orders_of("etsy_items.csv", "etsy_orders.csv", "etsy_items_en_gb.csv")
    assert told(orders[number]) == ETSY[number]


@pytest.mark.parametrize("number", SHOPIFY)
def test_shopify_orders_come_out_to_the_cent(number: str) -> None:
    orders = orders_of("shopify_orders.csv")
    assert set(orders) == set(SHOPIFY)
    assert told(orders[number]) == SHOPIFY[number]


@pytest.mark.parametrize(
    ("name", "format_", "rows"),
    [
        ("etsy_orders.csv", SourceFormat.ETSY_ORDERS, 8),
        ("etsy_items.csv", SourceFormat.ETSY_ITEMS, 11),
        ("etsy_items_en_gb.csv", SourceFormat.ETSY_ITEMS, 2),
        ("shopify_orders.csv", SourceFormat.SHOPIFY_ORDERS, 12),
    ],
)
def test_a_file_is_known_by_its_headings_and_no_row_is_lost(
    name: str, format_: SourceFormat, rows: int
) -> None:
    found = read_file(DATA / name)
    assert (found.format, found.rows, found.set_aside) == (format_, rows, ())
    assert found.file == str(DATA / name)
    assert found.warnings == ()


def test_an_orders_file_alone_stands_in_for_the_pieces() -> None:
    order = orders_of("etsy_orders.csv")["3512000107"]
    (line,) = order.line_items
    assert line.is_placeholder
    assert (line.title, line.quantity, line.unit_price) == ("JT-EAR-007,JT-NEC-014", 2, None)
    nameless = orders_of("etsy_orders.csv")["3512000109"].line_items[0]
    assert (nameless.title, nameless.quantity) == ("pieces", 2)


def test_an_items_file_alone_knows_no_hidden_tax_and_no_refund() -> None:
    order = orders_of("etsy_items.csv")["3512000107"]
    assert order.total.amount == "145.00"
    assert order.marketplace_tax is None
    assert order.refunds == ()


def test_addresses_of_every_country_are_untouched() -> None:
    orders = orders_of("etsy_items.csv", "shopify_orders.csv", "etsy_items_en_gb.csv")
    assert orders["3512000102"].address == PostalAddress(
        name="佐藤 美咲",
        address1="桜丘町1-2-3",
        address2="コーポ桜 201号",
        city="渋谷区",
        region="東京都",
        postcode="150-0031",
        country="Japan",
    )
    assert orders["3511000040"].address == PostalAddress(
        name="Rhys Llewellyn",
        address1="Tŷ Gwyn",
        address2="Heol y Bont",
        city="Aberystwyth",
        region="Ceredigion",
        postcode="SY23 1AA",
        country="United Kingdom",
    )
    assert orders["#1049"].address == PostalAddress(
        name="Annegret Blümel-Schröder",
        company="Atelier Blümel",
        address1="Lindenallee 14",
        address2="c/o Hofmann",
        city="Köln",
        postcode="50674",
        country="DE",
        phone="+493023125149",
    )
    assert orders["#1049"].billing_address == orders["#1049"].address


def test_variations_and_personalization_are_told_apart() -> None:
    orders = orders_of("etsy_items.csv")
    ring = orders["3512000101"].line_items[0]
    assert ring.variations == (Variation("Ring size (US)", "6"), Variation("Finish", "Hammered"))
    assert ring.personalization == 'Inside the band please:\r\n"M + J ♥ always" 💍'
    necklace = orders["3512000107"].line_items[1]
    assert necklace.personalization == "Gift for Mama: size, Colour: any"
    cuff = orders["3512000105"].line_items[0]
    assert cuff.personalization is None
    assert cuff.variations == (
        Variation("Size", "Large, 7 inches"),
        Variation("Color & Patina", "Dark"),
    )


def test_the_rest_of_an_etsy_order_is_there() -> None:
    order = orders_of("etsy_orders.csv", "etsy_items.csv")["3512000103"]
    assert order.channel is Channel.ETSY
    assert order.customer == "Jürgen Weißbach"
    assert order.paid_on == date(2026, 9, 8)
    assert order.paid_at is None and order.placed_at is None
    assert order.shipped_on == date(2026, 9, 10)
    assert order.discount_code == "THANKS10"
    assert order.gift is Gift.UNKNOWN
    assert [line.source_key for line in order.line_items] == ["4711000196", "4711000195"]
    assert [line.discount for line in order.line_items] == [None, None]
    (charge,) = order.charges
    assert (charge.source, charge.captured_at) == ("order_export", None)


def test_a_shopify_gift_keeps_its_message_and_its_note() -> None:
    order = orders_of("shopify_orders.csv")["#1041"]
    assert order.gift is Gift.YES
    assert order.gift_message == "Happy 30th, Astrid! 🎉"
    assert order.notes == (
        "GIFT 🎁 please no prices in the box.\n"
        'Card text:\n"Happy 30th, Astrid! 🎉\nLove, Mum & Dad"'
    )


def test_the_rest_of_a_shopify_order_is_there() -> None:
    orders = orders_of("shopify_orders.csv")
    order = orders["#1049"]
    assert order.external_id == "6120045510933"
    assert order.placed_at == datetime(2026, 9, 24, 16, 48, 29, tzinfo=UTC)
    assert order.paid_at == datetime(2026, 9, 24, 16, 48, 29, tzinfo=UTC)
    assert order.line_items[0].variations == (
        Variation(None, "EU 54"),
        Variation(None, "Polished"),
    )
    assert order.note_attributes == (
        Variation("engraving", "„Für immer“"),
        Variation("engraving_font", "Script"),
    )
    assert orders["#1048"].address.postcode == "07042"
    assert orders["#1048"].shipped_at == datetime(2026, 9, 21, 19, 0, tzinfo=UTC)
    assert orders["#1047"].is_canceled
    assert orders["#1047"].canceled_at == datetime(2026, 9, 15, 14, 2, tzinfo=UTC)
    assert orders["#1050"].paid_at is None and orders["#1050"].paid_on is None
