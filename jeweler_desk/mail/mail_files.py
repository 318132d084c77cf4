"""Mail that lies in files: a Maildir, an mbox, an .eml file or a folder of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from jeweler_desk.domain.mailbox import Flags, FolderReading, SeenCopy, SetAside
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.mbox import looks_like_mbox, read_mbox
from jeweler_desk.mail.mime import UnreadableMessageError, read_message
from jeweler_desk.mail.places import FILES, folder_name

_MAIL_SUFFIXES: Final = frozenset({".eml", ".email"})
_FLAGS: Final = re.compile(r"^(?P<unique>.*?)[:;!]2,(?P<flags>[A-Za-z]*)$")
_HEADER_LINE: Final = re.compile(rb"\A\s*[!-9;-~]{1,76}[ \t]*:[ \t]")


def read_files(path: Path, kind: FolderKind, known: Mapping[str, str]) -> FolderReading:
    """Read a path as a folder of that kind.

    ``known`` maps the copies read before to their signatures: a file that is the same is not read
    again. Raises `RefusedError` when the path is not there or is no mail; a single file that cannot
    be read is set aside.
    """
    if not path.exists():
        raise RefusedError(f"There is nothing at “{path}”. Nothing was read.")
    try:
        copies, aside = _read(path, known)
    except OSError as error:
        raise RefusedError(
            f"“{path}” cannot be read: {error.strerror or error}. Nothing was taken in."
        ) from error
    return FolderReading(FILES, folder_name(path), kind, tuple(copies), tuple(aside))


def _read(path: Path, known: Mapping[str, str]) -> tuple[list[SeenCopy], list[SetAside]]:
    if path.is_dir():
        if (path / "cur").is_dir() or (path / "new").is_dir():
            return _read_each(_maildir_files(path), known)
        letters = sorted(each for each in path.iterdir() if _is_letter_file(each))
        if not letters and not known:
            raise RefusedError(
                f"“{path}” holds no mail: it is no Maildir and has no .eml file. Nothing was read."
            )
        return _read_each(((each, each.name, Flags()) for each in letters), known)
    if _is_letter_file(path):
        return _read_each([(path, path.name, Flags())], known)
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip() or looks_like_mbox(start):
        return read_mbox(path)
    if _HEADER_LINE.match(start):
        return _read_each([(path, path.name, Flags())], known)
    raise RefusedError(
        f"“{path}” is no mail: neither a Maildir, an mbox nor an .eml file. Nothing was read."
    )


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
            if unique not in seen:
                seen.add(unique)
                yield file, unique, Flags(is_answered="R" in letters, is_draft="D" in letters)


def _read_each(
    files: Iterator[tuple[Path, str, Flags]] | list[tuple[Path, str, Flags]],
    known: Mapping[str, str],
) -> tuple[list[SeenCopy], list[SetAside]]:
    """Read each file by itself, so that a bad one harms no other."""
    copies: list[SeenCopy] = []
    aside: list[SetAside] = []
    for file, uid, flags in files:
        try:
            state = file.stat()
            signature = f"{state.st_size}-{state.st_mtime_ns}"
            received = None
            if known.get(uid) != signature:
                first_seen = datetime.fromtimestamp(state.st_mtime, UTC)
                received = read_message(file.read_bytes(), first_seen)
        except UnreadableMessageError as error:
            aside.append(SetAside(str(file), str(error)))
        except OSError as error:
            aside.append(SetAside(str(file), f"It cannot be read: {error.strerror or error}."))
        else:
            copies.append(SeenCopy(uid, flags, signature, received))
    return copies, aside
