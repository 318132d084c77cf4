"""The letter commands: drafts, templates, and what hinders a letter from leaving."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from jeweler_desk.cli import desk as program
from tests.cli.command_line import BOUGHT, CommandLine, refused, written


@pytest.fixture
def order(shop: CommandLine) -> str:
    shop.done("settings", "shop.signature", "Aileen")
    file = written(
        shop.folder.parent,
        {
            "number": "D-1", "placed_on": "2026-10-05", "customer": "Hannah Lindqvist",
            "email": "hannah@example.com", "line_items": [BOUGHT],
            "total": {"amount": "80.00", "currency": "USD"},
        },
    )  # fmt: skip
    return str(shop.done("add", file)["number"])


def test_a_draft_is_written_shown_changed_and_let_go(shop: CommandLine, order: str) -> None:
    begun = shop.done("letter", "write", order)
    letter_id = str(begun["id"])
    assert (begun["state"], begun["kind"], begun["order"]) == ("draft", "thanks", order)
    shop.done("letter", "edit", letter_id, "--to", "h@example.org", "--subject", "Hello")
    result = CliRunner().invoke(
        program,
        ["--desk", str(shop.folder), "letter", "edit", letter_id, "--text", "-"],
        input="Dear Hanna,\n\nYou owe $5.00.\n",
    )
    assert result.exit_code == 0
    shown = shop.done("letter", "show", letter_id)
    assert (shown["to_address"], shown["subject"]) == ("h@example.org", "Hello")
    kinds = [each["kind"] for each in shown["findings"] if each["locks"]]
    assert sorted(kinds) in (["amount", "name"], ["address", "amount", "name"])
    told = shop.run("letter", "show", letter_id)
    assert "Dear Hanna," in told.said
    assert "amount:$5.00  “$5.00” is no amount" in told.aside
    listed = shop.run("letter", "list")
    assert "draft" in listed.said
    assert shop.run("letter", "let-go", letter_id).status == 0
    assert shop.run("letter", "list").said == "There is no letter yet.\n"
    shop.done("undo")
    assert len(shop.done("letter", "list", "--order", order)) == 1


def test_her_word_is_kept_on_what_differs(shop: CommandLine, order: str) -> None:
    letter_id = str(shop.done("letter", "write", order)["id"])
    text = "Dear Hannah,\n\nThank you. You owe $5.00.\n\nYours truly,\nAileen"
    shop.done("letter", "edit", letter_id, "--text", text)
    shop.run("letter", "right", letter_id, "amount:$5.00")
    (finding,) = shop.done("letter", "show", letter_id)["findings"]
    assert finding["waived"] is True


def test_without_an_account_nothing_is_queued(shop: CommandLine, order: str) -> None:
    letter_id = str(shop.done("letter", "write", order)["id"])
    refused(shop.run("letter", "queue", letter_id), "No mail account can send", "Nothing was sent")
    refused(shop.run("letter", "take-back", letter_id), "still a draft")
    refused(shop.run("letter", "write-again", letter_id), "still a draft")
    refused(shop.run("letter", "show", "99"), "no letter 99")
    refused(shop.run("letter", "write", order, "--template", "nothing"), "no template")
    refused(shop.run("letter", "answer", "nobody@x.test"), "no message")
    assert shop.done("letter", "send") == []


def test_templates_are_listed_kept_and_dropped(shop: CommandLine) -> None:
    body = "Dear {first_name},\n\nThank you.\n\nYours truly,\n{signature}"
    assert (
        shop.run("letter", "template", "keep", "fair", "--subject", "F", "--text", body).status == 0
    )
    refused(
        shop.run("letter", "template", "keep", "x", "--subject", "F", "--text", "{price}"),
        "no field",
    )
    names = {each["name"]: each["own"] for each in shop.done("letter", "template", "list")}
    assert names["fair"] is True
    assert names["shipping"] is False
    assert "fair" in shop.run("letter", "template", "list").said
    assert shop.run("letter", "template", "drop", "fair").status == 0
    refused(shop.run("letter", "template", "drop", "fair"), "of your own")


def test_a_queued_letter_waits_for_its_server(shop: CommandLine, order: str) -> None:
    account = ("maker@shop.test", "--imap", "localhost:1", "--smtp", "localhost:1")
    assert shop.run("mail", "account", "add", *account).status == 0
    letter_id = str(shop.done("letter", "write", order)["id"])
    queued = shop.run("letter", "queue", letter_id)
    assert "leaves in 20 seconds" in queued.aside
    assert "queued" in queued.said
    later = CommandLine(shop.folder, "2026-10-05T10:01:00-04:00")
    sent = later.run("letter", "send")
    assert sent.status == 1
    assert f"{letter_id}: " in sent.aside
    assert "1 letter in the outbox" in sent.said
    assert later.run("letter", "take-back", letter_id).status == 0
