"""How long the window's thread is held while a large mailbox is taken in, judged and looked at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from jeweler_desk.domain.mailbox import (
    AccountReading,
    FolderReading,
    KnownFolder,
    MailAccount,
    SeenCopy,
)
from jeweler_desk.domain.message import Correspondent
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.store.database import Store
from jeweler_desk.store.sqlite_library import sqlite3
from jeweler_desk.wiring import build_desk
from tests.bench.ground import Ground
from tests.bench.mail import readings
from tests.bench.measure import Comparison, Line, Samples
from tests.mailboxes import QuietMailbox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from jeweler_desk.services.desk import Desk
    from jeweler_desk.ui.main_window import MainWindow

_LIMIT_SECONDS = 0.100
_BEAT_MILLISECONDS = 5
_PATIENCE_SECONDS = 60.0
_QUIET_SECONDS = 0.15
_ADDRESS = "hello@juniper.example"
_ACCOUNT = MailAccount(_ADDRESS, "imap.juniper.example", 993, _ADDRESS)
_OTHER_ZONE = "Asia/Tokyo"
_FRIEND = Correspondent("Ada Long", "ada.long@example.com")
_HUB = 2000
_HUB_OF = "hub@example.com"


class _Mailbox(QuietMailbox):
    """Gives one reading, and nothing after it."""

    def __init__(self) -> None:
        self.folders: tuple[FolderReading, ...] = ()

    def look(
        self, account: MailAccount, password: str, known: Sequence[KnownFolder], now: datetime
    ) -> AccountReading:
        del password, known
        folders, self.folders = self.folders, ()
        return AccountReading(account.address, now, folders)


class _Keyring:
    def password(self, address: str) -> str | None:
        return f"of {address}"

    def keep(self, address: str, password: str) -> bool:
        return bool(address and password)

    def forget(self, address: str) -> None:
        """It holds none."""

    def give_up(self) -> None:
        """It always answers."""


def held(ground: Ground) -> Iterator[Line]:
    """Work a real window beside a heartbeat, and tell the longest time between two beats."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    count, path = ground.sizes.mailbox, ground.folder / "held.db"
    mailbox = _Mailbox()
    with _opened(ground, path, mailbox) as hand:
        window, desk = hand.window, hand.desk
        yield from hand.told("(nothing is done)", lambda: None, is_floor=True)
        mailbox.folders = _of_server(readings(count, desk.clock.now()))
        yield from hand.told(f"a first look of {count:,} messages", window.chores.fetch_mail)
        mailboxes, settings = desk.correspondence.mailboxes, desk.settings
        yield from hand.told(
            "another address of ours", lambda: mailboxes.add_identity("me@juniper.example")
        )
        yield from hand.told(
            "another time zone", lambda: settings.set("shop.timezone", _OTHER_ZONE)
        )
        yield from hand.told("letters in Cc count too", lambda: settings.set("mail.copied", "yes"))
        letter = desk.correspondence.waiting(desk.clock.now())[0].message_id
        yield from hand.told(
            "an act of her word", lambda: desk.correspondence.words.answered(letter, "by phone")
        )
        mailbox.folders = _hub(count, desk.clock.now())
        yield from hand.told(f"a thread of {_HUB:,} messages arrives", window.chores.fetch_mail)
        yield from hand.told(
            "her word on a letter of that thread",
            lambda: desk.correspondence.words.answered(_HUB_OF, "by phone"),
        )
        if desk.correspondence.mismatches():
            raise AssertionError("what was judged in steps is not what all at once would give")
    _age_rules(path)
    with _opened(ground, path, mailbox, is_on_mail=False) as hand:
        yield from hand.told("(nothing is done)", lambda: None, is_floor=True)
        yield from hand.told("a start with other rules", lambda: None, is_started=True)
        yield from _looked_at(hand, count)


def _looked_at(hand: _Hand, count: int) -> Iterator[Line]:
    from jeweler_desk.ui.widgets.sidebar import Place  # noqa: PLC0415 - only this row needs Qt

    window = hand.window
    yield from hand.told(f"opening Mail at {count:,}", lambda: window.go(Place.MAIL))
    for tab in ("all", "aside", "proof", "waiting"):
        yield from hand.told(f"… its view “{tab}”", partial(window.mail.show_tab, tab))


def _of_server(folders: Sequence[FolderReading]) -> tuple[FolderReading, ...]:
    """Return folders of files as a server's, the sent one first."""
    found = []
    for folder in reversed(folders):
        last = max(int(copy.uid) for copy in folder.copies)
        found.append(
            replace(
                folder,
                origin=_ADDRESS,
                is_whole=False,
                uid_validity=1,
                last_uid=last,
                modseq=1,
                exists=len(folder.copies),
            )
        )
    return tuple(found)


def _hub(first: int, now: datetime) -> tuple[FolderReading, ...]:
    """Return letters of one customer that all name one letter: each hangs on every other."""
    inbox = readings(first + 2 * _HUB, now, first)[0]
    copies = []
    for number, copy in enumerate(inbox.copies[:_HUB]):
        received = copy.received
        if received is not None:
            message = replace(received.message, references=(_HUB_OF,), sender=_FRIEND)
            if not number:
                message = replace(message, message_id=_HUB_OF)
            copies.append(SeenCopy(copy.uid, received=replace(received, message=message)))
    return _of_server([replace(inbox, copies=tuple(copies))])


def _age_rules(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE mail_circle SET facts = json_set(facts, '$.basis[0]', 'of an older program')"
        )


class _Hand:
    """Does one thing after the other in a window and feels how long it was held."""

    def __init__(self, app: QApplication, window: MainWindow, desk: Desk, file: Path) -> None:
        from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - only this row needs Qt

        self.window = window
        self.desk = desk
        self._app = app
        self._file = file
        self._floor: list[float] = []
        self._gaps: list[float] = []
        self._beat = QTimer()
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(_BEAT_MILLISECONDS)
        self._beat.timeout.connect(self._note)
        self._last = perf_counter()

    def _note(self) -> None:
        now = perf_counter()
        self._gaps.append(now - self._last)
        self._last = now

    def told(
        self,
        work: str,
        act: Callable[[], object],
        *,
        is_floor: bool = False,
        is_started: bool = False,
    ) -> Iterator[Line]:
        """Do one thing and wait until nothing of it is under way."""
        if not is_started:
            self.settle()
        self._gaps.clear()
        began = self._last = perf_counter()
        self._beat.start()
        if is_started:
            self.window.chores.start()
        act()
        if not is_floor:
            self.window.bus.changed.emit(frozenset({Topic.MAIL, Topic.SETTINGS}))
        took = self.settle() - began
        self._beat.stop()
        self._note()
        longest = max(self._gaps)
        if is_floor:
            self._floor = [longest]
            return
        whole = f"hold of the window: {work} ({took:.1f} s in all)"
        yield Comparison(
            whole, Samples((longest,)), "of an idle window", Samples(tuple(self._floor))
        ).within(100, _LIMIT_SECONDS)

    def settle(self) -> float:
        """Return when nothing was under way any more."""
        until = perf_counter() + _PATIENCE_SECONDS
        quiet = last_busy = perf_counter()
        while quiet - last_busy < _QUIET_SECONDS:
            self._app.processEvents()
            quiet = perf_counter()
            chores = self.window.chores
            if chores.mail_steps.is_busy or self.window.jobs.is_running("fetch"):
                last_busy = quiet
            if quiet > until:
                raise AssertionError("it never came to an end")
        return last_busy


@contextmanager
def _opened(
    ground: Ground, path: Path, mailbox: _Mailbox, *, is_on_mail: bool = True
) -> Iterator[_Hand]:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only this row needs Qt

    from jeweler_desk.ui.appearance import Appearance  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.jobs import JobRunner  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.main_window import MainWindow  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.theme import WINDOW_SIZE, Mode  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.widgets.sidebar import Place  # noqa: PLC0415 - likewise

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    with closing(Store(path, now=ground.shops.clock.now)) as store:
        edges = MailEdges(LetterFiles(), mailbox, _Keyring())
        desk = build_desk(store, ground.shops.clock, edges=edges)
        if not desk.correspondence.accounts():
            desk.settings.set("shop.timezone", "America/New_York")
            desk.correspondence.mailboxes.add(_ACCOUNT, "given")
        window = MainWindow(desk, Appearance(app, Mode.LIGHT), JobRunner())
        window.resize(*WINDOW_SIZE)
        window.show()
        if is_on_mail:
            window.go(Place.MAIL)
            window.chores.start()
        app.processEvents()
        yield _Hand(app, window, desk, path)
        window.close()
        window.deleteLater()
        app.processEvents()
