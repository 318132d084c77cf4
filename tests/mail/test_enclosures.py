"""What comes along with letters: rebuilt, renamed, never run; found again in any file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from jeweler_desk.domain.enclosure import Attachment, Doubt, Enclosures
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.clean_html import clean_html
from jeweler_desk.mail.enclosures import read_enclosures
from jeweler_desk.mail.letter_again import letter_again
from jeweler_desk.mail.mime import UnreadableMessageError
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.store.messages import Messages
from tests.mail.hostile_letters import hostile_letters
from tests.post import Letter, Post

NASTY_HTML = (
    "<img src='http://track.example/p.gif'>",
    "<img src='file:///etc/passwd'>",
    "<img src='//server/share/a.png'>",
    "<img src='\\\\server\\share\\a.png'>",
    "<img src='/etc/hostname.png'>",
    "<img src=':/qt-project.org/a.png'>",
    "<img src='qrc:/a.png'>",
    "<img src='data:image/png;base64,iVBORw0KGgo='>",
    "<img srcset='http://track.example/p.gif 2x'>",
    "<style>@import url(http://track.example/a.css); p{background:url(file:///etc/passwd)}</style>",
    "<link rel=stylesheet href='http://track.example/a.css'>",
    "<p style=\"background-image:url('file:///etc/passwd')\">x</p>",
    "<table background='http://track.example/b.png'><tr><td background='file:///b.png'>x</table>",
    "<body background='//server/share/b.png'>x",
    "<script>fetch('http://track.example')</script><noscript><img src=http://track.example></noscript>",
    "<svg><image href='file:///etc/passwd'/></svg>",
    "<iframe src='http://track.example'></iframe>",
    "<object data='file:///etc/passwd'></object><embed src='http://track.example'>",
    "<video src='http://track.example' poster='file:///etc/passwd'></video>",
    "<base href='file:///etc/'><img src='passwd'>",
    "<meta http-equiv=refresh content='0;url=http://track.example'>",
    "<form action='http://track.example'><input type=image src='file:///a.png'></form>",
    "<a href='javascript:alert(1)'>a</a><a href='file:///etc/passwd'>b</a><a href='//s/x'>c</a>",
    "<p onclick='x()' onerror=x()>x</p>",
    "<IMG SRC=JaVaScRiPt:alert(1)><img src=x onerror=alert(1)>",
    "<<img src=file:///a>img src=file:///b>",
    "<img src='cid:x\"><img src=file:///etc/passwd>'>",
    "<p>" * 5000 + "deep",
    "<!--[if mso]><img src='file:///a'><![endif]--><p>x",
    "<ul><li type=circle background=x>a",
)  # fmt: skip
BAD_WORDS = ("http://track", "file:", "data:", "script", "server", "url(", "style", "etc/", "qrc:")
SOURCES = ("src=", "background", "href=", "onclick", "onerror")


def keep(data: bytes) -> bytes | None:
    return data if data.startswith(b"photo") else None


def enclosures(raw: bytes) -> Enclosures:
    return read_enclosures("q@c.test", raw, keep, keep)


def letter() -> EmailMessage:
    mime = EmailMessage()
    mime["From"] = "Anna <anna@c.test>"
    mime["Subject"] = "A broken clasp"
    mime.set_content("See https://example.com/album, please.")
    return mime


@pytest.mark.parametrize("html", NASTY_HTML)
def test_nothing_in_the_rebuilt_html_can_load_or_run(html: str) -> None:
    cleaned, _, links = clean_html(html)
    lowered = "".join(re.findall(r"<[^>]*>", cleaned.casefold()))
    assert [bad for bad in BAD_WORDS if bad in lowered] == []
    assert [each for each in SOURCES if each in lowered.replace('src="cid:', "")] == []
    assert links == ()


def test_words_lists_tables_and_good_links_stay() -> None:
    cleaned, cids, links = clean_html(
        "<h1 align=center>Hi</h1><p>A <b>b</b> <a href='https://example.com/?a=1&b=2'>c</a>"
        "<img src='cid:p1@x' alt='A \"ring\"'><table><tr><td colspan=90>x</table>1 &lt; 2"
    )
    assert cleaned == (
        '<h1 align="center">Hi</h1><p>A <b>b</b> <a href="https://example.com/?a=1&amp;b=2">c</a>'
        '<img src="cid:0" alt="A &quot;ring&quot;"><table><tr><td colspan="20">x</td></tr></table>'
        "1 &lt; 2</p>"
    )
    assert cids == ("p1@x",)
    assert links == ("https://example.com/?a=1&b=2",)


def test_photos_files_and_links_of_a_letter_are_found() -> None:
    mime = letter()
    mime.add_alternative("<p>See</p><img src='cid:one@x'>", subtype="html")
    mime.add_attachment(b"photo 1", maintype="image", subtype="jpeg", filename="../../ring.jpg")
    mime.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="a.pdf.exe")
    inline = EmailMessage()
    inline.set_content(b"photo 2", maintype="image", subtype="png", cid="<one@x>")
    payload = mime.get_payload()
    assert isinstance(payload, list)
    payload.append(inline)
    found = enclosures(mime.as_bytes())
    assert [(each.name, each.doubts, each.picture) for each in found.attachments] == [
        ("ring.jpg", (), b"photo 1"),
        ("a.pdf.exe", (Doubt.RUNS, Doubt.TWO_ENDINGS), None),
    ]
    assert found.pictures == (("0", b"photo 2"),)
    assert found.links == ("https://example.com/album",)
    assert not found.is_empty


def test_a_plain_letter_brings_nothing() -> None:
    found = enclosures(letter().as_bytes())
    assert found.is_empty
    assert found.html == ""


def test_a_carried_letter_is_a_file_and_not_gone_into() -> None:
    mime = letter()
    inner = letter()
    inner.add_attachment(b"photo", maintype="image", subtype="jpeg", filename="inner.jpg")
    mime.add_attachment(inner)
    (file,) = enclosures(mime.as_bytes()).attachments
    assert file.name == "attachment 1.eml"
    assert b"A broken clasp" in file.data


@contextmanager
def nothing_outside() -> Iterator[list[str]]:
    """Note every socket and every file that Python opens while it stands."""
    seen: list[str] = []
    is_on = [True]

    def hook(event: str, args: tuple[object, ...]) -> None:
        if is_on[0] and (event.startswith("socket.") or event in {"open", "subprocess.Popen"}):
            name = str(args[0]) if args else ""
            if not name.endswith((".py", ".pyc", ".so", ".aliases")):
                seen.append(f"{event} {name}")

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        is_on[0] = False


def test_three_hundred_hostile_mails_open_nothing_and_stay_harmless() -> None:
    letters = dict(hostile_letters())
    for html in NASTY_HTML:
        mime = letter()
        mime.add_alternative(html, subtype="html")
        letters[html] = mime.as_bytes()
    with nothing_outside() as seen:
        for raw in letters.values():
            with suppress(UnreadableMessageError):
                found = enclosures(raw)
                for each in found.attachments:
                    assert "/" not in each.name
    assert seen == []
    assert len(letters) >= 300


# ---- the same letter again, from files of every kind


def test_a_letter_of_a_maildir_is_found_whatever_its_flags_became(
    desk: Desk, store: Store, tmp_path: Path
) -> None:
    post = Post(desk, tmp_path / "mail")
    post.brings([Letter("q1@c.test")])
    ((_, folder, validity, uid),) = Messages(store).whereabouts("q1@c.test")
    assert validity is None
    (file,) = (post.folder / "inbox" / "cur").iterdir()
    file.rename(post.folder / "inbox" / "cur" / "q1@c.test:2,RS")
    raw = letter_again(folder, uid)
    assert raw is not None
    assert b"Message-ID: <q1@c.test>" in raw
    (post.folder / "inbox" / "cur" / "q1@c.test:2,RS").unlink()
    assert letter_again(folder, uid) is None


@pytest.mark.parametrize("kind", ["eml", "folder", "mbox", "mboxes"])
def test_a_letter_of_any_file_is_found_again(
    desk: Desk, store: Store, tmp_path: Path, kind: str
) -> None:
    raws = [Letter(f"q{number}@c.test", text=f"Words {number}").raw() for number in (1, 2)]
    place = tmp_path / kind
    mbox = b"".join(b"From anna@c.test Mon Oct  5 08:00:00 2026\n" + raw + b"\n" for raw in raws)
    if kind == "eml":
        place = tmp_path / "q2.eml"
        place.write_bytes(raws[1])
    elif kind == "mbox":
        place.write_bytes(mbox)
    else:
        place.mkdir()
        if kind == "folder":
            for number, raw in enumerate(raws, start=1):
                (place / f"q{number}.eml").write_bytes(raw)
        else:
            (place / "Inbox").write_bytes(mbox)
    desk.correspondence.read_files(place, "inbox")
    job = desk.correspondence.parts.job("q2@c.test")
    assert job is not None
    found = job()
    assert found is not None
    assert found.message_id == "q2@c.test"
    ((_, folder, _, uid),) = Messages(store).whereabouts("q2@c.test")
    assert b"Words 2" in (letter_again(folder, uid) or b"")


def test_what_was_read_is_kept_while_there_is_room_and_saved_where_she_says(
    desk: Desk, tmp_path: Path
) -> None:
    parts = desk.correspondence.parts
    big = Attachment(1, "a.bin", "application/octet-stream", b"x" * 40_000_000)
    for name in ("one", "two"):
        parts.take(Enclosures(name, attachments=(big,)))
    assert parts.known("one") is None
    assert parts.known("two") is not None
    parts.save(big, tmp_path / "kept.bin")
    assert (tmp_path / "kept.bin").read_bytes() == big.data
    with pytest.raises(RefusedError, match=r"“a\.bin” could not be saved there"):
        parts.save(big, tmp_path)
    assert desk.correspondence.parts.job("nobody@c.test") is None
