"""PySide6 and Python keep count together: 6.12.0 on Python 3.11 would abort within a day's work."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLabel, QListView
from pytestqt.qtbot import QtBot

CALLS = 10_000
ALLOWED = 50
NO_PARENT = QModelIndex()


class SilentModel(QAbstractListModel):
    """Answers every question of Qt with None, which becomes an empty variant."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else 1

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> None:
        del index, role


def references_lost(call: Callable[[], object]) -> int:
    for _ in range(100):  # caches fill
        call()
    before = sys.getrefcount(None)
    lost = 0
    for number in range(CALLS):
        call()
        lost = before - sys.getrefcount(None)
        if number % 100 == 0 and abs(lost) >= ALLOWED:
            break  # a few thousand lost references would abort the whole run
    return lost


@pytest.mark.parametrize("kind", ["a call", "an empty variant"])
def test_ten_thousand_qt_calls_lose_no_reference_to_none(qtbot: QtBot, kind: str) -> None:
    label = QLabel()
    view = QListView()
    qtbot.addWidget(label)
    qtbot.addWidget(view)
    model = SilentModel(view)
    view.setModel(model)
    calls: dict[str, Callable[[], object]] = {
        "a call": label.updateGeometry,
        "an empty variant": lambda: view.model().index(0, 0).data(),
    }
    assert abs(references_lost(calls[kind])) < ALLOWED
