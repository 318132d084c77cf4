from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain.mail_access import (
    ImapTried,
    LoginKind,
    PasswordNeededError,
    SignIn,
    SignInNeededError,
    Tokens,
    TrustedCertificate,
)
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.mail.mail_reach import NetworkReach
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.post import Drawer

SHA = "ab" * 32
BRIDGE = MailAccount(
    "me@proton.me",
    "127.0.0.1",
    1143,
    "me@proton.me",
    is_starttls=True,
    smtp_host="127.0.0.1",
    smtp_port=1025,
    smtp_is_starttls=True,
    smtp_user_name="other",
    sent_folder="Sent",
    provider="proton",
    trusted=(
        TrustedCertificate("127.0.0.1", 1143, SHA),
        TrustedCertificate("127.0.0.1", 1025, SHA),
    ),
)
SIGNED_IN = MailAccount(
    "me@outlook.com",
    "outlook.office365.com",
    993,
    "me@outlook.com",
    login=LoginKind.SIGN_IN,
    sign_in=SignIn("id-1", "https://a.test", "https://t.test", "mail", is_microsoft=True),
)


class Reach(NetworkReach):
    """Signs in without a network; tokens last an hour."""

    def __init__(self) -> None:
        super().__init__()
        self.lasting = "lasting-" + "x" * 2500
        self.trouble: RefusedError | None = None
        self.tries: list[str] = []

    def sign_in(
        self,
        account: MailAccount,
        client_secret: str | None,
        now: Callable[[], datetime],
        stopped: Callable[[], bool],
    ) -> Tokens:
        del account, client_secret, stopped
        return Tokens("access-0", now() + timedelta(hours=1), self.lasting)

    def renew(
        self,
        account: MailAccount,
        refresh: str,
        client_secret: str | None,
        now: Callable[[], datetime],
    ) -> Tokens:
        del account, client_secret
        if self.trouble is not None:
            raise self.trouble
        assert refresh == self.lasting
        self.tries.append(refresh)
        return Tokens(f"access-{len(self.tries)}", now() + timedelta(hours=1), refresh)

    def try_imap(self, account: MailAccount, secret: str) -> ImapTried:
        del account, secret
        raise RefusedError("reading hindered")

    def try_smtp(self, account: MailAccount, secret: str) -> None:
        del account, secret
        raise RefusedError("sending hindered")


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def reach() -> Reach:
    return Reach()


@pytest.fixture
def desk(store: Store, clock: FixedClock, drawer: Drawer, reach: Reach) -> Desk:
    edges = MailEdges(LetterFiles(), ImapMailbox(), drawer, reach=reach)
    return build_desk(store, clock, edges=edges)


def accounts(desk: Desk) -> list[MailAccount]:
    return [each.account for each in desk.correspondence.accounts()]


def test_an_account_comes_back_as_it_was_kept(desk: Desk) -> None:
    boxes = desk.correspondence.mailboxes
    boxes.add(BRIDGE, "p")
    boxes.add(SIGNED_IN, None)
    assert accounts(desk) == [BRIDGE, SIGNED_IN]
    assert boxes.account("ME@proton.me") == BRIDGE
    with pytest.raises(RefusedError, match="There is no account"):
        boxes.account("nobody@shop.test")


def test_a_change_is_one_step_and_can_be_undone(desk: Desk, drawer: Drawer) -> None:
    boxes = desk.correspondence.mailboxes
    boxes.add(BRIDGE, "first")
    changed = replace(BRIDGE, smtp_port=1026, trusted=BRIDGE.trusted[:1])
    boxes.change(changed)
    assert accounts(desk) == [changed]
    assert drawer.passwords == {BRIDGE.address: "first"}
    boxes.change(changed, "second")
    assert drawer.passwords == {BRIDGE.address: "second"}
    desk.history.undo()
    desk.history.undo()
    assert accounts(desk) == [BRIDGE]
    with pytest.raises(RefusedError, match="There is no account"):
        boxes.change(replace(BRIDGE, address="other@proton.me"))


def test_a_certificate_is_trusted_for_one_server_and_replaced_by_the_next(desk: Desk) -> None:
    boxes = desk.correspondence.mailboxes
    boxes.add(replace(BRIDGE, trusted=()), "p")
    boxes.trust(TrustedCertificate("127.0.0.1", 1143, "AB:" * 31 + "AB"))
    assert accounts(desk)[0].trusted == (TrustedCertificate("127.0.0.1", 1143, SHA),)
    boxes.trust(TrustedCertificate("127.0.0.1", 1143, "cd" * 32))
    assert [each.sha256 for each in accounts(desk)[0].trusted] == ["cd" * 32]
    desk.history.undo()
    assert [each.sha256 for each in accounts(desk)[0].trusted] == [SHA]
    with pytest.raises(RefusedError, match="is not a SHA-256"):
        boxes.trust(TrustedCertificate("127.0.0.1", 1143, "abc"))


def test_trust_goes_with_the_last_account_of_the_server(desk: Desk) -> None:
    boxes = desk.correspondence.mailboxes
    boxes.add(BRIDGE, "p")
    second = replace(BRIDGE, address="two@proton.me", trusted=())
    boxes.add(second, "p")
    boxes.remove(BRIDGE.address)
    assert accounts(desk)[0].trusted == BRIDGE.trusted
    boxes.remove(second.address)
    boxes.add(second, "p")
    assert accounts(desk)[0].trusted == ()


@pytest.mark.parametrize(
    "spoiled",
    [
        {"smtp_host": "smtp.test\r\nX"},
        {"smtp_user_name": "a\nb"},
        {"sent_folder": "Sent\r\n"},
        {"imap_host": "two words"},
        {"sign_in": replace(SIGNED_IN.sign_in or SignIn("", "", "", ""), client_id="a\r\nb")},
    ],
)
def test_what_would_break_a_line_is_refused_at_the_door(
    desk: Desk, spoiled: dict[str, str]
) -> None:
    with pytest.raises(RefusedError):
        desk.correspondence.mailboxes.add(replace(BRIDGE, **spoiled), "p")  # type: ignore[arg-type]  # fields by name
    assert accounts(desk) == []


def test_passwords_are_asked_for_only_where_none_is_known(desk: Desk, drawer: Drawer) -> None:
    boxes, secrets = desk.correspondence.mailboxes, desk.correspondence.secrets
    boxes.add(BRIDGE, None)
    boxes.add(SIGNED_IN, None)
    assert boxes.needs_asking() == [BRIDGE, SIGNED_IN]
    with pytest.raises(PasswordNeededError):
        secrets.of(BRIDGE)
    with pytest.raises(SignInNeededError):
        secrets.of(SIGNED_IN)
    assert secrets.of(BRIDGE, "given") == "given"
    secrets.use_until_closed(BRIDGE.address, "held")
    assert secrets.of(BRIDGE, "given") == "held"
    desk.correspondence.connecting.sign_in_job(SIGNED_IN, None, lambda: False)()
    assert boxes.needs_asking() == []
    assert boxes.has_password(SIGNED_IN.address)
    assert not boxes.has_password(BRIDGE.address)
    assert not boxes.has_password("nobody@shop.test")
    assert "held" not in drawer.passwords.values()


def test_without_a_keyring_a_password_is_held_until_closing_and_written_nowhere(
    clock: FixedClock, tmp_path: Path
) -> None:
    with closing(Store(tmp_path / "desk.db", now=clock.now)) as store:
        edges = MailEdges(LetterFiles(), ImapMailbox(), Drawer(is_usable=False))
        desk = build_desk(store, clock, edges=edges)
        _, is_kept = desk.correspondence.mailboxes.add(BRIDGE, "canary-5e1")
        assert not is_kept and desk.correspondence.secrets.of(BRIDGE) == "canary-5e1"
        next_start = build_desk(store, clock, edges=edges).correspondence
        (told,) = next_start.take_fetched(next_start.fetch_job()())
    assert told.error is not None
    assert "no password is known" in told.error
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"canary-5e1" not in file.read_bytes()


def test_undo_of_removing_brings_password_and_sign_in_back(
    desk: Desk, drawer: Drawer, clock: FixedClock, reach: Reach
) -> None:
    boxes, secrets = desk.correspondence.mailboxes, desk.correspondence.secrets
    desk.correspondence.connecting.sign_in_job(SIGNED_IN, "program", lambda: False)()
    boxes.add(SIGNED_IN, None)
    boxes.add(BRIDGE, "p")
    before = dict(drawer.passwords)
    assert len(before) == 5, "a password, a program's secret, a key in three parts"
    boxes.remove(SIGNED_IN.address)
    boxes.remove(BRIDGE.address)
    assert drawer.passwords == {}
    desk.history.undo()
    desk.history.undo()
    assert secrets.of(BRIDGE) == "p"
    clock.goes_on(hours=2)
    assert secrets.of(SIGNED_IN) == "access-1"
    assert drawer.passwords == before
    assert reach.tries == [reach.lasting]


def test_a_network_down_for_a_moment_keeps_the_sign_in(
    desk: Desk, drawer: Drawer, clock: FixedClock, reach: Reach
) -> None:
    secrets = desk.correspondence.secrets
    secrets.sign_in(SIGNED_IN, lambda: False)
    before = dict(drawer.passwords)
    clock.goes_on(hours=2)
    reach.trouble = RefusedError("could not be reached")
    with pytest.raises(RefusedError, match="could not be reached"):
        secrets.of(SIGNED_IN)
    assert drawer.passwords == before
    reach.trouble = None
    assert secrets.of(SIGNED_IN) == "access-1"


def test_both_logins_are_tried_each_by_itself(desk: Desk) -> None:
    connecting = desk.correspondence.connecting
    tried = connecting.try_job(BRIDGE, "p")()
    assert not tried.is_good and tried.sending is not None
    assert (tried.reading.trouble, tried.sending.trouble) == (
        "reading hindered",
        "sending hindered",
    )
    assert connecting.try_job(replace(BRIDGE, smtp_host=None), "p")().sending is None
    unknown = connecting.try_job(BRIDGE)()
    assert unknown.reading.trouble is not None
    assert "no password is known" in unknown.reading.trouble


def test_only_what_can_be_signed_in_to_is_signed_in(desk: Desk) -> None:
    connecting = desk.correspondence.connecting
    with pytest.raises(RefusedError, match="takes a password"):
        connecting.sign_in_job(BRIDGE, None, lambda: False)
    with pytest.raises(RefusedError, match="is not an address"):
        connecting.find_job("nobody", lambda _: None, lambda: False)
    provider = connecting.provider("fastmail")
    assert provider is not None and provider.name == "Fastmail"
    assert connecting.provider("nobody") is None


def test_a_desk_without_a_way_out_says_so(store: Store, clock: FixedClock) -> None:
    edges = MailEdges(LetterFiles(), ImapMailbox(), Drawer())
    correspondence = build_desk(store, clock, edges=edges).correspondence
    with pytest.raises(RefusedError, match="no way to the network"):
        correspondence.connecting.find_job("a@b.test", lambda _: None, lambda: False)
    with pytest.raises(RefusedError, match="no way to the network"):
        correspondence.secrets.sign_in(SIGNED_IN, lambda: False)
    assert correspondence.connecting.provider("fastmail") is None


def test_her_own_addresses_come_and_go(desk: Desk) -> None:
    boxes = desk.correspondence.mailboxes
    boxes.add_identity("orders@shop.test")
    boxes.remove_identity("ORDERS@shop.test")
    assert boxes.added_identities() == []
    with pytest.raises(RefusedError, match="none of the addresses you added"):
        boxes.remove_identity("orders@shop.test")
