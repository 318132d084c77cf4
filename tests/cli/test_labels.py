"""Labels and what else an order's money needs, as one types it: sentences, and nothing changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command_line import BOUGHT, CommandLine, a_shop, refused, written

NUMBER = "9400111206206400104193"


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    shop = a_shop(tmp_path / "desk")
    paid = [{"amount": {"amount": "80.00", "currency": "USD"}}]
    total = {"amount": "80.00", "currency": "USD"}
    shop.done("add", written(tmp_path, {"line_items": [BOUGHT], "payments": paid, "total": total}))
    return shop


def buy(shop: CommandLine) -> object:
    return shop.done(
        "label", "D-1", "--carrier", "USPS", "--service", "Ground Advantage",
        "--tracking", NUMBER, "--cost", "4.75", "--bought", "2026-10-05T09:00-04:00",
    )  # fmt: skip


def test_a_label_is_bought_used_and_shown(shop: CommandLine) -> None:
    order = shop.done("order", "D-1")
    assert order["labels"] == []
    buy(shop)
    (label,) = shop.done("order", "D-1")["labels"]
    assert label["bought_at"] == "2026-10-05T13:00:00Z"
    assert (label["state"], label["service"]) == ("waiting", "Ground Advantage")
    assert label["cost"] == {"amount": "4.75", "currency": "USD"}
    said = shop.run("parcel", "D-1").said
    assert f"label 1  USPS Ground Advantage {NUMBER}" in said
    assert "not handed over yet" in said
    shop.done("label", "D-1", "--label", "1", "--cost", "5.02")
    shop.done("pack", "D-1")
    sent = shop.done("ship", "D-1")
    assert sent["labels"][0]["state"] == "used"
    (parcel,) = sent["parcels"]
    assert (parcel["tracking_number"], parcel["service"]) == (NUMBER, "Ground Advantage")
    assert (parcel["label_bought_at"], parcel["handed_over_at"]) == (
        "2026-10-05T13:00:00Z", "2026-10-05T14:00:00Z",
    )  # fmt: skip
    assert parcel["label_cost"]["amount"] == "5.02"


def test_a_canceled_orders_label_is_in_the_agenda_until_it_is_marked(shop: CommandLine) -> None:
    buy(shop)
    shop.done("cancel", "D-1", "--why", "she asked")
    assert "unused: ask back 4.75 USD" in shop.run("order", "D-1").said
    assert "ask its money back by Mon 2 Nov 2026" in shop.run("parcel", "D-1").said
    items = [each for each in shop.done("agenda") if each["title"].startswith("Label")]
    (item,) = items
    assert (item["kind"], item["due_at"], item["link"]) == (
        "refund", "2026-11-03T04:59:59Z", "order:D-1",
    )  # fmt: skip
    refused(shop.run("label-refund", "D-1", "given-up"), "Write why the label’s money")
    after = shop.done("label-refund", "D-1", "asked", "--why", "by form")
    assert (after["labels"][0]["state"], after["labels"][0]["why"]) == ("asked", "by form")
    assert not [each for each in shop.done("agenda") if each["title"].startswith("Label")]
    shop.done("undo")
    assert shop.done("order", "D-1")["labels"][0]["state"] == "unneeded"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("label", "D-9"), "There is no order D-9."),
        (("label", "D-1", "--cost", "much"), "“much” is not an amount"),
        (("label", "D-1", "--cost=-1"), "cannot cost less than nothing"),
        (("label", "D-1", "--bought", "monday"), "--bought: “monday” is not an instant"),
        (("label", "D-1", "--bought", "2027-01-01T00:00Z"), "in the future"),
        (("label", "D-1", "--label", "7", "--cost", "1"), "has no such label"),
        (("label-refund", "D-1", "asked"), "No label was bought for order D-1."),
        (("hold-expired", "D-1"), "No money is held for order D-1."),
        (("write-off", "D-1", "--why", "x"), "0.00 USD are open"),
        (("write-off", "D-1", "--amount", "1.005", "--why", "x"), "more decimals than USD knows"),
        (("honor", "D-1", "--why", "x"), "there is nothing to honor"),
        (("honor", "D-1", "--why", " "), "Write why the price is honored."),
        (("agreed", "D-1", "--until", "2026-10-01", "--how", "mail"), "is over"),
        (("agreed", "D-1", "--until", "2026-12-01", "--how", ""), "Write how the buyer agreed"),
        (("reinstate", "D-1", "--why", "x"), "is not canceled"),
        (("refund-settled", "D-1"), "has no such refund"),
        (("undo-shipped", "D-1", "--why", "x"), "No such parcel of order D-1 has left"),
        (("return", "D-1", "--units", "1", "--why", "x"), "can come back"),
        (("exchange", "D-1", "--units", "1", "--for", "x", "--price", "y", "--why", "z"), "“y”"),
        (("dispute", "D-1", "--amount", "99", "--why", "x"), "Only money that was taken"),
        (("dispute-closed", "D-1", "won"), "is not disputed"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    shop: CommandLine, words: tuple[str, ...], says: str
) -> None:
    before = shop.done("order", "D-1") if "D-9" not in words else None
    refused(shop.run(*words), says)
    assert before is None or shop.done("order", "D-1") == before


def test_a_refund_says_how_long_it_takes_and_how_far_it_is(shop: CommandLine) -> None:
    refund = ("refund", "D-1", "--amount", "10.00", "--why", "late", "--money-only")
    assert shop.done(*refund)["refund"] == {
        "extent": "none", "step": "granted", "may_thank_with_code": False,
    }  # fmt: skip
    answer = shop.run("refund-asked", "D-1", "--means", "card", "--json")
    assert "5–10 business days" in answer.aside
    assert "5–10 business days" in answer.json["refund_details"][0]["expectation"]
    after = shop.done("refund-settled", "D-1")
    assert after["refund"] == {
        "extent": "partly", "step": "settled", "may_thank_with_code": True,
    }  # fmt: skip
    assert after["refund_details"][0]["expectation"] is None


def test_an_old_etsy_order_is_refunded_by_another_means(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    total = {"amount": "80.00", "currency": "USD"}
    order = {
        "number": "351", "channel": "etsy", "line_items": [BOUGHT], "total": total,
        "payments": [{"amount": total}],
    }  # fmt: skip
    shop.done("add", written(tmp_path, order))
    later = replace(shop, now="2027-06-01T10:00:00-04:00")
    refund = ("refund", "351", "--amount", "10", "--why", "late", "--money-only", "--json")
    answer = later.run(*refund)
    assert (answer.status, "goes back by another means now" in answer.aside) == (0, True)
    refused(later.run("refund-asked", "351"), "Name that means.")
    assert later.done("refund-asked", "351", "--means", "PayPal")["refund"]["step"] == "asked"


def test_a_wait_that_was_agreed_to_stands_in_the_timeline(shop: CommandLine) -> None:
    order = shop.done("agreed", "D-1", "--until", "2026-12-01", "--how", "her mail of today")
    told = "the buyer agrees to wait until Tue 1 Dec 2026: her mail of today"
    assert order["timeline"][-1]["what"] == told
