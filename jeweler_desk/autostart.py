"""Starting with the computer: one entry of the user's own, where the system looks for it.

Linux reads desktop files, macOS launch agents, Windows the Run key; none is there until it is
switched on, and switching off removes it.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from jeweler_desk.domain.refusal import RefusedError

NAME: Final = "jeweler-desk"
_TITLE: Final = "Jeweler Desk"
_FILE_MODE: Final = 0o600
_RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_QUOTED: Final = '\\"`$'


class NotWrittenError(RefusedError):
    """The entry could not be written; the sentence says why."""


class Entry(Protocol):
    """Where a system keeps what starts with it."""

    def command(self) -> str | None:
        """Return what is started, as the system keeps it; None where nothing is."""

    def write(self, command: Sequence[str]) -> None:
        """Have a command started. Raises `NotWrittenError`."""

    def remove(self) -> None:
        """Have nothing started. Raises `NotWrittenError`."""


class DesktopFile:
    """An autostart file of the freedesktop specification."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def command(self) -> str | None:
        """Return the Exec line, unless the desktop's own settings switched the entry off."""
        text = _text_of(self.file)
        lines: dict[str, str] = {}
        for line in text.splitlines():
            name, _, value = line.partition("=")
            lines[name.strip()] = value.strip()
        is_off = "true" in lines.get("Hidden", "").casefold()
        is_off |= "false" in lines.get("X-GNOME-Autostart-enabled", "").casefold()
        return None if is_off else lines.get("Exec")

    def write(self, command: Sequence[str]) -> None:
        """Write the file."""
        exec_line = " ".join(_in_exec(word) for word in command)
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            f"Name={_TITLE}",
            "Comment=Reminds of letters that wait",
            f"Exec={exec_line}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        )
        _write(self.file, ("\n".join(lines) + "\n").encode())

    def remove(self) -> None:
        """Remove the file."""
        _remove(self.file)


class LaunchAgent:
    """A property list among the user's launch agents."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def command(self) -> str | None:
        """Return the program and its arguments."""
        try:
            kept = plistlib.loads(self.file.read_bytes())
            words = [str(each) for each in kept["ProgramArguments"]]
        except (OSError, ValueError, KeyError, TypeError, plistlib.InvalidFileException):
            return None
        return " ".join(words)

    def write(self, command: Sequence[str]) -> None:
        """Write the list."""
        wanted = {
            "Label": NAME,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        _write(self.file, plistlib.dumps(wanted))

    def remove(self) -> None:
        """Remove the list."""
        _remove(self.file)


class Registry(Protocol):
    """The values of the user's Run key."""

    def value(self, name: str) -> str | None:
        """Return a value, or None."""

    def put(self, name: str, value: str) -> None:
        """Set a value."""

    def drop(self, name: str) -> None:
        """Remove a value that may not be there."""


class RunValue:
    """A value of the Run key of Windows."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def command(self) -> str | None:
        """Return the command line."""
        try:
            return self._registry.value(_TITLE)
        except OSError:
            return None

    def write(self, command: Sequence[str]) -> None:
        """Set the value."""
        try:
            self._registry.put(_TITLE, subprocess.list2cmdline(command))
        except OSError as error:
            raise _not_written(error) from error

    def remove(self) -> None:
        """Remove the value."""
        try:
            self._registry.drop(_TITLE)
        except OSError as error:
            raise _not_written(error) from error


class CurrentUser:
    """The Run key of this user, in the registry of Windows."""

    def value(self, name: str) -> str | None:
        """Return a value, or None."""
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415 - only Windows has it

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                    return str(winreg.QueryValueEx(key, name)[0])
            except FileNotFoundError:
                return None
        return None

    def put(self, name: str, value: str) -> None:
        """Set a value."""
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415 - only Windows has it

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

    def drop(self, name: str) -> None:
        """Remove a value that may not be there."""
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415 - only Windows has it

            try:
                with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                    winreg.DeleteValue(key, name)
            except FileNotFoundError:
                return


def entry_of(
    platform: str, home: Path, environment: Mapping[str, str], registry: Registry | None = None
) -> Entry | None:
    """Return where a system keeps what starts with it; None where no program may write that.

    In a Flatpak the file of the sandbox is read by nobody.
    """
    if platform == "win32":
        return RunValue(registry or CurrentUser())
    if platform == "darwin":
        return LaunchAgent(home / "Library" / "LaunchAgents" / f"{NAME}.plist")
    if environment.get("FLATPAK_ID") or not platform.startswith("linux"):
        return None
    config = Path(environment.get("XDG_CONFIG_HOME") or "")
    # The specification has a path that is not absolute ignored.
    folder = config if config.is_absolute() else home / ".config"
    return DesktopFile(folder / "autostart" / f"{NAME}.desktop")


def system_entry() -> Entry | None:
    """Return the entry of this computer and user."""
    return entry_of(sys.platform, Path.home(), os.environ)


def quiet_start(folder: Path | None) -> list[str]:
    """Return the command that opens a desk quietly, in its default place or in a folder."""
    python = Path(sys.executable)
    windowed = python.with_name("pythonw.exe")
    if sys.platform == "win32" and windowed.exists():
        python = windowed
    at = ["--desk", str(folder)] if folder else []
    return [str(python), "-P", "-m", "jeweler_desk", *at, "--quiet"]


def _in_exec(word: str) -> str:
    """Quote a word as the specification of desktop entries has it."""
    quoted = "".join(f"\\{each}" if each in _QUOTED else each for each in word)
    # Backslashes are read twice: once in the value, once in the argument.
    return '"' + quoted.replace("\\", "\\\\").replace("%", "%%") + '"'


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=_FILE_MODE)
        file.write_bytes(content)
    except OSError as error:
        raise _not_written(error) from error


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(error) from error


def _not_written(error: OSError) -> NotWrittenError:
    why = error.strerror or str(error)
    return NotWrittenError(f"The system did not take it: {why}. Nothing else was changed.")
