"""What comes with a letter beside its words: files under safe names, and what is odd about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_NAME: Final = 120
MOST_PIXELS: Final = 50_000_000
MOST_PHOTO_BYTES: Final = 40 * 1024 * 1024
_NAMELESS: Final = "attachment"
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"}
)
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_RUNS: Final = frozenset({
    "ade", "adp", "apk", "app", "appimage", "applescript", "appref-ms", "bat", "cab", "chm",
    "cmd", "com", "command", "cpl", "crt", "deb", "desktop", "dll", "dmg", "docm", "dotm", "elf",
    "exe", "gadget", "hta", "inf", "ins", "iso", "img", "isp", "jar", "jnlp", "js", "jse", "ksh",
    "library-ms", "lnk", "mde", "msc", "msh", "msi", "msix", "msp", "mst", "ocx", "one", "osx",
    "pif", "pkg", "potm", "ppam", "ppsm", "pptm", "ps1", "psc1", "psd1", "psm1", "py", "pyw",
    "rb", "reg", "rpm", "run", "scf", "scr", "sct", "search-ms", "settingcontent-ms", "sh", "shb",
    "shs", "sldm", "swf", "sys", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "website", "wim", "ws",
    "wsc", "wsf", "wsh", "xbap", "xlam", "xll", "xlsm", "xltm", "xpi",
})  # fmt: skip
_PAGES: Final = frozenset({"htm", "html", "mht", "mhtml", "shtml", "svg", "xht", "xhtml", "xml"})
_PLAIN: Final = frozenset({
    "avi", "bmp", "csv", "doc", "docx", "gif", "heic", "ics", "jpeg", "jpg", "m4a", "m4v", "mov",
    "mp3", "mp4", "odt", "ods", "pdf", "png", "ppt", "pptx", "rtf", "tif", "tiff", "txt", "vcf",
    "wav", "webp", "xls", "xlsx", "zip",
})  # fmt: skip


class Doubt(StrEnum):
    """Why a file is better not opened without a thought."""

    RUNS = "runs"  # it is a program, or makes one run
    TWO_ENDINGS = "two-endings"  # its name pretends to be something else
    PAGE = "page"  # a web page, which may ask for passwords
    NAME_CHANGED = "name-changed"  # its name hid something


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a letter: ``name`` is safe to show and to keep, ``data`` are its bytes.

    ``picture`` is a small JPEG of it, already read with care and without what a camera noted; None
    where it is no photo, or one that is not shown.
    """

    number: int
    name: str
    content_type: str
    data: bytes
    doubts: tuple[Doubt, ...] = ()
    picture: bytes | None = None

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Enclosures:
    """What a letter holds beside its plain words.

    ``html`` is its formatted form, rebuilt from a short list of harmless tags; ``pictures`` are the
    small pictures within it by their Content-ID. ``links`` are where its words lead.
    """

    message_id: str
    html: str = ""
    pictures: tuple[tuple[str, bytes], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing beside the plain words."""
        return not (self.html or self.attachments)


def safe_name(told: str) -> str:
    """Return a name under which a file can be shown and kept, whatever its letter calls it.

    The last part behind slashes of both kinds; no control signs nor signs that turn the direction
    of reading, no name that Windows reserves, at most 120 signs.
    """
    text = unicodedata.normalize("NFC", told)
    text = re.split(r"[/\\]", text)[-1]
    text = "".join(each for each in text if not _is_hidden(each))
    text = _FORBIDDEN.sub("_", text)
    text = " ".join(text.split()).strip(". ")
    if not text:
        return _NAMELESS
    stem, dot, ending = text.rpartition(".")
    if not dot:
        stem, ending = text, ""
    if text.split(".")[0].strip().casefold() in _RESERVED:
        stem = f"_{stem}"
    room = LONGEST_NAME - len(ending) - 1 if ending else LONGEST_NAME
    if len(ending) > LONGEST_NAME // 4:
        return f"{stem}.{ending}"[:LONGEST_NAME].strip(". ")
    # The file system counts bytes: a name of letters that take several is shorter.
    stem = stem.encode()[: 2 * room].decode("utf-8", "ignore")[:room].rstrip(". ") or _NAMELESS
    return f"{stem}.{ending}" if ending else stem


def _is_hidden(char: str) -> bool:
    """Tell signs nobody sees: controls, marks of direction, lone halves, private ones."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def doubts_about(told: str, content_type: str = "") -> tuple[Doubt, ...]:
    """Return what is odd about a file, by its name and what it calls itself."""
    name = safe_name(told)
    endings = [each.strip().casefold() for each in name.split(".")[1:]]
    last = endings[-1] if endings else ""
    found: list[Doubt] = []
    if last in _RUNS or "x-msdownload" in content_type or "x-executable" in content_type:
        found.append(Doubt.RUNS)
    elif last in _PAGES:
        found.append(Doubt.PAGE)
    if len(endings) > 1 and endings[-2] in _PLAIN and last in _RUNS | _PAGES:
        found.append(Doubt.TWO_ENDINGS)
    if any(unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp"} for each in told):
        found.append(Doubt.NAME_CHANGED)
    return tuple(found)


def size_text(size: int) -> str:
    """Write a size as a person says it: ``340 kB``, ``2.4 MB``."""
    if size < 1000:  # noqa: PLR2004 - a kilobyte
        return f"{size} B"
    if size < 1_000_000:  # noqa: PLR2004 - a megabyte
        return f"{round(size / 1000)} kB"
    return f"{size / 1_000_000:.1f} MB"
