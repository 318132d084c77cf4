"""Notifications on a real desktop: they are seen, and what is pressed on them comes back."""

from __future__ import annotations

from collections.abc import Iterator
from queue import Queue

import pytest

from jeweler_desk.notifications import LATER, OPEN, show_notification
from tests.dunst import Dunst, is_installed, running_dunst

pytestmark = pytest.mark.skipif(not is_installed(), reason="dunst is not installed")
SOON = 20


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Dunst, str]]:
    with running_dunst(tmp_path_factory.mktemp("desktop")) as running:
        yield running


@pytest.fixture
def dunst(desktop: tuple[Dunst, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Dunst]:
    dunst, address = desktop
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield dunst
    dunst.control("close-all")


def test_a_click_on_the_notice_opens_the_desk(dunst: Dunst) -> None:
    pressed: Queue[str] = Queue()
    show_notification("2 emails have waited over 24 hours", "Ann, Bea\nAs of 14:05", pressed.put)
    assert dunst.shown() == 1
    dunst.click()
    assert pressed.get(timeout=SOON) == OPEN


def test_the_notice_can_be_put_off(dunst: Dunst) -> None:
    pressed: Queue[str] = Queue()
    show_notification("1 email falls due within 4 hours", "Ann", pressed.put)
    dunst.choose("Later")
    assert pressed.get(timeout=SOON) == LATER


def test_a_notice_that_is_put_away_answers_nothing(dunst: Dunst) -> None:
    pressed: Queue[str] = Queue()
    show_notification("1 email falls due within 4 hours", "Ann", pressed.put)
    dunst.control("close-all")
    show_notification("Another", "Bea", pressed.put)
    dunst.click()
    assert pressed.get(timeout=SOON) == OPEN
    assert pressed.empty()


def test_a_name_is_no_markup(dunst: Dunst) -> None:
    show_notification("1 email has waited over 24 hours", "<b>Ann</b> & Co")
    assert dunst.shown() == 1
    dunst.control("close-all")
    assert "&lt;b&gt;Ann&lt;/b&gt; &amp; Co" in dunst.control("history")
