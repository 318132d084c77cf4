"""One listing beside the list: its photos, what is missing, what it says, and its versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.listing import (
    NEEDED_VIEWS,
    ListingVersion,
    Photo,
    PhotoView,
    VersionId,
    representation_issues,
)
from jeweler_desk.domain.listing_wording import (
    KIND_NAMES,
    VIEW_WORDS,
    changes_told,
    days_text,
    finding_text,
    issue_text,
    measurement_text,
    stone_text,
)
from jeweler_desk.domain.wording import count_text, full_day
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.listing_lines import listing_said
from jeweler_desk.ui.theme import SPACE_M, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.photo_tile import PhotoTile, local_files
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import joined, sentence


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """A listing with its past: every version, and how many ordered pieces keep which."""

    versions: Sequence[ListingVersion]
    kept: dict[VersionId, int]
    waiting: Sequence[str]
    """The numbers of orders that name it and keep no snapshot."""

    @property
    def now(self) -> ListingVersion:
        """The listing as it is shown now."""
        return self.versions[-1]


class ListingPanel(Card):
    """Shows one listing whole; the buttons below it belong to the page."""

    photo_wanted = Signal(object)
    photo_unwanted = Signal(object)
    photos_dropped = Signal(object, list)
    """A view (None: the next one that has no photo yet) and the files."""
    version_wanted = Signal(object)

    def __init__(
        self,
        look: Appearance,
        path_of: Callable[[Photo], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._look = look
        self._path_of = path_of
        self.tiles: dict[PhotoView, PhotoTile] = {}
        self.missing: list[str] = []
        self.pane = Scroll("The chosen listing", takes_focus=True)
        self.buttons = QVBoxLayout()
        self.buttons.setSpacing(SPACE_S)
        self.body.addWidget(self.pane, 1)
        self.body.addLayout(self.buttons)
        self.setAcceptDrops(True)

    def show_nothing(self, words: str) -> None:
        """Show no listing, and say why."""
        self.tiles = {}
        layout = _blank()
        layout.addWidget(Text(words, soft=True, wrap=True))
        layout.addStretch(1)
        self.pane.hold(layout)

    def show_listing(self, facts: ListingFacts) -> None:
        """Show a listing as it stands."""
        at = self.pane.verticalScrollBar().value()
        focused = next((view for view, tile in self.tiles.items() if tile.hasFocus()), None)
        listing = facts.now.listing
        layout = _blank()
        layout.addWidget(Text(listing.sku, Type.SMALL, soft=True))
        layout.addWidget(Text(listing.title, Type.HEADING, wrap=True))
        chips = FlowLayout()
        state = listing_said(facts.now)
        chips.addWidget(StatusChip(self._look, state.text, state.tone))
        chips.addWidget(StatusChip(self._look, KIND_NAMES[listing.kind]))
        layout.addLayout(chips)
        self._add_photos(layout, facts.now)
        self._add_missing(layout, facts.now)
        if facts.waiting:
            numbers = ", ".join(facts.waiting[:3]) + (" …" if len(facts.waiting) > 3 else "")  # noqa: PLR2004 - as many as fit
            what = count_text(len(facts.waiting), "piece")
            words = f"{what} still to send keep no picture of it: {numbers}"
            _add_section(layout, "Orders that name it", [words], tone=Tone.DUE)
        _add_section(layout, "Measures", [measurement_text(each) for each in listing.measurements])
        made = [", ".join(listing.materials)] if listing.materials else []
        made += [f"treated: {listing.treatments}"] if listing.treatments else []
        _add_section(layout, "Made of", made)
        _add_section(layout, "Stones", [stone_text(each) for each in listing.stones])
        _add_section(layout, "Making takes", [days_text(listing.processing_days)])
        _add_section(layout, "Care", [listing.care] if listing.care else [])
        self._add_versions(layout, facts)
        layout.addStretch(1)
        self.pane.hold(layout)
        self.pane.verticalScrollBar().setValue(at)
        if focused is not None and focused in self.tiles:
            self.tiles[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_photos(self, layout: QVBoxLayout, version: ListingVersion) -> None:
        listing = version.listing
        row = FlowLayout()
        self.tiles = {}
        for view in PhotoView:
            photo = listing.photo(view)
            if photo is None and view not in NEEDED_VIEWS[listing.kind]:
                continue
            path = self._path_of(photo) if photo else None
            tile = PhotoTile(self._look, view, photo, path)
            tile.clicked.connect(partial(self._want, view))
            tile.filled.connect(self.photos_dropped)
            tile.emptied.connect(self.photo_unwanted)
            row.addWidget(tile)
            self.tiles[view] = tile
        layout.addLayout(row)
        for photo in listing.photos:
            weak = joined([finding_text(each) for each in photo.findings])
            if weak:
                words = Text(f"{sentence(VIEW_WORDS[photo.view])}: {weak}", Type.SMALL, wrap=True)
                words.set_tone(Tone.DUE)
                layout.addWidget(words)

    def _want(self, view: PhotoView, _on: object = None) -> None:
        self.photo_wanted.emit(view)

    def _add_missing(self, layout: QVBoxLayout, version: ListingVersion) -> None:
        self.missing = [issue_text(each) for each in representation_issues(version.listing)]
        if self.missing:
            lines = [f"○  {each}" for each in self.missing]
            _add_section(layout, "Still missing", lines, tone=Tone.DUE)

    def _add_versions(self, layout: QVBoxLayout, facts: ListingFacts) -> None:
        layout.addWidget(Hairline())
        layout.addWidget(Text("Versions", Type.SMALL, soft=True))
        for place in range(len(facts.versions) - 1, -1, -1):
            version = facts.versions[place]
            before = facts.versions[place - 1].listing if place else None
            what = changes_told(before, version.listing) if before else "first entered"
            kept = facts.kept.get(version.id, 0)
            told = [f"since {full_day(version.shown_since)}", what]
            told += [f"kept with {count_text(kept, 'piece')}"] if kept else []
            row = QHBoxLayout()
            row.setSpacing(SPACE_S)
            row.addWidget(Text(f"{version.number}   {joined(told)}", Type.SMALL, wrap=True), 1)
            button = Button("Look", "quiet", room="small", name=f"Look at version {version.number}")
            button.clicked.connect(partial(self._want_version, version))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(row)

    def _want_version(self, version: ListingVersion, _on: object = None) -> None:
        self.version_wanted.emit(version)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files in."""
        if self.tiles and local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Give the files on: they fill the views that have no photo yet."""
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.photos_dropped.emit(None, files)


def _blank() -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, SPACE_S, 0)
    layout.setSpacing(SPACE_M - SPACE_XS)
    return layout


def _add_section(
    layout: QVBoxLayout, name: str, lines: Sequence[str], *, tone: Tone | None = None
) -> None:
    if not lines:
        return
    layout.addWidget(Hairline())
    layout.addWidget(Text(name, Type.SMALL, soft=True))
    box = QVBoxLayout()
    box.setSpacing(SPACE_XS)
    for line in lines:
        words = Text(sentence(line), wrap=True)
        words.set_tone(tone)
        box.addWidget(words)
    layout.addLayout(box)
