"""The indexes that the long lists of mail walk: every letter, and what was set aside."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # Without the words of a letter, which lie in the row before what was decided of it.
    """CREATE INDEX mail_messages_judged ON mail_messages (received_at DESC, message_id)
    WHERE reason <> ''""",
    """CREATE INDEX mail_messages_aside ON mail_messages (received_at DESC, message_id)
    WHERE direction = 'in' AND decision IN ('ignore', 'action') AND reason <> ''""",
)
