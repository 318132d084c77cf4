from __future__ import annotations

import pytest

from jeweler_desk.domain.web_link import links_in, safe_link


@pytest.mark.parametrize(
    ("url", "host", "is_odd"),
    [
        ("https://www.etsy.com/messages/12", "www.etsy.com", False),
        ("HTTP://Example.COM:8080/a?b#c", "example.com", False),
        ("https://etsy.com@evil.test/", "evil.test", True),
        ("https://еtsy.com/", "xn--tsy-qdd.com", True),
        ("https://93.184.216.34/login", "93.184.216.34", True),
        ("https://[::1]/", "::1", True),
        ("mailto:anna@c.test", "anna@c.test", False),
    ],
)
def test_the_real_host_is_told(url: str, host: str, is_odd: bool) -> None:  # noqa: FBT001 - a table
    link = safe_link(url)
    assert link is not None
    assert (link.host, link.is_odd) == (host, is_odd)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "file:///etc/passwd",
        "file://server/share", "//server/share", "\\\\server\\share", "data:text/html,<b>x</b>",
        "vbscript:x", "ftp://example.com", "smb://server/share", "ms-office:x", "about:blank",
        "http:", "http://", "https:///etc/passwd", "http:\\\\evil.test", "http://a b.test/",
        "http://evil.test\u202e/", "mailto:a@b.test,c@d.test", "mailto:a@b.test%0d%0aBcc:c@d.test",
        "mailto:", "", "   ", "https://[half", "https://ex%61mple.com/", "https://" + "a" * 3000,
        "view-source:https://example.com", "http://example.com:99999/", "jar:http://x!/y",
    ],
)  # fmt: skip
def test_all_other_links_are_blocked(url: str) -> None:
    assert safe_link(url) is None


def test_links_in_words_end_where_an_eye_ends_them() -> None:
    text = "See https://example.com/a_(b), (http://example.org/c). Or https://example.com/a_(b)!"
    assert links_in(text) == ("https://example.com/a_(b)", "http://example.org/c")
    assert links_in("nothing here, not even file:///etc") == ()
