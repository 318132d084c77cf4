"""The commands that turn an order round: each answers with the order, refusals exit 3."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import CommandLine, a_shop


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


ORDER: dict[str, Any] = {
    "customer": "Hannah Lindqvist",
    "line_items": [
        {"title": "Rain Ring", "sku": "JT-RAIN", "quantity": 2, "unit_price": money("64.00")},
        {"title": "Tide Cuff", "sku": "JT-TIDE", "unit_price": money("90.00")},
    ],
    "payments": [{"amount": money("218.00"), "captured_at": "2026-10-05T13:00:00Z"}],
}


def entered(folder: Path, **cells: Any) -> CommandLine:
    shop = a_shop(folder / "desk")
    file = folder / "order.json"
    file.write_text(json.dumps(ORDER | cells), encoding="utf-8")
    shop.done("add", file)
    return shop


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    return entered(tmp_path)


@pytest.fixture
def sent(shop: CommandLine) -> CommandLine:
    shop.done("pack", "D-1")
    shop.done("ship", "D-1")
    return shop


def test_a_return_and_an_exchange_answer_with_the_order(sent: CommandLine) -> None:
    expected = sent.done("return", "D-1", "--units", "jt-tide", "--why", "dull")
    assert expected["returns"][0]["units"] == [{"title": "Tide Cuff", "units": 1}]
    back = sent.done("return-received", "D-1", "--units", "Tide Cuff=1", "--condition", "worn")
    assert back["fulfillment_status"] == "partially_returned"
    assert back["returns"][0]["received"][0]["condition"] == "worn"
    closed = sent.done("return-closed", "D-1", "--why", "she keeps the money off")
    assert closed["returns"][0]["closed_why"] == "she keeps the money off"
    exchanged = sent.done(
        "exchange", "D-1", "--units", "1=1", "--for", "Rain Ring, wide", "--price", "70.00",
        "--sku", "JT-WIDE", "--why", "too small", "--at-once",
    )  # fmt: skip
    assert exchanged["returns"][1]["difference"] == money("6.00")
    other = sent.done("order", exchanged["returns"][1]["replacement"])
    assert (other["replaces"], other["total"]) == ("D-1", money("6.00"))
    paid = sent.done("paid", other["number"], "--means", "cash")
    assert paid["payment_status"] == "paid"
    assert "replaces Rain Ring of order D-1" in sent.run("order", other["number"]).said
    assert [row["number"] for row in sent.done("orders", "--view", "returns")] == ["D-1"]
    assert sent.done("check")["ok"] is True


def test_a_refund_has_parts_and_steps(shop: CommandLine) -> None:
    granted = shop.done(
        "refund", "D-1", "--units", "2", "--shipping", "1.00", "--tax", "0.50", "--goodwill",
        "2.00", "--why", "cannot be made", "--do-not-send",
    )  # fmt: skip
    (refund,) = granted["refund_details"]
    assert refund | {"id": 0} == {
        "id": 0,
        "amount": money("93.50"),
        "state": "granted",
        "goods": money("90.00"),
        "shipping": money("1.00"),
        "tax": money("0.50"),
        "goodwill": money("2.00"),
        "units": [{"title": "Tide Cuff", "units": 1}],
        "choice": "do_not_send",
        "means": None,
        "reference": None,
        "expectation": None,
    }
    assert granted["units"][1]["canceled"] == 1
    number = str(refund["id"])
    shop.done("refund-asked", "D-1", "--refund", number, "--means", "card", "--reference", "R-1")
    assert "refund" in shop.run("order", "D-1").said
    shop.done("refund-settled", "D-1")
    assert shop.done("order", "D-1")["payment_status"] == "partially_refunded"


def test_questions_parcels_and_disputes(shop: CommandLine) -> None:
    asked = shop.done("ask", "D-1", "Which size?")
    assert asked["waiting"] == {"question": "Which size?", "since": "2026-10-05T14:00:00Z"}
    assert "waiting for the customer: Which size?" in shop.run("order", "D-1").said
    assert shop.done("answered", "D-1", "--answer", "US 7")["waiting"] is None
    shop.done("pack", "D-1")
    assert shop.done("open-parcel", "D-1")["fulfillment_status"] == "ready"
    disputed = shop.done("dispute", "D-1", "--why", "unknown", "--evidence-by", "2026-10-09")
    assert disputed["disputes"][0]["evidence_due_on"] == "2026-10-09"
    given = shop.done("dispute-evidence", "D-1")
    assert given["disputes"][0]["evidence_given_at"] == "2026-10-05T14:00:00Z"
    assert shop.done("dispute-closed", "D-1", "lost")["payment_status"] == "unpaid"


def test_an_order_is_read_with_all_that_lies_over_it(shop: CommandLine) -> None:
    shop.done("ask", "D-1", "Which size?")
    shop.done("hold", "D-1", "--why", "her clasp", "--until", "2026-10-09")
    shop.done("dispute", "D-1", "--why", "unknown", "--evidence-by", "2026-10-09")
    said = shop.run("order", "D-1").said
    for told in (
        "D-1 · Hannah Lindqvist · maybe a gift\n",
        "218.00 USD · paid · to_make · open\n",
        "ship by tomorrow · paused\n",
        "on hold: her clasp · until Fri 9 Oct\n",
        "waiting for the customer: Which size? · since today 10:00\n",
        "dispute 218.00 USD · unknown · evidence by Fri 9 Oct\n",
        "  2 × Rain Ring · to make\n",
    ):
        assert told in said
    read = shop.done("order", "D-1")
    assert (read["late"], read["paused"]) == (False, True)
    assert read["promise"] == {
        "ship_by": "2026-10-06",
        "pack_by": "2026-10-06",
        "counted_from": "2026-10-05T13:00:00Z",
        "timezone": "America/New_York",
        "processing_days": 1,
        "cutoff": None,
        "why": None,
    }


def test_a_parcel_and_what_comes_back_are_read_too(sent: CommandLine) -> None:
    sent.done("return", "D-1", "--units", "jt-tide", "--why", "dull")
    said = sent.run("order", "D-1").said
    assert "parcel 1: without a number · handed over today 10:00\n" in said
    assert "Tide Cuff · dull\n1 piece still expected\n" in said
    later = CommandLine(sent.folder, "2026-10-08T10:00:00-04:00")
    assert later.done("order", "D-1")["late"] is False, "it has left"


def test_cancel_void_and_reinstate(tmp_path: Path) -> None:
    shop = entered(tmp_path, payments=[], payment_status="authorized")
    canceled = shop.done("cancel", "D-1", "--why", "she asked for it")
    assert (canceled["order_status"], canceled["authorizations"][0]["state"]) == (
        "canceled",
        "held",
    )
    voided = shop.done("void", "D-1")
    assert (voided["payment_status"], voided["refunds"]) == ("voided", [])
    alive = shop.done("reinstate", "D-1", "--why", "a friend", "--honored")
    assert (alive["reinstated"], alive["written_off"]) == (True, money("218.00"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("refund", "D-1", "--units", "9=1", "--why", "x"), "which has: 1 Rain Ring, 2 Tide Cuff"),
        (("refund", "D-1", "--units", "JT-RAIN=x", "--why", "x"), "is no piece such as 2=1"),
        (("refund", "D-1", "--amount", "ten", "--why", "x"), "is not an amount"),
        (("cancel", "D-1", "--why", " "), "Write why"),
        (("undo-shipped", "D-1", "--why", "x"), "No such parcel"),
        (("return", "D-1", "--units", "1", "--why", "x"), "0 can come back"),
    ],
)
def test_what_cannot_be_exits_3_with_a_sentence(
    shop: CommandLine, words: tuple[str, ...], sentence: str
) -> None:
    before = shop.done("order", "D-1")
    answer = shop.run(*words)
    assert (answer.status, answer.said) == (3, "")
    assert sentence in answer.aside
    assert shop.done("order", "D-1") == before


def in_views(shop: CommandLine, number: str) -> list[str]:
    views = ("unpaid", "to-make", "to-pack", "to-ship", "shipped", "on-hold")
    rows = {view: shop.done("orders", "--view", view) for view in views}
    return [view for view, found in rows.items() if any(row["number"] == number for row in found)]


def test_what_is_left_of_an_order_stays_among_the_work(shop: CommandLine) -> None:
    shop.done("pack-part", "D-1", "--units", "JT-RAIN=1")
    sent = shop.done("ship", "D-1")
    assert sent["fulfillment_status"] == "partially_shipped"
    assert in_views(shop, "D-1") == ["to-make"]
    shop.done("stage", "D-1", "ready")
    assert in_views(shop, "D-1") == ["to-pack"]
    assert [each["orders"] for each in shop.done("bench")] == [["D-1"]]
    shop.done("hold", "D-1", "--why", "ring size?")
    assert in_views(shop, "D-1") == ["on-hold"]
    shop.done("release", "D-1")
    shop.done("refund", "D-1", "--units", "JT-RAIN=1", "--why", "cracked", "--do-not-send")
    assert in_views(shop, "D-1") == ["to-pack"]
    shop.done("pack", "D-1")
    assert in_views(shop, "D-1") == ["to-ship"]
    shop.done("ship", "D-1")
    assert in_views(shop, "D-1") == ["shipped"]


def test_held_money_that_allows_no_parcel_is_unpaid_and_so_is_what_ran_out(tmp_path: Path) -> None:
    shop = entered(tmp_path, payments=[], payment_status="authorized")
    assert in_views(shop, "D-1") == ["unpaid"]
    assert shop.done("hold-expired", "D-1")["payment_status"] == "expired"
    assert in_views(shop, "D-1") == ["unpaid"]
    shop.done("paid", "D-1")
    assert in_views(shop, "D-1") == ["to-make"]


def test_money_beyond_the_total_is_told_as_owed(tmp_path: Path) -> None:
    shop = entered(tmp_path, payments=[{"amount": money("225.00")}])
    told = shop.run("order", "D-1").said
    assert "218.00 USD · overpaid, owes 7.00 USD" in told


def test_an_order_is_honored_at_what_it_keeps(shop: CommandLine) -> None:
    shop.done("refund", "D-1", "--units", "1", "--units", "2", "--why", "gone", "--do-not-send")
    back = shop.done("reinstate", "D-1", "--why", "found again", "--honored")
    assert back["timeline"][-1]["what"] == "reinstated and honored at 0.00 USD: found again"
