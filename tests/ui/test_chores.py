from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mail_access import Hindrance
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.connect_mailbox import ConnectMailbox
from jeweler_desk.ui.jobs import Done, Failed, InlineJobs, Work
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.reminding import TICK_MS, Ticking
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.post import Post
from tests.ui.conftest import FakeKeyring, FakeMailbox

ACCOUNT = MailAccount("hello@juniper.test", "imap.juniper.test", 993, "hello@juniper.test")


def connected(desk: Desk) -> None:
    desk.correspondence.mailboxes.add(ACCOUNT, "secret words")


@pytest.fixture
def told(window: MainWindow) -> list[Changes]:
    told: list[Changes] = []
    window.bus.changed.connect(told.append)
    return told


@pytest.fixture
def filed(
    qtbot: QtBot, look: Appearance, clock: FixedClock, tmp_path: Path
) -> Iterator[MainWindow]:
    """A window on a desk that lies in a file."""
    folder = tmp_path / "filed"
    folder.mkdir()
    store = Store(folder / "desk.db", now=clock.now)
    edges = MailEdges(LetterFiles(), FakeMailbox(), FakeKeyring())
    window = MainWindow(build_desk(store, clock, folder=folder, edges=edges), look, InlineJobs())
    qtbot.addWidget(window)
    yield window
    window.close()
    store.close()


def test_the_desk_looks_round_every_half_minute(window: MainWindow) -> None:
    assert TICK_MS == 30_000
    window.chores.start()
    window.chores.stop()


def test_mail_is_read_at_the_start_and_every_five_minutes(
    window: MainWindow, desk: Desk, mailbox: FakeMailbox, clock: FixedClock
) -> None:
    connected(desk)
    reads = []
    for minutes in (0, 1, 3, 2):
        clock.goes_on(minutes=minutes)
        window.chores.look_round()
        reads.append(len(mailbox.passwords))
    assert reads == [1, 1, 1, 2]


def test_after_sleep_mail_is_read_before_anything_is_called_late(
    window: MainWindow, desk: Desk, mailbox: FakeMailbox, clock: FixedClock, told: list[Changes]
) -> None:
    connected(desk)
    window.chores.look_round()
    told.clear()
    clock.goes_on(minutes=3)
    window.chores.ticking.beat()
    assert told[0] == frozenset(Topic)
    assert len(mailbox.passwords) == 2


def test_a_clock_set_back_counts_as_waking_too(clock: FixedClock) -> None:
    ticking = Ticking(clock.now, lambda moment: moment)
    heard: list[str] = []
    ticking.woke.connect(lambda: heard.append("woke"))
    ticking.ticked.connect(lambda: heard.append("ticked"))
    ticking.day_changed.connect(lambda: heard.append("day"))
    for span in (timedelta(seconds=30), timedelta(hours=-1), timedelta(days=1)):
        clock.moment += span
        ticking.beat()
    assert heard == ["ticked", "woke", "ticked", "woke", "day", "ticked"]


def test_a_new_day_makes_every_page_read_anew(
    window: MainWindow, clock: FixedClock, told: list[Changes]
) -> None:
    clock.goes_on(hours=12)
    window.chores.ticking.beat()
    told.clear()
    clock.goes_on(hours=2, minutes=1)
    window.chores.ticking.beat()
    assert frozenset(Topic) in told


def test_the_notice_at_24_hours_is_shown_once(window: MainWindow, post: Post) -> None:
    del post
    window.chores.look_round()
    told = window.notices.banners()["reminder"]
    assert told == "1 email has waited over 24 hours: Anna Berg"
    window.notices.withdraw("reminder")
    window.chores.look_round()
    assert "reminder" not in window.notices.banners()


def test_the_notice_leads_to_the_letters(window: MainWindow, post: Post) -> None:
    del post
    window.chores.look_round()
    show = next(each for each in window.notices.findChildren(Button) if each.text() == "Show")
    show.click()
    assert window.place is Place.MAIL


def test_quiet_hours_swallow_the_notice(window: MainWindow, post: Post, clock: FixedClock) -> None:
    del post
    clock.goes_on(hours=12)  # 22:00 in New York
    window.chores.look_round()
    assert window.notices.banners() == {}
    clock.goes_on(hours=11)
    window.chores.look_round()
    assert "reminder" in window.notices.banners()


def test_reading_without_a_mailbox_says_where_to_connect_one(window: MainWindow) -> None:
    window.actions_["fetch"].trigger()
    told = "No mailbox is connected yet. Settings has the button."
    assert window.notices.last_words == told


def test_a_password_nobody_knows_is_asked_for_once(window: MainWindow, desk: Desk) -> None:
    desk.correspondence.mailboxes.add(ACCOUNT, None)
    wanted: list[str] = []
    window.chores.secret_wanted.connect(wanted.append)
    window.chores.fetch_mail()
    assert window.notices.banners()["secret"].startswith(
        "The password of hello@juniper.test is not known"
    )
    assert "fetch" not in window.notices.banners()
    window.notices.withdraw("secret")
    window.chores.fetch_mail()
    assert "secret" not in window.notices.banners()


def test_a_refused_password_leads_to_where_it_is_changed(
    window: MainWindow, desk: Desk, mailbox: FakeMailbox, clock: FixedClock
) -> None:
    connected(desk)
    mailbox.error = "imap.juniper.test:993 refused the user name or password of hello@juniper.test"
    mailbox.hindrance = Hindrance.LOGIN
    window.chores.fetch_mail()
    told = window.notices.banners()["secret"]
    assert told.startswith("imap.juniper.test:993 refused the user name or password")
    assert "next try" not in told
    (account,) = desk.correspondence.freshness(clock.now()).accounts
    assert account.is_unseen(clock.now())
    button = next(e for e in window.notices.findChildren(Button) if e.text() == "Change it…")
    button.click()
    form = window.findChild(ConnectMailbox)
    assert form is not None
    assert form.address.text() == "hello@juniper.test"
    form.reject()
    mailbox.error = mailbox.hindrance = None
    window.chores.fetch_mail()
    assert "secret" not in window.notices.banners()


def test_words_that_only_sound_like_a_refused_login_are_none(
    window: MainWindow, desk: Desk, mailbox: FakeMailbox, clock: FixedClock
) -> None:
    connected(desk)
    mailbox.error = "a proxy refused the user name or password of its own"
    mailbox.hindrance = Hindrance.OTHER
    window.chores.fetch_mail()
    assert "next try" in window.notices.banners()["fetch"]
    (account,) = desk.correspondence.freshness(clock.now()).accounts
    assert not account.is_unseen(clock.now())


def test_a_copy_is_made_on_demand_and_told(filed: MainWindow) -> None:
    filed.actions_["backup"].trigger()
    assert filed.notices.last_words == "The desk is backed up; the copy was opened and checked."
    assert filed.sidebar.lines()[1] == "Backed up today 10:00" or filed.sidebar.lines()[1]
    assert filed.desk.backups.last() is not None


def test_a_copy_is_made_once_a_day_by_itself(filed: MainWindow, clock: FixedClock) -> None:
    filed.chores.look_round()
    filed.chores.look_round()
    assert len(filed.desk.backups.kept()) == 1
    clock.goes_on(days=1)
    filed.chores.look_round()
    assert len(filed.desk.backups.kept()) == 2


def test_a_desk_in_memory_has_no_copy(window: MainWindow) -> None:
    window.actions_["backup"].trigger()
    told = "This desk is only in memory: there is no file to copy."
    assert window.notices.banners() == {"backup": told}


def test_a_copy_that_fails_says_what_is_safe(filed: MainWindow) -> None:
    folder = filed.desk.folder
    assert folder is not None
    (folder / "backups").write_text("no folder", encoding="utf-8")
    filed.actions_["backup"].trigger()
    told = filed.notices.banners()["backup"]
    assert told.startswith("The safety copy was not made; your desk itself is as it was.")


class Slow(InlineJobs):
    """A network that answers nothing: jobs begin and do not end."""

    def start(self, name: str, work: Work, done: Done, failed: Failed) -> bool:
        del work, done, failed
        self._running.add(name)
        return True


def test_a_notice_waits_for_the_look_and_after_90_seconds_for_nothing(
    desk: Desk, look: Appearance, qtbot: QtBot, clock: FixedClock, post: Post
) -> None:
    del post
    connected(desk)
    window = MainWindow(desk, look, Slow())
    qtbot.addWidget(window)
    shown = []
    for _ in range(4):
        window.chores.look_round()
        shown.append(window.notices.banners().get("reminder"))
        clock.goes_on(seconds=30)
    window.close()
    assert shown[:3] == [None, None, None]
    assert shown[3] is not None
    assert "Anna Berg" in shown[3]


def test_what_was_pressed_on_the_desktop_comes_back_to_the_window(
    window: MainWindow, desk: Desk, post: Post, clock: FixedClock
) -> None:
    del post
    chores = window.chores
    chores._answer_notice("open")
    chores.look_round()
    chores._answer_notice("later")
    clock.goes_on(minutes=61)
    assert desk.reminders.due_notice() is not None
    chores._answer_notice("open")
    assert window.place is Place.MAIL
    assert "reminder" not in window.notices.banners()


def test_a_computer_that_travels_shows_its_new_hours_at_once(
    window: MainWindow, desk: Desk, told: list[Changes], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.settings.set("shop.timezone", "")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    window.chores.look_round()
    told.clear()
    monkeypatch.setenv("TZ", "Europe/Berlin")
    window.chores.look_round()
    assert frozenset(Topic) in told
    assert desk.settings.timezone() == "Europe/Berlin"
    monkeypatch.undo()
    desk.settings.notice_zone()
