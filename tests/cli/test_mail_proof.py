"""The proof and the alarms, typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, refused
from tests.mail_cases.case import Q, reply
from tests.post import MAKER, Letter


@pytest.fixture
def mail(shop: CommandLine, tmp_path: Path) -> CommandLine:
    assert shop.run("mail", "identity", "add", MAKER).status == 0
    letters = {
        "inbox": [
            Q,
            Letter("b@x.test", hours=1, sender="Bo <bo@d.test>", text="I was charged twice!"),
            Letter("c@x.test", hours=1.5, sender="Cy <cy@e.test>", text="Why was I charged again"),
        ],
        "sent": [reply(hours=0.5)],
    }
    for kind, found in letters.items():
        (tmp_path / kind).mkdir()
        for each in found:
            (tmp_path / kind / f"{each.id}.eml").write_bytes(each.raw())
        assert shop.run("mail", "read", tmp_path / kind, "--as", kind).status == 0
    return shop


def test_the_proof_by_month(mail: CommandLine) -> None:
    later = CommandLine(mail.folder, now="2026-10-09T10:00:00-04:00")
    proof = later.done("mail", "proof")
    assert (proof["letters"], proof["within_24_hours"], proof["within_1_hour"]) == (3, 1, 1)
    assert [each["month"] for each in proof["months"]] == ["2026-10"]
    assert {each["message_id"] for each in proof["exceptions"]} == {"b@x.test", "c@x.test"}
    assert all(each["answered_at"] is None for each in proof["exceptions"])
    said = later.run("mail", "proof", "--months", "1", "--working-days").said
    assert "1 of 3 (33 %) within 24 hours · 1 within the hour" in said
    assert "late: Bo" in said
    assert mail.done("mail", "proof")["running"] == 2


def test_is_something_wrong(mail: CommandLine) -> None:
    (alarm,) = mail.done("mail", "trouble")
    assert (alarm["key"], alarm["customers"]) == ("charge", 2)
    assert [each["person"] for each in alarm["letters"]] == ["Bo", "Cy"]
    assert "Bo: I was charged twice!" in mail.run("mail", "trouble").said
    assert "mail_trouble" in {each["kind"] for each in mail.done("agenda")}
    refused(mail.run("mail", "looked-into", "code", "--why", "x"), "no alarm")
    assert mail.run("mail", "looked-into", "charge", "--why", "the batch ran twice").status == 0
    assert mail.done("mail", "trouble") == []
    assert "Nothing" in mail.run("mail", "trouble").said
