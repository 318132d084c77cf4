"""Batches on their way through a printer, the choices for each kind of paper, copies kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.print_job import (
    Leaf,
    PrintChoice,
    PrinterDrift,
    PrintOrder,
    PrintRun,
    Sides,
    SpoolState,
)
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.prints import PARCEL_LEFT


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A batch as it stands: its file in the folder ``papers``, and what its papers say."""

    id: int
    kind: str
    order: PrintOrder
    run: PrintRun
    file_name: str
    file_hash: str
    facts: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CopyFact:
    """One copy of an order's paper: the n-th of its kind, from which file, by which printer.

    ``is_at_hand`` is false of a paper that left in its parcel.
    """

    kind: str
    printed_at: datetime
    copy: int
    printer: str | None
    file_hash: str | None
    digest: str
    is_at_hand: bool


class PrintRunRows:
    """Keeps and reads batches; every writing method needs a transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def choice(self, kind: str) -> PrintChoice | None:
        """Return what was chosen last for a kind of paper."""
        row = self._store.one("SELECT * FROM print_choices WHERE kind = ?", [kind])
        if row is None:
            return None
        return PrintChoice(row["printer"], row["stock"], row["copies"], Sides(row["sides"]))

    def keep_choice(self, kind: str, choice: PrintChoice) -> None:
        """Remember what was chosen for a kind of paper."""
        self._store.run(
            "INSERT OR REPLACE INTO print_choices VALUES (?, ?, ?, ?, ?)",
            [kind, choice.printer, choice.stock, choice.copies, choice.sides],
        )

    def drift(self, printer: str, stock: str) -> PrinterDrift | None:
        """Return how far a printer is off with a stock."""
        row = self._store.one(
            "SELECT dx, dy, sx, sy FROM printer_drifts WHERE printer = ? AND stock = ?",
            [printer, stock],
        )
        return PrinterDrift(*row) if row else None

    def keep_drift(self, printer: str, stock: str, drift: PrinterDrift) -> None:
        """Remember how far a printer is off with a stock."""
        self._store.run(
            "INSERT OR REPLACE INTO printer_drifts VALUES (?, ?, ?, ?, ?, ?)",
            [printer, stock, drift.dx, drift.dy, drift.sx, drift.sy],
        )

    def begin(
        self,
        kind: str,
        order: PrintOrder,
        leaves: Sequence[Leaf],
        facts: Mapping[str, Mapping[str, Any]],
        file: tuple[str, str],
        at: datetime,
    ) -> int:
        """Keep a batch before its first paper goes; ``file`` is its name and hash."""
        name, digest = file
        papers = [[each.orders, each.first_page, each.pages] for each in leaves]
        return self._store.insert(
            "print_runs",
            {
                "kind": kind,
                "printer": order.printer,
                "width": order.width,
                "height": order.height,
                "copies": order.copies,
                "sides": order.sides,
                "title": order.title,
                "file_name": name,
                "file_hash": digest,
                "leaves": json.dumps(papers),
                "facts": json.dumps(facts),
                "done": 0,
                "state": SpoolState.WAITING,
                "told": "",
                "job": None,
                "begun_at": columns.instant_text(at),
                "is_over": not leaves,
            },
        )

    def get(self, run_id: int) -> KeptRun | None:
        """Return a batch."""
        row = self._store.one("SELECT * FROM print_runs WHERE id = ?", [run_id])
        return _read(row) if row else None

    def open(self) -> list[KeptRun]:
        """Return the batches that are not over, oldest first."""
        rows = self._store.rows("SELECT * FROM print_runs WHERE is_over = 0 ORDER BY id")
        return [_read(row) for row in rows]

    def write(self, run_id: int, run: PrintRun) -> None:
        """Keep where a batch stands."""
        record = {
            "done": run.done,
            "state": run.state,
            "told": run.told,
            "job": run.job,
            "is_over": run.is_over,
        }
        self._store.update("print_runs", run_id, record)

    def add_copies(self, print_id: int, kept: KeptRun) -> None:
        """Keep from which file and by which printer a paper came out."""
        record = {
            "print_id": print_id,
            "printer": kept.order.printer,
            "file_hash": kept.file_hash,
            "copies": kept.order.copies,
        }
        self._store.insert("print_copies", record)

    def copies(self, order_id: OrderId) -> list[CopyFact]:
        """Return every print of an order, oldest first; copies count within their kind."""
        rows = self._store.rows(
            "SELECT prints.kind, printed_at, printer, file_hash,"
            " row_number() OVER (PARTITION BY prints.kind ORDER BY prints.id) AS copy, digest,"
            f" {PARCEL_LEFT} AS has_left"
            " FROM prints LEFT JOIN print_copies ON print_id = prints.id"
            " WHERE order_id = ? ORDER BY prints.id",
            [order_id],
        )
        return [
            CopyFact(
                row["kind"],
                columns.known_instant(row["printed_at"]),
                row["copy"],
                row["printer"] or None,
                row["file_hash"],
                row["digest"],
                not row["has_left"],
            )
            for row in rows
        ]


def _read(row: Row) -> KeptRun:
    leaves = tuple(
        Leaf(tuple(orders), first, pages) for orders, first, pages in json.loads(row["leaves"])
    )
    return KeptRun(
        row["id"],
        row["kind"],
        PrintOrder(
            row["printer"], row["width"], row["height"], row["title"], row["copies"],
            Sides(row["sides"]),
        ),
        PrintRun(leaves, row["done"], SpoolState(row["state"]), row["told"], row["job"]),
        row["file_name"],
        row["file_hash"],
        json.loads(row["facts"]),
    )  # fmt: skip
