"""One letter of a folder of files read again, when the seller wants what came along with it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.mbox import mbox_letters
from jeweler_desk.mail.mime import UnreadableMessageError, message_id_of
from jeweler_desk.mail.places import shown_path

_MOST_BYTES: Final = 40 * 1024 * 1024
_MARKS: Final = (":", ";", "!")


def letter_again(folder: str, uid: str) -> bytes | None:
    """Return the bytes of a letter by the names under which it was read; None where it is gone.

    Raises `RefusedError` where its folder cannot be read.
    """
    path = Path(folder)
    try:
        if path.is_dir():
            return _in_folder(path, uid)
        if not path.is_file():
            return None
        if uid == shown_path(path.name):
            return _bytes_of(path)
        return _in_mbox(path, uid)
    except OSError as error:
        raise RefusedError(
            f"“{shown_path(path)}” cannot be read: {error.strerror or error}."
        ) from error


def _in_folder(path: Path, uid: str) -> bytes | None:
    found = _in_maildir(path, uid)
    if found is not None:
        return found
    first, slash, rest = uid.partition("/")
    for each in path.iterdir():
        if shown_path(each.name) != first:
            continue
        if slash and each.is_dir():
            return _in_maildir(each, rest)
        if slash and each.is_file():
            return _in_mbox(each, rest)
        if each.is_file():
            return _bytes_of(each)
    return None


def _in_maildir(path: Path, uid: str) -> bytes | None:
    """Find a letter by its unique name: flags and folder change, it does not."""
    for part in ("cur", "new"):
        folder = path / part
        if not folder.is_dir():
            continue
        for file in folder.iterdir():
            name = shown_path(file.name)
            if name == uid or any(name.startswith(f"{uid}{mark}2,") for mark in _MARKS):
                return _bytes_of(file)
    return None


def _in_mbox(path: Path, uid: str) -> bytes | None:
    seen: Counter[str] = Counter()
    for raw in mbox_letters(path):
        try:
            message_id = message_id_of(raw)
        except UnreadableMessageError:
            continue
        seen[message_id] += 1
        if uid == f"{message_id}#{seen[message_id]}":
            return raw[:_MOST_BYTES]
    return None


def _bytes_of(path: Path) -> bytes | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)
