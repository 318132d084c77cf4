"""The outbox: twenty seconds, tries with growing waits, never twice, and what Sent tells."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_string
from pathlib import Path

import pytest

from jeweler_desk.domain.letter import MOST_TRIES, CopyState, LetterError, LetterState
from jeweler_desk.domain.mailbox import AccountReading, ListedFolder, MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.outgoing import Outcome, Result
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.store.letters import LetterRows
from jeweler_desk.wiring import build_desk
from tests.builders import an_order
from tests.carrier import Carrier
from tests.fakes import FixedClock
from tests.post import Drawer, Post
from tests.post import Letter as Mail

MAKER = "maker@shop.test"


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def desk(store: Store, clock: FixedClock, carrier: Carrier) -> Desk:
    """A shop with one mailbox that can send."""
    edges = MailEdges(LetterFiles(), ImapMailbox(), Drawer(), sender=carrier)
    desk = build_desk(store, clock, edges=edges)
    desk.settings.set("shop.timezone", "America/New_York")
    desk.settings.set("shop.signature", "Aileen")
    desk.settings.set("shop.name", "Juniper & Tide")
    desk.correspondence.mailboxes.add(an_account(), "bench-1")
    return desk


def an_account(address: str = MAKER, host: str | None = "mail.shop.test") -> MailAccount:
    return MailAccount(address, "mail.shop.test", 993, address, smtp_host=host, smtp_port=465)


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    post = Post(desk, tmp_path / "mail")
    post.brings([Mail("q@c.test", more={"References": "<first@c.test>"})])
    return post


@pytest.fixture
def letter_id(desk: Desk, post: Post) -> int:
    """Anna's question, answered in a draft."""
    assert post.waiting() == ["q@c.test"]
    letter_id, _ = desk.letters.answer("q@c.test")
    desk.letters.change(
        letter_id, body="Dear Anna,\n\nThank you. Yes, I can.\n\nYours truly,\nAileen"
    )
    return letter_id


def state(desk: Desk, letter_id: int) -> LetterState:
    return desk.letters.get(letter_id).state


def test_a_queued_letter_leaves_after_twenty_seconds_and_not_before(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    desk.outbox.queue(letter_id)
    assert state(desk, letter_id) is LetterState.QUEUED
    assert desk.outbox.next_due_at() == desk.letters.get(letter_id).leaves_at
    clock.goes_on(seconds=19)
    assert desk.outbox.send_due() == []
    clock.goes_on(seconds=1)
    (sent,) = desk.outbox.send_due()
    assert sent.state is LetterState.HANDED_OVER
    ((envelope, raw),) = carrier.sent
    assert (envelope.sender, envelope.recipient) == (MAKER, "anna@c.test")
    message = message_from_string(raw)
    assert message["In-Reply-To"] == "<q@c.test>"
    assert message["References"].split() == ["<first@c.test>", "<q@c.test>"]
    assert message["From"] == "Juniper & Tide <maker@shop.test>"
    assert message["Subject"] == "Re: Ring"
    assert message["Date"].endswith("-0400")
    assert message["Message-ID"] == f"<{sent.message_id}>"
    assert str(sent.message_id).endswith("@shop.test")
    assert carrier.copies == [sent.message_id]
    assert desk.letters.get(letter_id).copy_state is CopyState.KEPT
    assert desk.outbox.send_due() == []
    with pytest.raises(LetterError, match="server has taken"):
        desk.outbox.take_back(letter_id)


def test_a_letter_taken_back_is_a_draft_and_stays_here(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    desk.outbox.queue(letter_id)
    with pytest.raises(LetterError, match="take it back"):
        desk.letters.change(letter_id, body="other words")
    with pytest.raises(LetterError, match="waits in the outbox"):
        desk.outbox.queue(letter_id)
    desk.outbox.take_back(letter_id)
    clock.goes_on(minutes=1)
    assert desk.outbox.send_due() == []
    assert (state(desk, letter_id), carrier.sent) == (LetterState.DRAFT, [])
    desk.letters.change(letter_id, body="Dear Anna,\n\nThank you. No.\n\nYours truly,\nAileen")
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    assert "No." in carrier.sent[0][1]


def test_an_open_or_empty_letter_and_one_to_nobody_are_not_sent(desk: Desk, letter_id: int) -> None:
    for cells, words in (
        ({"body": "Dear {first_name},\n\nThank you."}, "still open"),
        ({"body": "Dear …,\n\nThank you."}, "still open"),
        ({"body": " "}, "needs a subject and words"),
        ({"body": "Dear Anna,\n\nThank you.", "subject": ""}, "needs a subject"),
        ({"to_address": "conversations@mail.etsy.com"}, "given elsewhere"),
        ({"to_address": "no-reply@c.test"}, "reach nobody"),
        ({"to_address": ""}, "reach nobody"),
        ({"to_address": "zoë@c.test", "subject": "x"}, "Ask for another address"),
    ):
        desk.letters.change(letter_id, **cells)
        with pytest.raises(RefusedError, match=words):
            desk.outbox.queue(letter_id)
        assert state(desk, letter_id) is LetterState.DRAFT


def test_what_the_records_do_not_know_locks_the_letter_until_she_says_it_is_right(
    desk: Desk,
) -> None:
    order_id, _ = desk.orders.add(an_order(email="hannah@example.com"))
    letter_id, _ = desk.letters.write(order_id)
    letter = desk.letters.get(letter_id)
    desk.letters.change(letter_id, body=letter.body.replace("please", "I give you $5.00; please"))
    with pytest.raises(LetterError, match=r"“\$5.00” is no amount of this order"):
        desk.outbox.queue(letter_id)
    (lock,) = desk.letters.locks(desk.letters.get(letter_id))
    desk.letters.waive(letter_id, [lock.key])
    desk.letters.change(letter_id, to_address="someone@example.org")
    with pytest.raises(LetterError, match=r"someone@example\.org"):
        desk.outbox.queue(letter_id)
    desk.letters.change(letter_id, to_address="hannah@example.com")
    desk.outbox.queue(letter_id)
    assert state(desk, letter_id) is LetterState.QUEUED


def test_a_refusal_for_now_is_tried_again_with_growing_waits(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    later = Result(Outcome.NOT_NOW, "the server said: 451 later")
    carrier.begins = [later] * 20
    desk.outbox.queue(letter_id)
    waits = []
    for _ in range(MOST_TRIES):
        due = desk.outbox.next_due_at()
        assert due is not None
        waits.append(due - clock.moment)
        clock.moment = due
        assert len(desk.outbox.send_due()) == 1
    letter = desk.letters.get(letter_id)
    assert waits[1:] == sorted(waits[1:])
    assert len(set(waits)) > 5
    assert (letter.state, letter.trouble) == (LetterState.DRAFT, later.why)
    assert carrier.sent == []


def test_a_refusal_for_good_is_told_on_the_draft(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    carrier.ends = [Result(Outcome.NEVER, "the server said: 554 no")]
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    (letter,) = desk.outbox.send_due()
    assert (letter.state, letter.trouble) == (LetterState.DRAFT, "the server said: 554 no")
    desk.letters.change(letter_id, subject="Re: Your ring")
    assert desk.letters.get(letter_id).trouble is None


def test_a_letter_perhaps_sent_is_never_tried_again_by_itself(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    carrier.ends = [Result(Outcome.UNCLEAR, "the connection broke")]
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    (letter,) = desk.outbox.send_due()
    assert letter.state is LetterState.UNCLEAR
    clock.goes_on(days=1)
    assert desk.outbox.send_due() == []
    assert [each.id for each in desk.outbox.waiting()] == [letter_id]
    assert len(carrier.sent) == 1
    desk.outbox.write_again(letter_id)
    assert state(desk, letter_id) is LetterState.DRAFT


def test_a_crash_before_the_words_is_tried_again_and_one_after_is_unclear(
    desk: Desk, store: Store, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    assert desk.outbox.begin_job() is not None
    assert state(desk, letter_id) is LetterState.CONNECTING
    edges = MailEdges(LetterFiles(), ImapMailbox(), Drawer(), sender=carrier)
    again = build_desk(store, clock, edges=edges)
    again.outbox.recover()
    assert state(again, letter_id) is LetterState.QUEUED
    begin = again.outbox.begin_job()
    assert begin is not None
    assert again.outbox.begin_job() is None, "one letter at a time"
    assert again.outbox.hand_over_job(begin()) is None, "this drawer knows no password"
    assert "no password is known" in str(again.letters.get(letter_id).trouble)
    begin = again.outbox.begin_job("bench-1")
    assert begin is None, "it waits"
    clock.goes_on(hours=1)
    begin = again.outbox.begin_job("bench-1")
    assert begin is not None
    assert again.outbox.hand_over_job(begin()) is not None
    assert state(again, letter_id) is LetterState.HANDING_OVER
    third = build_desk(store, clock, edges=edges)
    third.outbox.recover()
    assert state(third, letter_id) is LetterState.UNCLEAR
    assert third.outbox.begin_job() is None
    assert carrier.sent == []


def seen(post: Post, letter_id: int, *, message_id: str | None = None) -> None:
    letter = post.desk.letters.get(letter_id)
    post.brings(
        [
            Mail(
                message_id or str(letter.message_id), folder="sent", hours=6.01, sender=MAKER,
                to="anna@c.test", subject=letter.subject,
                more={"In-Reply-To": "<q@c.test>", "References": "<q@c.test>"},
            )
        ]
    )  # fmt: skip


def test_sent_is_said_when_the_letter_was_seen_in_sent(
    desk: Desk, clock: FixedClock, letter_id: int, post: Post
) -> None:
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    post.read()
    assert state(desk, letter_id) is LetterState.HANDED_OVER
    assert post.waiting() == ["q@c.test"], "handed over is not yet sent"
    seen(post, letter_id)
    assert state(desk, letter_id) is LetterState.SEEN_IN_SENT
    assert post.waiting() == []


def test_a_doubt_is_settled_by_sent_even_under_another_id(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int, post: Post
) -> None:
    carrier.ends = [Result(Outcome.UNCLEAR, "broke")]
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    seen(post, letter_id, message_id="renamed@server.test")
    letter = desk.letters.get(letter_id)
    assert (letter.state, letter.message_id) == (LetterState.SEEN_IN_SENT, "renamed@server.test")
    assert letter.trouble is None


DSN = (
    "--b\nContent-Type: text/plain\n\nNobody here.\n\n--b\n"
    "Content-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; anna@c.test\nAction: failed\n"
    "Status: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{id}>\n\n--b--"
)


def bounce(id_: str) -> Mail:
    return Mail(
        f"dsn-{id_}", hours=7, sender="Mail Delivery <mailer-daemon@mx.test>", to=MAKER,
        subject="Undelivered", text=DSN.format(id=id_), more={"Return-Path": "<>"},
        content_type='multipart/report; report-type=delivery-status; boundary="b"',
    )  # fmt: skip


def test_a_bounce_stands_on_the_letter_and_the_clock_runs_again(
    desk: Desk, clock: FixedClock, letter_id: int, post: Post
) -> None:
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    seen(post, letter_id)
    post.brings([bounce("another@x.test")])
    clock.goes_on(hours=2)
    post.brings([bounce(str(desk.letters.get(letter_id).message_id))])
    letter = desk.letters.get(letter_id)
    assert (letter.state, letter.trouble) == (LetterState.CAME_BACK, "it could not be delivered")
    assert letter.came_back_at is not None
    assert post.waiting() == ["q@c.test"]


def test_a_bounce_that_seems_earlier_than_the_letter_brings_the_clock_back(
    desk: Desk, clock: FixedClock, letter_id: int, post: Post
) -> None:
    """This computer's clock is half a minute fast, and the bounce names only the address."""
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    seen(post, letter_id)
    assert post.waiting() == []
    text = "--b\n\nnot delivered\n--b\nContent-Type: message/delivery-status\n\n"
    text += "Reporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; anna@c.test\n"
    text += "Action: failed\nStatus: 5.1.1\n--b--"
    post.brings([replace(bounce("x"), hours=6.002, text=text)])
    assert desk.letters.get(letter_id).state is LetterState.CAME_BACK
    assert post.waiting() == ["q@c.test"]


def test_a_copy_that_could_not_be_laid_is_tried_again(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    carrier.copy_trouble = "mail.shop.test:993 did not answer in time"
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    letter = desk.letters.get(letter_id)
    assert (letter.state, letter.copy_state) == (LetterState.HANDED_OVER, CopyState.WANTED)
    assert "its copy in Sent" in str(letter.trouble)
    assert desk.outbox.copy_job() is None, "not at once"
    carrier.copy_trouble = None
    clock.goes_on(minutes=5)
    desk.outbox.send_due()
    assert desk.letters.get(letter_id).copy_state is CopyState.KEPT
    assert len(carrier.sent) == 1


def test_a_copy_is_laid_where_she_says_that_her_sent_letters_are(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    mail = desk.correspondence
    listed = (ListedFolder("Ausgang alt", None, is_read=False),)
    mail.receive((AccountReading(MAKER, clock.now(), listed=listed),))
    carrier.copy_trouble = "no Sent folder was found"
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    mail.reading.choose_folder(MAKER, "Ausgang alt", FolderKind.SENT)
    carrier.copy_trouble = None
    clock.goes_on(minutes=5)
    desk.outbox.send_due()
    assert carrier.sent_folders == ["Ausgang alt"]


def test_that_a_letter_came_back_is_not_hidden_by_trouble_with_its_copy(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int, post: Post
) -> None:
    carrier.copy_trouble = "no Sent folder was found"
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    clock.goes_on(hours=2)
    post.brings([bounce(str(desk.letters.get(letter_id).message_id))])
    assert state(desk, letter_id) is LetterState.CAME_BACK
    desk.outbox.send_due()
    assert desk.letters.get(letter_id).trouble == "it could not be delivered"


def test_gmail_keeps_the_copy_itself(desk: Desk, clock: FixedClock, carrier: Carrier) -> None:
    desk.correspondence.mailboxes.remove(MAKER)
    desk.correspondence.mailboxes.add(an_account("me@gmail.com", "smtp.gmail.com"), "x")
    order_id, _ = desk.orders.add(an_order(email="hannah@example.com"))
    letter_id, _ = desk.letters.write(order_id)
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    assert (state(desk, letter_id), carrier.copies) == (LetterState.HANDED_OVER, [])


def test_without_an_account_that_sends_a_letter_waits_as_a_draft(
    desk: Desk, clock: FixedClock, letter_id: int
) -> None:
    assert desk.outbox.can_send()
    desk.outbox.queue(letter_id)
    desk.correspondence.mailboxes.remove(MAKER)
    clock.goes_on(seconds=20)
    assert desk.outbox.send_due() == []
    assert desk.letters.get(letter_id).trouble == "its mail account is gone"
    desk.correspondence.mailboxes.add(an_account(host=None), "x")
    assert not desk.outbox.can_send()
    with pytest.raises(LetterError, match="No mail account can send"):
        desk.outbox.queue(letter_id)


def test_undo_takes_a_letter_back_while_it_lies_here(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    desk.outbox.queue(letter_id)
    assert desk.history.undo_label() == "Send the letter to Anna Berg"
    taken = desk.history.undo()
    assert taken is not None
    assert (taken.label, state(desk, letter_id)) == (
        "Send the letter to Anna Berg",
        LetterState.DRAFT,
    )
    assert desk.history.undo_label() == "Begin a letter to Anna Berg"
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=5)
    order_id, _ = desk.orders.add(an_order())
    assert desk.history.undo_label() != "Send the letter to Anna Berg", "that came later"
    desk.history.undo()
    assert order_id not in {each.id for each in desk.orders.list(View.ALL)}
    clock.goes_on(seconds=20)
    desk.outbox.send_due()
    desk.history.undo()
    assert state(desk, letter_id) is LetterState.HANDED_OVER, "what left is never forgotten"
    assert [each.id for each in desk.letters.all()] == [letter_id]
    assert len(carrier.sent) == 1


def test_undo_of_its_beginning_never_takes_a_letter_away_that_is_leaving(
    desk: Desk, clock: FixedClock, carrier: Carrier, letter_id: int
) -> None:
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=20)
    carrier.begins = [Result(Outcome.NOT_NOW, "451 later")]
    desk.outbox.send_due()
    desk.history.undo()
    assert state(desk, letter_id) is LetterState.QUEUED
    desk.outbox.take_back(letter_id)
    assert state(desk, letter_id) is LetterState.DRAFT


def test_the_words_on_the_way_are_kept_as_they_left(
    desk: Desk, store: Store, letter_id: int
) -> None:
    desk.outbox.queue(letter_id)
    raw = LetterRows(store).raw(letter_id)
    assert raw.isascii()
    assert raw.endswith("Aileen\r\n")


@pytest.mark.parametrize("renamed", [None, "renamed@server.test"])
def test_an_answer_to_a_shops_form_stops_its_clock(
    desk: Desk, store: Store, clock: FixedClock, tmp_path: Path, renamed: str | None
) -> None:
    post = Post(desk, tmp_path / "mail")
    asked = Mail(
        "form@s.test", sender="Shop (Shopify) <mailer@shopify.com>",
        subject="New customer message on May 4", more={"Reply-To": "fay@x.test"},
        text="Name:\nFay Ro\nEmail:\nfay@x.test\nBody:\nDo you ship?",
    )  # fmt: skip
    post.brings([asked])
    assert post.waiting() == ["form@s.test"]
    letter_id, _ = desk.letters.answer("form@s.test")
    desk.outbox.queue(letter_id)
    clock.goes_on(seconds=21)
    (letter,) = desk.outbox.send_due()
    sent = message_from_string(LetterRows(store).raw(letter_id))
    assert (sent["To"], sent["In-Reply-To"]) == ("Fay Ro <fay@x.test>", None)
    hours = (clock.now() - asked.at).total_seconds() / 3600
    post.brings(
        [
            Mail(
                renamed or str(letter.message_id), folder="sent", hours=hours, sender=MAKER,
                to="fay@x.test", subject=letter.subject,
            )
        ]
    )  # fmt: skip
    assert desk.letters.get(letter_id).state is LetterState.SEEN_IN_SENT
    assert post.waiting() == []
    assert desk.correspondence.mismatches() == []


def test_an_id_made_up_here_is_named_to_nobody(desk: Desk, store: Store, post: Post) -> None:
    raw = (
        Mail("x@c.test", sender="Nan <nan@c.test>").raw().replace(b"Message-ID: <x@c.test>\n", b"")
    )
    file = post.lay(Mail("x@c.test", sender="Nan <nan@c.test>"))
    file.write_bytes(raw)
    post.read()
    (made_up,) = [each for each in post.waiting() if each.startswith("no-id-")]
    letter_id, _ = desk.letters.answer(made_up)
    desk.outbox.queue(letter_id)
    sent = message_from_string(LetterRows(store).raw(letter_id))
    assert (sent["In-Reply-To"], sent["References"]) == (None, None)
