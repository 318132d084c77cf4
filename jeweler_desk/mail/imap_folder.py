"""One look into one IMAP folder: what is new, whose flags changed, what is gone."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from jeweler_desk.domain.mailbox import (
    Extent,
    Flags,
    FolderReading,
    KnownFolder,
    ReceivedMessage,
    SeenCopy,
    SetAside,
)
from jeweler_desk.domain.message import FolderKind, canonical_address
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.uid_set import uid_set, uids_in, within
from jeweler_desk.mail.headers import Headers
from jeweler_desk.mail.heads import FIELDS, leaves_open, may_tell_of_trouble, read_head
from jeweler_desk.mail.imap_answers import Fetched
from jeweler_desk.mail.imap_client import Examined, MailClient, blocks
from jeweler_desk.mail.imap_folders import FolderToRead
from jeweler_desk.mail.imports import imported
from jeweler_desk.mail.mime import read_message

WORDS: Final = 16384
"""How many bytes of a message's words are read where its header fields leave something open."""

_BEGINNING: Final = (
    "(UID BODY.PEEK[HEADER.FIELDS (CONTENT-TRANSFER-ENCODING MIME-VERSION RECEIVED)]"
    f" BODY.PEEK[TEXT]<0.{WORDS}>)"
)
_HEAD: Final = f"INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({' '.join(FIELDS)})]"
_GMAIL: Final = " X-GM-THRID X-GM-MSGID"
_RECEIVED: Final = "(UID BODY.PEEK[HEADER.FIELDS (RECEIVED)])"
_MESSAGE_ID: Final = re.compile(rb"^Message-ID[ \t]*:", re.MULTILINE | re.IGNORECASE)
_RARELY: Final = 200_000
_BROKEN: Final = "It is so broken that it cannot be read."
NONE: Final[AbstractSet[int]] = frozenset()
NO_FLAGS: Final[frozenset[bytes]] = frozenset()
_BEGINNINGS_AT_ONCE: Final = 100
_FRESH: Final = timedelta(hours=48)
_MOST_FRESH: Final = 200
_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_FLAGS_PASS: Final = timedelta(days=30)
_GUESS_FROM: Final = 50
_LEAST_GUESS: Final = 3
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


class FolderSession:
    """Reads one folder over an open connection."""

    def __init__(
        self, client: MailClient, origin: str, folder: FolderToRead, now: datetime
    ) -> None:
        self._client = client
        self._origin = origin
        self._folder = folder
        self._now = now
        self._aside: list[SetAside] = []
        self._has_gmail = bool(client.has_capability("X-GM-EXT-1"))
        self._early: dict[int, tuple[SeenCopy, bool] | None] = {}
        self.last_stamp: datetime | None = None
        self.broken: OSError | IMAPClientAbortError | None = None

    def share_from(self, addresses: Iterable[str]) -> float:
        """Return how much of the folder's newest mail is From these addresses, 0 to 1."""
        self._client.examine(self._folder.name)
        uids = self._client.found("ALL")[-_GUESS_FROM:]
        if len(uids) < _LEAST_GUESS:
            return 0.0
        found = self._fetch(uids, "(UID BODY.PEEK[HEADER.FIELDS (FROM)])")
        own = {canonical_address(each) for each in addresses}
        ours = sum(
            any(
                canonical_address(each.address) in own
                for each in Headers.of_block(item.head or b"").people("from")
            )
            for item in found
        )
        return ours / len(uids)

    def seek(self, message_ids: Sequence[str], *, is_known: bool) -> FolderReading | None:
        """Look for letters that vanished elsewhere; None when none of them lies here.

        ``is_known``: the folder is read in every look, which has noted its counters already.
        """
        state = self._client.examine(self._folder.name).state
        uids: list[int] = []
        for message_id in message_ids:
            if self._client.can_name(message_id):
                uids += self._client.found_by_id(message_id)
        if not uids:
            return None
        copies = self._copies(self._heads(sorted(set(uids))))
        there = [
            copy
            for copy in copies
            if copy.received and copy.received.message.message_id in message_ids
        ]
        if not there:
            return None
        return FolderReading(
            self._origin,
            self._folder.name,
            self._folder.kind,
            tuple(there),
            is_whole=False,
            uid_validity=state.uid_validity,
            last_uid=None if is_known else max(state.uid_next - 1, *uids),
            modseq=None if is_known else state.modseq,
            exists=None if is_known else state.exists,
        )

    def read(self, known: KnownFolder | None, since: date) -> FolderReading:
        """Read the folder; ``since`` bounds the very first look.

        A connection that breaks after some blocks were read gives those, and the rest next time.
        """
        is_first = known is None or known.uid_validity is None
        examined = self._examine(known)
        state = examined.state
        kept: list[SeenCopy] = []
        missing: list[int] = []
        last = state.uid_next - 1
        if known is None or is_first:
            uids = self._client.found("SINCE", _day(since))
        elif known.uid_validity != state.uid_validity:
            uids = self._renumbered(known, since)
        else:
            uids, kept, missing = self._since(known, examined)
            last = max(last, known.last_uid or 0)
            words = self._words_of(known)
            read = {copy.uid for copy in words}
            kept = [*(copy for copy in kept if copy.uid not in read), *words]
        heads = self._heads(uids)
        modseq, exists = state.modseq, state.exists
        if self.broken is not None:
            is_as_known = known is not None and known.uid_validity == state.uid_validity
            before = (known.last_uid if known else 0) or 0
            reached = [head.uid for head in heads]
            last = max([before if is_as_known else 0, *reached]) or before
            modseq, exists = known.modseq if known else None, None
        copies = [*kept, *self._copies(heads)]
        return FolderReading(
            self._origin,
            self._folder.name,
            self._folder.kind,
            tuple(copies),
            tuple(self._aside),
            is_whole=False,
            missing=tuple(str(uid) for uid in missing),
            uid_validity=state.uid_validity,
            last_uid=last if self.broken else max([last, *uids]),
            modseq=modseq,
            exists=exists,
        )

    def _examine(self, known: KnownFolder | None) -> Examined:
        """Open the folder; where QRESYNC is on, what is gone and changed comes with it."""
        if known is None or not (known.uid_validity and known.modseq and self._client.has_qresync):
            return self._client.examine(self._folder.name)
        about = (known.uid_validity, known.modseq, known.uid_set)
        return self._client.examine(self._folder.name, about)

    def _renumbered(self, known: KnownFolder, since: date) -> list[int]:
        """Return what is read after a new UIDVALIDITY: as many as were known, and new ones."""
        recent = self._client.found("SINCE", _day(since))
        count = len(uids_in(known.uid_set))
        return sorted({*recent, *self._client.found("ALL")[-count:]}) if count else recent

    def _since(
        self, known: KnownFolder, examined: Examined
    ) -> tuple[list[int], list[SeenCopy], list[int]]:
        """Return new UIDs, known copies whose flags are told again, and UIDs that are gone."""
        last, state = known.last_uid or 0, examined.state
        new: list[int] = []
        if not state.uid_next or state.uid_next > last + 1:
            new = [uid for uid in self._client.found("UID", f"{last + 1}:*") if uid > last]
        again, lost = self._again(known)
        new = [*again, *new]
        uids = uids_in(known.uid_set)
        if not uids:
            return new, [], lost
        if examined.vanished is not None:
            gone = within(uids, examined.vanished)
            changed = [each for each in examined.changed if each.uid <= last]
            return new, self._seen(changed, set(uids) - set(gone)), [*gone, *lost]
        there = set(within(uids, uid_set(self._client.found("UID", known.uid_set))))
        gone = [uid for uid in uids if uid not in there]
        return new, self._flags(sorted(there), known, state.modseq), [*gone, *lost]

    def _again(self, known: KnownFolder) -> tuple[list[int], list[int]]:
        """Return what could not be read before and lies here still, and what is gone of it."""
        if not known.set_aside:
            return [], []
        there = set(self._client.found("UID", uid_set(sorted(known.set_aside))))
        return sorted(there), sorted(set(known.set_aside) - there)

    def _flags(self, uids: Sequence[int], known: KnownFolder, modseq: int | None) -> list[SeenCopy]:
        """Return flags of known copies: those changed, or (without CONDSTORE) the recent ones."""
        if known.modseq and modseq:
            if known.modseq == modseq:
                return []
            modifiers = [f"(CHANGEDSINCE {known.modseq})"]
        else:
            modifiers = []
            recent = self._client.found("SINCE", _day((self._now - _FLAGS_PASS).date()))
            uids = sorted(set(uids).intersection(recent))
        found: list[SeenCopy] = []
        for block in blocks(uids):
            items = f"(UID {self._flag_items()})"
            found += self._seen(self._client.fetched(block, items, *modifiers), set(block))
        return found

    def _seen(self, items: Iterable[Fetched], uids: set[int]) -> list[SeenCopy]:
        return [
            SeenCopy(str(item.uid), self._flags_of(item))
            for item in items
            if item.flags is not None and item.uid in uids
        ]

    def _words_of(self, known: KnownFolder) -> list[SeenCopy]:
        """Read the first words of letters that wait and whose words nobody has read yet."""
        uids = within([each.uid for each in known.wanted if each.needs_words], known.uid_set)
        heads = self._heads(sorted(uids)) if uids else []
        return self._copies(heads, {head.uid for head in heads})

    def _heads(self, uids: Sequence[int]) -> list[Fetched]:
        """Fetch header fields block by block; when the connection breaks, as many as came."""
        found: list[Fetched] = []
        refused: list[Sequence[int]] = []
        items = f"(UID {self._flag_items()} {_HEAD}{_GMAIL if self._has_gmail else ''})"
        try:
            with rarely_collecting():
                for block, answers in self._client.fetched_in_blocks(uids, items):
                    if answers is None:
                        refused.append(block)
                        continue
                    found += answers
                    for head in answers:
                        self._early[head.uid] = self._closed(head)
            for block in refused:
                found += self._one_by_one(block, items)
        except (OSError, IMAPClientAbortError) as error:
            self.broken = error
            found = _before(found, refused)
        return found

    def _flag_items(self) -> str:
        return "FLAGS X-GM-LABELS" if self._has_gmail else "FLAGS"

    def _copies(self, heads: Sequence[Fetched], forced: AbstractSet[int] = NONE) -> list[SeenCopy]:
        """Read messages; the words are fetched too of those open, and of the ``forced`` ones."""
        if heads and not forced:
            self.last_stamp = max(heads, key=lambda head: head.uid).received_at
        dated = self._date_imports(heads)
        found: dict[int, SeenCopy] = {}
        opened: dict[int, Fetched] = {}
        fresh: list[Fetched] = []
        early, self._early = self._early, {}
        with rarely_collecting():
            for head in heads:
                is_read = head.uid in early
                closed = early[head.uid] if is_read else self._closed(head)
                if is_read and closed is not None and head.uid in dated:
                    closed = self._closed(head)
                if closed is not None:
                    found[head.uid], is_open = closed
                    if is_open or head.uid in forced:
                        opened[head.uid] = head
                    elif self._is_fresh(found[head.uid]):
                        fresh.append(head)
        fresh.sort(key=lambda head: head.uid)
        opened |= {head.uid: head for head in fresh[-_MOST_FRESH:]}
        for uid, words in self._beginnings(sorted(opened)):
            found[uid] = _opened(found[uid], opened[uid], words, self._now)
        return list(found.values())

    def _date_imports(self, heads: Sequence[Fetched]) -> set[int]:
        """Where a migration stamped the mail, let the Received fields tell when it came.

        The same where the stamp lies ahead of our clock.
        """
        latest = self._now + _CLOCKS_DIFFER
        dated = imported(heads)
        dated |= {head.uid for head in heads if head.received_at and head.received_at > latest}
        if not dated:
            return dated
        by_uid = {head.uid: head for head in heads}
        try:
            for block in blocks(sorted(dated)):
                for told in self._fetch(block, _RECEIVED):
                    head = by_uid[told.uid]
                    head.head = (told.head or b"").rstrip(b"\r\n") + b"\r\n" + (head.head or b"")
        except (OSError, IMAPClientAbortError) as error:
            self.broken = self.broken or error
        for uid in dated:
            by_uid[uid].received_at = None
        return dated

    def _beginnings(self, uids: Sequence[int]) -> Iterator[tuple[int, Fetched]]:
        try:
            for block in blocks(uids, _BEGINNINGS_AT_ONCE):
                for item in self._fetch(block, _BEGINNING):
                    yield item.uid, item
        except (OSError, IMAPClientAbortError) as error:
            self.broken = self.broken or error

    def _fetch(self, uids: Sequence[int], items: str) -> list[Fetched]:
        """Fetch a block; where the server stumbles over it, each message by itself."""
        try:
            return self._client.fetched(uids, items)
        except IMAPClientAbortError:
            raise
        except (IMAPClientError, ValueError):
            return self._one_by_one(uids, items)

    def _one_by_one(self, uids: Sequence[int], items: str) -> list[Fetched]:
        found: list[Fetched] = []
        for uid in uids:
            try:
                found += self._client.fetched([uid], items)
            except IMAPClientAbortError:
                raise
            except (IMAPClientError, ValueError):
                self._set_aside(uid, "The server could not give it out.", None)
        return found

    def _set_aside(self, uid: int, reason: str, at: datetime | None) -> None:
        file = f"{self._folder.name}, message {uid}"
        self._aside.append(SetAside(file, reason, str(uid), at))

    def _closed(self, head: Fetched) -> tuple[SeenCopy, bool] | None:
        """Read a message by its header fields, and whether they leave it open; None sets aside."""
        block = _gmail_fields(head) + (head.head or b"")
        head.head = block
        flags = self._flags_of(head)
        try:
            headers = Headers.of_block(block)
            received = read_head(
                block,
                self._now,
                received_at=head.received_at,
                size=head.size or len(block),
                headers=headers,
            )
        except (RefusedError, ValueError, LookupError, TypeError, AttributeError) as error:
            words = str(error) if isinstance(error, RefusedError) else _BROKEN
            self._set_aside(head.uid, words, head.received_at)
            return None
        kind = FolderKind.DRAFTS if flags.is_draft else flags.label or self._folder.kind
        kind = FolderKind.JUNK if flags.is_junk else kind
        is_open = leaves_open(received.message, headers, kind, self._origin)
        return SeenCopy(str(head.uid), flags, "", received), is_open

    def _is_fresh(self, copy: SeenCopy) -> bool:
        """Tell whether several customers may be writing of the same trouble just now."""
        flags, received = copy.flags, copy.received
        return (
            (flags.label or self._folder.kind) is FolderKind.INBOX
            and received is not None
            and self._now - received.message.received_at <= _FRESH
            and not (flags.is_draft or flags.is_junk)
            and may_tell_of_trouble(received.message, self._origin)
        )

    def _flags_of(self, item: Fetched) -> Flags:
        is_sent = self._folder.kind is FolderKind.SENT
        return _flags(item.flags or NO_FLAGS, item.labels or NO_FLAGS, is_sent)


@lru_cache(maxsize=1024)
def _flags(names: frozenset[bytes], labels: frozenset[bytes], is_sent: bool) -> Flags:  # noqa: FBT001 - a cached function's key
    return Flags(
        is_answered=b"\\answered" in names,
        is_draft=not is_sent and (b"\\draft" in names or b"\\draft" in labels),
        is_junk=bool({b"$junk", b"junk"} & names) and not {b"$notjunk", b"notjunk"} & names,
        label=_label(labels) if labels else None,
    )


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for garbage rarely: thousands of messages are made and kept, which costs a third."""
    usual = gc.get_threshold()
    gc.set_threshold(_RARELY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _before(found: list[Fetched], refused: Sequence[Sequence[int]]) -> list[Fetched]:
    """Return what was read before the first block that still had to be read one by one.

    The next look goes on from the highest number read: nothing below it may be left out.
    """
    if not refused:
        return found
    first = min(refused[0])
    return [each for each in found if each.uid < first]


def _opened(closed: SeenCopy, head: Fetched, words: Fetched, now: datetime) -> SeenCopy:
    """Read a message with its first words; as it was read by its fields where that fails."""
    known = closed.received
    fields = (words.encoding.rstrip(b"\r\n") + b"\r\n").lstrip(b"\r\n") + (head.head or b"")
    raw = fields.rstrip(b"\r\n") + b"\r\n\r\n" + (words.text or b"")
    try:
        received = read_message(raw, now, received_at=head.received_at, size=head.size)
    except RefusedError:
        return closed
    if known is None:
        return closed
    extent = Extent.BEGIN if len(words.text or b"") >= WORDS else Extent.WHOLE
    message = replace(received.message, message_id=known.message.message_id)
    told = ReceivedMessage(message, received.text, known.fingerprint, extent)
    return replace(closed, received=told)


def _gmail_fields(item: Fetched) -> bytes:
    """Return what Gmail tells beside the message as header fields."""
    fields = b""
    if item.gmail_thread:
        fields = b"X-GM-THRID: %s\r\n" % item.gmail_thread.encode("ascii")
    if item.gmail_message and _MESSAGE_ID.search(item.head or b"") is None:
        fields += b"Message-ID: <gmail-%s>\r\n" % item.gmail_message.encode("ascii")
    return fields


def _label(labels: frozenset[bytes]) -> FolderKind | None:
    if b"\\inbox" in labels:
        return FolderKind.INBOX
    return FolderKind.SENT if b"\\sent" in labels else None


def _day(day: date) -> str:
    """Write a day as SEARCH wants it."""
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"
