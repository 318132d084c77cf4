"""Two customers write within an hour that they were charged twice: she looks before a third does.

One gets a holding letter with a day, the other is called; the proof shows both answered in time.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.mail_cases.case import more
from tests.post import MAKER, Letter

DORA = Letter(
    "dora@c.test",
    sender="Dora Winter <dora@c.test>",
    subject="My card",
    text="I skipped October and was charged twice. Why?",
)
EVE = Letter(
    "eve@c.test",
    hours=0.6,
    sender="Eve Marsh <eve@d.test>",
    subject="Payment",
    text="Hello, I was charged again although I canceled.",
)
HOLDING = Letter(
    "h1@shop.test",
    folder="sent",
    hours=3,
    sender=MAKER,
    to="dora@c.test",
    subject="Re: My card",
    text="Dear Dora, we are looking into it and will write to you by Friday.",
    more=more(In_Reply_To="<dora@c.test>"),
)


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    shop = a_shop(tmp_path / "desk")
    assert shop.run("mail", "identity", "add", MAKER).status == 0
    return shop


def _at(shop: CommandLine, time: str) -> CommandLine:
    return CommandLine(shop.folder, now=time)


def _comes(shop: CommandLine, folder: Path, *letters: Letter) -> None:
    for letter in letters:
        file = folder / f"{letter.id}.eml"
        file.write_bytes(letter.raw())
        assert shop.run("mail", "read", file, "--as", letter.folder).status == 0


def test_a_batch_that_ran_twice_is_noticed_by_its_letters(
    shop: CommandLine, tmp_path: Path
) -> None:
    morning = _at(shop, "2026-10-05T05:00-04:00")
    _comes(morning, tmp_path, DORA, EVE)
    (alarm,) = morning.done("mail", "trouble")
    assert (alarm["key"], [each["person"] for each in alarm["letters"]]) == (
        "charge",
        ["Dora Winter", "Eve Marsh"],
    )
    first, *others = morning.done("agenda")
    assert first["kind"] == "mail_trouble"
    assert {each["kind"] for each in others} == {"email"}

    noon = _at(shop, "2026-10-05T08:00-04:00")
    _comes(noon, tmp_path, HOLDING)
    noon.run("mail", "holding", "h1@shop.test", "--by", "2026-10-09", "--note", "the refund")
    called_at = "2026-10-05T07:10-04:00"
    noon.run("mail", "answered", "eve@c.test", "--how", "by telephone", "--at", called_at)
    noon.run("mail", "looked-into", "charge", "--why", "the processor ran the batch twice")
    assert noon.done("mail", "waiting") == []
    assert [each["kind"] for each in noon.done("agenda")] == ["promise"]

    friday = _at(shop, "2026-10-10T01:00-04:00")
    (promise,) = friday.done("agenda")
    assert (promise["kind"], promise["state"]) == ("promise", "late")
    _comes(friday, tmp_path, replace(HOLDING, id="h2@shop.test", hours=116))
    assert friday.done("agenda") == []
    proof = friday.done("mail", "proof")
    assert (proof["letters"], proof["within_24_hours"], proof["exceptions"]) == (2, 2, [])
    assert friday.run("undo").status == 0
    assert [each["key"] for each in noon.done("mail", "trouble")] == ["charge"]
