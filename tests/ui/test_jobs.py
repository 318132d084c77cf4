from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from jeweler_desk.ui.jobs import InlineJobs, JobRunner


def never(error: Exception) -> None:
    raise AssertionError(error)


def lost(_result: object) -> None:
    raise AssertionError


def test_work_is_done_beside_the_window_and_its_result_comes_back(
    runner: JobRunner, qtbot: QtBot
) -> None:
    seen: list[tuple[threading.Thread, bool]] = []

    def done(result: threading.Thread) -> None:
        seen.append((result, threading.current_thread() is threading.main_thread()))

    with qtbot.waitSignal(runner.ended):
        assert runner.start("slip", threading.current_thread, done, never)
        assert runner.is_running("slip")
    assert not runner.is_running("slip")
    ((worker, came_back),) = seen
    assert worker is not threading.main_thread()
    assert came_back


def test_a_second_job_of_the_same_name_is_refused(runner: JobRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    results: list[object] = []
    with qtbot.waitSignal(runner.ended):
        assert runner.start("mail", lambda: gate.wait(10), results.append, never)
        assert not runner.start("mail", lambda: "again", results.append, never)
        gate.set()
    assert results == [True]
    with qtbot.waitSignal(runner.ended):
        assert runner.start("mail", lambda: "again", results.append, never)
    assert results == [True, "again"]


def test_a_failure_is_told_on_the_windows_thread(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[Exception] = []
    with qtbot.waitSignal(runner.ended):
        runner.start("mail", lambda: 1 // 0, lost, told.append)
    assert isinstance(told[0], ZeroDivisionError)


def test_what_is_at_work_when_the_window_closes_is_let_go(qtbot: QtBot) -> None:
    runner = JobRunner()
    gate = threading.Event()
    results: list[object] = []
    runner.start("slip", lambda: gate.wait(10), results.append, never)
    gate.set()
    runner.shut_down()
    assert not runner.start("slip", lambda: 1, results.append, never)
    qtbot.wait(20)
    assert results == []


def test_inline_jobs_do_the_same_at_once() -> None:
    jobs = InlineJobs()
    results: list[object] = []
    names: list[str] = []
    jobs.started.connect(names.append)
    assert jobs.start("a", lambda: 2, results.append, never)
    errors: list[Exception] = []
    assert jobs.start("b", lambda: 1 // 0, lost, errors.append)
    assert not jobs.is_running("a")

    def within() -> bool:
        return jobs.start("c", lambda: 3, results.append, never)

    jobs.start("c", within, results.append, never)
    assert results == [2, False]
    assert isinstance(errors[0], ZeroDivisionError)
    assert names == ["a", "b", "c"]
    jobs.shut_down()
