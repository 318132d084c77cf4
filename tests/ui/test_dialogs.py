from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import Channel, Gift, NewOrder
from jeweler_desk.ui.dialogs.add_order import AddOrder
from jeweler_desk.ui.dialogs.choose_units import PackPart
from jeweler_desk.ui.dialogs.hold_order import HoldChoice, HoldOrder
from jeweler_desk.ui.dialogs.import_orders import ImportOrders, files_of
from jeweler_desk.ui.dialogs.ship_order import HandOver, ShipOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import a_line, an_order
from tests.ui.conftest import Shop

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "demo"
TODAY = date(2026, 10, 5)
ALL_OR_NONE = ("All pieces", "None")
SHOPIFY_HEAD = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Shipping Name,Shipping City,Id\n"
)


@pytest.fixture
def under(qtbot: QtBot) -> Iterator[QWidget]:
    under = QWidget()
    qtbot.addWidget(under)
    under.show()
    yield under
    for form in under.findChildren(QWidget):
        form.deleteLater()


def words(form: QWidget) -> list[str]:
    return [label.text() for label in form.findChildren(Text)]


def test_a_form_gives_its_value_back_and_closes(under: QWidget, qtbot: QtBot) -> None:
    form = ShipOrder("#2089", under)
    given: list[HandOver] = []
    form.answered.connect(given.append)
    form.open()
    qtbot.keyClicks(form.carrier.line, "DHL")
    qtbot.keyClick(form.carrier.line, Qt.Key.Key_Return)
    assert given == [HandOver("DHL", None)]
    assert not form.isVisible()


def test_cancel_gives_nothing_back(under: QWidget, qtbot: QtBot) -> None:
    form = HoldOrder("#2089", under)
    given: list[HoldChoice] = []
    form.answered.connect(given.append)
    form.open()
    qtbot.mouseClick(form.cancel, Qt.MouseButton.LeftButton)
    assert given == []
    assert not form.isVisible()


def test_every_field_of_a_form_has_a_name_and_the_first_empty_one_the_focus(
    under: QWidget, qtbot: QtBot
) -> None:
    form = AddOrder("D-7", "USD", TODAY, under)
    form.open()
    qtbot.waitExposed(form)
    assert form.customer.accessibleName() == "Buyer"
    assert form.price.accessibleName() == "Price of one, USD"
    assert form.focusWidget() is form.customer


def test_an_order_by_hand_needs_a_buyer_a_piece_and_a_price(under: QWidget) -> None:
    form = AddOrder("D-7", "USD", TODAY, under)
    given: list[NewOrder] = []
    form.answered.connect(given.append)
    form.open()
    told = []
    for field, text in (
        (form.customer, "Ada Byron"),
        (form.piece, "Moon studs"),
        (form.price, "3,5"),
        (form.price, "32.50"),
    ):
        form.submit()
        told.append(form.problem.text())
        field.setText(text)
    assert given == []
    form.submit()
    assert len(given) == 1
    assert told == [
        "Write the buyer’s name.",
        "Write what was bought.",
        "“” is not an amount such as 44.00",
        "“3,5” is not an amount such as 44.00",
    ]


def test_an_order_by_hand_holds_what_was_typed(under: QWidget) -> None:
    form = AddOrder("D-7", "USD", TODAY, under)
    given: list[NewOrder] = []
    form.answered.connect(given.append)
    form.open()
    form.customer.setText(" Ada Byron ")
    form.piece.setText("Moon studs")
    form.details.setText("silver")
    form.personalization.setText("A.B.")
    form.quantity.setValue(2)
    form.price.setText("32.50")
    form.town.setText("London")
    form.is_paid.setChecked(True)
    form.is_gift.setChecked(True)
    form.notes.setPlainText("Market day")
    form.submit()
    (order,) = given
    (line,) = order.line_items
    assert (order.channel, order.number, order.customer) == (Channel.MANUAL, "D-7", "Ada Byron")
    assert (order.total.amount, order.gift, order.paid_on) == ("65.00", Gift.YES, TODAY)
    assert (line.title, line.quantity, line.personalization) == ("Moon studs", 2, "A.B.")
    assert line.variations[0].value == "silver"
    assert order.address.city == "London"
    assert order.address.address1 is None
    assert order.notes == "Market day"
    assert order.charges[0].amount == order.total


def test_files_are_seen_before_anything_is_taken_in(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    orders = tmp_path / "shopify.csv"
    orders.write_text(
        SHOPIFY_HEAD
        + "#5001,a@example.com,paid,2026-10-04 10:00:00 -0400,,USD,40.00,5.00,0.00,45.00,"
        "2026-10-04 10:00:00 -0400,1,Silver Ring,40.00,Ada,London,9001\n",
        encoding="utf-8",
    )
    stranger = tmp_path / "letter.csv"
    stranger.write_text("Dear,Aileen\n", encoding="utf-8")
    window.actions_["import"].trigger()
    form = next(each for each in window.findChildren(ImportOrders) if each.isVisible())
    assert not form.verb.isEnabled()
    form.look_at([orders, stranger])
    assert form.summary.text() == "Orders: 1 new."
    told = words(form)
    assert "shopify.csv" in told
    assert "shopify orders · 1 row" in told
    assert any("letter.csv" in each or "known" in each for each in told)
    assert form.verb.text() == "Take in 1 order"
    assert window.desk.orders.list(window.orders._view) == []
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert window.place is Place.ORDERS
    assert window.orders.model.rowCount() == 1
    assert window.notices.last_words == "Orders: 1 new."
    window.actions_["undo"].trigger()
    assert window.orders.model.rowCount() == 0


def test_files_that_bring_nothing_say_so(window: MainWindow, tmp_path: Path) -> None:
    stranger = tmp_path / "letter.csv"
    stranger.write_text("Dear,Aileen\n", encoding="utf-8")
    form = window.deeds.import_dialog()
    form.open()
    form.look_at([stranger])
    told = "None of these files is one the desk can read. Nothing was changed."
    assert form.summary.text() == told
    assert form.verb.text() == "Nothing to take in"
    with pytest.raises(LookupError):
        window.deeds.import_dialog().value()
    form.reject()


def test_files_and_folders_can_be_dropped(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("Dear,Aileen\n", encoding="utf-8")
    (tmp_path / "inside").mkdir()
    form = window.deeds.import_dialog()
    form.open()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    action, button, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(5, 5), action, data, button, none)
    form.dragEnterEvent(entering)
    assert entering.isAccepted()
    form.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, none))
    assert "one.csv" in words(form)
    data.setUrls([QUrl("https://shop.example/orders.csv")])
    form.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, none))
    told = "Nothing in that drop could be read. Use “Choose files…” instead."
    assert form.problem.text() == told
    data.clear()
    entering = QDragEnterEvent(QPoint(5, 5), action, data, button, none)
    entering.ignore()
    form.dragEnterEvent(entering)
    assert not entering.isAccepted()
    form.reject()


def test_files_dropped_on_the_window_are_looked_at(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("Dear,Aileen\n", encoding="utf-8")
    data = QMimeData()
    action, button, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    data.setText("no file")
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), action, data, button, none))
    assert not window.findChildren(ImportOrders)
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    entering = QDragEnterEvent(QPoint(5, 5), action, data, button, none)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    assert not window.findChildren(ImportOrders)
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), action, data, button, none))
    (form,) = window.findChildren(ImportOrders)
    assert form.isVisible()
    assert "one.csv" in words(form)
    form.reject()


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    (tmp_path / "b.csv").touch()
    (tmp_path / "a.csv").touch()
    assert [path.name for path in files_of([tmp_path, tmp_path / "gone.csv"])] == ["a.csv", "b.csv"]


def test_rows_set_aside_are_named_with_their_line(window: MainWindow, tmp_path: Path) -> None:
    rows = "".join(
        f"#600{number},a@example.com,paid,2026-10-04 10:00:00 -0400,,USD,40.00,5.00,0.00,many,"
        f"2026-10-04 10:00:00 -0400,1,Ring,40.00,Ada,London,{number}\n"
        for number in range(7)
    )
    orders = tmp_path / "shopify.csv"
    orders.write_text(SHOPIFY_HEAD + rows, encoding="utf-8")
    form = window.deeds.import_dialog()
    form.open()
    form.look_at([orders])
    told = words(form)
    assert any(each.startswith("line 2 set aside:") for each in told)
    assert "and 2 more rows set aside" in told
    assert form.summary.text() == "Orders: none. 7 rows are set aside."
    form.reject()


def test_an_order_by_hand_is_shown_at_once(window: MainWindow, shop: Shop, qtbot: QtBot) -> None:
    del shop
    window.actions_["add"].trigger()
    form = next(each for each in window.findChildren(AddOrder) if each.isVisible())
    form.customer.setText("Ada Byron")
    form.piece.setText("Moon studs")
    form.price.setText("32.50")
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert window.place is Place.ORDERS
    assert window.orders.chosen is not None
    assert window.orders.chosen.number == "D-1"
    assert window.notices.last_words == "The order is added."


def test_esc_asks_once_before_it_leaves_what_was_typed(
    window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    del shop
    form = HoldOrder("#2089", window)
    form.open()
    qtbot.keyClicks(form.reason.line, "a stone")
    qtbot.keyClick(form.reason.line, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.problem.text().startswith("Nothing is done yet. Esc once more")
    assert form.reason.text == "a stone", "what was typed still stands there"
    qtbot.keyClicks(form.reason.line, " has to be ordered")
    qtbot.keyClick(form.reason.line, Qt.Key.Key_Escape)
    assert form.isVisible(), "more was typed since"
    qtbot.keyClick(form.reason.line, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_closing_a_form_by_its_title_bar_asks_as_esc_does(window: MainWindow, qtbot: QtBot) -> None:
    form = HoldOrder("#2089", window)
    form.open()
    qtbot.keyClicks(form.reason.line, "a stone")
    assert not form.close()
    assert form.problem.text().startswith("Nothing is done yet. Closing once more")
    qtbot.keyClick(form.reason.line, Qt.Key.Key_Escape)
    assert not form.isVisible(), "it was asked already"
    untouched = HoldOrder("#2089", window)
    untouched.open()
    assert untouched.close()


def test_esc_leaves_an_untouched_form_at_once(window: MainWindow, qtbot: QtBot) -> None:
    form = HoldOrder("#2089", window)
    form.open()
    qtbot.keyClick(form.reason.line, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_a_form_grows_with_what_comes_to_be_said(window: MainWindow, qtbot: QtBot) -> None:
    form = ShipOrder("#2089", window)
    form.open()
    before = [button.height() for button in form.carrier.buttons]
    form.tracking.setText("123456789012")
    qtbot.waitUntil(lambda: bool(form.number.buttons))
    for _ in range(3):
        QApplication.processEvents()
    assert [button.height() for button in form.carrier.buttons] == before
    last = form.carrier.buttons[-1]
    assert last.mapTo(form, last.rect().bottomLeft()).y() < form.tracking.mapTo(form, QPoint()).y()
    form.reject()


def test_all_pieces_are_chosen_by_one_press_and_a_form_begins_with_them(
    window: MainWindow, shop: Shop
) -> None:
    order_id, _ = shop.desk.orders.add(
        an_order(a_line("Band", quantity=2), a_line("An uncommonly long title of a ring"))
    )
    form = PackPart(shop.desk.orders.get(order_id), window)
    form.open()
    first = next(iter(form.counts.values()))
    assert form.focusWidget() is first
    everything, none = (each for each in form.findChildren(Button) if each.text() in ALL_OR_NONE)
    everything.click()
    assert list(form.units.values()) == [2, 1]
    none.click()
    assert form.units == {}
    names = [each.accessibleName() for each in form.counts.values()]
    assert names == ["Band", "An uncommonly long title of a ring"]
    form.reject()
