"""At seven she goes through the letters once, and the day ends with every email answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.answered_elsewhere import AnsweredElsewhere
from jeweler_desk.ui.jobs import InlineJobs
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.wiring import build_desk
from tests.cli.command_line import CommandLine
from tests.fakes import FixedClock
from tests.post import MAKER, Letter, Post

SEVEN = datetime(2026, 10, 6, 23, 0, tzinfo=UTC)
"""Tuesday, 19:00 in New York."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(SEVEN - timedelta(hours=7))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(folder: Path, clock: FixedClock) -> Iterator[Desk]:
    with closing(Store(folder / "desk.db", now=clock.now)) as store:
        desk = build_desk(store, clock, folder=folder, notifier=lambda *_: None)
        desk.settings.set("shop.timezone", "America/New_York")
        yield desk


@pytest.fixture
def window(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(desk, Appearance(qapp, Mode.LIGHT), InlineJobs())
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def chooses(window: MainWindow, name: str, words: str = "") -> None:
    """She presses the act of a row, or one of its other ways."""
    for row in window.sweep.rows:
        if row.button is not None and row.button.objectName() == name:
            if not words:
                row.button.click()
            elif row.ways is not None:
                next(each for each in row.ways.actions() if words in each.text()).trigger()
            QApplication.processEvents()
            return
    raise AssertionError(name)


def test_the_evening_sweep(
    window: MainWindow, desk: Desk, clock: FixedClock, folder: Path, tmp_path: Path
) -> None:
    post = Post(desk, tmp_path / "mail")
    post.brings(
        [
            Letter("anna@c.test", hours=26),
            Letter("bo@c.test", hours=27, sender="Bo <bo@c.test>", subject="My parcel?"),
            Letter("news@shop.test", "sent", 28, MAKER, "bo@c.test", "Your ring is on its way"),
            Letter("ida@c.test", hours=26, sender="Ida <ida@c.test>", subject="A repair"),
        ]
    )
    # She has put Ida's letter away on her phone, unanswered.
    next((post.folder / "inbox" / "cur").glob("ida*")).unlink()
    post.read()
    window.chores.look_round()
    assert "reminder" not in window.notices.banners()

    # At seven the window calls, and one press opens the sweep.
    clock.moment = SEVEN
    window.chores.ticking.beat()
    told = window.notices.banners()["reminder"]
    assert told == ("Time for the evening sweep: 1 due before tomorrow 19:00, 2 questions")
    begin = next(each for each in window.notices.findChildren(Button) if each.text() == "Begin")
    begin.click()
    assert window.place is Place.SWEEP

    # The command line, beside the open window, finds the same.
    beside = CommandLine(folder, SEVEN.isoformat()).done("sweep")
    assert [each["message_id"] for each in beside["due"]] == ["anna@c.test"]
    assert [each["letter"]["subject"] for each in beside["maybe_answered"]] == [
        "Your ring is on its way"
    ]
    assert [each["message_id"] for each in beside["set_aside"]] == ["ida@c.test"]
    assert beside["words"].startswith("3 emails still wait for an answer.")

    # Bo's was the answer; Ida still waits, and is called; Anna needs none.
    chooses(window, "was:bo@c.test")
    chooses(window, "aside:ida@c.test", "It still waits")
    chooses(window, "answer:ida@c.test", "Answered elsewhere")
    (form,) = window.findChildren(AnsweredElsewhere)
    form.way.line.setText("by phone")
    form.verb.click()
    chooses(window, "answer:anna@c.test", "No reply needed")

    assert window.sweep.rows == []
    assert window.sweep.done.heading.text() == "Every email is answered"
    clear = CommandLine(folder, SEVEN.isoformat()).done("sweep")
    assert clear["is_clear"]
    assert clear["every_email_is_answered"]
    assert clear["words"] == (
        "Every email is answered. The next sweep is tomorrow 19:00. This month 2 of 2 were answered"
        " within 24 hours, 1 of them within the hour (50 %)."
    )

    # One step back, and the sweep is not over.
    window.actions_["undo"].trigger()
    assert not desk.sweep.look().is_clear
