"""The shop's settings as rows."""

from __future__ import annotations

from jeweler_desk.store.database import Store


class SettingRows:
    """Reads and writes settings; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[str, str]:
        """Return every setting that was made."""
        return {row["key"]: row["value"] for row in self._store.rows("SELECT * FROM settings")}

    def put(self, key: str, value: str) -> None:
        """Make a setting; an empty value clears it."""
        found = self._store.one("SELECT id FROM settings WHERE key = ?", [key])
        if found and value:
            self._store.update("settings", found["id"], {"value": value})
        elif found:
            self._store.run("DELETE FROM settings WHERE id = ?", [found["id"]])
        elif value:
            self._store.insert("settings", {"key": key, "value": value})
