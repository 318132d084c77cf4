"""Her answer comes back days later: the question waits again since it was asked, and is late."""

from __future__ import annotations

from pathlib import Path

from tests.dovecot import SELLER
from tests.post import ANNA, Letter
from tests.stories.mailbox_by_imap import running_shop

QUESTION = Letter("q1@c.test", to=SELLER)


def answer(message_id: str, to: str) -> Letter:
    return Letter(
        message_id,
        folder="sent",
        sender=SELLER,
        to=to,
        subject="Re: Ring",
        text="Yes, with pleasure.",
        more={"In-Reply-To": "<q1@c.test>"},
    )


def report(message_id: str, action: str, about: str) -> Letter:
    text = (
        "--b\nContent-Type: text/plain\n\nIt did not arrive.\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\n"
        f"Final-Recipient: rfc822; anna@c.test\nAction: {action}\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{about}>\n\n--b--\n"
    )
    return Letter(
        message_id,
        sender="MAILER-DAEMON@mx.test",
        to=SELLER,
        subject="Delivery report",
        text=text,
        more={"Return-Path": "<>"},
        content_type="multipart/report; report-type=delivery-status; boundary=b",
    )


def test_the_bounce(tmp_path: Path) -> None:
    with running_shop(tmp_path) as shop:
        shop.put(QUESTION, 0)
        shop.put(answer("r1@shop.test", ANNA), 3, "Sent")
        shop.looks(4)
        assert shop.waiting(4) == []

        shop.put(report("delay@mx.test", "delayed", "r1@shop.test"), 8)
        shop.looks(9)
        assert shop.waiting(9) == [], "delayed is not failed"

        shop.put(report("dsn@mx.test", "failed", "r1@shop.test"), 27)
        shop.looks(28)
        (row,) = shop.at(28).done("mail", "waiting")
        assert (row["message_id"], row["state"], row["hours_waiting"]) == ("q1@c.test", "late", 28)
        letters = shop.letters()
        assert letters["dsn@mx.test"]["decision"] == "reopen"
        assert "your letter came back" in letters["dsn@mx.test"]["reason"]

        shop.put(answer("r2@shop.test", "Anna <anna.berg@home.test>"), 29, "Sent")
        shop.looks(30)
        assert shop.waiting(30) == ["q1@c.test"], "nobody said that this is Anna as well"
        linked = shop.at(30).run("mail", "person", "link", "anna@c.test", "anna.berg@home.test")
        assert linked.status == 0, linked
        assert shop.waiting(30) == []
