"""Columns share the width of their table, whatever was drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.ui.tables.column_widths import WidthWish, shared

WISHES = st.lists(
    st.builds(
        WidthWish,
        usual=st.sampled_from([0, 60, 120]),
        drawn=st.sampled_from([0, 0, 40, 300, 2000]),
        is_spare=st.booleans(),
        is_hidden=st.booleans(),
    ),
    min_size=1,
    max_size=10,
)


def test_a_column_without_a_usual_width_takes_what_is_left() -> None:
    assert shared([WidthWish(100), WidthWish(0), WidthWish(80)], 500, 50) == {0: 100, 1: 320, 2: 80}


def test_a_spare_column_goes_where_room_is_short() -> None:
    wishes = [WidthWish(100), WidthWish(0), WidthWish(80, is_spare=True)]
    assert shared(wishes, 200, 50) == {0: 100, 1: 100}


def test_the_widest_drawn_column_gives_way_first() -> None:
    wishes = [WidthWish(100, drawn=400), WidthWish(100, drawn=150), WidthWish(0)]
    assert shared(wishes, 500, 50) == {0: 300, 1: 150, 2: 50}


def test_the_last_column_fills_up_where_all_have_a_width() -> None:
    assert shared([WidthWish(100), WidthWish(100)], 500, 50) == {0: 100, 1: 400}


@given(WISHES, st.integers(700, 3000))
def test_what_is_shown_fills_the_width_unless_the_usual_widths_alone_are_wider(
    wishes: list[WidthWish], width: int
) -> None:
    sizes = shared(wishes, width, 40)
    if sizes and sum(min(wish.usual, 120) or 40 for wish in wishes) <= width:
        shown = [wishes[place] for place in sizes]
        assert sum(sizes.values()) == width or any(wish.drawn for wish in shown)
        assert sum(sizes.values()) >= width
    assert all(not wishes[place].is_hidden for place in sizes)
