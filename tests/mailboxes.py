"""The parts of a mailbox that most tests have no use for."""

from __future__ import annotations

from jeweler_desk.services.ports import MailWatch


class QuietMailbox:
    """Has no letter to open, no connection to keep, and never says a word."""

    def read_whole(self, place: object, password: str, now: object) -> None:
        del place, password, now

    def watch(self, account: object) -> MailWatch:
        raise NotImplementedError

    def keep(self) -> None:
        """It has no connections."""

    def close(self) -> None:
        """It has no connections."""
