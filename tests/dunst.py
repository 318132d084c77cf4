"""A real desktop for tests: dunst on a bus of its own, on a screen that nobody sees."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

_PROGRAMS: Final = ("Xvfb", "dbus-daemon", "dunst", "dunstctl", "dbus-send")
_SETTINGS: Final = """
[global]
    width = 480
    height = 300
    font = Monospace 10
    markup = full
    timeout = 0
    dmenu = {folder}/choose
"""
_ANSWERS_IN: Final = 20


def is_installed() -> bool:
    """Whether this machine has all that such a desktop needs."""
    return sys.platform == "linux" and all(shutil.which(each) for each in _PROGRAMS)


def _program(name: str) -> str:
    return shutil.which(name) or name


class Dunst:
    """What a person sees and presses on that desktop."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment

    def control(self, *words: str) -> str:
        """Tell dunst something and return what it answers."""
        return subprocess.run(
            [_program("dunstctl"), *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=_ANSWERS_IN,
        ).stdout

    def shown(self) -> int:
        """Return how many notifications are seen."""
        return int(self.control("count", "displayed"))

    def click(self) -> None:
        """Click on the notification itself."""
        self.control("action", "0")

    def choose(self, words: str) -> None:
        """Choose one of the notification's buttons from its menu."""
        chooser = self._folder / "choose"
        chooser.write_text(f"#!/bin/sh\ngrep -- '{words}' | head -n 1\n", encoding="utf-8")
        chooser.chmod(0o755)
        self.control("context")

    def picture(self, file: Path) -> None:
        """Write what the screen shows."""
        subprocess.run(
            [_program("import"), "-window", "root", str(file)], env=self._environment, check=True
        )


@contextmanager
def running_dunst(folder: Path) -> Iterator[tuple[Dunst, str]]:
    """Start the desktop; give it with the address of its bus."""
    (folder / "dunstrc").write_text(_SETTINGS.format(folder=folder), encoding="utf-8")
    address = f"unix:path={folder}/bus"
    environment = {
        **{name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"},
        "DBUS_SESSION_BUS_ADDRESS": address,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
    }
    with ExitStack() as stack:
        screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"]
        environment["DISPLAY"] = f":{_first_line(stack, screen, environment)}"
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address={address}"]
        _first_line(stack, bus, environment)
        # dunst says nothing when it is ready: the bus starts it by name when it is first asked.
        _started(stack, ["dunst", "-config", str(folder / "dunstrc")], environment)
        _wait_until_named(environment)
        yield Dunst(folder, environment), address


def _started(
    stack: ExitStack, words: list[str], environment: dict[str, str]
) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    stack.enter_context(process)
    stack.callback(process.terminate)
    return process


def _first_line(stack: ExitStack, words: list[str], environment: dict[str, str]) -> str:
    output = _started(stack, words, environment).stdout
    assert output is not None
    return output.readline().strip()


def _wait_until_named(environment: dict[str, str]) -> None:
    from jeepney import MatchRule, message_bus  # noqa: PLC0415 - only Linux has it
    from jeepney.io.blocking import Proxy, open_dbus_connection  # noqa: PLC0415 - likewise

    name = "org.freedesktop.Notifications"
    with open_dbus_connection(bus=environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        told = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
        told.add_arg_condition(0, name)
        proxy = Proxy(message_bus, connection)
        with connection.filter(told) as queue:
            proxy.AddMatch(told)
            if not proxy.NameHasOwner(name)[0]:
                connection.recv_until_filtered(queue, timeout=_ANSWERS_IN)
