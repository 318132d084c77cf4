"""IMAPClient with its own way of fetching: its parser takes six times what the server does.

Everything here only looks: EXAMINE, STATUS, SEARCH, FETCH with PEEK.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from jeweler_desk.domain.uid_set import uid_set
from jeweler_desk.mail.imap_answers import Fetched, numbers_in, read_answers

BLOCK: Final = 500
"""UIDs asked for at once: servers limit a command's length."""

_STATUS: Final = ("MESSAGES", "UIDNEXT", "UIDVALIDITY")


@dataclass(frozen=True, slots=True)
class FolderState:
    """The counters of a folder as the server tells them; 0 or None where it does not."""

    uid_validity: int
    uid_next: int
    exists: int | None
    modseq: int | None


@dataclass(frozen=True, slots=True)
class Examined:
    """A folder opened for reading, with what QRESYNC told: gone UIDs as a set, and flags."""

    state: FolderState
    vanished: str | None = None
    changed: tuple[Fetched, ...] = ()


class MailClient(IMAPClient):  # type: ignore[misc]  # IMAPClient has no types
    """A connection to one account."""

    has_qresync = False
    """Whether QRESYNC was switched on in this session."""

    def hush(self) -> None:
        """Write no lines into the log: it costs half of the time, and one is the password."""
        self._imap.debug = 0

    def is_logged_in(self) -> bool:
        """Tell whether the server takes commands of an account, as after PREAUTH."""
        return bool(self._imap.state in {"AUTH", "SELECTED"})

    def know_changes(self) -> None:
        """Switch on what lets the server tell changes; before a folder is opened, as it must be."""
        if not self.has_capability("ENABLE"):
            return
        if self.has_capability("QRESYNC"):
            with suppress(IMAPClientError):
                self.has_qresync = b"QRESYNC" in self.enable("QRESYNC")
        elif self.has_capability("CONDSTORE"):
            with suppress(IMAPClientError):
                self.enable("CONDSTORE")

    def has_condstore(self) -> bool:
        """Tell whether the server counts changes."""
        return bool(self.has_capability("CONDSTORE") or self.has_capability("QRESYNC"))

    def state_of(self, folder: str) -> FolderState:
        """Ask for a folder's counters without opening it."""
        asked = [*_STATUS, "HIGHESTMODSEQ"] if self.has_condstore() else list(_STATUS)
        return _state(self.folder_status(folder, asked), b"MESSAGES")

    def examine(self, folder: str, known: tuple[int, int, str] | None = None) -> Examined:
        """Open a folder for reading only.

        ``known`` is the UIDVALIDITY, the HIGHESTMODSEQ and the UIDs of the last look: where QRESYNC
        is on, the server tells at once what became of them.
        """
        if known is None:
            return Examined(_state(self.select_folder(folder, readonly=True), b"EXISTS"))
        validity, modseq, uids = known
        about = f"{validity} {modseq} {uids}" if uids else f"{validity} {modseq}"
        imap = self._imap
        imap.untagged_responses.clear()
        imap.is_readonly = True
        status, data = imap.xatom("EXAMINE", self._normalise_folder(folder), f"(QRESYNC ({about}))")
        self._checkok("EXAMINE", status, data)
        imap.state = "SELECTED"
        changed = read_answers(imap.untagged_responses.pop("FETCH", []))
        gone = b",".join(
            each.rpartition(b" ")[2] for each in imap.untagged_responses.pop("VANISHED", [])
        )
        state = _state(self._process_select_response(imap.untagged_responses), b"EXISTS")
        return Examined(state, gone.decode("ascii", "replace"), tuple(changed))

    def leave(self) -> None:
        """Let the folder go; being open for reading only, nothing is expunged by it."""
        if self._imap.state != "SELECTED":
            return
        if self.has_capability("UNSELECT"):
            self.unselect_folder()
        else:
            self.close_folder()

    def found(self, *criteria: str) -> list[int]:
        """Search, with no CHARSET: some servers refuse it."""
        status, data = self._imap.uid("SEARCH", *criteria)
        self._checkok("SEARCH", status, data)
        return numbers_in(data)

    def can_name(self, message_id: str) -> bool:
        """Tell whether a Message-ID can be searched for without a literal or a CHARSET."""
        return message_id.isascii() and message_id.isprintable() and '"' not in message_id

    def found_by_id(self, message_id: str) -> list[int]:
        """Search for a Message-ID that `can_name` admits."""
        quoted = message_id.replace("\\", "\\\\")
        return self.found("HEADER", "Message-ID", f'"{quoted}"')

    def fetched(self, uids: Sequence[int], items: str, *modifiers: str) -> list[Fetched]:
        """Fetch one block; what a server tells unasked is left out."""
        self._imap.untagged_responses.pop("FETCH", None)
        status, data = self._imap.uid("FETCH", uid_set(uids), items, *modifiers)
        self._checkok("FETCH", status, data)
        found = read_answers(data)
        asked = set(uids)
        return found if len(found) == len(asked) else [e for e in found if e.uid in asked]

    def fetched_in_blocks(
        self, uids: Sequence[int], items: str
    ) -> Iterator[tuple[Sequence[int], list[Fetched] | None]]:
        """Fetch block after block, the next one asked for before this one is read.

        So the server works while we do. None stands for a block that it would not give out; no
        other command may be sent before the last block came.
        """
        imap = self._imap
        imap.untagged_responses.pop("FETCH", None)
        early: dict[int, Fetched] = {}
        asked: tuple[Sequence[int], bytes] | None = None
        for block in blocks(uids):
            tag = imap._command("UID", "FETCH", uid_set(block), items)  # noqa: SLF001 - imaplib sends without waiting in no other way
            if asked is not None:
                yield asked[0], self._completed(*asked, early)
            asked = (block, tag)
        if asked is not None:
            yield asked[0], self._completed(*asked, early)

    def _completed(
        self, block: Sequence[int], tag: bytes, early: dict[int, Fetched]
    ) -> list[Fetched] | None:
        """Read a block's answer to its end; ``early`` keeps what already belongs to the next."""
        try:
            status, _ = self._imap._command_complete("UID", tag)  # noqa: SLF001 - as above
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            status = "BAD"
        for each in read_answers(self._imap.untagged_responses.pop("FETCH", [])):
            early.setdefault(each.uid, each)
        found = [early.pop(uid) for uid in block if uid in early]
        return found if status == "OK" else None


def blocks(uids: Sequence[int], size: int = BLOCK) -> Iterator[Sequence[int]]:
    """Cut numbers into blocks that one command can name."""
    return (uids[start : start + size] for start in range(0, len(uids), size))


def _state(told: dict[bytes, Any], exists: bytes) -> FolderState:
    try:
        return FolderState(
            int(told.get(b"UIDVALIDITY", 0)),
            int(told.get(b"UIDNEXT", 0)),
            int(told[exists]) if exists in told else None,
            int(told.get(b"HIGHESTMODSEQ", 0)) or None,
        )
    except (TypeError, ValueError) as error:
        raise IMAPClientError("the counters of a folder are no numbers") from error
