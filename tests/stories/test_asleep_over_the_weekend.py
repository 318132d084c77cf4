"""The computer sleeps from Friday to Monday; one letter was answered from the phone meanwhile.

A real mailbox (Dovecot) and a real desktop (dunst): the look comes first, then one notice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from jeweler_desk.cli import desk as program
from tests.cli.command_line import CommandLine, a_shop
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, running_dovecot
from tests.dunst import Dunst, running_dunst
from tests.dunst import is_installed as has_dunst
from tests.keyrings import MemoryKeyring, using
from tests.post import ANNA, ASKED_AT, Letter

pytestmark = pytest.mark.skipif(
    not (is_installed() and has_dunst()), reason="Dovecot or dunst is not installed"
)
FRIDAY = datetime(2026, 10, 9, 22, 0, tzinfo=UTC)  # 18:00 in New York
MONDAY = datetime(2026, 10, 12, 12, 5, tzinfo=UTC)  # 8:05, after the quiet hours


def after(since: datetime) -> float:
    """Return an instant as the letters of a test count: in hours."""
    return (since - ASKED_AT) / timedelta(hours=1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with running_dovecot(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def dunst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dunst]:
    folder = tmp_path / "desktop"
    folder.mkdir()
    with running_dunst(folder) as (running, address):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield running


@pytest.fixture
def shop(tmp_path: Path, server: Dovecot) -> Iterator[CommandLine]:
    with using(MemoryKeyring()):
        shop = a_shop(tmp_path / "desk")
        words = ["--desk", str(shop.folder), "--now", FRIDAY.isoformat()]
        words += ["mail", "account", "add", SELLER]
        words += ["--imap", f"localhost:{server.tls_port}", "--ca-file", str(server.certificate)]
        added = CliRunner().invoke(program, [*words, "--password-stdin"], input=f"{PASSWORD}\n")
        assert added.exit_code == 0
        yield shop


def at(shop: CommandLine, moment: datetime) -> CommandLine:
    return CommandLine(shop.folder, moment.isoformat())


def shown(dunst: Dunst) -> list[tuple[str, str]]:
    """Return what popped up and was put away since, the newest first."""
    dunst.control("close-all")
    told = json.loads(dunst.control("history"))["data"][0]
    return [(each["summary"]["data"], each["body"]["data"]) for each in told]


def test_asleep_over_the_weekend(shop: CommandLine, server: Dovecot, dunst: Dunst) -> None:
    def arrives(letter: Letter, folder: str = "INBOX") -> None:
        client = server.client()
        client.append(folder, letter.raw().replace(b"\n", b"\r\n"), msg_time=letter.at)
        client.logout()

    # Friday, 18:00: three letters came in the afternoon; nothing is urgent yet.
    for hours, name in (
        (-3, "Anna Berg <anna@c.test>"),
        (-2, "Bo <bo@c.test>"),
        (-1, "Cy <cy@c.test>"),
    ):
        id_ = name.partition("<")[2].rstrip(">")
        arrives(Letter(id_, "inbox", after(FRIDAY) + hours, name, SELLER, "A question"))
    friday = at(shop, FRIDAY)
    assert friday.done("mail", "fetch")[0]["error"] is None
    assert friday.run("agenda", "--notify").aside == "There is nothing new to notify of.\n"
    assert len(friday.done("sweep")["due"]) == 3
    # The lid is closed. On Saturday she answers Anna from her phone.
    headers = {"In-Reply-To": "<anna@c.test>"}
    answer = Letter("re@shop.test", "sent", after(FRIDAY) + 15, SELLER, ANNA, "Re: A question")
    arrives(
        Letter(answer.id, "sent", answer.hours, SELLER, ANNA, answer.subject, more=headers), "Sent"
    )

    # Monday, 8:05: the mailbox is looked at first, then one notice tells of what is still open.
    monday = at(shop, MONDAY)
    assert monday.done("mail", "fetch")[0]["error"] is None
    assert monday.run("agenda", "--notify").status == 0
    ((title, text),) = shown(dunst)
    assert title == "2 emails passed 24 hours while the desk was closed"
    assert text.splitlines() == ["Bo, Cy", "As of 08:05"]

    # A minute later, and after another look, nothing is told again.
    later = at(shop, MONDAY + timedelta(minutes=1))
    later.done("mail", "fetch")
    assert later.run("agenda", "--notify").aside == "There is nothing new to notify of.\n"

    # The evening sweep has both, the late first; what was answered on Saturday is no question.
    sweep = at(shop, MONDAY + timedelta(hours=11)).done("sweep")
    assert [each["person"] for each in sweep["late"]] == ["Bo", "Cy"]
    assert not (sweep["due"] or sweep["maybe_answered"] or sweep["set_aside"])
