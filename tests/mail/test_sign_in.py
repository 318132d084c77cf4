"""Signing in: a page in the browser, an answer on loopback; keys in keyring and memory only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain.mail_access import SignInNeededError
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.login_trials import try_imap
from jeweler_desk.mail.mail_reach import NetworkReach
from jeweler_desk.mail.sign_in import SigningIn
from jeweler_desk.services.mail_secrets import MailSecrets
from tests.dovecot import is_installed, running_dovecot
from tests.fakes import FixedClock
from tests.mail.authorization import HOST, Provider
from tests.mail.network import Authority, web_server
from tests.post import Drawer


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    authority = Authority(tmp_path)
    with web_server(authority.server_context(HOST)) as web:
        provider = Provider(web, authority)
        yield provider
        provider.close()


def never() -> bool:
    return False


@pytest.fixture(params=[False, True], ids=["own program", "Microsoft"])
def account(request: pytest.FixtureRequest, provider: Provider) -> MailAccount:
    return provider.account(is_microsoft=bool(request.param))


def secrets_of(provider: Provider, drawer: Drawer, clock: FixedClock) -> MailSecrets:
    return MailSecrets(drawer, NetworkReach(signing_in=provider.signing_in()), clock)


def test_she_signs_in_once_and_the_proof_is_checked(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    drawer = Drawer()
    held = secrets_of(provider, drawer, clock)
    assert held.sign_in(account, never)
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["redirect_uri"].startswith(("http://127.0.0.1:", "http://localhost:"))
    assert provider.asked["login_hint"] == account.address
    assert len(provider.forms[0]["code_verifier"]) >= 43
    assert held.of(account) in provider.access
    provider.close()
    assert provider.seen_pages[0][0] == 200
    assert "you can close this page" in provider.seen_pages[0][1]
    assert len(provider.forms) == 1, "a fresh token is not asked for again"
    kept = "".join(drawer.passwords.values())
    assert kept in provider.refresh, "the keyring holds the lasting key, in parts"
    assert max(map(len, drawer.passwords.values())) <= 1000
    assert not any(each in kept for each in provider.access)


def test_a_token_is_renewed_when_it_runs_out_also_after_a_restart(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    drawer = Drawer()
    secrets_of(provider, drawer, clock).sign_in(account, never)
    later = secrets_of(provider, drawer, clock)
    assert later.is_known(account)
    first = later.of(account)
    assert later.of(account) == first
    clock.goes_on(minutes=56)
    second = later.of(account)
    assert second != first
    assert second in provider.access
    assert "".join(drawer.passwords.values()) in provider.refresh, "a rotated key is kept anew"


def test_a_sign_in_taken_back_is_told_plainly_and_forgotten(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    drawer = Drawer()
    held = secrets_of(provider, drawer, clock)
    held.sign_in(account, never)
    provider.refresh.clear()
    clock.goes_on(hours=2)
    with pytest.raises(SignInNeededError, match="took back or ended") as told:
        held.of(account)
    assert "canary" not in str(told.value)
    assert drawer.passwords == {}
    assert not held.is_known(account)
    with pytest.raises(SignInNeededError, match="sign in again"):
        held.of(account)
    held.sign_in(account, never)
    assert held.of(account) in provider.access


def test_saying_no_changes_nothing(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    provider.answer = "deny"
    drawer = Drawer()
    with pytest.raises(RefusedError, match="you did not allow it"):
        secrets_of(provider, drawer, clock).sign_in(account, never)
    assert (drawer.passwords, provider.forms) == ({}, [])


def test_an_answer_with_another_state_is_not_ours(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    provider.answer = "wrong state first"
    assert secrets_of(provider, Drawer(), clock).sign_in(account, never)
    provider.close()
    assert [status for status, _ in provider.seen_pages] == [200, 404, 200]
    provider.answer = "wrong state"
    with pytest.raises(RefusedError, match="nobody signed in"):
        provider.signing_in(0.6).sign_in(account, None, clock.now, never)
    assert [form["code"] for form in provider.forms if form["code"] == "stolen"] == []


def test_she_can_give_up_while_the_browser_waits(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    provider.answer = "wrong state"
    with pytest.raises(RefusedError, match="you did not sign in"):
        provider.signing_in().sign_in(account, None, clock.now, lambda: True)


def test_without_a_keyring_the_sign_in_lasts_until_the_desk_is_closed(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    drawer = Drawer(is_usable=False)
    held = secrets_of(provider, drawer, clock)
    assert not held.sign_in(account, never)
    clock.goes_on(hours=3)
    assert held.of(account) in provider.access
    assert not secrets_of(provider, drawer, clock).is_known(account)


def test_a_program_of_her_own_may_need_a_secret(provider: Provider, clock: FixedClock) -> None:
    provider.needs_secret = "program-secret"
    account = provider.account()
    held = secrets_of(provider, Drawer(), clock)
    with pytest.raises(RefusedError, match="gave no key"):
        held.sign_in(account, never)
    held.keep_client_secret(account.address, "program-secret")
    assert held.sign_in(account, never)
    clock.goes_on(hours=2)
    assert held.of(account) in provider.access


def test_a_key_that_does_not_last_is_refused(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    provider.gives_refresh = False
    with pytest.raises(RefusedError, match="no key that lasts"):
        provider.signing_in().sign_in(account, None, clock.now, never)


def test_a_strange_length_of_life_is_taken_for_an_hour(
    provider: Provider, clock: FixedClock
) -> None:
    provider.life = "soon"
    tokens = provider.signing_in().sign_in(provider.account(), None, clock.now, never)
    assert tokens.expires_at - clock.now() == timedelta(hours=1)


def without_a_program(account: MailAccount) -> MailAccount:
    return replace(account, sign_in=None)


def to_plain_http(account: MailAccount) -> MailAccount:
    assert account.sign_in is not None
    plain = replace(account.sign_in, authorization_url="http://login.provider.test/authorize")
    return replace(account, sign_in=plain)


@pytest.mark.parametrize(
    ("spoil", "words"), [(without_a_program, "no client id"), (to_plain_http, "must be an https")]
)
def test_what_cannot_be_signed_in_to_is_refused(
    provider: Provider,
    clock: FixedClock,
    spoil: Callable[[MailAccount], MailAccount],
    words: str,
) -> None:
    with pytest.raises(RefusedError, match=words):
        provider.signing_in().sign_in(spoil(provider.account()), None, clock.now, never)
    assert provider.browsers == []


def test_a_provider_out_of_reach_is_no_reason_to_sign_in_again(
    provider: Provider, account: MailAccount, clock: FixedClock
) -> None:
    drawer = Drawer()
    held = secrets_of(provider, drawer, clock)
    held.sign_in(account, never)
    before = dict(drawer.passwords)
    clock.goes_on(hours=2)
    provider.web.pages.clear()
    with pytest.raises(RefusedError) as told:
        held.of(account)
    assert not isinstance(told.value, SignInNeededError)
    assert drawer.passwords == before


def test_no_browser_is_told(provider: Provider, account: MailAccount, clock: FixedClock) -> None:
    signing_in = SigningIn(provider.signing_in().web, lambda _: False)
    with pytest.raises(RefusedError, match="no browser"):
        signing_in.sign_in(account, None, clock.now, never)


def test_no_token_comes_into_the_log(
    provider: Provider,
    account: MailAccount,
    clock: FixedClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    held = secrets_of(provider, Drawer(), clock)
    held.sign_in(account, never)
    clock.goes_on(hours=2)
    held.of(account)
    for secret in provider.access | provider.refresh | {provider.forms[0]["code"]}:
        assert secret not in caplog.text


@pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed (dovecot-imapd)")
def test_a_real_server_takes_the_token_and_refuses_a_strange_one(
    provider: Provider, clock: FixedClock, tmp_path: Path
) -> None:
    with web_server(None) as info:
        info.pages["127.0.0.1", "/"] = provider.token_info
        where = f"http://127.0.0.1:{info.port}/?access_token="
        with running_dovecot(tmp_path / "dovecot", token_info=where) as server:
            held = secrets_of(provider, Drawer(), clock)
            account = replace(
                provider.account(),
                imap_port=server.tls_port,
                ca_file=str(server.certificate),
            )
            held.sign_in(account, never)
            assert try_imap(account, held.of(account), 10).sent_folder == "Sent"
            with pytest.raises(RefusedError, match="sign in again"):
                try_imap(account, "canary-strange", 10)
