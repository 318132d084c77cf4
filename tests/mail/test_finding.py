"""An address is enough: its servers are found, the surest word first, nothing unsafe taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jeweler_desk.domain.mail_access import LoginKind
from jeweler_desk.domain.mail_access_wording import found_text, has_hint
from jeweler_desk.domain.mail_finding import FoundBy, FoundMailbox, MailServer
from jeweler_desk.mail.autoconfig import read_page
from jeweler_desk.mail.domain_records import Records
from jeweler_desk.mail.finding import Search, World, knock
from jeweler_desk.mail.providers import bundled_providers
from jeweler_desk.mail.web import Web
from jeweler_desk.resources import resource
from tests.dovecot import Dovecot, free_port
from tests.mail.network import Authority, WebServer, name_server, page, web_server

PAGE = b"""<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="shop.test"><displayName>Harbor Mail</displayName>
<incomingServer type="pop3"><hostname>pop.harbor.test</hostname><port>995</port>
<socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
<incomingServer type="imap"><hostname>plain.harbor.test</hostname><port>143</port>
<socketType>plain</socketType><username>%EMAILADDRESS%</username></incomingServer>
<incomingServer type="imap"><hostname>up.harbor.test</hostname><port>143</port>
<socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></incomingServer>
<incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port>
<socketType>SSL</socketType><username>%EMAILLOCALPART%</username>
<authentication>OAuth2</authentication><authentication>password-cleartext</authentication>
</incomingServer>
<outgoingServer type="smtp"><hostname>smtp.harbor.test</hostname><port>587</port>
<socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></outgoingServer>
</emailProvider></clientConfig>"""
ADDRESS = "hello@shop.test"
WELL_KNOWN = "/.well-known/autoconfig/mail/config-v1.1.xml"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def web(authority: Authority) -> Iterator[WebServer]:
    names = ("autoconfig.shop.test", "shop.test", "autoconfig.thunderbird.net")
    with web_server(authority.server_context(*names)) as server:
        yield server


class Seeker:
    """Searches in a test's own internet, and notes what was told."""

    def __init__(self, authority: Authority, web: WebServer) -> None:
        self.web = Web(str(authority.file), web.road)
        self.told: list[str] = []
        self.knocked: list[str] = []
        self.there: set[tuple[str, int]] = set()
        self.stops_after = 99

    def find(
        self, address: str = ADDRESS, records: dict[tuple[str, str], list[str]] | None = None
    ) -> FoundMailbox | None:
        with name_server(records or {}) as server:
            world = World(self.web, Records(server), self._knock, 3)
            return Search(
                address,
                bundled_providers(),
                world,
                self.told.append,
                lambda: len(self.told) >= self.stops_after,
            ).run()

    def _knock(self, kind: str, server: MailServer, seconds: float) -> bool:
        assert seconds > 0
        self.knocked.append(f"{kind} {server.host}:{server.port}")
        return (server.host, server.port) in self.there


@pytest.fixture
def seeker(authority: Authority, web: WebServer) -> Seeker:
    return Seeker(authority, web)


def test_a_known_provider_is_found_without_asking_anyone(seeker: Seeker, web: WebServer) -> None:
    found = seeker.find("Aileen@Fastmail.com")
    assert found is not None and found.provider is not None
    assert (found.by, found.provider.key) == (FoundBy.PROVIDER, "fastmail")
    assert web.asked == []
    assert seeker.told[-1] == (
        "Found at Fastmail: imap.fastmail.com:993 for reading, smtp.fastmail.com:465 for sending."
    )


def test_icloud_reads_by_the_local_part_and_sends_by_the_address(seeker: Seeker) -> None:
    found = seeker.find("aileen@icloud.com")
    assert found is not None
    account = found.account()
    assert (account.user_name, account.smtp_user_name) == ("aileen", "aileen@icloud.com")
    assert (account.smtp_port, account.smtp_is_starttls) == (587, True)


@pytest.mark.parametrize(
    ("host", "key", "login"),
    [
        ("10 aspmx.l.google.com.", "gmail", LoginKind.PASSWORD),
        ("1 smtp.google.com.", "gmail", LoginKind.PASSWORD),
        ("0 shop-test.mail.protection.outlook.com.", "microsoft365", LoginKind.SIGN_IN),
        ("10 in1-smtp.messagingengine.com.", "fastmail", LoginKind.PASSWORD),
        ("10 mail.protonmail.ch.", "proton", LoginKind.PASSWORD),
    ],
)
def test_an_own_domain_is_known_by_who_takes_in_its_mail(
    seeker: Seeker, host: str, key: str, login: LoginKind
) -> None:
    found = seeker.find(records={("shop.test", "MX"): [host]})
    assert found is not None and found.provider is not None
    assert (found.by, found.provider.key, found.login) == (FoundBy.MX, key, login)
    assert found.account().address == ADDRESS


def test_a_host_that_only_looks_like_google_is_not_google(seeker: Seeker) -> None:
    assert seeker.find(records={("shop.test", "MX"): ["10 notgoogle.com."]}) is None


@pytest.mark.parametrize(
    "where", [("autoconfig.shop.test", "/mail/config-v1.1.xml"), ("shop.test", WELL_KNOWN)]
)
def test_the_domains_own_page_is_read_over_https(
    seeker: Seeker, web: WebServer, where: tuple[str, str]
) -> None:
    web.pages[where] = page(PAGE)
    found = seeker.find()
    assert found is not None
    assert (found.by, found.name) == (FoundBy.AUTOCONFIG, "Harbor Mail")
    account = found.account()
    assert (account.imap_host, account.imap_port) == ("imap.shop.test", 993)
    assert (account.is_starttls, account.user_name) == (False, "hello")
    assert (account.smtp_host, account.smtp_is_starttls) == ("smtp.harbor.test", True)
    assert account.smtp_user_name == ADDRESS
    assert "@" not in "".join(web.asked), "the address itself is told to nobody"


def test_thunderbirds_list_is_asked_after_the_domain_itself(seeker: Seeker, web: WebServer) -> None:
    web.pages["autoconfig.thunderbird.net", "/v1.1/shop.test"] = page(PAGE)
    found = seeker.find()
    assert found is not None
    assert found.by is FoundBy.ISPDB
    assert [each.split("/")[0] for each in web.asked] == [
        "autoconfig.shop.test", "shop.test", "autoconfig.thunderbird.net",
    ]  # fmt: skip


def test_a_redirection_is_followed_to_https_only(seeker: Seeker, web: WebServer) -> None:
    first = ("autoconfig.shop.test", "/mail/config-v1.1.xml")
    web.pages[first] = page(b"", 302, Location=f"https://shop.test{WELL_KNOWN}")
    web.pages["shop.test", WELL_KNOWN] = page(PAGE)
    assert seeker.find() is not None
    asked = len(web.asked)
    web.pages[first] = page(b"", 302, Location="http://shop.test/plain.xml")
    del web.pages["shop.test", WELL_KNOWN]
    assert seeker.find() is None
    assert "shop.test/plain.xml" not in web.asked[asked:]
    web.pages[first] = page(b"", 301, Location="/mail/config-v1.1.xml")
    assert seeker.find() is None, "a circle ends"


def test_a_page_from_a_server_that_does_not_verify_is_not_read(
    authority: Authority, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with web_server(Authority(other).server_context("shop.test", "autoconfig.shop.test")) as server:
        server.pages["shop.test", WELL_KNOWN] = page(PAGE)
        assert Seeker(authority, server).find() is None
        assert server.asked == []


def test_a_page_without_end_is_given_up(seeker: Seeker, web: WebServer) -> None:
    web.pages["shop.test", WELL_KNOWN] = page(PAGE + b" " * 400_000)
    assert seeker.find() is None


def test_the_records_of_the_domain_name_the_servers(seeker: Seeker) -> None:
    records = {
        ("_imaps._tcp.shop.test", "SRV"): [
            "5 1 993 second.shop.test.",
            "1 1 1993 first.shop.test.",
        ],
        ("_submissions._tcp.shop.test", "SRV"): ["0 0 0 ."],
        ("_submission._tcp.shop.test", "SRV"): ["0 1 587 out.shop.test."],
    }
    found = seeker.find(records=records)
    assert found is not None and found.smtp is not None
    assert (found.by, found.imap.host, found.imap.port) == (FoundBy.SRV, "first.shop.test", 1993)
    assert (found.smtp.host, found.smtp.is_starttls) == ("out.shop.test", True)


def test_a_provider_is_known_by_its_server_whoever_names_it(seeker: Seeker) -> None:
    found = seeker.find(records={("_imaps._tcp.shop.test", "SRV"): ["0 1 993 imap.fastmail.com."]})
    assert found is not None and found.provider is not None
    assert found.provider.key == "fastmail"


def test_the_usual_names_are_tried_last(seeker: Seeker) -> None:
    seeker.there = {("mail.shop.test", 993), ("smtp.shop.test", 587)}
    found = seeker.find()
    assert found is not None
    assert found_text(found) == (
        "Tried the usual names, and these answered: mail.shop.test:993 for reading,"
        " smtp.shop.test:587 for sending."
    )
    assert len(seeker.told) == 7


def test_where_nothing_is_found_nothing_is_made_up(seeker: Seeker) -> None:
    assert seeker.find() is None
    assert len(seeker.told) == 6
    assert len(seeker.knocked) == 8


def test_a_search_that_is_given_up_asks_no_further(seeker: Seeker, web: WebServer) -> None:
    seeker.stops_after = 2
    assert seeker.find() is None
    assert (len(seeker.told), web.asked, seeker.knocked) == (2, [], [])


def test_a_domain_beyond_ascii_is_asked_by_its_network_name(seeker: Seeker) -> None:
    found = seeker.find(
        "hallo@schmück.test",
        {("_imaps._tcp.xn--schmck-6ya.test", "SRV"): ["0 1 993 imap.harbor.test."]},
    )
    assert found is not None
    assert "schmück.test" in seeker.told[0]


@pytest.mark.parametrize(
    "hostile",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + PAGE.split(b"?>", 1)[1],
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + PAGE.split(b"?>", 1)[1],
        PAGE.replace(b"imap.%EMAILDOMAIN%", b"imap.shop.test\r\nA LOGIN").replace(b"up.", b"-"),
        PAGE.replace(b"993", b"99999").replace(b"STARTTLS", b"none"),
        b"<a>" * 5_000,
        b"<a/>" * 5_000,
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_a_hostile_page_is_no_page(hostile: bytes) -> None:
    assert read_page(hostile, ADDRESS, FoundBy.AUTOCONFIG) is None


def test_a_page_that_takes_tokens_only_asks_to_sign_in() -> None:
    only = PAGE.replace(b"<authentication>password-cleartext</authentication>", b"")
    found = read_page(only, ADDRESS, FoundBy.ISPDB)
    assert found is not None
    assert found.login is LoginKind.SIGN_IN


def test_a_knock_wants_a_certificate_made_out_to_the_name(dovecot: Dovecot) -> None:
    server = MailServer("localhost", dovecot.tls_port)
    assert knock("imap", server, 5, str(dovecot.certificate))
    assert not knock("imap", server, 5)
    assert not knock("imap", MailServer("localhost", free_port()), 5)
    assert not knock("smtp", server, 1, str(dovecot.certificate))


def test_every_provider_of_the_table_is_whole() -> None:
    providers = bundled_providers()
    rows = json.loads(resource("mail_providers.json").read_text(encoding="utf-8"))["providers"]
    assert len(providers) == len(rows) >= 12
    domains = [each for provider in providers for each in provider.domains]
    assert len(domains) == len(set(domains))
    for each in providers:
        assert each.domains or each.mx
        assert has_hint(each.hint), each.key
        assert each.link is None or each.link.startswith("https://")
        assert (each.login is LoginKind.SIGN_IN) <= (each.sign_in is not None)
