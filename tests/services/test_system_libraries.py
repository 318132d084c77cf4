"""The table of system libraries is what Qt's own files ask for, no more and no less."""

import importlib.util
import struct
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest

from jeweler_desk.services import system_libraries
from jeweler_desk.services.system_libraries import QT_LIBRARIES, Family, packages

# Python itself needs these, or libbrotlidec brings it in the same package.
EVERYWHERE = (
    *("libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "libresolv.so"),
    *("libgcc_s.so", "libstdc++.so", "ld-linux", "libbrotlicommon.so"),
)
ASKING = (
    *("libQt6Core.so.6", "libQt6Gui.so.6", "libQt6Widgets.so.6", "libQt6DBus.so.6"),
    *("libQt6Network.so.6", "libQt6Svg.so.6", "libQt6PrintSupport.so.6", "libQt6XcbQpa.so.6"),
)
PLUGINS = ("platforms/libqxcb.so", "platforms/libqoffscreen.so", "xcbglintegrations/*.so")
SECTION_DYNAMIC = 6
TAG_NEEDED = 1


def libraries_needed_by(path: Path) -> set[str]:
    """The DT_NEEDED names of a 64-bit little-endian ELF file."""
    content = path.read_bytes()
    (table,) = struct.unpack_from("<Q", content, 0x28)
    size, count = struct.unpack_from("<HH", content, 0x3A)
    headers = [struct.unpack_from("<IIQQQQII", content, table + size * i) for i in range(count)]
    dynamic = next(header for header in headers if header[1] == SECTION_DYNAMIC)
    names_at = headers[dynamic[6]][4]
    entries = struct.iter_unpack("<qQ", content[dynamic[4] : dynamic[4] + dynamic[5]])
    return {
        bytes(takewhile(bool, content[names_at + where : names_at + where + 100])).decode()
        for tag, where in entries
        if tag == TAG_NEEDED
    }


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings its libraries along")
def test_the_table_names_every_library_that_qt_does_not_bring() -> None:
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None and spec.origin is not None
    qt = Path(spec.origin).parent / "Qt"
    asking = [qt / "lib" / name for name in ASKING]
    asking += [path for pattern in PLUGINS for path in (qt / "plugins").glob(pattern)]
    asking += (qt / "plugins" / "printsupport").glob("*cups*.so")
    brought = {path.name for path in (qt / "lib").iterdir()}
    needed = set().union(*map(libraries_needed_by, asking)) - brought
    needed = {name for name in needed if not name.startswith(EVERYWHERE)}
    assert needed == {library.soname for library in QT_LIBRARIES}


def test_packages_are_named_once_each() -> None:
    glib = [library for library in QT_LIBRARIES if library.debian == "libglib2.0-0"]
    assert len(glib) == 2
    assert packages(glib, Family.DEBIAN) == ("libglib2.0-0",)
    assert packages(glib, Family.ARCH) == ("glib2",)


def test_a_library_that_is_nowhere_does_not_load() -> None:
    assert not system_libraries.loads("libjeweler-desk-has-no-such.so.1")


def test_the_set_up_script_can_ask_before_anything_is_installed(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); sys.argv[1:] = ['debian']; "
        "import runpy; runpy.run_module('jeweler_desk.services.system_libraries', "
        "run_name='__main__')"
    )
    asked = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=tmp_path, check=True, capture_output=True
    )
    expected = packages(system_libraries.missing_libraries(), Family.DEBIAN)
    assert asked.stdout.decode().split() == list(expected)
