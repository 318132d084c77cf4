"""Keeps the judgement of all mail true to the facts, at the least cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from jeweler_desk import __version__
from jeweler_desk.domain.her_word import HerWord
from jeweler_desk.domain.message import Message, canonical_address
from jeweler_desk.domain.ours import Ours
from jeweler_desk.domain.verdict import Judgement
from jeweler_desk.services.mail_few import FewMessages, Grounds
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.letters import LetterRows
from jeweler_desk.store.mail_accounts import MailAccounts
from jeweler_desk.store.mail_verdicts import Verdicts
from jeweler_desk.store.mail_words import MailWordRows
from jeweler_desk.store.messages import Messages
from jeweler_desk.store.orders import Orders as OrderRows


class MailJudge:
    """Judges anew when mail, our addresses, the seller's word or the order book changed."""

    def __init__(
        self,
        store: Store,
        messages: Messages,
        verdicts: Verdicts,
        accounts: MailAccounts,
        orders: OrderRows,
        settings: Settings,
    ) -> None:
        self._store = store
        self._words = MailWordRows(store)
        self._letters = LetterRows(store)
        self._few = FewMessages(store, verdicts)
        self._messages = messages
        self._verdicts = verdicts
        self._accounts = accounts
        self._orders = orders
        self._settings = settings

    def judged(self) -> Judgement:
        """Judge all messages known, from the facts alone."""
        from jeweler_desk.domain.judging import judge  # noqa: PLC0415 - a start needs no rules

        on = self._grounds()
        return judge(
            on.named(self._messages.all()),
            on.declared,
            self._accounts.marks(),
            on.customers,
            on.zone,
            on.word,
        )

    def ours(self) -> Ours:
        """Return who we are."""
        return self._few.ours(self._grounds()) or self.judged().ours

    def _grounds(self) -> Grounds:
        declared = [each.account.address for each in self._accounts.all()]
        answers = self._letters.answers()
        return Grounds(
            [*declared, *self._accounts.identities()],
            frozenset(map(canonical_address, self._orders.customer_emails())),
            ZoneInfo(self._settings.timezone()),
            self._word(),
            lambda messages: _with_answers(messages, answers),
            __version__,
        )

    def _word(self) -> HerWord:
        """Return her word on people and letters, and on letters she is only in Cc of."""
        word = self._words.word()
        if self._settings.get("mail.copied") != "yes":
            return word
        return replace(word, names_called=frozenset({self._settings.get("shop.name")} - {""}))

    def mismatches(self) -> list[str]:
        """Return the Message-IDs whose kept decision or clock is not the one that follows.

        Nothing is told while something new waits to be judged; where any is wrong, all mail is
        judged anew at the next question.
        """
        if self._verdicts.is_stale():
            return []
        judgement = self.judged()
        kept = {each.message_id: each for each in self._verdicts.listed()}
        wrong = [
            message_id
            for message_id, verdict in judgement.verdicts.items()
            if (kept[message_id].decision, kept[message_id].clock)
            != (verdict.decision, verdict.clock)
        ]
        due = {clock.key: clock.due_at for clock in judgement.conversations if clock.due_at}
        kept_due = {clock.key: clock.due_at for clock in self._verdicts.waiting() if clock.due_at}
        moved = [key for key in due.keys() | kept_due.keys() if due.get(key) != kept_due.get(key)]
        found = sorted({*wrong, *moved})
        if found and not self._store.is_read_only:
            with self._store.write():
                self._verdicts.forget()
        return found

    def renew(self) -> None:
        """Judge what changes since then may touch and keep it, in the open transaction or its own.

        Where they may touch everything, all is judged.
        """
        with self._store.write():
            grounds = self._grounds()
            if not self._few.renew(grounds):
                messages = grounds.named(self._messages.all())
                self._few.renew_all(messages, self._accounts.marks(), grounds)

    def current(self) -> Judgement | None:
        """Return None once what is kept is true; beside a window, a judgement to use instead."""
        if not self._verdicts.is_stale():
            return None
        if self._store.is_read_only:
            return self.judged()
        self.renew()
        return None


def _with_answers(messages: Iterable[Message], answers: Mapping[str, str]) -> list[Message]:
    """Return the messages, those written here naming what they answer.

    A letter to a form's visitor names nothing in its headers, and few servers change ids: that it
    was written here as the answer is the strongest witness (facts of mail, 1.1 A).
    """
    return [
        replace(each, in_reply_to=(answers[each.message_id], *each.in_reply_to))
        if each.message_id in answers and answers[each.message_id] not in each.in_reply_to
        else each
        for each in messages
    ]
