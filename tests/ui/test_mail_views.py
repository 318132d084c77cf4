from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mailbox import AccountReading, FolderReading, MailAccount, SetAside
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.mail_forms import (
    OpenLink,
)
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.mail import MailPage
from jeweler_desk.ui.pages.mail_column import MailTab
from jeweler_desk.ui.tables.letter_pages import LetterPages
from jeweler_desk.ui.tables.letters import LetterRow
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.fakes import FixedClock
from tests.post import MAKER, Letter, Post
from tests.ui.conftest import FakeMailbox, Outside
from tests.ui.test_mail_page import NEWS, dialog, long_list, press, words

QUOTING = Letter(
    "quoting@c.test",
    hours=1,
    sender="Dora Lau <dora@c.test>",
    subject="Re: Your ring",
    text="A six, please.\n\n"
    "On Mon, 5 Oct 2026 at 09:14, Aileen <maker@shop.test> wrote:\n> Which size?",
)


@pytest.fixture
def page(window: MainWindow, post: Post) -> MailPage:
    del post
    window.go(Place.MAIL)
    return window.mail


# ---- the conversation


def test_what_was_quoted_is_folded_and_one_key_shows_it(
    page: MailPage, window: MainWindow, post: Post, qtbot: QtBot
) -> None:
    post.brings([QUOTING])
    page.show_message("quoting@c.test")
    told = words(page)
    assert "A six, please." in told
    assert not any("Which size?" in each for each in told)
    assert [each.text() for each in page.view.fold_buttons] == ["··· 2 quoted lines"]
    press(window, "mail.unfold")
    assert any("> Which size?" in each for each in words(page))
    press(window, "mail.unfold")
    qtbot.mouseClick(page.view.fold_buttons[0], Qt.MouseButton.LeftButton)
    page.refresh()  # what was unfolded stays so
    assert any("> Which size?" in each for each in words(page))


def test_a_long_conversation_shows_its_newest_letters_first(
    page: MailPage, post: Post, qtbot: QtBot
) -> None:
    post.brings(
        Letter(f"long{n}@c.test", hours=n / 10, sender="Ida <ida@c.test>", text=f"Word {n}?",
               more={"References": "<long0@c.test>"} if n else {})
        for n in range(36)
    )  # fmt: skip
    page.show_message("long0@c.test")
    assert "Word 27?" not in words(page)
    assert "Word 35?" in words(page)
    for more, oldest in (("24 of 28 earlier letters", 4), ("4 earlier letters", 0)):
        buttons = page.view.findChildren(Button)
        (button,) = [each for each in buttons if each.text() == f"Show {more}"]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        told = [each for each in words(page) if each.startswith("Word ")]
        assert told == [f"Word {n}?" for n in range(oldest, 36)]
    assert not [each for each in page.view.findChildren(Button) if "earlier" in each.text()]


def test_a_link_is_opened_only_after_its_host_was_shown(
    page: MailPage, window: MainWindow, outside: Outside, qtbot: QtBot
) -> None:
    page.acts.open_link("javascript:alert(1)")
    assert "can do harm" in window.notices.banners()["link"]
    page.acts.open_link("https://etsy.com@evil.test/login")
    form = dialog(window, OpenLink)
    assert isinstance(form, OpenLink)
    told = [label.text() for label in form.findChildren(Text)]
    assert "evil.test" in told
    assert any("mistaken for another" in each for each in told)
    form.reject()
    assert outside.urls == []
    page.acts.open_link("https://example.com/album?a=1")
    form = next(e for e in window.findChildren(OpenLink) if e.isVisible() and e.value()[8] == "e")
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert outside.urls == ["https://example.com/album?a=1"]


# ---- the other views, and how fresh all this is


def test_all_mail_is_searched_as_she_types(
    page: MailPage, window: MainWindow, post: Post, qtbot: QtBot
) -> None:
    post.brings([NEWS])
    press(window, "mail.filter")
    assert page.column.tab is MailTab.ALL
    assert long_list(page)[0][0] == "Bo Lind"
    assert len(long_list(page)) == 5
    page.column.filter.setText("malmo")
    qtbot.waitUntil(lambda: long_list(page) == [("Bo Lind", "Shipping to Malmö")])
    page.column.filter.setText("zzz")
    qtbot.waitUntil(lambda: long_list(page) == [])
    assert page.column.nothing.text() == "No letter has these words."
    page.show_message("cleo@c.test")
    page.show_message("news@s.test")  # stands in no other view
    assert page.column.tab is MailTab.ALL
    assert page.column.filter.text() == ""


def test_a_letter_that_waits_no_more_is_shown_itself_and_not_the_newest(
    page: MailPage, desk: Desk
) -> None:
    desk.correspondence.mark_no_reply_needed("anna@c.test", "read")
    desk.correspondence.words.overrule("cleo@c.test")
    page.refresh()
    page.column.pane.setFocus()
    page.show_message("cleo@c.test")
    assert (page.column.tab, page._chosen) == (MailTab.ALL, "cleo@c.test")


def test_what_was_set_aside_stands_there_with_its_reason(
    page: MailPage, window: MainWindow, post: Post
) -> None:
    press(window, "mail.aside")
    assert "Nothing was set aside" in page.column.nothing.text()
    post.brings([NEWS])
    page.refresh()
    ((title, reason),) = long_list(page)
    assert title == "Rio"
    assert "bulk" in reason.casefold()


def test_what_could_not_be_read_stands_first_with_where_it_lies_and_what_to_do(
    page: MailPage, window: MainWindow, desk: Desk, mailbox: FakeMailbox, post: Post, qtbot: QtBot
) -> None:
    post.brings([NEWS])
    came = desk.clock.now() - timedelta(hours=2)
    lost = SetAside("INBOX, message 7", "It is so broken that it cannot be read.", "7", came)
    mailbox.folders = (
        FolderReading("me@shop.test", "INBOX", FolderKind.INBOX, (), (lost,), is_whole=False,
                      uid_validity=1, last_uid=7),
    )  # fmt: skip
    desk.correspondence.mailboxes.add(
        MailAccount("me@shop.test", "imap.shop.test", 993, "me@shop.test"), "secret"
    )
    window.chores.fetch_mail()
    assert "INBOX, message 7" in window.notices.banners()["aside"]
    button = next(e for e in window.notices.findChildren(Button) if e.text() == "Show")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.column.tab is MailTab.ASIDE
    first, second = long_list(page)
    assert first == ("A message that could not be read", "INBOX, message 7 · me@shop.test")
    assert second[0] == "Rio"
    told = page.side.done.sentence.text()
    assert "came today 08:00" in told
    assert "Open the folder “INBOX” of me@shop.test in your mail program" in told
    assert not window.actions_["mail.answer"].isEnabled()
    page.column.filter.setText("rio")
    qtbot.waitUntil(lambda: [each[0] for each in long_list(page)] == ["Rio"])
    window.notices.withdraw("aside")
    window.chores.fetch_mail()
    assert "aside" not in window.notices.banners()  # said once


def test_the_proof_leads_to_each_exception(
    page: MailPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(window, "mail.proof")
    assert page.proof is not None
    button = page.proof.rows[0].button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.column.tab is MailTab.WAITING
    assert "Ring size" in words(page)


def test_all_exceptions_of_the_proof_can_be_shown_some_at_a_time(
    page: MailPage, post: Post, clock: FixedClock, qtbot: QtBot
) -> None:
    post.brings(
        Letter(f"late{n}@c.test", hours=n / 10, sender=f"c{n}@d{n}.test") for n in range(30)
    )
    clock.goes_on(hours=72)
    page.show_tab("proof")
    card = page.proof
    assert card is not None
    assert card.more is not None
    shown, whole = len(card.rows), 32  # and two of the sample
    assert shown == 12
    while card.more.isVisibleTo(card):
        assert card.more.text() == f"Show more ({whole - len(card.rows)} took longer than a day)"
        qtbot.mouseClick(card.more, Qt.MouseButton.LeftButton)
    assert len(card.rows) == whole
    page.refresh()
    assert page.proof is not None
    assert len(page.proof.rows) == whole  # what was shown stays so


def test_the_freshness_of_the_mail_is_always_told(
    page: MailPage, desk: Desk, clock: FixedClock
) -> None:
    assert page.column.fresh.text() == "No mailbox is connected"
    mail = desk.correspondence
    mail.mailboxes.add(MailAccount(MAKER, "mail.shop.test", 993, MAKER), "secret")
    mail.take_fetched((AccountReading(MAKER, clock.now()),))
    page.refresh()
    assert page.column.fresh.text() == "Mail as of 10:00"
    clock.goes_on(hours=1)
    mail.take_fetched((AccountReading(MAKER, clock.now(), error="the password was refused"),))
    page.tick()
    assert page.column.fresh.text() == ("Could not look since 10:00 (the password was refused)")
    told = "Could not look since 10:00 (maker@shop.test: the password was refused)"
    assert page.column.fresh.toolTip() == told
    page.show_tab("all")
    page.tick()
    assert "Could not look since" in page.column.fresh.text()


def test_pages_of_twenty_thousand_letters_read_only_what_is_looked_at() -> None:
    asked: list[int] = []

    def fetch(ids: object) -> list[LetterRow]:
        assert isinstance(ids, list)
        asked.append(len(ids))
        return [LetterRow(each, each) for each in ids]

    model = LetterPages(fetch)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    del tester
    ids = [f"m{number}" for number in range(20_000)]
    model.show_ids(ids)
    asked.clear()
    for place in (0, 5, 19_999, 10_000):
        row = model.row(place)
        assert row is not None
        assert row.message_id == ids[place]
    assert len(asked) <= 3
    assert max(asked) <= 100
    assert model.place_of("m19999") == 19_999
    assert model.place_of("x") == -1
    model.show_ids(ids)
    assert model.row(20_000) is None
    assert model.data(model.index(3), Qt.ItemDataRole.DecorationRole) is None


def test_an_attachment_is_saved_only_where_she_says(
    page: MailPage, window: MainWindow, post: Post, tmp_path: Path, qtbot: QtBot
) -> None:
    boundary = "multipart/mixed; boundary=b"
    text = (
        "--b\nContent-Type: text/plain\n\nSee the file?\n--b\nContent-Type: text/html\n\n"
        "<p>See <a href='https://example.com/a'>it</a></p>\n"
        "--b\nContent-Type: application/pdf\nContent-Disposition: attachment;"
        ' filename="../a.pdf.exe"\n\nMZ\n--b--'
    )
    post.brings([Letter("file@c.test", hours=1, sender="Eva <eva@c.test>", text=text,
                        content_type=boundary)])  # fmt: skip
    asked: list[str] = []

    def place(name: str) -> Path | None:
        asked.append(name)
        return tmp_path / name if len(asked) > 1 else None

    page.acts.ask_place = place
    page.show_message("file@c.test")
    qtbot.waitUntil(lambda: bool(page.view.files))
    (files,) = page.view.files
    told = [label.text() for label in files.findChildren(Text)]
    assert "a.pdf.exe · 2 B" in told
    assert any("can do harm" in each for each in told)
    (save,) = files.buttons
    assert save.text() == "Save anyway…"
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    assert not (tmp_path / "a.pdf.exe").exists()
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    assert (tmp_path / "a.pdf.exe").read_bytes() == b"MZ"
    assert asked == ["a.pdf.exe"] * 2
    assert [each.text() for each in page.view.link_buttons] == ["Open example.com…"]
    press(window, "mail.formatted")
    assert page.view.format_buttons[0].text() == "Show as text"
    press(window, "mail.formatted")
    assert page.view.format_buttons[0].text() == "Show as formatted"
