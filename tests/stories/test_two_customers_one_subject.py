"""Two customers write under one subject in one hour; no answer to one closes the other's clock."""

from __future__ import annotations

from pathlib import Path

from tests.dovecot import SELLER
from tests.post import ANNA, Letter
from tests.stories.mailbox_by_imap import running_shop

BO = "Bo Lund <bo@d.test>"


def question(message_id: str, sender: str) -> Letter:
    return Letter(message_id, to=SELLER, sender=sender, more={"Thread-Index": "AdX0"})


def answer(message_id: str, to: str, about: str = "") -> Letter:
    more = {"In-Reply-To": f"<{about}>"} if about else {}
    return Letter(
        message_id,
        folder="sent",
        sender=SELLER,
        to=to,
        subject="Re: Ring",
        text="Yes.",
        more=more,
    )


def test_two_customers_one_subject(tmp_path: Path) -> None:
    with running_shop(tmp_path) as shop:
        shop.put(question("q1@c.test", ANNA), 0)
        shop.put(question("q2@d.test", BO), 0.5)
        shop.looks(1)
        assert shop.waiting(1) == ["q1@c.test", "q2@d.test"]

        shop.put(answer("r1@shop.test", BO), 2, "Sent")
        shop.looks(3)
        (row,) = shop.at(3).done("mail", "waiting")
        assert (row["message_id"], row["address"]) == ("q1@c.test", "anna@c.test")
        assert "same subject" in shop.letters()["r1@shop.test"]["reason"]

        shop.put(answer("r2@shop.test", BO, "q1@c.test"), 4, "Sent")
        shop.looks(5)
        assert shop.waiting(5) == ["q1@c.test"], "her id, but it went to another"

        shop.put(answer("r3@shop.test", ANNA, "q1@c.test"), 6, "Sent")
        shop.looks(7)
        assert shop.waiting(7) == []
        letters = shop.letters()
        assert [letters[each]["decision"] for each in ("r1@shop.test", "r2@shop.test")] == [
            "stop",
            "keep",
        ]
        assert letters["r3@shop.test"]["decision"] == "stop"
