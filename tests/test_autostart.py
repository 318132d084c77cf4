"""What starts with the computer: the file or value of each system, written and taken back."""

from __future__ import annotations

import plistlib
import shlex
from pathlib import Path

import pytest

from jeweler_desk.autostart import (
    CurrentUser,
    DesktopFile,
    LaunchAgent,
    NotWrittenError,
    RunValue,
    entry_of,
    quiet_start,
)
from jeweler_desk.services.starting import Starting

COMMAND = [
    "/opt/my desk/python",
    "-P",
    "-m",
    "jeweler_desk",
    "--desk",
    "/home/a $b/100%",
    "--quiet",
]


class FakeRegistry:
    """The Run key of a user of Windows."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.is_locked = False

    def value(self, name: str) -> str | None:
        if self.is_locked:
            raise PermissionError(13, "Access is denied")
        return self.values.get(name)

    def put(self, name: str, value: str) -> None:
        if self.is_locked:
            raise PermissionError(13, "Access is denied")
        self.values[name] = value

    def drop(self, name: str) -> None:
        if self.is_locked:
            raise PermissionError(13, "Access is denied")
        self.values.pop(name, None)


def test_on_linux_a_desktop_file_starts_it_and_is_gone_when_switched_off(tmp_path: Path) -> None:
    entry = entry_of("linux", tmp_path, {})
    assert isinstance(entry, DesktopFile)
    assert entry.file == tmp_path / ".config" / "autostart" / "jeweler-desk.desktop"
    starting = Starting(entry, COMMAND)
    states = [starting.is_on]
    starting.switch(on=True)
    states.append(starting.is_on)
    lines = entry.file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    (exec_line,) = (line for line in lines if line.startswith("Exec="))
    # What the specification takes off again: percent signs, and backslashes twice.
    value = exec_line[5:].replace("%%", "%").replace("\\\\", "\\").replace("\\$", "$")
    words = shlex.split(value)
    assert words == COMMAND
    starting.switch(on=False)
    assert [*states, starting.is_on] == [False, True, False]
    assert not entry.file.exists()
    starting.switch(on=False)


def test_the_folder_of_settings_may_lie_elsewhere_if_its_path_is_whole(tmp_path: Path) -> None:
    elsewhere = entry_of("linux", tmp_path, {"XDG_CONFIG_HOME": str(tmp_path / "conf")})
    assert isinstance(elsewhere, DesktopFile)
    assert elsewhere.file.parent == tmp_path / "conf" / "autostart"
    odd = entry_of("linux", tmp_path, {"XDG_CONFIG_HOME": "conf"})
    assert isinstance(odd, DesktopFile)
    assert odd.file.parent == tmp_path / ".config" / "autostart"


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, line: str) -> None:
    entry = DesktopFile(tmp_path / "entry.desktop")
    entry.file.write_text(f"[Desktop Entry]\nExec=desk\n{line}\n", encoding="utf-8")
    assert entry.command() is None


def test_on_macos_a_launch_agent_starts_it(tmp_path: Path) -> None:
    entry = entry_of("darwin", tmp_path, {})
    assert isinstance(entry, LaunchAgent)
    assert entry.command() is None
    entry.write(COMMAND)
    kept = plistlib.loads(entry.file.read_bytes())
    assert entry.file == tmp_path / "Library" / "LaunchAgents" / "jeweler-desk.plist"
    assert (kept["ProgramArguments"], kept["RunAtLoad"]) == (COMMAND, True)
    assert entry.command() == " ".join(COMMAND)
    entry.file.write_text("spoiled", encoding="utf-8")
    assert entry.command() is None
    entry.remove()
    assert not entry.file.exists()


def test_on_windows_a_value_of_the_run_key_starts_it(tmp_path: Path) -> None:
    registry = FakeRegistry()
    entry = entry_of("win32", tmp_path, {}, registry)
    assert isinstance(entry, RunValue)
    entry.write([r"C:\Program Files\Python\pythonw.exe", "-m", "jeweler_desk", "--quiet"])
    assert registry.values == {
        "Jeweler Desk": '"C:\\Program Files\\Python\\pythonw.exe" -m jeweler_desk --quiet'
    }
    assert entry.command() is not None
    entry.remove()
    assert registry.values == {}
    registry.is_locked = True
    assert entry.command() is None
    for act in (lambda: entry.write(COMMAND), entry.remove):
        with pytest.raises(NotWrittenError, match="Access is denied"):
            act()


def test_where_there_is_no_registry_nothing_is_kept() -> None:
    user = CurrentUser()
    user.put("no desk", "nothing")
    user.drop("no desk")
    assert user.value("no desk") is None


def test_a_sandbox_is_offered_no_switch(tmp_path: Path) -> None:
    assert entry_of("linux", tmp_path, {"FLATPAK_ID": "desk"}) is None
    starting = Starting(None, COMMAND)
    starting.switch(on=True)
    assert (starting.is_possible, starting.is_on) == (False, False)


def test_a_folder_that_takes_nothing_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("a file", encoding="utf-8")
    entry = DesktopFile(tmp_path / "autostart" / "jeweler-desk.desktop")
    with pytest.raises(NotWrittenError, match="Nothing else was changed"):
        entry.write(COMMAND)
    with pytest.raises(NotWrittenError):
        entry.remove()


def test_it_starts_quietly_on_its_own_folder(tmp_path: Path) -> None:
    assert quiet_start(tmp_path)[1:] == [
        "-P",
        "-m",
        "jeweler_desk",
        "--desk",
        str(tmp_path),
        "--quiet",
    ]
    assert quiet_start(None)[-2:] == ["jeweler_desk", "--quiet"]
