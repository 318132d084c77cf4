from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.backup import BackupKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.import_orders import ImportOrders
from jeweler_desk.ui.jobs import InlineJobs
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pictures import save_pictures
from jeweler_desk.ui.running import leave_pictures, raise_first_window, run_window
from jeweler_desk.ui.single_window import SingleWindow, channel_of
from jeweler_desk.ui.theme import WINDOW_SMALLEST, Mode
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.post import Post
from tests.ui.conftest import Shop

ROOT = Path(__file__).resolve().parents[2]
TOO_HEAVY = ("reportlab", "PIL", "keyring", "imapclient", "pypdfium2", "babel.numbers", "holidays")
SECOND_START = "import sys; from pathlib import Path; from jeweler_desk.ui.running import"
SECOND_START += " raise_first_window as r; sys.exit(0 if r(Path(sys.argv[1])) else 1)"
START = """
import sys
from jeweler_desk.wiring import build_desk
from jeweler_desk.services.clock import SystemClock
from jeweler_desk.store.database import Store
from PySide6.QtWidgets import QApplication
from jeweler_desk.ui import running
app = QApplication([])
clock = SystemClock()
desk = build_desk(Store(None, now=clock.now), clock)
window = running.MainWindow(desk, running._appearance(app, {}), running.InlineJobs())
window.show()
app.processEvents()
print(",".join(name for name in sys.argv[1:] if name in sys.modules))
"""

OF_THE_DESK = (
    "jeweler_desk.app", "jeweler_desk.services.desk", "jeweler_desk.services.settings",
    "jeweler_desk.store.database", "jeweler_desk.domain.order", "jeweler_desk.ui.pages.today",
)  # fmt: skip
FRAME_FIRST = """
import sys
from pathlib import Path
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.ui import running
def open_desk():
    print(",".join(name for name in sys.argv[2:] if name in sys.modules))
    raise RefusedError("Not today.")
try:
    running.run_window(open_desk, Path(sys.argv[1]), {})
except RefusedError as refused:
    print(refused)
"""


def run(*arguments: str, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_start_brings_nothing_that_only_paper_or_mail_needs() -> None:
    told = run(*TOO_HEAVY, code=START)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == ""


def test_the_frame_is_seen_before_anything_of_the_desk_is_loaded(tmp_path: Path) -> None:
    told = run(str(tmp_path), *OF_THE_DESK, code=FRAME_FIRST)
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == ["", "Not today."]


def test_the_frame_looks_like_the_window_that_comes_of_it(
    qtbot: QtBot, desk: Desk, look: Appearance
) -> None:
    window = MainWindow(None, look, InlineJobs(), shop="Juniper & Tide")
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert not window.is_furnished
    frame = window.grab().toImage()
    title, size = window.windowTitle(), window.size()
    window.furnish(desk)
    QApplication.processEvents()
    assert (window.windowTitle(), window.size()) == (title, size)
    assert (window.place, window.stack.count()) == (Place.TODAY, 1)
    page = window.stack.mapTo(window, window.stack.rect().bottomRight())
    page -= QPoint(2, 2)
    seen = window.grab().toImage()
    assert seen.pixelColor(page) == frame.pixelColor(page)
    side = window.sidebar.geometry()
    assert seen.pixelColor(side.left() + 2, 200) == frame.pixelColor(side.left() + 2, 200)
    window.close()


def test_a_window_closed_before_its_desk_is_open_just_closes(
    qtbot: QtBot, look: Appearance
) -> None:
    window = MainWindow(None, look, InlineJobs())
    qtbot.addWidget(window)
    window.show()
    window.show_state()
    with qtbot.waitSignal(window.closed):
        window.close()


def test_what_prevents_the_opening_closes_the_window_and_is_raised(
    qtbot: QtBot, tmp_path: Path
) -> None:
    del qtbot

    def open_desk() -> Desk:
        raise RefusedError("This desk was written by a newer Jeweler Desk.")

    with pytest.raises(RefusedError, match="newer Jeweler Desk"):
        run_window(open_desk, tmp_path, {"window.theme": "sepia", "window.text_size": "huge"})


def test_pictures_of_every_page_are_left_in_light_and_dark(
    window: MainWindow, shop: Shop, post: Post, tmp_path: Path
) -> None:
    del shop, post
    window.go(Place.MAIL)
    paths = save_pictures(window, tmp_path / "pictures", WINDOW_SMALLEST)
    names = [path.name for path in paths]
    assert names == [f"{place}{end}.png" for end in ("", "-dark") for place in Place]
    assert all(path.stat().st_size > 5000 for path in paths)
    assert len({path.read_bytes() for path in paths}) == len(paths)
    assert window.place is Place.MAIL
    assert not window.look.is_dark


def test_a_demo_without_a_display_leaves_pictures(
    desk: Desk, shop: Shop, tmp_path: Path, qtbot: QtBot
) -> None:
    del shop, qtbot
    paths = leave_pictures(desk, tmp_path, demo_note="This is a sample shop.")
    assert len(paths) == 2 * len(Place)


def test_a_second_start_raises_the_first_window(
    qtbot: QtBot, desk: Desk, look: Appearance, tmp_path: Path
) -> None:
    window = MainWindow(desk, look, InlineJobs())
    qtbot.addWidget(window)
    door = SingleWindow(tmp_path)
    door.asked.connect(window.come_forward)
    second = subprocess.Popen([sys.executable, "-c", SECOND_START, str(tmp_path)], cwd=ROOT)
    with qtbot.waitSignal(door.asked, timeout=20_000) as heard:
        pass
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    assert heard.args == [[]]
    assert window.isVisible()
    door.close()
    window.close()


def test_nobody_answers_where_no_window_is_open(tmp_path: Path) -> None:
    assert run(str(tmp_path), code=SECOND_START).returncode == 1


def test_files_are_handed_over_and_nonsense_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    door = SingleWindow(tmp_path)
    heard: list[list[Path]] = []
    door.asked.connect(heard.append)
    sent = (b'["orders.csv", 7]', b"no json", b'{"a": 1}', b"")
    for told, data in enumerate(sent, start=1):
        socket = QLocalSocket()
        socket.connectToServer(channel_of(tmp_path))
        assert socket.waitForConnected(1000)
        socket.write(data)
        socket.waitForBytesWritten(1000)
        socket.disconnectFromServer()
        qtbot.waitUntil(partial(_has_heard, heard, told))
    assert heard == [[Path("orders.csv")], [], [], []]
    door.close()


def _has_heard(heard: list[list[Path]], count: int) -> bool:
    return len(heard) == count


def test_a_name_left_by_a_process_that_died_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    first, second = SingleWindow(tmp_path), SingleWindow(tmp_path)
    socket = QLocalSocket()
    socket.connectToServer(channel_of(tmp_path))
    assert socket.waitForConnected(1000)
    socket.abort()
    first.close()
    second.close()


def test_the_window_runs_until_it_is_closed_and_leaves_a_copy(
    qtbot: QtBot, clock: FixedClock, tmp_path: Path
) -> None:
    del qtbot
    folder = tmp_path / "desk"
    folder.mkdir()
    store = Store(folder / "desk.db", now=clock.now)
    desk = build_desk(store, clock, folder=folder)
    desk.settings.set("window.theme", "dark")
    seen: list[str] = []

    def look() -> None:
        window = next(
            each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)
        )
        form = next(each for each in window.findChildren(ImportOrders))
        seen.extend((window.place, window.look.mode, form.verb.text()))
        form.reject()
        window.leave()

    QTimer.singleShot(1500, look)
    status = run_window(lambda: desk, folder, {}, files=[tmp_path / "no such file.csv"])
    assert status == 0
    assert seen == [Place.TODAY, Mode.DARK, "Nothing to take in"]
    assert {each.kind for each in desk.backups.kept()} == {BackupKind.DAILY, BackupKind.CLOSING}
    assert not raise_first_window(folder)
    store.close()


def test_a_copy_that_cannot_be_made_at_closing_goes_to_the_log(
    qtbot: QtBot, clock: FixedClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del qtbot
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "backups").write_text("no folder", encoding="utf-8")
    store = Store(folder / "desk.db", now=clock.now)
    desk = build_desk(store, clock, folder=folder)
    desk.settings.set("window.theme", "light")
    QTimer.singleShot(
        100,
        lambda: [
            each.close() for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)
        ],
    )
    with caplog.at_level("WARNING"):
        assert run_window(lambda: desk, folder, {}) == 0
    assert "The copy at closing was not made" in caplog.text
    store.close()
