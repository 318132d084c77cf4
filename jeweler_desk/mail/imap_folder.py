"""One look into one IMAP folder: what is new, whose flags changed, what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from email.parser import BytesHeaderParser
from typing import Any, Final

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from jeweler_desk.domain.mailbox import (
    Flags,
    FolderReading,
    KnownFolder,
    ReceivedMessage,
    SeenCopy,
    SetAside,
)
from jeweler_desk.domain.message import FolderKind, canonical_address
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.headers import Headers
from jeweler_desk.mail.imap_folders import FolderToRead
from jeweler_desk.mail.mime import read_message

BLOCK: Final = 500
"""UIDs asked for at once: servers limit a command's length."""

_FIELDS: Final = (
    "FROM", "SENDER", "REPLY-TO", "TO", "CC", "BCC", "SUBJECT", "DATE", "MESSAGE-ID", "IN-REPLY-TO",
    "REFERENCES", "RETURN-PATH", "DELIVERED-TO", "X-ORIGINAL-TO", "AUTO-SUBMITTED", "PRECEDENCE",
    "LIST-ID", "LIST-UNSUBSCRIBE", "FEEDBACK-ID", "X-AUTOREPLY", "X-AUTORESPOND", "X-AUTORESPONDER",
    "X-AUTO-REPLY", "X-AMAZON-AUTO-REPLY", "X-AUTO-RESPONSE-SUPPRESS", "X-MAILGUN-TAG",
    "X-CAMPAIGN",
    "X-MS-EXCHANGE-INBOX-RULES-LOOP", "X-FAILED-RECIPIENTS", "X-SPAM-FLAG", "X-SPAM-STATUS",
    "CONTENT-TYPE", "CONTENT-TRANSFER-ENCODING", "MIME-VERSION", "X-MAILER",
)  # fmt: skip
_HEADER_ITEMS: Final = (
    "INTERNALDATE",
    "FLAGS",
    "RFC822.SIZE",
    f"BODY.PEEK[HEADER.FIELDS ({' '.join(_FIELDS)})]",
)
_TEXT_ITEM: Final = "BODY.PEEK[TEXT]<0.16384>"
_LIST: Final = re.compile(rb"^List-Id[ \t]*:", re.MULTILINE | re.IGNORECASE)
_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_FLAGS_PASS: Final = timedelta(days=30)
_IMPORTED_WITHIN: Final = timedelta(minutes=5)
_IMPORTED_APART: Final = timedelta(days=1)
_IMPORTED_AT_LEAST: Final = 20
_GUESS_FROM: Final = 50
_LEAST_GUESS: Final = 3
_Item = Mapping[bytes, Any]


class FolderSession:
    """Reads one folder over an open connection."""

    def __init__(
        self, client: IMAPClient, origin: str, folder: FolderToRead, now: datetime
    ) -> None:
        self._client = client
        self._origin = origin
        self._folder = folder
        self._now = now
        self._aside: list[SetAside] = []

    def share_from(self, address: str) -> float:
        """Return how much of the folder's newest mail is From an address, 0 to 1."""
        self._client.select_folder(self._folder.name, readonly=True)
        uids = sorted(self._client.search("ALL"))[-_GUESS_FROM:]
        if len(uids) < _LEAST_GUESS:
            return 0.0
        found = self._fetch(uids, ["BODY.PEEK[HEADER.FIELDS (FROM)]"])
        own = canonical_address(address)
        ours = sum(
            any(canonical_address(each.address) == own for each in _headers(item).people("from"))
            for item in found.values()
        )
        return ours / len(uids)

    def read(self, known: KnownFolder | None, since: date) -> FolderReading:
        """Read the folder; ``since`` bounds the very first look."""
        state = self._client.select_folder(self._folder.name, readonly=True)
        validity = int(state[b"UIDVALIDITY"])
        modseq = int(state.get(b"HIGHESTMODSEQ", 0)) or None
        kept: list[SeenCopy] = []
        missing: list[int] = []
        last = int(state.get(b"UIDNEXT", 1)) - 1
        if known is None:
            uids = sorted(self._client.search(["SINCE", since]))
        elif known.uid_validity != validity:
            uids = self._renumbered(known, since)
        else:
            uids, kept, missing = self._since(known, modseq)
            last = max(last, known.last_uid or 0)
        copies = [*kept, *self._new(uids)]
        return FolderReading(
            self._origin,
            self._folder.name,
            self._folder.kind,
            tuple(copies),
            tuple(self._aside),
            is_whole=False,
            missing=tuple(str(uid) for uid in missing),
            uid_validity=validity,
            last_uid=max([last, *uids]),
            modseq=modseq,
        )

    def _renumbered(self, known: KnownFolder, since: date) -> list[int]:
        """Return what is read after a new UIDVALIDITY: as many as were known, and new ones."""
        recent = sorted(self._client.search(["SINCE", since]))
        every = sorted(self._client.search("ALL"))
        return sorted({*recent, *every[-len(known.uids) :]} if known.uids else recent)

    def _since(
        self, known: KnownFolder, modseq: int | None
    ) -> tuple[list[int], list[SeenCopy], list[int]]:
        """Return new UIDs, known copies whose flags are told again, and UIDs that are gone."""
        last = known.last_uid or 0
        new = [uid for uid in self._client.search(["UID", f"{last + 1}:*"]) if uid > last]
        if not known.uids or (modseq is not None and modseq == known.modseq):
            return sorted(new), [], []
        span = f"{known.uids[0]}:{known.uids[-1]}"
        there = set(self._client.search(["UID", span]))
        missing = [uid for uid in known.uids if uid not in there]
        flags = self._flags([uid for uid in known.uids if uid in there], known.modseq)
        return sorted(new), flags, missing

    def _flags(self, uids: Sequence[int], since: int | None) -> list[SeenCopy]:
        """Return flags of known copies: those changed, or (without CONDSTORE) the recent ones."""
        modifiers = [f"CHANGEDSINCE {since}"] if since else None
        if since is None:
            recent = (self._now - _FLAGS_PASS).date()
            there = set(self._client.search(["SINCE", recent]))
            uids = [uid for uid in uids if uid in there]
        found: list[SeenCopy] = []
        for block in _blocks(uids):
            items = self._client.fetch(block, ["FLAGS"], modifiers)
            found += [
                SeenCopy(str(uid), _flags_of(item, self._folder.kind))
                for uid, item in items.items()
                if b"FLAGS" in item
            ]
        return found

    def _new(self, uids: Sequence[int]) -> list[SeenCopy]:
        """Read new messages block by block, the header fields first, then the words of most."""
        items: dict[int, _Item] = {}
        for block in _blocks(uids):
            items.update(self._fetch(block, _HEADER_ITEMS))
        words: dict[int, bytes] = {}
        for block in _blocks([uid for uid, item in items.items() if self._needs_words(item)]):
            for uid, item in self._fetch(block, [_TEXT_ITEM]).items():
                words[uid] = _body(item, b"BODY[TEXT]")
        imported = _imported(items)
        copies = (
            self._copy(uid, item, words.get(uid, b""), is_imported=uid in imported)
            for uid, item in items.items()
        )
        return [copy for copy in copies if copy is not None]

    def _fetch(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, _Item]:
        """Fetch a block; where the server stumbles over it, each message by itself."""
        try:
            found: dict[int, _Item] = self._client.fetch(uids, items)
        except IMAPClientAbortError:
            raise
        except (IMAPClientError, ValueError):
            found = {}
            if len(uids) > 1:
                for uid in uids:
                    found.update(self._fetch([uid], items))
            else:
                self._set_aside(uids[0], "The server could not give it out.")
        return found

    def _set_aside(self, uid: int, reason: str) -> None:
        self._aside.append(SetAside(f"{self._folder.name}, message {uid}", reason))

    def _needs_words(self, item: _Item) -> bool:
        """Tell whether a message's first words are fetched too: not of lists, not of junk."""
        if self._folder.kind is FolderKind.JUNK:
            return False
        return _LIST.search(_body(item, b"BODY[HEADER")) is None

    def _copy(self, uid: int, item: _Item, words: bytes, *, is_imported: bool) -> SeenCopy | None:
        try:
            received = self._received(item, words, is_imported=is_imported)
        except RefusedError as error:
            self._set_aside(uid, str(error))
            return None
        return SeenCopy(str(uid), _flags_of(item, self._folder.kind), "", received)

    def _received(self, item: _Item, words: bytes, *, is_imported: bool) -> ReceivedMessage:
        """Read a message; the server's own time counts unless it lies ahead or is an import's."""
        stamped = item.get(b"INTERNALDATE")
        received_at = stamped.astimezone(UTC) if isinstance(stamped, datetime) else None
        if received_at and (is_imported or received_at > self._now + _CLOCKS_DIFFER):
            received_at = None
        return read_message(
            _body(item, b"BODY[HEADER") + words,
            self._now,
            received_at=received_at,
            size=int(item.get(b"RFC822.SIZE", 0)),
        )


def _blocks(uids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (uids[start : start + BLOCK] for start in range(0, len(uids), BLOCK))


def _body(item: _Item, start: bytes) -> bytes:
    for name, value in item.items():
        if name.upper().startswith(start) and isinstance(value, bytes):
            return value
    return b""


def _headers(item: _Item) -> Headers:
    return Headers(BytesHeaderParser().parsebytes(_body(item, b"BODY[HEADER")))


def _flags_of(item: _Item, kind: FolderKind) -> Flags:
    names = {bytes(flag).lower() for flag in item.get(b"FLAGS", ())}
    return Flags(
        is_answered=b"\\answered" in names,
        is_draft=b"\\draft" in names and kind is not FolderKind.SENT,
        is_junk=bool({b"$junk", b"junk"} & names) and not {b"$notjunk", b"notjunk"} & names,
    )


def _imported(items: Mapping[int, _Item]) -> set[int]:
    """Return the messages that a migration stamped: many at one time, written on different days."""
    stamped = sorted(
        (at.astimezone(UTC), uid)
        for uid, item in items.items()
        if isinstance(at := item.get(b"INTERNALDATE"), datetime)
    )
    found: set[int] = set()
    group: list[tuple[datetime, int]] = []
    for each in stamped:
        if group and each[0] - group[0][0] > _IMPORTED_WITHIN:
            found |= _if_imported(items, [uid for _, uid in group])
            group = []
        group.append(each)
    return found | _if_imported(items, [uid for _, uid in group])


def _if_imported(items: Mapping[int, _Item], uids: list[int]) -> set[int]:
    """Return messages stamped together, when their own dates lie more than a day apart."""
    if len(uids) < _IMPORTED_AT_LEAST:
        return set()
    dates = [date for uid in uids for date in list(_headers(items[uid]).instants("date"))[:1]]
    is_import = bool(dates) and max(dates) - min(dates) > _IMPORTED_APART
    return set(uids) if is_import else set()
