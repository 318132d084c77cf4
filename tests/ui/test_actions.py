from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.resources import resource
from jeweler_desk.ui.actions import ACTIONS, Actions, keys_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.sidebar import Place


@pytest.mark.parametrize("place", list(Place))
def test_no_key_means_two_things_on_a_page(place: Place) -> None:
    keys = Counter(
        QKeySequence(key).toString()
        for spec in ACTIONS
        if spec.place in {None, place}
        for key in spec.keys
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_is_whole() -> None:
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    for spec in ACTIONS:
        assert spec.text
        assert spec.tip
        assert spec.keys, spec.id
        assert keys_text(spec)
        if spec.icon:
            assert resource(f"icons/{spec.icon}.svg").is_file(), spec.icon


def test_every_action_stands_in_a_menu(window: MainWindow) -> None:
    shown = {
        action.objectName()
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()  # type: ignore[attr-defined]  # the stubs say QObject
    }
    assert shown == {spec.id for spec in ACTIONS}


def test_an_action_without_its_call_is_refused(qtbot: QtBot, look: Appearance) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    actions = Actions(look, holder)
    with pytest.raises(ValueError, match=r"quit"):
        actions.bind({spec.id: lambda: None for spec in ACTIONS if spec.id != "quit"})
    with pytest.raises(ValueError, match="fly"):
        actions.bind({spec.id: lambda: None for spec in ACTIONS} | {"fly": lambda: None})


def test_the_keys_of_a_page_count_only_there(qtbot: QtBot, look: Appearance) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    actions = Actions(look, holder)
    actions.enter(Place.BENCH)
    assert [key.toString() for key in actions["bench.done"].shortcuts()] == ["Return", "Enter"]
    assert actions["mail.answer"].shortcuts() == []
    actions.enter(Place.MAIL)
    assert actions["bench.done"].shortcuts() == []
    assert actions["search"].shortcut().toString() == "Ctrl+K"
    assert set(actions.all()) == {spec.id for spec in ACTIONS}
