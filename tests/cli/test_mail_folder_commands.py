"""The commands of folders and freshness, against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.cli.test_mail_commands import typed
from tests.dovecot import PASSWORD, SELLER, is_installed, running_dovecot
from tests.keyrings import MemoryKeyring, using

pytestmark = pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[CommandLine]:
    with using(MemoryKeyring()):
        yield a_shop(tmp_path / "desk")


def test_folders_are_listed_chosen_and_left(shop: CommandLine, tmp_path: Path) -> None:
    place = tmp_path / "server"
    place.mkdir()
    with running_dovecot(place) as server:
        client = server.client()
        client.create_folder("Etsy")
        client.logout()
        imap = f"localhost:{server.tls_port}"
        added = typed(
            shop, PASSWORD, "mail", "account", "add", SELLER, "--imap", imap,
            "--ca-file", str(server.certificate), "--password-stdin",
        )  # fmt: skip
        assert added.status == 0, added.aside
        assert shop.run("mail", "freshness").said == "Not looked yet.\n"
        assert "No folder is known yet" in shop.run("mail", "folder", "list", SELLER).said
        assert shop.run("mail", "fetch").status == 0
        assert shop.run("mail", "folder", "read", SELLER, "Etsy").status == 0
        shown = shop.done("mail", "folder", "list", SELLER)
        assert {"folder": "Etsy", "kind": "inbox", "read": True} in shown
        assert shop.run("mail", "folder", "leave", SELLER, "Archive").status == 0
        listed = shop.run("mail", "folder", "list", SELLER).said
        assert "Archive · not read" in listed
        assert "Sent · read as sent" in listed
    (row,) = shop.done("mail", "freshness")
    assert (row["address"], row["error"], row["warning"], row["stale"]) == (
        SELLER, None, False, False,
    )  # fmt: skip
    assert row["looked_at"].startswith("2026-10-05T")
    refused = shop.run("mail", "folder", "read", SELLER, "Nowhere")
    assert refused.status == 3
    assert "has no folder “Nowhere”" in refused.aside
