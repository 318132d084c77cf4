"""What connecting a mailbox shows: where it was found, how the logins went, a certificate."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.mail_access import (
    ShownCertificate,
    Trial,
    Tried,
    TrustedCertificate,
    fingerprint_text,
)
from jeweler_desk.domain.mail_access_wording import TRIED, faults_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_M, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import sentence

_REFUSED: Final = "the server’s certificate is refused, so no password was sent"
_BETWEEN_PAIRS: Final = re.compile(r"(?<=[0-9A-F]{2}):(?=[0-9A-F]{2})")


def breakable(text: str) -> str:
    """Let a long fingerprint go on in the next line."""
    return _BETWEEN_PAIRS.sub(":\u200b", text)


class TrialLines(QWidget):
    """Reading and sending, each with a word in a chip and a sentence."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(*NO_SPACE)
        self._lines.setSpacing(SPACE_S)

    def clear(self) -> None:
        """Show nothing."""
        empty_out(self._lines)
        self.hide()

    def show_tried(self, tried: Tried) -> None:
        """Tell how each login went."""
        empty_out(self._lines)
        self._add("reading", tried.reading)
        if tried.sending is not None:
            self._add("sending", tried.sending)
        self.show()

    def _add(self, kind: str, trial: Trial) -> None:
        works = trial.trouble is None
        chip = StatusChip(self._look)
        chip.show_state("works" if works else "trouble", Tone.GOOD if works else Tone.LATE)
        why = _REFUSED if trial.certificate and trial.certificate.sha256 else trial.trouble
        words = TRIED[kind, works] if works else f"{TRIED[kind, works]} {why}."
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_M)
        row.addWidget(chip)
        row.addWidget(Text(sentence(words), Type.SMALL, wrap=True), 1)
        add_shown(self._lines, line)


class CertificateCard(QFrame):
    """A certificate that was refused: whose it is, what is wrong, and the one way to trust it."""

    trusted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.heading = Text("", Type.STRONG, wrap=True)
        self._facts = Text("", Type.SMALL, wrap=True)
        self.fingerprint = Text("", Type.SMALL, wrap=True)
        self._advice = Text(
            "Trust it only if you know why: a program on this computer such as Proton Mail Bridge,"
            " or your own host, who can read you this SHA-256. It is trusted for this server"
            " alone; should it ever show another one, it is refused again.",
            Type.SMALL,
            soft=True,
            wrap=True,
        )
        self.trust = Button("Trust this one certificate")
        self.trust.clicked.connect(self._trust)
        self._shown: ShownCertificate | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        layout.setSpacing(SPACE_XS)
        for each in (self.heading, self._facts, self.fingerprint, self._advice):
            layout.addWidget(each)
        row = QHBoxLayout()
        row.addWidget(self.trust)
        row.addStretch(1)
        layout.addSpacing(SPACE_XS)
        layout.addLayout(row)

    def show_certificate(self, shown: ShownCertificate) -> None:
        """Show what a server showed; nothing secret was sent to it."""
        self._shown = shown
        self.heading.setText(f"{shown.host}:{shown.port} showed a certificate that is refused")
        lines = [sentence(faults_text(shown.faults))]
        if shown.issued_to:
            lines.append(f"Made out to {shown.issued_to}, by {shown.issued_by or 'nobody named'}")
        if shown.valid_from and shown.valid_until:
            valid = f"{shown.valid_from.date()} to {shown.valid_until.date()}"
            lines.append(f"Valid from {valid}")
        self._facts.setText("\n".join(lines))
        self.fingerprint.setText(f"SHA-256 {breakable(fingerprint_text(shown.sha256))}")
        self.show()

    def _trust(self) -> None:
        if self._shown is not None:
            shown = self._shown
            self.hide()
            self.trusted.emit(TrustedCertificate(shown.host, shown.port, shown.sha256))
