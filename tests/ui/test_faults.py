from __future__ import annotations

import sys
from pathlib import Path

from jeweler_desk.ui.faults import FaultLog
from jeweler_desk.ui.main_window import MainWindow


def a_fault() -> ZeroDivisionError:
    try:
        return 1 // 0  # type: ignore[return-value]  # it never returns
    except ZeroDivisionError as error:
        return error


def take(
    folder: Path | None, window: MainWindow, error: BaseException
) -> list[type[BaseException]]:
    """Let the log take an error; return what it passed on."""
    passed: list[type[BaseException]] = []
    faults = FaultLog(folder, window.notices, lambda kind, _error, _trace: passed.append(kind))
    faults.take(type(error), error, error.__traceback__)
    return passed


def test_a_fault_of_ours_is_written_down_and_told_in_one_sentence(
    window: MainWindow, tmp_path: Path
) -> None:
    assert take(tmp_path, window, a_fault()) == []
    log = tmp_path / "log" / "fault.txt"
    told = window.notices.banners()["fault"]
    assert told.startswith("Something went wrong inside the program. What was saved before is safe")
    assert str(log) in told
    assert "ZeroDivisionError" not in told
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_a_fault_that_cannot_be_written_down_is_still_told(
    window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "log").write_text("no folder", encoding="utf-8")
    assert take(tmp_path, window, a_fault()) == [ZeroDivisionError]
    assert "fault" in window.notices.banners()


def test_an_interruption_and_a_desk_in_memory_write_no_log(
    window: MainWindow, tmp_path: Path
) -> None:
    assert take(tmp_path, window, KeyboardInterrupt()) == [KeyboardInterrupt]
    assert take(None, window, a_fault()) == [ZeroDivisionError]
    assert window.notices.banners() == {}
    assert list(tmp_path.glob("log*")) == []


def test_the_hook_is_put_back(window: MainWindow, tmp_path: Path) -> None:
    before = sys.excepthook
    faults = FaultLog(tmp_path, window.notices)
    faults.install()
    assert sys.excepthook != before
    faults.remove()
    assert sys.excepthook == before
