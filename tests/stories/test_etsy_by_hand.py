"""A buyer writes on Etsy: mail to Etsy answers nobody, her own word does, and can be taken back."""

from __future__ import annotations

from pathlib import Path

from tests.dovecot import SELLER
from tests.post import Letter
from tests.stories.mailbox_by_imap import running_shop


def news(message_id: str, subject: str) -> Letter:
    return Letter(
        message_id,
        sender="Etsy <no-reply@account.etsy.com>",
        to=SELLER,
        subject=subject,
        text="View message",
        more={"List-Unsubscribe": "<https://www.etsy.com/unsubscribe>"},
    )


SALE = Letter(
    "sale@etsy.test",
    sender="Etsy <transaction@etsy.com>",
    to=SELLER,
    subject="You made a sale on Etsy - Dispatch by Oct 9 - [US$39.40, Order #3512000101]",
    text="Congratulations!",
)
TO_ETSY = Letter(
    "r1@shop.test",
    folder="sent",
    sender=SELLER,
    to="Ashlee <no-reply@account.etsy.com>",
    subject="Re: Etsy Conversation with Ashlee",
    text="Yes!",
    more={"In-Reply-To": "<e1@etsy.test>"},
)


def test_etsy_by_hand(tmp_path: Path) -> None:
    with running_shop(tmp_path) as shop:
        shop.put(news("e1@etsy.test", "Etsy Conversation with Ashlee"), 0)
        shop.put(news("e2@etsy.test", "Re: Etsy Conversation with Ashlee"), 4)
        shop.put(SALE, 5)
        shop.put(TO_ETSY, 6, "Sent")
        shop.looks(7)
        (row,) = shop.at(7).done("mail", "waiting")
        assert (row["message_id"], row["person"], row["channel"]) == (
            "e1@etsy.test",
            "Ashlee",
            "etsy",
        )
        letters = shop.letters()
        assert {key: each["decision"] for key, each in letters.items()} == {
            "e1@etsy.test": "start",
            "e2@etsy.test": "keep",
            "sale@etsy.test": "action",
            "r1@shop.test": "keep",
        }
        assert letters["r1@shop.test"]["reason"] == (
            "mail to Etsy reaches nobody; answer in Etsy's Messages"
        )

        said = shop.at(8).run("mail", "answered", "e1@etsy.test", "--how", "on Etsy")
        assert said.status == 0, said
        assert shop.waiting(8) == []
        assert "you said: answered (on Etsy)" in shop.letters()["e1@etsy.test"]["reason"]
        assert shop.at(8).run("undo").status == 0
        assert shop.waiting(8) == ["e1@etsy.test"]
        assert shop.at(8).run("redo").status == 0

        shop.put(news("e3@etsy.test", "Re: Etsy Conversation with Ashlee"), 9)
        shop.put(news("e4@etsy.test", "Ashlee needs help with an order they placed"), 9.5)
        shop.looks(10)
        assert shop.waiting(10) == ["e3@etsy.test", "e4@etsy.test"], "help is a thread of its own"
