"""Two visitors write through her site's forms; each is a person, and each answer reaches hers."""

from __future__ import annotations

from pathlib import Path

from tests.dovecot import SELLER
from tests.post import Letter
from tests.stories.mailbox_by_imap import running_shop

FORM = "Form Submission - Contact"


def visit(message_id: str, name: str, wish: str) -> Letter:
    address = f"{name.partition(' ')[0].lower()}@freemail.test"
    return Letter(
        message_id,
        sender="Squarespace <form-submission@squarespace.info>",
        to=SELLER,
        subject=FORM,
        text=f"Name: {name}\nEmail: {address}\nMessage: {wish}",
        more={"Auto-Submitted": "auto-generated"},
    )


VISITOR = Letter(
    "wp@shop.test",
    sender=f"Shop <{SELLER}>",
    to=SELLER,
    subject="Contact",
    text="Do you take old gold?",
    more={
        "Reply-To": "Eve <eve@freemail.test>",
        "X-Mailer": "PHPMailer 6.9",
        "Precedence": "junk",
    },
)


def answer(message_id: str, to: str, subject: str, **more: str) -> Letter:
    return Letter(
        message_id, folder="sent", sender=SELLER, to=to, subject=subject, text="Yes.", more=more
    )


def test_the_contact_form(tmp_path: Path) -> None:
    with running_shop(tmp_path) as shop:
        shop.put(visit("f1@sq.test", "Bob Stone", "Could it be gold?"), 0)
        shop.put(visit("f2@sq.test", "Cleo Lind", "A longer chain?"), 1)
        shop.put(VISITOR, 2)
        shop.looks(3)
        told = [
            (each["message_id"], each["person"], each["address"], each["channel"])
            for each in shop.at(3).done("mail", "waiting")
        ]
        assert told == [
            ("f1@sq.test", "Bob Stone", "bob@freemail.test", "form"),
            ("f2@sq.test", "Cleo Lind", "cleo@freemail.test", "form"),
            ("wp@shop.test", "Eve", "eve@freemail.test", "form"),
        ]

        to_robot = answer("r0@shop.test", "form-submission@squarespace.info", f"Re: {FORM}")
        shop.put(to_robot, 4, "Sent")
        shop.put(answer("r1@shop.test", "cleo@freemail.test", "Your chain"), 5, "Sent")
        shop.looks(6)
        assert shop.waiting(6) == ["f1@sq.test", "wp@shop.test"]
        assert "reached nobody" in shop.letters()["r0@shop.test"]["reason"]

        reply = {"In-Reply-To": "<wp@shop.test>"}
        shop.put(answer("r2@shop.test", "eve@freemail.test", "Re: Contact", **reply), 7, "Sent")
        shop.looks(8)
        assert shop.waiting(8) == ["f1@sq.test"]
