"""Letters as drafts: by order, by message and from acts; none is ever sent by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from jeweler_desk.domain.letter import LetterError, LetterKind, LetterState
from jeweler_desk.domain.letter_findings import FindingKind
from jeweler_desk.domain.letter_template import LetterTemplateError
from jeweler_desk.domain.letter_wording import finding_text
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    Gift,
    OrderId,
    Stage,
)
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.store.letters import LetterRows
from tests.builders import a_line, an_order, usd
from tests.fakes import FixedClock
from tests.post import Letter as Mail
from tests.post import Post


@pytest.fixture(autouse=True)
def signed(desk: Desk) -> None:
    desk.settings.set("shop.signature", "Aileen")
    account = MailAccount("maker@shop.test", "imap.shop.test", 993, "maker@shop.test")
    desk.correspondence.mailboxes.add(account, None)


StoreLetter = Callable[[int], None]


@pytest.fixture
def store_letter(store: Store) -> StoreLetter:
    """Let a letter have been seen in Sent."""

    def seen(letter_id: int) -> None:
        with store.write():
            LetterRows(store).change(letter_id, state=LetterState.SEEN_IN_SENT.value)

    return seen


@pytest.fixture
def shipped(desk: Desk) -> OrderId:
    order_id, _ = desk.orders.add(an_order(a_line("Rain Ring"), email="hannah@example.com"))
    desk.fulfillment.set_stage(order_id, Stage.READY)
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id, "USPS", "9400111899223100001234")
    return order_id


def test_a_shipping_letter_says_what_is_known_to_the_buyer(desk: Desk, shipped: OrderId) -> None:
    letter_id, _ = desk.letters.write(shipped, LetterKind.SHIPPING)
    letter = desk.letters.get(letter_id)
    assert (letter.to_name, letter.to_address) == ("Hannah Lindqvist", "hannah@example.com")
    assert letter.from_address == "maker@shop.test"
    assert letter.subject == "Your order #1041 is on its way"
    assert letter.body.startswith(
        "Dear Hannah,\n\nThank you for your order. I packed the Rain Ring"
    )
    assert "left my workshop on Monday, October 5, 2026" in letter.body
    assert "with USPS as 9400111899223100001234" in letter.body
    assert letter.body.endswith("Yours truly,\nAileen")
    assert letter.state is LetterState.DRAFT


def test_a_gift_is_told_of_to_its_buyer_only(desk: Desk) -> None:
    order_id, _ = desk.orders.add(
        an_order(customer="Ada Byron", email="ada@example.com", gift=Gift.YES)
    )
    letter = desk.letters.get(desk.letters.write(order_id, LetterKind.SHIPPING)[0])
    assert letter.to_address == "ada@example.com"
    assert letter.body.startswith("Dear Ada,")
    assert "Hannah" not in letter.body


def test_nobody_is_greeted_by_a_user_name(desk: Desk) -> None:
    order_id, _ = desk.orders.add(
        an_order(customer="x.arrieta", email="x@example.com", gift=Gift.YES)
    )
    letter = desk.letters.get(desk.letters.write(order_id)[0])
    assert letter.body.startswith("Dear {first_name},")


def test_a_refund_is_asked_for_before_it_is_refunded(desk: Desk, shipped: OrderId) -> None:
    desk.refunds.grant(shipped, RefundWish("scratched", goodwill=usd("7.00")))
    desk.refunds.ask(shipped)
    asked = desk.letters.get(desk.letters.write(shipped, LetterKind.REFUND_ASKED)[0])
    assert "7.00 USD, on Monday, October 5, 2026" in asked.body
    early = desk.letters.get(desk.letters.write(shipped, LetterKind.REFUND_SETTLED)[0])
    assert "refunded" not in early.body
    desk.refunds.settle(shipped)
    settled = desk.letters.get(desk.letters.write(shipped, LetterKind.REFUND_SETTLED)[0])
    assert "7.00 USD was refunded on Monday, October 5, 2026" in settled.body
    assert "code" not in settled.body


def test_a_parcel_undone_after_its_letter_lays_a_correction_on_the_desk(
    desk: Desk, store_letter: StoreLetter, shipped: OrderId
) -> None:
    letter_id, _ = desk.letters.write(shipped, LetterKind.SHIPPING)
    desk.cancellations.undo_shipped(shipped, "it lies on the table")
    assert [each.kind for each in desk.letters.of_order(shipped)] == [LetterKind.SHIPPING]
    desk.history.undo()
    store_letter(letter_id)
    desk.cancellations.undo_shipped(shipped, "it lies on the table")
    correction = desk.letters.of_order(shipped)[-1]
    assert (correction.kind, correction.state) == (LetterKind.CORRECTION, LetterState.DRAFT)
    assert "the Rain Ring is still here with me" in correction.body
    assert "It will leave by Tuesday, October 6, 2026" in correction.body
    assert "correction lies among your letters" in desk.orders.get(shipped).timeline[-1].what
    desk.history.undo()
    assert [each.id for each in desk.letters.of_order(shipped)] == [letter_id]
    desk.history.redo()
    assert desk.letters.of_order(shipped)[-1] == correction


def test_what_the_marketplace_told_the_buyer_is_corrected_too(desk: Desk) -> None:
    order_id, _ = desk.orders.add(
        an_order(channel=Channel.ETSY, number="3512000101", is_shipped=True,
                 shipped_on=date(2026, 10, 5))
    )  # fmt: skip
    desk.cancellations.undo_shipped(order_id, "marked by mistake")
    (correction,) = desk.letters.of_order(order_id)
    assert (correction.kind, correction.to_address) == (LetterKind.CORRECTION, "")
    desk.letters.given_elsewhere(correction.id)
    assert desk.letters.get(correction.id).state is LetterState.ELSEWHERE


def test_a_promise_made_anew_lays_its_letter_on_the_desk(desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(email="hannah@example.com"))
    desk.settings.set("shop.closed_days", "2026-10-06")
    told = desk.promises.letter(order_id)
    desk.promises.renew(order_id, "a fair")
    (first,) = desk.letters.of_order(order_id)
    assert (first.kind, first.body) == (LetterKind.DELAY, told)
    assert "sorry that I will need longer: it will leave by Wednesday, October 7" in first.body
    assert "full refund, at no cost to you" in first.body
    desk.settings.set("shop.closed_days", "2026-10-06..2026-10-07")
    desk.promises.renew(order_id, "a fair")
    second = desk.letters.of_order(order_id)[-1]
    assert second.kind is LetterKind.DELAY_CONSENT
    assert "tell me by Wednesday, October 7, 2026 whether you would like to wait" in second.body
    desk.history.undo()
    assert [each.id for each in desk.letters.of_order(order_id)] == [first.id]


def test_a_delay_without_a_new_day_and_one_told_late_give_days_to_answer(
    desk: Desk, clock: FixedClock
) -> None:
    order_id, _ = desk.orders.add(an_order(email="hannah@example.com"))
    clock.goes_on(days=3)
    letter = desk.letters.get(desk.letters.write(order_id, LetterKind.DELAY_OPEN)[0])
    assert "I cannot yet name the day" in letter.body
    assert "promised to send it by Tuesday, October 6, 2026" in letter.body
    assert "tell me by Thursday, October 15, 2026" in letter.body


def test_a_draft_is_written_let_go_and_laid_back(desk: Desk, shipped: OrderId) -> None:
    letter_id, _ = desk.letters.write(shipped)
    desk.letters.change(letter_id, subject="Hello", body="Dear Hannah,\n\nThank you.")
    assert desk.letters.change(letter_id, subject="Hello") == frozenset()
    desk.letters.let_go(letter_id)
    assert desk.letters.all() == []
    with pytest.raises(LetterError):
        desk.letters.get(letter_id)
    desk.history.undo()
    assert desk.letters.get(letter_id).body == "Dear Hannah,\n\nThank you."
    desk.letters.use_template(letter_id, "apology")
    assert "my mistake" in desk.letters.get(letter_id).body
    desk.letters.given_elsewhere(letter_id)
    with pytest.raises(LetterError, match="another way"):
        desk.letters.change(letter_id, body="x")


def test_an_answer_goes_to_the_person_from_the_address_written_to(
    desk: Desk, tmp_path: Path
) -> None:
    desk.correspondence.mailboxes.add_identity("hello@shop.test")
    post = Post(desk, tmp_path / "mail")
    post.brings(
        [
            Mail("plain@c.test", to="Hello@shop.test"),
            Mail("other@c.test", sender="Bo Lind <bo@c.test>", subject="RE: Size",
                 more={"Reply-To": "Bo at work <bo@work.test>"}),
            Mail("etsy@e.test", sender="Etsy <conversations@mail.etsy.com>",
                 subject="Etsy Conversation with Ann"),
        ]
    )  # fmt: skip
    letter_id, changes = desk.letters.answer("plain@c.test")
    assert changes
    letter = desk.letters.get(letter_id)
    assert (letter.to_name, letter.to_address) == ("Anna Berg", "anna@c.test")
    assert (letter.from_address, letter.subject) == ("hello@shop.test", "Re: Ring")
    assert letter.body == "Dear Anna,\n\nThank you for your letter.\n\nYours truly,\nAileen"
    assert desk.letters.answer("plain@c.test") == (letter_id, frozenset())
    other = desk.letters.get(desk.letters.answer("other@c.test")[0])
    assert (other.to_address, other.subject) == ("bo@work.test", "RE: Size")
    assert other.from_address == "maker@shop.test"
    with pytest.raises(RefusedError, match="Etsy’s Messages"):
        desk.letters.answer("etsy@e.test")


def test_a_forms_visitor_gets_a_fresh_letter(desk: Desk, tmp_path: Path) -> None:
    post = Post(desk, tmp_path / "mail")
    post.brings(
        [Mail("form@c.test", sender="WordPress <wordpress@shop.test>",
              more={"Reply-To": "Zoe Young <zoe@y.test>", "X-Mailer": "PHPMailer 6"},
              subject="Contact form")]
    )  # fmt: skip
    letter = desk.letters.get(desk.letters.answer("form@c.test")[0])
    assert letter.to_address == "zoe@y.test"


def test_her_own_templates_are_kept_used_and_dropped(desk: Desk, shipped: OrderId) -> None:
    templates = desk.letters.templates
    templates.keep("thanks", "Thank you, {first_name}", "Dear {first_name},\n\nThank you.")
    templates.keep("fair", "At the fair", "Dear {first_name},\n\nSee you.\n\n{signature}")
    templates.keep("fair", "At the fair", "Dear {first_name},\n\nSee you!\n\n{signature}")
    names = [each.name for each in templates.all()]
    assert names == [*(kind.value for kind in LetterKind), "fair"]
    assert (templates.is_own("thanks"), templates.is_own("delay")) == (True, False)
    assert desk.letters.get(desk.letters.write(shipped, "fair")[0]).body.endswith("Aileen")
    with pytest.raises(LetterTemplateError, match="no field"):
        templates.keep("fair", "x", "{price}")
    desk.history.undo()
    templates.drop("thanks")
    assert templates.get("thanks").body.startswith("Dear {first_name},\n\nThank you for choosing")
    with pytest.raises(LetterTemplateError, match="of your own"):
        templates.drop("thanks")
    with pytest.raises(LetterTemplateError, match="no template"):
        templates.get("nowhere")


def test_an_answer_knows_the_order_it_is_about(desk: Desk, tmp_path: Path) -> None:
    first, _ = desk.orders.add(an_order(email="Anna@c.test"))
    post = Post(desk, tmp_path / "mail")
    post.brings([Mail("one@c.test"), Mail("no@c.test", sender="Bo Lind <bo@c.test>")])
    answer = desk.letters.get(desk.letters.answer("one@c.test")[0])
    assert (answer.order_id, answer.order_number) == (first, "#1041")
    assert answer.subject == "Re: Ring"
    assert "address" not in {each.kind.value for each in desk.letters.locks(answer)}
    assert desk.letters.get(desk.letters.answer("no@c.test")[0]).order_id is None
    desk.orders.add(an_order(number="#1042", email="anna@c.test"))
    post.brings(
        [
            Mail("two@c.test", hours=1, subject="Something else"),
            Mail("three@c.test", hours=2, subject="About order #1042"),
        ]
    )
    assert desk.letters.get(desk.letters.answer("two@c.test")[0]).order_id is None
    named = desk.letters.get(desk.letters.answer("three@c.test")[0])
    assert named.order_number == "#1042"


def test_her_own_plus_address_answers_what_was_written_to_it(desk: Desk, tmp_path: Path) -> None:
    desk.correspondence.mailboxes.add_identity("maker+etsy@shop.test")
    post = Post(desk, tmp_path / "mail")
    post.brings(
        [
            Mail("plus@c.test", to="maker+etsy@shop.test"),
            Mail("bare@c.test", sender="Bo <bo@c.test>", to="maker@shop.test"),
            Mail("other@c.test", sender="Cy <cy@c.test>", to="maker+fair@shop.test"),
        ]
    )
    answered_from = {
        each: desk.letters.get(desk.letters.answer(each)[0]).from_address
        for each in ("plus@c.test", "bare@c.test", "other@c.test")
    }
    assert answered_from == {
        "plus@c.test": "maker+etsy@shop.test",
        "bare@c.test": "maker@shop.test",
        "other@c.test": "maker@shop.test",
    }


def test_an_answer_says_re_once_whatever_her_program_says(desk: Desk, tmp_path: Path) -> None:
    post = Post(desk, tmp_path / "mail")
    post.brings([Mail("q@c.test", subject="AW: Antw: Ring")])
    letter = desk.letters.get(desk.letters.answer("q@c.test")[0])
    assert letter.subject == "Re: Ring"


def test_no_letter_says_that_a_parcel_left_before_one_did(desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(a_line("Rain Ring"), email="hannah@example.com"))
    letter_id, _ = desk.letters.write(order_id, "shipping")
    letter = desk.letters.get(letter_id)
    assert {each.kind for each in desk.letters.locks(letter)} == {FindingKind.NOT_SHIPPED}
    settled = desk.letters.get(desk.letters.write(order_id, "refund-settled")[0])
    assert {each.kind for each in desk.letters.locks(settled)} == {FindingKind.NOT_REFUNDED}


def test_no_letter_says_that_a_refund_was_asked_for_before_it_was(
    desk: Desk, shipped: OrderId
) -> None:
    order_id = shipped
    letter = desk.letters.get(desk.letters.write(order_id, "refund-asked")[0])
    (lock,) = desk.letters.locks(letter)
    assert lock.kind is FindingKind.NOT_ASKED
    assert finding_text(lock).endswith("no refund of this order was asked for.")
    with pytest.raises(LetterError, match="Put it right, or say that it is right"):
        desk.outbox.queue(letter.id)
    desk.letters.waive(letter.id, [lock.key])
    assert desk.letters.locks(desk.letters.get(letter.id)) == ()
    desk.refunds.grant(order_id, RefundWish("a scratch", goodwill=usd("5.00")))
    fresh = desk.letters.get(desk.letters.write(order_id, "refund-asked")[0])
    assert [finding_text(e) for e in desk.letters.locks(fresh)] == [
        "The letter tells of it: the refund is granted, but not asked for yet."
    ]
    desk.refunds.ask(order_id, means="card")
    assert desk.letters.locks(fresh) == ()


def test_no_letter_says_that_a_charge_was_voided_before_it_was(desk: Desk) -> None:
    paid, _ = desk.orders.add(an_order(a_line("Rain Ring"), email="hannah@example.com"))
    letter = desk.letters.get(desk.letters.write(paid, "void")[0])
    (lock,) = desk.letters.locks(letter)
    assert lock.kind is FindingKind.NOT_VOIDED
    assert "the money was taken: what comes back is a refund" in finding_text(lock)
    held = Authorization(usd("40.00"), AuthorizationState.HELD, "order_export")
    new = an_order(a_line(), number="#2", is_paid=False, authorizations=(held,), email="a@c.test")
    order_id, _ = desk.orders.add(new)
    letter = desk.letters.get(desk.letters.write(order_id, "void")[0])
    (lock,) = desk.letters.locks(letter)
    assert finding_text(lock).endswith("the charge is still held, not voided.")
    desk.payments.void(order_id)
    assert desk.letters.locks(letter) == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("I requested your refund on Monday.", FindingKind.NOT_ASKED),
        ("Your refund has been issued.", FindingKind.NOT_ASKED),
        ("I have already asked your bank for the money.", FindingKind.NOT_ASKED),
        ("We've initiated a full refund.", FindingKind.NOT_ASKED),
        ("We voided the charge.", FindingKind.NOT_VOIDED),
        ("The pending charge was released.", FindingKind.NOT_VOIDED),
        ("As soon as I have asked your bank, I will write.", None),
        ("I have not asked your bank yet.", None),
        ("Would you like a refund?", None),
        ("The order is not void.", None),
    ],
)
def test_what_did_not_happen_is_found_in_any_letter_as_it_is_typed(
    desk: Desk, words: str, kind: FindingKind | None
) -> None:
    order_id, _ = desk.orders.add(an_order(a_line("Rain Ring"), email="hannah@example.com"))
    letter = desk.letters.get(desk.letters.write(order_id)[0])
    found = desk.letters.check(letter).findings("Your ring", f"Dear Hannah,\n\n{words}", "")
    told = {each.kind for each in found if each.is_of_truth}
    assert told - {FindingKind.NAME} == ({kind} if kind else set())


def test_which_letter_a_new_day_needs_is_no_matter_of_choice(desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(a_line("Rain Ring"), email="hannah@example.com"))
    for name in ("delay", "delay-consent"):
        with pytest.raises(RefusedError, match="anew first"):
            desk.letters.write(order_id, name)
    thanks, _ = desk.letters.write(order_id)
    with pytest.raises(RefusedError, match="anew first"):
        desk.letters.use_template(thanks, "delay")
    desk.settings.set("shop.processing_days", "9")
    desk.promises.renew(order_id, "the flu")
    desk.letters.use_template(thanks, "delay")
    assert "it will leave by" in desk.letters.get(thanks).body
    with pytest.raises(RefusedError, match="anew first"):
        desk.letters.write(order_id, "delay-consent")


def test_a_letter_number_beyond_all_numbers_is_told(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="There is no letter"):
        desk.letters.get(10**30)
