"""The power goes at every step of sending: no letter leaves twice, none is said to have left."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.letter import LetterState
from jeweler_desk.domain.mailbox import MailAccount
from tests.builders import an_order
from tests.doomed import doomed, send_letters
from tests.dovecot import free_port, make_certificate
from tests.fakes import FixedClock
from tests.smtp_server import USER, running_smtp

STEPS = ("claimed", "begun", "handing over", "handed", "settled")
TWICE = 2 * len(STEPS)


def test_no_letter_leaves_twice_whenever_the_power_goes(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    folder = tmp_path / "desk"
    port = free_port()
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.settings.set("shop.signature", "Aileen")
        account = MailAccount(
            USER, "localhost", 1, USER, smtp_host="localhost", smtp_port=port,
            ca_file=str(certificate),
        )  # fmt: skip
        desk.correspondence.mailboxes.add(account, None)
        for number in range(4 * TWICE):
            order = an_order(number=f"#{number}", email=f"hannah{number}@example.com")
            order_id, _ = desk.orders.add(order)
            desk.outbox.queue(desk.letters.write(order_id)[0])

    said: list[str] = []
    with running_smtp(certificate, key, port) as server, doomed() as hand:
        for acts in (*range(1, TWICE), *range(1, TWICE, 2)):
            said += hand.works(send_letters.__name__, folder, acts=acts)
        taken = Counter(
            str(each.message["Message-ID"]).strip("<>") for each in server.postmaster.received
        )

    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.outbox.recover()
        letters = desk.letters.all()
    assert all(count == 1 for count in taken.values())
    for letter in letters:
        received = taken[str(letter.message_id)]
        if letter.state is LetterState.HANDED_OVER:
            assert received == 1
        elif letter.state is LetterState.QUEUED:
            assert received == 0
        else:
            assert letter.state is LetterState.UNCLEAR
    states = {each.state for each in letters}
    assert states >= {LetterState.HANDED_OVER, LetterState.UNCLEAR}, states
