"""She answers on her telephone; the desk sees it in Sent and is silent, and a slip comes back."""

from __future__ import annotations

from pathlib import Path

from tests.dovecot import SELLER
from tests.post import ANNA, Letter
from tests.stories.mailbox_by_imap import Shop, running_shop

QUESTION = Letter("q1@c.test", to=SELLER)
ANSWER = Letter(
    "phone-1@shop.test",
    folder="sent",
    sender=SELLER,
    to=ANNA,
    subject="Re: Ring",
    text="Yes, in your size.",
    more={"In-Reply-To": "<q1@c.test>", "X-Mailer": "iPhone Mail (22A3354)"},
)


def flagged(shop: Shop, *, is_on: bool) -> None:
    """Another program marks the second question as answered, or takes the mark away."""
    client = shop.server.client()
    client.select_folder("INBOX")
    change = client.add_flags if is_on else client.remove_flags
    change(client.search(["SUBJECT", "Chain"]), [b"\\Answered"])
    client.logout()


def test_answered_from_the_telephone(tmp_path: Path) -> None:
    with running_shop(tmp_path) as shop:
        shop.put(QUESTION, 0)
        shop.looks(0.1)
        (row,) = shop.at(0.1).done("mail", "waiting")
        assert (row["person"], row["due_at"]) == ("Anna Berg", "2026-10-06T14:00:00Z")

        shop.put(ANSWER, 5, "Sent")
        shop.looks(30)
        assert shop.waiting(30) == []
        assert shop.at(30).done("agenda") == [], "the look into Sent came before any alarm"
        reason = shop.letters()["phone-1@shop.test"]["reason"]
        assert reason.startswith("your reply in the same thread, written on the iPhone: Mon 5 Oct")

        shop.put(Letter("q2@d.test", to=SELLER, sender="Bo <bo@d.test>", subject="Chain"), 31)
        flagged(shop, is_on=True)
        shop.looks(32)
        assert shop.waiting(32) == []
        assert "marked as answered by another program" in shop.letters()["q2@d.test"]["reason"]
        flagged(shop, is_on=False)
        shop.looks(33)
        (row,) = shop.at(33).done("mail", "waiting")
        assert (row["message_id"], row["waiting_since"]) == ("q2@d.test", "2026-10-06T21:00:00Z")
