"""Undo and redo: temporary triggers write every changed row's images beside the act's label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from jeweler_desk.store.errors import UndoRefusedError
from jeweler_desk.store.sqlite_library import sqlite3

KEPT_STEPS: Final = 500
KEPT_DAYS: Final = 90
_NOT_JOURNALLED: Final = 0
# What `steps.is_undone` says beside 0 and 1. A step written in several transactions is not done
# before the last of them. Below 0, a move in several transactions is under way: −1 − n says that
# the changes up to the n-th id stand and the later ones are taken back.
_BEING_WRITTEN: Final = 2
_FORGOTTEN: Final = 3
_FORGOTTEN_AT_ONCE: Final = 2000
_ONLY_IN_A_STEP: Final = "a journalled table is written only in a step"


@dataclass(slots=True)
class Step:
    """One act: its label and, once it is done, the tables and orders it touched."""

    label: str
    id: int = 0
    tables: frozenset[str] = field(default_factory=frozenset)
    order_ids: tuple[int, ...] = ()
    only_adds: bool | None = None


Span = tuple[int, int]
"""The first and the last of changes that stand one after the other in the journal."""
# A span is read along the ids of the changes; the index by step and table would be read whole.
_IN_SPAN: Final = "+step_id = ? AND id BETWEEN ? AND ?"
_IN_SPAN_OF: Final = "+step_id = ? AND row_changes.id BETWEEN ? AND ?"


class Journal:
    """Keeps before and after images of the rows of journalled tables, step by step."""

    def __init__(self, db: sqlite3.Connection, tables: Iterable[str]) -> None:
        self._db = db
        self._columns = {
            table: [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")]
            for table in tables
        }
        db.execute("CREATE TEMP TABLE current_step (id INTEGER NOT NULL)")
        for table, columns in self._columns.items():
            self._watch(table, columns)
        self._forgotten = self._standing_at("is_undone = ?", _FORGOTTEN)

    def _watch(self, table: str, columns: list[str]) -> None:
        """Make the triggers of one table; they vanish with the connection."""
        self._watch_verb(table, "INSERT", "NULL", _image("NEW", columns), "NEW.id")
        is_changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)
        self._watch_verb(
            table, "UPDATE", _image("OLD", columns), _image("NEW", columns), "NEW.id",
            when=f"WHEN {is_changed}",
        )  # fmt: skip
        self._watch_verb(table, "DELETE", _image("OLD", columns), "NULL", "OLD.id")

    def _watch_verb(
        self, table: str, verb: str, before: str, after: str, row_id: str, *, when: str = ""
    ) -> None:
        self._db.execute(
            f"CREATE TEMP TRIGGER journal_{table}_{verb} AFTER {verb} ON main.{table} {when} BEGIN"
            f" SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM current_step)"
            f" THEN RAISE(ABORT, '{_ONLY_IN_A_STEP}') END;"
            f" INSERT INTO row_changes (step_id, table_name, row_id, before, after)"
            f" SELECT id, '{table}', {row_id}, {before}, {after} FROM current_step"
            f" WHERE id <> {_NOT_JOURNALLED};"
            f" END"
        )

    def insert_many(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add new rows, their ids first, in one go; their images are taken once they all stand.

        A trigger's work row by row is three times that of one question over all of them.
        """
        if not self._db.execute("SELECT EXISTS (SELECT 1 FROM current_step)").fetchone()[0]:
            raise sqlite3.IntegrityError(_ONLY_IN_A_STEP)
        self._db.execute(f"DROP TRIGGER temp.journal_{table}_INSERT")
        marks = ", ".join("?" * len(names))
        self._db.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)
        columns = self._columns[table]
        self._db.execute(
            "INSERT INTO row_changes (step_id, table_name, row_id, before, after)"
            f" SELECT current_step.id, '{table}', {table}.id, NULL, {_image(table, columns)}"
            f" FROM current_step JOIN {table} ON {table}.id BETWEEN ? AND ?"
            f" WHERE current_step.id <> {_NOT_JOURNALLED} ORDER BY {table}.id",
            [rows[0][0], rows[-1][0]],
        )
        self._watch_verb(table, "INSERT", "NULL", _image("NEW", columns), "NEW.id")

    def begin(self, label: str, at: str) -> Step:
        """Start a step inside an open transaction."""
        cursor = self._db.execute("INSERT INTO steps (label, at) VALUES (?, ?)", [label, at])
        step = Step(label, int(cursor.lastrowid or 0))
        self.go_on(step)
        return step

    def begin_long(self, label: str, at: str) -> Step:
        """Start a step of several transactions; it counts as done with `finish`."""
        step = self.begin(label, at)
        self._stand(step, _BEING_WRITTEN)
        self.end()
        return step

    def go_on(self, step: Step) -> None:
        """Let what is written from now belong to a step, until `end`."""
        self._db.execute("INSERT INTO current_step VALUES (?)", [step.id])

    def begin_unjournalled(self) -> None:
        """Allow writes that undo does not know of, until `end`."""
        self._db.execute("INSERT INTO current_step VALUES (?)", [_NOT_JOURNALLED])

    def finish(self, step: Step) -> None:
        """Fill in what the step touched; what had been undone can no longer be redone.

        A step that changed nothing leaves no trace.
        """
        self._fill(step)
        if step.tables:
            self._stand(step, 0)
            self._forget_undone()
        else:
            self.forget(step)

    def forget(self, step: Step) -> None:
        """Remove a step and its images."""
        self._db.execute("DELETE FROM steps WHERE id = ?", [step.id])

    def _forget_undone(self) -> None:
        """Forget what can no longer be redone; of very many images some now, the rest later."""
        for row in self._db.execute("SELECT id FROM steps WHERE is_undone = 1").fetchall():
            self._put_out_of_reach(Step("", int(row[0])))
        left = _FORGOTTEN_AT_ONCE
        for step in list(self._forgotten):
            if self._standing(step) == _FORGOTTEN:
                left -= self._db.execute(
                    "DELETE FROM row_changes WHERE id IN"
                    " (SELECT id FROM row_changes WHERE step_id = ? LIMIT ?)",
                    [step.id, left],
                ).rowcount
                if left <= 0:
                    return
                self.forget(step)
            self._forgotten.remove(step)

    def _put_out_of_reach(self, step: Step) -> None:
        self._stand(step, _FORGOTTEN)
        self._forgotten.append(step)

    def _stand(self, step: Step, standing: int) -> None:
        self._db.execute("UPDATE steps SET is_undone = ? WHERE id = ?", [standing, step.id])

    def end(self) -> None:
        """Close the step that is open."""
        self._db.execute("DELETE FROM current_step")

    def _fill(self, step: Step) -> None:
        rows = self._db.execute(
            "SELECT DISTINCT table_name FROM row_changes WHERE step_id = ?", [step.id]
        )
        step.tables = frozenset(str(row[0]) for row in rows)
        orders = self._db.execute(
            "SELECT DISTINCT row_id FROM row_changes WHERE step_id = ? AND table_name = 'orders'"
            " ORDER BY row_id LIMIT 21",
            [step.id],
        )
        step.order_ids = tuple(int(row[0]) for row in orders)

    def prune(self, before: str) -> None:
        """Forget steps that are both beyond the newest 500 and older than the given instant."""
        self._db.execute(
            "DELETE FROM steps WHERE at < ? AND id NOT IN"
            " (SELECT id FROM steps ORDER BY id DESC LIMIT ?)",
            [before, KEPT_STEPS],
        )

    def last_done(self) -> Step | None:
        """Return the step that undo would take back."""
        return self._one("SELECT id, label FROM steps WHERE is_undone = 0 ORDER BY id DESC LIMIT 1")

    def last_done_at(self) -> str | None:
        """Return the instant of the step that undo would take back, as it is written."""
        row = self._db.execute(
            "SELECT at FROM steps WHERE is_undone = 0 ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return str(row[0]) if row else None

    def last_undone(self) -> Step | None:
        """Return the step that redo would do again."""
        return self._one("SELECT id, label FROM steps WHERE is_undone = 1 ORDER BY id LIMIT 1")

    def _one(self, sql: str) -> Step | None:
        row = self._db.execute(sql).fetchone()
        return Step(str(row[1]), int(row[0])) if row else None

    def size(self, step: Step) -> int:
        """Return how many rows a step changed."""
        sql = "SELECT count(*) FROM row_changes WHERE step_id = ?"
        return int(self._db.execute(sql, [step.id]).fetchone()[0])

    def undo(self, step: Step) -> None:
        """Put every row of the step back to its before image, newest change first."""
        self._fill(step)
        self._replay(step, self._all_of(step), newest_first=True)
        self._stand(step, 1)

    def redo(self, step: Step) -> None:
        """Put every row of the step to its after image again."""
        self._fill(step)
        self._replay(step, self._all_of(step), newest_first=False)
        self._stand(step, 0)

    # ---- moves and steps of several transactions

    def spans(self, step: Step, at_once: int, *, newest_first: bool) -> list[Span]:
        """Return the changes of a step in spans of at most so many, in the order of a move."""
        self._fill(step)
        first, last = self._all_of(step)
        starts = range(first, last + 1, at_once) if last else ()
        found = [(each, min(each + at_once - 1, last)) for each in starts]
        return found[::-1] if newest_first else found

    def learn(self, step: Step, spans: Sequence[Span]) -> Iterator[None]:
        """Find out, span by span, whether the step only added rows: `check` and `move` ask."""
        changed = f"SELECT 1 FROM row_changes WHERE {_IN_SPAN} AND before IS NOT NULL LIMIT 1"
        for span in spans if step.only_adds is None else ():
            if self._db.execute(changed, [step.id, *span]).fetchone():
                step.only_adds = False
                return
            yield
        if step.only_adds is None:
            step.only_adds = True

    def check(self, step: Step, span: Span, *, newest_first: bool) -> None:
        """Raise `UndoRefusedError` when a row of added ones is not as the step left it."""
        if self._only_added_rows(step):
            self._check_added_rows(step, span, is_undo=newest_first)

    def move(self, step: Step, span: Span, *, newest_first: bool) -> None:
        """Take the changes of a span back, or do them again, and keep how far that went."""
        self._replay(step, span, newest_first=newest_first)
        self._stand(step, -1 - (span[0] - 1 if newest_first else span[1]))

    def arrive(self, step: Step, *, is_undone: bool) -> None:
        """End a move of several transactions.

        What was taken back while a newer act came in between can no longer be redone.
        """
        self._stand(step, int(is_undone))
        if is_undone and self._is_older_than_an_act(step):
            self._put_out_of_reach(step)

    def _is_older_than_an_act(self, step: Step) -> bool:
        sql = "SELECT EXISTS (SELECT 1 FROM steps WHERE id > ? AND is_undone = 0)"
        return bool(self._db.execute(sql, [step.id]).fetchone()[0])

    def drop_span(self, step: Step, span: Span) -> None:
        """Take a span back for good: nothing of it can be redone."""
        self._replay(step, span, newest_first=True)
        self._db.execute(
            "DELETE FROM row_changes WHERE step_id = ? AND id BETWEEN ? AND ?", [step.id, *span]
        )

    def interrupted(self) -> list[Step]:
        """Return the steps whose writing or moving was cut off, the newest first."""
        return self._standing_at("is_undone < 0 OR is_undone = ?", _BEING_WRITTEN)

    def _standing_at(self, condition: str, standing: int) -> list[Step]:
        rows = self._db.execute(
            f"SELECT id, label FROM steps WHERE {condition} ORDER BY id DESC", [standing]
        )
        return [Step(str(row[1]), int(row[0])) for row in rows.fetchall()]

    def take_back_interrupted(self, step: Step) -> None:
        """Take back what stands of a step that was cut off. Raises `UndoRefusedError`."""
        self._fill(step)
        standing = self._standing(step)
        first, last = self._all_of(step)
        self._replay(step, (first, last if standing > 0 else -1 - standing), newest_first=True)
        if standing == _BEING_WRITTEN:
            self.forget(step)
        else:
            self.arrive(step, is_undone=True)

    def keep_interrupted(self, step: Step) -> None:
        """Let what stands of a step that was cut off stand for good."""
        standing = self._standing(step)
        if standing < 0:
            self._db.execute(
                "DELETE FROM row_changes WHERE step_id = ? AND id > ?", [step.id, -1 - standing]
            )
        self._stand(step, 0)

    def _standing(self, step: Step) -> int:
        row = self._db.execute("SELECT is_undone FROM steps WHERE id = ?", [step.id]).fetchone()
        return int(row[0]) if row else 0

    def _all_of(self, step: Step) -> Span:
        row = self._db.execute(
            "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM row_changes WHERE step_id = ?",
            [step.id],
        ).fetchone()
        return int(row[0]), int(row[1])

    # ---- putting rows back

    def _replay(self, step: Step, span: Span, *, newest_first: bool) -> None:
        self._db.execute("PRAGMA defer_foreign_keys = ON")
        self.begin_unjournalled()
        if self._only_added_rows(step):
            self._check_added_rows(step, span, is_undo=newest_first)
            self._replay_added_rows(step, span, is_undo=newest_first)
        else:
            self._replay_rows(step, span, newest_first=newest_first)
        self.end()

    def _replay_rows(self, step: Step, span: Span, *, newest_first: bool) -> None:
        direction = "DESC" if newest_first else "ASC"
        changes = self._db.execute(
            "SELECT table_name, row_id, before, after FROM row_changes"
            f" WHERE {_IN_SPAN} ORDER BY id {direction}",
            [step.id, *span],
        ).fetchall()
        for table, row_id, before, after in changes:
            present, wanted = (after, before) if newest_first else (before, after)
            self._put(step, str(table), int(row_id), present, wanted)

    def _only_added_rows(self, step: Step) -> bool:
        if step.only_adds is None:
            sql = (
                "SELECT NOT EXISTS"
                " (SELECT 1 FROM row_changes WHERE step_id = ? AND before IS NOT NULL)"
            )
            step.only_adds = bool(self._db.execute(sql, [step.id]).fetchone()[0])
        return step.only_adds

    def _tables_in(self, step: Step, span: Span) -> list[str]:
        rows = self._db.execute(
            f"SELECT table_name FROM row_changes WHERE {_IN_SPAN}"
            " GROUP BY table_name ORDER BY min(id)",
            [step.id, *span],
        )
        return [str(row[0]) for row in rows.fetchall()]

    def _check_added_rows(self, step: Step, span: Span, *, is_undo: bool) -> None:
        for table in self._tables_in(step, span):
            stands = _image(table, self._columns[table])
            join = f"LEFT JOIN {table}" if is_undo else f"JOIN {table}"
            unlike = f"AND after IS NOT {stands}" if is_undo else ""
            found = self._db.execute(
                f"SELECT 1 FROM row_changes {join} ON {table}.id = row_id"
                f" WHERE {_IN_SPAN_OF} AND table_name = ? {unlike} LIMIT 1",
                [step.id, *span, table],
            ).fetchone()
            if found:
                raise refused(step)

    def _replay_added_rows(self, step: Step, span: Span, *, is_undo: bool) -> None:
        """Take added rows away, or add them again, table by table: an import has many."""
        tables = self._tables_in(step, span)
        for table in reversed(tables) if is_undo else tables:
            columns = self._columns[table]
            names = ", ".join(columns)
            cells = ", ".join(f"json_extract(after, '$.{name}')" for name in columns)
            of_step = f"FROM row_changes WHERE {_IN_SPAN} AND table_name = ?"
            self._db.execute(
                f"DELETE FROM {table} WHERE id IN (SELECT row_id {of_step})"
                if is_undo
                else f"INSERT INTO {table} ({names}) SELECT {cells} {of_step} ORDER BY row_id",
                [step.id, *span, table],
            )

    def _put(
        self, step: Step, table: str, row_id: int, present: str | None, wanted: str | None
    ) -> None:
        columns = self._columns[table]
        found = self._db.execute(
            f"SELECT {_image(table, columns)} FROM {table} WHERE id = ?", [row_id]
        ).fetchone()
        if (found[0] if found else None) != present:
            raise refused(step)
        if wanted is None:
            self._db.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])
        elif present is None:
            names = ", ".join(columns)
            values = ", ".join(f"json_extract(?1, '$.{name}')" for name in columns)
            self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", [wanted])
        else:
            pairs = ", ".join(f"{name} = json_extract(?1, '$.{name}')" for name in columns)
            self._db.execute(f"UPDATE {table} SET {pairs} WHERE id = ?2", [wanted, row_id])


def refused(step: Step) -> UndoRefusedError:
    """Return the error that says why a step stays as it is."""
    return UndoRefusedError(
        f"“{step.label}” cannot be taken back or done again: something it touched was"
        " changed since. Nothing was changed."
    )


def _image(row: str, columns: list[str]) -> str:
    pairs = ", ".join(f"'{name}', {row}.{name}" for name in columns)
    return f"json_object({pairs})"
