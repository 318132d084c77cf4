"""Encodings, delimiters and physical lines."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.imports.csv_rows import (
    ENCODING_WARNING,
    REPLACED_WARNING,
    Record,
    decode,
    physical_lines,
    records,
    split_line,
)

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def read(text: str, width: int, delimiter: str = ",") -> list[Record]:
    return list(records(physical_lines(text), after_line=1, delimiter=delimiter, width=width))


@given(
    st.lists(
        st.lists(CELL, min_size=3, max_size=3).filter(
            lambda row: any(cell.strip() for cell in row)
        ),
        max_size=8,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_every_cell_and_every_line_number_comes_back(
    rows: list[list[str]], line_end: str, delimiter: str
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerow(["a", "b", "c"])
    first_lines = []
    for row in rows:
        first_lines.append(len(physical_lines(buffer.getvalue())) + 1)
        writer.writerow(row)
    found = read(buffer.getvalue(), 3, delimiter)
    assert [list(record.cells) for record in found] == rows
    assert [record.line for record in found] == first_lines
    assert all(record.is_whole for record in found)


def test_a_line_end_inside_a_cell_counts_as_a_physical_line() -> None:
    found = read('a,b\n1,"x\r\ny\nz"\n2,w\n', 2)
    assert [(record.line, record.cells) for record in found] == [
        (2, ("1", "x\r\ny\nz")),
        (5, ("2", "w")),
    ]
    assert found[0].text == '1,"x\r\ny\nz"'


def test_blank_lines_and_rows_of_commas_are_no_records() -> None:
    found = read("a,b\n\n1,2\n,\n\n \n3,4\n,,,\n", 2)
    assert [(record.line, record.cells) for record in found] == [(3, ("1", "2")), (7, ("3", "4"))]


def test_a_row_with_too_many_or_too_few_cells_is_kept_as_it_stands() -> None:
    found = read("a,b\n1,2,3\n4\n5,6\n", 2)
    assert [(record.line, record.text, record.is_whole) for record in found] == [
        (2, "1,2,3", False),
        (3, "4", False),
        (4, "5,6", True),
    ]


def test_a_stray_quote_does_not_swallow_the_rows_below_it() -> None:
    found = read('a,b,c\n1,"half,x\n2,y,z\n3,"p\nq",r\n', 3)
    assert [(record.line, record.is_whole) for record in found] == [
        (2, False),
        (3, True),
        (4, True),
    ]
    assert found[0].text == '1,"half,x'
    assert found[2].cells == ("3", "p\nq", "r")


def test_a_broken_row_of_several_lines_is_set_aside_as_one() -> None:
    found = read('a,b,c\n1,"note\nmore"\n2,y,z\n', 3)
    assert [(record.line, record.text) for record in found] == [(2, '1,"note\nmore"'), (4, "2,y,z")]


def test_a_file_that_breaks_off_inside_a_cell_keeps_its_last_row_as_text() -> None:
    found = read('a,b,c\n1,x,y\n2,"cut', 3)
    assert [(record.line, record.is_whole) for record in found] == [(2, True), (3, False)]


def test_a_cell_beyond_all_measure_is_set_aside_and_reading_goes_on() -> None:
    giant = "x" * (csv.field_size_limit() + 1)
    found = read(f"a,b\n1,{giant}\n2,y\n", 2)
    assert [(record.line, record.is_whole) for record in found] == [(2, False), (3, True)]


def test_utf_8_is_read_with_and_without_its_mark() -> None:
    assert decode("é,森\n".encode()).text == "é,森\n"
    marked = decode("é,森\n".encode("utf-8-sig"))
    assert (marked.text, marked.warnings) == ("é,森\n", ())


def test_windows_text_is_read_with_a_warning() -> None:
    found = decode("Jürgen,£5\n".encode("cp1252"))
    assert (found.text, found.warnings) == ("Jürgen,£5\n", (ENCODING_WARNING,))


def test_bytes_of_no_encoding_are_still_read() -> None:
    assert decode(b"a\x81b\xff").warnings == (ENCODING_WARNING,)


def test_a_spreadsheets_unicode_text_is_read() -> None:
    assert decode("a,é".encode("utf-16")).text == "a,é"


@pytest.mark.parametrize("damaged", ["JÃ¼rgen", "caf\ufffd"])
def test_text_damaged_by_a_spreadsheet_is_named(damaged: str) -> None:
    assert decode(damaged.encode()).warnings == (REPLACED_WARNING,)


def test_a_heading_line_beyond_all_measure_has_no_cells() -> None:
    assert split_line("x" * (csv.field_size_limit() + 1), ",") == []


@given(st.text(max_size=200))
def test_no_text_whatever_stops_the_reading(text: str) -> None:
    lines = physical_lines(text)
    found = list(records(lines, after_line=0, delimiter=",", width=2))
    assert [record.line for record in found] == sorted(record.line for record in found)
    assert all(record.text in text for record in found)
