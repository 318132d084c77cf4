"""The table of platforms as values: whose domain it is, and what its senders and subjects mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jeweler_desk.domain.message import MailChannel


class Reader(StrEnum):
    """Which rules read a platform's mail."""

    MARKETPLACE = "marketplace"
    SHOP_FORM = "shop_form"
    SITE = "site"
    SOCIAL = "social"
    RECEIPT = "receipt"
    CARRIER = "carrier"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: its domains, and by name the senders and patterns that its rules ask for."""

    key: str
    name: str
    reads: Reader
    channel: MailChannel
    domains: tuple[str, ...]
    answers_by_mail: bool
    senders: Mapping[str, frozenset[str]]
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]

    def sends(self, kind: str, address: str) -> bool:
        """Tell whether an address, or its part before the @, is named as a sender of a kind."""
        named = self.senders.get(kind, frozenset())
        folded = address.casefold()
        return folded in named or folded.partition("@")[0] in named

    def found(self, kind: str, *texts: str) -> str | None:
        """Return the person whom the first matching pattern names, "" where it names none."""
        for text in texts:
            for pattern in self.patterns.get(kind, ()):
                match = pattern.search(text)
                if match:
                    return (match.groupdict().get("name") or "").strip(" .,!:\"“”'")
        return None

    def says(self, kind: str, *texts: str) -> bool:
        """Tell whether a pattern of a kind is found in one of the texts."""
        return self.found(kind, *texts) is not None


class SenderTable:
    """All platforms, found by the domain of a sender."""

    def __init__(self, platforms: Sequence[Platform]) -> None:
        self.platforms = tuple(platforms)
        self._by_domain = {
            domain: each for each in platforms for domain in each.domains if domain[-2:] != ".*"
        }
        self._by_brand = {
            domain[:-2]: each
            for each in platforms
            for domain in each.domains
            if domain[-2:] == ".*"
        }
        self.by_key = {each.key: each for each in platforms}
        self._known: dict[str, Platform | None] = {}

    def of(self, domain: str) -> Platform | None:
        """Return the platform whose domain this is, or lies under; asked again, it knows."""
        if domain not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[domain] = self._search(domain)
        return self._known[domain]

    def _search(self, domain: str) -> Platform | None:
        parts = domain.split(".")
        for start in range(len(parts) - 1):
            found = self._by_domain.get(".".join(parts[start:]))
            if found:
                return found
            brand = self._by_brand.get(parts[start])
            if brand and _COUNTRY.fullmatch(".".join(parts[start + 1 :])):
                return brand
        return None


_MOST_KNOWN = 4096
_COUNTRY = re.compile(r"[a-z]{2,4}|com?\.[a-z]{2}")


def sender_table_from(cells: Mapping[str, Any]) -> SenderTable:
    """Read the table. Raises `KeyError`, `ValueError` or `re.error` where it is out of form."""
    platforms: dict[str, Platform] = {}
    for cell in cells["platforms"]:
        like = platforms[cell["patterns_of"]].patterns if "patterns_of" in cell else {}
        own = {name: _compiled(texts) for name, texts in cell["patterns"].items()}
        platforms[cell["key"]] = Platform(
            cell["key"],
            cell["name"],
            Reader(cell["reads"]),
            MailChannel(cell["channel"]),
            tuple(cell["domains"]),
            bool(cell["answers_by_mail"]),
            {kind: frozenset(addresses) for kind, addresses in cell["senders"].items()},
            {**like, **own},
        )
    return SenderTable(list(platforms.values()))


def _compiled(texts: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE | re.MULTILINE) for text in texts)
