"""Policies in the window: written in the settings, quoted where a piece comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QFileDialog

from jeweler_desk.domain.order import Condition, OrderId
from jeweler_desk.domain.policy import CountedFrom, NewPolicy, PolicyKind
from jeweler_desk.services.camera_folder import CAMERA_SETTING
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.shipments import ParcelFacts
from jeweler_desk.ui.dialogs.choose_units import ReceivePieces, ReturnPieces
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.dialogs.policy_form import PolicyForm, PolicyReader
from jeweler_desk.ui.dialogs.refund_order import RefundOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.bench_card import BenchCard
from jeweler_desk.ui.pages.policies_card import PoliciesCard
from jeweler_desk.ui.widgets.sidebar import Place
from tests.fakes import FixedClock
from tests.ui.conftest import Shop

CLAUSE = "Send it back within 30 days. Worn pieces: half."


@pytest.fixture
def policy(desk: Desk) -> None:
    desk.policies.add(
        NewPolicy(
            kind=PolicyKind.RETURNS,
            text=CLAUSE,
            in_force_from=date(2026, 1, 1),
            short_form="Returns within 30 days.",
            window_days=30,
            counted_from=CountedFrom.DELIVERED,
            worn_percent=50,
        )
    )


@pytest.fixture
def sent(desk: Desk, shop: Shop, clock: FixedClock) -> OrderId:
    desk.fulfillment.finish_packing(shop.ring)
    desk.fulfillment.ship(shop.ring)
    clock.goes_on(days=2)
    desk.shipments.learn(shop.ring, None, ParcelFacts(delivered_at=clock.now()))
    return shop.ring


@pytest.fixture
def card(window: MainWindow) -> PoliciesCard:
    window.go(Place.SETTINGS)
    return next(each for each in window.settings.more if isinstance(each, PoliciesCard))


F = TypeVar("F", bound=Form)


def a_form(window: MainWindow, kind: type[F]) -> F:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def test_a_policy_is_written_and_its_next_version_begins_with_its_words(
    card: PoliciesCard, window: MainWindow, desk: Desk
) -> None:
    row = card.rows[PolicyKind.RETURNS]
    assert row.detail.text() == "Not written yet"
    assert row.button is not None
    row.button.click()
    form = a_form(window, PolicyForm)
    form.submit()
    assert form.problem.text() == "Write what you promise."
    form.text.setPlainText(CLAUSE)
    form.short_form.setText("Returns within 30 days.")
    form.days.setText("thirty")
    form.submit()
    assert form.problem.text() == "The window: “thirty” is no whole number."
    form.days.setText("30")
    form.submit()
    assert form.problem.text() == "Say from which event the days are counted."
    form.counted_from.buttons[0].click()
    form.worn.setText("50")
    form.begins.clear()
    form.submit()
    assert form.problem.text() == "Write from which day it is in force."
    form.begins.setText("2026-01-01")
    form.submit()
    row = card.rows[PolicyKind.RETURNS]
    assert row.detail.text() == "Returns within 30 days. · 30 days from its delivery"
    assert row.chip is not None
    assert row.chip.text == "version 1"
    assert row.button is not None
    row.button.click()
    a_form(window, PolicyReader).submit()
    form = a_form(window, PolicyForm)
    assert form.text.toPlainText() == CLAUSE
    form.begins.setText("2026-11-02")
    form.submit()
    chip = card.rows[PolicyKind.RETURNS].chip
    assert chip is not None
    assert chip.text == "version 2 from Mon 2 Nov"
    window.deeds.undo()
    assert len(desk.policies.all()) == 1
    chip = card.rows[PolicyKind.RETURNS].chip
    assert chip is not None
    assert chip.text == "version 1"


@pytest.mark.usefixtures("policy")
def test_a_return_quotes_the_clause_and_warns_when_its_window_is_over(
    window: MainWindow, desk: Desk, sent: OrderId, clock: FixedClock
) -> None:
    clock.goes_on(days=40)
    window.go(Place.ORDERS)
    window.orders.show_order(sent)
    window.actions_["order.return"].trigger()
    form = a_form(window, ReturnPieces)
    assert form.clause.words.text() == CLAUSE
    assert form.clause.heading.text() == "Returns, version 1, in force since Thu 1 Jan"
    assert form.clause.window_told.text().startswith("The window ended 10 days ago")
    next(iter(form.counts.values())).setValue(1)
    form.reason.line.setText("too small")
    form.submit()
    assert desk.orders.get(sent).returns, "it warns, and locks nothing"


def test_without_a_policy_the_form_says_so(window: MainWindow, sent: OrderId) -> None:
    window.go(Place.ORDERS)
    window.orders.show_order(sent)
    window.actions_["order.return"].trigger()
    form = a_form(window, ReturnPieces)
    assert form.clause.words.text() == "No policy was in force when this order was placed."
    form.reject()


@pytest.mark.usefixtures("policy")
def test_the_condition_suggests_the_amount_and_the_refund_begins_with_it(
    window: MainWindow, desk: Desk, sent: OrderId
) -> None:
    line = desk.orders.get(sent).line_items[0].id
    desk.returns.expect(sent, {line: 1}, "too small")
    window.go(Place.ORDERS)
    window.orders.show_order(sent)
    window.actions_["order.back"].trigger()
    form = a_form(window, ReceivePieces)
    assert form.suggested.text() == "As sent: all of it, 64.00 USD."
    worn = list(Condition).index(Condition.WORN)
    form.condition.buttons[worn].click()
    assert form.suggested.text() == "Worn: 50 % of 64.00 USD is 32.00 USD."
    form.submit()
    window.orders.show_order(sent)
    window.actions_["order.refund"].trigger()
    refund = a_form(window, RefundOrder)
    assert refund.amount.text() == "32.00"
    assert refund.units == {line: 1}
    refund.reason.line.setText("too small")
    refund.submit()
    assert [each.amount.amount for each in desk.orders.get(sent).refunds] == ["32.00"]


def test_the_cameras_folder_is_typed_or_chosen(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    window.go(Place.SETTINGS)
    card = next(each for each in window.settings.more if isinstance(each, BenchCard))
    card.choose.click()
    chooser = window.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    assert desk.settings.get(CAMERA_SETTING) == str(tmp_path)
    assert card.camera.text == str(tmp_path)
    card.camera.field.setText("photos")  # type: ignore[union-attr]
    card.camera.keep()
    assert "not a whole path" in card.camera.note.text()
