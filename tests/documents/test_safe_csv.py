"""A table that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io

import pytest

from jeweler_desk.documents.safe_csv import safe_cell, safe_csv


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_a_cell_that_would_begin_a_formula_is_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


def test_cells_with_commas_quotes_and_line_ends_come_back_as_one() -> None:
    table = safe_csv(("what", "of"), [('ring, "rain"\nsilver', "=cmd|'/c calc'!A1"), ("", "№")])
    rows = list(csv.reader(io.StringIO(table)))
    assert rows == [["what", "of"], ['ring, "rain" silver', "'=cmd|'/c calc'!A1"], ["", "№"]]
