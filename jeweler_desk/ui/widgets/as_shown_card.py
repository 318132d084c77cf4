"""What a buyer was shown of a piece: its photos, one large, and the measures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.listing import AsShown, Listing
from jeweler_desk.domain.listing_wording import (
    VIEW_NAMES,
    VIEW_WORDS,
    measurement_text,
    shown_told,
    stone_text,
)
from jeweler_desk.services.listings import ShownView
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_XL, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import joined, sentence


class AsShownPhotos(QWidget):
    """One photo large; a button for each further view puts that one in its place."""

    def __init__(
        self,
        look: Appearance,
        side: int,
        title: str,
        views: Sequence[ShownView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._views = [each for each in views if each.path is not None]
        self.picture = PiecePicture(look, side, title)
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_SPACE)
        column.setSpacing(SPACE_XS)
        column.addWidget(self.picture)
        if len(self._views) > 1:
            choices = FlowLayout(spacing=SPACE_XS)
            for each in self._views:
                view = each.photo.view
                button = Button(
                    VIEW_WORDS[view].capitalize(),
                    "tab",
                    room="large",
                    name=f"Show the photo: {VIEW_NAMES[view]}",
                )
                button.setCheckable(True)
                button.setAutoExclusive(True)
                button.clicked.connect(partial(self.show_view, each))
                choices.addWidget(button)
                self.buttons.append(button)
            holder = QWidget()
            holder.setLayout(choices)
            wanted, side = choices.sizeHint().width(), self.picture.width()
            width = wanted if wanted <= side + SPACE_XL else side
            holder.setFixedSize(width, choices.heightForWidth(width))
            column.addWidget(holder)
        for trouble in [each.trouble for each in views if each.trouble]:
            words = Text(trouble, Type.SMALL, wrap=True)
            words.set_tone(Tone.LATE)
            words.setFixedWidth(self.picture.width())
            column.addWidget(words)
        column.addStretch(1)
        if self._views:
            self.show_view(self._views[0])

    def show_view(self, shown: ShownView, _on: object = None) -> None:
        """Put a photo into the large frame."""
        self.picture.show_piece(self._title, shown.path)
        name = f"Photo as shown, {VIEW_NAMES[shown.photo.view]}: {shown.photo.name}"
        self.picture.setAccessibleName(name)
        self.picture.setToolTip(shown.photo.name)
        for button, each in zip(self.buttons, self._views, strict=False):
            button.setChecked(each is shown)


class AsShownMeasures(QWidget):
    """The measures, materials and stones as they were shown, and since when."""

    def __init__(
        self,
        listing: Listing,
        since: str,
        kind: Type = Type.BENCH_SMALL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("As shown")
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_SPACE)
        column.setSpacing(SPACE_XS)
        lines = [measurement_text(each) for each in listing.measurements]
        for line in lines or ["no measures were shown"]:
            column.addWidget(Text(sentence(line), kind, wrap=True))
        made = [", ".join(listing.materials)]
        made += [f"treated: {listing.treatments}"] if listing.treatments else []
        made += [stone_text(each) for each in listing.stones]
        for words, soft in ((joined([each for each in made if each]), False), (since, True)):
            if words:
                column.addWidget(Text(sentence(words), Type.SMALL, soft=soft, wrap=True))


class AsShownCard(QWidget):
    """The photos with the measures beside them."""

    def __init__(
        self,
        look: Appearance,
        side: int,
        listing: Listing,
        views: Sequence[ShownView],
        since: str,
    ) -> None:
        super().__init__()
        self.photos = AsShownPhotos(look, side, listing.title, views)
        self.measures = AsShownMeasures(listing, since, Type.BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_L)
        row.addWidget(self.photos, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.measures, 1, Qt.AlignmentFlag.AlignTop)


def bench_words(shown: AsShown) -> QWidget:
    """Return what stands with a piece: the measures its buyer saw, and since when."""
    return AsShownMeasures(shown.version.listing, f"as {shown_told(shown)}")


def nothing_shown(unseen: int, pieces: int) -> Text:
    """Return the words where so many of the pieces have no listing to be held against."""
    if pieces == 1:
        told = "No listing is kept with this piece, so there is nothing to hold it against."
    elif unseen == pieces:
        told = "No listing is kept with these pieces, so there is nothing to hold them against."
    else:
        told = f"{unseen} of these {pieces} pieces have no listing to be held against."
    return Text(f"{told} L chooses it.", Type.SMALL, soft=True, wrap=True)
