"""What further cards of the settings share: each reads itself anew when the page does."""

from __future__ import annotations

from jeweler_desk.ui.widgets.card import Card


class SettingsCard(Card):
    """A card of the settings that knows its own services."""

    def refresh(self) -> None:
        """Read and show everything anew."""
        raise NotImplementedError
