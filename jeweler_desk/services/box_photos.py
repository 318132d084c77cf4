"""Photos of open boxes: kept by their digest and never overwritten, proved when they are shown."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from jeweler_desk.domain.box_photo import BoxPhoto, digest_of, photo_of
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.piece_photos import FOLDER
from jeweler_desk.store.box_photos import BoxPhotoRows
from jeweler_desk.store.database import Store

_MOST_BYTES: Final = 60_000_000


class PhotoError(RefusedError):
    """A photo that cannot be taken in; the sentence says why."""


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
        self._folder = folder / FOLDER if folder else None

    def add(self, order_id: OrderId, file: Path) -> Changes:
        """Keep a copy of a photo of the open box; undo takes the fact back and leaves the file.

        Raises `PhotoError` when the file cannot be read, is no photo, or is there already.
        """
        order = self._orders.get(order_id)
        data = _read(file)
        photo = photo_of(data, file.name, self._clock.now())
        if photo is None:
            raise PhotoError(f"“{file.name}” is no JPEG, PNG or WebP photo. Nothing was changed.")
        if any(each.digest == photo.digest for each in self._rows.of(order_id)):
            raise PhotoError(f"Order {order.number} has this photo already. Nothing was changed.")
        self._keep(photo, data)
        with self._store.step(f"Add a photo to order {order.number}") as step:
            self._rows.add(order_id, photo)
            self._orders.record_event(order_id, f"photo of the open box: {photo.name}")
        return changes_of(step.tables)

    def of(self, order_id: OrderId) -> list[ShownPhoto]:
        """Return the photos of an order; a file whose bytes changed is not shown as if it had."""
        return [self._shown(photo) for photo in self._rows.of(order_id)]

    def _shown(self, photo: BoxPhoto) -> ShownPhoto:
        path = self._path(photo)
        try:
            data = path.read_bytes()
        except OSError:
            return ShownPhoto(photo, None, f"The photo “{photo.name}” is not in the folder.")
        if digest_of(data) != photo.digest:
            trouble = f"The photo “{photo.name}” was changed since it was kept; it is not shown."
            return ShownPhoto(photo, None, trouble)
        return ShownPhoto(photo, path, None)

    def _path(self, photo: BoxPhoto) -> Path:
        if self._folder is None:
            raise PhotoError("This desk has no folder for photos. Nothing was changed.")
        return self._folder / photo.file_name

    def _keep(self, photo: BoxPhoto, data: bytes) -> None:
        """Write the file whole or not at all; one that is there already stays as it is."""
        path = self._path(photo)
        try:
            if path.exists():
                if digest_of(path.read_bytes()) != photo.digest:
                    raise PhotoError(
                        f"“{path.name}” in the folder photos holds something else; it was left as"
                        " it is. Move it away and add the photo again. Nothing was changed."
                    )
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, delete=False) as new:
                new.write(data)
                new.flush()
                os.fsync(new.fileno())
            try:
                Path(new.name).rename(path)
            except OSError:
                with contextlib.suppress(OSError):
                    Path(new.name).unlink()
                raise
        except OSError as error:
            raise PhotoError(
                f"The photo cannot be kept: {error.strerror}. Nothing was changed."
            ) from error


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise PhotoError(f"“{file.name}” is larger than 60 MB. Nothing was changed.")
        return file.read_bytes()
    except OSError as error:
        raise PhotoError(
            f"“{file.name}” cannot be read: {error.strerror}. Nothing was changed."
        ) from error
