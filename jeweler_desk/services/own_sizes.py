"""The sizes of paper that the seller gave the measures of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.own_size import OwnSize, own_sizes_text, read_own_size, read_own_sizes

if TYPE_CHECKING:
    from jeweler_desk.services.changes import Changes
    from jeweler_desk.services.settings import Settings

OWN_SIZES: Final = "paper.custom_sizes"


def own_sizes(settings: Settings) -> tuple[OwnSize, ...]:
    """Return the sizes that are kept, in the order in which they were added."""
    return read_own_sizes(settings.get(OWN_SIZES))


def add_own_size(settings: Settings, text: str) -> Changes:
    """Keep a size beside the others. Raises `RefusedError` with a sentence; nothing is kept."""
    kept = dict.fromkeys((*own_sizes(settings), read_own_size(text)))
    return settings.set(OWN_SIZES, own_sizes_text(tuple(kept)))


def remove_own_size(settings: Settings, name: str) -> Changes:
    """Offer a size no more; papers made on it stay as they are."""
    kept = tuple(each for each in own_sizes(settings) if each.name != name)
    return settings.set(OWN_SIZES, own_sizes_text(kept))
