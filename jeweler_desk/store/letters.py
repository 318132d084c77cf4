"""Letters of ours: their words, what became of them, and templates of her own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from jeweler_desk.domain.letter import CopyState, Letter, LetterKind, LetterState
from jeweler_desk.domain.letter_template import LetterTemplate
from jeweler_desk.domain.order import OrderId
from jeweler_desk.store.columns import instant, instant_text, known_instant
from jeweler_desk.store.database import Row, Store

# A draft whose making was undone is out of sight; what left, or is leaving, never is.
_SHOWN: Final = (
    "SELECT l.*, o.number FROM letters l LEFT JOIN orders o ON o.id = l.order_id"
    " WHERE (l.state <> 'draft' OR EXISTS"
    " (SELECT 1 FROM letter_drafts d WHERE d.letter_id = l.id))"
)


class LetterRows:
    """Rows of letters. Beginning and letting go of a draft needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, record: dict[str, Any], at: datetime) -> int:
        """Keep a new draft."""
        moment = instant_text(at)
        letter_id = self._store.insert(
            "letters", record | {"made_at": moment, "changed_at": moment}
        )
        self._store.insert("letter_drafts", {"letter_id": letter_id})
        return letter_id

    def let_go(self, letter_id: int) -> None:
        """Take a draft off the desk; undo lays it back."""
        self._store.run("DELETE FROM letter_drafts WHERE letter_id = ?", [letter_id])

    def lay_on_desk(self, letter_id: int) -> None:
        """Lay a letter back among the drafts, whatever undo took away meanwhile."""
        self._store.run("INSERT OR IGNORE INTO letter_drafts (letter_id) VALUES (?)", [letter_id])

    def change(self, letter_id: int, **cells: Any) -> None:
        """Change cells of a letter; needs an open transaction. Instants may be given as such."""
        record = {
            name: instant_text(value) if isinstance(value, datetime) else value
            for name, value in cells.items()
        }
        self._store.update("letters", letter_id, record)

    def get(self, letter_id: int) -> Letter | None:
        """Return one letter that is on the desk or left it."""
        return next(iter(self._letters("AND l.id = ?", [letter_id])), None)

    def all(self) -> list[Letter]:
        """Return all letters, the one changed last first."""
        return self._letters("ORDER BY l.changed_at DESC, l.id DESC")

    def in_states(self, states: Sequence[LetterState]) -> list[Letter]:
        """Return the letters in these states, the oldest first."""
        marks = ", ".join("?" * len(states))
        return self._letters(f"AND l.state IN ({marks}) ORDER BY l.id", list(states))

    def of_order(self, order_id: OrderId) -> list[Letter]:
        """Return the letters about an order, the oldest first."""
        return self._letters("AND l.order_id = ? ORDER BY l.id", [order_id])

    def answering(self, message_ids: Sequence[str]) -> list[Letter]:
        """Return the letters that answer one of these messages, the oldest first."""
        marks = ", ".join("?" * len(message_ids))
        return self._letters(f"AND l.answers IN ({marks}) ORDER BY l.id", list(message_ids))

    def answers(self) -> dict[str, str]:
        """Return which message each letter that was queued answers, both by Message-ID."""
        rows = self._store.rows(
            "SELECT message_id, answers FROM letters"
            " WHERE message_id IS NOT NULL AND answers IS NOT NULL"
        )
        return {row["message_id"]: row["answers"] for row in rows}

    def without_copy(self, now: datetime) -> list[Letter]:
        """Return the letters of which a copy is to be put into Sent by now."""
        wanted = CopyState.WANTED.value
        return self._letters(
            "AND l.copy_state = ? AND l.copy_at <= ? ORDER BY l.id", [wanted, instant_text(now)]
        )

    def known_ids(self) -> set[str]:
        """Return the Message-IDs of all letters that were ever queued."""
        rows = self._store.rows("SELECT message_id FROM letters WHERE message_id IS NOT NULL")
        return {row["message_id"] for row in rows}

    def raw(self, letter_id: int) -> str:
        """Return a letter's bytes as they leave; they are ASCII."""
        row = self._store.one("SELECT raw FROM letters WHERE id = ?", [letter_id])
        return str(row["raw"] or "") if row else ""

    def _letters(self, where: str, values: Sequence[Any] = ()) -> list[Letter]:
        return [_letter(row) for row in self._store.rows(f"{_SHOWN} {where}", values)]

    # ---- templates of her own

    def templates(self) -> list[LetterTemplate]:
        """Return the templates that she made, by name."""
        rows = self._store.rows("SELECT name, subject, body FROM letter_templates ORDER BY name")
        return [LetterTemplate(row["name"], row["subject"], row["body"]) for row in rows]

    def keep_template(self, template: LetterTemplate) -> None:
        """Keep a template under its name; needs an open step."""
        found = self._store.one("SELECT id FROM letter_templates WHERE name = ?", [template.name])
        record = {"name": template.name, "subject": template.subject, "body": template.body}
        if found:
            self._store.update("letter_templates", found["id"], record)
        else:
            self._store.insert("letter_templates", record)

    def drop_template(self, name: str) -> bool:
        """Let a template of hers go; False when there is none. Needs an open step."""
        found = self._store.one("SELECT id FROM letter_templates WHERE name = ?", [name])
        if found:
            self._store.run("DELETE FROM letter_templates WHERE id = ?", [found["id"]])
        return found is not None


def _letter(row: Row) -> Letter:
    return Letter(
        id=row["id"],
        kind=LetterKind(row["kind"]),
        order_id=OrderId(row["order_id"]) if row["order_id"] is not None else None,
        order_number=row["number"],
        answers=row["answers"],
        to_name=row["to_name"],
        to_address=row["to_address"],
        from_address=row["from_address"],
        subject=row["subject"],
        body=row["body"],
        state=LetterState(row["state"]),
        made_at=known_instant(row["made_at"]),
        changed_at=known_instant(row["changed_at"]),
        waived=frozenset(json.loads(row["waived"])),
        trouble=row["trouble"],
        message_id=row["message_id"],
        account=row["account"],
        queued_at=instant(row["queued_at"]),
        leaves_at=instant(row["leaves_at"]),
        tries=row["tries"],
        handed_at=instant(row["handed_at"]),
        copy_state=CopyState(row["copy_state"]),
        seen_at=instant(row["seen_at"]),
        came_back_at=instant(row["came_back_at"]),
    )
