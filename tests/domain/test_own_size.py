"""A size of paper as it is typed; what cannot be is answered by a sentence."""

from __future__ import annotations

import pytest

from jeweler_desk.domain.own_size import (
    OwnSizeError,
    is_own_size,
    own_sizes_text,
    read_own_size,
    read_own_sizes,
)
from jeweler_desk.domain.shop_settings import SettingError, check_setting


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("80 × 120 mm", "80x120mm"),
        ("80x120MM", "80x120mm"),
        ("80mm x 120mm", "80x120mm"),
        ("8 x 12,5 cm", "80x125mm"),
        ("3,5 × 2 in", "3.5x2in"),
        ("3.5” x 2”", "3.5x2in"),
        (" 4.125*9.5 inches ", "4.125x9.5in"),
    ],
)
def test_a_size_is_read_as_people_write_it(typed: str, name: str) -> None:
    assert is_own_size(typed)
    assert read_own_size(typed).name == name
    assert read_own_size(name) == read_own_size(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "is no size such as 80 × 120 mm"),
        ("80 x 120", "is no size such as"),
        ("large", "“large” is no size"),
        ("-80 x 120 mm", "is no size"),
        ("80 mm x 5 in", "has two units"),
        ("24.9 x 100 mm", "each side is from 25 to 450 mm"),
        ("100 x 450.5 mm", "each side is from 25 to 450 mm"),
        ("20 x 3 in", "each side is from 25 to 450 mm"),
    ],
)
def test_a_size_that_cannot_be_is_answered_by_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(OwnSizeError, match=said):
        read_own_size(typed)


def test_kept_sizes_stand_once_in_their_order() -> None:
    sizes = read_own_sizes("80x120mm, 3,5 x 2 in; 80 × 120 mm,4x6in")
    assert own_sizes_text(sizes) == "80x120mm, 3.5x2in, 4x6in"
    assert read_own_sizes("") == ()
    with pytest.raises(SettingError, match="is no size such as"):
        check_setting("paper.custom_sizes", "80x120mm, wide")
    with pytest.raises(OwnSizeError, match="At most 20"):
        read_own_sizes(", ".join(f"{side}x100mm" for side in range(50, 71)))
