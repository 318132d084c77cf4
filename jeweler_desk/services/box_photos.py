"""Photos of open boxes: kept by their digest and never overwritten, proved when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jeweler_desk.domain.box_photo import BoxPhoto, photo_of
from jeweler_desk.domain.order import OrderId
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.photo_folder import PhotoError, PhotoFolder, read_photo
from jeweler_desk.store.box_photos import BoxPhotoRows
from jeweler_desk.store.database import Store


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo as it can be shown: its file, or why it is not shown."""

    photo: BoxPhoto
    path: Path | None
    trouble: str | None


class BoxPhotos:
    """Keeps photos under ``photos/`` of the desk's folder; None for a desk in memory keeps none."""

    def __init__(
        self, store: Store, rows: BoxPhotoRows, orders: Orders, clock: Clock, folder: Path | None
    ) -> None:
        self._store = store
        self._rows = rows
        self._orders = orders
        self._clock = clock
        self._folder = PhotoFolder(folder)

    def add(self, order_id: OrderId, file: Path) -> Changes:
        """Keep a copy of a photo of the open box; undo takes the fact back and leaves the file.

        Raises `PhotoError` when the file cannot be read, is no photo, or is there already.
        """
        return self.add_kept([order_id], self.keep_job(file)())

    def keep_job(self, file: Path) -> Callable[[], BoxPhoto]:
        """Return the work that copies a photo's file into the folder; it touches no store.

        It raises `PhotoError` when the file cannot be read or is no photo.
        """
        now, folder = self._clock.now(), self._folder

        def work() -> BoxPhoto:
            data = read_photo(file)
            photo = photo_of(data, file.name, now)
            if photo is None:
                raise PhotoError(
                    f"“{file.name}” is no JPEG, PNG or WebP photo. Nothing was changed."
                )
            folder.keep(photo.digest, photo.file_name, data)
            return photo

        return work

    def add_kept(self, order_ids: Sequence[OrderId], photo: BoxPhoto) -> Changes:
        """Note that a photo whose file is kept shows the open box of these orders, one step.

        Raises `PhotoError` when they have it already.
        """
        orders = [self._orders.get(each) for each in order_ids]
        new = [
            order
            for order in orders
            if all(each.digest != photo.digest for each in self._rows.of(order.id))
        ]
        if not new:
            raise PhotoError(
                f"Order {orders[0].number} has this photo already. Nothing was changed."
            )
        with self._store.step(f"Add a photo to order {new[0].number}") as step:
            for order in new:
                self._rows.add(order.id, photo)
                self._orders.record_event(order.id, f"photo of the open box: {photo.name}")
        return changes_of(step.tables)

    def of(self, order_id: OrderId) -> list[ShownPhoto]:
        """Return the photos of an order; a file whose bytes changed is not shown as if it had."""
        return self.shown_job(order_id)()

    def shown_job(self, order_id: OrderId) -> Callable[[], list[ShownPhoto]]:
        """Return the work that proves an order's photos by their bytes; it touches no store."""
        photos = self._rows.of(order_id)
        return lambda: [self._shown(photo) for photo in photos]

    def _shown(self, photo: BoxPhoto) -> ShownPhoto:
        trouble = self._folder.trouble(photo.digest, photo.file_name, photo.name)
        path = None if trouble else self._folder.path(photo.file_name)
        return ShownPhoto(photo, path, trouble)
