from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.answered_elsewhere import AnsweredElsewhere
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.mail import MailPage
from jeweler_desk.ui.tables.letters import LetterList, LetterRow
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import an_order
from tests.fakes import FixedClock
from tests.post import Letter, Post
from tests.ui.conftest import Outside


@pytest.fixture
def page(window: MainWindow, post: Post) -> MailPage:
    del post
    window.go(Place.MAIL)
    return window.mail


def listed(page: MailPage) -> list[tuple[str, str]]:
    rows = [page.letters.row(number) for number in range(page.letters.rowCount())]
    return [(row.title, row.said.text if row.said else "") for row in rows if row]


def words(page: MailPage) -> list[str]:
    return [label.text() for label in page.findChildren(Text) if label.isVisibleTo(page)]


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def test_who_waits_longest_comes_first(page: MailPage) -> None:
    assert listed(page) == [
        ("Anna Berg", "26 h"),
        ("Bo Lind", "5 h"),
        ("Answered", ""),
        ("Cleo Ray", "answered"),
    ]
    assert page.subtitle.text() == "One late · one due"


def test_the_conversation_is_shown_as_plain_words(page: MailPage, window: MainWindow) -> None:
    told = words(page)
    assert "Ring size" in told
    assert "Anna Berg · anna@c.test · waiting since yesterday 08:00" in told
    assert "Hello, could you make this ring in my size?" in told
    assert "late by 2 h" not in told  # it stands in a chip
    page.show_message("cleo@c.test")
    told = words(page)
    assert "You" in told
    assert not window.actions_["mail.answered"].isEnabled()
    assert window.actions_["mail.answer"].isEnabled()
    window.grab()


def test_the_arrows_walk_through_the_letters(page: MailPage, qtbot: QtBot) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert "Shipping to Malmö" in words(page)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert "Re: Thank you?" in words(page) or "Thank you?" in words(page)


def test_an_answer_begins_in_the_mail_program(
    page: MailPage, window: MainWindow, outside: Outside
) -> None:
    del page
    window.actions_["mail.answer"].trigger()
    (url,) = outside.urls
    assert url.startswith("mailto:anna@c.test?subject=Re%3A%20Ring%20size&body=Dear%20Anna")


def test_where_no_email_would_arrive_it_says_where_to_answer(
    page: MailPage, window: MainWindow, post: Post, outside: Outside
) -> None:
    post.brings(
        [
            Letter(
                "etsy@c.test",
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Etsy Conversation with Ashlee",
            )
        ]
    )
    page.show_message("etsy@c.test")
    assert page.answer_button.text() == "Answer on Etsy"
    assert ("Ashlee · Etsy", "6 h") in listed(page)
    window.actions_["mail.answer"].trigger()
    assert outside.urls == []
    assert "answer in Etsy’s Messages" in window.notices.banners()["act"]


def test_her_own_word_stops_the_clock_and_can_be_taken_back(
    page: MailPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.actions_["mail.answered"].trigger()
    form = dialog(window, AnsweredElsewhere)
    assert isinstance(form, AnsweredElsewhere)
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert form.problem.text() == "Write in a few words how it was answered."
    qtbot.mouseClick(form.way.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert [email.message_id for email in desk.correspondence.waiting(desk.clock.now())] == [
        "bo@c.test"
    ]
    assert window.notices.last_words == "Anna Berg is answered, by phone."
    window.actions_["undo"].trigger()
    assert listed(page)[0] == ("Anna Berg", "26 h")


def test_a_letter_that_needs_nothing_is_set_aside(page: MailPage, window: MainWindow) -> None:
    window.actions_["mail.no_reply"].trigger()
    assert window.notices.last_words == "The letter of Anna Berg waits for nothing."
    assert ("Anna Berg", "26 h") not in listed(page)


def test_thanks_have_no_hurry(page: MailPage, post: Post) -> None:
    post.brings(
        [
            Letter(
                "again@c.test",
                hours=2,
                sender="Cleo Ray <cleo@c.test>",
                subject="Re: Thank you?",
                text="Thank you so much!",
                more={"In-Reply-To": "<ours@shop.test>", "References": "<ours@shop.test>"},
            )
        ]
    )
    page.refresh()
    assert ("Cleo Ray", "no hurry") in listed(page)
    assert ("No hurry", "") in listed(page)


def test_her_orders_stand_below_the_letter(
    page: MailPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    order_id, _ = desk.orders.add(
        an_order(number="#2089", customer="Anna Berg", email="anna@c.test")
    )
    page.refresh()
    rows = [row for row in page.findChildren(ListRow) if row.isVisibleTo(page)]
    (row,) = rows
    assert row.title.text() == "#2089 · Silver Ring"
    assert row.button is not None
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert window.place is Place.ORDERS
    assert window.orders.chosen is not None
    assert window.orders.chosen.id == order_id


def test_the_hours_go_on(page: MailPage, clock: FixedClock) -> None:
    clock.goes_on(hours=1)
    page.tick()
    assert listed(page)[0] == ("Anna Berg", "27 h")


def test_when_all_are_answered_it_says_so(page: MailPage, window: MainWindow) -> None:
    for _ in range(2):
        window.actions_["mail.no_reply"].trigger()
        page.show_message(page.letters.first())
    assert listed(page)[0] == ("Every letter is answered.", "")
    assert page.subtitle.text() == "Every letter is answered"


def test_without_any_mail_the_page_offers_to_connect(window: MainWindow) -> None:
    window.go(Place.MAIL)
    told = words(window.mail)
    assert "Letters will wait for you here" in told
    window.mail.answer()
    window.mail.answered_elsewhere()
    window.mail.no_reply_needed()
    assert window.notices.banners() == {}


def test_a_letter_that_is_gone_is_told(page: MailPage, window: MainWindow) -> None:
    window.open_link("mail:nothing@like.this")
    assert page.isVisible()
    assert window.place is Place.MAIL


def test_the_list_keeps_every_rule_of_qt() -> None:
    model = LetterList()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [LetterRow("", "Answered"), LetterRow("a", "Anna", detail="Ring size")]
    model.show_rows(rows)
    model.show_rows(rows)
    assert model.first() == "a"
    assert model.place_of("a") == 1
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    told = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Anna, Ring size"
    assert model.data(model.index(1), Qt.ItemDataRole.ToolTipRole) == "Ring size"
    assert model.data(QModelIndex()) is None
    assert model.data(model.index(1), Qt.ItemDataRole.DecorationRole) is None
    model.show_rows([])
    assert model.first() == ""
    assert tester.model() is model


def test_a_row_says_since_when(page: MailPage) -> None:
    row = page.letters.row(0)
    assert row is not None
    assert row.tip == "waiting since yesterday 08:00"
