"""The formatted form of a letter, on request: nothing is loaded but pictures it brought along."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from jeweler_desk.domain.enclosure import Enclosures
from jeweler_desk.ui.appearance import Appearance

_TALLEST: Final = 12_000
_WIDEST_PICTURE: Final = 480
_NOTHING: Final = QSize(1, 1)


class HtmlView(QTextBrowser):
    """Shows what was rebuilt of a letter's HTML, as high as it is; links are only told of.

    Whatever it asks for, it gets the pictures of the letter itself, or nothing: Qt would otherwise
    read files, and on Windows shares of a network.
    """

    link_wanted = Signal(str)

    def __init__(self, look: Appearance, held: Enclosures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._held = held
        self._pictures = dict(held.pictures)
        self.refused: list[str] = []
        self.setAccessibleName("The formatted letter")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setSearchPaths([])
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._told)
        look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        accent = self._look.color("accent").name()
        self.document().setDefaultStyleSheet(f"a {{ color: {accent}; }}")
        self.setHtml(self._held.html)
        self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give a picture of the letter itself; for all else something that is empty but there.

        An empty answer would not do: Qt then looks for a file of that name by itself.
        """
        name = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._picture(name)
        self.refused.append(name.toString())
        return ""

    def _picture(self, name: QUrl) -> QImage:
        data = self._pictures.get(name.path()) if name.scheme() == "cid" else None
        image = QImage()
        if data is not None and image.loadFromData(data, "JPEG"):
            widest = self._look.px(_WIDEST_PICTURE)
            if image.width() > widest:
                image = image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
            return image
        self.refused.append(name.toString())
        nothing = QImage(_NOTHING, QImage.Format.Format_ARGB32)
        nothing.fill(Qt.GlobalColor.transparent)
        return nothing

    def _told(self, url: QUrl) -> None:
        self.link_wanted.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words need at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        document = self.document()
        document.setTextWidth(self.viewport().width())
        height = min(_TALLEST, round(document.size().height()) + 2)
        if height != self.height():
            self.setFixedHeight(height)
