"""The formatted form of letters: no socket, no file, no share; links are only told of."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.enclosure import Enclosures
from jeweler_desk.mail.enclosures import read_enclosures
from jeweler_desk.photos import safe_picture
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.html_view import HtmlView
from tests.mail.test_enclosures import NASTY_HTML, letter

IN_OPEN, IN_ACCESS = 0x20, 0x01


def red_png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 40), (255, 0, 0)).save(out, "PNG")
    return out.getvalue()


@contextmanager
def watched(folder: Path) -> Iterator[list[str]]:
    """Note each file of a folder that anything in this process opens, Qt's own code too."""
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.inotify_init1(os.O_NONBLOCK)
    assert fd >= 0
    assert libc.inotify_add_watch(fd, bytes(folder), IN_OPEN | IN_ACCESS) >= 0
    seen: list[str] = []
    try:
        yield seen
        while True:
            try:
                data = os.read(fd, 65536)
            except BlockingIOError:
                break
            while data:
                length = struct.unpack_from("iIII", data)[3]
                seen.append(data[16 : 16 + length].rstrip(b"\0").decode())
                data = data[16 + length :]
    finally:
        os.close(fd)


def is_red(view: HtmlView) -> bool:
    image = view.grab().toImage()
    return any(
        image.pixelColor(x, y).red() > 240 and image.pixelColor(x, y).green() < 20
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )


def shown(qtbot: QtBot, look: Appearance, held: Enclosures) -> HtmlView:
    view = HtmlView(look, held)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.grab()
    return view


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own witness is Linux's")
def test_no_file_is_opened_whatever_a_letter_names(
    qtbot: QtBot, look: Appearance, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(red_png())
    file = tmp_path / "a.png"
    ways = (str(file), f"file://{file}", f"file:{file}", f"//localhost{file}", "a.png")
    html = "".join(f"<img src='{way}'><p style='background:url({way})'>x</p>" for way in ways)
    html += f"<link rel=stylesheet href='{file}'><table background='{file}'><tr><td>x</table>"
    with watched(tmp_path) as seen:
        # As if nothing had been cleaned before: the view itself is the last door.
        raw = shown(qtbot, look, Enclosures("q", html))
        assert not is_red(raw)
        mime = letter()
        mime.add_alternative(html, subtype="html")
        cleaned = read_enclosures("q", mime.as_bytes(), partial(safe_picture, side=9), _same)
        assert not is_red(shown(qtbot, look, cleaned))
    assert seen == []
    with watched(tmp_path) as seen:
        file.read_bytes()
    assert set(seen) == {"a.png"}  # the witness sees


def _same(data: bytes) -> bytes | None:
    return safe_picture(data, 200)


def test_nasty_letters_open_no_socket_and_ask_for_nothing(qtbot: QtBot, look: Appearance) -> None:
    seen: list[str] = []
    is_on = [True]

    def hook(event: str, args: tuple[object, ...]) -> None:
        if is_on[0] and (event.startswith("socket.") or event == "open"):
            name = str(args[0]) if args else ""
            if not name.endswith((".py", ".pyc", ".so", ".svg")):
                seen.append(f"{event} {name}")

    sys.addaudithook(hook)
    try:
        for html in NASTY_HTML:
            mime = letter()
            mime.add_alternative(html, subtype="html")
            held = read_enclosures("q", mime.as_bytes(), _same, _same)
            view = shown(qtbot, look, held)
            assert [each for each in view.refused if not each.startswith("cid:")] == []
    finally:
        is_on[0] = False
    assert seen == []


def test_a_picture_of_the_letter_itself_is_shown(qtbot: QtBot, look: Appearance) -> None:
    small = safe_picture(red_png(), 40)
    assert small is not None
    held = Enclosures("q", '<p>See</p><img src="cid:0"><img src="cid:7">', (("0", small),))
    view = shown(qtbot, look, held)
    assert is_red(view)
    assert "cid:7" in view.refused
    image = view.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("http://x.test"))
    assert isinstance(image, QImage)
    assert image.width() == 1
    style = view.loadResource(
        QTextDocument.ResourceType.StyleSheetResource.value, QUrl("http://x.test/a.css")
    )
    assert style == ""


def test_a_link_is_told_of_and_not_followed(qtbot: QtBot, look: Appearance) -> None:
    view = shown(qtbot, look, Enclosures("q", '<a href="https://example.com/a">a</a>'))
    with qtbot.waitSignal(view.link_wanted) as told:
        view.anchorClicked.emit(QUrl("https://example.com/a"))
    assert told.args == ["https://example.com/a"]
    assert "a" in view.toPlainText()


def test_it_is_as_high_as_its_words_and_wears_the_colors(qtbot: QtBot, look: Appearance) -> None:
    low = shown(qtbot, look, Enclosures("q", "<p>One line</p>"))
    high = shown(qtbot, look, Enclosures("q", "<p>One line</p>" * 30))
    assert high.height() > 10 * low.height()
    before = high.grab().toImage()
    look.set_mode(Mode.DARK)
    QApplication.processEvents()
    assert high.grab().toImage() != before
