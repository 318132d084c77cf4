"""Long acts: the window goes on meanwhile, says how far they are, and lets them be stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.progress import Portions, Progress
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.ui.dialogs.at_work import AtWork, do_at_work
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.jobs import JobRunner
from jeweler_desk.ui.main_window import MainWindow

WHOLE = 40


@pytest.fixture
def frame(window: MainWindow, runner: JobRunner) -> Frame:
    return replace(window.frame_, jobs=runner)


class Work:
    """Work that goes on until it is told to stop; what it did, and whether it is taken back."""

    def __init__(self, *, goes_on: bool = True) -> None:
        self.done = 0
        self.goes_on = goes_on

    def portions(self) -> Portions[str]:
        while self.done < WHOLE or self.goes_on:
            self.done += 1
            if (yield Progress(min(self.done, WHOLE), WHOLE)):
                while self.done:
                    self.done = 0
                    yield Progress(0, WHOLE, is_going_back=True)
                return "stopped"
        return "whole"


def begin(frame: Frame, window: MainWindow, work: Portions[str], results: list[str]) -> bool:
    return do_at_work(
        frame,
        window,
        work,
        results.append,
        heading="Taking orders in",
        safe="All of it or nothing.",
        can_stop=True,
    )


def test_a_long_act_shows_how_far_it_is_and_is_stopped_by_its_button(
    window: MainWindow, frame: Frame, qtbot: QtBot
) -> None:
    work, results = Work(), list[str]()
    assert begin(frame, window, work.portions(), results)
    assert not begin(frame, window, Work().portions(), results), "one at a time"
    (dialog,) = (each for each in window.findChildren(AtWork) if each._wait.isActive())
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.words.text() == "All of it or nothing."
    assert (dialog.bar.value(), dialog.bar.maximum()) == (WHOLE, WHOLE)
    qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    dialog.reject()
    assert not dialog.stop_button.isEnabled()
    qtbot.waitUntil(lambda: results == ["stopped"])
    assert work.done == 0


def test_a_short_one_is_over_before_anything_is_shown(
    window: MainWindow, frame: Frame, qtbot: QtBot
) -> None:
    results: list[str] = []
    assert begin(frame, window, Work(goes_on=False).portions(), results)
    assert results == ["whole"]
    assert not any(each.isVisible() for each in window.findChildren(AtWork))
    del qtbot


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RefusedError("The disk is full."), "The disk is full."),
        (ZeroDivisionError(), "The desk’s log has the details. All of it or nothing."),
    ],
)
def test_what_went_wrong_is_told_and_the_next_act_can_begin(
    window: MainWindow, frame: Frame, error: Exception, told: str
) -> None:
    def fails() -> Portions[str]:
        yield Progress(0, 1)
        raise error

    results: list[str] = []
    assert begin(frame, window, fails(), results)
    assert window.notices.banners()["act"] == told
    assert begin(frame, window, Work(goes_on=False).portions(), results)
    assert results == ["whole"]


def test_a_window_that_closes_takes_back_what_was_under_way(
    runner: JobRunner, qtbot: QtBot
) -> None:
    work = Work()
    told: list[Progress] = []

    def lost(_: object) -> None:
        raise AssertionError

    assert runner.in_portions("act", work.portions(), lost, lost, told.append)
    qtbot.waitUntil(lambda: len(told) > 1)
    runner.shut_down()
    assert work.done == 0
    assert not runner.in_portions("act", work.portions(), lost, lost, told.append)
