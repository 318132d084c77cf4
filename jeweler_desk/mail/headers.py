"""Header fields decoded so that nothing a mailer ever wrote can make them fail."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as MimeMessage
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache
from typing import Final

from jeweler_desk.domain.message import Correspondent, is_address

_LONGEST: Final = 65536
_LONGEST_BLOCK: Final = 8 * _LONGEST
_LONGEST_ADDRESSES: Final = 16384
_MOST_PEOPLE: Final = 200
_ID: Final = re.compile(r"<\s*([^<>\s\x00-\x1f\x7f]+)\s*>")
_ONE_ID: Final = re.compile(r"\s*<([^<>\s\x00-\x1f\x7f]+)>\s*")
_PHRASE: Final = re.compile(r"message\s+from\s[^<]*<[^>]*>", re.IGNORECASE)
_ANGLED: Final = re.compile(r"^\s*(?P<name>[^<]*)<\s*(?P<address>[^<>\s]+@[^<>\s]+)\s*>")
_FOLDED: Final = re.compile(r"\n[ \t]*")
_FIELD: Final = re.compile(r"^([!-9;-~]{1,76})[ \t]*:[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_SHORT: Final = 4096
_FOLD: Final = re.compile(r"\r?\n[ \t]*")
_PLAIN: Final = re.compile(
    r"(?:\"?([\w .'’-]*)\"? +)?<([^@\s<>,;:\"()\[\]\\]+@[a-zA-Z0-9_.-]+)>\s*"
)
_BARE: Final = re.compile(r"\s*([^@\s<>,;:\"()\[\]\\]+@[\w.-]+)\s*", re.ASCII)
_OLDEST: Final = datetime(1980, 1, 1, tzinfo=UTC)


class Headers:
    """The header fields of one message, by name, in order."""

    def __init__(self, mime: MimeMessage) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in mime.raw_items():
            self._fields.setdefault(name.casefold(), []).append(_text(value))

    @classmethod
    def of_block(cls, block: bytes) -> Headers:
        """Read a block of header fields as a server gives it out, without building a message."""
        headers = cls.__new__(cls)
        fields: dict[str, list[str]] = {}
        text = block[:_LONGEST_BLOCK].decode("utf-8", "surrogateescape").replace("\r\n", "\n")
        for name, value in _FIELD.findall(text):
            told = _text(value) if len(value) > _SHORT or not value.isascii() else value
            told = _FOLDED.sub(" ", told) if "\n" in told else told
            known = fields.get(low := name.lower())
            if known is None:
                fields[low] = [told]
            else:
                known.append(told)
        headers._fields = fields
        return headers

    def is_empty(self) -> bool:
        """Tell whether there is no field at all."""
        return not self._fields

    def has_any(self, names: AbstractSet[str]) -> bool:
        """Tell whether there is a field of one of these names (in small letters)."""
        return not names.isdisjoint(self._fields)

    def all(self, name: str) -> list[str]:
        """Return every field of that name, top first, unfolded and not yet decoded."""
        return self._fields.get(name, [])

    def first(self, name: str) -> str:
        """Return the topmost field of that name, or nothing."""
        found = self._fields.get(name)
        return found[0].strip() if found else ""

    def has(self, name: str) -> bool:
        """Tell whether there is such a field."""
        return name in self._fields

    def names(self) -> Iterator[str]:
        """Return the names of all fields, folded."""
        return iter(self._fields)

    def words(self, name: str) -> str:
        """Return the topmost field decoded for people, on one line."""
        return decoded(self.first(name))

    def people(self, name: str) -> tuple[Correspondent, ...]:
        """Return the valid addresses of all fields of that name; an empty one is none."""
        values = self._fields.get(name)
        if values is None:
            return ()
        found: list[Correspondent] = []
        for value in values:
            found += _people(value[:_LONGEST_ADDRESSES])
        return tuple(found[:_MOST_PEOPLE])

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the message ids of all fields of that name, without angle brackets."""
        found: list[str] = []
        values = self._fields.get(name)
        if values is None:
            return ()
        for value in values:
            plain = _ONE_ID.fullmatch(value)
            if plain is not None:
                found += [plain[1]] if plain[1] not in found else []
                continue
            ids = _ID.findall(_PHRASE.sub(" ", value))
            bare = value.strip()
            if not ids and "@" in bare and not re.search(r"[\s<>]", bare):
                ids = [bare]
            found += [each for each in ids if each not in found]
        return tuple(found)

    def instants(self, name: str) -> Iterator[datetime]:
        """Return the instants that fields of that name give with a zone, top first, in UTC."""
        for value in self.all(name):
            moment = instant(value.rpartition(";")[2] if name == "received" else value)
            if moment is not None:
                yield moment


def _text(value: object) -> str:
    """Unfold a raw field; bytes beyond ASCII are taken as UTF-8, else as Latin-1."""
    text = str(value)
    if len(text) > _LONGEST:  # of many ids the last are the nearest
        text = f"{text[: _LONGEST // 2]} {text[-_LONGEST // 2 :]}"
    if not text.isascii():
        raw = text.encode("utf-8", "surrogateescape")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    return _FOLD.sub(" ", text) if "\n" in text else text


def known_charset(name: str) -> str:
    """Return a charset that this Python can read: the one named, else UTF-8."""
    try:
        return codecs.lookup(name.strip("\"' ") or "utf-8").name
    except (LookupError, ValueError, TypeError):
        return "utf-8"


def bytes_to_text(raw: bytes, charset: str) -> str:
    """Decode bytes by the charset they name; what does not fit is tried as Latin-1."""
    try:
        text = raw.decode(known_charset(charset))
    except (UnicodeError, LookupError, ValueError):
        return raw.decode("latin-1")
    return text.encode("utf-8", "replace").decode("utf-8")


def decoded(value: str) -> str:
    """Return a field with its encoded words read, control characters gone, on one line."""
    if "=?" in value:
        try:
            pieces = decode_header(value)
        except (HeaderParseError, binascii.Error, ValueError, UnicodeError):
            pieces = [(value, None)]
        value = "".join(
            piece if isinstance(piece, str) else bytes_to_text(piece, charset or "utf-8")
            for piece, charset in pieces
        )
    if not value.isprintable():
        value = "".join(char if char.isprintable() else " " for char in value)
    return " ".join(value.split())


@lru_cache(maxsize=4096)
def _people(value: str) -> list[Correspondent]:
    plain = _PLAIN.fullmatch(value)
    if plain is not None and is_address(plain[2]):
        return [Correspondent(" ".join((plain[1] or "").split()), plain[2])]
    bare = _BARE.fullmatch(value)
    if bare is not None and is_address(bare[1]):
        return [Correspondent("", bare[1])]
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, TypeError, RecursionError):  # hostile groups and routes
        pairs = []
    found = [
        Correspondent(decoded(name), address.strip())
        for name, address in pairs
        if is_address(address.strip())
    ]
    angled = _ANGLED.match(value)
    if not found or angled is None:
        return found or _angled(value)
    is_group = ":" in angled["name"] and ";" not in value and '"' not in angled["name"]
    # A bracket in a name is read as a domain by some versions of Python, and the name is cut.
    is_misread = "[" in angled["name"] or all(each.address != angled["address"] for each in found)
    return _angled(value) if is_group or is_misread else found


def _angled(value: str) -> list[Correspondent]:
    """Read ``name <address>`` where the name holds signs that a strict reading stumbles over."""
    match = _ANGLED.match(value)
    if match is None or not is_address(match["address"]):
        return []
    return [Correspondent(decoded(match["name"].strip(' "')), match["address"])]


def instant(value: str) -> datetime | None:
    """Read a date with its zone, in UTC; None for one without zone, out of form or absurd."""
    try:
        moment = parsedate_to_datetime(value.strip())
        if moment.tzinfo is None:
            return None
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return moment if moment >= _OLDEST else None
