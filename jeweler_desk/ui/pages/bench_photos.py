"""Photos of the open box at the bench: dropped, chosen, or taken from the camera's folder by a key.

Nothing here is read on the window's thread: the camera's folder may lie on a slow card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QImageReader

from jeweler_desk.domain.box_photo import BoxPhoto
from jeweler_desk.domain.order import OrderId
from jeweler_desk.services.box_photos import BoxPhotos, ShownPhoto
from jeweler_desk.services.camera_folder import CameraFolder, CameraLook, CameraPhoto
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.widgets.box_photo_card import BoxPhotoCard
from jeweler_desk.ui.widgets.camera_offer import CameraOffer, NewPhoto

_EVERY_MS: Final = 2000
_MOST_NEW: Final = 3
_SIDE: Final = 128
_KEEP: Final = "bench.camera"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look found, and small pictures of what it had not shown before."""

    look: CameraLook
    pictures: dict[Path, QImage]


class BenchPhotos(QObject):
    """Watches the camera's folder while a parcel is at hand and keeps what is taken."""

    def __init__(
        self,
        frame: Frame,
        photos: BoxPhotos,
        camera: CameraFolder,
        card: BoxPhotoCard,
        offer: CameraOffer,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._frame = frame
        self._photos = photos
        self._camera = camera
        self._card = card
        self._offer = offer
        self._ids: tuple[OrderId, ...] = ()
        self._number = ""
        self._started_at: datetime | None = None
        self._before: frozenset[Path] | None = None
        self._sizes: dict[Path, int] = {}
        self._taken: set[Path] = set()
        self._new: list[CameraPhoto] = []
        self._pictures: dict[Path, QImage] = {}
        self._watch = QTimer(self)
        self._watch.setInterval(_EVERY_MS)
        self._watch.timeout.connect(self.look)
        card.dropped.connect(self.add_files)

    # ---- the parcel at hand

    def begin(self, order_ids: Sequence[OrderId], number: str) -> None:
        """Take up another parcel: only what arrives from now on is offered."""
        self._ids, self._number = tuple(order_ids), number
        self._started_at = self._frame.now()
        self._before = None
        self._sizes, self._taken, self._new, self._pictures = {}, set(), [], {}
        self._frame.actions[_KEEP].setEnabled(False)
        self._offer.show_photos((), None)

    def share(self, order_ids: Sequence[OrderId]) -> None:
        """Let the photos belong to what lies in the box now."""
        self._ids = tuple(order_ids)

    def show_kept(self) -> None:
        """Prove the kept photos beside the window and show them."""
        if not self._ids:
            self._card.show_photos(())
            return
        lead = self._ids[0]
        job = self._photos.shown_job(lead)
        self._frame.work(f"bench.kept.{lead}", job, partial(self._show, lead), "No photo is shown.")

    def _show(self, lead: OrderId, shown: Sequence[ShownPhoto]) -> None:
        if self._ids and self._ids[0] == lead:
            self._card.show_photos(shown)

    # ---- the camera's folder

    def watch(self, on: bool) -> None:  # noqa: FBT001 - a state, named by the method
        """Look every two seconds, or no more."""
        if on and self._ids and self._camera.is_set:
            self._watch.start()
            self.look()
        else:
            self._watch.stop()
            self._offer.show_photos((), None)

    @Slot()
    def look(self) -> None:
        """Look into the camera's folder once."""
        if not self._ids or not self._camera.is_set or self._frame.jobs.is_running(_KEEP):
            return
        job = self._camera.look_job()
        known = frozenset(self._pictures) | (self._before or frozenset())

        def work() -> _Seen:
            look = job()
            fresh = [each.path for each in look.photos if each.path not in known][:_MOST_NEW]
            return _Seen(look, {path: _small(path) for path in fresh})

        self._frame.work(
            _KEEP, work, partial(self._see, self._ids), "The camera’s folder was not read."
        )

    def _see(self, ids: tuple[OrderId, ...], seen: _Seen) -> None:
        if ids != self._ids:
            return
        photos = seen.look.photos
        if self._before is None and seen.look.trouble is None:
            self._before = frozenset(each.path for each in photos if not self._is_later(each))
        before = self._before or frozenset()
        self._pictures |= seen.pictures
        # A file that still grows is still being written.
        self._new = [
            each
            for each in photos
            if each.path not in before
            and each.path not in self._taken
            and each.size
            and self._sizes.get(each.path) == each.size
        ]
        self._sizes = {each.path: each.size for each in photos}
        self._tell(seen.look.trouble)

    def _is_later(self, photo: CameraPhoto) -> bool:
        return self._started_at is not None and photo.written_at >= self._started_at

    def _tell(self, trouble: str | None) -> None:
        shown = [
            NewPhoto(each.path.name, self._pictures.get(each.path, QImage()))
            for each in self._new[:_MOST_NEW]
        ]
        self._frame.actions[_KEEP].setEnabled(bool(self._new))
        self._offer.show_photos(shown, trouble, count=len(self._new))

    def keep_newest(self) -> None:
        """Keep the newest photo that arrived since the parcel was begun."""
        if self._new:
            newest = self._new.pop(0)
            self._taken.add(newest.path)
            self._tell(None)
            self.add_files([newest.path])

    # ---- keeping

    @Slot(list)
    def add_files(self, files: Sequence[Path]) -> None:
        """Keep copies of files beside the window, then note what they show."""
        for file in files:
            name = f"bench.keep.{file}"
            keep = self._photos.keep_job(file)
            done = partial(self._add, self._ids, self._number)
            self._frame.work(name, keep, done, "The photo was not kept.")

    def _add(self, ids: tuple[OrderId, ...], number: str, photo: BoxPhoto) -> None:
        if ids:
            self._frame.act(
                lambda: self._photos.add_kept(ids, photo),
                f"The photo is kept with order {number}.",
            )


def _small(path: Path) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
