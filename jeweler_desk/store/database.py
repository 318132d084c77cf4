"""Opening the one SQLite file safely, and the transactions in which everything is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jeweler_desk.domain.progress import Portions, Progress
from jeweler_desk.store.columns import instant, instant_text
from jeweler_desk.store.copying import copy_before_migration, settle
from jeweler_desk.store.errors import (
    ForeignFileError,
    KnownStoreError,
    NewerFileError,
    OlderDeskError,
    UndoRefusedError,
    known_store_errors,
)
from jeweler_desk.store.journal import KEPT_DAYS, Journal, Span, Step, refused
from jeweler_desk.store.schema.journalled import JOURNALLED_TABLES, SEARCHED
from jeweler_desk.store.sqlite_library import FIRST_SAFE_SQLITE, sqlite3, sqlite_version
from jeweler_desk.store.versions import APPLICATION_ID, KNOWN, applied, is_of_today

if TYPE_CHECKING:
    from sqlite_utils import Database

Values = Sequence[Any] | Mapping[str, Any]
Row = sqlite3.Row
_NOTHING: Final[tuple[Any, ...]] = ()
_BUSY_MILLISECONDS: Final = 5000
# pysqlite3's cache, once full, throws the newest statement out: two that take turns are then
# compiled anew each time, triggers included. What is run once at opening fills 128 alone.
_CACHED_STATEMENTS: Final = 4000
_PAGES_IN_LOG: Final = 1000
_PORTIONS_IN_LOG: Final = 12
# So many changes are taken back in one transaction, about a hundredth of a second's work.
_CHANGES_AT_ONCE: Final = 600


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that undo took back or redo did again."""

    label: str
    tables: frozenset[str]
    order_ids: tuple[int, ...]


class Store:
    """One desk's file. ``path`` None keeps it in memory; ``now`` gives the journal's instants.

    Raises `KnownStoreError` when the file is foreign, newer, damaged or out of reach.
    """

    def __init__(
        self, path: Path | None, *, now: Callable[[], datetime], read_only: bool = False
    ) -> None:
        self.path = path
        self._now = now
        self._open_step: Step | None = None
        self._taken_back = 0
        self._portions = 0
        self._can_settle = path is not None and sqlite_version() >= FIRST_SAFE_SQLITE
        self.interrupted: tuple[str, ...] = ()
        """The labels of acts that were cut off when the program ended, and were taken back."""
        self.is_read_only = read_only
        with known_store_errors():
            self.connection = self._connect(path)
            self.connection.row_factory = sqlite3.Row
            try:
                self._prepare()
            except BaseException:
                self.connection.close()
                raise

    @cached_property
    def db(self) -> Database:
        """The desk through sqlite-utils, for changing tables; loaded when it is first needed."""
        from sqlite_utils import Database  # noqa: PLC0415 - slow to load, and most starts need none

        return Database(self.connection)

    def _connect(self, path: Path | None) -> sqlite3.Connection:
        if path is None:
            from jeweler_desk.store.memory_desk import fill  # noqa: PLC0415 - see `db`

            connection = sqlite3.connect(":memory:", cached_statements=_CACHED_STATEMENTS)
            fill(connection)
            return connection
        if path.exists() and path.stat().st_size:
            refuse_strangers(path)
        elif self.is_read_only:
            raise KnownStoreError(f"There is no desk in “{path.parent}” yet.")
        mode = "ro" if self.is_read_only else "rwc"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            cached_statements=_CACHED_STATEMENTS,
        )
        if not self.is_read_only:
            path.chmod(0o600)
        return connection

    def _prepare(self) -> None:
        run = self.connection.execute
        run(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        run("PRAGMA recursive_triggers = ON")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA secure_delete = ON")
        run("PRAGMA cache_size = -32000")
        if self.is_read_only:
            run("PRAGMA query_only = ON")
            if not is_of_today(self.connection):
                raise OlderDeskError
            return
        self._migrate()
        self._journal = Journal(self.connection, JOURNALLED_TABLES)
        self._take_back_interrupted()
        with self._transaction():
            oldest = self._now() - timedelta(days=KEPT_DAYS)
            self._journal.prune(instant_text(oldest) or "")

    def _migrate(self) -> None:
        run = self.connection.execute
        if self.path is not None:
            run("PRAGMA journal_mode = WAL")
        run("PRAGMA foreign_keys = OFF")
        if not is_of_today(self.connection):
            from jeweler_desk.store.migrations import migrations  # noqa: PLC0415 - see `db`

            if self.path is not None and applied(self.connection):
                copy_before_migration(self.connection, self.path, self._now())
            run(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.apply(self.db)
            broken = run("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise KnownStoreError(
                    "The desk's file has rows that belong nowhere; see the backup."
                )
        run("PRAGMA foreign_keys = ON")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """One immediate transaction; an error leaves nothing behind."""
        if self.is_read_only:
            raise KnownStoreError("The desk is open for reading only. Nothing was changed.")
        with known_store_errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self.connection.rollback()
                self._taken_back += 1
                raise

    @contextmanager
    def step(self, label: str) -> Iterator[Step]:
        """One act: one transaction, one undo step. Inside an open step it joins that one."""
        if self._open_step is not None:
            yield self._open_step
            return
        with self._transaction():
            step = self._journal.begin(label, instant_text(self._now()) or "")
            with self._open(step):
                yield step
                self._journal.finish(step)
            self._journal.end()

    @contextmanager
    def _open(self, step: Step) -> Iterator[None]:
        self._open_step = step
        try:
            yield
        finally:
            self._open_step = None

    # ---- acts and moves too long for one transaction on the window's thread

    def begin_long(self, label: str) -> Step:
        """Begin one act of several transactions; see `portion`, `finish_long`, `drop_long`.

        A program that ends before `finish_long` finds nothing of it at its next start.
        """
        with self._transaction():
            return self._journal.begin_long(label, instant_text(self._now()) or "")

    @contextmanager
    def portion(self, step: Step) -> Iterator[Step]:
        """One transaction of a long act."""
        with self._transaction():
            self._journal.go_on(step)
            with self._open(step):
                yield step
            self._journal.end()

    def finish_long(self, step: Step) -> None:
        """Let a long act count: undo takes it back as one."""
        with self._transaction():
            self._journal.finish(step)

    def drop_long(self, step: Step) -> Portions[None]:
        """Take back what a long act wrote, as if it had never begun."""
        spans = self._journal.spans(step, _CHANGES_AT_ONCE, newest_first=True)
        for place, span in enumerate(spans):
            with self._transaction():
                self._journal.drop_span(step, span)
            yield Progress(len(spans) - place - 1, len(spans), is_going_back=True)
        with self._transaction():
            self._journal.forget(step)

    def _take_back_interrupted(self) -> None:
        taken: list[str] = []
        for step in self._journal.interrupted():
            try:
                with self._transaction():
                    self._journal.take_back_interrupted(step)
                taken.append(step.label)
            except (UndoRefusedError, sqlite3.IntegrityError):  # something stands on its rows
                with self._transaction():
                    self._journal.keep_interrupted(step)
        self.interrupted = tuple(taken)

    def undo_portions(self) -> Portions[StepTaken | None]:
        """Do as `undo`, in several transactions where the step is a large one."""
        return self._move_portions(self._journal.last_done(), is_undo=True)

    def redo_portions(self) -> Portions[StepTaken | None]:
        """Do as `redo`, in several transactions where the step is a large one."""
        return self._move_portions(self._journal.last_undone(), is_undo=False)

    def _move_portions(self, step: Step | None, *, is_undo: bool) -> Portions[StepTaken | None]:
        if step is None or self._journal.size(step) <= _CHANGES_AT_ONCE:
            return self._move(step, self._journal.undo if is_undo else self._journal.redo)
        spans = self._journal.spans(step, _CHANGES_AT_ONCE, newest_first=is_undo)
        yield Progress(0, len(spans))
        for _ in self._journal.learn(step, spans):
            yield Progress(0, len(spans))
        for span in spans:
            self._journal.check(step, span, newest_first=is_undo)
            yield Progress(0, len(spans))
        moved: list[Span] = []
        try:
            for span in spans:
                with self._transaction():
                    self._journal.move(step, span, newest_first=is_undo)
                moved.append(span)
                yield Progress(len(moved), len(spans))
        except (UndoRefusedError, sqlite3.IntegrityError) as error:
            for span in reversed(moved):
                with self._transaction():
                    self._journal.move(step, span, newest_first=not is_undo)
                yield Progress(0, len(spans), is_going_back=True)
            with self._transaction():
                self._journal.arrive(step, is_undone=not is_undo)
            raise refused(step) from error
        with self._transaction():
            self._journal.arrive(step, is_undone=is_undo)
        return StepTaken(step.label, step.tables, step.order_ids)

    @contextmanager
    def write_portion(self) -> Iterator[None]:
        """One of many transactions like `write`, of what can be had again.

        It does not wait for the disk: where the power goes, the last ones may be lost, whole and
        together with all that came after. The next `write` or step waits for all of them.
        """
        if self.connection.in_transaction:
            yield
            return
        run = self.connection.execute
        run("PRAGMA synchronous = NORMAL")
        run(f"PRAGMA wal_autocheckpoint = {0 if self._can_settle else _PAGES_IN_LOG}")
        try:
            with self.write():
                yield
        finally:
            run("PRAGMA synchronous = FULL")
            run(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}")
        self._portions += 1

    def settling(self) -> Callable[[], None] | None:
        """Return the work, beside the window, of bringing portions from the log to their place.

        None while they are few, or where SQLite should not be asked to by two connections.
        """
        if self.path is None or not self._can_settle or self._portions < _PORTIONS_IN_LOG:
            return None
        self._portions = 0
        return partial(settle, self.path)

    @property
    def others_stamp(self) -> tuple[int, int]:
        """What differs when another program wrote since, or a transaction was taken back."""
        return (self._others(), self._taken_back)

    @property
    def stamp(self) -> tuple[int, int] | None:
        """What differs when anything was written since, by anybody; None within a transaction."""
        if self.connection.in_transaction:
            return None
        return (self.connection.total_changes, self._others())

    def _others(self) -> int:
        """Return what differs when another connection wrote since."""
        version: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return version

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction outside undo: received mail, backups made, repaired state columns."""
        if self.connection.in_transaction:
            yield
            return
        with self._transaction():
            self._journal.begin_unjournalled()
            yield
            self._journal.end()

    def undo(self) -> StepTaken | None:
        """Take the last step back; None when there is none. Raises `UndoRefusedError`."""
        return self._move(self._journal.last_done(), self._journal.undo)

    def redo(self) -> StepTaken | None:
        """Do the last undone step again; None when there is none. Raises `UndoRefusedError`."""
        return self._move(self._journal.last_undone(), self._journal.redo)

    def _move(self, step: Step | None, replay: Callable[[Step], None]) -> StepTaken | None:
        if step is None:
            return None
        try:
            with self._transaction():
                replay(step)
        except sqlite3.IntegrityError as error:  # another row took its place, or its order is gone
            raise refused(step) from error
        return StepTaken(step.label, step.tables, step.order_ids)

    def undo_label(self) -> str | None:
        """Return the label of the step that undo would take back."""
        step = self._journal.last_done()
        return step.label if step else None

    def undo_at(self) -> datetime | None:
        """Return when the step was taken that undo would take back."""
        return instant(self._journal.last_done_at())

    def redo_label(self) -> str | None:
        """Return the label of the step that redo would do again."""
        step = self._journal.last_undone()
        return step.label if step else None

    def rows(self, sql: str, values: Values = _NOTHING) -> list[Row]:
        """Return all rows of a question."""
        with known_store_errors():
            return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, values: Values = _NOTHING) -> Row | None:
        """Return the first row of a question, or None."""
        with known_store_errors():
            found: Row | None = self.connection.execute(sql, values).fetchone()
            return found

    def ids(self, sql: str, values: Values = _NOTHING) -> list[int]:
        """Return the first column of a question for ids, as plain numbers: a list has thousands."""
        with known_store_errors():
            cursor = self.connection.cursor()
            cursor.row_factory = None
            return [row[0] for row in cursor.execute(sql, values)]

    def long_list(self, sql: str, values: Values = _NOTHING) -> list[int]:
        """Return the ids that a question for ``id`` gives, in its order, all in one text.

        That is read twice as fast as row after row. The question must have a LIMIT: without one
        SQLite may leave out the order of what stands in parentheses.
        """
        with known_store_errors():
            found = self.connection.execute(f"SELECT json_group_array(id) FROM ({sql})", values)
            listed: list[int] = json.loads(found.fetchone()[0])
            return listed

    def run(self, sql: str, values: Values = _NOTHING) -> None:
        """Run one writing statement inside the open transaction."""
        self.connection.execute(sql, values)

    def run_many(self, sql: str, many: Sequence[Values]) -> None:
        """Run one writing statement for each set of values."""
        self.connection.executemany(sql, many)

    def insert(self, table: str, record: Mapping[str, Any]) -> int:
        """Add one row and return its id."""
        names = ", ".join(record)
        marks = ", ".join("?" * len(record))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", list(record.values())
        )
        return int(cursor.lastrowid or 0)

    def next_id(self, table: str) -> int:
        """Return the id that the next row of a table gets; ids are never given out twice."""
        row = self.one("SELECT seq FROM sqlite_sequence WHERE name = ?", [table])
        return int(row["seq"]) + 1 if row else 1

    def insert_many(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add many new rows of a journalled table in one go, their ids first and rising."""
        trigger, index, text = SEARCHED.get(table, ("", "", ""))
        if not trigger:
            self._journal.insert_many(table, names, rows)
            return
        made = self.rows("SELECT sql FROM sqlite_master WHERE name = ?", [trigger])[0][0]
        self.run(f"DROP TRIGGER {trigger}")
        self._journal.insert_many(table, names, rows)
        self.run(
            f"INSERT INTO {index} (rowid, {text}) SELECT id, {text} FROM {table}"
            " WHERE id BETWEEN ? AND ?",
            [rows[0][0], rows[-1][0]],
        )
        self.run(made)

    def update(self, table: str, row_id: int, record: Mapping[str, Any]) -> None:
        """Change cells of one row."""
        pairs = ", ".join(f"{name} = ?" for name in record)
        self.run(f"UPDATE {table} SET {pairs} WHERE id = ?", [*record.values(), row_id])

    def close(self) -> None:
        """Let go of the file; what the write-ahead log held is moved into it."""
        if not self.is_read_only and self.path is not None:
            self.connection.execute("PRAGMA optimize")
        self.connection.close()


def refuse_strangers(path: Path) -> None:
    """Raise when a file is no desk or one of a newer version; its bytes stay untouched."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        with known_store_errors():
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            if application != APPLICATION_ID:
                raise ForeignFileError(
                    f"“{path.name}” is not a desk of this program. It was left as it is."
                )
            unknown = set(applied(connection)) - set(KNOWN)
    except KnownStoreError as error:
        if "not a database" in str(error.__cause__):
            raise ForeignFileError(
                f"“{path.name}” is not a desk of this program. It was left as it is."
            ) from error
        raise
    finally:
        connection.close()
    if unknown:
        raise NewerFileError(
            "This desk was written by a newer Jeweler Desk. It was left as it is; "
            "use the newer program, or restore an older backup into another folder."
        )
