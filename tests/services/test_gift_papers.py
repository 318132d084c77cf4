"""What goes into a gift's parcel says nothing of money, nor of how to reach who bought it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.listing import GemstoneNote, Listing
from jeweler_desk.domain.order import Gift, OrderId, Variation
from jeweler_desk.domain.policy import NewPolicy, PolicyKind
from jeweler_desk.services.any_paper import paper_job
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import a_line, an_order, usd
from tests.fakes import FixedClock
from tests.paper_orders import text_of

SECRETS = re.compile(
    r"[$€£¥]|\d[.,]\d{2}\b|USD|SPRING20|visa|paypal|4242|giver@|555.?0143|Billing Street",
    re.IGNORECASE,
)


@pytest.fixture
def shop(store: Store, clock: FixedClock, tmp_path: Path) -> Desk:
    desk = build_desk(store, clock, folder=tmp_path)
    desk.settings.set("shop.name", "Wren & Thistle")
    desk.settings.set("shop.address", "12 Bellflower Road")
    desk.settings.set("shop.signature", "Hazel Wren")
    returns = NewPolicy(
        PolicyKind.RETURNS, "…", date(2020, 1, 1), "Returns within 30 days, minus $5.00 shipping."
    )
    desk.policies.add(returns)
    return desk


def a_gift(desk: Desk, gift: Gift) -> OrderId:
    told = Listing(
        "R-1",
        "Moon Ring",
        care="A new polish costs $12.00 at our bench.",
        stones=(GemstoneNote("Opal", variation="worth 80.00 USD or more"),),
    )
    desk.listings.add(told, date(2020, 1, 1))
    line = replace(
        a_line("Moon Ring, now only $40.00", price="40.00"),
        sku="R-1",
        variations=(Variation("Metal", "Silver (+$15.00)"),),
        personalization="M & A",
    )
    giver = PostalAddress(name="Sam Giver", address1="1 Billing Street", country="US")
    order = replace(
        an_order(line),
        number="#77",
        gift=gift,
        customer="Sam Giver",
        email="giver@example.com",
        phone="+1 919 555 0143",
        billing_address=giver,
        discount_code="SPRING20",
        discount=usd("8.00"),
        notes="I paid 40.00 USD by PayPal, call 919-555-0143 or giver@example.com, code SPRING20",
        note_attributes=(Variation("Paid with", "Visa 4242, $40.00"),),
    )
    return desk.orders.add(order)[0]


def everything_told(pdf: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    about = " ".join(str(each) for each in (reader.metadata or {}).values())
    return f"{text_of(pdf)} {about}"


@pytest.mark.parametrize("gift", [Gift.YES, Gift.UNKNOWN])
def test_a_gifts_slip_tells_no_amount_code_or_way_to_the_buyer(shop: Desk, gift: Gift) -> None:
    printed = shop.papers.packing_slips_job([a_gift(shop, gift)])()
    told = everything_told(printed.pdf)
    assert "Moon Ring" in told and "M & A" in told
    assert SECRETS.findall(told) == []
    said = " ".join(each.what for each in printed.warnings)
    assert "“Moon Ring, now only $40.00” names a price" in said
    assert "What the listing says" in said
    assert "The short form of a policy" in said


@pytest.mark.parametrize("gift", [Gift.YES, Gift.UNKNOWN])
def test_a_gifts_slip_has_no_price_even_where_prices_are_asked_for(shop: Desk, gift: Gift) -> None:
    shop.settings.set("shop.slip_prices", "yes")
    printed = shop.papers.packing_slips_job([a_gift(shop, gift)], prices=True)()
    assert SECRETS.findall(everything_told(printed.pdf)) == []


def test_the_other_papers_of_a_gift_are_as_silent(shop: Desk) -> None:
    order_id = a_gift(shop, Gift.YES)
    for kind in ("gift-receipts", "labels"):
        told = everything_told(paper_job(shop, kind, [order_id])().pdf)
        assert SECRETS.findall(told) == [], kind
