"""The mail commands: their JSON to the letter, their exit statuses, passwords kept safe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from keyring.backends.fail import Keyring as NoKeyring

from jeweler_desk.cli import desk as program
from jeweler_desk.mail.credentials import SERVICE
from tests.cli.command_line import NOW, Answer, CommandLine, a_shop
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, running_dovecot
from tests.keyrings import MemoryKeyring, using
from tests.post import ANNA, MAKER, Letter

QUESTION = Letter("q1@c.test")
REPLY = Letter(
    "r1@shop.test",
    folder="sent",
    hours=2,
    sender=MAKER,
    to=ANNA,
    subject="Re: Ring",
    more={"In-Reply-To": "<q1@c.test>"},
)


@pytest.fixture
def keyring() -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with using(backend):
        yield backend


@pytest.fixture
def shop(tmp_path: Path, keyring: MemoryKeyring) -> CommandLine:
    del keyring
    return a_shop(tmp_path / "desk")


def mailed(folder: Path, *letters: Letter) -> Path:
    """Lay letters as .eml files."""
    folder.mkdir(exist_ok=True)
    for letter in letters:
        (folder / f"{letter.id}.eml").write_bytes(letter.raw())
    return folder


def typed(shop: CommandLine, line: str, *words: str) -> Answer:
    """Run a command that reads a line from standard input."""
    arguments = ["--desk", str(shop.folder), "--now", NOW, *words]
    result = CliRunner().invoke(program, arguments, input=f"{line}\n")
    return Answer(result.exit_code, result.stdout, result.stderr)


def test_reading_lists_and_waiting_to_the_letter(shop: CommandLine, tmp_path: Path) -> None:
    inbox = mailed(tmp_path / "in", QUESTION)
    read = shop.done("mail", "read", inbox, "--as", "inbox")
    assert read == {"read": 1, "new": 1, "moved": 0, "gone": 0, "set_aside": []}
    (row,) = shop.done("mail", "list")
    assert row == {
        "message_id": "q1@c.test",
        "folder": "inbox",
        "from": "anna@c.test",
        "subject": "Ring",
        "received_at": "2026-10-05T08:00:00Z",
        "decision": "start",
        "reason": "a letter, received Mon 5 Oct 2026 04:00",
        "channel": "email",
        "person": "Anna Berg",
        "clock": "waiting",
    }
    assert shop.done("mail", "waiting") == [
        {
            "message_id": "q1@c.test",
            "person": "Anna Berg",
            "address": "anna@c.test",
            "subject": "Ring",
            "channel": "email",
            "waiting_since": "2026-10-05T08:00:00Z",
            "due_at": "2026-10-06T08:00:00Z",
            "state": "due",
            "hours_waiting": 6.0,
        }
    ]
    shop.done("mail", "read", mailed(tmp_path / "out", REPLY), "--as", "sent")
    assert [each["decision"] for each in shop.done("mail", "list")] == ["stop", "start"]
    assert shop.done("mail", "waiting") == []


def test_the_same_in_words(shop: CommandLine, tmp_path: Path) -> None:
    assert shop.run("mail", "waiting").said == "Every letter is answered.\n"
    inbox = mailed(tmp_path / "in", QUESTION)
    told = shop.run("mail", "read", inbox, "--as", "inbox").said
    assert told == "1 message read: 1 new, 0 moved, 0 gone.\n"
    assert shop.run("mail", "waiting").said == "due      6.0 h  Anna Berg · Ring\n"
    assert shop.run("mail", "list").said.startswith("start   Anna Berg · Ring · a letter")


def test_now_makes_late_and_hides_nothing(shop: CommandLine, tmp_path: Path) -> None:
    shop.done("mail", "read", mailed(tmp_path / "in", QUESTION), "--as", "inbox")
    for now, state in (("2026-10-06T08:00:00Z", "late"), ("2026-10-04T08:00:00Z", "due")):
        (row,) = CommandLine(shop.folder, now).done("mail", "waiting")
        assert row["state"] == state


def test_what_cannot_be_read_is_named_and_the_status_is_1(
    shop: CommandLine, tmp_path: Path
) -> None:
    inbox = mailed(tmp_path / "in", QUESTION)
    (inbox / "bad.eml").write_bytes(b"")
    answer = shop.run("mail", "read", inbox, "--as", "inbox", "--json")
    assert answer.status == 1
    assert answer.json["new"] == 1
    assert answer.json["set_aside"] == [
        {"file": str(inbox / "bad.eml"), "reason": "The file is empty."}
    ]
    assert "bad.eml" in answer.aside
    (row,) = shop.done("mail", "set-aside")
    assert (row["message"], row["reason"]) == (str(inbox / "bad.eml"), "The file is empty.")
    assert (row["account"], row["came_at"]) == (None, None)
    told = shop.run("mail", "set-aside").said
    assert "The file is empty." in told
    assert "in your mail program" in told
    (inbox / "bad.eml").unlink()
    shop.done("mail", "read", inbox, "--as", "inbox")
    assert shop.done("mail", "set-aside") == []
    assert shop.run("mail", "set-aside").said == "Every message could be read.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("mail", "read", "/nowhere/at/all", "--as", "inbox"),
        ("mail", "answered", "x@y.test", "--how", "by phone"),
        ("mail", "no-reply-needed", "x@y.test", "--why", "spam"),
        ("mail", "account", "add", "nobody", "--imap", "imap.shop.test:993"),
        ("mail", "account", "add", MAKER, "--imap", "imap.shop.test:0"),
        ("mail", "account", "add", MAKER, "--imap", "imap.shop.test:ninety"),
        ("mail", "account", "add", MAKER, "--imap", ":993"),
        ("mail", "account", "add", MAKER, "--imap", "h:993", "--ca-file", "/nowhere.pem"),
        ("mail", "account", "remove", MAKER),
        ("mail", "identity", "add", "nobody"),
        ("mail", "fetch"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(shop: CommandLine, words: tuple[str, ...]) -> None:
    answer = shop.run(*words)
    assert (answer.status, answer.said) == (3, "")
    assert answer.aside.strip().endswith(".")
    assert "Traceback" not in answer.aside


def test_a_folder_that_is_none_of_the_five_is_a_usage_error(shop: CommandLine) -> None:
    assert shop.run("mail", "read", ".", "--as", "trash").status == 2


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("answered", "<q1@c.test>", "--how", "by phone"), "answered (by phone)"),
        (("no-reply-needed", "q1@c.test", "--why", "a greeting"), "no reply needed (a greeting)"),
    ],
)
def test_the_sellers_word_and_its_undo(
    shop: CommandLine, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    shop.done("mail", "read", mailed(tmp_path / "in", QUESTION), "--as", "inbox")
    assert shop.run("mail", *words).status == 0
    (row,) = shop.done("mail", "list")
    assert (row["decision"], row["clock"]) == ("start", "answered")
    assert shop.done("mail", "waiting") == []
    assert reason
    assert shop.run("undo").status == 0
    assert [each["message_id"] for each in shop.done("mail", "waiting")] == ["q1@c.test"]


def test_identities_are_those_declared_and_those_seen_in_sent(
    shop: CommandLine, tmp_path: Path
) -> None:
    shop.done("mail", "read", mailed(tmp_path / "out", REPLY), "--as", "sent")
    assert shop.run("mail", "identity", "add", "hello@shop.test").status == 0
    assert shop.done("mail", "identity", "list") == ["hello@shop.test", MAKER]
    assert shop.run("mail", "identity", "list").said == f"hello@shop.test\n{MAKER}\n"


ADD = ("mail", "account", "add", MAKER, "--imap", "imap.shop.test:143", "--smtp", "smtp.shop.test")


def test_an_account_keeps_its_password_in_the_keyring_only(
    shop: CommandLine, keyring: MemoryKeyring
) -> None:
    answer = typed(shop, "canary-9c1", *ADD, "--user", "maker", "--password-stdin")
    assert (answer.status, answer.aside) == (0, "")
    assert keyring.passwords == {(SERVICE, MAKER): "canary-9c1"}
    assert shop.done("mail", "account", "list") == [
        {
            "address": MAKER,
            "imap": "imap.shop.test:143",
            "smtp": "smtp.shop.test:465",
            "user": "maker",
            "starttls": False,
            "ca_file": None,
            "has_password": True,
            "looked_at": None,
            "error": None,
        }
    ]
    assert "password in the keyring" in shop.run("mail", "account", "list").said
    for file in shop.folder.rglob("*"):
        assert not file.is_file() or b"canary-9c1" not in file.read_bytes()
    assert shop.run("mail", "account", "remove", MAKER).status == 0
    assert keyring.passwords == {}


def test_without_a_keyring_the_account_is_kept_and_fetch_asks_for_the_password(
    shop: CommandLine,
) -> None:
    with using(NoKeyring()):
        answer = typed(shop, "canary-9c1", *ADD, "--password-stdin")
        assert answer.status == 0
        assert "this computer has no keyring" in answer.aside
        assert "no password kept" in shop.run("mail", "account", "list").said
        answer = shop.run("mail", "fetch", "--json")
    assert (answer.status, answer.said) == (3, "")
    assert "--password-stdin" in answer.aside


def test_an_account_may_be_added_without_a_password(shop: CommandLine) -> None:
    answer = shop.run(*ADD)
    assert answer.status == 0
    assert answer.aside.startswith("The account is kept without a password.")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    if not is_installed():
        pytest.skip("Dovecot is not installed")
    with running_dovecot(tmp_path_factory.mktemp("server")) as running:
        yield running


def test_fetch_tells_each_account_and_one_that_fails_makes_status_1(
    shop: CommandLine, server: Dovecot, tmp_path: Path
) -> None:
    client = server.client()
    client.append("INBOX", QUESTION.raw().replace(b"\n", b"\r\n"))
    client.logout()
    imap = f"localhost:{server.tls_port}"
    add = ("mail", "account", "add", SELLER, "--imap", imap, "--ca-file", str(server.certificate))
    assert typed(shop, PASSWORD, *add, "--password-stdin").status == 0
    told = {"address": SELLER, "new": 1, "changed": 0, "vanished": 0, "error": None}
    assert shop.done("mail", "fetch") == [told]
    assert shop.run("mail", "fetch").said == f"{SELLER}: 0 new, 0 changed.\n"
    other = ("mail", "account", "add", "b@shop.test", "--imap", imap)
    assert typed(shop, "any", *other, "--password-stdin").status == 0
    answer = shop.run("mail", "fetch", "--json")
    assert answer.status == 1
    assert [each["error"] is None for each in answer.json] == [True, False]
    assert "not trusted" in answer.aside
    del tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
def test_a_report_works_beside_a_window_and_an_act_does_not(
    shop: CommandLine, tmp_path: Path
) -> None:
    from jeweler_desk.store.desk_lock import DeskLock  # noqa: PLC0415 - only this test owns a desk

    lock = DeskLock(shop.folder)
    try:
        assert shop.done("mail", "waiting") == []
        answer = shop.run("mail", "read", mailed(tmp_path / "in", QUESTION), "--as", "inbox")
    finally:
        lock.close()
    assert (answer.status, answer.said) == (3, "")
