"""The table of platforms: its form, and that it is read once and only when a message is."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from jeweler_desk.domain.message import Correspondent, MailChannel
from jeweler_desk.domain.platforms import is_of_platform
from jeweler_desk.domain.sender_table import Platform, Reader, sender_table_from
from jeweler_desk.mail.sender_data import sender_table
from jeweler_desk.resources import resource

CELLS = {
    "key", "name", "reads", "channel", "domains", "answers_by_mail", "senders", "patterns",
}  # fmt: skip


def test_every_platform_has_the_cells_of_the_table_and_no_others() -> None:
    cells = json.loads(resource("mail_senders.json").read_text(encoding="utf-8"))

    assert all(CELLS <= set(each) <= CELLS | {"patterns_of"} for each in cells["platforms"])
    keys = [each["key"] for each in cells["platforms"]]
    assert len(set(keys)) == len(keys)


def test_no_domain_stands_twice_and_none_is_everybodys() -> None:
    domains = [domain for each in sender_table().platforms for domain in each.domains]

    assert len(set(domains)) == len(domains)
    assert all("." in domain and domain == domain.casefold() for domain in domains)
    assert not {"gmail.com", "outlook.com", "gmx.de", "icloud.com"} & set(domains)


def test_the_platforms_a_home_jeweler_hears_from_are_all_there() -> None:
    found = {each.key for each in sender_table().platforms}

    assert found >= {
        "etsy", "ebay", "amazon", "shopify", "squarespace", "instagram", "facebook", "paypal",
        "stripe", "square", "carriers", "forms",
    }  # fmt: skip


@pytest.mark.parametrize("platform", sender_table().platforms, ids=lambda each: each.key)
def test_every_pattern_stands_long_and_odd_subjects_soon(platform: Platform) -> None:
    odd = ["", " " * 4000, "a" * 4000, "message " * 500, "re: " * 1000, "no " * 1300, "\n" * 4000]

    for kind in platform.patterns:
        assert all(platform.found(kind, text) is None or text for text in odd)


@pytest.mark.parametrize(
    ("domain", "key"),
    [
        ("etsy.com", "etsy"),
        ("mail.etsy.com", "etsy"),
        ("ebay.co.uk", "ebay"),
        ("members.ebay.com.au", "ebay"),
        ("marketplace.amazon.com.be", "amazon"),
        ("paypal.de", "paypal"),
        ("etsy.com.evil.test", None),
        ("notetsy.com", None),
        ("ebay.evil.test.org", None),
        ("amazonses.com", None),
        ("amazon.evil-shop.com", None),
        ("com", None),
        ("", None),
    ],
)
def test_a_domain_is_its_owners_alone(domain: str, key: str | None) -> None:
    found = sender_table().of(domain)

    assert (found.key if found else None) == key
    assert sender_table().of(domain) is found


def test_a_sender_of_the_table_is_known_before_her_words_are_read() -> None:
    table = sender_table()

    assert is_of_platform(table, Correspondent("", "a@mail.etsy.com"), ())
    assert is_of_platform(table, Correspondent("", "wordpress@shop.test"), ())
    alias = Correspondent("", "x@members.ebay.de")
    assert is_of_platform(table, Correspondent("", "a@relay.test"), (alias,))
    assert not is_of_platform(table, Correspondent("Anna", "anna@c.test"), ())


def test_platforms_that_share_patterns_share_them() -> None:
    table = sender_table()

    assert table.by_key["facebook"].patterns == table.by_key["instagram"].patterns
    assert table.by_key["facebook"].channel is MailChannel.FACEBOOK


def test_a_table_out_of_form_is_refused() -> None:
    with pytest.raises(KeyError):
        sender_table_from({"platforms": [{"key": "x"}]})
    with pytest.raises(ValueError, match="is not a valid"):
        Reader("oracle")


def test_the_start_loads_neither_the_table_nor_the_rules_of_mail() -> None:
    words = (
        "import sys, jeweler_desk.app\n"
        "print([n for n in sys.modules if n.endswith(('platforms', 'sender_data', 'courtesy',"
        " 'domain.judging', 'domain.nature'))])"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
