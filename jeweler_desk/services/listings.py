"""Listings: entered, changed by new versions, shown in photos, and kept with orders as seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jeweler_desk.domain.box_photo import digest_of
from jeweler_desk.domain.listing import (
    AsShown,
    Listing,
    ListingError,
    ListingId,
    ListingVersion,
    Matched,
    Photo,
    PhotoView,
    VersionId,
    checked,
    in_force_on,
    key_of,
)
from jeweler_desk.domain.listing_wording import VIEW_NAMES, attached_told
from jeweler_desk.domain.order import LineItem, LineItemId, Order, OrderId
from jeweler_desk.domain.wording import full_day
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.photo_folder import PhotoFolder, read_photo
from jeweler_desk.services.piece_photos import PiecePhotos
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.listings import ListingRows

if TYPE_CHECKING:
    from jeweler_desk.photos import ReadyPhoto


@dataclass(frozen=True, slots=True)
class ShownView:
    """A photo of a snapshot with its file; ``path`` None and ``trouble`` say why it is not seen."""

    photo: Photo
    path: Path | None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class TakenPhoto:
    """A photo that was made ready, with the name of the file it came from."""

    name: str
    ready: ReadyPhoto


class Listings:
    """What the shop shows. A change makes a new version; nothing shown is ever rewritten."""

    def __init__(
        self,
        store: Store,
        rows: ListingRows,
        book: OrderBook,
        settings: Settings,
        clock: Clock,
        folder: Path | None,
    ) -> None:
        self._store = store
        self._rows = rows
        self._book = book
        self._settings = settings
        self._clock = clock
        self._folder = PhotoFolder(folder)
        self._by_name = PiecePhotos(folder)

    # ---- what is there

    def all(self) -> list[ListingVersion]:
        """Return every listing in use as it is shown now, by title."""
        return self._rows.all()

    def get(self, listing_id: ListingId) -> ListingVersion:
        """Return a listing as it is shown now. Raises `ListingError` when it is gone."""
        versions = self._rows.versions(listing_id)
        if not versions:
            raise ListingError("There is no such listing any more. Nothing was changed.")
        return versions[-1]

    def versions(self, listing_id: ListingId) -> list[ListingVersion]:
        """Return every version of a listing, the first one first."""
        return self._rows.versions(listing_id)

    def find(self, name: str) -> ListingVersion:
        """Return the listing of that SKU, or of that exact title.

        Raises `ListingError` when none or more than one is called that.
        """
        key, known = key_of(name), self.all()
        found = [each for each in known if key_of(each.listing.sku) == key] or [
            each for each in known if key_of(each.listing.title) == key
        ]
        if not found:
            raise ListingError(f"There is no listing “{name}”. Nothing was changed.")
        if len(found) > 1:
            skus = ", ".join(each.listing.sku for each in found)
            raise ListingError(f"“{name}” may be {skus}: write the SKU.")
        return found[0]

    def pieces_by_version(self, listing_id: ListingId) -> dict[VersionId, int]:
        """Return how many ordered pieces keep each version of a listing."""
        return dict(self._rows.orders_with(listing_id))

    def photo_path(self, photo: Photo) -> Path | None:
        """Return a photo's file for a quick look; None when it is not in the folder."""
        return self._folder.shown(photo.file_name)

    # ---- what orders keep

    def as_shown(self, line_id: LineItemId) -> AsShown | None:
        """Return what the buyer of a line item saw; None where no listing is known."""
        return self._rows.shown(line_id)

    def shown_of(self, order_id: OrderId) -> dict[LineItemId, AsShown]:
        """Return what the buyers of an order's line items saw."""
        return self._rows.shown_of(order_id)

    def views(self, listing: Listing) -> list[ShownView]:
        """Return the photos with their bytes proved; one that was changed is not shown."""
        found = []
        for photo in listing.photos:
            trouble = self._folder.trouble(photo.digest, photo.file_name, photo.name)
            path = None if trouble else self._folder.path(photo.file_name)
            found.append(ShownView(photo, path, trouble))
        return found

    def photo_of(self, line: LineItem) -> Path | None:
        """Return a small picture of a piece: as its buyer saw it, else a file named by its SKU."""
        shown = self._rows.shown(line.id) if line.id else None
        photos = shown.version.listing.photos if shown else ()
        for photo in photos:
            path = self._folder.shown(photo.file_name)
            if path is not None:
                return path
        return self._by_name.of(line.sku)

    def waiting(self, listing_id: ListingId) -> list[tuple[Order, LineItem]]:
        """Return the pieces still to send that name a listing and keep no snapshot of any."""
        versions = self._rows.versions(listing_id)
        found = self._rows.waiting_lines(
            {each.listing.sku for each in versions}, {each.listing.title for each in versions}
        )
        orders = {order_id: self._book.order(order_id) for order_id, _ in found}
        return [
            (orders[order_id], line)
            for order_id, line_id in found
            for line in orders[order_id].line_items
            if line.id == line_id
        ]

    # ---- acts

    def add(self, new: Listing, shown_since: date | None = None) -> tuple[ListingId, Changes]:
        """Add a listing, shown from today on or since an earlier day of hers.

        A blank SKU gets the next ``L-n``. Raises `ListingError`.
        """
        new = checked(new)
        if not new.sku:
            new = replace(new, sku=self._next_sku())
        self._refuse_double(new, None)
        today, now = self._settings.today(), self._clock.now()
        since = self._since(new, shown_since, today, None)
        with self._store.step(f"Add listing {new.sku}") as step:
            listing_id = self._rows.add(now)
            self._rows.add_version(listing_id, new, since, now, today)
        return listing_id, changes_of(step.tables)

    def change(
        self, listing_id: ListingId, new: Listing, shown_since: date | None = None
    ) -> Changes:
        """Show a listing otherwise from today on (or from a day of hers): a new version.

        What is the same as before makes none. Raises `ListingError`.
        """
        before, new = self.get(listing_id), checked(new)
        if not new.sku:
            new = replace(new, sku=before.listing.sku)
        if new == before.listing:
            return NOTHING_CHANGED
        self._refuse_double(new, listing_id)
        return self._change(before, new, f"Change listing {new.sku}", shown_since)

    def retire(self, listing_id: ListingId) -> Changes:
        """Take a listing out of the list; what orders keep of it stays."""
        before = self.get(listing_id)
        with self._store.step(f"Remove listing {before.listing.sku}") as step:
            self._rows.retire(listing_id)
        return changes_of(step.tables)

    @staticmethod
    def photo_job(file: Path) -> Callable[[], TakenPhoto]:
        """Return the work of making a photo ready, which may run in the background."""

        def work() -> TakenPhoto:
            from jeweler_desk.photos import ready_photo  # noqa: PLC0415 - brings Pillow

            return TakenPhoto(file.name, ready_photo(read_photo(file), file.name))

        return work

    def keep_photo(self, listing_id: ListingId, view: PhotoView, taken: TakenPhoto) -> Changes:
        """Show a photo in a view of a listing; the bytes are kept by their digest."""
        before, photo = self.get(listing_id), _photo(view, taken)
        known = before.listing.photo(view)
        if known is not None and known.digest == photo.digest:
            raise ListingError(
                f"This photo is the one of {VIEW_NAMES[view]} already. Nothing was changed."
            )
        self.keep_bytes(view, taken)
        label = f"Photo of listing {before.listing.sku}, {VIEW_NAMES[view]}"
        return self._change(before, before.listing.with_photo(photo), label, None)

    def keep_bytes(self, view: PhotoView, taken: TakenPhoto) -> Photo:
        """Keep a photo in the folder and return what a listing that shows it says of it."""
        photo = _photo(view, taken)
        self._folder.keep(photo.digest, photo.file_name, taken.ready.data)
        return photo

    def add_photo(self, listing_id: ListingId, view: PhotoView, file: Path) -> Changes:
        """Make a photo ready and show it, at once."""
        return self.keep_photo(listing_id, view, self.photo_job(file)())

    def drop_photo(self, listing_id: ListingId, view: PhotoView) -> Changes:
        """Show a view no longer; earlier versions keep its photo."""
        before = self.get(listing_id)
        if before.listing.photo(view) is None:
            raise ListingError(f"There is no photo of {VIEW_NAMES[view]}. Nothing was changed.")
        label = f"Take a photo out of listing {before.listing.sku}"
        return self._change(before, before.listing.without_photo(view), label, None)

    def attach(self, order_id: OrderId, line_id: LineItemId, listing_id: ListingId) -> Changes:
        """Say by hand what the buyer of a line item saw: the version of the order's day.

        A listing that was entered later gives its first version, and that is said. The order's
        promise stays as it was made. Raises `ListingError`.
        """
        order = self._book.order(order_id)
        line = next((each for each in order.line_items if each.id == line_id), None)
        if line is None:
            raise ListingError(f"This piece of order {order.number} is gone. Nothing was changed.")
        sku = self.get(listing_id).listing.sku
        kept = self._rows.shown(line_id)
        if kept is not None and kept.version.listing_id == listing_id:
            raise ListingError(
                f"“{line.title}” of order {order.number} keeps listing {sku} already."
                " Nothing was changed."
            )
        with self._store.step(f"Listing {sku} for order {order.number}") as step:
            self._attach(order, line, listing_id)
        return changes_of(step.tables)

    def attach_waiting(self, listing_id: ListingId) -> Changes:
        """Say by hand that the pieces still to send that name a listing were bought by it."""
        waiting = self.waiting(listing_id)
        with self._store.step(f"Listing {self.get(listing_id).listing.sku} for its orders") as step:
            for order, line in waiting:
                self._attach(order, line, listing_id)
        return changes_of(step.tables)

    def _attach(self, order: Order, line: LineItem, listing_id: ListingId) -> None:
        versions = self._rows.versions(listing_id)
        shown = in_force_on(versions, order.placed_on, order.placed_at)
        version = shown or versions[0]
        now = self._clock.now()
        self._rows.let_go(line.id)
        self._rows.keep(line.id, version.id, Matched.BY_HAND, now, is_later=shown is None)
        told = attached_told(version.listing.sku, is_later=shown is None)
        self._book.writing.add_event(order.id, now, told)

    def _change(
        self, before: ListingVersion, new: Listing, label: str, shown_since: date | None
    ) -> Changes:
        today, now = self._settings.today(), self._clock.now()
        since = self._since(new, shown_since, today, before)
        with self._store.step(label) as step:
            self._rows.add_version(before.listing_id, new, since, now, today)
        return changes_of(step.tables)

    @staticmethod
    def _since(
        new: Listing, wanted: date | None, today: date, before: ListingVersion | None
    ) -> date:
        since = wanted or today
        if since > today:
            raise ListingError(
                f"“{new.title}” cannot be shown since {full_day(since)}, which is still to come."
                " Nothing was changed."
            )
        if before is not None and since < before.shown_since:
            if wanted is None:
                return before.shown_since
            raise ListingError(
                f"The version before is shown since {full_day(before.shown_since)}; this one cannot"
                " be shown since an earlier day. Nothing was changed."
            )
        return since

    def _next_sku(self) -> str:
        known = {key_of(each.listing.sku) for each in self._rows.every_version()}
        number = 1
        while key_of(f"L-{number}") in known:
            number += 1
        return f"L-{number}"

    def _refuse_double(self, new: Listing, listing_id: ListingId | None) -> None:
        for each in self.all():
            if each.listing_id != listing_id and key_of(each.listing.sku) == key_of(new.sku):
                raise ListingError(
                    f"There is a listing {each.listing.sku} already: “{each.listing.title}”."
                    " Nothing was changed."
                )


def _photo(view: PhotoView, taken: TakenPhoto) -> Photo:
    ready = taken.ready
    return Photo(
        view=view,
        digest=digest_of(ready.data),
        suffix=ready.suffix,
        name=taken.name,
        width=ready.width,
        height=ready.height,
        findings=ready.findings,
    )
