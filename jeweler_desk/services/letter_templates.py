"""The templates of letters: those that ship with the desk, and her own."""

from __future__ import annotations

from functools import cache

from jeweler_desk.domain.letter import LetterKind
from jeweler_desk.domain.letter_template import (
    LetterTemplate,
    LetterTemplateError,
    checked_template,
    parse_template,
)
from jeweler_desk.resources import resource
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.store.database import Store
from jeweler_desk.store.letters import LetterRows


class LetterTemplates:
    """Reads templates; her own are kept under the name she gives, and may take a shipped one's."""

    def __init__(self, store: Store, rows: LetterRows) -> None:
        self._store = store
        self._rows = rows

    def all(self) -> list[LetterTemplate]:
        """Return the shipped templates as she changed them, then her further ones by name."""
        own = {each.name: each for each in self._rows.templates()}
        shipped = [own.pop(kind.value, _shipped(kind)) for kind in LetterKind]
        return [*shipped, *own.values()]

    def is_own(self, name: str) -> bool:
        """Whether a template is hers, or changed by her."""
        return any(each.name == name for each in self._rows.templates())

    def get(self, name: str) -> LetterTemplate:
        """Return a template. Raises `LetterTemplateError` where there is none of that name."""
        for each in self.all():
            if each.name == name:
                return each
        raise LetterTemplateError(f"There is no template “{name}”. Nothing was changed.")

    def keep(self, name: str, subject: str, body: str) -> Changes:
        """Keep a template of hers. Raises `LetterTemplateError` for an unknown field."""
        template = checked_template(name, subject, body)
        with self._store.step(f"Change the template “{template.name}”") as step:
            self._rows.keep_template(template)
        return changes_of(step.tables)

    def drop(self, name: str) -> Changes:
        """Let a template of hers go; a shipped one is then as it came."""
        with self._store.step(f"Remove the template “{name}”") as step:
            if not self._rows.drop_template(name):
                raise LetterTemplateError(
                    f"“{name}” is no template of your own. Nothing was changed."
                )
        return changes_of(step.tables)


@cache
def _shipped(kind: LetterKind) -> LetterTemplate:
    text = resource(f"templates/{kind.value}.txt").read_text(encoding="utf-8")
    return parse_template(kind.value, text)
