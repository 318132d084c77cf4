"""Note attributes and the gift they may tell of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.order import Gift, Variation
from jeweler_desk.imports.note_attributes import gift_of, split_attributes


@pytest.mark.parametrize(
    ("cell", "pairs"),
    [
        ("", []),
        ("gift: yes", [("gift", "yes")]),
        ("a: 1\nb: 2\r\nc:", [("a", "1"), ("b", "2"), ("c", "")]),
        ("Delivery day: Friday\nSize: 7", [("Delivery day", "Friday"), ("Size", "7")]),
        (
            "gift_message: One\n\nTwo\ngift_wrap: yes",
            [("gift_message", "One\n\nTwo"), ("gift_wrap", "yes")],
        ),
        ("gift_message: Dear Mum\nP.S.: call me", [("gift_message", "Dear Mum\nP.S.: call me")]),
        ("gift message: Hi\nGift Wrap: no", [("gift message", "Hi"), ("Gift Wrap", "no")]),
        (
            "link: https://a.example/x\nhttps://b.example",
            [("link", "https://a.example/x\nhttps://b.example")],
        ),
        ("just words", [(None, "just words")]),
        ("gift_message: a\r\nb\r\n", [("gift_message", "a\r\nb")]),
        ("gift_message:  two blanks", [("gift_message", " two blanks")]),
    ],
)
def test_lines_become_pairs_and_messages_keep_their_lines(
    cell: str, pairs: list[tuple[str | None, str]]
) -> None:
    assert split_attributes(cell) == tuple(Variation(name, value) for name, value in pairs)


@pytest.mark.parametrize(
    ("cell", "gift", "message"),
    [
        ("", Gift.UNKNOWN, None),
        ("engraving: A", Gift.UNKNOWN, None),
        ("gift: yes", Gift.YES, None),
        ("Gift: True", Gift.YES, None),
        ("gift_wrap: yes", Gift.YES, None),
        ("gift_wrap: no", Gift.UNKNOWN, None),
        ("gift_message: With love 💛", Gift.YES, "With love 💛"),
        ("Gift message: With love", Gift.YES, "With love"),
        ("gift_message:", Gift.UNKNOWN, None),
        ("gift: no", Gift.NO, None),
        ("gift:", Gift.NO, None),
        ("gift: no\ngift_message: Still a gift", Gift.YES, "Still a gift"),
        ("gift: perhaps", Gift.UNKNOWN, None),
    ],
)
def test_a_gift_is_yes_no_or_unknown(cell: str, gift: Gift, message: str | None) -> None:
    assert gift_of(split_attributes(cell)) == (gift, message)


@given(st.text(max_size=80))
def test_no_words_of_the_cell_are_lost(cell: str) -> None:
    told = "".join(f"{pair.name or ''}{pair.value}" for pair in split_attributes(cell))
    assert sorted(told.replace(":", "").split()) == sorted(cell.replace(":", "").split()) or (
        "".join(told.split()).replace(":", "") == "".join(cell.split()).replace(":", "")
    )
