"""Listings: what the shop shows of its pieces, and what is still missing of a true picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from jeweler_desk.domain.listing import (
    NEEDED_VIEWS,
    ListingId,
    ListingVersion,
    PhotoView,
    representation_issues,
)
from jeweler_desk.domain.listing_wording import VIEW_NAMES
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.listings import Listings, TakenPhoto
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.dialogs.listing_form import ListingForm, ToldListing
from jeweler_desk.ui.dialogs.shown_version import ShownVersion
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.page import Page
from jeweler_desk.ui.tables.listings import ListingSort, listing_columns, sort_key
from jeweler_desk.ui.tables.table_model import TableModel
from jeweler_desk.ui.tables.table_view import DeskTable
from jeweler_desk.ui.theme import SPACE_S, SPACE_XS
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.halves import Halves
from jeweler_desk.ui.widgets.listing_panel import ListingFacts, ListingPanel
from jeweler_desk.ui.words import in_words, joined

_SHARES: Final = (9, 7)
_ACTS: Final = ("change", "photo", "drop_photo", "attach", "remove")


class ListingsPage(Page):
    """The list of listings and the one at hand."""

    topics = frozenset({Topic.LISTINGS, Topic.ORDERS, Topic.SETTINGS})
    customs_wanted = Signal(str, str)
    """The SKU and the title of a piece whose customs facts she wants to write."""

    def __init__(
        self,
        frame: Frame,
        listings: Listings,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "Listings", parent)
        self._listings = listings
        self._settings = settings
        self._known: dict[ListingId, ListingVersion] = {}
        self._sort: tuple[ListingSort, bool] = (ListingSort.TITLE, False)
        self._chosen: ListingId | None = None
        self._next_step = "listing.change"
        self.model: TableModel[ListingId, ListingVersion] = TableModel(
            listing_columns(), self._rows, lambda row: row.listing_id, self
        )
        self.table = DeskTable(frame.look, self.model, "Listings", self)
        self.panel = ListingPanel(frame.look, listings.photo_path)
        self._build()

    # ---- set out

    def _build(self) -> None:
        frame = self.frame_
        self.model.sort_wanted.connect(self._sort_by)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.change())
        self.panel.photo_wanted.connect(self.choose_photo)
        self.panel.photo_unwanted.connect(self.drop_photo)
        self.panel.photos_dropped.connect(self._take_files)
        self.panel.version_wanted.connect(self._look_at)
        self._add_button = Button("Add a listing…", "primary")
        self._add_button.follow(frame.actions["listing.add"])
        self._empty = EmptyState(
            frame.look,
            "listings",
            "What your shop shows will be here",
            "Enter a piece with its photos and measures. Every order then keeps what its buyer"
            " saw, and at the bench you hold the piece against it.",
            self._add_button,
        )
        card = Card()
        card.body.setSpacing(SPACE_S)
        more = Button("Add a listing…", name=frame.actions["listing.add"].text())
        more.follow(frame.actions["listing.add"])
        card.body.addWidget(self.table, 1)
        card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_buttons()
        self._halves = Halves(frame.look, (card, self.panel), _SHARES)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._halves)
        self._stack.addWidget(self._empty)
        self.body.addWidget(holder, 1)

    def _add_buttons(self) -> None:
        actions = self.frame_.actions
        self.next_button = Button("Change…", "primary")
        self.next_button.clicked.connect(self._take_next_step)
        self.panel.buttons.addWidget(self.next_button)
        row = FlowLayout(spacing=SPACE_XS)
        self.buttons: dict[str, Button] = {}
        for id_, verb in (
            ("listing.change", "Change…"),
            ("listing.photo", "Add a photo…"),
            ("listing.attach", "Keep with its orders"),
            ("listing.remove", "Remove"),
        ):
            button = Button(verb, name=actions[id_].text())
            button.follow(actions[id_])
            row.addWidget(button)
            self.buttons[id_] = button
        self.customs_button = Button("Customs…", name="Write what customs ask of this piece")
        self.customs_button.clicked.connect(self._ask_for_customs)
        row.addWidget(self.customs_button)
        self.panel.buttons.addLayout(row)

    def _ask_for_customs(self) -> None:
        version = self._known.get(self._chosen) if self._chosen is not None else None
        if version is not None:
            self.customs_wanted.emit(version.listing.sku, version.listing.title)

    # ---- what is shown

    def refresh(self) -> None:
        """Read the list and the chosen listing anew."""
        self._known = {each.listing_id: each for each in self._listings.all()}
        by, descending = self._sort
        ordered = sorted(
            self._known.values(), key=lambda each: sort_key(each, by), reverse=descending
        )
        ids = [each.listing_id for each in ordered]
        self.model.show_ids(ids)
        self._stack.setCurrentWidget(self._halves if ids else self._empty)
        ready = sum(not representation_issues(each.listing) for each in ordered)
        some = f"{in_words(ready)} ready" if ready else "none ready"
        told = "all ready" if ready == len(ids) else some
        self.subtitle.setText(
            joined([count_text(len(ids), "piece"), told]) if ids else "Nothing is shown yet"
        )
        if self._chosen is None or not self.table.choose(self._chosen):
            self._chosen = ids[0] if ids else None
            if ids:
                self.table.selectRow(0)
        self._show_chosen(self._chosen)

    def show_listing(self, sku: str) -> None:
        """Choose the listing of a SKU, if it is still there."""
        found = next((each for each in self._listings.all() if each.listing.sku == sku), None)
        if found is not None:
            self._chosen = found.listing_id
            self.refresh()

    @property
    def chosen(self) -> ListingVersion | None:
        """The listing at hand, as it is shown now."""
        return self._known.get(self._chosen) if self._chosen is not None else None

    def _rows(self, ids: Sequence[ListingId]) -> list[ListingVersion]:
        return [self._known[each] for each in ids if each in self._known]

    def _sort_by(self, by: str, descending: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._sort = ListingSort(by), descending
        self.refresh()

    def _show_chosen(self, listing_id: object) -> None:
        self._chosen = ListingId(listing_id) if isinstance(listing_id, int) else None
        found = self.chosen
        for id_ in _ACTS:
            self.frame_.actions[f"listing.{id_}"].setEnabled(found is not None)
        self.next_button.setVisible(found is not None)
        if found is None:
            self.panel.show_nothing("Choose a listing to see it here.")
            return
        pieces = self._listings.waiting(found.listing_id)
        waiting = [order.number for order, _ in pieces]
        self.panel.show_listing(
            ListingFacts(
                self._listings.versions(found.listing_id),
                self._listings.pieces_by_version(found.listing_id),
                waiting,
            )
        )
        actions = self.frame_.actions
        actions["listing.attach"].setEnabled(bool(waiting))
        actions["listing.drop_photo"].setEnabled(bool(found.listing.photos))
        self._name_next_step(found, has_waiting=bool(waiting))

    def _name_next_step(self, found: ListingVersion, *, has_waiting: bool) -> None:
        """Let the one primary button be what is to do next: photos, words, or its orders."""
        view = self._next_view(found)
        if view is not None:
            step, verb = "listing.photo", f"Add a photo: {VIEW_NAMES[view]}…"
        elif representation_issues(found.listing) or not has_waiting:
            step, verb = "listing.change", "Change…"
        else:
            step, verb = "listing.attach", "Keep with its orders"
        self._next_step = step
        self.next_button.say(verb)
        for id_, button in self.buttons.items():
            button.setVisible(id_ != step and (id_ != "listing.attach" or has_waiting))

    @staticmethod
    def _next_view(found: ListingVersion) -> PhotoView | None:
        listing = found.listing
        needed = NEEDED_VIEWS[listing.kind]
        return next((view for view in needed if listing.photo(view) is None), None)

    def panes(self) -> Sequence[QWidget]:
        """Return the list, the photos and the listing beside it."""
        if not self._known:
            return (self._add_button,)
        tiles = list(self.panel.tiles.values())
        return (self.table, *tiles[:1], self.panel.pane)

    # ---- what can be done

    def _take_next_step(self) -> None:
        if self.chosen is not None:
            self.frame_.actions[self._next_step].trigger()

    def add(self) -> None:
        """Ask for a new listing."""
        form = ListingForm(None, self._settings.today(), self.window())
        form.answered.connect(self._add)
        form.open()

    def _add(self, told: ToldListing) -> None:
        def add() -> Changes:
            self._chosen, changes = self._listings.add(told.listing, told.shown_since)
            return changes

        self.frame_.act(add, f"{told.listing.title} is in the list.")

    def change(self) -> None:
        """Ask how the chosen listing is shown from now on."""
        found = self.chosen
        if found is None:
            return
        form = ListingForm(found.listing, self._settings.today(), self.window())
        form.answered.connect(partial(self._change, found.listing_id))
        form.open()

    def _change(self, listing_id: ListingId, told: ToldListing) -> None:
        self.frame_.act(
            lambda: self._listings.change(listing_id, told.listing),
            f"{told.listing.title} is shown so from now on; what orders keep stays.",
        )

    def choose_photo(self, view: PhotoView | None = None) -> None:
        """Ask for the file of a photo: of a view, or of the next one that has none."""
        found = self.chosen
        if found is None:
            return
        wanted = view or self._next_view(found) or PhotoView.FRONT
        chooser = QFileDialog(
            self.window(), f"Photo of {found.listing.title}: {VIEW_NAMES[wanted]}"
        )
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter("Photos (*.jpg *.jpeg *.png *.webp)")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.filesSelected.connect(
            lambda names: self._take_files(wanted, [Path(each) for each in names])
        )
        chooser.open()

    def _take_files(self, view: PhotoView | None, files: Sequence[Path]) -> None:
        """Take files in: the first for the view, the others for views that have no photo yet."""
        found = self.chosen
        if found is None:
            return
        free = [each for each in PhotoView if found.listing.photo(each) is None and each != view]
        views = ([view] if view else []) + free
        if not views:
            self.frame_.notices.tell("Every view has its photo: drop it on the one it replaces.")
            return
        for each, file in zip(views, files, strict=False):
            self._make_ready(found.listing_id, each, file)
        if len(files) > len(views):
            left = count_text(len(files) - len(views), "photo")
            self.frame_.notices.tell(f"{left} left over: every view has its photo.")

    def _make_ready(self, listing_id: ListingId, view: PhotoView, file: Path) -> None:
        def keep(taken: object) -> None:
            if isinstance(taken, TakenPhoto):
                self.frame_.act(
                    lambda: self._listings.keep_photo(listing_id, view, taken),
                    f"The photo is shown: {VIEW_NAMES[view]}.",
                )

        job = self._listings.photo_job(file)
        self.frame_.work(f"listing-photo-{view}", job, keep, "The photo was not taken in.")

    def drop_photo(self, view: PhotoView | None = None) -> None:
        """Take the photo of a view out; without one, that of the tile that has the focus."""
        found = self.chosen
        if found is None or not found.listing.photos:
            return
        tiles = self.panel.tiles.items()
        focused = next((each for each, tile in tiles if tile.hasFocus() and tile.has_photo), None)
        wanted = view or focused or found.listing.photos[-1].view
        self.frame_.act(
            lambda: self._listings.drop_photo(found.listing_id, wanted),
            f"The photo is taken out: {VIEW_NAMES[wanted]}. Earlier orders keep it.",
        )

    def attach(self) -> None:
        """Keep the chosen listing with the pieces still to send that name it."""
        found = self.chosen
        if found is not None:
            self.frame_.act(
                lambda: self._listings.attach_waiting(found.listing_id),
                f"{found.listing.title} is kept with its orders; their ship-by days stay.",
            )

    def remove(self) -> None:
        """Take the chosen listing out of the list; Undo brings it back."""
        found = self.chosen
        if found is not None:
            self.frame_.act(
                lambda: self._listings.retire(found.listing_id),
                f"{found.listing.title} is out of the list; orders keep what was shown.",
            )

    def _look_at(self, version: ListingVersion) -> None:
        views = self._listings.views(version.listing)
        ShownVersion(self.frame_.look, version, views, self.window()).open()
