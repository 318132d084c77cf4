"""Three hundred hostile mails: none stops the reader, none is lost, each is done soon."""

from __future__ import annotations

import json
import time
import tracemalloc
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jeweler_desk.mail.mime import UnreadableMessageError, read_message
from jeweler_desk.services.desk import Desk
from tests.mail.hostile_letters import HOW_MANY, hostile_letters
from tests.post import MAKER, Letter

NOW = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
LETTERS = dict(hostile_letters())
_A_PLAIN_MEGABYTE = Letter("plain@x.test", text="Which size is it? " * 60_000).raw()


def _seconds(raw: bytes) -> float:
    """Return the processor's time that reading takes: other programs do not count."""
    start = time.process_time()
    with suppress(UnreadableMessageError):
        read_message(raw, NOW)
    return time.process_time() - start


@pytest.fixture(scope="module")
def a_megabyte() -> float:
    """How long a plain letter of a megabyte takes here."""
    return max(_seconds(_A_PLAIN_MEGABYTE) for _ in range(3))


@pytest.mark.parametrize("name", LETTERS)
def test_each_is_read_or_set_aside_soon_by_its_size(name: str, a_megabyte: float) -> None:
    raw = LETTERS[name]
    megabytes = 1 + len(raw) / 1_000_000

    bar = max(a_megabyte, 0.01) * megabytes * 30

    assert _seconds(raw) < bar or _seconds(raw) < bar


def test_none_takes_much_memory() -> None:
    tracemalloc.start()
    try:
        for name in sorted(LETTERS)[::29]:
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            _seconds(LETTERS[name])
            assert tracemalloc.get_traced_memory()[1] - before < 200_000_000, name
    finally:
        tracemalloc.stop()


def test_none_is_lost_and_the_letter_between_them_is_read(desk: Desk, tmp_path: Path) -> None:
    desk.correspondence.mailboxes.add_identity(MAKER)
    for name, raw in LETTERS.items():
        (tmp_path / f"{name}.eml").write_bytes(raw)
    (tmp_path / "150-between.eml").write_bytes(Letter("q1@c.test").raw())

    found = desk.correspondence.read_files(tmp_path, "inbox")

    assert found.taken.read + len(found.set_aside) == HOW_MANY + 1
    assert all(each.reason for each in found.set_aside)
    listed = {each.message_id: each for each in desk.correspondence.listed()}
    assert listed["q1@c.test"].decision.value == "start"
    for each in listed.values():
        told = [each.person or "", each.subject, each.reason, each.from_address or ""]
        assert all(text.isprintable() for text in told), told
        json.dumps(told, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("name", ["\u202egnp.exe", "\u2066Anna", "Anna\x1b[31m", "A\x00nna"])
def test_signs_that_turn_or_hide_words_never_reach_a_name(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    desk.correspondence.mailboxes.add_identity(MAKER)
    letter = Letter("q1@c.test", sender=f"{name} <anna@c.test>", subject=f"{name} ring")
    (tmp_path / "q.eml").write_bytes(letter.raw())

    desk.correspondence.read_files(tmp_path / "q.eml", "inbox")

    (email,) = desk.correspondence.waiting(desk.clock.now())
    assert email.person is not None
    assert email.person.isprintable() and email.subject.isprintable()
    assert "Anna" in email.person.replace(" ", "") or "exe" in email.person
