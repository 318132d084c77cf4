from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from jeweler_desk.notifications import NotShownError, show_notification


class Desktop:
    """A notification service on a bus of its own, as a desktop has one."""

    def __init__(
        self, address: str, *, refuses: bool = False, can: Sequence[str] = ("body",)
    ) -> None:
        self.shown: list[tuple[object, ...]] = []
        self._can = list(can)
        self._refuses = refuses
        self._connection = open_dbus_connection(bus=address)
        self._connection.send_and_get_reply(
            message_bus.RequestName("org.freedesktop.Notifications")
        )
        self._thread = threading.Thread(target=self._answer_once, daemon=True)
        self._thread.start()

    def _answer_once(self) -> None:
        while True:
            asked = self._connection.receive()
            if asked.header.message_type is not MessageType.method_call:
                continue
            if asked.header.fields[HeaderFields.member] == "GetCapabilities":
                self._connection.send(new_method_return(asked, "as", (self._can,)))
                continue
            self.shown.append(asked.body)
            assert asked.header.fields[HeaderFields.signature] == "susssasa{sv}i"
            answer = (
                new_error(asked, "org.freedesktop.Notifications.Error.Full")
                if self._refuses
                else new_method_return(asked, "u", (1,))
            )
            self._connection.send(answer)
            return

    def close(self) -> None:
        self._thread.join(timeout=10)
        self._connection.close()


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("this machine has no D-Bus")
    address = f"unix:path={tmp_path}/bus"
    with subprocess.Popen(
        [program, "--session", "--nofork", "--print-address=1", f"--address={address}"],
        stdout=subprocess.PIPE,
    ) as daemon:
        assert daemon.stdout is not None
        daemon.stdout.readline()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        daemon.terminate()


def test_the_desktop_shows_who_waits(bus: str) -> None:
    desktop = Desktop(bus)

    show_notification("2 emails have waited over 24 hours", "Ann, Bea")
    desktop.close()

    name, _, _, title, text, *_ = desktop.shown[0]
    assert (name, title, text) == (
        "Jeweler Desk",
        "2 emails have waited over 24 hours",
        "Ann, Bea",
    )


def test_a_desktop_that_refuses_is_told_in_a_sentence(bus: str) -> None:
    desktop = Desktop(bus, refuses=True)

    with pytest.raises(NotShownError, match="the list itself is complete"):
        show_notification("title", "text")
    desktop.close()


def test_a_computer_without_a_desktop_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")

    with pytest.raises(NotShownError, match="the list itself is complete"):
        show_notification("title", "text")


def test_a_desktop_without_buttons_is_asked_for_none(bus: str) -> None:
    desktop = Desktop(bus, can=("body", "body-markup"))
    pressed: list[str] = []
    threads = threading.active_count()

    show_notification("title", "Ann & Co", pressed.append)
    desktop.close()

    *_, text, buttons, _, _ = desktop.shown[0]
    assert (text, buttons) == ("Ann &amp; Co", [])
    assert threading.active_count() <= threads


def test_another_system_is_told_to_keep_the_window_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")

    with pytest.raises(NotShownError, match="keep its window open"):
        show_notification("title", "text")
