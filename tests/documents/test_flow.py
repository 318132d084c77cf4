"""Rows on pages: nothing is lost, what belongs together stays together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.documents.flow import Row, drawn, pages_of, space

ROWS = st.lists(
    st.builds(
        Row,
        st.floats(1, 60),
        st.integers(0, 999).map(str),
        keeps=st.booleans(),
    ),
    min_size=1,
    max_size=40,
)


def test_rows_that_keep_together_move_on_together() -> None:
    rows = [Row(60, "a"), Row(30, "b", keeps=True), Row(30, "c")]
    assert [[row.drawing for row in page] for page in pages_of(rows, 100, 100)] == [
        ["a"],
        ["b", "c"],
    ]


def test_rows_too_tall_to_keep_together_flow_from_where_they_stand() -> None:
    rows = [Row(50, "a"), *[Row(40, str(index), keeps=True) for index in range(3)], Row(40, "z")]
    pages = pages_of(rows, 100, 100)
    assert [row.drawing for page in pages for row in page] == ["a", "0", "1", "2", "z"]
    assert all(sum(row.height for row in page) <= 100 for page in pages)


def test_no_page_begins_with_a_blank_and_no_blank_makes_a_page() -> None:
    rows = [Row(90, "a"), space(20), Row(30, "b"), space(80)]
    assert [[row.drawing for row in page] for page in pages_of(rows, 100, 100)] == [["a"], ["b"]]


@given(ROWS)
def test_every_row_is_on_exactly_one_page_in_order(rows: list[Row]) -> None:
    pages = pages_of(rows, 70, 100)
    assert [row for page in pages for row in page] == rows
    assert sum(row.height for row in pages[0]) <= 70
    assert all(sum(row.height for row in page) <= 100 for page in pages[1:])


def test_rows_are_drawn_below_one_another() -> None:
    assert drawn([Row(10, "A"), space(5), Row(10, "B")], 20, 700) == [
        "q 1 0 0 1 20 700 cm A Q",
        "q 1 0 0 1 20 685 cm B Q",
    ]
