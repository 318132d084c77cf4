"""One folder may hold letters, mboxes and Maildirs, with odd names and marks in their headers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jeweler_desk.services.desk import Desk
from tests.cli.command_line import a_shop
from tests.post import MAKER, Letter, Post

HEAD = (
    "From: anna@c.test\nTo: maker@shop.test\nSubject: Ring\nDate: Mon, 05 Oct 2026 08:00:00 +0000\n"
)
STAMP = "From anna@c.test Mon Oct  5 08:00:00 2026\n"


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    desk.correspondence.mailboxes.add_identity(MAKER)
    return Post(desk, tmp_path / "mail")


def _ids(post: Post) -> set[str]:
    return set(post.listed())


def _a_mixed_folder(folder: Path) -> None:
    folder.mkdir()
    (folder / "one.eml").write_bytes(Letter("eml@x.test").raw())
    (folder / "old.mbox").write_bytes(STAMP.encode() + Letter("mbox@x.test").raw() + b"\n")
    (folder / "Inbox").write_bytes(STAMP.encode() + Letter("tb@x.test").raw() + b"\n")
    for part in ("cur", "new", "tmp"):
        (folder / "box" / part).mkdir(parents=True)
    (folder / "box" / "new" / "1").write_bytes(Letter("maildir@x.test").raw())
    (folder / "notes.txt").write_text("silver, gold", encoding="utf-8")


def test_every_kind_of_mail_in_one_folder_is_read(post: Post, tmp_path: Path) -> None:
    _a_mixed_folder(tmp_path / "all")

    first = post.desk.correspondence.read_files(tmp_path / "all", "inbox")
    again = post.desk.correspondence.read_files(tmp_path / "all", "inbox")

    assert _ids(post) == {"eml@x.test", "mbox@x.test", "tb@x.test", "maildir@x.test"}
    assert (first.taken.new, again.taken.new, again.taken.gone) == (4, 0, 0)


def test_a_maildir_with_letters_and_mboxes_beside_its_own_is_read_whole(
    post: Post, tmp_path: Path
) -> None:
    folder = tmp_path / "box"
    for part in ("cur", "new", "tmp", ".Sent/cur"):
        (folder / part).mkdir(parents=True)
    (folder / "cur" / "1:2,S").write_bytes(Letter("maildir@x.test").raw())
    (folder / ".Sent" / "cur" / "2:2,S").write_bytes(Letter("sent@x.test").raw())
    (folder / "one.eml").write_bytes(Letter("eml@x.test").raw())
    (folder / "old").write_bytes(STAMP.encode() + Letter("mbox@x.test").raw() + b"\n")
    (folder / "dovecot-uidlist").write_text("3 V1 N2\n", encoding="utf-8")

    post.desk.correspondence.read_files(folder, "inbox")

    assert _ids(post) == {"maildir@x.test", "eml@x.test", "mbox@x.test"}


def test_a_letter_without_an_id_is_one_letter_in_every_kind_of_file(
    post: Post, tmp_path: Path
) -> None:
    raw = (HEAD + "\nIs it gold?\n").encode()
    (tmp_path / "a.eml").write_bytes(raw)
    (tmp_path / "b.eml").write_bytes(raw.replace(b"\n", b"\r\n"))
    (tmp_path / "c").write_bytes(STAMP.encode() + raw + b"\n")
    (tmp_path / "d").write_bytes(STAMP.encode() + raw + b"\n" + STAMP.encode() + raw)
    (tmp_path / "e" / "cur").mkdir(parents=True)
    (tmp_path / "e" / "cur" / "1:2,").write_bytes(raw.rstrip(b"\n"))

    for name in ("a.eml", "b.eml", "c", "d", "e"):
        post.desk.correspondence.read_files(tmp_path / name, "inbox")

    assert len(_ids(post)) == 1


def test_two_letters_without_ids_and_other_words_are_two(post: Post, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes((HEAD + "\nIs it gold?\n").encode())
    (tmp_path / "b.eml").write_bytes((HEAD + "\nIs it silver?\n").encode())

    post.desk.correspondence.read_files(tmp_path / "a.eml", "inbox")
    post.desk.correspondence.read_files(tmp_path / "b.eml", "inbox")

    assert len(_ids(post)) == 2


@pytest.mark.parametrize("name", ["one.eml", "box/cur/1:2,S"])
def test_the_mark_of_thunderbird_counts_in_every_kind_of_file(
    post: Post, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"X-Mozilla-Status: 0003\n" + Letter("q1@c.test").raw())
    folder = tmp_path / "box" if "/" in name else file

    for _ in range(2):
        post.desk.correspondence.read_files(folder, "inbox")
        assert post.listed()["q1@c.test"].clock.value == "answered"


def test_drafts_and_spam_of_googles_export_are_known_by_their_labels(
    post: Post, tmp_path: Path
) -> None:
    labels = "=?UTF-8?Q?Entw=C3=BCrfe,Ge=C3=B6ffnet?="
    more = {"In-Reply-To": "<q1@c.test>", "X-Gmail-Labels": labels}
    draft = Letter("d@shop.test", sender=MAKER, to="anna@c.test", more=more)
    spam = Letter("s@c.test", sender="win@lots.test", more={"X-Gmail-Labels": "Spam,Unread"})
    letters = [Letter("q1@c.test"), draft, spam]
    (tmp_path / "all.mbox").write_bytes(b"\n".join(STAMP.encode() + each.raw() for each in letters))

    post.desk.correspondence.read_files(tmp_path / "all.mbox", "archive")

    assert post.decisions() == {"q1@c.test": "start", "d@shop.test": "keep", "s@c.test": "ignore"}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps names as Unicode")
def test_a_name_that_is_no_utf_8_is_read_like_any_other(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    folder = os.fsencode(tmp_path) + b"/p\xf6st"
    os.makedirs(folder)  # noqa: PTH103 - a name of bytes
    with open(folder + b"/\xe9t\xe9.eml", "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(Letter("q1@c.test").raw())
    with open(folder + b"/\xff.eml", "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(b"\x00\x01")

    found = shop.run("mail", "read", os.fsdecode(folder), "--as", "inbox", "--json")

    assert found.status == 1
    assert found.json["new"] == 1
    assert "\\xff.eml" in found.json["set_aside"][0]["file"]
