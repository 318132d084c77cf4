"""A walk through every page and every form: names, keys, room for words, colors worn at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.actions import ACTIONS
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import ElidedText
from tests.post import Post
from tests.ui.conftest import Shop

EVERY_PAGE = pytest.mark.parametrize("place", list(Place))
EVERY_SIZE = pytest.mark.parametrize("scale", [80, 150, 200])
# What opens a form for an order as it comes; the others need a parcel, a refund or a return first.
FORMS = (
    "add", "import", "order.hold", "order.ship", "order.ask", "order.refund",
    "order.paid", "order.cancel", "order.dispute", "mail.connect", "supply.add",
)  # fmt: skip
EVERY_FORM = pytest.mark.parametrize("form", FORMS)
MOST_STOPS = 300


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def shown(root: QWidget) -> Iterator[QWidget]:
    return (each for each in root.findChildren(QWidget) if each.isVisibleTo(root))


def clipped(root: QWidget) -> list[str]:
    """The words that have less room than they need; an ellipsis with its tooltip is room enough."""
    return [
        each.text()
        for each in shown(root)
        if isinstance(each, QLabel | QAbstractButton) and each.text() and _is_cut(each)
    ]


def _is_cut(each: QLabel | QAbstractButton) -> bool:
    if isinstance(each, ElidedText):
        return False
    if isinstance(each, QAbstractButton):
        return each.minimumSizeHint().width() > each.width() + 1
    if each.wordWrap():
        return each.heightForWidth(each.width()) > each.height() + 1
    return each.sizeHint().width() > each.width() + 1


def picture(window: MainWindow) -> QImage:
    settle()
    return window.grab().toImage()


def stops(root: QWidget) -> Sequence[QWidget]:
    takes = Qt.FocusPolicy.TabFocus
    return [
        each
        for each in shown(root)
        # The field within a spin box is its own; what is read aloud is the box.
        if each.focusPolicy() & takes
        and each.isEnabled()
        and not each.objectName().startswith("qt_")
    ]


def opened(window: MainWindow, shop: Shop, form: str) -> QDialog:
    window.go(Place.ORDERS)
    window.orders.show_order(shop.unpaid if form == "order.paid" else shop.ring)
    if form == "order.ship":
        window.desk.fulfillment.finish_packing(shop.ring)
        window.orders.refresh()
    window.actions_[form].trigger()
    settle()
    (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    return dialog


def close(dialog: QDialog) -> None:
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@EVERY_SIZE
@EVERY_PAGE
def test_no_words_are_cut_whatever_the_size_of_text(
    window: MainWindow, shop: Shop, post: Post, place: Place, scale: int
) -> None:
    del shop, post
    window.resize(1440, 900)
    window.look.set_scale(scale)
    window.go(place)
    settle()
    assert clipped(window) == []


@EVERY_PAGE
def test_a_page_that_is_looked_at_grows_with_the_text_at_once(
    window: MainWindow, shop: Shop, post: Post, place: Place
) -> None:
    del shop, post
    window.resize(1440, 900)
    window.go(place)
    settle()
    window.look.set_scale(150)
    settle()
    assert clipped(window) == []


@EVERY_PAGE
def test_no_part_keeps_its_old_colors(
    window: MainWindow, shop: Shop, post: Post, place: Place
) -> None:
    """What is worn after a switch is, pixel for pixel, what a page begun in these colors wears."""
    del shop, post
    window.look.set_mode(Mode.DARK)
    window.go(place)
    window.sidebar.focus_current()
    settle()
    begun_dark = picture(window)
    window.look.set_mode(Mode.LIGHT)
    settle()
    assert picture(window) != begun_dark
    window.look.set_mode(Mode.DARK)
    assert picture(window) == begun_dark


@EVERY_FORM
def test_every_field_of_a_form_has_a_name_and_tab_goes_round(
    window: MainWindow, shop: Shop, form: str, qtbot: QtBot
) -> None:
    dialog = opened(window, shop, form)
    fields = stops(dialog)
    assert [each for each in fields if not each.accessibleName()] == []
    dialog.activateWindow()
    first = dialog.focusWidget()
    assert first is not None
    reached = {first}
    for _ in range(MOST_STOPS):
        now = dialog.focusWidget()
        assert now is not None
        qtbot.keyClick(now, Qt.Key.Key_Tab)
        if dialog.focusWidget() is first:
            break
        reached.add(dialog.focusWidget())
    assert dialog.focusWidget() is first, "Tab comes back to where it began"
    missed = [each for each in fields if each not in reached and not _is_one_of_many(each)]
    assert [each.accessibleName() for each in missed] == []
    close(dialog)


def _is_one_of_many(widget: QWidget) -> bool:
    """Of buttons that exclude each other the arrows walk on; Tab goes by."""
    return isinstance(widget, QAbstractButton) and (
        widget.autoExclusive() or widget.group() is not None
    )


@pytest.mark.parametrize("scale", [100, 200])
@EVERY_FORM
def test_no_words_of_a_form_are_cut_and_it_fits_the_screen(
    window: MainWindow, shop: Shop, form: str, scale: int
) -> None:
    window.look.set_scale(scale)
    dialog = opened(window, shop, form)
    assert clipped(dialog) == []
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    close(dialog)


def test_every_action_is_in_the_palette_with_its_key(window: MainWindow, shop: Shop) -> None:
    del shop
    window.actions_["search"].trigger()
    settle()
    palette = window.palette_
    model = palette.list.model()
    listed = {str(model.index(row, 0).data()) for row in range(model.rowCount())}
    missing = [
        spec.id
        for spec in ACTIONS
        if spec.id != "search"
        and not any(window.actions_[spec.id].text() in text for text in listed)
    ]
    assert missing == []


@pytest.mark.parametrize("view", list(View))
def test_an_empty_view_says_why(window: MainWindow, view: View) -> None:
    window.go(Place.ORDERS)
    window.orders.show_view(view)
    settle()
    said = [label.text() for label in window.orders.findChildren(QLabel) if label.isVisible()]
    assert any(words.startswith(("Nothing", "No ", "Everything", "Your orders")) for words in said)
