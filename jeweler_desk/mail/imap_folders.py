"""Which folders of a mailbox are read, and what each is for, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.message import FolderKind

# RFC 6154, and the names that Gmail's older XLIST gave.
_BY_ATTRIBUTE: Final = {
    "\\sent": FolderKind.SENT,
    "\\junk": FolderKind.JUNK,
    "\\spam": FolderKind.JUNK,
    "\\archive": FolderKind.ARCHIVE,
    "\\all": FolderKind.ARCHIVE,
    "\\allmail": FolderKind.ARCHIVE,
}
_ALL: Final = frozenset({"\\all", "\\allmail"})
_NOT_READ: Final = frozenset(
    {"\\noselect", "\\nonexistent", "\\drafts", "\\trash", "\\flagged", "\\important", "\\starred"}
)
_SENT_NAMES: Final = (
    "sent", "sent items", "sent mail", "sent messages", "sent-mail", "sentmail", "outgoing",
    "gesendet", "gesendete objekte", "gesendete elemente", "gesendete nachrichten",
    "éléments envoyés", "messages envoyés", "envoyés", "objets envoyés", "courrier envoyé",
    "enviados", "elementos enviados", "mensajes enviados", "correo enviado",
    "itens enviados", "mensagens enviadas", "posta inviata", "inviata", "inviati",
    "messaggi inviati", "verzonden", "verzonden items", "verzonden berichten", "skickat",
    "skickade objekt", "sendt", "sendte elementer", "sendt post", "lähetetyt", "wysłane",
    "elementy wysłane", "odeslaná pošta", "odeslané", "elküldött elemek", "отправленные",
    "надіслані", "已发送", "已发送邮件", "寄件備份", "送信済み", "送信済みアイテム", "보낸 편지함",
)  # fmt: skip
_JUNK_NAMES: Final = (
    "junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk", "bulk mail",
    "spamverdacht", "unerwünscht", "courrier indésirable", "indésirables", "pourriel",
    "correo no deseado", "posta indesiderata", "ongewenst", "ongewenste e-mail", "skräppost",
    "søppelpost", "roskaposti", "lixo eletrônico", "спам", "垃圾邮件", "迷惑メール",
)  # fmt: skip
_ARCHIVE_NAMES: Final = (
    "archive", "archives", "archiv", "archief", "archivio", "archivo", "arkiv", "arkisto",
    "all mail",
)  # fmt: skip
_BY_NAME: Final = {
    **dict.fromkeys(_ARCHIVE_NAMES, FolderKind.ARCHIVE),
    **dict.fromkeys(_JUNK_NAMES, FolderKind.JUNK),
    **dict.fromkeys(_SENT_NAMES, FolderKind.SENT),
}
_ORDER: Final = (FolderKind.SENT, FolderKind.ARCHIVE, FolderKind.JUNK, FolderKind.INBOX)


@dataclass(frozen=True, slots=True)
class ServerFolder:
    """A folder as the server lists it: its attributes, the sign between its parts, its name."""

    attributes: tuple[str, ...]
    delimiter: str
    name: str

    @property
    def can_be_opened(self) -> bool:
        """Whether it holds mail, or only other folders."""
        return not {"\\noselect", "\\nonexistent"} & _attributes(self)


@dataclass(frozen=True, slots=True)
class FolderToRead:
    """A folder that is read, and as what."""

    name: str
    kind: FolderKind


def folders_to_read(
    folders: Iterable[ServerFolder], *, has_all_mail: bool = False
) -> list[FolderToRead]:
    """Choose the folders: every Sent first, INBOX last, so no alarm rests on stale knowledge.

    ``has_all_mail``: a folder of all mail stands for INBOX, Sent and Archive, as Gmail's does.
    """
    listed = list(folders)
    has_all = has_all_mail and any(_ALL & _attributes(folder) for folder in listed)
    found = [
        FolderToRead(folder.name, kind)
        for folder in listed
        if (kind := kind_of(folder)) is not None
        and (not has_all or kind is FolderKind.JUNK or _ALL & _attributes(folder))
    ]
    return sorted(found, key=lambda each: (_ORDER.index(each.kind), each.name))


def unknown_folders(folders: Sequence[ServerFolder]) -> list[str]:
    """Return the selectable folders whose purpose neither attribute nor name tells."""
    return [
        folder.name
        for folder in folders
        if kind_of(folder) is None and not _NOT_READ & _attributes(folder)
    ]


def _attributes(folder: ServerFolder) -> set[str]:
    return {each.casefold() for each in folder.attributes}


def kind_of(folder: ServerFolder) -> FolderKind | None:
    """Return what a folder is for by its attributes, else by its name; None when neither tells."""
    attributes = _attributes(folder)
    if folder.name.upper() == "INBOX":
        return FolderKind.INBOX
    if attributes & _NOT_READ:
        return None
    for attribute, kind in _BY_ATTRIBUTE.items():
        if attribute in attributes:
            return kind
    last = folder.name.rpartition(folder.delimiter)[2] if folder.delimiter else folder.name
    return _BY_NAME.get(" ".join(last.casefold().split()))
