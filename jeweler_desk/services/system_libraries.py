"""The system's libraries that Qt stands on, and the packages that bring them."""

# Standard library only: resources/desk runs this module before anything is installed.
import ctypes
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """A family of Linux systems that name their packages alike."""

    DEBIAN = "debian"
    FEDORA = "fedora"
    ARCH = "arch"


@dataclass(frozen=True, slots=True)
class Library:
    """One shared library and the package that holds it in each family."""

    soname: str
    debian: str
    fedora: str
    arch: str

    @property
    def is_of_x(self) -> bool:
        """Whether only the X platform of Qt needs it."""
        return "xcb" in self.soname or "-x11" in self.soname

    def package(self, family: Family) -> str:
        """Return the package that brings this library."""
        match family:
            case Family.DEBIAN:
                return self.debian
            case Family.FEDORA:
                return self.fedora
            case Family.ARCH:
                return self.arch


# What the shared objects of PySide6-Essentials name as needed and do not bring along: Core, Gui,
# Widgets, DBus, Network, the xcb platform and the printing plugin. The run-times of C and C++ are
# left out, because Python itself needs them.
QT_LIBRARIES = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Library("libbrotlidec.so.1", "libbrotli1", "libbrotli", "brotli"),
    Library("libcups.so.2", "libcups2", "cups-libs", "libcups"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", "krb5"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-glx.so.0", "libxcb-glx0", "libxcb", "libxcb"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Library("libxcb.so.1", "libxcb1", "libxcb", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libz.so.1", "zlib1g", "zlib-ng-compat", "zlib"),
    Library("libzstd.so.1", "libzstd1", "libzstd", "zstd"),
)
# Without it windows open, and every paper is saved as a PDF.
PRINTING_LIBRARY = "libcups.so.2"


def loads(soname: str) -> bool:
    """Tell whether the system's loader finds the library and everything it needs in turn."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(needed: Iterable[Library] = QT_LIBRARIES) -> tuple[Library, ...]:
    """Return the libraries Qt needs and this system lacks; none off Linux, where Qt brings them."""
    if sys.platform != "linux":
        return ()
    return tuple(library for library in needed if not loads(library.soname))


def packages(libraries: Iterable[Library], family: Family) -> tuple[str, ...]:
    """Return the packages that bring the libraries, each once, in alphabetical order."""
    return tuple(sorted({library.package(family) for library in libraries}))


if __name__ == "__main__":
    sys.stdout.write(" ".join((*packages(missing_libraries(), Family(sys.argv[1])), "")))
