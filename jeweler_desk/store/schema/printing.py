"""The tables of printers' choices, batches on their way, and each copy that came out."""

from __future__ import annotations

from typing import Final

# Paper that lies on the bench is a fact of the world: nothing of this is undone.
STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE print_choices (
    kind TEXT PRIMARY KEY, printer TEXT NOT NULL, stock TEXT NOT NULL,
    copies INTEGER NOT NULL, sides TEXT NOT NULL
)""",
    """CREATE TABLE printer_drifts (
    printer TEXT NOT NULL, stock TEXT NOT NULL,
    dx REAL NOT NULL, dy REAL NOT NULL, sx REAL NOT NULL, sy REAL NOT NULL,
    PRIMARY KEY (printer, stock)
)""",
    """CREATE TABLE print_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, printer TEXT NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
    copies INTEGER NOT NULL, sides TEXT NOT NULL, title TEXT NOT NULL,
    file_name TEXT NOT NULL, file_hash TEXT NOT NULL, leaves TEXT NOT NULL, facts TEXT NOT NULL,
    done INTEGER NOT NULL, state TEXT NOT NULL, told TEXT NOT NULL, job TEXT,
    begun_at TEXT NOT NULL, is_over INTEGER NOT NULL
)""",
    "CREATE INDEX print_runs_open ON print_runs (id) WHERE is_over = 0",
    """CREATE TABLE print_copies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    print_id INTEGER NOT NULL REFERENCES prints (id) ON DELETE CASCADE,
    printer TEXT NOT NULL, file_hash TEXT NOT NULL, copies INTEGER NOT NULL
)""",
    "CREATE INDEX print_copies_print ON print_copies (print_id)",
)
