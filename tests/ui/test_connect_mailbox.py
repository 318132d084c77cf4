from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.mail_access import (
    CertificateFault,
    ImapTried,
    LoginKind,
    ShownCertificate,
    SignInNeededError,
    TrustedCertificate,
    UntrustedCertificateError,
)
from jeweler_desk.domain.mail_access_wording import refused_certificate
from jeweler_desk.domain.mail_finding import FoundBy, FoundMailbox, MailServer
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.mail_connecting import MailConnecting
from jeweler_desk.ui.dialogs.ask_password import AskPassword
from jeweler_desk.ui.dialogs.connect_mailbox import ConnectMailbox
from jeweler_desk.ui.jobs import JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.mailboxes_part import AddAddress
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.ui.conftest import FakeKeyring, FakeMailbox, FakeReach, Outside

OWN = "hello@juniper.test"
SECRET = "secret words"
Found = TypeVar("Found", ConnectMailbox, AskPassword)
REFUSED = ShownCertificate(
    "127.0.0.1",
    1143,
    "ab" * 32,
    (CertificateFault.SELF_SIGNED, CertificateFault.EXPIRED),
    "CN=127.0.0.1",
    "CN=127.0.0.1",
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2046, 1, 1, tzinfo=UTC),
)


@pytest.fixture
def form(window: MainWindow) -> ConnectMailbox:
    window.go(Place.SETTINGS)
    window.actions_["mail.connect"].trigger()
    return shown(window, ConnectMailbox)


def shown(window: MainWindow, kind: type[Found]) -> Found:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def words(form: ConnectMailbox) -> str:
    return "\n".join(each.text() for each in form.findChildren(Text) if each.isVisibleTo(form))


def accounts(desk: Desk) -> list[MailAccount]:
    return [each.account for each in desk.correspondence.accounts()]


def press(window: MainWindow, verb: str) -> None:
    next(
        each
        for each in window.settings.findChildren(Button)
        if each.accessibleName().startswith(verb) and each.isVisibleTo(window.settings)
    ).click()


def test_address_and_password_are_enough(
    form: ConnectMailbox, desk: Desk, reach: FakeReach, keyring: FakeKeyring, qtbot: QtBot
) -> None:
    qtbot.keyClicks(form.address, "hello@fastmail.com")
    qtbot.keyClick(form.address, Qt.Key.Key_Return)
    assert "Found at Fastmail: imap.fastmail.com:993 for reading" in words(form)
    assert "The Basic plan has no IMAP" in words(form)
    assert form.isVisible()
    qtbot.keyClicks(form.password, "app-pass-1")
    form.verb.click()
    (account,) = accounts(desk)
    assert (account.imap_host, account.smtp_host) == ("imap.fastmail.com", "smtp.fastmail.com")
    assert account.provider == "fastmail"
    assert keyring.kept == {"hello@fastmail.com": "app-pass-1"}
    assert [secret for _, secret in reach.tries] == ["app-pass-1"]


def test_the_providers_page_for_passwords_is_one_press_away(
    form: ConnectMailbox, outside: Outside
) -> None:
    form.address.setText("hello@gmail.com")
    form.search.click()
    assert form.link.text() == "Open Gmail’s page"
    form.link.click()
    assert outside.urls == ["https://myaccount.google.com/apppasswords"]


def test_each_login_is_told_by_itself_and_can_be_tried_again(
    form: ConnectMailbox, desk: Desk, reach: FakeReach
) -> None:
    form.address.setText("hello@fastmail.com")
    form.submit()
    assert form.host.text() == "imap.fastmail.com"
    form.submit()
    assert form.problem.text().startswith("Write the password")
    reach.trouble["smtp"] = RefusedError("smtp.fastmail.com:465 refused the user name or password")
    form.password.setText("wrong")
    form.submit()
    assert "Reading works." in words(form)
    assert "Sending does not work: smtp.fastmail.com:465 refused" in words(form)
    assert (form.isVisible(), accounts(desk), form.verb.text()) == (True, [], "Try again")
    reach.trouble.clear()
    form.submit()
    assert len(accounts(desk)) == 1


def test_a_mailbox_can_be_kept_although_a_login_does_not_work(
    form: ConnectMailbox, desk: Desk, reach: FakeReach
) -> None:
    reach.trouble["imap"] = RefusedError("the server was not found")
    form.address.setText("hello@fastmail.com")
    form.search.click()
    form.password.setText("p")
    form.submit()
    form.anyway.click()
    assert len(accounts(desk)) == 1


def test_a_refused_certificate_is_shown_and_one_can_be_trusted(
    form: ConnectMailbox, desk: Desk, reach: FakeReach, qtbot: QtBot
) -> None:
    refused = UntrustedCertificateError(refused_certificate(REFUSED), REFUSED)
    reach.trouble["imap"] = refused
    form.address.setText("hello@proton.me")
    form.search.click()
    assert "Proton Mail Bridge, which must be running" in words(form)
    form.password.setText("bridge")
    form.submit()
    qtbot.waitUntil(form.certificate.isVisible)
    told = words(form)
    assert "127.0.0.1:1143 showed a certificate that is refused" in told
    assert "It is signed by itself and it has expired" in told
    assert "no password was sent" in told
    assert "AB:AB:AB" in told.replace("\u200b", "")
    form.certificate.trust.click()
    (account,) = accounts(desk)
    assert account.trusted == (TrustedCertificate("127.0.0.1", 1143, "ab" * 32),)


def test_the_folder_of_sent_mail_is_asked_for_only_where_nothing_names_it(
    form: ConnectMailbox, desk: Desk, reach: FakeReach
) -> None:
    reach.seen = ImapTried(("INBOX", "Utgående", "Arkiv"), None)
    form.address.setText("hello@fastmail.com")
    form.search.click()
    form.password.setText("p")
    form.submit()
    assert "Which folder holds sent mail?" in words(form)
    form.sent.setCurrentText("Utgående")
    form.submit()
    assert [each.sent_folder for each in accounts(desk)] == ["Utgående"]


def test_microsoft_is_signed_in_to_in_the_browser(
    form: ConnectMailbox, desk: Desk, reach: FakeReach, keyring: FakeKeyring, mailbox: FakeMailbox
) -> None:
    form.address.setText("hello@outlook.com")
    form.search.click()
    assert "you sign in on Microsoft’s own page" in words(form)
    assert not form.password.isVisible()
    form.submit()
    assert form.problem.text().startswith("Write the client id")
    form.client_id.setText("my-program")
    form.submit()
    assert form.problem.text() == "Sign in with your browser first."
    form.browser.click()
    (account,) = accounts(desk)
    assert account.login is LoginKind.SIGN_IN
    assert account.sign_in is not None
    assert (account.sign_in.client_id, account.sign_in.is_microsoft) == ("my-program", True)
    assert list(keyring.kept.values()) == ["lasting"]
    assert reach.sign_ins == [None]
    assert mailbox.passwords == ["access-1"], "a look takes the token of the sign-in"


def test_a_sign_in_refused_is_told_and_nothing_is_kept(
    form: ConnectMailbox, desk: Desk, reach: FakeReach, keyring: FakeKeyring
) -> None:
    reach.trouble["sign-in"] = RefusedError("you did not allow it, so nothing was changed")
    form.address.setText("hello@outlook.com")
    form.search.click()
    form.client_id.setText("my-program")
    form.browser.click()
    assert form.problem.text() == "You did not allow it, so nothing was changed"
    form.reject()
    assert (accounts(desk), keyring.kept) == ([], {})


def test_a_sign_in_without_a_mailbox_is_forgotten_when_the_form_is_closed(
    form: ConnectMailbox, desk: Desk, reach: FakeReach, keyring: FakeKeyring
) -> None:
    reach.trouble["imap"] = RefusedError("the server was not found")
    form.address.setText("hello@outlook.com")
    form.search.click()
    form.client_id.setText("my-program")
    form.browser.click()
    assert keyring.kept != {}
    form.reject()
    assert (accounts(desk), keyring.kept) == ([], {})


def test_where_nothing_is_found_the_servers_are_written_by_hand(
    form: ConnectMailbox, desk: Desk
) -> None:
    form.address.setText(OWN)
    form.submit()
    assert "No mail servers were found for juniper.test" in words(form)
    assert form.host.isVisible()
    form.host.setText("imap.juniper.test")
    form.is_starttls.setChecked(True)
    assert form.port.value() == 143
    form.is_starttls.setChecked(False)
    assert form.port.value() == 993
    form.port.setText("")
    form.password.setText("p")
    form.submit()
    assert form.problem.text().startswith("A port is a number")
    form.port.setText("1993")
    form.smtp_host.setText("smtp.juniper.test")
    form.smtp_port.setText("587")
    form.user.setText("juniper")
    form.submit()
    assert accounts(desk) == [
        MailAccount(
            OWN, "imap.juniper.test", 1993, "juniper", smtp_host="smtp.juniper.test",
            smtp_port=587, smtp_is_starttls=True,
        )
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["", "nobody", "a b@c.test", "@c.test"])
def test_what_is_no_address_is_told(form: ConnectMailbox, desk: Desk, address: str) -> None:
    form.address.setText(address)
    form.submit()
    form.search.click()
    assert "address" in form.problem.text()
    assert accounts(desk) == []


def test_another_address_is_looked_for_anew(form: ConnectMailbox, desk: Desk) -> None:
    form.address.setText("hello@fastmail.com")
    form.search.click()
    form.password.setText("p")
    form.address.setText("hello@gmx.de")
    form.submit()
    assert (form.host.text(), accounts(desk)) == ("imap.gmx.net", [])


def test_servers_found_elsewhere_are_told_with_who_named_them(
    form: ConnectMailbox, reach: FakeReach
) -> None:
    imap = MailServer("imap.harbor.test", 993)
    reach.found[OWN] = FoundMailbox(OWN, FoundBy.SRV, imap, None)
    form.address.setText(OWN)
    form.search.click()
    assert "Found in the domain’s records: imap.harbor.test:993." in words(form)


@pytest.fixture
def connected(window: MainWindow, desk: Desk) -> Callable[..., MailAccount]:
    def connect(password: str | None = SECRET) -> MailAccount:
        account = MailAccount(OWN, "imap.juniper.test", 993, OWN, sent_folder="Out")
        desk.correspondence.mailboxes.add(account, password)
        window.go(Place.SETTINGS)
        window.settings.refresh()
        return account

    return connect


def test_a_mailbox_is_changed_and_the_change_is_undone(
    window: MainWindow, desk: Desk, keyring: FakeKeyring, connected: Callable[..., MailAccount]
) -> None:
    before = connected()
    press(window, "Change…")
    form = shown(window, ConnectMailbox)
    assert not form.address.isEnabled()
    form.host.setText("mail.juniper.test")
    form.submit()
    (account,) = accounts(desk)
    assert account == replace(before, imap_host="mail.juniper.test")
    assert keyring.kept == {OWN: SECRET}
    window.actions_["undo"].trigger()
    assert accounts(desk) == [before]


def test_a_removed_mailbox_comes_back_with_its_password(
    window: MainWindow,
    desk: Desk,
    keyring: FakeKeyring,
    mailbox: FakeMailbox,
    connected: Callable[..., MailAccount],
) -> None:
    before = connected()
    press(window, "Disconnect")
    assert (accounts(desk), keyring.kept) == ([], {})
    window.actions_["undo"].trigger()
    assert accounts(desk) == [before]
    window.actions_["fetch"].trigger()
    assert mailbox.passwords == [SECRET]
    assert keyring.kept == {OWN: SECRET}


def test_a_password_nobody_keeps_is_asked_for_beside_the_window(
    window: MainWindow,
    desk: Desk,
    keyring: FakeKeyring,
    mailbox: FakeMailbox,
    connected: Callable[..., MailAccount],
    qtbot: QtBot,
) -> None:
    keyring.is_there = False
    connected(None)
    window.chores.fetch_mail(is_asked=False)
    assert window.notices.banners()["secret"].startswith(f"The password of {OWN} is not known")
    assert "fetch" not in window.notices.banners()
    next(each for each in window.notices.findChildren(Button) if each.text() == "Give it…").click()
    ask = shown(window, AskPassword)
    assert not ask.isModal()
    ask.submit()
    assert ask.problem.text().startswith("Write the password")
    qtbot.keyClicks(ask.password, "only today")
    qtbot.keyClick(ask.password, Qt.Key.Key_Return)
    assert mailbox.passwords == ["only today"]
    assert keyring.kept == {}
    assert desk.correspondence.last_look().error is None
    window.chores.fetch_mail(is_asked=False)
    assert "secret" not in window.notices.banners()


def test_a_sign_in_that_is_over_is_told_and_renewed_from_the_settings(
    window: MainWindow, form: ConnectMailbox, reach: FakeReach, mailbox: FakeMailbox, desk: Desk
) -> None:
    form.address.setText("hello@outlook.com")
    form.search.click()
    form.client_id.setText("my-program")
    form.browser.click()
    desk.correspondence.secrets.let_go("hello@outlook.com")
    desk.correspondence.secrets._laid_by.clear()
    reach.trouble["renew"] = SignInNeededError("sign in again: it is over")
    window.chores.fetch_mail(is_asked=False)
    assert "must be signed in to again" in window.notices.banners()["secret"]
    press(window, "Sign in again")
    assert mailbox.passwords == ["access-1", "access-2"]
    assert "secret" not in window.notices.banners()


def test_her_own_addresses_are_added_and_removed(window: MainWindow, desk: Desk) -> None:
    window.go(Place.SETTINGS)
    mailboxes = window.settings.mailboxes
    mailboxes.add_identity()
    (ask,) = window.findChildren(AddAddress)
    ask.address.setText("no address")
    ask.submit()
    assert "is not an address" in window.notices.banners()["act"]
    mailboxes._add_identity("orders@juniper.test")
    assert desk.correspondence.mailboxes.added_identities() == ["orders@juniper.test"]
    press(window, "Remove: orders@juniper.test")
    assert desk.correspondence.mailboxes.added_identities() == []
    window.actions_["undo"].trigger()
    assert desk.correspondence.mailboxes.added_identities() == ["orders@juniper.test"]


class Slow(FakeReach):
    """Finds nothing until it is stopped, and tells so step by step."""

    def find(
        self, address: str, tell: Callable[[str], None], stopped: Callable[[], bool]
    ) -> FoundMailbox | None:
        tell(f"Asking {address.rpartition('@')[2]} …")
        while not stopped():
            self.rounds.wait(0.01)
        self.rounds.set()
        return None

    rounds = threading.Event()


def test_a_search_runs_beside_the_window_and_ends_when_the_form_is_closed(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    jobs = JobRunner()
    slow = Slow()
    connecting = MailConnecting(slow, desk.correspondence.secrets)
    form = ConnectMailbox(replace(window.frame_, jobs=jobs), connecting, window)
    form.open()
    form.address.setText(OWN)
    form.search.click()
    qtbot.waitUntil(lambda: form.status.text() == "Asking juniper.test …")
    assert not form.verb.isEnabled()
    form.reject()
    jobs.shut_down()
    assert slow.rounds.is_set()
