"""A window on a small shop: a desk in memory, jobs done at once, nothing opened outside."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mail_access import (
    Hindrance,
    ImapTried,
    Tokens,
    UntrustedCertificateError,
)
from jeweler_desk.domain.mail_finding import FoundBy, FoundMailbox, Provider, provider_of
from jeweler_desk.domain.mailbox import (
    AccountReading,
    FolderReading,
    KnownFolder,
    LetterPlace,
    MailAccount,
    WholeLetter,
)
from jeweler_desk.domain.order import Gift, OrderId, Stage, Variation
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.mail.mime import read_message
from jeweler_desk.mail.providers import bundled_providers
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.jobs import InlineJobs, JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import Mode
from jeweler_desk.wiring import build_desk
from tests.builders import a_line, an_order
from tests.fakes import FakePrinter, FixedClock
from tests.post import MAKER, Letter, Post


class FakeWatch:
    """A server that says one word, and none after it."""

    def __init__(self) -> None:
        self.words: list[bool | None] = [True, False, None]

    def wait(self, secret: str, seconds: float) -> bool | None:
        del secret, seconds
        return self.words.pop(0)

    def close(self) -> None:
        """It has no connection."""


@dataclass
class FakeMailbox:
    """A mail server without a network: gives what the test laid into it."""

    error: str | None = None
    passwords: list[str] = field(default_factory=list)
    whole: bytes = b"From: Anna <anna@c.test>\r\n\r\nAll her words."
    is_kept: bool = False
    refuses: str = ""
    hindrance: Hindrance | None = None
    folders: tuple[FolderReading, ...] = ()
    reads: list[str] = field(default_factory=list)

    def look(
        self,
        account: MailAccount,
        password: str,
        known: Sequence[KnownFolder],
        now: datetime,
    ) -> AccountReading:
        del known
        self.passwords.append(password)
        return AccountReading(
            account.address, now, self.folders, error=self.error, hindrance=self.hindrance
        )

    def read_whole(self, place: LetterPlace, password: str, now: datetime) -> WholeLetter | None:
        del password
        self.reads.append(place.message_id)
        if self.refuses:
            raise RefusedError(self.refuses)
        return WholeLetter(place.message_id, self.whole, read_message(self.whole, now))

    def keep(self) -> None:
        self.is_kept = True

    def close(self) -> None:
        self.is_kept = False

    def watch(self, account: MailAccount) -> FakeWatch:
        del account
        return FakeWatch()


@dataclass
class FakeKeyring:
    """A keyring that keeps, or a computer without one."""

    is_there: bool = True
    kept: dict[str, str] = field(default_factory=dict)

    def password(self, address: str) -> str | None:
        return self.kept.get(address)

    def keep(self, address: str, password: str) -> bool:
        if self.is_there:
            self.kept[address] = password
        return self.is_there

    def forget(self, address: str) -> None:
        self.kept.pop(address, None)

    def give_up(self) -> None:
        """It always answers."""


@dataclass
class FakeReach:
    """The network while a mailbox is connected: what is found there, and how logins go."""

    found: dict[str, FoundMailbox] = field(default_factory=dict)
    trouble: dict[str, RefusedError] = field(default_factory=dict)
    seen: ImapTried = field(default_factory=lambda: ImapTried(("INBOX", "Sent"), "Sent"))
    tries: list[tuple[MailAccount, str]] = field(default_factory=list)
    sign_ins: list[str | None] = field(default_factory=list)
    access: int = 0

    def providers(self) -> tuple[Provider, ...]:
        return bundled_providers()

    def find(
        self, address: str, tell: Callable[[str], None], stopped: Callable[[], bool]
    ) -> FoundMailbox | None:
        assert not stopped()
        tell(f"Looking for {address} …")
        provider = provider_of(bundled_providers(), address.rpartition("@")[2])
        if provider is None:
            return self.found.get(address)
        return FoundMailbox(
            address, FoundBy.PROVIDER, provider.imap, provider.smtp, provider.login, provider
        )

    def try_imap(self, account: MailAccount, secret: str) -> ImapTried:
        self.tries.append((account, secret))
        self._complain("imap", account)
        return self.seen

    def try_smtp(self, account: MailAccount, secret: str) -> None:
        del secret
        self._complain("smtp", account)

    def _complain(self, kind: str, account: MailAccount) -> None:
        trouble = self.trouble.get(kind)
        if isinstance(trouble, UntrustedCertificateError) and account.trusted:
            return
        if trouble is not None:
            raise trouble

    def sign_in(
        self,
        account: MailAccount,
        client_secret: str | None,
        now: Callable[[], datetime],
        stopped: Callable[[], bool],
    ) -> Tokens:
        assert not stopped()
        self._complain("sign-in", account)
        self.sign_ins.append(client_secret)
        return self._tokens(now)

    def renew(
        self,
        account: MailAccount,
        refresh: str,
        client_secret: str | None,
        now: Callable[[], datetime],
    ) -> Tokens:
        del refresh, client_secret
        self._complain("renew", account)
        return self._tokens(now)

    def _tokens(self, now: Callable[[], datetime]) -> Tokens:
        self.access += 1
        return Tokens(f"access-{self.access}", now() + timedelta(hours=1), "lasting")


@dataclass
class Outside:
    """What the window opened in other programs."""

    urls: list[str] = field(default_factory=list)

    def open(self, url: QUrl) -> bool:
        self.urls.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True


@dataclass
class Shop:
    """The orders of the small shop, by what they are about."""

    desk: Desk
    ring: OrderId
    gift: OrderId
    cuff: OrderId
    unpaid: OrderId


@pytest.fixture(autouse=True)
def nothing_is_left_open(qapp: QApplication) -> Iterator[None]:
    """What a test opened is gone before the next one begins."""
    before = len(qapp.topLevelWidgets())
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if len(qapp.topLevelWidgets()) > before:
        gc.collect()
    left = [f"{type(each).__name__}" for each in qapp.topLevelWidgets()[before:]]
    assert left == []


@pytest.fixture(scope="session")
def session_look(qapp: QApplication) -> Appearance:
    return Appearance(qapp, Mode.LIGHT)


@pytest.fixture
def look(session_look: Appearance) -> Iterator[Appearance]:
    yield session_look
    session_look.set_mode(Mode.LIGHT)
    session_look.set_scale(100)


@pytest.fixture
def mailbox() -> FakeMailbox:
    return FakeMailbox()


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def reach() -> FakeReach:
    return FakeReach()


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def desk(
    store: Store,
    clock: FixedClock,
    tmp_path: Path,
    mailbox: FakeMailbox,
    keyring: FakeKeyring,
    reach: FakeReach,
) -> Desk:
    edges = MailEdges(LetterFiles(), mailbox, keyring, reach=reach)
    desk = build_desk(store, clock, folder=tmp_path / "desk", edges=edges, spooler=FakePrinter())
    for key, value in SETTINGS.items():
        desk.settings.set(key, value)
    return desk


SETTINGS: Mapping[str, str] = {
    "shop.name": "Juniper & Tide",
    "shop.signature": "Aileen",
    "shop.address": "18 Cobble Lane\nPortland, ME 04101",
    "shop.country": "US",
    "shop.timezone": "America/New_York",
    "shop.currency": "USD",
}


def sending_desk(store: Store, clock: FixedClock, folder: Path, edges: MailEdges) -> Desk:
    """Make the shop with a mailbox that sends by the edges' carrier."""
    built = build_desk(store, clock, folder=folder, edges=edges)
    for key, value in SETTINGS.items():
        built.settings.set(key, value)
    account = MailAccount(
        MAKER, "mail.shop.test", 993, MAKER, smtp_host="mail.shop.test", smtp_port=465
    )
    built.correspondence.mailboxes.add(account, "bench-1")
    return built


@pytest.fixture
def shop(desk: Desk) -> Shop:
    """Two orders ready to pack, one to make, one unpaid."""
    ring = a_line(
        "Rain Ring",
        "64.00",
        variations=(Variation("Size US", "7½"), Variation(None, "hammered")),
        personalization="for P.",
    )
    add = desk.orders.add
    shop = Shop(
        desk,
        ring=add(
            an_order(ring, number="#2089", customer="Rosalind Achterberg", gift=Gift.NO,
                     email="rosalind@example.com", notes="<b>Ring</b> the bell")
        )[0],
        gift=add(
            an_order(a_line("Jade Drop Earrings", "44.00"), number="#2090", customer="山口 さくら",
                     gift=Gift.YES, gift_message="For forty years\nof rain and shine.")
        )[0],
        cuff=add(an_order(a_line("Tide Cuff", "90.00"), number="#2091", customer="Efua Mensah"))[0],
        unpaid=add(
            an_order(a_line("Fern Studs", "30.00"), number="#2092", customer="Zelda Kirchner",
                     is_paid=False)
        )[0],
    )  # fmt: skip
    for order_id in (shop.ring, shop.gift):
        desk.fulfillment.set_stage(order_id, Stage.READY)
    return shop


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, look: Appearance, outside: Outside) -> Iterator[MainWindow]:
    window = MainWindow(desk, look, InlineJobs(), open_outside=outside.open)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    QApplication.processEvents()
    window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    """Anna’s question has waited for 26 hours, Bo’s for 5; Cleo was answered."""
    post = Post(desk, tmp_path / "mail")
    post.brings(
        (
            Letter("anna@c.test", hours=-20, subject="Ring size"),
            Letter("bo@c.test", hours=1, sender="Bo Lind <bo@c.test>", subject="Shipping to Malmö"),
            Letter("cleo@c.test", hours=-30, sender="Cleo Ray <cleo@c.test>", subject="Thank you?"),
            Letter(
                "ours@shop.test",
                folder="sent",
                hours=-28,
                sender="Aileen <maker@shop.test>",
                to="cleo@c.test",
                subject="Re: Thank you?",
                more={"In-Reply-To": "<cleo@c.test>", "References": "<cleo@c.test>"},
            ),
        )
    )
    return post


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    """Give real workers, which end with the test."""
    del qtbot
    runner = JobRunner()
    yield runner
    runner.shut_down()
