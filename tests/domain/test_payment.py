"""The money axis: every payment status from its facts, the gate to packing, the price guard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    PaymentStatus,
    Refund,
    RefundState,
)
from jeweler_desk.domain.payment import BY_HAND, MoneyFacts, codes_in, is_free_by_intended_code
from tests.builders import a_charge, usd

HELD, VOIDED, EXPIRED = AuthorizationState
GRANTED, ASKED, SETTLED, FAILED = RefundState


def held(amount: str, state: AuthorizationState = HELD) -> Authorization:
    return Authorization(usd(amount), state, "order_export")


def given_back(amount: str, state: RefundState = SETTLED) -> Refund:
    return Refund(usd(amount), state, None, None, "order_export")


def facts(total: str = "100.00", *charges: str, **cells: Any) -> MoneyFacts:
    taken = tuple(a_charge(each) for each in charges)
    return MoneyFacts(Channel.SHOPIFY, usd(total), taken, **cells)


UNPAID = facts()
AUTHORIZED = facts(authorizations=(held("100.00"),))
PART_PAID = facts("100.00", "40.00")
PAID = facts("100.00", "100.00")
TWICE_PAID = facts("100.00", "100.00", "100.00")
EXPLAINED_FREE = facts("0.00", has_free_reason=True)
UNEXPLAINED_FREE = facts("0.00")
VOID = facts(authorizations=(held("100.00", VOIDED),))
RAN_OUT = facts(authorizations=(held("100.00", EXPIRED),))
PART_REFUNDED = facts("100.00", "100.00", refunds=(given_back("60.00"),))
FULLY_REFUNDED = facts("100.00", "100.00", refunds=(given_back("60.00"), given_back("40.00")))
GRANTED_NOT_SENT = facts("100.00", "100.00", refunds=(given_back("30.00", GRANTED),))


@pytest.mark.parametrize(
    ("money", "status"),
    [
        (UNPAID, PaymentStatus.UNPAID),
        (AUTHORIZED, PaymentStatus.AUTHORIZED),
        (facts(authorizations=(held("120.00"),)), PaymentStatus.AUTHORIZED),
        (facts(authorizations=(held("99.99"),)), PaymentStatus.UNPAID),
        (facts(authorizations=(held("100.00", EXPIRED), held("100.00"))), PaymentStatus.AUTHORIZED),
        (PART_PAID, PaymentStatus.PARTIALLY_PAID),
        (
            replace(PART_PAID, authorizations=(held("60.00"),)),
            PaymentStatus.PARTIALLY_PAID,
        ),
        (PAID, PaymentStatus.PAID),
        (facts("100.00", "60.00", "40.00"), PaymentStatus.PAID),
        (EXPLAINED_FREE, PaymentStatus.PAID),
        (UNEXPLAINED_FREE, PaymentStatus.PAID),
        (TWICE_PAID, PaymentStatus.OVERPAID),
        (GRANTED_NOT_SENT, PaymentStatus.OVERPAID),
        (
            facts("100.00", "100.00", refunds=(given_back("30.00", ASKED),)),
            PaymentStatus.OVERPAID,
        ),
        (
            facts("100.00", "100.00", refunds=(given_back("30.00", FAILED),)),
            PaymentStatus.OVERPAID,
        ),
        (PART_REFUNDED, PaymentStatus.PARTIALLY_REFUNDED),
        (FULLY_REFUNDED, PaymentStatus.REFUNDED),
        (
            facts("100.00", "40.00", refunds=(given_back("40.00"),)),
            PaymentStatus.REFUNDED,
        ),
        (VOID, PaymentStatus.VOIDED),
        (RAN_OUT, PaymentStatus.EXPIRED),
        (
            facts(authorizations=(held("100.00", VOIDED), held("100.00", EXPIRED))),
            PaymentStatus.EXPIRED,
        ),
    ],
)
def test_the_payment_status_follows_from_the_money(
    money: MoneyFacts, status: PaymentStatus
) -> None:
    assert money.status() is status


def test_sixty_and_forty_of_a_hundred_is_fully_refunded() -> None:
    assert FULLY_REFUNDED.status() is PaymentStatus.REFUNDED


def test_full_refund_is_measured_by_what_was_charged_not_by_the_total() -> None:
    money = facts("100.00", "80.00", refunds=(given_back("80.00"),))
    assert money.status() is PaymentStatus.REFUNDED


def test_an_order_owes_from_the_moment_a_refund_is_granted() -> None:
    assert (PAID.due, GRANTED_NOT_SENT.due) == (10000, 7000)
    assert GRANTED_NOT_SENT.net == 10000


def test_money_let_go_here_is_voided_once_the_order_is_canceled_and_unpaid_while_it_stands() -> (
    None
):
    let_go = facts(authorizations=(Authorization(usd("100.00"), VOIDED, BY_HAND),))
    assert let_go.status() is PaymentStatus.UNPAID
    assert let_go.status(is_canceled=True) is PaymentStatus.VOIDED
    assert VOID.status() is VOID.status(is_canceled=True) is PaymentStatus.VOIDED, "so told"


def test_only_money_that_is_still_held_counts_as_held() -> None:
    money = facts(authorizations=(held("10.00"), held("20.00", VOIDED), held("40.00", EXPIRED)))
    assert money.held == 1000


@pytest.mark.parametrize("money", [PAID, PART_REFUNDED, TWICE_PAID, EXPLAINED_FREE])
def test_what_is_covered_may_be_packed(money: MoneyFacts) -> None:
    assert money.passes_gate()


@pytest.mark.parametrize("money", [UNPAID, PART_PAID, VOID, RAN_OUT])
def test_what_is_not_covered_may_not_be_packed(money: MoneyFacts) -> None:
    assert not money.passes_gate()


@pytest.mark.parametrize("channel", list(Channel))
def test_held_money_is_enough_where_the_channel_captures_on_shipping(channel: Channel) -> None:
    captures_later = channel in {Channel.SHOPIFY, Channel.AMAZON, Channel.SQUARE}
    assert replace(AUTHORIZED, channel=channel).passes_gate() is captures_later


def test_the_price_guard_stops_a_total_of_zero_that_nobody_explained() -> None:
    assert UNEXPLAINED_FREE.status() is PaymentStatus.PAID
    assert UNEXPLAINED_FREE.is_unexplained_free
    assert not UNEXPLAINED_FREE.passes_gate()


@pytest.mark.parametrize("state", [ASKED, SETTLED])
def test_a_fully_refunded_order_is_never_packed_although_nothing_is_due(
    state: RefundState,
) -> None:
    money = facts("100.00", "100.00", refunds=(given_back("100.00", state),))
    assert money.due == 0
    assert not money.passes_gate()


def test_a_fully_refunded_order_is_packed_when_it_is_honored_or_a_replacement() -> None:
    money = facts("100.00", "100.00", refunds=(given_back("100.00"),), has_free_reason=True)
    assert money.passes_gate()


@pytest.mark.parametrize(
    ("code", "intended", "is_meant"),
    [
        ("PRESS-SAMPLE", "PRESS-SAMPLE", True),
        ("press-sample", "FRIEND100, PRESS-SAMPLE", True),
        ("PRESSSAMPLE", "press-sample", True),
        ("FRIEND100, OTHER", "other", True),
        ("FRIEND100", "FRIEND10", False),
        ("FRIEND100", "", False),
        ("FRIEND100", None, False),
        (None, "FRIEND100", False),
        ("", "", False),
    ],
)
def test_a_free_order_is_meant_when_its_code_was_declared(
    code: str | None, intended: str | None, *, is_meant: bool
) -> None:
    assert is_free_by_intended_code(code, intended) is is_meant


def test_codes_are_told_apart_by_commas_semicolons_and_blanks() -> None:
    assert codes_in("A1;B2, c3  D-4") == {"a1", "b2", "c3", "d4"}
