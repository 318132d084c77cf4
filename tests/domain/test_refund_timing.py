"""When money that goes back is there, by its means, and until when Etsy gives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jeweler_desk.domain.order import Channel, Refund, RefundState
from jeweler_desk.domain.refund_timing import (
    Means,
    arrives_by,
    etsy_refunds_end,
    may_thank_with_code,
    means_of,
)
from tests.builders import usd

MONDAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("named", "channel", "means"),
    [
        (None, Channel.ETSY, Means.ETSY),
        ("Etsy", Channel.SHOPIFY, Means.ETSY),
        (None, Channel.SHOPIFY, Means.CARD),
        ("Visa card", Channel.ETSY, Means.CARD),
        ("bank transfer", Channel.ETSY, Means.OTHER),
        (None, Channel.MANUAL, Means.OTHER),
    ],
)
def test_money_goes_back_the_way_it_came_unless_another_is_named(
    named: str | None, channel: Channel, means: Means
) -> None:
    assert means_of(named, channel) is means


def test_each_means_has_its_time() -> None:
    assert arrives_by(Means.ETSY, MONDAY) == date(2026, 10, 14)
    assert arrives_by(Means.CARD, MONDAY) == date(2026, 10, 19)


def test_etsy_gives_money_back_for_180_days() -> None:
    assert etsy_refunds_end(Channel.ETSY, date(2026, 4, 8)) == MONDAY
    assert etsy_refunds_end(Channel.SHOPIFY, MONDAY) is None
    assert etsy_refunds_end(Channel.ETSY, None) is None


def test_no_code_is_sent_in_thanks_before_all_money_has_arrived() -> None:
    settled = Refund(usd("10.00"), RefundState.SETTLED, None, None, "desk")
    assert not may_thank_with_code(())
    assert may_thank_with_code((settled,))
    for state in (RefundState.GRANTED, RefundState.ASKED, RefundState.FAILED):
        assert not may_thank_with_code((settled, replace(settled, state=state)))
