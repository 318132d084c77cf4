"""The policies in the settings: each kind with the version in force, its history, a new version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jeweler_desk.domain.policy import NewPolicy, PolicyKind, PolicyVersion, in_force_on
from jeweler_desk.domain.policy_wording import POLICY_NAMES, window_rule
from jeweler_desk.domain.wording import day_text
from jeweler_desk.services.policies import Policies
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.dialogs.policy_form import PolicyForm, PolicyReader
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.settings_card import SettingsCard
from jeweler_desk.ui.theme import SPACE_M, Tone, Type
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import Said, joined

_ABOUT = (
    "An order keeps the version that was in force when it was placed; a return quotes it,"
    " and the slip prints its short form."
)


class PoliciesCard(SettingsCard):
    """One row for each kind: what is in force, and a button for the next version."""

    def __init__(
        self, frame: Frame, policies: Policies, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__("Policies", parent=parent)
        self._frame = frame
        self._policies = policies
        self._settings = settings
        self.rows: dict[PolicyKind, ListRow] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE_M)
        self.body.addWidget(Text(_ABOUT, Type.SMALL, soft=True, wrap=True))
        self.body.addLayout(self._rows)

    def refresh(self) -> None:
        """Read every kind anew."""
        today, versions = self._settings.today(), self._policies.all()
        empty_out(self._rows)
        self.rows = {}
        for kind in PolicyKind:
            row = self._row(kind, [each for each in versions if each.kind is kind], today)
            self.rows[kind] = row
            add_shown(self._rows, row)

    def _row(self, kind: PolicyKind, versions: Sequence[PolicyVersion], today: date) -> ListRow:
        now = in_force_on(versions, kind, today)
        detail = "Not written yet"
        if now is not None:
            said = now.said.short_form or now.said.text.splitlines()[0]
            detail = joined([said, window_rule(now)])
        row = ListRow(self._frame.look, POLICY_NAMES[kind], detail)
        coming = [each for each in versions if each.said.in_force_from > today]
        if coming:
            day = day_text(coming[0].said.in_force_from, today)
            row.show_state(Said(f"version {coming[0].version} from {day}", Tone.INFO))
        elif now is not None:
            row.show_state(Said(f"version {now.version}", Tone.GOOD))
        button = row.add_button("Read…" if versions else "Write…")
        opens = self._read if versions else self._write
        button.clicked.connect(partial(opens, kind))
        return row

    def _read(self, kind: PolicyKind) -> None:
        versions = [each for each in self._policies.all() if each.kind is kind]
        form = PolicyReader(kind, versions, self._settings.today(), self.window())
        form.answered.connect(lambda _: self._write(kind))
        form.open()

    def _write(self, kind: PolicyKind) -> None:
        today = self._settings.today()
        versions = [each for each in self._policies.all() if each.kind is kind]
        form = PolicyForm(kind, versions[-1] if versions else None, today, self.window())
        form.answered.connect(self._add)
        form.open()

    def _add(self, new: NewPolicy) -> None:
        name = POLICY_NAMES[new.kind]
        self._frame.act(lambda: self._policies.add(new)[1], f"{name}: a new version stands.")
