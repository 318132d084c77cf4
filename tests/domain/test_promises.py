"""The letter about a delay: the new day, the right to cancel, and when a yes is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from jeweler_desk.domain.order import Promise
from jeweler_desk.domain.promises import DelayLetter, delay_letter, promised_anew, put_off

TOLD = DelayLetter(
    number="#1041",
    buyer="Hannah Lindqvist",
    was=date(2026, 10, 6),
    now=date(2026, 10, 9),
    signature="Aileen",
)


def promised(day: int) -> Promise:
    return Promise(
        date(2026, 10, day), date(2026, 10, day), datetime(2026, 10, 5, tzinfo=UTC), "UTC", 1, None
    )


def test_a_first_short_delay_stands_unless_the_buyer_objects() -> None:
    letter = delay_letter(TOLD)
    assert letter.startswith("Dear Hannah Lindqvist,")
    assert "by Tuesday, October 6, 2026" in letter
    assert "leave by Friday, October 9, 2026" in letter
    assert "there is nothing to do" in letter
    assert "full refund, at no cost to you" in letter
    assert letter.endswith("Yours truly,\nAileen")


def test_a_second_or_a_long_delay_needs_a_yes_or_the_money_goes_back() -> None:
    for told in (replace(TOLD, is_first=False), replace(TOLD, now=date(2026, 11, 6))):
        letter = delay_letter(told)
        assert "whether you would like to wait" in letter
        assert "send your money back" in letter
        assert "nothing to do" not in letter
    assert "nothing to do" in delay_letter(replace(TOLD, now=date(2026, 11, 5)))


def test_a_buyer_without_a_name_and_a_shop_without_a_signature_are_no_trouble() -> None:
    letter = delay_letter(replace(TOLD, buyer=None, signature=""))
    assert letter.startswith("Dear customer,")
    assert letter.endswith("Yours truly,")


def test_only_later_days_count_as_put_off() -> None:
    assert put_off(()) == 0
    assert put_off((promised(6), promised(9), promised(8), promised(12))) == 2


def test_a_promise_made_anew_says_both_days_and_why() -> None:
    told = promised_anew(promised(6), replace(promised(9), why="a fair"))
    assert told == "promised anew: ship by Fri 9 Oct 2026 instead of Tue 6 Oct 2026 (a fair)"
    assert promised_anew(None, promised(9)) == "promised anew: ship by Fri 9 Oct 2026"
