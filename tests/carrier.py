"""A way to send for tests: takes letters as a script says, and remembers what it was given."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.outgoing import Envelope, Outcome, Outgoing, Result
from jeweler_desk.mail.smtp_sender import SmtpSender

READY = Result(Outcome.READY)
TAKEN = Result(Outcome.HANDED_OVER)


@dataclass
class Carrier:
    """Writes letters down as the real sender does; what its server says is the test's."""

    begins: list[Result] = field(default_factory=list)
    ends: list[Result] = field(default_factory=list)
    sent: list[tuple[Envelope, str]] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    sent_folders: list[str | None] = field(default_factory=list)
    copy_trouble: str | None = None
    gate: threading.Event | None = None

    def write_down(self, letter: Outgoing) -> str:
        return SmtpSender().write_down(letter)

    def begin(
        self, account: MailAccount, secret: str, envelope: Envelope
    ) -> tuple[Handing | None, Result]:
        del account, secret
        result = self.begins.pop(0) if self.begins else READY
        return (Handing(self, envelope) if result.outcome is Outcome.READY else None), result

    def keep_copy(
        self, account: MailAccount, secret: str, raw: str, message_id: str, at: datetime
    ) -> str | None:
        del secret, raw, at
        if self.copy_trouble is None:
            self.copies.append(message_id)
            self.sent_folders.append(account.sent_folder)
        return self.copy_trouble


@dataclass
class Handing:
    """A server that waits for the words."""

    carrier: Carrier
    envelope: Envelope

    def hand_over(self, raw: str) -> Result:
        if self.carrier.gate is not None:
            assert self.carrier.gate.wait(10)
        result = self.carrier.ends.pop(0) if self.carrier.ends else TAKEN
        if result.outcome in {Outcome.HANDED_OVER, Outcome.UNCLEAR}:
            self.carrier.sent.append((self.envelope, raw))
        return result

    def give_up(self) -> None:
        return
