from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import FulfillmentStatus, Refund, RefundState
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.sidebar import Place
from tests.builders import an_order, usd
from tests.fakes import FixedClock
from tests.post import Letter, Post
from tests.ui.conftest import Shop


def rows(card: Card) -> list[tuple[str, str, str, str]]:
    """What each row says: title, detail, state, verb."""
    return [
        (
            row.title.text(),
            row.detail.text(),
            row.chip.text if row.chip else "",
            row.button.text() if row.button else "",
        )
        for row in card.findChildren(ListRow)
        if row.isVisibleTo(card)
    ]


def press(card: Card, verb: str, qtbot: QtBot, number: int = 0) -> None:
    buttons = [
        each for each in card.findChildren(Button) if each.text() == verb and each.isVisibleTo(card)
    ]
    qtbot.mouseClick(buttons[number], Qt.MouseButton.LeftButton)


def test_every_row_has_its_next_act(window: MainWindow, shop: Shop, post: Post) -> None:
    del shop, post
    today = window.today
    today.refresh()
    assert rows(today.emails) == [
        ("Anna Berg", "Ring size", "late by 2 h", "Answer"),
        ("Bo Lind", "Shipping to Malmö", "due in 19 h", "Answer"),
    ]
    assert rows(today.parcels) == [
        ("Rosalind Achterberg · #2089", "Rain Ring", "tomorrow", "Pack"),
        ("山口 さくら · #2090", "Jade Drop Earrings · gift, no prices", "tomorrow", "Pack"),
    ]
    window.resize(1440, 900)
    QApplication.processEvents()
    assert rows(today.parcels)[0][2] == "ship by tomorrow", "there is room for all of it"
    assert rows(today.pieces) == [("Efua Mensah · #2091", "Tide Cuff", "to make", "Begin")]
    assert rows(today.promises) == []


def test_the_heading_says_what_is_late_and_what_leaves(
    window: MainWindow, shop: Shop, post: Post, clock: FixedClock
) -> None:
    del shop, post
    window.today.refresh()
    assert window.today.title.text() == "Good morning"
    assert window.today.subtitle.text() == "Monday 5 October · one email is late"
    clock.goes_on(days=1)
    window.today.refresh()
    told = "Tuesday 6 October · two emails are late, three parcels leave today"
    assert window.today.subtitle.text() == told.replace("three", "two")


def test_the_topmost_act_is_the_one_primary_button(
    window: MainWindow, shop: Shop, post: Post
) -> None:
    del shop, post
    window.today.refresh()
    primary = [
        each.accessibleName()
        for each in window.today.findChildren(Button)
        if each.property("kind") == "primary" and each.isVisibleTo(window.today)
    ]
    assert primary == ["Answer: Anna Berg"]


def test_pack_brings_the_parcel_to_the_bench(window: MainWindow, shop: Shop, qtbot: QtBot) -> None:
    window.today.refresh()
    press(window.today.parcels, "Pack", qtbot, 1)
    assert window.place is Place.BENCH
    assert window.bench.order is not None
    assert window.bench.order.id == shop.gift


def test_begin_and_ready_move_the_making_on(window: MainWindow, shop: Shop, qtbot: QtBot) -> None:
    window.today.refresh()
    press(window.today.pieces, "Begin", qtbot)
    assert rows(window.today.pieces)[0][2:] == ("making", "Ready")
    press(window.today.pieces, "Ready", qtbot)
    status = shop.desk.orders.get(shop.cuff).fulfillment_status
    assert status is FulfillmentStatus.READY
    assert window.notices.last_words == "Order #2091 is ready to pack."
    assert len(rows(window.today.parcels)) == 3


def test_a_packed_parcel_is_handed_over_from_its_order(
    window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    shop.desk.fulfillment.finish_packing(shop.ring)
    window.today.refresh()
    press(window.today.parcels, "Hand over", qtbot)
    assert window.place is Place.ORDERS
    assert window.orders.chosen is not None
    assert window.orders.chosen.id == shop.ring


def test_holds_and_refunds_stand_among_the_promises(
    window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    granted = Refund(usd("10.00"), RefundState.GRANTED, None, "late", "manual")
    shop.desk.orders.add(an_order(number="#2093", refunds=(granted,)))
    shop.desk.orders.hold(shop.cuff, "waiting for the ring size")
    window.today.refresh()
    told = rows(window.today.promises)
    assert told[0][1:] == ("due today 23:59", "due", "Look")
    assert told[1] == (
        "Efua Mensah · #2091",
        "waiting for the ring size · Tide Cuff",
        "on hold",
        "Look",
    )
    press(window.today.promises, "Look", qtbot)
    assert window.orders.chosen is not None
    assert window.orders.chosen.number == "#2093"
    window.go(Place.TODAY)
    press(window.today.promises, "Look", qtbot, 1)
    assert window.orders.chosen.id == shop.cuff


def test_answer_opens_the_letter(window: MainWindow, post: Post, qtbot: QtBot) -> None:
    del post
    window.today.refresh()
    press(window.today.emails, "Answer", qtbot, 1)
    assert window.place is Place.MAIL
    assert window.mail.list.currentIndex().data() == "Bo Lind"


def test_a_marketplaces_letter_is_answered_there(
    window: MainWindow, desk: Desk, post: Post
) -> None:
    post.brings(
        [
            Letter(
                "etsy@c.test",
                sender="Etsy <conversations@mail.etsy.com>",
                subject="Etsy Conversation with Ashlee",
            )
        ]
    )
    del desk
    window.today.refresh()
    verbs = {title: verb for title, _, _, verb in rows(window.today.emails)}
    assert verbs["Ashlee · Etsy"] == "Answer on Etsy"


def test_more_than_four_are_a_link_away(window: MainWindow, post: Post, qtbot: QtBot) -> None:
    post.brings(
        Letter(f"n{number}@c.test", hours=number / 10, sender=f"N{number} <n{number}@c.test>")
        for number in range(4)
    )
    window.today.refresh()
    assert len(rows(window.today.emails)) == 4
    press(window.today.emails, "Two more", qtbot)
    assert window.place is Place.MAIL


def test_more_than_eight_promises_open_in_their_card(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    for number in range(9):
        order_id, _ = desk.orders.add(an_order(number=f"#30{number}"))
        desk.orders.hold(order_id, "waiting for a stone")
    window.today.refresh()
    assert len(rows(window.today.promises)) == 4
    press(window.today.promises, "Five more", qtbot)
    assert len(rows(window.today.promises)) == 9
    assert window.place is Place.TODAY
    press(window.today.promises, "Fewer", qtbot)
    assert len(rows(window.today.promises)) == 4


def test_a_piece_that_is_late_says_so_and_the_heading_counts_it(
    window: MainWindow, shop: Shop, clock: FixedClock
) -> None:
    clock.goes_on(hours=72)
    window.today.refresh()
    assert rows(window.today.pieces)[0][2] == "late"
    assert window.today.subtitle.text().endswith("three orders are late")
    del shop


def test_after_all_is_done_the_evening_sweep_is_what_comes_next(
    window: MainWindow, desk: Desk, post: Post
) -> None:
    for email in desk.correspondence.waiting(desk.clock.now()):
        desk.correspondence.mark_no_reply_needed(email.message_id, "told by phone")
    order_id, _ = desk.orders.add(an_order())
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id)
    desk.settings.set("mail.sweep_at", "19:30")
    window.today.refresh()
    told = " ".join(_said(window.today))
    assert "Everything is done" in told
    assert ("today 19:30" in told) is (desk.correspondence.last_look().at is not None)
    del post


def test_paid_to_mailed_stands_at_the_right_and_squeezes_nothing_when_it_comes(
    window: MainWindow, desk: Desk, shop: Shop, qtbot: QtBot
) -> None:
    desk.fulfillment.finish_packing(shop.ring)
    desk.fulfillment.ship(shop.ring)
    window.resize(1440, 900)
    window.today.refresh()
    qtbot.waitUntil(window.today.mailing.isVisible)
    today = window.today
    assert today.mailing.x() == today.parcels.x() > today.emails.x()
    for card in (today.emails, today.parcels, today.pieces, today.promises, today.mailing):
        assert card.height() >= card.minimumSizeHint().height()


def test_the_hours_go_on_while_one_looks(window: MainWindow, post: Post, clock: FixedClock) -> None:
    del post
    window.today.refresh()
    before = window.today.emails.findChildren(ListRow)[0]
    clock.goes_on(hours=1)
    window.today.tick()
    assert window.today.emails.findChildren(ListRow)[0] is before
    assert before.chip is not None
    assert before.chip.text == "late by 3 h"
    assert "waiting since" in before.chip.toolTip()


def test_an_empty_desk_says_what_will_be_here(window: MainWindow) -> None:
    window.today.refresh()
    shown = [
        each.accessibleName()
        for each in window.today.findChildren(Button)
        if each.isVisibleTo(window.today) and each.property("kind") == "primary"
    ]
    assert shown == ["Import orders…"]


def test_when_all_is_done_it_says_so_and_what_comes_next(
    window: MainWindow, desk: Desk, clock: FixedClock
) -> None:
    order_id, _ = desk.orders.add(an_order())
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id)
    window.today.refresh()
    words = _said(window.today)
    assert "Everything is done" in words
    assert "Nothing else is due until a new order or letter comes." in words
    clock.goes_on(hours=1)


def test_the_focus_stays_on_its_row_when_the_page_is_read_anew(
    window: MainWindow, shop: Shop, post: Post
) -> None:
    del post
    window.today.refresh()
    (button,) = window.today.findChildren(Button, f"order:{shop.gift}")
    button.setFocus()
    window.today.refresh()
    focused = window.focusWidget()
    assert focused is not button
    assert focused.objectName() == f"order:{shop.gift}"


def test_a_narrow_page_sets_the_cards_below_each_other(window: MainWindow, shop: Shop) -> None:
    del shop
    today = window.today
    today.refresh()
    assert today.parcels.x() > today.emails.x()
    window.look.set_scale(150)
    window.resize(1024, 700)
    today.resize(800, 600)
    assert today.parcels.y() > today.emails.y()
    assert today.parcels.x() == today.emails.x()


def _said(page: QWidget) -> list[str]:
    from jeweler_desk.ui.widgets.text import Text  # noqa: PLC0415 - only here

    return [label.text() for label in page.findChildren(Text) if label.isVisibleTo(page)]
