"""The doctor names what a machine lacks and what to do about it."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from jeweler_desk.services import doctor
from jeweler_desk.services.doctor import Diagnosis, Machine, Matter
from jeweler_desk.services.system_libraries import (
    PRINTING_LIBRARY,
    QT_LIBRARIES,
    Family,
    missing_libraries,
)

SOUND = Machine(
    python=(3, 11, 2),
    qt="6.11.3",
    missing_libraries=(),
    missing_parts=(),
    sqlite=(3, 53, 4),
    keyring="Secret Service",
    printers=("Brother",),
    missing_fonts=(),
)


def finding(machine: Machine, matter: Matter) -> Diagnosis:
    return next(found for found in doctor.examine(machine) if found.matter is matter)


def test_a_sound_machine_passes_on_every_matter() -> None:
    found = doctor.examine(SOUND)
    assert [diagnosis.matter for diagnosis in found] == list(Matter)
    assert all(diagnosis.is_good for diagnosis in found)


def test_a_missing_library_is_named_with_the_packages_of_three_families() -> None:
    cursor = next(lib for lib in QT_LIBRARIES if lib.soname == "libxcb-cursor.so.0")
    found = finding(dataclasses.replace(SOUND, missing_libraries=(cursor,)), Matter.LIBRARIES)
    assert not found.is_good
    assert found.packages == {
        Family.DEBIAN: ("libxcb-cursor0",),
        Family.FEDORA: ("xcb-util-cursor",),
        Family.ARCH: ("xcb-util-cursor",),
    }
    assert "libxcb-cursor0" in found.what


@pytest.mark.parametrize(
    ("qt", "python", "word"),
    [
        ("6.7.3", (3, 11, 2), "too old"),
        ("6.8.0", (3, 11, 2), None),
        ("6.11.3", (3, 11, 9), None),
        ("6.12.0", (3, 11, 9), "abort"),
        ("6.12.0", (3, 12, 0), None),
        (None, (3, 12, 0), "not installed"),
    ],
)
def test_a_pair_of_qt_and_python_that_would_abort_is_refused(
    qt: str | None, python: tuple[int, ...], word: str | None
) -> None:
    machine = dataclasses.replace(SOUND, qt=qt, python=python)
    found = finding(machine, Matter.QT)
    assert found.is_good is (word is None)
    assert (word or "PySide6 6.") in found.what


@pytest.mark.parametrize(
    ("machine", "matter", "word"),
    [
        (dataclasses.replace(SOUND, python=(3, 10, 4)), Matter.PYTHON, "3.10.4"),
        (dataclasses.replace(SOUND, missing_parts=("reportlab",)), Matter.PARTS, "reportlab"),
        (dataclasses.replace(SOUND, missing_fonts=("fontpkg_inter",)), Matter.FONTS, "inter"),
    ],
)
def test_what_is_missing_fails_and_is_named(machine: Machine, matter: Matter, word: str) -> None:
    found = finding(machine, matter)
    assert not found.is_good
    assert word in found.what


@pytest.mark.parametrize(
    ("machine", "matter", "word"),
    [
        (dataclasses.replace(SOUND, sqlite=(3, 51, 2)), Matter.SQLITE, "fault"),
        (dataclasses.replace(SOUND, sqlite=(3, 51, 3)), Matter.SQLITE, "SQLite 3.51.3."),
        (dataclasses.replace(SOUND, keyring=None), Matter.KEYRING, "asked for"),
        (dataclasses.replace(SOUND, printers=()), Matter.PRINTERS, "No printer"),
        (dataclasses.replace(SOUND, printers=None), Matter.PRINTERS, "print dialog"),
        (SOUND, Matter.PRINTERS, "Brother"),
    ],
)
def test_what_the_desk_can_do_without_is_told_and_passes(
    machine: Machine, matter: Matter, word: str
) -> None:
    found = finding(machine, matter)
    assert found.is_good
    assert word in found.what


def test_this_machine_runs_these_tests_so_its_parts_are_found() -> None:
    machine = doctor.look_around()
    assert machine.missing_parts == machine.missing_fonts == ()
    assert machine.qt is not None
    assert machine.python == sys.version_info[:3]


def test_the_printers_are_those_that_the_system_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lpstat = tmp_path / "lpstat"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert doctor.look_around().printers is None
    lpstat.write_text("#!/bin/sh\necho Brother_HL\necho Label\n")
    lpstat.chmod(0o755)
    assert doctor.look_around().printers == ("Brother_HL", "Label")
    lpstat.write_text("not a program\n")
    assert doctor.look_around().printers == ()


def test_a_window_opens_where_the_tests_open_theirs() -> None:
    assert doctor.obstacle_to_a_window({"QT_QPA_PLATFORM": "offscreen"}) is None
    assert doctor.obstacle_to_a_window({"WAYLAND_DISPLAY": "wayland-0"}) is None


def test_on_x_the_libraries_of_x_count_too() -> None:
    missing = [library for library in missing_libraries() if library.soname != PRINTING_LIBRARY]
    obstacle = doctor.obstacle_to_a_window({"DISPLAY": ":0"}) or ""
    assert bool(obstacle) is bool(missing)
    assert all(library.soname in obstacle for library in missing)


def test_a_window_off_x_needs_no_library_of_x() -> None:
    off_x = {library.soname for library in QT_LIBRARIES if not library.is_of_x}
    assert {"libEGL.so.1", "libxkbcommon.so.0", "libX11.so.6"} <= off_x
    assert not {"libX11-xcb.so.1", "libxkbcommon-x11.so.0", "libxcb.so.1"} & off_x


def test_the_doctor_never_imports_qt() -> None:
    code = (
        "import sys; from jeweler_desk.services import doctor; "
        "doctor.examine(doctor.look_around()); doctor.obstacle_to_a_window({}); "
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert printed.stdout.strip() == b"[]"
