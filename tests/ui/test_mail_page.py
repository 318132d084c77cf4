from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import Stage
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.answered_elsewhere import AnsweredElsewhere
from jeweler_desk.ui.dialogs.mail_forms import (
    NoReply,
    PromiseDay,
    SnoozeLetter,
    WaitForHer,
)
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.mail import MailPage
from jeweler_desk.ui.pages.mail_acts import MORE_ACTS
from jeweler_desk.ui.tables.letters import LetterList, LetterRow
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import an_order
from tests.fakes import FixedClock
from tests.post import Letter, Post
from tests.ui.conftest import Outside

ETSY = Letter(
    "etsy@c.test",
    sender="Etsy <no-reply@account.etsy.com>",
    subject="Etsy Conversation with Ashlee",
)
THANKS = Letter(
    "again@c.test",
    hours=2,
    sender="Cleo Ray <cleo@c.test>",
    subject="Re: Thank you?",
    text="Thank you so much!",
    more={"In-Reply-To": "<ours@shop.test>", "References": "<ours@shop.test>"},
)
NEWS = Letter(
    "news@s.test", sender="Rio <news@s.test>", subject="New bezels", more={"Precedence": "bulk"}
)


@pytest.fixture
def page(window: MainWindow, post: Post) -> MailPage:
    del post
    window.go(Place.MAIL)
    return window.mail


def listed(page: MailPage) -> list[tuple[str, str]]:
    rows = [page.letters.row(number) for number in range(page.letters.rowCount())]
    return [(row.title, row.said.text if row.said else "") for row in rows if row]


def marks(page: MailPage) -> dict[str, str]:
    rows = [page.letters.row(number) for number in range(page.letters.rowCount())]
    return {row.message_id: row.mark for row in rows if row and row.mark}


def long_list(page: MailPage) -> list[tuple[str, str]]:
    pages = page.column.pages
    rows = [pages.row(number) for number in range(pages.rowCount())]
    return [(row.title, row.detail) for row in rows if row]


def words(page: MailPage) -> list[str]:
    return [label.text() for label in page.findChildren(Text) if label.isVisibleTo(page)]


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def press(window: MainWindow, *ids: str) -> None:
    for each in ids:
        assert window.actions_[each].isEnabled(), each
        window.actions_[each].trigger()


def say_no_reply(window: MainWindow, qtbot: QtBot, why: str = "no question") -> None:
    press(window, "mail.no_reply")
    form = dialog(window, NoReply)
    assert isinstance(form, NoReply)
    form.why.line.setText(why)
    qtbot.keyClick(form.why.line, Qt.Key.Key_Return)


def test_who_waits_longest_comes_first(page: MailPage) -> None:
    assert listed(page) == [
        ("Anna Berg", "late by 2 h"),
        ("Bo Lind", "due in 19 h"),
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
    post.brings([ETSY])
    page.show_message("etsy@c.test")
    assert page.side.answer_button.text() == "Answer on Etsy"
    assert ("Ashlee", "due in 18 h") in listed(page)
    assert marks(page)["etsy@c.test"] == "reply on Etsy"
    assert any("reply on Etsy" in each for each in words(page))
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
    assert listed(page)[0] == ("Anna Berg", "late by 2 h")


def test_a_letter_that_needs_nothing_is_set_aside_with_its_reason(
    page: MailPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(window, "mail.no_reply")
    form = dialog(window, NoReply)
    assert isinstance(form, NoReply)
    qtbot.keyClick(form.why.line, Qt.Key.Key_Return)
    assert form.problem.text() == "Write in a word why it needs no answer."
    form.why.line.setText("spam")
    qtbot.keyClick(form.why.line, Qt.Key.Key_Return)
    assert window.notices.last_words == "The letter of Anna Berg waits for nothing: spam."
    assert ("Anna Berg", "late by 2 h") not in listed(page)
    assert "Shipping to Malmö" in words(page)  # the next one is at hand


def test_thanks_have_no_hurry(page: MailPage, post: Post) -> None:
    post.brings([THANKS])
    page.refresh()
    assert ("Cleo Ray", "no hurry") in listed(page)
    assert ("No hurry", "") in listed(page)


def test_her_orders_stand_beside_the_letter_the_one_she_names_first(
    page: MailPage, desk: Desk, window: MainWindow, post: Post, qtbot: QtBot
) -> None:
    add = desk.orders.add
    named, _ = add(an_order(number="#2089", customer="Anna Berg", email="anna@c.test"))
    add(an_order(number="#2090", customer="Anna Berg", email="Anna@c.test".casefold()))
    add(an_order(number="#2091", customer="Annabel Bergson", email="annabel@c.test"))
    desk.fulfillment.set_stage(named, Stage.MAKING)
    post.brings([Letter("anna2@c.test", hours=-1, subject="And", text="It is order 2089, please?")])
    window.resize(1440, 900)
    page.show_message("anna2@c.test")
    page.refresh()
    buttons = page.side.orders.buttons
    assert [each.text() for each in buttons] == ["#2089", "#2090"]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert window.place is Place.ORDERS
    assert window.orders.chosen is not None
    assert window.orders.chosen.id == named


def test_in_a_narrow_window_her_orders_fold_under_the_subject(
    page: MailPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    for number in ("#1", "#2", "#3"):
        desk.orders.add(an_order(number=number, customer="Anna Berg", email="anna@c.test"))
    window.resize(1024, 700)
    page.show_message("anna@c.test")
    page.refresh()
    assert not page.side.orders.isVisible()
    assert [each.text() for each in page.side.orders_line.buttons] == ["#3", "#2"]
    assert "and 1 more order" in words(page)
    qtbot.mouseClick(page.side.orders_line.buttons[0], Qt.MouseButton.LeftButton)
    assert window.place is Place.ORDERS


def test_the_hours_go_on(page: MailPage, clock: FixedClock) -> None:
    clock.goes_on(hours=1)
    page.tick()
    assert listed(page)[0] == ("Anna Berg", "late by 3 h")


def test_when_all_are_answered_it_says_so(page: MailPage, window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(2):
        say_no_reply(window, qtbot)
    assert listed(page)[0] == ("Every email is answered.", "")
    assert page.subtitle.text() == "Every email is answered"
    assert page.side.done.heading.text() == "All done"
    assert page.side.done.sentence.text() == "Every email is answered."
    assert not window.actions_["mail.answer"].isEnabled()


def test_what_is_snoozed_comes_next_once_all_else_is_answered(
    page: MailPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    say_no_reply(window, qtbot)
    desk.correspondence.words.snooze("bo@c.test", desk.clock.now() + timedelta(hours=3))
    page.refresh()
    assert page.subtitle.text() == (
        "Every email is answered or snoozed; the next one is due tomorrow 05:00"
    )
    desk.correspondence.mark_answered("bo@c.test", "by phone")
    day = desk.settings.today() + timedelta(days=3)
    desk.correspondence.words.holding("bo@c.test", day)
    page.refresh()
    assert page.subtitle.text().startswith("Every email is answered; the next answer is promised")


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


def test_a_row_says_the_exact_instant(page: MailPage) -> None:
    row = page.letters.row(0)
    assert row is not None
    assert row.tip == "Due today 08:00 · waiting since yesterday 08:00"
    assert page.side.head.state.toolTip() == "Due today 08:00"


# ---- her word, each with its Undo


def test_answered_at_the_market_yesterday_with_a_note(
    page: MailPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    press(window, "mail.answered")
    form = dialog(window, AnsweredElsewhere)
    assert isinstance(form, AnsweredElsewhere)
    form.way.line.setText("at the market")
    form.at.setText("tomorrow-ish")
    assert form.echo.text() == "Not a time yet."
    qtbot.keyClick(form.at, Qt.Key.Key_Return)
    assert "yesterday 6 pm" in form.problem.text()
    form.at.setText("yesterday 18:00")
    assert form.echo.text().startswith("Yesterday 18:00.")
    form.note.setText("a six it is")
    qtbot.keyClick(form.note, Qt.Key.Key_Return)
    assert window.notices.last_words == "Anna Berg is answered, at the market: a six it is."
    (answered,) = [e for e in desk.correspondence.recently_answered(9) if e.person == "Anna Berg"]
    assert desk.settings.local(answered.answered_at).hour == 18
    assert ("Anna Berg", "answered") in listed(page)
    press(window, "undo")
    assert listed(page)[0] == ("Anna Berg", "late by 2 h")


def test_a_promise_stops_the_clock_and_stands_in_the_list(
    page: MailPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(window, "mail.promise")
    form = dialog(window, PromiseDay)
    assert isinstance(form, PromiseDay)
    form.day.line.setText("someday")
    assert form.echo.text() == "Not a day to come yet."
    form.day.line.setText("Fri")
    assert form.echo.text() == "Friday 9 October."
    form.note.setText("the gold comes first")
    qtbot.keyClick(form.day.line, Qt.Key.Key_Return)
    assert "Anna Berg gets the answer by" in window.notices.last_words
    assert ("Anna Berg", "by Fri 9 Oct") in listed(page)
    assert ("Promised", "") in listed(page)
    press(window, "undo")
    assert listed(page)[0] == ("Anna Berg", "late by 2 h")


def test_a_snoozed_letter_stays_with_its_mark_and_its_age(
    page: MailPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_message("bo@c.test")
    press(window, "mail.snooze")
    form = dialog(window, SnoozeLetter)
    assert isinstance(form, SnoozeLetter)
    assert [each.text() for each in form.until.buttons] == [
        "in 3 h", "1 pm", "7 pm", "tomorrow 8 am", "weekend",
    ]  # fmt: skip
    form.until.line.setText("tomorrow 9:30")
    assert form.echo.text() == "Until tomorrow 09:30, after it is due."
    qtbot.keyClick(form.until.line, Qt.Key.Key_Return)
    assert "It is due tomorrow 05:00, before that." in form.problem.text()
    form.until.line.setText("7 pm")
    qtbot.keyClick(form.until.line, Qt.Key.Key_Return)
    assert marks(page) == {"bo@c.test": "snoozed to 19:00"}
    assert ("Bo Lind", "due in 19 h") in listed(page)
    page.show_message("bo@c.test")
    assert page.side.head.put_off.text == "snoozed until today 19:00"
    press(window, "mail.wake")
    assert marks(page) == {}
    press(window, "undo")
    assert marks(page) == {"bo@c.test": "snoozed to 19:00"}


def test_beyond_the_due_time_a_snooze_asks_once(
    page: MailPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(window, "mail.snooze")
    form = dialog(window, SnoozeLetter)
    assert isinstance(form, SnoozeLetter)
    form.until.line.setText("in 3 h")
    for _ in range(2):
        qtbot.keyClick(form.until.line, Qt.Key.Key_Return)
    assert marks(page) == {"anna@c.test": "snoozed to 13:00"}


def test_it_is_her_turn_and_she_is_asked_again(
    page: MailPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    press(window, "mail.wait")
    form = dialog(window, WaitForHer)
    assert isinstance(form, WaitForHer)
    form.day.line.setText("in 3 days")
    form.note.setText("her ring size")
    qtbot.keyClick(form.day.line, Qt.Key.Key_Return)
    assert "It is Anna Berg’s turn; ask again" in window.notices.last_words
    assert ("Anna Berg", "ask Thu 8 Oct") in listed(page)
    press(window, "undo")
    assert listed(page)[0] == ("Anna Berg", "late by 2 h")
    page.show_message("anna@c.test")
    press(window, "mail.wait")
    form = dialog(window, WaitForHer)
    assert isinstance(form, WaitForHer)
    qtbot.keyClick(form.day.line, Qt.Key.Key_Return)
    assert window.notices.last_words == "It is Anna Berg’s turn."
    assert desk.correspondence.words.follow_ups() == []


def test_after_an_answer_a_day_is_needed_to_ask_again(
    page: MailPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_message("cleo@c.test")
    press(window, "mail.wait")
    form = dialog(window, WaitForHer)
    assert isinstance(form, WaitForHer)
    qtbot.keyClick(form.day.line, Qt.Key.Key_Return)
    assert form.problem.text().startswith("Choose a day")
    form.day.line.setText("2026-10-01")
    qtbot.keyClick(form.day.line, Qt.Key.Key_Return)
    assert form.problem.text() == "That day is past already."
    form.day.line.setText("in 7 days")
    qtbot.keyClick(form.day.line, Qt.Key.Key_Return)
    assert ("Cleo Ray", "ask Mon 12 Oct") in listed(page)


def test_one_key_lets_the_rules_decide_again_and_undo_takes_it_back(
    page: MailPage, window: MainWindow, desk: Desk
) -> None:
    rules = window.actions_["mail.rules"]
    assert not rules.isEnabled()
    press(window, "mail.overrule")
    page.show_message("anna@c.test")
    assert rules.isEnabled()
    press(window, "mail.rules")
    assert listed(page)[0] == ("Anna Berg", "late by 2 h")
    assert window.notices.last_words == "The rules decide on the letter of Anna Berg again."
    page.show_message("anna@c.test")
    assert not rules.isEnabled()
    press(window, "undo")
    assert desk.correspondence.words.is_overruled("anna@c.test")


def test_a_promise_kept_in_another_way_is_let_go_by_one_key(
    page: MailPage, window: MainWindow, desk: Desk
) -> None:
    kept = window.actions_["mail.kept"]
    assert not kept.isEnabled()
    desk.correspondence.words.holding("anna@c.test", desk.settings.today(), "the stone")
    page.refresh()
    page.show_message("anna@c.test")
    assert kept.isEnabled()
    assert ("Anna Berg", "by today") in listed(page)
    assert "mail.kept" in MORE_ACTS
    press(window, "mail.kept")
    assert desk.correspondence.words.promises() == []
    assert not kept.isEnabled()
    press(window, "undo")
    assert [each.note for each in desk.correspondence.words.promises()] == ["the stone"]


def test_one_key_turns_a_decision_about_and_offers_the_rule(
    page: MailPage, window: MainWindow, desk: Desk
) -> None:
    assert page.side.head.turn.text() == "Not a question"
    press(window, "mail.overrule")
    assert ("Anna Berg", "late by 2 h") not in listed(page)
    assert window.notices.banners()["rule"].startswith("Shall all letters from anna@c.test")
    press(window, "mail.aside")
    page.show_tab("aside")
    assert [title for title, _ in long_list(page)] == ["Anna Berg"]
    assert page.side.head.turn.text() == "It is a question"
    press(window, "mail.overrule")
    assert long_list(page) == []
    press(window, "mail.waiting")
    assert listed(page)[0] == ("Anna Berg", "late by 2 h")
    page.show_message("anna@c.test")
    press(window, "mail.not_customer")
    assert [rule.address for rule in desk.correspondence.words.rules()] == ["anna@c.test"]
    press(window, "undo")
    assert desk.correspondence.words.rules() == []


def test_the_menu_holds_what_is_possible(page: MailPage) -> None:
    menu = QMenu()
    page.acts.fill(menu)
    told = [each.text() for each in menu.actions() if each.text()]
    assert "Promise a day…" in told
    assert "Wake it now" not in told
    page.show_message("cleo@c.test")
    page.acts.fill(menu)
    assert "Promise a day…" not in [each.text() for each in menu.actions()]
