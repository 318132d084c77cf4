"""What a letter's words show while they are typed: advice on its tone, a lock on its facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jeweler_desk.domain.letter import LetterKind
from jeweler_desk.domain.letter_facts import person_facts
from jeweler_desk.domain.letter_findings import Finding, FindingKind
from jeweler_desk.domain.letter_template import LetterField, filled
from jeweler_desk.domain.letter_tone import tone_findings
from jeweler_desk.domain.letter_truth import LetterRecord, record_of, truth_findings
from jeweler_desk.domain.letter_wording import finding_text, template_title
from jeweler_desk.domain.named_days import days_in
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    FulfillmentStatus,
    Gift,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
    Promise,
    Refund,
    RefundState,
    Shipment,
)
from jeweler_desk.services.letter_check import LetterCheck, letter_words
from jeweler_desk.services.letter_templates import _shipped
from tests.builders import a_charge, a_line, usd

TODAY = date(2026, 10, 5)
PAID = datetime(2026, 10, 2, 15, 0, tzinfo=UTC)
NUMBER = "9400111899223100001234"
ORDER = Order(
    OrderId(1), Channel.SHOPIFY, "#1041", "Hannah Lindqvist", date(2026, 10, 2), usd("54.00"),
    PaymentStatus.PAID, FulfillmentStatus.SHIPPED, OrderStatus.OPEN, Gift.NO, 0,
    paid_at=PAID, email="hannah@example.com", shipping=usd("4.00"), discount_code="LOYAL7",
    line_items=(a_line("Rain Ring", "25.00", quantity=2),), charges=(a_charge("54.00"),),
    shipments=(Shipment(PAID, (), "USPS", NUMBER),),
    promise=Promise(date(2026, 10, 6), date(2026, 10, 6), PAID, "UTC", 1, None),
)  # fmt: skip
RECORD = record_of(ORDER, today=TODAY, addresses=["hannah@example.com"])
GOOD = "Dear Hannah,\n\nThank you for your order. {}\n\nYours truly,\nAileen"
WORDS = letter_words()


def tone(middle: str) -> list[tuple[str, str]]:
    return [(each.kind.value, each.found) for each in tone_findings(GOOD.format(middle), WORDS)]


def truth(middle: str, record: LetterRecord = RECORD) -> list[tuple[str, str]]:
    found = truth_findings("", GOOD.format(middle), "", record, WORDS)
    assert all(each.is_of_truth for each in found)
    return [(each.kind.value, each.found) for each in found]


def test_a_warm_letter_shows_nothing() -> None:
    assert tone("It left this morning.") == []
    assert truth("It left this morning.") == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Thank you.\n\nYours truly,\nAileen", FindingKind.NO_SALUTATION),
        ("Dear Ann,\n\nIt left.\n\nYours truly,\nAileen", FindingKind.NO_THANKS),
        ("Dear Ann,\n\nThank you.\n\nAileen", FindingKind.NO_VALEDICTION),
        ("Dear Ann,\n\nThank you.\n\nYours truly,\n", FindingKind.NO_SIGNATURE),
    ],
)
def test_what_every_letter_has_is_missed(body: str, kind: FindingKind) -> None:
    assert [each.kind for each in tone_findings(body, WORDS)] == [kind]
    assert finding_text(Finding(kind))


@pytest.mark.parametrize(
    ("middle", "kind", "found"),
    [
        ("As I already said, it left.", "blame", "As I already said"),
        ("You should’ve read it.", "blame", "You should’ve"),
        ("I am NOT SURE WHY.", "shouting", "NOT SURE WHY"),
        ("PLEASE read it.", "shouting", "PLEASE"),
        ("It left!!", "shouting", "!!"),
        ("Really?!", "shouting", "?!"),
        ("Thx, it is done.", "slang", "Thx"),
        ("I will send it soon.", "promise_without_day", "I will send"),
        ("It will leave shortly.", "promise_without_day", "will leave"),
    ],
)
def test_blame_shouting_slang_and_empty_promises_are_advice(
    middle: str, kind: str, found: str
) -> None:
    assert tone(middle) == [(kind, found)]


@pytest.mark.parametrize(
    "middle",
    [
        "I will send it on Tuesday.",
        "It will leave by Oct. 9.",
        "It will leave on Fri. the 9th.",
        "It travels with USPS, UPS and DHL in the USA, the U.S. as one says.",
        "Honey amber, and the girl with the pearl earring.",
        "It will leave within two business days.",
        "It will arrive by October 9.",
        "I will write to you by {promise_on}.",
        "It travels with USPS as 9400.",
        "The girlfriend of Hugsley is a cooler hunter.",
    ],
)
def test_what_is_said_well_is_left_alone(middle: str) -> None:
    assert tone(middle) == []


def test_known_capitals_are_no_shouting() -> None:
    body = GOOD.format("Use the code LOYALTY with ROYAL MAIL.")
    assert tone_findings(body, WORDS, "LOYALTY ROYAL MAIL") == []


@pytest.mark.parametrize(
    ("middle", "kind", "found"),
    [
        ("I gave you $45.00 back.", "amount", "$45.00"),
        ("I gave you 54.00 EUR back.", "amount", "54.00 EUR"),
        ("I gave you 54 dollars and 1,054.00 USD back.", "amount", "1,054.00 USD"),
        ("I gave you 54 euros back.", "amount", "54 euros"),
        ("I gave you €54 back.", "amount", "€54"),
        ("It came to 54.50$ in all.", "amount", "54.50$"),
        ("It came to 1 054,00 USD.", "amount", "1 054,00 USD"),
        ("It will leave on the 12th.", "day", "on the 12th"),
        ("It will leave by 10/9.", "day", "by 10/9"),
        ("It leaves on Friday 10/6.", "weekday", "Friday 10/6"),
        ("It leaves on Friday, 2026-10-06.", "weekday", "Friday, 2026-10-06"),
        ("It leaves on Friday (October 6).", "weekday", "Friday (October 6"),
        ("October 6 is a Friday, and it leaves then.", "weekday", "October 6 is a Friday"),
        ("Use the code: SPRING10.", "code", "SPRING10"),
        ("Your code is SPRING10.", "code", "SPRING10"),
        ("The code spring10 works.", "code", "spring10"),
        ("I sent your money back.", "not_refunded", "sent your money back"),
        ("It will leave on Thursday, October 8, 2026.", "day", "Thursday, October 8, 2026"),
        ("The parcel left on 2026-10-03.", "day", "2026-10-03"),
        ("It left on Monday, October 6.", "weekday", "Monday, October 6"),
        ("It left on February 31.", "weekday", "February 31"),
        ("Your order #1042 is here.", "order", "1042"),
        ("It travels as 9400111899223100009999.", "tracking", "9400111899223100009999"),
        ("It travels as 9400 1118 9922 3100 0099 99.", "tracking",
         "9400 1118 9922 3100 0099 99"),
        ("Use the code LOYAL8 next time.", "code", "LOYAL8"),
        ("Your money was refunded.", "not_refunded", "was refunded"),
    ],
)  # fmt: skip
def test_what_differs_from_the_record_locks_the_letter(middle: str, kind: str, found: str) -> None:
    assert truth(middle) == [(kind, found)]
    (finding,) = truth_findings("", GOOD.format(middle), "", RECORD, WORDS)
    assert found in finding_text(finding)
    assert GOOD.format(middle).casefold()[finding.at :].startswith(found.casefold())


@pytest.mark.parametrize(
    "middle",
    [
        "You paid $54.00: 2 × $25.00 and 4.00 USD for shipping, fifty dollars for the rings.",
        "It has left, and is on its way: I mailed it on October 2.",
        "You paid 54$, US$54, 54.00 dollars, all by card; the box weighs 2 pounds.",
        "It will leave by Tuesday (October 6), by 10/6, on the 6th, on Tuesday the 6th.",
        "October 6 is a Tuesday, and it leaves then. I live on the 2nd floor, by 1/2 mile.",
        "The ZIP code is NC28801, the QR code LABEL is on the box; no code is needed.",
        "It will leave by Tuesday, October 6, 2026, which is 10/06/2026 or 6.10.2026.",
        "It was paid on 2 October and promised for Oct. 6.",
        "My fair is on Saturday, October 31.",
        "Your order #1041 travels as 9400 1118 9922 3100 0012 34.",
        f"See https://track.example/{NUMBER}9999 for it.",
        "Use the code LOYAL7 next time, or call +1 207 555 0123.",
        "It may 5 times be polished at 10:30.",
    ],
)
def test_what_the_record_knows_is_right(middle: str) -> None:
    assert truth(middle) == []


def test_that_the_bank_was_asked_is_true_once_it_was() -> None:
    words = "Dear Hannah,\n\nI asked your bank for the refund today."
    for state, kinds in (
        (RefundState.ASKED, []),
        (RefundState.GRANTED, [FindingKind.NOT_ASKED]),
        (RefundState.FAILED, [FindingKind.NOT_ASKED]),
    ):
        refund = Refund(usd("54.00"), state, PAID, None, "desk")
        record = record_of(replace(ORDER, refunds=(refund,)), today=TODAY)
        found = LetterCheck(record, "").findings("", words, "")
        assert [each.kind for each in found if each.is_of_truth] == kinds


def test_a_refund_is_refunded_when_it_settled() -> None:
    for state, kinds in ((RefundState.ASKED, ["not_refunded"]), (RefundState.SETTLED, [])):
        refund = Refund(usd("7.00"), state, PAID, None, "desk")
        record = record_of(replace(ORDER, refunds=(refund,)), today=TODAY, local_days=[TODAY])
        found = truth_findings("", GOOD.format("7.00 USD was refunded."), "", record, WORDS)
        assert [each.kind.value for each in found] == kinds
        for each in found:
            assert "asked your bank on" in finding_text(each)


def test_family_names_before_a_comma_are_no_greeting() -> None:
    for name in ("Lindqvist, Hannah", "van Dyke, Hannah (shop)", "Hannah Lindqvist, PhD"):
        assert person_facts(name)[LetterField.FIRST_NAME] == "Hannah"


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Hannah Lindqvist", "Hannah L."),
        ("Hannah Lindqvist", "Ms. Lindqvist"),
        ("Lindqvist, Hannah", "Hannah"),
        ("Lindqvist, Hannah (shop)", "Ms. Hannah Lindqvist"),
        ("jewel_fan99", "Mary"),
    ],
)
def test_every_way_to_call_her_is_right(name: str, greeting: str) -> None:
    record = record_of(None, today=TODAY, names=[name])
    for close in (",", "!", ":", " –"):
        body = f"Dear {greeting}{close}\n\nThank you.\n\nYours truly,\nAileen"
        assert truth_findings("", body, "", record, WORDS) == []


@pytest.mark.parametrize("hello", ["Dear", "Hello", "Good morning"])
def test_another_name_locks_whatever_the_greeting(hello: str) -> None:
    body = f"{hello} Bob,\n\nThank you.\n\nYours truly,\nAileen"
    assert [each.found for each in truth_findings("", body, "", RECORD, WORDS)] == ["Bob"]
    there = body.replace("Bob", "and thank you")
    assert hello == "Dear" or truth_findings("", there, "", RECORD, WORDS) == []


def test_the_greeting_is_the_buyers() -> None:
    for name in ("Hannah", "hannah lindqvist", "Ms. Lindqvist", "{first_name}"):
        body = f"Dear {name},\n\nThank you.\n\nYours truly,\nAileen"
        assert truth_findings("", body, "", RECORD, WORDS) == []
    (finding,) = truth_findings("", "Dear Hanna,\n\nThank you.", "", RECORD, WORDS)
    assert finding.kind is FindingKind.NAME
    assert finding_text(finding) == "The letter greets “Hanna”; the records know Hannah Lindqvist."


def test_the_address_is_the_buyers() -> None:
    assert truth_findings("", "", "Hannah@example.com", RECORD, WORDS) == []
    (finding,) = truth_findings("", "", "recipient@example.org", RECORD, WORDS)
    assert finding.kind is FindingKind.ADDRESS
    assert finding.key == "address:recipient@example.org"
    assert "recipient@example.org" in finding_text(finding)


def test_without_an_order_only_name_and_calendar_are_compared() -> None:
    record = record_of(None, today=TODAY, names=["Bo Lind"])
    body = "Dear Ann,\n\nThank you. $99.00 on Monday, October 6 for #77777."
    kinds = [each.kind.value for each in truth_findings("", body, "", record, WORDS)]
    assert kinds == ["name", "weekday"]


def test_a_day_without_a_year_is_the_nearest() -> None:
    (named,) = days_in("by January 4th")
    assert named.days(date(2026, 12, 20)) == (date(2027, 1, 4),)
    assert days_in("no digits in January") == []
    assert [each.text for each in days_in("the 3rd of May, 2026-05-04")] == [
        "3rd of May",
        "2026-05-04",
    ]


@pytest.mark.parametrize("kind", LetterKind)
def test_a_shipped_letter_filled_from_the_record_shows_nothing(kind: LetterKind) -> None:
    facts = dict.fromkeys(LetterField, "Tuesday, October 6, 2026") | {
        LetterField.FIRST_NAME: "Hannah",
        LetterField.ORDER: "#1041",
        LetterField.PIECE: "the Rain Ring",
        LetterField.CARRIER: "USPS",
        LetterField.TRACKING: NUMBER,
        LetterField.TRACKING_LINK: f"https://usps.example/track?n={NUMBER}",
        LetterField.TOTAL: "54.00 USD",
        LetterField.AMOUNT: "54.00 USD",
        LetterField.CODE: "LOYAL7",
        LetterField.SIGNATURE: "Aileen",
    }
    refund = Refund(usd("54.00"), RefundState.SETTLED, PAID, None, "desk")
    voided = Authorization(usd("54.00"), AuthorizationState.VOIDED, "desk")
    told_of = replace(ORDER, refunds=(refund,), authorizations=(voided,))
    record = record_of(told_of, today=TODAY)
    subject, body = filled(_shipped(kind), facts)
    check = LetterCheck(record, "USPS")
    assert check.findings(subject, body, "") == ()
    assert template_title(kind.value) != kind.value
    assert template_title("my own") == "my own"
