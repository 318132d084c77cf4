"""Mail that lies in files: a Maildir, an mbox, an .eml file or a folder of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from jeweler_desk.domain.mailbox import Flags, FolderReading, SeenCopy, SetAside
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.head_flags import flags_in_head
from jeweler_desk.mail.mbox import looks_like_mbox, read_mbox
from jeweler_desk.mail.mime import UnreadableMessageError, read_message
from jeweler_desk.mail.places import FILES, folder_name, shown_path

_MAIL_SUFFIXES: Final = frozenset({".eml", ".email"})
_FLAGS: Final = re.compile(r"^(?P<unique>.*?)[:;!]2,(?P<flags>[A-Za-z]*)$")
_HEADER_LINE: Final = re.compile(rb"\A\s*[!-9;-~]{1,76}[ \t]*:[ \t]")


def read_files(path: Path, kind: FolderKind, known: Mapping[str, str]) -> FolderReading:
    """Read a path as a folder of that kind.

    ``known`` maps the copies read before to their signatures: a file that is the same is not read
    again. Raises `RefusedError` when the path is not there or is no mail; a single file that cannot
    be read is set aside.
    """
    shown = shown_path(path)
    if not path.exists():
        raise RefusedError(f"There is nothing at “{shown}”. Nothing was read.")
    try:
        copies, aside = _read(path, known)
    except OSError as error:
        raise RefusedError(
            f"“{shown}” cannot be read: {error.strerror or error}. Nothing was taken in."
        ) from error
    return FolderReading(FILES, folder_name(path), kind, tuple(copies), tuple(aside))


Found = tuple[list[SeenCopy], list[SetAside]]


def _read(path: Path, known: Mapping[str, str]) -> Found:
    if path.is_dir():
        return _read_folder(path, known)
    if _is_letter_file(path):
        return _read_each([(path, shown_path(path.name), Flags())], known)
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip() or looks_like_mbox(start):
        return read_mbox(path)
    if _HEADER_LINE.match(start):
        return _read_each([(path, shown_path(path.name), Flags())], known)
    raise RefusedError(
        f"“{shown_path(path)}” is no mail: neither a Maildir, an mbox nor an .eml file."
        " Nothing was read."
    )


def _read_folder(path: Path, known: Mapping[str, str]) -> Found:
    """Read a folder: its letters, its mboxes, and it as a Maildir or the Maildirs in it.

    A Maildir is its own ``cur`` and ``new``: folders within it are read by themselves.
    """
    copies: list[SeenCopy] = []
    aside: list[SetAside] = []
    is_mail = is_maildir = _is_maildir(path)
    if is_maildir:
        _add(copies, aside, _read_each(_maildir_files(path), known))
    letters: list[tuple[Path, str, Flags]] = []
    for each in sorted(path.iterdir()):
        name = shown_path(each.name)
        if name.startswith("."):
            continue
        if each.is_dir():
            if not is_maildir and _is_maildir(each):
                is_mail = True
                files = (
                    (file, f"{name}/{uid}", flags) for file, uid, flags in _maildir_files(each)
                )
                _add(copies, aside, _read_each(files, known))
        elif _is_letter_file(each):
            is_mail = True
            letters.append((each, name, Flags()))
        elif _is_mbox(each):
            is_mail = True
            found, apart = read_mbox(each)
            _add(copies, aside, ([replace(one, uid=f"{name}/{one.uid}") for one in found], apart))
    if not is_mail and not known:
        raise RefusedError(
            f"“{shown_path(path)}” holds no mail: it is no Maildir and has no .eml file or mbox."
            " Nothing was read."
        )
    _add(copies, aside, _read_each(letters, known))
    return copies, aside


def _add(copies: list[SeenCopy], aside: list[SetAside], found: Found) -> None:
    copies += found[0]
    aside += found[1]


def _is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() or (path / "new").is_dir()


def _is_mbox(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return looks_like_mbox(file.read(256))
    except OSError:
        return False


def _is_letter_file(path: Path) -> bool:
    return path.suffix.casefold() in _MAIL_SUFFIXES and not path.is_dir()


def _maildir_files(path: Path) -> Iterator[tuple[Path, str, Flags]]:
    """Return the files of a Maildir's own ``cur`` and ``new``, with unique names and flags."""
    seen: set[str] = set()
    for folder in (path / "cur", path / "new"):
        if not folder.is_dir():
            continue
        for file in sorted(folder.iterdir()):
            if file.name.startswith(".") or file.is_dir():
                continue
            match = _FLAGS.match(file.name)
            unique, letters = (match["unique"], match["flags"]) if match else (file.name, "")
            unique = shown_path(unique)
            if unique not in seen:
                seen.add(unique)
                yield file, unique, Flags(is_answered="R" in letters, is_draft="D" in letters)


def _read_each(
    files: Iterable[tuple[Path, str, Flags]], known: Mapping[str, str]
) -> tuple[list[SeenCopy], list[SetAside]]:
    """Read each file by itself, so that a bad one harms no other.

    A copy's signature ends with the marks of its header, so that they are known unread.
    """
    copies: list[SeenCopy] = []
    aside: list[SetAside] = []
    for file, uid, flags in files:
        try:
            state = file.stat()
            same = f"{state.st_size}-{state.st_mtime_ns}"
            stamp, _, marks = known.get(uid, "").partition("/")
            if stamp == same:
                copies.append(SeenCopy(uid, _with(flags, marks), known[uid], None))
                continue
            raw = file.read_bytes()
            received = read_message(raw, datetime.fromtimestamp(state.st_mtime, UTC))
            marks = _marks(flags_in_head(raw))
            signature = f"{same}/{marks}" if marks else same
            copies.append(SeenCopy(uid, _with(flags, marks), signature, received))
        except UnreadableMessageError as error:
            aside.append(SetAside(shown_path(file), str(error)))
        except OSError as error:
            why = f"It cannot be read: {error.strerror or error}."
            aside.append(SetAside(shown_path(file), why))
    return copies, aside


def _marks(flags: Flags) -> str:
    pairs = (
        (flags.is_answered, "R"),
        (flags.is_draft, "D"),
        (flags.is_junk, "J"),
        (flags.is_expunged, "X"),
    )
    return "".join(letter for is_set, letter in pairs if is_set)


def _with(flags: Flags, marks: str) -> Flags:
    """Add the marks of a message's header to those of its file's name."""
    return replace(
        flags,
        is_answered=flags.is_answered or "R" in marks,
        is_draft=flags.is_draft or "D" in marks,
        is_junk=flags.is_junk or "J" in marks,
        is_expunged=flags.is_expunged or "X" in marks,
    )
