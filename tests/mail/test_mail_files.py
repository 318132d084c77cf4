"""Maildirs, mboxes and .eml files: what is one message, what its flags say, what is set aside."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jeweler_desk.domain.mailbox import FolderReading
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.mail.mail_files import read_files
from jeweler_desk.mail.mbox import separator_time

LETTER = "From: Anna <anna@c.test>\nMessage-ID: <{0}@c.test>\nSubject: {0}\n\n{1}\n"
SEPARATOR = "From anna@c.test Mon Oct  5 08:00:00 2026\n"


def letter(name: str, text: str = "Hello?") -> str:
    return LETTER.format(name, text)


def read(path: Path) -> FolderReading:
    return read_files(path, FolderKind.INBOX, {})


def mbox(tmp_path: Path, text: str) -> FolderReading:
    path = tmp_path / "Inbox"
    path.write_text(text, encoding="utf-8")
    return read(path)


def subjects(reading: FolderReading) -> list[str]:
    return [copy.received.message.subject for copy in reading.copies if copy.received]


def test_an_mbox_is_divided_where_a_dated_from_line_follows_a_blank_one(tmp_path: Path) -> None:
    told = "Dear maker,\n\nFrom my sister I hear\nFrom 8 to 5 we are open.\n\nFrom now on call.\n"
    reading = mbox(tmp_path, f"{SEPARATOR}{letter('a', told)}\n{SEPARATOR}{letter('b')}\n")
    assert subjects(reading) == ["a", "b"]
    first = reading.copies[0].received
    assert first is not None
    assert first.text.endswith("From now on call.")


def test_a_mozilla_status_line_divides_too(tmp_path: Path) -> None:
    status = "From - somewhere\nX-Mozilla-Status: 0003\n"
    reading = mbox(
        tmp_path, f"{status}{letter('a')}\nFrom -\nX-Mozilla-Status: 0009\n{letter('b')}"
    )
    assert subjects(reading) == ["a", "b"]
    assert [copy.flags.is_answered for copy in reading.copies] == [True, False]
    assert [copy.flags.is_expunged for copy in reading.copies] == [False, True]


def test_a_quoted_from_line_is_given_back(tmp_path: Path) -> None:
    quoted = letter("a", "x\n\n>From Monday on\n>>From twice")
    reading = mbox(tmp_path, SEPARATOR + quoted)
    received = reading.copies[0].received
    assert received is not None
    assert received.text == "x\n\nFrom Monday on\n>From twice"


def test_the_separator_gives_the_time_where_no_header_does(tmp_path: Path) -> None:
    received = mbox(tmp_path, f"{SEPARATOR}{letter('a')}").copies[0].received
    assert received is not None
    assert received.message.received_at == datetime(2026, 10, 5, 8, 0, tzinfo=UTC)


def test_thunderbirds_wall_clock_does_not_outweigh_a_date(tmp_path: Path) -> None:
    dated = f"Date: Mon, 05 Oct 2026 12:00:00 +0000\n{letter('a')}"
    separators = ("From - Mon Oct  5 08:00:00 2026\n", SEPARATOR)
    for separator, hour in zip(separators, (12, 8), strict=True):
        received = mbox(tmp_path, separator + dated).copies[0].received
        assert received is not None
        assert received.message.received_at.hour == hour


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("From a@b.test Mon Oct  5 08:00:00 2026", "2026-10-05T08:00:00"),
        ("From a@b.test Mon Oct 5 08:00 2026", "2026-10-05T08:00:00"),
        ("From 17@xxx Mon Oct 05 08:00:00 +0200 2026", "2026-10-05T06:00:00"),
        ("From a@b.test Mon, 5 Oct 2026 08:00:00 -0400", "2026-10-05T12:00:00"),
        ("From a@b.test Mon Oct  5 08:00:00 EDT 2026", "2026-10-05T08:00:00"),
        ("From a@b.test Mon Foo 35 08:00:00 2026", None),
        ("From a@b.test Mon Oct 35 08:00:00 2026", None),
        ("From a@b.test Mon Oct  5 08:00:00", None),
        ("From my sister", None),
    ],
)
def test_dates_of_separators(line: str, expected: str | None) -> None:
    found = separator_time(line.encode())
    assert (found.strftime("%Y-%m-%dT%H:%M:%S") if found else None) == expected


def test_status_letters_of_other_programs_count(tmp_path: Path) -> None:
    marked = "X-Status: A\nX-Mozilla-Keys: Junk\n"
    reading = mbox(
        tmp_path, f"{SEPARATOR}{marked}{letter('a')}\n{SEPARATOR}X-Status: T\n{letter('b')}"
    )
    first, second = (copy.flags for copy in reading.copies)
    assert (first.is_answered, first.is_junk, first.is_draft) == (True, True, False)
    assert (second.is_answered, second.is_junk, second.is_draft) == (False, False, True)


def test_a_mail_that_is_none_within_an_mbox_is_set_aside(tmp_path: Path) -> None:
    reading = mbox(tmp_path, f"{SEPARATOR}{letter('a')}\n{SEPARATOR}\n\n{SEPARATOR}{letter('b')}")
    assert subjects(reading) == ["a", "b"]
    assert [each.reason for each in reading.set_aside] == ["The file is empty."]
    assert reading.set_aside[0].file.endswith("Inbox, message 2")


def test_an_empty_mbox_is_a_folder_without_mail(tmp_path: Path) -> None:
    assert mbox(tmp_path, "").copies == ()


def test_the_same_message_twice_in_an_mbox_is_two_copies(tmp_path: Path) -> None:
    reading = mbox(tmp_path, f"{SEPARATOR}{letter('a')}\n{SEPARATOR}{letter('a')}")
    assert [copy.uid for copy in reading.copies] == ["a@c.test#1", "a@c.test#2"]


def test_an_mbox_that_is_being_written_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "Inbox"
    path.write_text(f"{SEPARATOR}{letter('a')}\n" * 300, encoding="utf-8")
    is_done = threading.Event()

    def write_on() -> None:
        while not is_done.is_set():
            with path.open("a", encoding="utf-8") as file:
                file.write("x")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        with pytest.raises(RefusedError, match="Another program is writing"):
            read(path)
    finally:
        is_done.set()
        writer.join()


def test_a_maildir_is_its_own_cur_and_new(tmp_path: Path) -> None:
    for folder, name in (
        ("cur", "1.x:2,RS"),
        ("cur", "2.x;2,D"),
        ("new", "3.x"),
        ("new", "1.x"),
        ("tmp", "4.x"),
        (".Sent/cur", "5.x:2,S"),
    ):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / name).write_text(letter(name[0]), encoding="utf-8")
    (tmp_path / "cur" / ".hidden").write_text("x", encoding="utf-8")
    (tmp_path / "cur" / "folder").mkdir()
    found = {copy.uid: copy.flags for copy in read(tmp_path).copies}
    assert set(found) == {"1.x", "2.x", "3.x"}
    assert found["1.x"].is_answered
    assert found["2.x"].is_draft


def test_a_new_maildir_may_lack_a_part(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert read(tmp_path).copies == ()


def test_a_file_read_before_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text(letter("a"), encoding="utf-8")
    files = LetterFiles()
    (first,) = files.read(tmp_path, FolderKind.INBOX, {}).copies
    (again,) = files.read(tmp_path, FolderKind.INBOX, {"a.eml": first.signature}).copies
    assert first.received is not None
    assert again.received is None


@pytest.mark.parametrize("name", ["letter.eml", "letter.EML", "letter.txt"])
def test_one_letter_is_read_by_its_name_or_its_header(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(letter("a"), encoding="utf-8")
    assert subjects(read(tmp_path / name)) == ["a"]


def test_a_letter_that_may_not_be_read_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "lost.eml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a.eml").write_text(letter("a"), encoding="utf-8")
    reading = read(tmp_path)
    assert subjects(reading) == ["a"]
    assert [each.reason for each in reading.set_aside] == [
        "It cannot be read: No such file or directory."
    ]
