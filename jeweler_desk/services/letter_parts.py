"""What letters hold beside their plain words: read beside the window, kept while it is open."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from jeweler_desk.domain.enclosure import Attachment, Enclosures
from jeweler_desk.domain.mailbox import LetterPlace, MailAccount, WholeLetter
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.mail_secrets import MailSecrets
from jeweler_desk.services.ports import Mailbox, MailFiles
from jeweler_desk.store.mail_accounts import MailAccounts as AccountRows
from jeweler_desk.store.messages import Messages

_MOST_KEPT: Final = 60 * 1024 * 1024
_MOST_HELD: Final = 4
_SIDE: Final = 900
_INLINE_SIDE: Final = 1200

PartsJob = Callable[[], Enclosures | None]


class LetterParts:
    """Reads attachments and formatted words of a letter; nothing of it is written to the desk."""

    def __init__(
        self,
        messages: Messages,
        accounts: AccountRows,
        mailbox: Mailbox,
        files: MailFiles,
        secrets: MailSecrets,
        clock: Clock,
    ) -> None:
        self._messages = messages
        self._accounts = accounts
        self._mailbox = mailbox
        self._files = files
        self._secrets = secrets
        self._clock = clock
        self._known: OrderedDict[str, Enclosures] = OrderedDict()
        self._held: OrderedDict[str, bytes] = OrderedDict()

    def known(self, message_id: str) -> Enclosures | None:
        """Return what was read of a letter before, None where it was not yet."""
        found = self._known.get(message_id)
        if found is not None:
            self._known.move_to_end(message_id)
        return found

    def hold(self, letter: WholeLetter) -> None:
        """Hold a letter just read whole until its parts are asked for: it is not fetched again."""
        self._held[letter.message_id] = letter.raw
        while len(self._held) > _MOST_HELD:
            self._held.popitem(last=False)

    def job(self, message_id: str, password: str | None = None) -> PartsJob | None:
        """Return the work of reading a letter's parts; None where it lies nowhere any more.

        The work touches no store and no window, returns None where the letter is gone, and raises
        `RefusedError` in words; what it brings goes to `take`.
        """
        fetch = self._fetch(message_id, password)
        return partial(_read, message_id, fetch) if fetch else None

    def _fetch(self, message_id: str, password: str | None) -> Callable[[], bytes | None] | None:
        held = self._held.get(message_id)
        if held is not None:
            return lambda: held
        accounts = {each.account.address: each.account for each in self._accounts.all()}
        for origin, folder, validity, uid in self._messages.whereabouts(message_id):
            if origin == self._files.origin:
                return partial(self._files.letter, folder, uid)
            account = accounts.get(origin)
            if account is not None and validity is not None and uid.isdigit():
                place = LetterPlace(account, folder, validity, int(uid), message_id)
                return self._from_server(place, account, password)
        return None

    def _from_server(
        self, place: LetterPlace, account: MailAccount, password: str | None
    ) -> Callable[[], bytes | None]:
        mailbox, secrets, now = self._mailbox, self._secrets, self._clock.now()

        def fetch() -> bytes | None:
            whole = mailbox.read_whole(place, secrets.of(account, password), now)
            return whole.raw if whole else None

        return fetch

    def take(self, found: Enclosures) -> None:
        """Keep what was read, as long as there is room; the letters looked at last stay."""
        self._held.pop(found.message_id, None)
        self._known[found.message_id] = found
        self._known.move_to_end(found.message_id)
        while len(self._known) > 1 and sum(map(_weight, self._known.values())) > _MOST_KEPT:
            self._known.popitem(last=False)

    def save(self, attachment: Attachment, path: Path) -> None:
        """Write an attachment where the seller said. Raises `RefusedError` in words.

        It is written as data only: nothing is opened, and it is not made executable.
        """
        try:
            path.write_bytes(attachment.data)
        except OSError as error:
            raise RefusedError(
                f"“{attachment.name}” could not be saved there: {error.strerror or error}."
            ) from error


def _read(message_id: str, fetch: Callable[[], bytes | None]) -> Enclosures | None:
    from jeweler_desk.mail.enclosures import read_enclosures  # noqa: PLC0415 - in the worker
    from jeweler_desk.photos import safe_picture  # noqa: PLC0415 - brings Pillow

    raw = fetch()
    if not raw:
        return None
    return read_enclosures(
        message_id,
        raw,
        partial(safe_picture, side=_SIDE),
        partial(safe_picture, side=_INLINE_SIDE),
    )


def _weight(found: Enclosures) -> int:
    files = sum(each.size + len(each.picture or b"") for each in found.attachments)
    return files + len(found.html) + sum(len(data) for _, data in found.pictures)
