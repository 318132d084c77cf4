"""An email waits for 24 hours, is answered from the phone, and the answer comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from jeweler_desk.cli import desk as program
from tests.cli.command_line import CommandLine, a_shop
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, running_dovecot
from tests.keyrings import MemoryKeyring, using
from tests.mail_cases.bounces import bounce
from tests.post import ANNA, Letter

MONDAY = "2026-10-05T08:00:00Z"


def at(hours: float) -> str:
    """Return an instant, counted from Anna's question on Monday morning."""
    moment = Letter("q1@c.test").at + timedelta(hours=hours)
    return moment.isoformat()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    if not is_installed():
        pytest.skip("Dovecot is not installed")
    with running_dovecot(tmp_path_factory.mktemp("server"), sent_name="Gesendet") as running:
        yield running


@pytest.fixture
def shop(tmp_path: Path, server: Dovecot) -> Iterator[CommandLine]:
    """A desk that knows the seller's mailbox."""
    with using(MemoryKeyring()):
        shop = a_shop(tmp_path / "desk")
        words = ["--desk", str(shop.folder), "mail", "account", "add", SELLER]
        words += ["--imap", f"localhost:{server.tls_port}", "--ca-file", str(server.certificate)]
        added = CliRunner().invoke(program, [*words, "--password-stdin"], input=f"{PASSWORD}\n")
        assert added.exit_code == 0
        yield shop


class Phone:
    """What reaches the mailbox, and what the seller sends from her phone."""

    def __init__(self, server: Dovecot) -> None:
        self._server = server

    def put(self, letter: Letter, folder: str = "INBOX") -> None:
        client = self._server.client()
        client.append(folder, letter.raw().replace(b"\n", b"\r\n"), msg_time=letter.at)
        client.logout()


def fetched(shop: CommandLine, hours: float) -> CommandLine:
    """Look into the mailbox at that hour, and go on from there."""
    then = CommandLine(shop.folder, at(hours))
    assert [each["error"] for each in then.done("mail", "fetch")] == [None]
    return then


def emails(shop: CommandLine) -> list[tuple[str, str]]:
    """Return the letters on the agenda, by link and state."""
    return [
        (each["link"], each["state"]) for each in shop.done("agenda") if each["kind"] == "email"
    ]


def test_the_24_hour_reminder(shop: CommandLine, server: Dovecot) -> None:
    phone = Phone(server)
    phone.put(Letter("q1@c.test", to=SELLER))
    phone.put(Letter("news@n.test", hours=1, sender="news@n.test", more={"List-Id": "<n.test>"}))

    monday_noon = fetched(shop, 4)
    assert emails(monday_noon) == [("mail:q1@c.test", "due")]
    (row,) = monday_noon.done("mail", "waiting")
    assert (row["waiting_since"], row["due_at"]) == (MONDAY, "2026-10-06T08:00:00Z")

    # Her second letter does not move the deadline.
    phone.put(Letter("q2@c.test", hours=9, to=SELLER, more={"In-Reply-To": "<q1@c.test>"}))
    tuesday = fetched(shop, 26)
    assert emails(tuesday) == [("mail:q1@c.test", "late")]
    assert tuesday.done("mail", "waiting")[0]["hours_waiting"] == 26.0

    # She answers from the phone; the desk sees it in the mailbox's own Sent folder.
    answer = {"In-Reply-To": "<q2@c.test>"}
    reply = Letter("r1@shop.test", "sent", 27, SELLER, ANNA, "Re: Ring", more=answer)
    phone.put(reply, "Gesendet")
    answered = fetched(shop, 28)
    assert emails(answered) == []
    rows = {each["message_id"]: each for each in answered.done("mail", "list")}
    assert rows["r1@shop.test"]["decision"] == "stop"
    assert "your reply in the same thread" in rows["r1@shop.test"]["reason"]
    assert rows["news@n.test"]["decision"] == "ignore"

    # The letter comes back: the clock runs again from where it began.
    phone.put(replace(bounce(), hours=29, to=SELLER))
    came_back = fetched(shop, 30)
    assert emails(came_back) == [("mail:q1@c.test", "late")]
    assert came_back.done("mail", "waiting")[0]["waiting_since"] == MONDAY

    # She calls Anna and says so.
    assert came_back.run("mail", "answered", "q1@c.test", "--how", "by phone").status == 0
    assert emails(came_back) == []

    # The next letter starts a clock of its own.
    phone.put(Letter("q3@c.test", hours=40, to=SELLER, more={"In-Reply-To": "<r1@shop.test>"}))
    assert emails(fetched(shop, 41)) == [("mail:q3@c.test", "due")]
